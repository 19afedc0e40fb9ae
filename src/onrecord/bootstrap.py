"""The one place where things are built: stages from their spec, a record from its address."""

from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.pipeline import Stages
    from onrecord.storage import Record

__all__ = ["default_stages", "now", "open_record", "stages_builder"]


def _stages(model: str | None, threads: int) -> "Stages":
    from onrecord.attribution import MiniLmAttributor
    from onrecord.pipeline import Stages
    from onrecord.speakers import RuleResolver

    return Stages(MiniLmAttributor(Path(model) if model else None, threads=threads), RuleResolver())


def stages_builder(settings: Settings, *, threads: int = 1) -> "Callable[[], Stages]":
    """Return a picklable function that builds the stages, for this process or a worker.

    Args:
        settings: which model.
        threads: of each worker's matrix products; more workers are faster than more threads.
    """
    return partial(_stages, settings.model, threads)


@cache
def default_stages() -> "Stages":
    """Return this process's own stages with the settings of the environment, built at the first call."""
    return stages_builder(Settings.from_environment())()


def open_record(where: str, *, create: bool) -> "Record":
    """Open the record at a path or URL.

    Raises:
        RecordMissing: there is none and `create` is false.
        RecordForeign: the file is not a record, or a newer version's.
        RecordError: it cannot be opened.
    """
    from onrecord.storage import open_record as opened

    return opened(where, create=create)


def now() -> str:
    """Return the time in UTC as ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
