"""Statements: what a report says that somebody said, as offsets into the report's text."""

from dataclasses import dataclass, field
from enum import StrEnum

from onrecord.domain.ids import ActorId, ReadingId, ReportId, StatementId, content_id
from onrecord.domain.span import Span, covering

__all__ = [
    "Actor",
    "ActorKind",
    "Extractor",
    "Kind",
    "Mention",
    "Reading",
    "Resolution",
    "Speaker",
    "Statement",
    "statement_id",
]


class Kind(StrEnum):
    """How the words of a statement's content are given."""

    DIRECT = "direct"  # all inside quote marks
    INDIRECT = "indirect"  # none
    MIXED = "mixed"


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    STATE = "state"
    BODY = "body"
    GROUP = "group"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"


class Resolution(StrEnum):
    """What showed that a mention stands for its actor."""

    NAME = "name"
    PART_OF_NAME = "part of name"
    APPOSITION = "apposition"
    ROLE = "role"
    PRONOUN = "pronoun"
    METONYM = "metonym"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, body, state or group that speaks. `names` holds every form seen, the fullest first."""

    id: ActorId
    kind: ActorKind
    name: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """The words in a report that stand for an actor."""

    spans: tuple[Span, ...]
    actor: ActorId
    how: Resolution
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who a statement is attributed to. `actor` is None where the words name nobody that is known."""

    name: str
    actor: ActorId | None
    kind: ActorKind
    how: Resolution | None
    mention: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One attributed piece of a report.

    `source`, `cue` and `content` are sorted spans of the report's text. An empty source means that the text names none.
    """

    id: StatementId
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind
    confidence: float
    speaker: Speaker | None = None
    nested: tuple["Statement", ...] = ()

    @property
    def extent(self) -> Span:
        """The stretch from its first character to its last, whatever the role."""
        return covering((*self.source, *self.cue, *self.content))


def statement_id(
    report: ReportId, *, source: tuple[Span, ...], cue: tuple[Span, ...], content: tuple[Span, ...]
) -> StatementId:
    """Return the id of the statement at these places of a report: the same however often it is extracted."""
    spans = [[(s.start, s.end) for s in role] for role in (source, cue, content)]
    return StatementId(content_id("s", report, spans))


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """What read a report: a name with its version, and the digest of its model's files."""

    name: str
    model_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one version of the extractor read out of one report. Immutable."""

    id: ReadingId
    report: ReportId
    extractor: Extractor
    statements: tuple[Statement, ...] = ()
    actors: tuple[Actor, ...] = field(default=())  # those that speak in this report

    @staticmethod
    def id_of(text_digest: str, report: ReportId, extractor: Extractor) -> ReadingId:
        """Return the id that a reading of this text by this extractor has, before it is made."""
        return ReadingId(content_id("g", report, text_digest, extractor.name, extractor.model_digest))
