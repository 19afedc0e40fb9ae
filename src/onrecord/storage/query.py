"""What a listing is asked for: filters that all hold at once."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from onrecord.domain.statement import Kind
from onrecord.errors import UsageError

__all__ = ["ActorQuery", "Query", "ReportQuery", "StatementQuery"]

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2})?)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Filters of a listing; None lets everything through.

    Attributes:
        speaker: whole words of the speaker's name or of any name of the actor, whatever their case and accents
            (`lavrov`), or an actor's id or the beginning of one.
        about: words, all of which must occur.
        outlet: whole words of the outlet's name, compared like those of `speaker`.
        since: first date, `2017`, `2017-11`, `2017-11-16` or `2017-11-16T14:43`. Dates are compared as exactly as the
            coarser of the two is known, so a report of which only the year is known is let through by any month
            of it. Reports without a date are not let through.
        until: last date, included, in the same forms.
        kind: direct, indirect or mixed.
        report: a report's id, the beginning of it, or a key under which it was given.
        actor: an actor's id or the beginning of it.
        min_confidence: 0 to 1.
        limit: at most so many rows.
        offset: leaves out so many rows at the beginning.

    Raises:
        UsageError: a value makes no sense.
    """

    speaker: str | None = None
    about: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    kind: Kind | None = None
    report: str | None = None
    actor: str | None = None
    min_confidence: float | None = None
    limit: int | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuse values that make no sense before any of them meets the record."""
        for name, value in (("since", self.since), ("until", self.until)):
            if value is not None:
                _check_date(name, value)
        if self.kind is not None and self.kind not in set(Kind):
            raise UsageError(f"kind is one of {', '.join(Kind)}, not {self.kind!r}")
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise UsageError(f"a confidence lies between 0 and 1: {self.min_confidence}")
        if (self.limit is not None and self.limit < 0) or self.offset < 0:
            raise UsageError("limit and offset are not negative")


def _check_date(name: str, value: str) -> None:
    """Raise UsageError unless `value` is a date of the calendar in one of the forms that `Query` names."""
    if not _DATE.fullmatch(value):
        raise UsageError(f"{name} is a date like 2017, 2017-11 or 2017-11-16, not {value!r}")
    try:
        if "T" in value:
            datetime.fromisoformat(value)
        else:
            date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError as error:
        raise UsageError(f"{name} is no date of the calendar: {value!r}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuery(Query):
    """Which statements; `about` looks at the words of their content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuery(Query):
    """Which reports.

    `about` looks at title and text; speaker, kind, actor and min_confidence ask for at least one statement that meets
    all of them.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorQuery(Query):
    """Which actors: those with a statement that meets all filters; `speaker` looks at the actor's own names."""
