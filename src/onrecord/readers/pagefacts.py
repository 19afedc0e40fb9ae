"""What a page's markup says about its report: title, outlet, authors, date, address, language."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from onrecord.domain.report import Precision, Published
from onrecord.domain.span import Span
from onrecord.readers.dates import read_date
from onrecord.readers.markup import Page, attributes

__all__ = ["PageFacts", "facts_of"]

_MOST_JSON = 2_000_000  # code points
_MOST_NODES = 5_000
_MOST_VALUE = 400
_SITE_WORDS = 3  # a longer beginning of a title is part of it
_ARTICLE = re.compile(r"Article|Posting|Report|Review|Liveblog", re.IGNORECASE)
_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "rnews:datepublished",
    "datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "pubdate",
    "date.issued",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "dc.created",
    "sailthru.date",
    "parsely-pub-date",
    "citation_publication_date",
    "citation_online_date",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "date",
    "bt:pubdate",
    "ptime",
    "vr:published_time",
    "article:published",
    "published",
)
_TITLE_META = ("og:title", "twitter:title", "dc.title", "headline", "title")
_OUTLET_META = ("og:site_name", "application-name", "dc.publisher", "publisher")
_AUTHOR_META = ("article:author", "author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_JSON_DATE = re.compile(r"\"datePublished\"\s{0,5}:\s{0,5}\"([^\"]{4,40})\"")
_TITLE_CUT = re.compile(r"\s(?:[|–—»·-]|::)\s|\s\|\s?")
_BY = re.compile(r"^\s*by\s+", re.IGNORECASE)


@dataclass(slots=True)
class PageFacts:
    """What the markup says. `title_place` is where the title's words stand in the source."""

    title: str | None = None
    title_place: Span | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: Published | None = None
    url: str | None = None
    language: str | None = None
    site: str | None = None  # what the page's title names beside the report: an outlet or a section
    headlines: list[str] = field(default_factory=list)  # every wording of the title, the surest first


def facts_of(page: Page, source: str) -> PageFacts:
    """Read the markup of `page`; `source` is what it was scanned from."""
    metas = _metas(page)
    nodes = list(_json_nodes(page, source))
    articles = [n for n in nodes if _ARTICLE.search(_type(n))]
    facts = PageFacts()
    facts.url = _url(page, metas)
    facts.language = next(
        (a["lang"][0] for e in page.elements if e.name == "html" and "lang" in (a := attributes(e))), None
    )
    for name in _TITLE_META:
        if name in metas:
            value, place = metas[name]
            facts.headlines.append(value)
            if facts.title_place is None:
                facts.title_place = place
    facts.headlines.extend(h for n in articles if (h := _words(n.get("headline"))))
    facts.title = next(iter(facts.headlines), None)
    title_tag = next((e for e in page.elements if e.name == "title" and e.text), None)
    if title_tag and title_tag.text:
        place, site = _title_and_site(title_tag.text, source)
        facts.headlines.append(_clean(place.of(source)))
        facts.site = _clean(site) or None
        facts.title = facts.title or facts.headlines[-1] or None
        facts.title_place = facts.title_place or place
    outlets = [_words(metas[n][0]) for n in _OUTLET_META[:1] if n in metas]
    outlets += [_name(n.get("publisher")) for n in articles]
    outlets += [_words(metas[n][0]) for n in _OUTLET_META[1:] if n in metas]
    facts.outlet = next(filter(None, outlets), None)
    facts.authors = _authors(articles, metas)
    facts.published = _published(page, metas, articles)
    return facts


def _title_and_site(text: Span, source: str) -> tuple[Span, str]:
    """Part "Title | Site" or "Site :: Title" at its last or first cut: the title is the longer part."""
    words = text.of(source)[:_MOST_VALUE]
    cuts = list(_TITLE_CUT.finditer(words))
    if not cuts:
        return text, ""
    first, last = cuts[0], cuts[-1]
    if (
        first.start() < len(words) - first.end()
        and len(words[: first.start()].split()) <= _SITE_WORDS
        and len(cuts) == 1
    ):
        return Span(text.start + first.end(), text.end), words[: first.start()]
    return Span(text.start, text.start + max(last.start(), 1)), words[last.end() :]


def _clean(value: str) -> str:
    return " ".join(unescape(value[:_MOST_VALUE]).split())


def _words(value: object) -> str | None:
    return _clean(value) or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    """Return the name of a JSON-LD person or organisation, which may be a bare string or a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    return _words(value.get("name") if isinstance(value, dict) else value)


def _metas(page: Page) -> dict[str, tuple[str, Span]]:
    """Return name or property, in lower case, to content and its place; the first of each."""
    found: dict[str, tuple[str, Span]] = {}
    for element in page.elements:
        if element.name != "meta":
            continue
        values = attributes(element)
        if "content" not in values:
            continue
        content, place = values["content"]
        for kind in ("property", "name", "itemprop"):
            if kind in values and _clean(content):
                found.setdefault(values[kind][0].strip().lower(), (_clean(content), place))
    return found


def _json_nodes(page: Page, source: str) -> Iterator[dict[str, object]]:
    """Yield the objects of the page's JSON-LD, outer before inner."""
    for element in page.elements:
        if element.name != "script" or element.text is None or "ld+json" not in element.source.lower():
            continue
        words = element.text.of(source)[:_MOST_JSON].strip().removeprefix("<!--").removesuffix("-->")
        try:
            value = json.loads(words, strict=False)
        except (ValueError, RecursionError):
            if match := _JSON_DATE.search(words):
                yield {"@type": "Article", "datePublished": match[1]}
            continue
        pending = [value]
        for _ in range(_MOST_NODES):
            if not pending:
                break
            node = pending.pop(0)
            if isinstance(node, dict):
                yield node
                pending.extend(node[k] for k in ("@graph", "mainEntity", "mainEntityOfPage") if k in node)
            elif isinstance(node, list):
                pending.extend(node[:100])


def _type(node: dict[str, object]) -> str:
    kind = node.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")


def _url(page: Page, metas: dict[str, tuple[str, Span]]) -> str | None:
    for element in page.elements:
        if element.name == "link":
            values = attributes(element)
            if "canonical" in values.get("rel", ("",))[0].lower().split() and values.get("href", ("",))[0].startswith(
                "http"
            ):
                return unescape(values["href"][0][:2_000])
    address = metas.get("og:url", ("",))[0]
    return address if address.startswith("http") else None


def _authors(articles: list[dict[str, object]], metas: dict[str, tuple[str, Span]]) -> tuple[str, ...]:
    names: list[str] = []
    for node in articles:
        authors = node.get("author")
        names.extend(n for a in (authors if isinstance(authors, list) else [authors]) if (n := _name(a)))
        if names:
            break
    if not names:
        named = next((metas[n][0] for n in _AUTHOR_META if n in metas and "://" not in metas[n][0]), "")
        names = re.split(r"\s*[;,]\s*|\s+and\s+", _BY.sub("", named))
    clean = [_BY.sub("", n).strip() for n in names]
    return tuple(dict.fromkeys(n for n in clean if n and "@" not in n and "://" not in n))


def _published(page: Page, metas: dict[str, tuple[str, Span]], articles: list[dict[str, object]]) -> Published | None:
    """Return the first date that the markup gives as the day of publication, from the surest place on."""
    for node in articles:
        if (words := _words(node.get("datePublished"))) and (found := read_date(words, "json-ld datePublished")):
            return found
    for name in _PUBLISHED_META:
        if name in metas and (found := read_date(metas[name][0], f"meta {name}")):
            return found
    return _from_times(page)


def _from_times(page: Page) -> Published | None:
    """Return the date of a `time` element that is marked as the publication's, or of the only one there is."""
    all_found: list[Published] = []
    for element in page.elements:
        values = attributes(element)
        marked = values.get("itemprop", ("",))[0].lower() == "datepublished" or "pubdate" in values
        named = re.search(r"publish|entry-date|posted|pubdate", values.get("class", ("",))[0], re.IGNORECASE)
        if element.name != "time" and not marked:
            continue
        words = next((values[a][0] for a in ("datetime", "content") if a in values), "")
        if found := read_date(words, f"{element.name} datetime"):
            if marked or (named and "update" not in values.get("class", ("",))[0].lower()):
                return found
            all_found.append(found)
    days = {f.date[:10] for f in all_found}
    return all_found[0] if len(days) == 1 and all_found[0].precision in {Precision.DAY, Precision.MINUTE} else None
