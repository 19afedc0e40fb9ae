"""What the record's listings show, one frozen value for each line.

In every row `report` is the input's own id (a JSONL line's id, else the path or URL) and `report_id` the record's.
"""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.domain.ids import ActorId, ReportId, StatementId
from onrecord.domain.report import FailureReason, Precision
from onrecord.domain.span import Span
from onrecord.domain.statement import ActorKind, Kind, Speaker

__all__ = ["ActorRow", "Counts", "FailureRow", "Found", "Hit", "Problem", "ReportRow", "StatementRow", "Thing"]


class Thing(StrEnum):
    """What an id of the record stands for; the id's first letter says it too."""

    REPORT = "report"
    READING = "reading"
    STATEMENT = "statement"
    ACTOR = "actor"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A report in a listing. `also_given_as` holds the further keys under which the same report came in."""

    report_id: ReportId
    report: str
    also_given_as: tuple[str, ...]
    title: str | None
    outlet: str | None
    published: str | None  # ISO 8601, cut to its precision
    published_precision: Precision | None
    language: str
    url: str | None
    statements: int  # nested ones too
    added_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """A statement in a listing, with what its report says of itself.

    `source_words`, `cue_words` and `content_words` are the words at the spans; where a role has several spans, " … "
    stands between them. `parent` is the statement in whose content this one stands, None for an outermost one.
    """

    id: StatementId
    report: str
    report_id: ReportId
    outlet: str | None
    title: str | None
    published: str | None
    published_precision: Precision | None
    speaker: Speaker | None
    kind: Kind
    confidence: float
    source: tuple[Span, ...]
    source_words: str
    cue: tuple[Span, ...]
    cue_words: str
    content: tuple[Span, ...]
    content_words: str
    parent: StatementId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """An actor over all reports. `name` is the commonest of `names`; counts are of what the query lets through."""

    id: ActorId
    kind: ActorKind
    name: str
    names: tuple[str, ...]  # longest first
    statements: int
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureRow:
    """An input that gave no report, and when that was noted."""

    key: str
    reason: FailureReason
    detail: str
    added_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an id, the beginning of one, or an input's key turned out to stand for."""

    thing: Thing
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A report or a statement that holds the words searched for; `words` are some of its own around them."""

    thing: Thing
    id: str
    report: str
    report_id: ReportId
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the record holds."""

    reports: int
    statements: int  # nested ones too
    nested: int
    actors: int
    failures: int
    superseded_readings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in the record that does not hold: one sentence, and the id, key or table that it is about."""

    where: str
    what: str
