"""The tagger at run time: an int8 ONNX graph over windows of word pieces."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.attribution.decoding import FORBIDDEN, best_labels, moves_of, spans_of
from onrecord.attribution.grouping import CONTENT, TaggedSpan
from onrecord.attribution.windows import FEATURE_SIZES, PieceCache, Window, windows_of
from onrecord.domain.span import Span
from onrecord.errors import ModelError

__all__ = ["Tagger"]

_BATCH_PIECES = 2048  # past this the caches are too small and a batch gets slower
_SORTED = 64  # windows looked at to make batches of like length; bounds the memory of a long text


@dataclass(frozen=True, slots=True)
class _Placed:
    """A window and the number of the text that it is from."""

    text: int
    window: Window


class Tagger:
    """Finds the sources, cues and contents of texts. Build one in each worker: it is not shared between processes."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Load the model.

        Args:
            folder: holds `tagger.onnx`, `tokenizer.json` and `tagger.json` (the transition scores).
            threads: for the matrix products.

        Raises:
            ModelError: a file is missing or is not what it should be.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                folder / "tagger.onnx", options, providers=["CPUExecutionProvider"]
            )
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._moves = moves_of(json.loads((folder / "tagger.json").read_text())["transitions"])
        except Exception as error:  # each library raises a type of its own
            msg = f"the tagger in {folder} cannot be loaded ({error}); reinstall onrecord"
            raise ModelError(msg) from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        edges = [tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]")]
        self._opening, self._closing = (edge for edge in edges if edge is not None)

        def split(word: str) -> Sequence[int]:
            sound = word.encode("utf-8", "ignore").decode()  # the tokenizer takes no lone surrogate
            ids: Sequence[int] = tokenizer.encode(sound, add_special_tokens=False).ids
            return ids

        self._pieces_of = PieceCache(split)

    def tag(self, texts: Sequence[str], without: Sequence[Span | None]) -> list[list[TaggedSpan]]:
        """Return the tagged spans of each text, in the order of their places.

        Args:
            texts: of any length; memory is bounded by a few windows beside the text.
            without: for each text a stretch that is not read, such as its dateline.
        """
        found: list[list[TaggedSpan]] = [[] for _ in texts]
        cuts: list[set[int]] = [set() for _ in texts]
        for chunk in _chunks(self._windows(texts, without), _SORTED):
            for placed, spans in self._tag_windows(chunk):
                found[placed.text].extend(spans)
                cuts[placed.text].add(placed.window.starts[0])
        return [
            _rejoined(text, sorted(spans, key=lambda t: t.span), at)
            for text, spans, at in zip(texts, found, cuts, strict=True)
        ]

    def _windows(self, texts: Sequence[str], without: Sequence[Span | None]) -> Iterator[_Placed]:
        for number, (text, unread) in enumerate(zip(texts, without, strict=True)):
            for window in windows_of(
                text, self._pieces_of, opening=self._opening, closing=self._closing, without=unread
            ):
                yield _Placed(number, window)

    def _tag_windows(self, chunk: list[_Placed]) -> Iterator[tuple[_Placed, list[TaggedSpan]]]:
        chunk.sort(key=lambda placed: len(placed.window.pieces))
        start = 0
        while start < len(chunk):
            end = start + 1
            while end < len(chunk) and len(chunk[end].window.pieces) * (end + 1 - start) <= _BATCH_PIECES:
                end += 1
            batch = chunk[start:end]
            start = end
            scores, sizes = self._scores([placed.window for placed in batch])
            for row, labels in enumerate(best_labels(scores, sizes, self._moves)):
                yield batch[row], list(spans_of(batch[row].window, labels, scores[row, : sizes[row]]))

    def _scores(self, windows: Sequence[Window]) -> tuple[NDArray[np.float32], list[int]]:
        """Return label scores (windows, words, labels) and each window's number of words."""
        sizes = [len(window.firsts) for window in windows]
        length = max(len(window.pieces) for window in windows)
        pieces = np.zeros((len(windows), length), np.int32)
        features = np.zeros((len(windows), length, len(FEATURE_SIZES)), np.int32)
        firsts = np.zeros((len(windows), max(sizes)), np.int64)
        for row, window in enumerate(windows):
            pieces[row, : len(window.pieces)] = window.pieces
            features[row, : len(window.pieces)] = window.features
            firsts[row, : sizes[row]] = window.firsts
        lengths = np.array([len(window.pieces) for window in windows], np.int32)
        (scores,) = self._session.run(["scores"], {"pieces": pieces, "features": features, "lengths": lengths})
        of_words = np.take_along_axis(scores, firsts[:, :, None], axis=1)
        for row, window in enumerate(windows):  # no span runs on over the end of a paragraph
            of_words[row, window.line_starts, 2::2] = FORBIDDEN
        return of_words, sizes


def _chunks(items: Iterable[_Placed], size: int) -> Iterator[list[_Placed]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _rejoined(text: str, spans: list[TaggedSpan], cuts: set[int]) -> list[TaggedSpan]:
    """Join contents that were cut by a window's edge inside a line: the label sequence starts anew there."""
    out: list[TaggedSpan] = []
    for tagged in spans:
        if out and tagged.span.start in cuts and tagged.role == out[-1].role == CONTENT:
            between = text[out[-1].span.end : tagged.span.start]
            if not between.strip() and "\n" not in between:
                whole = Span(out[-1].span.start, tagged.span.end)
                out[-1] = TaggedSpan(CONTENT, whole, min(out[-1].confidence, tagged.confidence))
                continue
        out.append(tagged)
    return out
