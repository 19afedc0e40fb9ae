"""Label scores to label sequences to spans."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.attribution.decoding import FORBIDDEN, best_labels, moves_of, spans_of
from onrecord.attribution.grouping import CONTENT, CUE, SOURCE
from onrecord.attribution.labels import LABELS, OUTSIDE, begin, inside, may_follow
from onrecord.attribution.windows import Window

FREE = moves_of([[0.0] * len(LABELS)] * len(LABELS))


def allowed(labels: tuple[int, ...]) -> bool:
    """Whether a sequence begins and goes on as labels may."""
    return all(may_follow(a, b) for a, b in zip((OUTSIDE, *labels), labels, strict=False))


def window(*words: tuple[int, int]) -> Window:
    """Return a window whose words stand at these places."""
    return Window([], [], list(range(len(words))), [start for start, _ in words], [end for _, end in words])


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_best_labels_are_the_best_of_all(seed: int, sizes: list[int]) -> None:
    """No allowed sequence of labels scores higher, and what lies past a row's own words has no say."""
    random = np.random.default_rng(seed)
    moves = moves_of(random.normal(size=(len(LABELS), len(LABELS))).tolist())
    scores = random.normal(size=(len(sizes), max(sizes), len(LABELS))).astype(np.float32) * 3
    for row, size in enumerate(sizes):
        scores[row, size:] = random.normal() * 1e3

    def total(row: int, labels: tuple[int, ...]) -> float:
        steps = sum(float(moves[a, b]) for a, b in pairwise(labels))
        return steps + sum(float(scores[row, word, label]) for word, label in enumerate(labels))

    for row, found in enumerate(best_labels(scores, sizes, moves)):
        best = tuple(int(label) for label in found)
        every = (labels for labels in product(range(len(LABELS)), repeat=sizes[row]) if allowed(labels))
        assert allowed(best)
        assert total(row, best) == pytest.approx(max(total(row, labels) for labels in every), abs=1e-4)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
def test_no_span_goes_on_that_did_not_begin(seed: int, size: int) -> None:
    """However much the scores speak for it, an inside label never stands without its begin."""
    scores = np.random.default_rng(seed).normal(size=(1, size, len(LABELS))).astype(np.float32)
    scores[:, :, 2::2] += 50
    (found,) = best_labels(scores, [size], FREE)
    assert allowed(tuple(int(label) for label in found))


def test_barred_moves_cannot_be_bought() -> None:
    """Impossible transitions are barred whatever was learned; the others keep what was learned."""
    moves = moves_of([[9.0] * len(LABELS)] * len(LABELS))
    for a, b in product(range(len(LABELS)), repeat=2):
        assert moves[a, b] == (9.0 if may_follow(a, b) else FORBIDDEN)


@pytest.mark.parametrize("transitions", [[], [[0.0]], [[0.0] * 7], [["a"] * 7] * 7, 0.0])
def test_transitions_of_another_shape_are_refused(transitions: list[list[float]]) -> None:
    """Transition scores that are not one number for each pair of labels are an error, never stretched to fit."""
    with pytest.raises(ValueError, match=r"reshape|convert"):
        moves_of(transitions)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([OUTSIDE, OUTSIDE], []),
        ([begin(SOURCE), inside(SOURCE)], [(SOURCE, 0, 8)]),
        ([begin(CUE), begin(CUE)], [(CUE, 0, 3), (CUE, 4, 8)]),
        (
            [begin(SOURCE), begin(CUE), begin(CONTENT), inside(CONTENT), inside(CONTENT)],
            [(SOURCE, 0, 3), (CUE, 4, 8), (CONTENT, 9, 20)],
        ),
        ([OUTSIDE, OUTSIDE, OUTSIDE, OUTSIDE, begin(CONTENT)], [(CONTENT, 19, 20)]),
    ],
)
def test_spans_join_the_words_of_one_begin(labels: list[int], expected: list[tuple[int, int, int]]) -> None:
    """A span reaches from its begin to the last inside of the same role, white space between its words included."""
    words = window((0, 3), (4, 8), (9, 12), (13, 18), (19, 20))
    scores = np.zeros((len(labels), len(LABELS)), np.float32)
    found = list(spans_of(words, np.array(labels), scores))
    assert [(tagged.role, tagged.span.start, tagged.span.end) for tagged in found] == expected
    assert all(tagged.confidence == pytest.approx(1 / len(LABELS)) for tagged in found)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 10.0))
def test_confidence_is_a_probability(seed: int, scale: float) -> None:
    """A span's confidence lies above 0 and not above 1."""
    scores = (np.random.default_rng(seed).normal(size=(1, 5, len(LABELS))) * scale).astype(np.float32)
    (labels,) = best_labels(scores, [5], FREE)
    for tagged in spans_of(window(*((i * 2, i * 2 + 1) for i in range(5))), labels, scores[0]):
        assert 0 < tagged.confidence <= 1
