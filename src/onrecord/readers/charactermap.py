"""Stretches of HTML source to the characters that a browser shows, each with its place."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from html.entities import html5

from onrecord.domain.report import BlockKind, Segment
from onrecord.domain.span import Span
from onrecord.readers.lines import Line

__all__ = ["Collector", "line_from", "runs"]

_ENTITY = re.compile(r"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
# A single space between words is as it should be and needs no step of its own.
_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]|\A | \Z")


@lru_cache(maxsize=1024)
def _entity(raw: str) -> str:
    """Return the characters of an entity; itself where browsers would not decode it."""
    if raw[1] == "#" or raw[1:] in html5:
        return unescape(raw)
    return raw


def runs(source: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield stretches of words, entities and space: the characters shown, and their place in the source."""
    at = start
    for match in _ENTITY.finditer(source, start, end):
        shown = _entity(match[0])
        if shown != match[0]:
            if at < match.start():
                yield source[at : match.start()], at, match.start()
            yield shown, match.start(), match.end()
            at = match.end()
    if at < end:
        yield source[at:end], at, end


class Collector:
    """Puts stretches of one block together; a run of spaces becomes one.

    The one space is mapped to a space of the run. Where the run has none (a line break of the source) it has no
    segment, like the line breaks between blocks.
    """

    def __init__(self) -> None:
        """Start an empty block."""
        self.words: list[str] = []
        self._places: list[tuple[int, int, int, int]] = []  # in the block, in the source; plain numbers: this is hot
        self.length = 0
        self._space = False
        self._space_at: int | None = None

    def add(self, shown: str, start: int, end: int) -> None:
        """Take in a stretch: the characters shown, and their place in the source."""
        if end - start != len(shown):  # an entity
            if shown.strip(" \t\n\r\f"):
                self._put(shown, start, end)
            else:
                self._space = True
            return
        at = 0
        for match in _SPACES.finditer(shown):
            if match.start() > at:
                self._put(shown[at : match.start()], start + at, start + match.start())
            blank = match[0].find(" ")
            self._space = True
            if blank >= 0 and self._space_at is None:
                self._space_at = start + match.start() + blank
            at = match.end()
        if at < len(shown):
            self._put(shown[at:], start + at, end)

    def _put(self, shown: str, start: int, end: int) -> None:
        if self._space and self.length:
            if self._space_at is not None:
                self._place(1, self._space_at, self._space_at + 1)
            self.words.append(" ")
            self.length += 1
        self._space, self._space_at = False, None
        self._place(len(shown), start, end)
        self.words.append(shown)
        self.length += len(shown)

    def _place(self, length: int, start: int, end: int) -> None:
        """Note where the next `length` characters stand; what runs on from the last ones is joined to them."""
        if self._places and length == end - start:
            first, last, written, until = self._places[-1]
            if last == self.length and until == start and last - first == until - written:
                self._places[-1] = (first, last + length, written, end)
                return
        self._places.append((self.length, self.length + length, start, end))

    def line(self, number: int, kind: BlockKind | None) -> Line | None:
        """Return the block as a line, or None if it shows nothing."""
        text = "".join(self.words)
        bare = text.strip()
        if not bare:
            return None
        segments = tuple(Segment(span=Span(a, b), original=Span(c, d)) for a, b, c, d in self._places)
        if bare != text:  # no-break spaces at the ends
            segments = _cut(segments, text.index(bare), text.index(bare) + len(bare))
        if not segments:
            return None
        place = Span(segments[0].original.start, segments[-1].original.end)
        return Line(text=bare, segments=segments, place=place, number=number, kind=kind)


def _cut(segments: tuple[Segment, ...], start: int, end: int) -> tuple[Segment, ...]:
    """Return the segments of the characters `start` to `end` of a line, counted from `start`."""
    out: list[Segment] = []
    for segment in segments:
        low, high = max(segment.span.start, start), min(segment.span.end, end)
        if low >= high:
            continue
        original = segment.original
        if len(segment.span) == len(original):
            shift = original.start - segment.span.start
            original = Span(low + shift, high + shift)
        out.append(Segment(span=Span(low - start, high - start), original=original))
    return tuple(out)


def line_from(source: str, place: Span, number: int = 0) -> Line | None:
    """Return the words that stand in `place` of the source, such as an attribute's value, as a line."""
    collector = Collector()
    for run in runs(source, place.start, place.end):
        collector.add(*run)
    return collector.line(number, None)
