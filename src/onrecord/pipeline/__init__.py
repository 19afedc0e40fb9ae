"""The job: reports are read, their statements found, their speakers resolved, the outcome kept."""

from onrecord.pipeline.adding import Added, add
from onrecord.pipeline.extraction import Extracted, Outcome, Stages, extract_all, extract_one, extract_some

__all__ = ["Added", "Extracted", "Outcome", "Stages", "add", "extract_all", "extract_one", "extract_some"]
