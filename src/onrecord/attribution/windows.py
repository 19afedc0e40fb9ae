"""Text to model input: words, their pieces and features, packed into windows of bounded length.

Used both to train the tagger and to run it, so that the two cannot drift apart.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.domain.span import Span
from onrecord.domain.words import CLOSING_MARK, hard_breaks, quote_depths, word_spans

__all__ = ["FEATURE_SIZES", "MAX_PIECES", "NEW_LINE", "PieceCache", "Window", "windows_of"]

MAX_PIECES = 256  # the two marks at the ends included
_MAX_WORD_PIECES = 12  # a longer word is a link or noise; its first pieces tell enough
_MAX_WORD_CHARS = 64

_SENTENCE_END = frozenset(".!?…")

# Case, gap before the word, quote depth, and whether the word stands in the text's first line.
FEATURE_SIZES = (7, 3, 5, 2)
_PUNCTUATION, _LOWER, _TITLE, _UPPER, _MIXED, _DIGIT, _INITIAL = range(7)
_NO_GAP, _SPACE, NEW_LINE = range(3)


def _case(word: str) -> int:
    if not word[0].isalnum():
        return _PUNCTUATION
    if word[0].isdigit():
        return _DIGIT
    if word.islower():
        return _LOWER
    if word.isupper():
        return _UPPER if len(word) > 1 else _INITIAL
    return _TITLE if word[0].isupper() and word[1:].islower() else _MIXED


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    pieces: tuple[int, ...]
    features: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text as model input: up to `MAX_PIECES` pieces, ends marked."""

    pieces: list[int]
    features: list[tuple[int, int, int, int]]  # one for each piece
    firsts: list[int]  # index of each word's first piece
    starts: list[int]  # each word's place in the text, in code points
    ends: list[int]

    @property
    def line_starts(self) -> list[int]:
        """Which words begin a paragraph, as indices into `starts`."""
        return [word for word, piece in enumerate(self.firsts) if self.features[piece][1] == NEW_LINE]


class PieceCache:
    """Word pieces of single words, remembered: news repeats its words, and a look-up costs a tenth of a call."""

    def __init__(self, split: Callable[[str], Sequence[int]], *, most: int = 60_000) -> None:
        self._split = split
        self._most = most
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the piece ids of `word`; none for characters that the model's vocabulary drops."""
        pieces = self._known.get(word)
        if pieces is None:
            if len(self._known) >= self._most:
                self._known.clear()
            pieces = tuple(self._split(word[:_MAX_WORD_CHARS]))[:_MAX_WORD_PIECES]
            self._known[word] = pieces
        return pieces


def _words(text: str, pieces_of: PieceCache, without: Span | None) -> Iterator[_Word]:
    depths = quote_depths(text)
    breaks = hard_breaks(text)
    first_line_end = next((gap.start for gap in breaks if gap.start), 0)  # one line only: body text, not a headline
    starts = {gap.end for gap in breaks} | {len(text) - len(text.lstrip())}
    new_line = gap_seen = False
    end = 0
    for place in word_spans(text):
        start = place.start
        new_line = new_line or start in starts
        gap_seen = gap_seen or start > end
        end = place.end
        word = text[start:end]
        pieces = pieces_of(word)
        if not pieces or (without and without.start <= start < without.end):
            continue
        gap = NEW_LINE if new_line else _SPACE if gap_seen else _NO_GAP
        new_line = gap_seen = False
        yield _Word(start, end, pieces, (_case(word), gap, depths[start], int(start < first_line_end)))


def _sentence_cut(words: Sequence[_Word], text: str, budget: int) -> int:
    """Return where to cut a line too long for one window: after the last sentence that fits, else the last word."""
    size, best, index = 0, 0, 0
    while index < len(words) and size + len(words[index].pieces) <= budget:
        size += len(words[index].pieces)
        index += 1
        follows = words[index] if index < len(words) else None
        ended = text[words[index - 1].end - 1] in _SENTENCE_END or words[index - 1].features[2] == CLOSING_MARK
        if follows and ended and follows.features[1] and follows.features[0] != _LOWER and size > budget // 2:
            best = index
    return best or index


def _runs(words: Iterable[_Word], text: str, budget: int) -> Iterator[list[_Word]]:
    """Yield runs of words for windows: whole lines as long as they fit, long lines cut at sentence ends."""
    waiting: list[_Word] = []
    size = line_start = 0  # of what waits: its pieces, and where its last line begins
    for word in words:
        if word.features[1] == NEW_LINE:
            line_start = len(waiting)
        waiting.append(word)
        size += len(word.pieces)
        while size > budget:
            cut = line_start or _sentence_cut(waiting, text, budget)
            yield waiting[:cut]
            waiting, line_start = waiting[cut:], 0
            size = sum(len(w.pieces) for w in waiting)
    if waiting:
        yield waiting


def windows_of(
    text: str,
    pieces_of: PieceCache,
    *,
    opening: int,
    closing: int,
    max_pieces: int = MAX_PIECES,
    without: Span | None = None,
) -> Iterator[Window]:
    """Cut `text` into windows of at most `max_pieces` pieces; every word stands in exactly one.

    Args:
        text: any string; it may be a book on one line.
        pieces_of: word to piece ids.
        opening: the id put before each window.
        closing: the id put after it.
        max_pieces: the longest window, in pieces.
        without: a stretch whose words are left out, such as a dateline.
    """
    edge = (0, 0, 0, 0)
    for words in _runs(_words(text, pieces_of, without), text, max_pieces - 2):
        pieces, features, firsts = [opening], [edge], []
        for word in words:
            firsts.append(len(pieces))
            pieces.extend(word.pieces)
            features.extend([word.features] * len(word.pieces))
        pieces.append(closing)
        features.append(edge)
        yield Window(pieces, features, firsts, [w.start for w in words], [w.end for w in words])
