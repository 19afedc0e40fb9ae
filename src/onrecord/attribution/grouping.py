"""Tagged spans to attributions: each content goes to one cue, each cue to one source or to none.

Both choices are conditional logit models over a few distances and counts between the two spans; the weights are
learned from gold spans (`training/attribution/grouping.py`) and stand in `model/grouping.json`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p

from onrecord.attribution.labels import ROLES
from onrecord.domain.span import Span
from onrecord.domain.words import hard_breaks

__all__ = [
    "CONTENT",
    "CONTENT_FEATURES",
    "CUE",
    "SOURCE",
    "SOURCE_FEATURES",
    "Grouped",
    "GroupingWeights",
    "Layout",
    "TaggedSpan",
    "content_features",
    "cues_for",
    "group",
    "none_features",
    "source_features",
    "sources_for",
]

SOURCE, CUE, CONTENT = range(len(ROLES))
_OPENING = frozenset("“\"'‘«„`»")
_REACH = 6  # candidates looked at on either side; farther ones never win
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]»]*\s+(?=[“\"‘'«(\[]*[^\W\d_a-zà-ÿ])|\n+")


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A span that the tagger gave a role, and the probability that it did so rightly."""

    role: int
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class Grouped:
    """The tagged spans of one attribution; `source` is None where the text names none."""

    source: TaggedSpan | None
    cue: TaggedSpan
    contents: tuple[TaggedSpan, ...]
    confidence: float


class Layout:
    """Where a text's words and sentences and the tagged spans lie, for counting what stands between two places."""

    def __init__(self, text: str, tagged: Sequence[TaggedSpan]) -> None:
        self.text = text
        self._gaps = [match.start() for match in re.finditer(r"\s+", text)]
        self._ends = [match.start() for match in _SENTENCE_END.finditer(text)]
        self._lines = [gap.start for gap in hard_breaks(text)]
        self._starts = [[t.span.start for t in tagged if t.role == role] for role in range(len(ROLES))]

    def in_first_line(self, span: Span) -> bool:
        """Whether a span stands in the first of several lines, where the headline is."""
        return bool(self._lines) and span.end <= self._lines[0]

    def between(self, a: Span, b: Span) -> "Between":
        """Count what lies between two spans, whichever comes first."""
        first, last = sorted((a, b))
        low, high = first.end, max(first.end, last.start)
        return Between(
            words=_count(self._gaps, low, high),
            sentences=_count(self._ends, low - 1, high),
            lines=_count(self._lines, low, high),
            spans=tuple(_count(starts, low, high) for starts in self._starts),
            comma=self.text[low : low + 1] == "," or self.text[low - 1 : low] == ",",
            before=b < a,
        )


@dataclass(frozen=True, slots=True)
class Between:
    """What lies between span a and span b."""

    words: int
    sentences: int
    lines: int
    spans: tuple[int, ...]  # tagged spans of each role that start there
    comma: bool  # right after the first of the two
    before: bool  # b stands before a


def _count(places: Sequence[int], low: int, high: int) -> int:
    return bisect_left(places, high) - bisect_right(places, low - 1)


CONTENT_FEATURES = (
    "distance",
    "distance_before",
    "sentence",
    "sentence_before",
    "line",
    "cues",
    "contents",
    "contents_before",
    "sources",
    "sources_before",
    "before",
    "before_same_sentence",
    "after_colon",
    "touching",
    "comma_before",
    "quote_before",
    "quote_sentence",
)


def content_features(layout: Layout, content: Span, cue: Span) -> list[float]:
    """Return `CONTENT_FEATURES` of the pair; "before" means that the cue stands before the content."""
    gap = layout.between(content, cue)
    quote = float(layout.text[content.start] in _OPENING)
    before, same = float(gap.before), float(not gap.sentences)
    return [
        log1p(gap.words),
        log1p(gap.words) * before,
        min(gap.sentences, 4),
        min(gap.sentences, 4) * before,
        min(gap.lines, 3),
        min(gap.spans[CUE], 4),
        min(gap.spans[CONTENT], 4),
        min(gap.spans[CONTENT], 4) * before,
        min(gap.spans[SOURCE], 4),
        min(gap.spans[SOURCE], 4) * before,
        before,
        before * same,
        float(layout.text[cue.end - 1] == ":") * before,
        float(gap.words <= 1 and not gap.lines),
        float(gap.comma) * before,
        quote * before,
        quote * min(gap.sentences, 4),
    ]


SOURCE_FEATURES = (
    "distance",
    "distance_before",
    "sentence",
    "sentence_before",
    "line",
    "cues",
    "cues_before",
    "contents",
    "contents_before",
    "sources",
    "before",
    "touching",
    "comma",
    "inside_content",
    "none",
    "none_touching_content",
    "none_sources_in_sentence",
    "none_short_cue",
    "none_cue_by",
)
_NONE_AT = SOURCE_FEATURES.index("none")


def source_features(layout: Layout, cue: Span, source: Span) -> list[float]:
    """Return `SOURCE_FEATURES` of the pair; "before" means that the source stands before the cue."""
    gap = layout.between(cue, source)
    before = float(gap.before)
    return [
        log1p(gap.words),
        log1p(gap.words) * before,
        min(gap.sentences, 4),
        min(gap.sentences, 4) * before,
        min(gap.lines, 3),
        min(gap.spans[CUE], 4),
        min(gap.spans[CUE], 4) * before,
        min(gap.spans[CONTENT], 4),
        min(gap.spans[CONTENT], 4) * before,
        min(gap.spans[SOURCE], 4),
        before,
        float(gap.words <= 1 and not gap.lines),
        float(gap.comma),
        float(source.touches(cue)),
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
    ]


def none_features(layout: Layout, cue: Span, sources: Sequence[Span], contents: Sequence[Span]) -> list[float]:
    """Return `SOURCE_FEATURES` of the choice that the text names no source for this cue."""
    words = layout.text[cue.start : cue.end].split()
    return [
        *([0.0] * _NONE_AT),
        1.0,
        float(any(layout.between(cue, c).words <= 1 for c in contents)),
        float(sum(not layout.between(cue, s).sentences for s in sources)),
        float(len(words) == 1),
        float(words[-1].lower().strip(":,") in {"by", "to", "that"}),
    ]


@dataclass(frozen=True, slots=True)
class GroupingWeights:
    """What each feature counts, in logits."""

    content: tuple[float, ...]
    source: tuple[float, ...]

    @classmethod
    def of(cls, stored: Mapping[str, Mapping[str, float]]) -> "GroupingWeights":
        """Read weights by the features' names."""
        return cls(
            tuple(stored["content"][name] for name in CONTENT_FEATURES),
            tuple(stored["source"][name] for name in SOURCE_FEATURES),
        )


def _near(tagged: Sequence[TaggedSpan], to: Span) -> Sequence[TaggedSpan]:
    at = bisect_left(tagged, to, key=lambda t: t.span)
    return tagged[max(0, at - _REACH) : at + _REACH]


def cues_for(layout: Layout, content: Span, cues: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Return the cues that a content can belong to.

    Over the end of a paragraph only a quotation goes on, or what an earlier paragraph announced; never a headline
    (in PolNeAR train 7 of 23,000 contents and none of 448 in headlines say otherwise).
    """
    first_line = layout.in_first_line(content)
    quoted = layout.text[content.start] in _OPENING

    def fits(cue: Span) -> bool:
        gap = layout.between(content, cue)
        return not gap.lines or (not first_line and (gap.before or quoted))

    return [cue for cue in _near(cues, content) if fits(cue.span)]


def sources_for(layout: Layout, cue: Span, sources: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Return the sources that a cue can belong to: those of its own paragraph (10 of 18,000 stand elsewhere)."""
    return [source for source in _near(sources, cue) if not layout.between(cue, source.span).lines]


def _best(options: Sequence[Sequence[float]], weights: Sequence[float]) -> tuple[int, float]:
    """Return the likeliest option and its probability."""
    scores = [sum(w * f for w, f in zip(weights, option, strict=True)) for option in options]
    top = max(scores)
    return scores.index(top), 1 / sum(exp(score - top) for score in scores)


def group(text: str, tagged: Sequence[TaggedSpan], weights: GroupingWeights) -> tuple[Grouped, ...]:
    """Group the tagged spans of `text` into attributions, in the order of their contents.

    A content without any cue near it, and a cue or source without content, give none.
    """
    layout = Layout(text, tagged)
    sources, cues, contents = ([t for t in tagged if t.role == role] for role in range(len(ROLES)))
    owned: dict[Span, list[TaggedSpan]] = {}
    odds: dict[Span, float] = {}
    for content in contents:
        near = cues_for(layout, content.span, cues)
        if near:
            index, odd = _best([content_features(layout, content.span, cue.span) for cue in near], weights.content)
            owned.setdefault(near[index].span, []).append(content)
            odds[near[index].span] = min(odd, odds.get(near[index].span, 1.0))
    grouped = []
    for cue in cues:
        if own := owned.get(cue.span):
            source, odd = _source_of(layout, cue.span, sources_for(layout, cue.span, sources), own, weights.source)
            sure = odd * odds[cue.span]
            grouped.append(Grouped(source, cue, tuple(own), sure))
    return tuple(sorted(grouped, key=lambda g: g.contents[0].span))


def _source_of(
    layout: Layout, cue: Span, near: Sequence[TaggedSpan], contents: Sequence[TaggedSpan], weights: Sequence[float]
) -> tuple[TaggedSpan | None, float]:
    options = [source_features(layout, cue, source.span) for source in near]
    options.append(none_features(layout, cue, [s.span for s in near], [c.span for c in contents]))
    index, odd = _best(options, weights)
    return (near[index] if index < len(near) else None), odd
