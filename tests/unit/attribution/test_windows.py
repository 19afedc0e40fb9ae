"""Text to windows of word pieces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.attribution.windows import FEATURE_SIZES, MAX_PIECES, PieceCache, Window, windows_of
from onrecord.domain.span import Span
from onrecord.domain.words import hard_breaks, word_spans

OPENING, CLOSING, DROPPED = 101, 102, "\u200b"
LONGEST_WORD = 12  # pieces

hostile = st.text(
    st.one_of(st.sampled_from(f"abcdefgXYZ   \n\n.,!?“”'\"9é{DROPPED}\x00\ud800\u0301אب👍"), st.characters()),
    max_size=400,
)


def three_letters_a_piece(word: str) -> list[int]:
    """Split a word into pieces of three letters; one character has no pieces, as a model's vocabulary drops some."""
    return [] if word == DROPPED else [ord(word[at]) for at in range(0, len(word), 3)]


def cut(text: str, *, max_pieces: int = MAX_PIECES, without: Span | None = None) -> list[Window]:
    """Cut a text with the hand-made word pieces."""
    pieces_of = PieceCache(three_letters_a_piece)
    return list(windows_of(text, pieces_of, opening=OPENING, closing=CLOSING, max_pieces=max_pieces, without=without))


def words_of(windows: list[Window], text: str) -> list[str]:
    """Return the words in the windows."""
    return [text[start:end] for window in windows for start, end in zip(window.starts, window.ends, strict=True)]


@settings(max_examples=100, deadline=None)
@given(hostile, st.integers(16, 40))
def test_every_word_stands_in_exactly_one_window(text: str, max_pieces: int) -> None:
    """Each word with pieces is in one window at its own place, in the order of the text; a second run does the same."""
    windows = cut(text, max_pieces=max_pieces)
    places = [(start, end) for window in windows for start, end in zip(window.starts, window.ends, strict=True)]
    assert places == [(word.start, word.end) for word in word_spans(text) if word.of(text) != DROPPED]
    assert cut(text, max_pieces=max_pieces) == windows


@settings(max_examples=100, deadline=None)
@given(hostile, st.integers(16, 40))
def test_windows_are_what_the_model_takes(text: str, max_pieces: int) -> None:
    """A window is never empty or too long, begins and ends with its marks, and has sound features for each piece."""
    for window in cut(text, max_pieces=max_pieces):
        assert window.firsts
        assert len(window.pieces) == len(window.features) <= max_pieces
        assert (window.pieces[0], window.pieces[-1]) == (OPENING, CLOSING)
        assert all(0 <= value < size for row in window.features for value, size in zip(row, FEATURE_SIZES, strict=True))
        for first, start, end in zip(window.firsts, window.starts, window.ends, strict=True):
            pieces = three_letters_a_piece(text[start:end])[:LONGEST_WORD]
            assert window.pieces[first : first + len(pieces)] == pieces


@settings(max_examples=50, deadline=None)
@given(st.data(), hostile.filter(bool))
def test_what_is_left_out_is_in_no_window(data: st.DataObject, text: str) -> None:
    """Words that begin in the stretch left out are missing, and only those."""
    start = data.draw(st.integers(0, len(text) - 1))
    without = Span(start, data.draw(st.integers(start + 1, len(text))))
    kept = [start for window in cut(text, without=without) for start in window.starts]
    every = [start for window in cut(text) for start in window.starts]
    assert kept == [start for start in every if not without.start <= start < without.end]


@pytest.mark.parametrize("text", ["", " \n\t ", DROPPED * 3])
def test_nothing_to_read_makes_no_window(text: str) -> None:
    """A text without words that the model knows makes no window at all."""
    assert cut(text) == []


def test_whole_paragraphs_share_a_window() -> None:
    """Paragraphs are packed together as long as they fit, and a paragraph that does not fit opens the next window."""
    text = "aa bb cc dd\nee ff gg hh\nii jj kk ll\nmm nn oo pp"
    windows = cut(text, max_pieces=14)
    assert [words_of([window], text) for window in windows] == [
        ["aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh", "ii", "jj", "kk", "ll"],
        ["mm", "nn", "oo", "pp"],
    ]


def test_line_starts_are_the_first_words_of_paragraphs() -> None:
    """A window knows which of its words begin a paragraph, and a left-out word hands that on to the next."""
    text = f"{DROPPED}Aa bb\n\n{DROPPED} cc dd\nee"
    (window,) = cut(text)
    assert [text[window.starts[word] : window.ends[word]] for word in window.line_starts] == ["Aa", "cc", "ee"]
    assert len(window.line_starts) == len(hard_breaks(text)) + 1


def test_a_long_line_is_cut_at_sentence_ends() -> None:
    """A megabyte on one line becomes windows that each end with a sentence, as long as sentences fit."""
    text = "Odo Varn spoke of the ferry. " * (1_000_000 // 29)
    windows = cut(text)
    assert len(windows) > 1
    assert all(text[window.ends[-1] - 1] == "." for window in windows)
    assert all(len(window.pieces) > MAX_PIECES // 2 for window in windows[:-1])
    assert sum(len(window.firsts) for window in windows) == 7 * (1_000_000 // 29)


def test_a_line_without_sentences_is_cut_between_words() -> None:
    """Where no sentence ends, a window is filled and the next one goes on with the next word."""
    text = "ferry " * 1000
    windows = cut(text)
    assert words_of(windows, text) == ["ferry"] * 1000
    assert {len(window.pieces) for window in windows[:-1]} == {MAX_PIECES}


def test_a_word_of_any_length_is_one_word() -> None:
    """Of a word of 100,000 letters the first pieces are read; its place is still the whole of it."""
    text = "Varn " + "x" * 100_000 + " spoke."
    (window,) = cut(text)
    assert (window.starts[1], window.ends[1]) == (5, 100_005)
    assert window.firsts[2] - window.firsts[1] == LONGEST_WORD


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("Varn", [(2, 2, 0, 0)]),
        ("a B CD 9x eF", [(1, 2, 0, 0), (6, 1, 0, 0), (3, 1, 0, 0), (5, 1, 0, 0), (4, 1, 0, 0)]),
        ("No,\nhe", [(2, 2, 0, 1), (0, 0, 0, 1), (1, 2, 0, 0)]),
        ("“No”", [(0, 2, 3, 0), (2, 0, 1, 0), (0, 0, 4, 0)]),
        ("a  ‘b’", [(1, 2, 0, 0), (0, 1, 3, 0), (1, 0, 2, 0), (0, 0, 4, 0)]),
        (f"a {DROPPED}b", [(1, 2, 0, 0), (1, 1, 0, 0)]),
    ],
)
def test_features_tell_what_pieces_do_not(text: str, features: list[tuple[int, ...]]) -> None:
    """Case, the gap before a word, its depth in quotes and the headline are given beside the (uncased) pieces."""
    (window,) = cut(text)
    assert [window.features[first] for first in window.firsts] == features


def test_pieces_are_remembered_and_bounded() -> None:
    """A word is split once; a full cache is emptied rather than left to grow; only a long word's beginning is split."""
    asked: list[str] = []

    def split(word: str) -> list[int]:
        asked.append(word)
        return [1] * len(word)

    pieces_of = PieceCache(split, most=2)
    for word in ("one", "two", "one", "six", "one"):
        assert pieces_of(word) == (1, 1, 1)
    assert asked == ["one", "two", "six", "one"]
    assert len(pieces_of("x" * 500)) == LONGEST_WORD
    assert len(asked[-1]) < 100
