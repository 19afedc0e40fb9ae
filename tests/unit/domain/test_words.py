"""Words and quote marks, found without changing a text."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.words import (
    CLOSING_MARK,
    INSIDE_DOUBLE,
    INSIDE_SINGLE,
    NO_QUOTE,
    OPENING_MARK,
    hard_breaks,
    quote_depths,
    quoted_spans,
    word_spans,
)

hostile = st.text(st.one_of(st.sampled_from("“”„‟«»‹›‘’‚‛'\"` \n\t.,(aA1é\u00a0\u200b\x00"), st.characters()))


@settings(max_examples=100, deadline=None)
@given(hostile)
def test_every_visible_character_is_in_one_word(text: str) -> None:
    """Words are sorted, disjoint, never empty, and leave out white space only."""
    words = list(word_spans(text))
    assert all(a.end <= b.start for a, b in itertools.pairwise(words))
    inside = [place for word in words for place in range(word.start, word.end)]
    assert inside == [place for place, character in enumerate(text) if not character.isspace()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \n\t", []),
        ("Odo Varn, 40.", ["Odo", "Varn", ",", "40", "."]),
        ("don't", ["don", "'", "t"]),
        ("“No,”", ["“", "No", ",", "”"]),
        ("``Yes''", ["`", "`", "Yes", "'", "'"]),
        ("port-city", ["port", "-", "city"]),
        ("Éva—naïve", ["Éva", "—", "naïve"]),
        ("港は開く。", ["港は開く", "。"]),
        ("a\u200bb\x00", ["a", "\u200b", "b", "\x00"]),
        ("👍🏽", ["👍", "🏽"]),
    ],
)
def test_words_and_marks(text: str, words: list[str]) -> None:
    """A run of letters and digits is a word; every other visible character is one by itself."""
    assert [word.of(text) for word in word_spans(text)] == words


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “no” and left.", ["“no”"]),
        ('He said "no" and left.', ['"no"']),
        ("He said ''no'' and left.", ["''no''"]),
        ("He said ``no'' and left.", ["``no''"]),
        ("Il dit «non» et part.", ["«non»"]),
        ("Er sagte »nein« und ging.", ["»nein«"]),
        ("Er sagte „nein“ und ging.", ["„nein“"]),
        ("Rzekł „nie” i wyszedł.", ["„nie”"]),
        ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ('("No," he said.)', ['"No,"']),
        ('He said—"no"—and left.', ['"no"']),
        ('“No", he said.', ['“No"']),
        ("“We heard ‘never’ again,” she said.", ["“We heard ‘never’ again,”"]),
        ("\"We heard 'never' again,\" she said.", ["\"We heard 'never' again,\""]),
    ],
)
def test_double_quotes_of_every_style(text: str, quoted: list[str]) -> None:
    """A double-quoted stretch runs from opening to closing mark, both included, in each style that papers use."""
    assert [(span.of(text), double) for span, double in quoted_spans(text)] == [(words, True) for words in quoted]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Minister: 'We stay'", ["'We stay'"]),
        ("He called it ‘a farce’ twice.", ["‘a farce’"]),
        ("Er nannte es ‚eine Posse‘ und ging.", ["‚eine Posse‘"]),
        ("Il dit ‹non› et part.", ["‹non›"]),
        ("'We don't stay' says Varn", ["'We don't stay'"]),
        ("Varn: ‘It’s over’", ["‘It’s over’"]),
    ],
)
def test_single_quotes_of_every_style(text: str, quoted: list[str]) -> None:
    """A single-quoted stretch of one line counts; an apostrophe inside a word does not end it."""
    assert [(span.of(text), double) for span, double in quoted_spans(text)] == [(words, False) for words in quoted]


@pytest.mark.parametrize(
    "text",
    [
        "They don't, and it isn't.",
        "The boys' boat and the girls' boat.",
        "Back in the '90s it was rock 'n roll.",
        "The mayor’s and the boys’ boats.",
        "A stray ” closes nothing, nor does » here.",
        'A 5" pipe and a 6" pipe.',
        "'" + "a" * 3000 + "'",
        "‘one\ntwo’",
        "",
    ],
)
def test_what_is_no_quote(text: str) -> None:
    """Apostrophes, stray closing marks, inches, and single marks far apart or on two lines quote nothing."""
    assert quoted_spans(text) == ()
    assert set(quote_depths(text)) <= {NO_QUOTE}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We stay.\n\n“We fight,” he said.\n", ["“We stay.", "“We fight,”"]),
        ("“It never ends.\nHe left.", ["“It never ends."]),
        ("“Never.", ["“Never."]),
        ('"It never ends.\n"We stay," he said.', ['"It never ends.', '"We stay,"']),
        ("Odd ” one.\n“Even,” he said.", ["“Even,”"]),
    ],
)
def test_an_open_quote_ends_with_its_paragraph(text: str, quoted: list[str]) -> None:
    """A quotation of several paragraphs opens each anew; an odd mark spoils no paragraph but its own."""
    assert [span.of(text) for span, _ in quoted_spans(text)] == quoted


WRAPPED = (
    "The harbour council of Tolva met on Monday and said “the ferry will\n"
    "run again by spring, whatever the storm has done to the piers”, and\n"
    "nobody in the hall of the council rose to speak against its words.\n"
    "Two aides of the mayor left before the vote was taken and counted.\n"
    "\n"
    "A second paragraph stands here so that there is a blank line above.\n"
)


def test_wrapped_text_is_read_by_paragraphs() -> None:
    """In a text wrapped at one width only blank lines end a paragraph, so a quote may run over line ends."""
    assert [gap.of(WRAPPED) for gap in hard_breaks(WRAPPED)] == ["\n\n"]
    assert [span.of(WRAPPED) for span, _ in quoted_spans(WRAPPED)] == [
        "“the ferry will\nrun again by spring, whatever the storm has done to the piers”"
    ]


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("", []),
        ("One line", []),
        ("One\nTwo\nThree", [(3, 4), (7, 8)]),
        ("One \t\n \n  Two", [(3, 10)]),
        ("\n\nOne\r\nTwo\n", [(0, 2), (5, 7), (10, 11)]),
        ("One\n\nTwo\nThree\n\nFour", [(3, 5), (8, 9), (14, 16)]),
        ("Short\nlines\nof verse\nhere\n\nand there", [(5, 6), (11, 12), (20, 21), (25, 27)]),
        ("no break   at all   ", []),
    ],
)
def test_line_breaks_end_paragraphs(text: str, breaks: list[tuple[int, int]]) -> None:
    """Where a text is not wrapped, every line break ends a paragraph; white space around belongs to the break."""
    assert [(gap.start, gap.end) for gap in hard_breaks(text)] == breaks


@settings(max_examples=100, deadline=None)
@given(hostile)
def test_quotes_and_breaks_lie_in_order(text: str) -> None:
    """Quoted stretches and paragraph ends are sorted, disjoint, inside the text, and breaks are white space."""
    quoted = [span for span, _ in quoted_spans(text)]
    breaks = hard_breaks(text)
    for found in (quoted, breaks):
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))
        for span in found:
            span.check(len(text))
    assert all(gap.of(text).isspace() and "\n" in gap.of(text) for gap in breaks)
    assert not any(span.touches(gap) for span, double in quoted_spans(text) if double for gap in breaks)


@settings(max_examples=100, deadline=None)
@given(hostile)
def test_depths_agree_with_quoted_stretches(text: str) -> None:
    """Every character inside a quoted stretch is marked, by the kind of its quote or as a mark, and none outside."""
    depths = quote_depths(text)
    assert len(depths) == len(text)
    outside = set(range(len(text)))
    for span, double in quoted_spans(text):
        inside = {INSIDE_DOUBLE if double else INSIDE_SINGLE, OPENING_MARK, CLOSING_MARK}
        assert depths[span.start] == OPENING_MARK
        assert set(depths[span.start : span.end]) <= inside
        outside -= set(range(span.start, span.end))
    assert all(depths[place] == NO_QUOTE for place in outside)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("a “b” c", "0031400"),
        ("a ``b'' c", "003314400"),
        ("a ‘b’ c", "0032400"),
        ('"b', "31"),
        ("“a ‘b’ c”", "311111114"),
    ],
)
def test_marks_of_both_ends(text: str, marks: str) -> None:
    """Opening and closing marks are told apart from the words between them, two-character marks as a whole."""
    assert "".join(map(str, quote_depths(text))) == marks


@pytest.mark.parametrize(
    ("unit", "characters"),
    [
        ('"', 1_000_000),
        *((unit, 100_000) for unit in "'“”‹` \n"),
        *((unit, 100_000) for unit in ("\t ", "a\n", "'a ", "‹a ", "“a\n", "‘a’a", ". ")),
    ],
)
def test_time_grows_with_the_length_only(unit: str, characters: int) -> None:
    """One mark or gap over and over costs time in proportion to its number, not to the square of it."""
    text = "a" + unit * (characters // len(unit))
    start = time.process_time()
    quote_depths(text)
    assert time.process_time() - start < 5 * characters / 1_000_000 + 1
