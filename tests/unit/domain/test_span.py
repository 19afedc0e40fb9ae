"""Spans: half-open stretches of a text."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.span import Span, covering, merged

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 12))


@settings(max_examples=100, deadline=None)
@given(st.data(), st.text(st.characters(), min_size=1))
def test_of_gives_back_the_characters_between(data: st.DataObject, text: str) -> None:
    """A span inside a text stands for exactly its code points, whatever their script."""
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert span.of(text) == text[span.start : span.end]
    assert len(span.of(text)) == len(span)


@pytest.mark.parametrize("span", [Span(-1, 2), Span(1, 1), Span(2, 1), Span(0, 4), Span(3, 4)])
def test_a_span_outside_is_refused(span: Span) -> None:
    """Empty, reversed and outlying spans stand for nothing: of and check raise."""
    with pytest.raises(ValueError, match="empty or outside"):
        span.of("abc")
    with pytest.raises(ValueError, match=r"a text of 3 characters"):
        span.check(3)


@pytest.mark.parametrize("span", [Span(0, 1), Span(2, 3), Span(0, 3)])
def test_check_accepts_what_lies_inside(span: Span) -> None:
    """A span may reach from the first character to the last."""
    span.check(3)
    assert span.of("abc")


@pytest.mark.parametrize(
    ("a", "b", "touches", "holds"),
    [
        (Span(0, 4), Span(0, 4), True, True),
        (Span(0, 4), Span(1, 3), True, True),
        (Span(1, 3), Span(0, 4), True, False),
        (Span(0, 4), Span(3, 6), True, False),
        (Span(0, 4), Span(4, 6), False, False),
        (Span(4, 6), Span(0, 4), False, False),
        (Span(0, 1), Span(8, 9), False, False),
    ],
)
def test_touching_and_holding(a: Span, b: Span, *, touches: bool, holds: bool) -> None:
    """Two spans touch when they share a character; one holds the other when it has all of its characters."""
    assert a.touches(b) is touches
    assert b.touches(a) is touches
    assert a.holds(b) is holds


def test_spans_sort_by_place() -> None:
    """The earlier start comes first, then the earlier end."""
    assert sorted([Span(3, 4), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(3, 4)]


@settings(max_examples=100, deadline=None)
@given(st.lists(spans, min_size=1))
def test_covering_is_the_smallest_that_holds_all(some: list[Span]) -> None:
    """The covering span holds every span, and begins and ends with one of them."""
    whole = covering(some)
    assert all(whole.holds(span) for span in some)
    assert whole.start in {span.start for span in some}
    assert whole.end in {span.end for span in some}


def test_nothing_covers_nothing() -> None:
    """There is no span that covers none."""
    with pytest.raises(ValueError, match="empty"):
        covering(())


@pytest.mark.parametrize(
    ("some", "joined"),
    [
        ((), ()),
        ((Span(5, 6), Span(0, 1)), (Span(0, 1), Span(5, 6))),
        ((Span(0, 2), Span(2, 4)), (Span(0, 4),)),
        ((Span(0, 9), Span(2, 4), Span(8, 10)), (Span(0, 10),)),
        ((Span(0, 2), Span(0, 2)), (Span(0, 2),)),
    ],
)
def test_merged_joins_what_overlaps_or_meets(some: tuple[Span, ...], joined: tuple[Span, ...]) -> None:
    """Overlapping spans and spans end to end become one; the rest stay apart, in order."""
    assert merged(some) == joined


@settings(max_examples=100, deadline=None)
@given(st.lists(spans))
def test_merged_keeps_the_characters(some: list[Span]) -> None:
    """Merging covers the same characters with spans that neither overlap nor meet; merging again changes nothing."""
    once = merged(some)
    assert merged(once) == once
    assert all(a.end < b.start for a, b in itertools.pairwise(once))
    assert {i for s in once for i in range(s.start, s.end)} == {i for s in some for i in range(s.start, s.end)}
