"""Parts a page's lines into the report and what stands around it, by the rules of `furniture` and `bylines`.

First every line is told by itself; then the lines before the first paragraph and after the last are looked at once
more, because a name, a date or a menu is furniture there and may be anything in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.domain.report import BlockKind, Dropped, Published
from onrecord.readers.bylines import (
    About,
    about_line,
    caption_credit,
    dateline_of,
    is_masthead,
    lone_author,
    outlet_name,
)
from onrecord.readers.furniture import Takes, Where, bare, is_form_line, rule_of
from onrecord.readers.lines import Facts, Kept, Line, Sifted

__all__ = ["is_paragraph", "sifted"]

_ENDS = frozenset(".!?…")
_CLOSERS = "”’\"')]»"
_CUT_OFF = ("…", "...", "[…]", "[...]", "[&hellip;]", "»", "(more)")
_FEWEST_WORDS = 7
_FEWEST_CAPTION = 4  # words
_LONG = 160  # code points; a line this long is a paragraph whatever it ends with
_TITLES = 10  # lines that a list of teasers may hold
_LIST_LINE = 60  # code points
_FORM_LINE = 160  # code points
_BEFORE_REST = 300  # code points of paragraphs, before a comment form may end a page
_TITLE = 220
_STANDFIRSTS = 2  # paragraphs that may come before a byline
_EDGE = 80  # lines; what is farther from the paragraphs is neither head nor foot


def is_paragraph(text: str) -> bool:
    """Whether a line is prose: a sentence of some length, or very long."""
    return len(text) >= _LONG or (text.rstrip(_CLOSERS)[-1:] in _ENDS and len(text.split()) >= _FEWEST_WORDS)


def _cut_off(text: str) -> bool:
    return text.endswith(_CUT_OFF) or bare(text).lower().endswith(("… read more", "... read more", "continue reading"))


def sifted(lines: Sequence[Line], *, title: str | None = None) -> Sifted:
    """Part `lines` into what belongs to the report and what does not.

    Args:
        lines: the visible lines of a page, in order.
        title: the headline, where the page's markup tells it.
    """
    return _Sieve(list(lines), title).result()


@dataclass
class _Gathered:
    published: Published | None = None
    outlet: str | None = None
    authors: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)

    def add(self, about: About) -> None:
        self.published = self.published or about.published
        self.outlet = self.outlet or about.outlet
        self.authors.extend(a for a in about.authors if a not in self.authors)
        self.credits.extend(c for c in about.credits if c not in self.credits)


class _Sieve:
    def __init__(self, lines: list[Line], title: str | None) -> None:
        self.lines = lines
        self.title = title
        self.reasons: list[str | None] = [None] * len(lines)
        self.captions: set[int] = {i for i, line in enumerate(lines) if line.kind is BlockKind.CAPTION}
        self.told = _Gathered()

    def result(self) -> Sifted:
        self._take_captions(range(len(self.lines)), in_head=False)
        self._furniture(range(len(self.lines)), at_edge=False)
        head, foot = self._edges()
        self._furniture([*head, *foot], at_edge=True)
        self._masthead(head)
        headline = self._headline(head)
        self._take_captions([i for i in head if i != headline], in_head=True)
        self._captions_of_placeholders(headline)
        self._about([i for i in self._opening(head) if i != headline])
        self._about(foot)
        self._signature(foot)
        dateline = self._dateline()
        return Sifted(
            kept=self._kept(headline),
            dropped=tuple(
                Dropped(original=line.place, words=line.text, reason=reason)
                for line, reason in zip(self.lines, self.reasons, strict=True)
                if reason
            ),
            facts=Facts(
                title=self.title or (None if headline is None else self.lines[headline].text),
                outlet=self.told.outlet,
                published=self.told.published,
                authors=tuple(self.told.authors),
                dateline=dateline,
                credits=tuple(self.told.credits),
            ),
        )

    def _kept(self, headline: int | None) -> tuple[Kept, ...]:
        kept: list[Kept] = []
        gap = False
        for index, line in enumerate(self.lines):
            gap = gap or line.after_gap
            if self.reasons[index]:
                continue
            kind = BlockKind.CAPTION if index in self.captions else BlockKind.BODY
            kind = BlockKind.HEADLINE if index == headline else kind
            kept.append(Kept(line=replace(line, after_gap=gap), kind=kind))
            gap = False
        return tuple(kept)

    def _open(self, index: int) -> bool:
        return index < len(self.lines) and self.reasons[index] is None

    def _solid(self, index: int) -> bool:
        """Whether a line is a paragraph of the report as far as is known by now."""
        line = self.lines[index]
        if not self._open(index) or index in self.captions or line.kind is BlockKind.HEADLINE:
            return False
        return is_paragraph(line.text) and about_line(line.text, line.number) is None

    def _edges(self) -> tuple[list[int], list[int]]:
        """Return the lines before the first paragraph and after the last."""
        solid = [i for i in range(len(self.lines)) if self._solid(i)]
        if not solid:
            return list(range(min(len(self.lines), _EDGE))), []
        first, last = solid[0], solid[-1] + 1
        return list(range(max(0, first - _EDGE), first)), list(range(last, min(len(self.lines), last + _EDGE)))

    def _opening(self, head: list[int]) -> list[int]:
        """Return the head with what stands among the first paragraphs: a standfirst may come before the byline."""
        solid = [i for i in range(len(self.lines)) if self._solid(i)]
        last = solid[_STANDFIRSTS] if len(solid) > _STANDFIRSTS else 0
        return [*head, *(i for i in range(solid[0], last) if not self._solid(i))] if last else head

    def _furniture(self, indexes: Sequence[int], *, at_edge: bool) -> None:
        before = 0  # code points of paragraphs so far
        for index in indexes:
            line = self.lines[index]
            if not self._open(index):
                continue
            rule = None if line.kind is BlockKind.HEADLINE else rule_of(line.text, at_edge=at_edge)
            if rule is None:
                before += len(line.text) if is_paragraph(line.text) else 0
                continue
            if at_edge is (rule.where is Where.EDGES) or not at_edge:
                self.reasons[index] = rule.reason
                self._take(index + 1, rule.takes, rule.reason, before)

    def _take(self, start: int, takes: Takes, reason: str, before: int) -> None:
        """Drop what goes with a furniture line that ends before line `start`."""
        end = start
        if takes is Takes.REST:
            end = len(self.lines) if before >= _BEFORE_REST else start
        elif takes is Takes.FORM:
            while self._open(end) and len(self.lines[end].text) <= _FORM_LINE and is_form_line(self.lines[end].text):
                end += 1
        elif takes is Takes.TEASER:
            end = self._teaser_end(start)
        elif takes is Takes.LINK:
            end = self._link_end(start)
        elif takes is Takes.LIST:
            while (
                self._open(end) and len(self.lines[end].text) <= _LIST_LINE and not is_paragraph(self.lines[end].text)
            ):
                end += 1
        for index in range(start, min(end, len(self.lines))):
            if self._open(index):
                self.reasons[index] = reason

    def _teaser_end(self, start: int) -> int:
        """Return where a list of teasers ends: titles, and leads that are cut off.

        A paragraph right after a title is that title's lead when another title or the end follows; when a second
        paragraph follows, the report goes on.
        """
        end, title = start, False
        while end < len(self.lines) and end - start < 2 * _TITLES and not self._is_other_furniture(end):
            text = self.lines[end].text
            if not is_paragraph(text) or _cut_off(text):
                title = not _cut_off(text)
            elif not title or (end + 1 < len(self.lines) and is_paragraph(self.lines[end + 1].text)):
                break
            else:
                title = False
            end += 1
        return end

    def _link_end(self, start: int) -> int:
        """Return where a linked teaser ends: a title is its own only if a cut-off lead follows."""
        end = start
        for _ in range(2):
            if end < len(self.lines) and _cut_off(self.lines[end].text):
                return end + 1
            end += 1
        return start

    def _is_other_furniture(self, index: int) -> bool:
        rule = rule_of(self.lines[index].text, at_edge=False)
        return rule is not None and rule.takes is not Takes.LINK and rule.reason not in {"placeholder", "rule line"}

    def _masthead(self, head: Sequence[int]) -> None:
        """Take the outlet's name at the top of a copied page, with the motto under it, if a headline is left below."""
        first, *rest = [i for i in head if self._open(i) and i not in self.captions] or [-1]
        if first < 0 or self.title or any(line.kind is BlockKind.HEADLINE for line in self.lines):
            return
        rest = [i for i in rest if about_line(self.lines[i].text, 0) is None]
        if not rest or not is_masthead(
            self.lines[first].text, "\n".join(line.text for line in self.lines[first + 1 :])
        ):
            return
        before_about = [i for i in rest if self._is_about(i + 1)]
        headline = (before_about or rest)[0]
        self.told.add(About(kind="masthead", outlet=outlet_name(self.lines[first].text)))
        self.reasons[first] = "masthead (kept as metadata)"
        for index in rest[: rest.index(headline)]:
            self.reasons[index] = "motto"

    def _is_about(self, index: int) -> bool:
        """Whether the next line that is left tells about the report."""
        while index < len(self.lines) and not self._open(index):
            index += 1
        return index < len(self.lines) and about_line(self.lines[index].text, 0) is not None

    def _headline(self, head: Sequence[int]) -> int | None:
        """Return the line that is the report's headline: the marked one, else the first of the head that can be."""
        marked = [i for i, line in enumerate(self.lines) if line.kind is BlockKind.HEADLINE and self._open(i)]
        if marked:
            return marked[0]
        for index in head:
            text = self.lines[index].text
            if not self._open(index) or index in self.captions or about_line(text, 0):
                continue
            alone = all(not self._open(i) for i in range(index + 1, len(self.lines)))
            words = len(text.split())
            return index if words > 1 and len(text) <= _TITLE and not alone and not text.endswith(",") else None
        return None

    def _take_captions(self, indexes: Sequence[int], *, in_head: bool) -> None:
        for index in indexes:
            if not self._open(index):
                continue
            text = self.lines[index].text
            credit = caption_credit(text, in_head=in_head or index in self.captions)
            if credit and len(text) > len(credit) + 12:  # a credit alone is no caption
                self.captions.add(index)
                self.told.add(About(kind="caption", credits=(credit,)))

    def _captions_of_placeholders(self, headline: int | None) -> None:
        """Take a line that is no sentence right under "image" for what is left of that picture: its caption."""
        for index in range(1, len(self.lines)):
            words = self.lines[index].text
            if (
                self.reasons[index - 1] == "placeholder"
                and self._open(index)
                and headline is not None
                and index > headline
                and words.rstrip(_CLOSERS)[-1:] not in _ENDS
                and len(words.split()) >= _FEWEST_CAPTION
                and about_line(words, 0) is None
            ):
                self.captions.add(index)

    def _about(self, indexes: Sequence[int]) -> None:
        for index in indexes:
            line = self.lines[index]
            if self._open(index) and index not in self.captions and (about := about_line(line.text, line.number)):
                self.told.add(about)
                self.reasons[index] = f"{about.kind} (kept as metadata)"

    def _signature(self, foot: Sequence[int]) -> None:
        """Take the author's name that stands alone right under the last paragraph."""
        for index in foot:
            if self._open(index):
                if names := lone_author(self.lines[index].text):
                    self.told.add(About(kind="byline", authors=names))
                    self.reasons[index] = "byline (kept as metadata)"
                break

    def _dateline(self) -> str | None:
        """Find the dateline of the first or second paragraph; it stays in the text."""
        solid = [i for i in range(len(self.lines)) if self._solid(i)]
        for index in solid[:2]:
            if found := dateline_of(self.lines[index].text):
                credits_ = (found.agency,) if found.agency else ()
                self.told.add(About(kind="dateline", outlet=found.outlet, published=found.published, credits=credits_))
                return found.place
        return None
