"""Label scores to spans: the best allowed label sequence of each window, then its spans in the text."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.attribution.grouping import TaggedSpan
from onrecord.attribution.labels import LABELS, OUTSIDE, may_follow, role_of
from onrecord.attribution.windows import Window
from onrecord.domain.span import Span

__all__ = ["FORBIDDEN", "best_labels", "moves_of", "spans_of"]

FORBIDDEN = -1e4  # a score that no path through it can make up for


def moves_of(transitions: Sequence[Sequence[float]]) -> NDArray[np.float32]:
    """Return the transition scores (from, to) with the impossible ones barred.

    Raises:
        ValueError: they are not one for each pair of labels.
    """
    allowed = [[may_follow(a, b) for b in range(len(LABELS))] for a in range(len(LABELS))]
    scores = np.array(transitions, np.float32).reshape(len(LABELS), len(LABELS))
    return np.where(allowed, scores, np.float32(FORBIDDEN))


def best_labels(
    scores: NDArray[np.float32], sizes: Sequence[int], moves: NDArray[np.float32]
) -> list[NDArray[np.int64]]:
    """Return the best label sequence of each row by the Viterbi algorithm.

    Args:
        scores: (rows, words, labels); what lies past a row's size is ignored.
        sizes: words of each row.
        moves: (labels, labels), the score of going from one to the other.
    """
    rows, words, _ = scores.shape
    begins = np.array([may_follow(OUTSIDE, label) for label in range(len(LABELS))])
    best = np.where(begins, scores[:, 0], np.float32(FORBIDDEN))
    came_from = np.zeros((words, rows, len(LABELS)), np.int64)
    finals = np.empty((words, rows, len(LABELS)), np.float32)
    finals[0] = best
    for word in range(1, words):
        paths = best[:, :, None] + moves[None]
        came_from[word] = paths.argmax(1)
        best = paths.max(1) + scores[:, word]
        finals[word] = best
    out = []
    for row, size in enumerate(sizes):
        labels = np.empty(size, np.int64)
        labels[-1] = finals[size - 1, row].argmax()
        for word in range(size - 1, 0, -1):
            labels[word - 1] = came_from[word, row, labels[word]]
        out.append(labels)
    return out


def _probabilities(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    odds: NDArray[np.float32] = raised / raised.sum(-1, keepdims=True)
    return odds


def spans_of(window: Window, labels: NDArray[np.int64], scores: NDArray[np.float32]) -> Iterator[TaggedSpan]:
    """Yield the spans of one window; a span's confidence is the mean probability of its words' labels.

    Args:
        window: with its words' places in the text.
        labels: (words).
        scores: (words, labels), in logits.
    """
    odds = _probabilities(scores)[np.arange(len(labels)), labels]
    starts = [i for i, label in enumerate(labels) if label % 2 == 1]
    for start in starts:
        end = start + 1
        while end < len(labels) and labels[end] == labels[start] + 1:
            end += 1
        place = Span(window.starts[start], window.ends[end - 1])
        yield TaggedSpan(role_of(int(labels[start])), place, float(odds[start:end].mean()))
