"""Builds the tables that speakers are recognised by."""
