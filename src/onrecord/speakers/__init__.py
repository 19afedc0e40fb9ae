"""Mentions to actors: within one report so far."""

from onrecord.speakers.resolution import RuleResolver, SpeakerResolver

__all__ = ["RuleResolver", "SpeakerResolver"]
