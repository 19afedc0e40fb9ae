"""HTML as a stream of visible blocks, each character with its place in the source.

One pass over the source, in time linear to its length whatever it holds; no tree is built. It is not a browser: it
finds out what can be seen, where it stands, and what kind of part it stands in.
"""

import re
from dataclasses import dataclass, field

from onrecord.domain.report import BlockKind, FailureReason
from onrecord.domain.span import Span
from onrecord.readers.charactermap import Collector, runs
from onrecord.readers.limits import Limits
from onrecord.readers.lines import Line
from onrecord.readers.reader import Unfit

__all__ = ["Element", "Page", "PageBlock", "attributes", "scanned"]

_START = re.compile(r"<(?=/?[a-zA-Z]|[!?])")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]{0,60})")
_TAG_END = re.compile(r"(?>[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>")
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=/>\"'<]{1,60})(?:\s{0,20}=\s{0,20}(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s>\"']+)))?"
)
_MOST_TAG = 20_000  # code points of a tag whose attributes are looked at
_PARTS_PER_LIMIT = 3  # a tag comes with its end and its text
_PATIENCE = 20  # tags whose quotes do not close before the scanner stops believing in quotes

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_RAW = frozenset({"script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes", "template", "svg"})
_BLOCK_NAMES = (
    "address article aside blockquote body br button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe label "
    "legend li main menu nav noscript ol option p pre section select summary table tbody td tfoot th "
    "thead tr ul video audio object"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SELF_CLOSING = frozenset({"p", "li", "dd", "dt", "tr", "td", "th", "option"})
_PARTS = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "page footer",
    "aside": "aside",
    "form": "form",
    "button": "button",
    "select": "form",
    "noscript": "hidden",
    "dialog": "hidden",
}
# Words of class and id names, as they stand between hyphens and underscores or are joined in camel case.
_NAMED_PARTS = (
    ("comments", frozenset({"comment", "comments", "disqus", "respond", "commentlist"})),
    ("newsletter form", frozenset({"newsletter", "newsletters", "subscribe", "subscription", "signup", "mailchimp"})),
    ("share line", frozenset({"share", "sharing", "social", "sharebar", "sharedaddy", "addtoany", "socials"})),
    (
        "teaser",
        frozenset(
            {
                "related",
                "teaser",
                "teasers",
                "recommended",
                "recommendations",
                "recirculation",
                "trending",
                "outbrain",
                "taboola",
                "readmore",
                "popular",
                "jp-relatedposts",
                "relatedposts",
                "morefrom",
                "promo",
            }
        ),
    ),
    ("cookie notice", frozenset({"cookie", "cookies", "consent", "gdpr", "cookiebanner"})),
    ("advertisement", frozenset({"advert", "advertisement", "ad", "ads", "sponsored", "adsbygoogle", "dfp"})),
    ("navigation", frozenset({"breadcrumb", "breadcrumbs", "navbar", "navigation", "menu", "pagination"})),
)
_CLASS_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
_CAPTION_WORDS = frozenset({"caption", "captions", "figcaption"})
_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
_WHOLE = frozenset({"html", "body", "main", "article", "head"})
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


@dataclass(frozen=True, slots=True)
class Element:
    """A tag that tells something about the page: its name, its source, and where its attributes start."""

    name: str
    source: str
    start: int  # of `source` in the page
    text: Span | None = None  # what a raw element (script, title) holds


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """A visible stretch between two block tags."""

    line: Line
    part: str | None  # which part of the page it stands in: "navigation", "teaser", …; None in the open
    tag: str  # the innermost block element
    heading: int  # 1 for h1 … 6; 0 for none


@dataclass(slots=True)
class Page:
    """What a page holds: its visible blocks in order, and the elements that tell about it."""

    blocks: list[PageBlock] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)  # meta, link, time, title, scripts with data
    tags: int = 0


def attributes(element: Element) -> dict[str, tuple[str, Span]]:
    """Return the attributes of an element: name in lower case to raw value and its place in the page."""
    found: dict[str, tuple[str, Span]] = {}
    for match in _ATTRIBUTE.finditer(element.source[:_MOST_TAG], len(element.name) + 1):
        group = next((g for g in ("double", "single", "plain") if match[g] is not None), None)
        start, end = match.span(group) if group else (match.end(), match.end())
        value = match[group] if group else ""
        found.setdefault(match["name"].lower(), (value, Span(element.start + start, element.start + end)))
    return found


def scanned(source: str, limits: Limits) -> Page:
    """Scan a page.

    Args:
        source: the decoded page.
        limits: how many tags there may be, and how many open at once.

    Raises:
        Unfit: TOO_DEEP or TOO_LARGE, before anything else has looked at the page.
    """
    return _Scanner(source, limits).page()


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    part: str | None
    caption: bool
    tag: str
    heading: int


_ROOT = _Open("", None, caption=False, tag="", heading=0)


class _Scanner:
    def __init__(self, source: str, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._page = Page()
        self._open: list[_Open] = [_ROOT]
        self._names: dict[str, int] = {}
        self._collector = Collector()
        self._patience = _PATIENCE
        self._parts = 0

    def page(self) -> Page:
        source, at = self._source, 0
        while at < len(source):
            found = _START.search(source, at)
            tag = found.start() if found else len(source)
            if tag > at:
                self._text(at, tag)
            at = self._tag(tag) if tag < len(source) else tag
        self._flush()
        return self._page

    def _text(self, start: int, end: int) -> None:
        if self._open[-1].name == "pre":
            for line in re.finditer(r"[^\n]+|\n", self._source[start:end]):
                if line[0] == "\n":
                    self._flush()
                else:
                    self._add(start + line.start(), start + line.end())
        else:
            self._add(start, end)

    def _add(self, start: int, end: int) -> None:
        for run in runs(self._source, start, end):
            self._collector.add(*run)
            self._count()

    def _count(self) -> None:
        """Count a tag, an entity or a stretch of text; raise Unfit when there are too many."""
        self._parts += 1
        if self._parts > _PARTS_PER_LIMIT * self._limits.parts:
            raise Unfit(
                FailureReason.TOO_LARGE,
                f"The page holds more than {self._parts - 1:,} tags and entities: save its text alone.",
            )

    def _tag(self, at: int) -> int:
        """Take in what begins with the `<` at `at`; return where it ends."""
        source = self._source
        if source.startswith("<!--", at):
            end = source.find("-->", at + 4)
            return len(source) if end < 0 else end + 3
        if source.startswith(("<!", "<?"), at):
            end = source.find(">", at)
            return len(source) if end < 0 else end + 1
        match = _TAG.match(source, at)
        end = self._tag_end(match.end()) if match else -1
        if not match or end < 0:  # no tag of this page ends any more: what is left is text
            self._text(at, len(source))
            return len(source)
        self._count()
        name = match["name"].lower()
        if match["close"]:
            self._end(name)
            return end
        element = Element(name, source[at:end], at)
        self._page.tags += 1
        if name in _RAW:
            return self._raw(element, end)
        self._start(element)
        return end

    def _tag_end(self, at: int) -> int:
        if self._patience > 0:
            if match := _TAG_END.match(self._source, at):
                return match.end()
            self._patience -= 1
        end = self._source.find(">", at)
        return end + 1 if end >= 0 else -1

    def _raw(self, element: Element, end: int) -> int:
        """Pass over an element whose content is not markup; keep it where it tells about the page."""
        if element.name in _BLOCKS:
            self._flush()
        closing = re.compile(rf"</{element.name}", re.IGNORECASE).search(self._source, end)
        stop = closing.start() if closing else len(self._source)
        if element.name == "title" or (element.name == "script" and "json" in element.source[:200].lower()):
            text = Span(end, stop) if stop > end else None
            self._page.elements.append(Element(element.name, element.source, element.start, text))
        after = self._source.find(">", stop) if closing else -1
        return after + 1 if after >= 0 else len(self._source)

    def _start(self, element: Element) -> None:
        name = element.name
        if name in _BLOCKS:
            self._flush()
        if name in {"meta", "link", "time", "html", "base"} or "itemprop" in element.source[:_MOST_TAG]:
            self._page.elements.append(element)
        if name in _VOID or (element.source.endswith("/>") and name not in _BLOCKS):
            return
        if name in _SELF_CLOSING and self._open[-1].name == name:
            self._pop()
        self._open.append(self._opened(element))
        self._names[name] = self._names.get(name, 0) + 1
        if len(self._open) > self._limits.depth:
            raise Unfit(
                FailureReason.TOO_DEEP,
                f"The page nests more than {self._limits.depth} elements, as no article does: save its text alone.",
            )

    def _opened(self, element: Element) -> _Open:
        outer, name = self._open[-1], element.name
        part, caption = _PARTS.get(name), name == "figcaption"
        if len(element.source) > len(name) + 2:
            named, captioned = _part_named(element)
            part = named or part
            caption = caption or captioned
        if name in _WHOLE:
            part, caption = None, False
        return _Open(
            name,
            outer.part or part,
            caption=outer.caption or caption,
            tag=name if name in _BLOCKS else outer.tag,
            heading=_HEADINGS.get(name, 0) or outer.heading,
        )

    def _end(self, name: str) -> None:
        if name in _BLOCKS:
            self._flush()
        if self._names.get(name, 0):
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        name = self._open.pop().name
        self._names[name] -= 1
        return name

    def _flush(self) -> None:
        if not self._collector.length:
            self._collector = Collector()
            return
        here = self._open[-1]
        kind = BlockKind.CAPTION if here.caption else None
        line = self._collector.line(len(self._page.blocks) + 1, kind)
        if line:
            self._page.blocks.append(PageBlock(line=line, part=here.part, tag=here.tag, heading=here.heading))
        self._collector = Collector()


def _part_named(element: Element) -> tuple[str | None, bool]:
    """Tell from an element's attributes which part of a page it holds, and whether a caption."""
    values = attributes(element)
    if "hidden" in values or _HIDDEN.search(values.get("style", ("", Span(0, 0)))[0][:500]):
        return "hidden", False
    names = " ".join(values[a][0] for a in ("class", "id", "role") if a in values)[:500]
    words = {w.lower() for w in _CLASS_WORD.findall(names)}
    part = next((reason for reason, known in _NAMED_PARTS if not known.isdisjoint(words)), None)
    return part, not _CAPTION_WORDS.isdisjoint(words)
