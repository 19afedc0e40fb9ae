"""PolNeAR as label sequences over windows, with overlaps between the splits ruled out."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from onrecord.attribution.labels import OUTSIDE, ROLES, begin, inside
from onrecord.attribution.windows import MAX_PIECES, PieceCache, Window, windows_of

SHINGLE = 8  # words
MOST_SHARED = 0.1

# Same length, so that offsets stay: the styles of quote marks that a text may come in.
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_STYLES = (str.maketrans("“”", "«»"), str.maketrans("“”", "„“"), str.maketrans("“”", '""'), _STRAIGHT)


@dataclass(frozen=True, slots=True)
class Example:
    """A window with the gold label of each of its words."""

    window: Window
    labels: list[int]


def load(path: Path) -> list[dict[str, Any]]:
    """Read a split: one article a line."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def tokenizer_of(folder: Path) -> Tokenizer:
    """Return the published tokenizer without its padding and truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def piece_cache(tokenizer: Tokenizer) -> PieceCache:
    """Return the word splitter that training and the runtime share."""
    return PieceCache(lambda word: tokenizer.encode(word, add_special_tokens=False).ids)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def without_overlap(train: Sequence[dict[str, Any]], held: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drop the training articles that share over a tenth of their word 8-grams with any held-out article."""
    held_shingles = set().union(*(_shingles(row["text"]) for row in held))
    kept = []
    for row in train:
        own = _shingles(row["text"])
        if len(own & held_shingles) <= MOST_SHARED * max(1, len(own)):
            kept.append(row)
    return kept


def character_labels(row: dict[str, Any]) -> list[int]:
    """Return for each character the label of the span that it lies in, its first character with B.

    Where roles overlap (24 characters of the corpus) the cue wins over the source, the source over the content.
    """
    out = [OUTSIDE] * len(row["text"])
    for role in (2, 0, 1):
        for attribution in row["attributions"]:
            for start, end in attribution[ROLES[role]]:
                out[start:end] = [begin(role)] + [inside(role)] * (end - start - 1)
    return out


def window_labels(window: Window, characters: Sequence[int]) -> list[int]:
    """Label each word by its characters: the role of its first labelled one, B where a span begins in it."""
    out = []
    for start, end in zip(window.starts, window.ends, strict=True):
        labelled = [label for label in characters[start:end] if label != OUTSIDE]
        begins = [label for label in labelled if label % 2 == 1]
        out.append(begins[0] if begins else labelled[0] if labelled else OUTSIDE)
    # A span cut by a window's edge begins again.
    for index, label in enumerate(out):
        before = out[index - 1] if index else OUTSIDE
        if label and label % 2 == 0 and before not in (label, label - 1):
            out[index] = label - 1
    return out


def varied(row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Return the article in another typography of the same length: quote styles, capitals."""
    text, chance = row["text"], rng.random()
    if chance < 0.15:
        text = text.translate(rng.choice(_STYLES))
    elif chance < 0.17:
        upper = text.upper()
        text = upper if len(upper) == len(text) else text
    return {**row, "text": text}


def examples(
    rows: Iterable[dict[str, Any]], pieces_of: PieceCache, tokenizer: Tokenizer, *, rng: random.Random | None = None
) -> Iterator[Example]:
    """Yield the windows of `rows` with labels; with `rng`, varied in typography and cut at other places each time."""
    opening, closing = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    for row in rows:
        article = varied(row, rng) if rng else row
        characters = character_labels(article)
        most = rng.choice((128, 192, MAX_PIECES, MAX_PIECES)) if rng else MAX_PIECES
        for window in windows_of(article["text"], pieces_of, opening=opening, closing=closing, max_pieces=most):
            yield Example(window, window_labels(window, characters))


def overlap_report(train: Sequence[dict[str, Any]], kept: Sequence[dict[str, Any]]) -> str:
    """Say in one line what `without_overlap` dropped."""
    dropped = {row["id"] for row in train} - {row["id"] for row in kept}
    publishers = Counter(row["publisher"] for row in train if row["id"] in dropped)
    return f"{len(dropped)} of {len(train)} training articles dropped for overlap with held-out ones {dict(publishers)}"
