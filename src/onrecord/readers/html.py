"""HTML pages: the article's own blocks, mapped to the source; everything else is listed as dropped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.domain.report import BlockKind, Dropped, Failure, FailureReason, Metadata, Report
from onrecord.readers.article import Judgement, article_blocks, judged
from onrecord.readers.charactermap import line_from
from onrecord.readers.dates import url_date
from onrecord.readers.decoding import decoded
from onrecord.readers.languages import checked_language
from onrecord.readers.limits import DEFAULT, Limits
from onrecord.readers.lines import Facts, Line, Sifted, composed
from onrecord.readers.markup import Page, scanned
from onrecord.readers.pagefacts import PageFacts, facts_of
from onrecord.readers.reader import Unfit
from onrecord.readers.sifting import is_paragraph, sifted

__all__ = ["HtmlReader"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]+")
_ABOVE = 4  # blocks above the first paragraph in which a page without h1 has its headline
_HEAD = 20  # blocks below the headline in which date and byline are looked for


@dataclass(frozen=True, slots=True)
class HtmlReader:
    """Reads HTML pages. The article is found by trafilatura; the text is taken from the source itself."""

    limits: Limits = DEFAULT
    name: str = "html.v1"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def read(self, key: str, data: bytes) -> Iterator[Report | Failure]:
        """Yield the one report that the page `data` holds, or why there is none."""
        try:
            yield self._report(key, data)
        except Unfit as unfit:
            yield unfit.failure(key)

    def _report(self, key: str, data: bytes) -> Report:
        if len(data) > self.limits.page_bytes:
            detail = f"The page is over {self.limits.page_bytes:,} bytes: save its text alone."
            raise Unfit(FailureReason.TOO_LARGE, detail)
        declared = _CHARSET.search(data[:4_096])
        source, encoding = decoded(data, declared[1].decode("ascii") if declared else None)
        page = scanned(source, self.limits)
        facts = facts_of(page, source)
        # Its time grows faster than the page; past this size the page's open paragraphs are taken instead.
        judgement = judged(source) if 0 < page.tags <= self.limits.elements else Judgement()
        parted = _parted(page, facts, judgement, source)
        report = composed(parted, key=key, original=data, media_type="text/html", encoding=encoding, reader=self.name)
        if not any(map(str.isalnum, report.text)) or all(b.kind is BlockKind.HEADLINE for b in report.blocks):
            raise Unfit(
                FailureReason.NO_TEXT,
                "The page shows no article: it may be built by scripts or be a list of links; save the text itself.",
            )
        metadata = _metadata(parted.facts, facts, judgement)
        return replace(report, metadata=metadata, language=checked_language(report.text))


def _parted(page: Page, facts: PageFacts, judgement: Judgement, source: str) -> Sifted:
    """Part a page's blocks: what is outside the article first, then the furniture that is left in it."""
    inside = set(article_blocks(page, judgement.passages))
    headline = _headline(page, facts, judgement, inside, source)
    inside |= _captions_within(page, inside)
    lines: list[Line] = []
    if headline is not None:
        lines.append(headline)
    lines += [
        b.line
        for i, b in enumerate(page.blocks)
        if i in inside and b.line is not headline and not _same(b.line, headline)
    ]
    inner = sifted(lines)
    taken = {line.place for line in lines}
    head = sifted(_below_headline(page, headline, inside)).facts
    outside = [
        Dropped(original=b.line.place, words=b.line.text, reason=_reason(b.part, b.line, headline))
        for b in page.blocks
        if b.line.place not in taken
    ]
    outer = replace(
        inner.facts, published=inner.facts.published or head.published, authors=inner.facts.authors or head.authors
    )
    return Sifted(kept=inner.kept, dropped=(*inner.dropped, *outside), facts=outer)


def _below_headline(page: Page, headline: Line | None, inside: set[int]) -> list[Line]:
    """Return what stands between the headline and the first paragraph but outside the article, as bylines do.

    What stands above the headline is the site's: a date there is today's.
    """
    if headline is None:
        return []
    first = min((i for i in inside if page.blocks[i].line.place.start > headline.place.end), default=0)
    above = page.blocks[max(0, first - _HEAD) : first]
    return [b.line for b in above if b.part is None and b.line.place.start > headline.place.end and not b.heading]


def _reason(part: str | None, line: Line, headline: Line | None) -> str:
    if _same(line, headline):
        return "headline again"
    return part or "outside the article"


def _plain(text: str) -> str:
    return _LETTERS.sub("", text).casefold()


def _same(line: Line, headline: Line | None) -> bool:
    return headline is not None and _plain(line.text) == _plain(headline.text)


def _headline(page: Page, facts: PageFacts, judgement: Judgement, inside: set[int], source: str) -> Line | None:
    """Return the headline: the block with the title's words, else the only h1, else the title from the head."""
    wanted = [_plain(h) for h in (*facts.headlines, judgement.title or "") if h and _plain(h)]
    headings = [
        b for i, b in enumerate(page.blocks) if (b.heading or i in inside) and b.part not in {"hidden", "teaser"}
    ]
    for title in wanted:
        for block in headings:
            if _plain(block.line.text) == title:
                return replace(block.line, kind=BlockKind.HEADLINE)
    tops = [b for b in headings if b.heading == 1 and b.part not in {"navigation", "page footer"}]
    if not any(b.heading == 1 for b in page.blocks):
        first = min((i for i in inside if is_paragraph(page.blocks[i].line.text)), default=0)
        above = [b for b in page.blocks[max(0, first - _ABOVE) : first] if b.heading and b.part is None]
        if above:
            return replace(above[0].line, kind=BlockKind.HEADLINE)
    near = [
        b
        for b in tops
        if any((_plain(b.line.text) and _plain(b.line.text) in t) or t in _plain(b.line.text) for t in wanted)
    ]
    if near or len(tops) == 1:
        return replace((near or tops)[0].line, kind=BlockKind.HEADLINE)
    if facts.title_place is not None and (line := line_from(source, facts.title_place)):
        return replace(line, kind=BlockKind.HEADLINE)
    return None


def _captions_within(page: Page, inside: set[int]) -> set[int]:
    """Return the captions between the article's first and last block, which extractors leave out."""
    if not inside:
        return set()
    low, high = min(inside), max(inside)
    return {
        i
        for i in range(max(0, low - 3), high + 1)
        if page.blocks[i].line.kind is BlockKind.CAPTION and page.blocks[i].part in {None, "aside"}
    }


def _outlet_in_title(page: PageFacts, lines: Facts) -> str | None:
    """Return what the page's title names beside the report, if the dateline names it too."""
    return page.site if page.site and lines.dateline and page.site in lines.dateline.split(", ") else None


def _metadata(lines: Facts, page: PageFacts, judgement: Judgement) -> Metadata:
    """Put together what the markup says and, where it is silent, what the lines say."""
    published = page.published or lines.published or (url_date(page.url) if page.url else None)
    title = lines.title or page.title or judgement.title
    return Metadata(
        title=title,
        outlet=page.outlet or lines.outlet or _outlet_in_title(page, lines),
        published=published,
        authors=page.authors or lines.authors,
        dateline=lines.dateline,
        credits=lines.credits,
        url=page.url,
    )
