"""Words of a text and the quote marks around them, as offsets into the text itself.

Nothing here rewrites a text: every offset is a code point index into the string that was passed in.
"""

import re
from collections.abc import Iterator

from onrecord.domain.span import Span

__all__ = [
    "CLOSING_MARK",
    "INSIDE_DOUBLE",
    "INSIDE_SINGLE",
    "NO_QUOTE",
    "OPENING_MARK",
    "hard_breaks",
    "quote_depths",
    "quoted_spans",
    "word_spans",
]

_WORD = re.compile(r"\w+|[^\w\s]")
_BREAK = re.compile(r"(?<!\s)[^\S\n]*\n\s*")  # tried only where white space begins: a million blanks take linear time
_WRAPPED_AT = range(45, 101)  # characters of a line in a text that an editor or a mailer has wrapped

# Marks that open, whatever stands around them, and what closes each. „…“ and »…« are the German forms.
_CLOSERS = {
    "“": "”“\"''",
    "„": "“”\"''",
    "‟": "”\"''",
    "«": "»",
    "»": "«",
    "``": "''\"”",
    '"': "\"”''",
    "''": "''\"”",
}
_ALWAYS_OPEN = frozenset({"“", "„", "‟", "«", "``"})
_ALWAYS_CLOSE = frozenset({"”", "»"})
_DOUBLE = re.compile(r"''|``|[\"“”„‟«»]")
# A single-quoted stretch of one line: apostrophes inside words do not end it.
_SINGLE = re.compile(
    r"(?<![\w'’])(?P<open>['‘‚‛‹])(?=[^\s'’])"
    r"(?:[^'‘’‚‛‹›\n]|(?<=\w)['’](?=\w)){1,2000}"
    r"(?<!\s)['’‘›](?![\w'])"
)
_BEFORE_OPENING = frozenset(" \t\xa0([{-–—/:")
_AFTER_CLOSING = frozenset(" \t\xa0.,;:?!)]}-–—/")

NO_QUOTE, INSIDE_DOUBLE, INSIDE_SINGLE, OPENING_MARK, CLOSING_MARK = range(5)


def word_spans(text: str) -> Iterator[Span]:
    """Yield every word and every other visible character of `text`, in order."""
    for match in _WORD.finditer(text):
        yield Span(*match.span())


def hard_breaks(text: str) -> list[Span]:
    """Return the line breaks of `text` that end a paragraph, with the white space around them.

    All do, unless the text is wrapped: paragraphs apart by blank lines, most of their inner lines of one usual width.
    """
    breaks = [Span(*match.span()) for match in _BREAK.finditer(text)]
    blank = [gap for gap in breaks if text.count("\n", gap.start, gap.end) > 1]
    single = len(breaks) - len(blank)
    if not blank or single < 2 * len(blank):
        return breaks
    ends = [gap.end for gap in breaks]
    widths = [
        gap.start - start
        for start, gap in zip([0, *ends], breaks, strict=False)
        if text.count("\n", gap.start, gap.end) == 1
    ]
    usual = sum(width in _WRAPPED_AT for width in widths)
    return blank if usual > 0.8 * len(widths) else breaks


def _may_open(mark: str, before: str, after: str) -> bool:
    if mark in _ALWAYS_OPEN:
        return True
    starts = not before or before in _BEFORE_OPENING
    if mark == "»":  # opens only in the inverted style: »so«
        return starts and after.isalnum()
    return mark not in _ALWAYS_CLOSE and starts and bool(after.strip())


def _may_close(mark: str, opened_by: str, before: str, after: str) -> bool:
    if mark not in _CLOSERS[opened_by]:
        return False
    if mark in _ALWAYS_CLOSE or mark == "«":
        return True
    if mark == "“":  # closes „…“; after “ it is a second opening mark
        return opened_by == "„"
    touches = bool(before.strip()) and before not in "([{"
    return (touches and (not after or after in _AFTER_CLOSING or not after.isalnum())) or not after.strip()


def quoted_spans(text: str) -> tuple[tuple[Span, bool], ...]:
    """Find the quoted stretches of `text`, marks included.

    Returns `(span, is_double)` pairs in order, never overlapping. A quote that is still open at the end of its
    paragraph ends there: a long quotation opens every paragraph anew and closes only the last. Stray closing marks
    and apostrophes are left alone, so an odd number of marks spoils at most one paragraph.
    """
    double: list[Span] = []
    start, opened_by = -1, ""
    ends = iter([*(gap.start for gap in hard_breaks(text)), len(text)])
    line_end = next(ends)
    for match in _DOUBLE.finditer(text):
        mark, at, end = match[0], match.start(), match.end()
        while line_end <= at:
            if start >= 0:
                double.append(Span(start, line_end))
                start = -1
            line_end = next(ends)
        before = text[at - 1] if at and text[at - 1] != "\n" else ""
        after = text[end] if end < len(text) and text[end] != "\n" else ""
        if start < 0:
            if _may_open(mark, before, after):
                start, opened_by = at, mark
        elif _may_close(mark, opened_by, before, after):
            double.append(Span(start, end))
            start = -1
    if start >= 0:
        double.append(Span(start, line_end))
    found = [(span, True) for span in double]
    found.extend((span, False) for span in _single_spans(text, double))
    return tuple(sorted(found))


def _single_spans(text: str, taken: list[Span]) -> Iterator[Span]:
    """Yield single-quoted stretches that no double-quoted one touches."""
    index = 0
    for match in _SINGLE.finditer(text):
        while index < len(taken) and taken[index].end <= match.start():
            index += 1
        if index == len(taken) or taken[index].start >= match.end():
            yield Span(*match.span())


def quote_depths(text: str) -> bytearray:
    """Mark each character of `text` with `NO_QUOTE`, one of the two `INSIDE_…`, or one of the two `…_MARK`."""
    depths = bytearray(len(text))
    for span, is_double in quoted_spans(text):
        inside = INSIDE_DOUBLE if is_double else INSIDE_SINGLE
        depths[span.start : span.end] = bytes([inside]) * len(span)
        for mark in ("''", "``"):
            if text.startswith(mark, span.start):
                depths[span.start : span.start + 2] = bytes([OPENING_MARK]) * 2
            if len(span) > len(mark) and text.endswith(mark, span.start, span.end):
                depths[span.end - 2 : span.end] = bytes([CLOSING_MARK]) * 2
        depths[span.start] = OPENING_MARK
        if not text[span.end - 1].isalnum() and len(span) > 1 and text[span.end - 1] in "\"“”»«'’‘›":
            depths[span.end - 1] = CLOSING_MARK
    return depths
