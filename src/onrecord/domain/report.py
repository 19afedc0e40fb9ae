"""Reports: one published document each, its text, where every character of it came from, and what was left out."""

from dataclasses import dataclass, field
from enum import StrEnum

from onrecord.domain.ids import ReportId, content_id
from onrecord.domain.span import Span

__all__ = [
    "Block",
    "BlockKind",
    "Dropped",
    "Failure",
    "FailureReason",
    "Metadata",
    "Precision",
    "Provenance",
    "Published",
    "Report",
    "Segment",
    "report_id",
]


class Precision(StrEnum):
    """How exactly a date is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When a report was published, how exactly that is known, and how it was found.

    `date` is ISO 8601, cut to its precision: `2017-02-13T14:43`, `2017-02-13`, `2017-02`, `2017`.
    """

    date: str
    precision: Precision
    found_by: str  # "input", "meta article:published_time", "json-ld", "text line 3", …
    words: str | None = None  # the words that it was read from, as they stand in the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says of itself. Unknown stays None or empty."""

    title: str | None = None
    outlet: str | None = None
    published: Published | None = None
    authors: tuple[str, ...] = ()
    dateline: str | None = None
    credits: tuple[str, ...] = ()  # "translated by Ann Lee", "Reuters", "with inputs from agencies"
    url: str | None = None


class BlockKind(StrEnum):
    """What a stretch of a report's text is on its page."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A line of the text and what it is on the page."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Characters of the text that stand, in the same order and number, in the decoded original.

    `span` counts code points of `Report.text`; `original` code points of the original bytes as decoded by
    `Provenance.encoding`. Where the two differ in length the segment is what one HTML entity stands for. A space that
    stands for a line break of HTML source, and the line breaks between blocks, have no segment.
    """

    span: Span
    original: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Words of the original that are not in the text, and why."""

    original: Span  # code points of the decoded original
    words: str
    reason: str  # "newsletter form", "teaser", "share line", "byline (kept as metadata)", …


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a report's bytes came from and how they became text."""

    media_type: str  # "text/plain", "text/html", "application/jsonl"
    encoding: str  # the codec that decodes the original bytes; "utf-8" for a JSONL line
    bytes_digest: str  # SHA-256 of the original bytes
    size: int  # bytes
    reader: str  # name and version of what read it, "html.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One published document. Its text never changes once stored; every offset in the record counts its code points."""

    id: ReportId
    key: str  # the input's own id: a JSONL line's id, else the path or URL that was given
    text: str
    language: str  # ISO 639-1
    metadata: Metadata = field(default_factory=Metadata)
    provenance: Provenance
    blocks: tuple[Block, ...] = ()
    segments: tuple[Segment, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    original: bytes = field(repr=False)


def report_id(bytes_digest: str, declared: str | None = None) -> ReportId:
    """Return the id of the document with these bytes under the id that its input declares.

    A file has no declared id: the same bytes under another path are the same document. A JSONL line declares one.
    """
    return ReportId(content_id("r", declared, bytes_digest))


class FailureReason(StrEnum):
    """Why an input gave no report."""

    EMPTY = "empty"
    BINARY = "binary"
    ENCODING = "encoding"
    TOO_LARGE = "too large"
    BOMB = "decompression bomb"
    DAMAGED = "damaged"
    TOO_DEEP = "too deeply nested"
    LANGUAGE = "language not supported"
    NO_TEXT = "no text"
    UNREADABLE = "unreadable"
    BAD_LINE = "bad line"
    DUPLICATE_ID = "duplicate id"
    UNKNOWN_FORMAT = "unknown format"
    EXTRACTION = "extraction failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that gave no report. It is stored, counted and listed; the rest of the job goes on."""

    key: str
    reason: FailureReason
    detail: str  # one sentence for a person: what was found, and what to do
