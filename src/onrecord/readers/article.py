"""Which blocks of a page are its article: trafilatura's judgement, carried over to the blocks of `markup`."""

import logging
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.readers.markup import Page, PageBlock

__all__ = ["Judgement", "article_blocks", "judged"]

_COVERED = 0.5  # of a block's letters must stand in the extracted text
_ANCHOR = 24  # letters; a shorter passage may stand anywhere on a page
_BUDGET = 200_000_000  # letters compared while looking for passages that do not begin a block
_MINOR = 0.4  # of the article may stand in parts named so; more, and the name means something else
_FEWEST = 60  # code points of a paragraph that the fall-back takes
_NEVER = frozenset(
    {"advertisement", "navigation", "teaser", "newsletter form", "share line", "comments", "cookie notice", "hidden"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What trafilatura takes a page to be."""

    passages: tuple[str, ...] = ()
    title: str | None = None
    author: str | None = None
    site: str | None = None
    date: str | None = None


def judged(source: str) -> Judgement:
    """Let trafilatura judge a page; an empty judgement where it finds nothing or fails."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - a third of a second, and only for pages

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is a Failure here, not a log line
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(
            source,
            fast=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception:  # noqa: BLE001 - a parser fed with hostile pages; the fall-back reads them
        return Judgement()
    if found is None or isinstance(found, dict):
        return Judgement()
    passages = [p.strip() for node in found.body.iter() for p in (node.text, node.tail) if p and p.strip()]
    return Judgement(
        passages=tuple(passages), title=found.title, author=found.author, site=found.sitename, date=found.date
    )


def article_blocks(page: Page, passages: Sequence[str]) -> list[int]:
    """Return the indexes of the blocks that make up the article.

    Falls back to the page's open paragraphs where `passages` is empty or none of it is found.
    """
    kept = _aligned(page.blocks, passages)
    if not kept:
        kept = [i for i, b in enumerate(page.blocks) if b.part is None and _is_open_paragraph(b)]
    return _without_minor_parts(page.blocks, kept)


def _is_open_paragraph(block: PageBlock) -> bool:
    text = block.line.text
    return len(text) >= _FEWEST and text.rstrip("”\"'’)")[-1:] in {".", "!", "?", "…"}


def _without_minor_parts(blocks: Sequence[PageBlock], kept: list[int]) -> list[int]:
    """Leave out what stands in teasers, forms and the like, unless half of the article does."""
    sizes: Counter[str | None] = Counter()
    for index in kept:
        sizes[blocks[index].part] += len(blocks[index].line.text)
    total = sum(sizes.values())
    wrong = {part for part, size in sizes.items() if part in _NEVER and size <= _MINOR * total}
    return [i for i in kept if blocks[i].part not in wrong]


def _squeezed(text: str) -> str:
    """Return letters and digits only: extractors change spaces, quote marks and accents' spelling."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return "".join(filter(str.isalnum, text))


def _aligned(blocks: Sequence[PageBlock], passages: Sequence[str]) -> list[int]:
    """Find the passages in the blocks: long ones first, short ones only between them."""
    parts = [_squeezed(b.line.text) for b in blocks]
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part)
    stream = "".join(parts)
    covered = bytearray(len(stream))
    places = _Places(stream, starts)
    wanted = [s for p in passages if (s := _squeezed(p))]
    cursor, ends = 0, [0] * (len(wanted) + 1)
    for index, passage in enumerate(wanted):
        if len(passage) >= _ANCHOR and (found := places.find(passage, cursor)) >= 0:
            covered[found : found + len(passage)] = b"\1" * len(passage)
            cursor = found + len(passage)
        ends[index + 1] = cursor
    limit = len(stream)
    for index in range(len(wanted) - 1, -1, -1):
        passage = wanted[index]
        if len(passage) >= _ANCHOR:
            if ends[index + 1] > ends[index]:
                limit = ends[index + 1] - len(passage)
            continue
        found = stream.find(passage, ends[index], min(limit, ends[index] + 4_000) if ends[index] else limit)
        if found >= 0 and (ends[index] or limit < len(stream)):
            covered[found : found + len(passage)] = b"\1" * len(passage)
    return [
        i
        for i, (start, part) in enumerate(zip(starts, parts, strict=True))
        if part and covered.count(1, start, start + len(part)) >= _COVERED * len(part)
    ]


class _Places:
    """Looks passages up, in the order of the page first; gives up when the page makes that too dear."""

    def __init__(self, stream: str, starts: Sequence[int]) -> None:
        self._stream = stream
        self._budget = _BUDGET
        self._by_start: dict[str, list[int]] = {}
        for start in starts:
            known = self._by_start.setdefault(stream[start : start + _ANCHOR], [])
            if len(known) < 8:  # noqa: PLR2004 - a page that repeats itself more often is no article
                known.append(start)

    def find(self, passage: str, cursor: int) -> int:
        """Return where `passage` stands, from `cursor` on if it does; -1 if nowhere."""
        places = [p for p in self._by_start.get(passage[:_ANCHOR], ()) if self._stream.startswith(passage, p)]
        if places:
            return next((p for p in places if p >= cursor), places[0])
        if self._budget <= 0:
            return -1
        self._budget -= len(self._stream)
        found = self._stream.find(passage, cursor)
        return found if found >= 0 else self._stream.find(passage)
