"""Tagged spans to attributions, on cases tagged by hand."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.attribution import shipped_model
from onrecord.attribution.grouping import (
    CONTENT,
    CONTENT_FEATURES,
    CUE,
    SOURCE,
    SOURCE_FEATURES,
    GroupingWeights,
    Layout,
    TaggedSpan,
    content_features,
    cues_for,
    group,
    none_features,
    source_features,
    sources_for,
)
from onrecord.domain.span import Span

ROLE_OF = {"S": SOURCE, "C": CUE, "T": CONTENT}
STORED = json.loads((shipped_model() / "grouping.json").read_text())
WEIGHTS = GroupingWeights.of(STORED)


def tagged_by_hand(marked: str) -> tuple[str, list[TaggedSpan]]:
    """Read `{S Odo Varn} {C said} {T no}` into the text without marks and its tagged spans."""
    text, tagged = "", []
    for outside, role, words in re.findall(r"([^{]*)(?:\{([SCT]) ([^}]*)\})?", marked):
        text += outside
        if role:
            tagged.append(TaggedSpan(ROLE_OF[role], Span(len(text), len(text) + len(words)), 0.9))
            text += words
    return text, tagged


Readable = tuple[str | None, str, tuple[str, ...]]


def grouped(marked: str) -> list[Readable]:
    """Return source, cue and contents of each attribution in words."""
    text, tagged = tagged_by_hand(marked)
    return [
        (g.source.span.of(text) if g.source else None, g.cue.span.of(text), tuple(c.span.of(text) for c in g.contents))
        for g in group(text, tagged, WEIGHTS)
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{T “We stay,”} {C said} {S Odo Varn}.", [("Odo Varn", "said", ("“We stay,”",))]),
        ("{S Odo Varn} {C said} {T the ferry would stay}.", [("Odo Varn", "said", ("the ferry would stay",))]),
        ("{C According to} {S Odo Varn}, {T the ferry stays}.", [("Odo Varn", "According to", ("the ferry stays",))]),
        ("{T “We stay,”} {S he} {C said}, {T “until spring.”}", [("he", "said", ("“We stay,”", "“until spring.”"))]),
        (
            "{S Odo Varn} {C said} {T the ferry stays}, {C adding} {T that it is safe}.",
            [("Odo Varn", "said", ("the ferry stays",)), ("Odo Varn", "adding", ("that it is safe",))],
        ),
        (
            "{S Odo Varn} {C said} {T the ferry stays}. {S Mira Lund} {C denied} {T that it was safe}.",
            [("Odo Varn", "said", ("the ferry stays",)), ("Mira Lund", "denied", ("that it was safe",))],
        ),
        (
            "{T “No,”} {C said} {S Varn}. {T “Yes,”} {C said} {S Lund}.",
            [("Varn", "said", ("“No,”",)), ("Lund", "said", ("“Yes,”",))],
        ),
        ("{C Reportedly}, {T the ferry has sunk}.", [(None, "Reportedly", ("the ferry has sunk",))]),
    ],
)
def test_plain_sentences(marked: str, expected: list[Readable]) -> None:
    """What a reader would group without a thought is grouped so."""
    assert grouped(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "",
        "Rain.",
        "{T “We stay.”}",
        "{S Odo Varn} {T “We stay.”}",
        "{S Odo Varn} {C said}.",
        "{C said}",
        "{S Odo Varn}",
    ],
)
def test_no_attribution_without_cue_and_content(marked: str) -> None:
    """A content without a cue gives no attribution, nor do a cue and a source without a content."""
    assert grouped(marked) == []


some_tagged = st.lists(
    st.tuples(st.sampled_from("SCT"), st.sampled_from([" ", ", ", ". ", ".\n", "\n\n", " of the port "])), max_size=24
)


@settings(max_examples=100, deadline=None)
@given(some_tagged, st.lists(st.floats(-4, 4), min_size=40, max_size=40))
def test_groups_are_sound_whatever_the_weights(parts: list[tuple[str, str]], weights: list[float]) -> None:
    """Groups stand in the order of their contents, share nothing, and in one paragraph lose no content."""
    text, tagged = tagged_by_hand("".join(f"{{{role} Ferry{gap.strip()}}}{gap}" for role, gap in parts))
    learned = GroupingWeights(tuple(weights[: len(CONTENT_FEATURES)]), tuple(weights[-len(SOURCE_FEATURES) :]))
    groups = group(text, tagged, learned)
    contents = [content for g in groups for content in g.contents]
    assert [g.contents[0].span for g in groups] == sorted(g.contents[0].span for g in groups)
    assert all(list(g.contents) == sorted(g.contents, key=lambda t: t.span) for g in groups)
    assert len(contents) == len(set(contents))
    assert len({g.cue for g in groups}) == len(groups)
    assert {t.role for t in contents} <= {CONTENT}
    assert all(g.cue.role == CUE and (g.source is None or g.source.role == SOURCE) for g in groups)
    assert all(0 < g.confidence <= 1 for g in groups)
    if "\n" not in text:
        has_cue = any(role == "C" for role, _ in parts)
        assert len(contents) == (sum(role == "T" for role, _ in parts) if has_cue else 0)


@settings(max_examples=50, deadline=None)
@given(some_tagged.filter(bool), st.data())
def test_features_are_as_many_as_their_names(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    """Every pair of spans, and the choice of no source, has one finite number for each named feature."""
    text, tagged = tagged_by_hand("".join(f"{{{role} Ferry}}{gap}" for role, gap in parts))
    layout = Layout(text, tagged)
    a, b = (data.draw(st.sampled_from(tagged)).span for _ in range(2))
    vectors = {
        CONTENT_FEATURES: [content_features(layout, a, b)],
        SOURCE_FEATURES: [source_features(layout, a, b), none_features(layout, a, [b], [b])],
    }
    for names, found in vectors.items():
        for vector in found:
            assert len(vector) == len(names)
            assert all(-1e3 < value < 1e3 for value in vector)


def test_none_features_stand_apart() -> None:
    """Only the choice of no source has the features that are named after it, and it has no others."""
    text, tagged = tagged_by_hand("{S Varn} {C said} {T no}.")
    source, cue, content = (t.span for t in tagged)
    layout = Layout(text, tagged)
    pair = source_features(layout, cue, source)
    none = none_features(layout, cue, [source], [content])
    for name, of_pair, of_none in zip(SOURCE_FEATURES, pair, none, strict=True):
        assert (of_pair if name.startswith("none") else of_none) == 0


def test_stored_weights_are_those_of_the_features() -> None:
    """The shipped weights name each feature exactly once, and a file that lacks one is refused."""
    assert {role: set(names) for role, names in STORED.items()} == {
        "content": set(CONTENT_FEATURES),
        "source": set(SOURCE_FEATURES),
    }
    lacking = {**STORED, "source": dict.fromkeys(SOURCE_FEATURES[1:], 0.0)}
    with pytest.raises(KeyError, match=SOURCE_FEATURES[0]):
        GroupingWeights.of(lacking)


@pytest.mark.parametrize(
    ("a", "b", "words", "sentences", "lines", "comma", "before"),
    [
        ("Varn", "said", 1, 0, 0, False, False),
        ("said", "Varn", 1, 0, 0, False, True),
        ("Varn", "ferry", 3, 0, 0, False, False),
        ("ferry", "stays", 1, 0, 0, True, False),
        ("stays", "Lund", 1, 1, 0, False, False),
        ("stays", "denied", 2, 1, 0, False, False),
        ("denied", "Rain", 1, 1, 1, False, False),
        ("Varn", "Rain", 7, 2, 1, False, False),
    ],
)
def test_what_lies_between_is_counted(
    a: str, b: str, *, words: int, sentences: int, lines: int, comma: bool, before: bool
) -> None:
    """Gaps between words, sentence ends and line ends are counted alike in both directions."""
    text = "Varn said the ferry, stays. Lund denied.\nRain"
    one, other = (Span(text.index(word), text.index(word) + len(word)) for word in (a, b))
    between = Layout(text, []).between(one, other)
    assert (between.words, between.sentences, between.lines) == (words, sentences, lines)
    assert (between.comma, between.before) == (comma, before)


def test_only_the_closest_are_looked_at() -> None:
    """Of many cues or sources only a few before and a few after are candidates, the closest ones."""
    text = "a " * 50
    many = [TaggedSpan(CUE, Span(at, at + 1), 1.0) for at in range(0, 100, 2)]
    layout = Layout(text, many)
    for candidates in (cues_for, sources_for):
        assert [t.span.start for t in candidates(layout, Span(50, 51), many)] == list(range(38, 62, 2))
        assert candidates(layout, Span(0, 1), many) == many[:6]
        assert candidates(layout, Span(0, 1), []) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Rain.\n{S Varn} {C said}.\n{T the ferry stays}\n", [("Varn", "said", ("the ferry stays",))]),
        ("Rain.\n{T “We stay”}\n{S Varn} {C said}.\n", [("Varn", "said", ("“We stay”",))]),
        ("Rain.\n{T the ferry stays}\n{S Varn} {C said}.\n", []),
        ("{T ‘We stay’}\n{S Varn} {C said}.\n", []),
        ("{S Varn}\n{C said} {T the ferry stays}.\n", [(None, "said", ("the ferry stays",))]),
    ],
)
def test_over_the_end_of_a_paragraph(marked: str, expected: list[Readable]) -> None:
    """Only a quotation, or what an earlier line announced, has its cue in another paragraph; a headline never."""
    assert grouped(marked) == expected
