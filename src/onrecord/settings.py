"""What a user can set, from the environment; options of a command go before it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["DEFAULT_RECORD", "Settings"]

DEFAULT_RECORD = "record.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Resolved settings. There is no global one: whoever needs it is given it."""

    record: str = DEFAULT_RECORD  # ONRECORD_RECORD: a path, or a database URL
    model: str | None = None  # ONRECORD_MODEL: a folder with another model than the shipped one

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings from `environment`, by default the process's own."""
        found = os.environ if environment is None else environment
        return cls(record=found.get("ONRECORD_RECORD") or DEFAULT_RECORD, model=found.get("ONRECORD_MODEL") or None)
