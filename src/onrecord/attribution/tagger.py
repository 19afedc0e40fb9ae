"""The tagger at run time: an int8 ONNX graph over windows of word pieces."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.attribution.decoding import FORBIDDEN, best_labels, moves_of, spans_of
from onrecord.attribution.grouping import CONTENT, TaggedSpan
from onrecord.attribution.windows import PieceCache, Window, windows_of
from onrecord.domain.span import Span
from onrecord.errors import ModelError

__all__ = ["Tagger"]


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
            edges = [tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]")]
            self._opening, self._closing = (edge for edge in edges if edge is not None)
        except Exception as error:  # each library raises a type of its own
            msg = f"the tagger in {folder} cannot be loaded ({error}); reinstall onrecord"
            raise ModelError(msg) from error
        tokenizer.no_padding()
        tokenizer.no_truncation()

        def split(word: str) -> Sequence[int]:
            sound = word.encode("utf-8", "ignore").decode()  # the tokenizer takes no lone surrogate
            ids: Sequence[int] = tokenizer.encode(sound, add_special_tokens=False).ids
            return ids

        self._pieces_of = PieceCache(split)

    def tag(self, text: str, *, without: Span | None = None) -> list[TaggedSpan]:
        """Return the tagged spans of a text, in the order of their places.

        Args:
            text: of any length; memory is bounded by a window beside the text.
            without: a stretch that is not read, such as a dateline.
        """
        found: list[TaggedSpan] = []
        cuts: set[int] = set()
        opening, closing = self._opening, self._closing
        for window in windows_of(text, self._pieces_of, opening=opening, closing=closing, without=without):
            scores = self._scores(window)
            (labels,) = best_labels(scores[None], [len(scores)], self._moves)
            found.extend(spans_of(window, labels, scores))
            cuts.add(window.starts[0])
        return _rejoined(text, found, cuts)

    def _scores(self, window: Window) -> NDArray[np.float32]:
        """Return label scores (words, labels).

        One window at a time: the 8-bit products are scaled by the largest value of a whole batch, so that in a batch
        a report's statements would hang on the reports beside it. It is also a fifth faster than batches are.
        """
        inputs = {
            "pieces": np.array([window.pieces], np.int32),
            "features": np.array([window.features], np.int32),
            "lengths": np.array([len(window.pieces)], np.int32),
        }
        (scores,) = self._session.run(["scores"], inputs)
        of_words: NDArray[np.float32] = scores[0, window.firsts]
        of_words[window.line_starts, 2::2] = FORBIDDEN  # no span runs on over the end of a paragraph
        return of_words


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
