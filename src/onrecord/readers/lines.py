"""Lines of a page with the places they came from, and the report that is put together from those that are kept."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.domain.ids import digest
from onrecord.domain.report import (
    Block,
    BlockKind,
    Dropped,
    Metadata,
    Provenance,
    Published,
    Report,
    Segment,
    report_id,
)
from onrecord.domain.span import Span

__all__ = ["Facts", "Kept", "Line", "Sifted", "composed", "lines_of", "merged_segments"]

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A visible line of a page: a line of a text file, a block of an HTML page. Never blank, no space at its ends."""

    text: str
    segments: tuple[Segment, ...]  # `span` counts from the line's own start
    place: Span  # in the decoded original, from its first character to its last
    number: int  # from 1: its line in a text file, its block in an HTML page
    after_gap: bool = False  # a blank line stands before it
    kind: BlockKind | None = None  # what the page's markup says that it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A line that belongs to the report."""

    line: Line
    kind: BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the lines of a page say about the report itself."""

    title: str | None = None
    outlet: str | None = None
    published: Published | None = None
    authors: tuple[str, ...] = ()
    dateline: str | None = None
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """A page's lines parted into the report and the rest."""

    kept: tuple[Kept, ...]
    dropped: tuple[Dropped, ...] = ()
    facts: Facts = field(default_factory=Facts)


def lines_of(text: str) -> list[Line]:
    """Part a plain text into its lines that are not blank."""
    found: list[Line] = []
    number, end = 1, 0
    for match in _LINE.finditer(text):
        breaks = len(_BREAK.findall(text, end, match.start()))
        number += breaks
        end = match.end()
        bare = match[0].strip("\ufeff").strip()
        if bare:
            at = match.start() + match[0].index(bare)
            place = Span(at, at + len(bare))
            whole = Segment(span=Span(0, len(bare)), original=place)
            gap = bool(found) and number > found[-1].number + 1
            found.append(Line(text=bare, segments=(whole,), place=place, number=number, after_gap=gap))
    return found


def merged_segments(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Join neighbours that run on in the text and in the original alike."""
    out: list[Segment] = []
    for segment in segments:
        last = out[-1] if out else None
        if (
            last
            and last.span.end == segment.span.start
            and last.original.end == segment.original.start
            and len(last.span) == len(last.original)
            and len(segment.span) == len(segment.original)
        ):
            span = Span(last.span.start, segment.span.end)
            out[-1] = Segment(span=span, original=Span(last.original.start, segment.original.end))
        else:
            out.append(segment)
    return tuple(out)


def _joined(kept: Sequence[Kept]) -> tuple[str, tuple[Block, ...], tuple[Segment, ...]]:
    """Put the kept lines under each other; a gap in the page stays one blank line."""
    words: list[str] = []
    blocks: list[Block] = []
    segments: list[Segment] = []
    at = 0
    for index, item in enumerate(kept):
        if index:
            gap = "\n\n" if item.line.after_gap else "\n"
            words.append(gap)
            at += len(gap)
        words.append(item.line.text)
        blocks.append(Block(span=Span(at, at + len(item.line.text)), kind=item.kind))
        segments.extend(
            Segment(span=Span(s.span.start + at, s.span.end + at), original=s.original) for s in item.line.segments
        )
        at += len(item.line.text)
    return "".join(words), tuple(blocks), tuple(segments)


def composed(
    sifted: Sifted, *, key: str, original: bytes, media_type: str, encoding: str, reader: str, language: str = "en"
) -> Report:
    """Put a report together from the kept lines of a page.

    Its metadata holds what the lines say; a reader that knows more replaces it.
    """
    text, blocks, segments = _joined(sifted.kept)
    facts = sifted.facts
    sha = digest(original)
    return Report(
        id=report_id(sha),
        key=key,
        text=text,
        language=language,
        metadata=Metadata(
            title=facts.title,
            outlet=facts.outlet,
            published=facts.published,
            authors=facts.authors,
            dateline=facts.dateline,
            credits=facts.credits,
        ),
        provenance=Provenance(
            media_type=media_type, encoding=encoding, bytes_digest=sha, size=len(original), reader=reader
        ),
        blocks=blocks,
        segments=merged_segments(segments),
        dropped=tuple(sorted(sifted.dropped, key=lambda d: d.original)),
        original=original,
    )
