# ruff: noqa: E501 - a pattern is read as one line
"""Lines that tell about a report instead of being part of it: dates, bylines, credits; and the dateline of its text."""

import re
from dataclasses import dataclass

from onrecord.domain.report import Published
from onrecord.readers.dates import read_date
from onrecord.readers.furniture import bare

__all__ = [
    "About",
    "about_line",
    "caption_credit",
    "dateline_of",
    "is_masthead",
    "lone_author",
    "outlet_name",
]

_MOST = 220  # code points of a line about the report

_WORD = r"[A-ZÀ-Þ][\w.'’&-]*"
_PERSON = rf"{_WORD}(?: (?:de|da|van|von|der|al|el|bin|ibn|bint|la|le|{_WORD})){{1,4}}"
_PEOPLE = rf"{_PERSON}(?:(?:,| and| &| /|,? and|;) ?{_PERSON}){{0,5}}"
_NAME = rf"(?:[Tt]he )?(?:{_WORD}|\d{{1,2}})(?: (?:of|the|and|for|in|de|{_WORD})){{0,6}}"
_SITE = r"(?:www\.)?[\w-]{2,40}(?:\.[a-z]{2,12}){1,3}"
_PLACE_OF_OUTLET = re.compile(
    r"\b(?:news\w*|post|times|agency|herald|daily|press|tribune|tv|television|radio|journal|gazette|today|online|media"
    r"|reuters|observer|guardian|telegraph|chronicle|courier|mail|mirror|monitor|review|report|standard|star|sun|voice"
    r"|wire|world|broadcasting|bulletin|dispatch|examiner|express|independent|inquirer|network|record|register|weekly"
    r"|magazine|network|service|associated|xinhua|sputnik|interfax|afp|ap|upi|dpa|tass|sana|bbc|cnn|rt)\b",
    re.IGNORECASE,
)
_AGENCY = (
    r"(?:reuters|afp|agence france-presse|ap|associated press|the associated press|upi|dpa|xinhua|tass|itar-tass"
    r"|interfax|sputnik|ria novosti|sana|irna|anadolu(?: agency)?|aa|efe|ansa|kyodo|yonhap|bloomberg|pa|pti|ians|aap"
    r"|epa(?:-efe)?|getty(?: images)?|agencies|news agencies|wire services|wires|shutterstock|istock|alamy|handout|file)"
)
_PHOTO = r"(?:photos?|image|images|picture|pictures|pic|photograph|photo illustration|illustration|graphic|cartoon|screenshot|screengrab|file photo)"

_DATED = re.compile(
    r"(?:(?:first |originally )?(?P<published>published|posted|issued|date|released|created|filed)|(?P<updated>last (?:updated|modified)|"
    r"updated|modified|edited))(?: (?:on|at|by [\w .'’-]{2,40} on))? ?:? ?",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    rf"(?:(?i:by|written by|author|authors|story by|posted by|published by|reporter|words(?: and (?:pictures?|photos?|images?))?(?: by)?|text by)):? "
    rf"(?P<names>{_PEOPLE}|{_NAME}|{_SITE})(?:,? (?P<role>(?:(?:in )?[A-Z]\w+(?: [A-Z]\w+)?)|(?:in [A-Z][\w ,-]{{2,40}})|(?:(?i:staff|senior|special|chief|our|political|diplomatic|foreign)\b[\w &-]{{2,50}})|(?:[\w &]{{0,30}}(?i:correspondent|reporter|writer|editor|columnist|bureau)[\w &]{{0,20}})))?"
)
_NAME_ROLE = re.compile(
    rf"(?P<names>{_WORD} {_WORD}) in [A-Z]\w+(?:,? [A-Z]\w+)?|(?P<others>{_PEOPLE})(?:, (?:[\w &]{{0,30}}(?i:correspondent|reporter|writer|editor|columnist)[\w &]{{0,20}}|(?i:{_AGENCY})))"
)
_CREDIT = re.compile(
    rf"(?:(?i:(?:translated|translation|edited|editing|reporting|additional reporting|compiled|contributed|reviewed|subtitled|adapted|submitted|produced|writing|research|interview conducted)(?: (?:by|from|in))?):? (?:by )?(?:the )?[A-ZÀ-Þ(].{{1,160}})"
    rf"|(?:(?:{_NAME}|{_SITE}) )?(?i:(?:with|including|and) (?:additional )?(?:inputs?|reporting|reports?|material|information|contributions?|files|agencies)\b).{{0,80}}"
    rf"|(?i:source|sources|via|credit|credits|courtesy|origin|original source|first published (?:in|by|on|at)|originally (?:published|appeared) (?:in|by|on|at)|this (?:article|story|piece|report) (?:first |originally )?(?:appeared|was (?:first |originally )?published) (?:in|by|on|at))(?: of)?:? (?:{_NAME}|{_SITE}|https?://\S{{4,120}}|(?i:{_AGENCY}))(?:[,/ ]{{1,2}}(?:{_NAME}|{_SITE}))?"
    rf"|(?i:(?:by )?(?:(?:our|a|the) )?(?:staff|special|news|web|own|foreign|online|world|political|diplomatic) (?:reporter|correspondent|desk|writer|report|editor|staff|team|monitoring report)s?)"
    rf"|(?i:{_AGENCY})(?:(?:/| and |, ?){_NAME}){{0,2}}"
    rf"|(?i:{_PHOTO})(?: (?i:credits?|courtesy|source))?(?: (?i:by|of|from))?: ?[^.]{{2,100}}|(?i:{_PHOTO}) (?i:by|courtesy|credit) [A-Z][^.]{{2,100}}"
    rf"|(?:©|\(c\)) ?(?:{_NAME}|{_SITE})(?: ?[/|,] ?(?:{_NAME}|{_SITE})){{0,3}}"
)
_DESK = re.compile(
    r"(?:by )?(?:(?:our|a|the) )?[\w ]{2,30} (?:desk|staff|team|correspondents?|reporters?)", re.IGNORECASE
)
_DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_BYLINE_AND_DAY = re.compile(
    rf"(?P<byline>[Bb]y (?:(?!{_DAY_NAME})[A-ZÀ-Þ][\w.'’-]*,? ?){{2,4}}) ?(?:{_DAY_NAME}|\d{{1,2}} [A-Z]).{{4,60}}"
)
_ROLE = re.compile(r"\b(?:correspondent|reporter|writer|editor|columnist|bureau|staff|chief)\b", re.IGNORECASE)
_PARTS = re.compile(r"(?<=\d\d)\.\s+|\s+[–—|•·-]+(?:\s+[–—|•·-]+)*\s+|\s*[|•·]\s*|\s+//?\s+|\s{3,}")
_BRACKETS = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What one line says about the report. `kind` is the words that go into `Dropped.reason`."""

    kind: str
    published: Published | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


def about_line(text: str, number: int) -> About | None:
    """Read a line at the head or foot of a page as date, byline and credits, or return None if any of it is else.

    Args:
        text: the whole line.
        number: its number on the page, kept in `Published.found_by`.
    """
    words = _unbracketed(bare(text))
    if not words or len(words) > _MOST:
        return None
    found = _About(number)
    if not all(found.take(part) for part in ([words] if found.single(words) else _PARTS.split(words)) if part.strip()):
        return None
    return found.told()


def _unbracketed(words: str) -> str:
    if len(words) > 2 and _BRACKETS.get(words[0]) == words[-1] and words.count(words[0]) == 1:  # noqa: PLR2004
        return words[1:-1].strip()
    return words


class _About:
    """Gathers what the parts of one line say."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._published: Published | None = None
        self._dated = False
        self._authors: list[str] = []
        self._credits: list[str] = []
        self._names: list[str] = []

    def single(self, words: str) -> bool:
        """Whether the line, dashes and all, is one date or credit."""
        return bool(self._date(words) or _CREDIT.fullmatch(words))

    def _date(self, part: str) -> Published | None:
        return read_date(_DATED.sub("", part, count=1), f"text line {self._number}")

    def take(self, part: str) -> bool:
        part = bare(part)
        if not part:
            return True
        if early := _BYLINE_AND_DAY.fullmatch(part):
            return self.take(early["byline"])
        dated, _, names = part.rpartition(" by ")
        if dated and self._date(dated) and _BYLINE.fullmatch(f"by {names}"):
            return self.take(dated) and self.take(f"by {names}")
        if published := self._date(part):
            self._dated = True
            label = _DATED.match(part)
            if not (label and label["updated"]) and self._published is None:
                self._published = published
            return len(part) > 4  # noqa: PLR2004 - a year alone is no date line
        if _CREDIT.fullmatch(part):
            self._credits.append(part)
        elif byline := _BYLINE.fullmatch(part) or _NAME_ROLE.fullmatch(part):
            self._by(byline["names"] or byline.groupdict().get("others") or "")
        elif re.fullmatch(rf"{_NAME}|{_SITE}", part) and len(self._names) < 2:  # noqa: PLR2004
            self._names.append(part)
        elif not re.fullmatch(r"\d{1,3} min(?:ute)?s?(?: read)?|\d{1,2}[:.]\d\d(?: ?[ap]m)?(?: [A-Z]{2,4})?", part):
            return bool(_DATED.fullmatch(part))
        return True

    def _by(self, names: str) -> None:
        for name in re.split(r"\s*(?:,|;|/|&| and )\s*", names):
            if re.fullmatch(rf"(?i:{_AGENCY})|{_SITE}", name) or _PLACE_OF_OUTLET.search(name):
                self._credits.append(name)
            elif name and not _ROLE.search(name):
                self._authors.append(name)

    def told(self) -> About | None:
        """Return what was found; names alone are nothing to go by, but beside a date, a byline or a credit they are."""
        if not (self._dated or self._authors or self._credits):
            return None
        outlet = None
        for name in self._names:
            if all(map(_DESK.fullmatch, self._credits)) and self._credits and _PLACE_OF_OUTLET.search(name):
                outlet = outlet or name
            elif self._credits and not self._dated:
                self._credits.insert(0, name)
            elif re.fullmatch(_SITE, name) or _PLACE_OF_OUTLET.search(name) or self._authors:
                outlet = outlet or name
            elif re.fullmatch(_PERSON, name):
                self._authors.append(name)
            else:
                outlet = outlet or name
        kind = "date line" if self._dated else "byline" if self._authors else "credit"
        return About(
            kind=kind,
            published=self._published,
            outlet=outlet or self._outlet_in_credit(),
            authors=tuple(self._authors),
            credits=tuple(_credit_words(c) for c in self._credits),
        )

    def _outlet_in_credit(self) -> str | None:
        """Return the outlet of "The Zandar Post with inputs from agencies"."""
        for credit in self._credits:
            match = re.match(rf"(?P<name>{_NAME}|{_SITE}) (?i:with|including) ", credit)
            if match:
                return match["name"]
        return None


def _credit_words(credit: str) -> str:
    match = re.fullmatch(rf"(?:{_NAME}|{_SITE}) (?P<rest>(?i:with|including) .+)", credit)
    return match["rest"] if match else credit


_AUTHOR_LINE = re.compile(rf"{_PERSON}(?:(?: ?[/&,;] ?| and ){_PERSON}){{0,3}}")
_MOST_NAMES = 4  # words
_NO_AUTHOR = re.compile(r"\b(?:the|end|ends|read|more|news|next|story|happy|breaking|of|in|for)\b", re.IGNORECASE)


def lone_author(text: str) -> tuple[str, ...]:
    """Return the names of a line that is nothing but one to four people's names of two to four words each."""
    words = bare(text)
    if len(words) > 90 or not _AUTHOR_LINE.fullmatch(words) or _NO_AUTHOR.search(words):  # noqa: PLR2004
        return ()
    names = tuple(re.split(r"\s*[/&,;]\s*| and ", words))
    first = [n.split()[0] for n in names]
    shouted = any(len(word) > 2 and word.isupper() for word in first)  # noqa: PLR2004 - "R." is an initial
    return () if shouted or any(len(n.split()) > _MOST_NAMES for n in names) else names


_CAPTION_END = re.compile(
    rf"(?P<open>[\[(])(?P<credit>(?:(?i:{_PHOTO})[ :/-]*(?:by |courtesy (?:of )?|credit:? )?)?[^\[\]()]{{2,80}})[\])]\.?$"
)
_CAPTION_SLASH = re.compile(
    rf"(?:[.!?”\"] ?|\s[|–—-] )(?P<credit>(?:(?i:{_PHOTO})(?: (?i:by|courtesy of|credit))?:? .{{2,80}}"
    rf"|.{{0,60}}(?:/| via )?(?:Getty Images|AFP|AP|Reuters|REUTERS|EPA|Shutterstock|Alamy)(?:/[\w .]{{2,40}})?|©.{{2,60}}))$"
)
_PHOTO_WORD = re.compile(rf"(?i:{_PHOTO})\b|/|©|Getty|Shutterstock|Handout|File", re.IGNORECASE)


def caption_credit(text: str, *, in_head: bool) -> str | None:
    """Return the picture credit that a caption ends with: "[Xinhua]", "(AP Photo/Ann Lee)", "| Photo: Ann Lee".

    A bare name in brackets counts at the head of a page only: at the end of a paragraph it credits the paragraph.
    """
    if len(text) > 500:  # noqa: PLR2004
        return None
    tail = text[-160:]
    if match := _CAPTION_END.search(tail):
        credit = match["credit"].strip()
        named = re.fullmatch(rf"{_NAME}(?:/{_NAME})?", credit) is not None
        if _PHOTO_WORD.search(credit) or (in_head and named):
            return credit
    if (match := _CAPTION_SLASH.search(tail)) and (in_head or _PHOTO_WORD.search(match["credit"])):
        return match["credit"].strip()
    return None


_MASTHEAD = re.compile(rf"{_WORD}(?: (?:of|the|and|for|&|{_WORD})){{0,5}}")
_MASTHEAD_WORDS = 6
_SHOUTED = 3  # letters; a longer word in capitals is a name that shouts, a shorter one an abbreviation


def is_masthead(text: str, elsewhere: str) -> bool:
    """Whether a line at the very top is the outlet's own name rather than a headline.

    Args:
        text: the line.
        elsewhere: the rest of the page; a lone word is a masthead only if it comes again as a credit or copyright.
    """
    words = bare(text)
    if not _MASTHEAD.fullmatch(words) or len(words.split()) > _MASTHEAD_WORDS:
        return False
    again = re.search(
        rf"[(/©] ?(?:the )?{re.escape(words)}\b|\b{re.escape(words)} \(?(?:19|20)\d\d", elsewhere, re.IGNORECASE
    )
    return bool(again or (_PLACE_OF_OUTLET.search(words) and " " in words))


def outlet_name(masthead: str) -> str:
    """Return an outlet's name as it is written in running text: THE VALLEY OBSERVER shouts only on its own page."""
    words = bare(masthead)
    shouts = words.isupper() and any(len(word) > _SHOUTED for word in words.split())
    return (
        " ".join(w if len(w) <= _SHOUTED and w not in {"THE", "AND", "FOR"} else w.capitalize() for w in words.split())
        if shouts
        else words
    )


_CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,3}"
_PLACE = r"[A-ZÀ-Þ][\w.'’-]+(?: (?:[A-ZÀ-Þ][\w.'’-]+|of|the|de|el|al)){0,3}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_YEAR = r",? (?:19|20)\d\d"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})"
_DAYS = rf"{_DAY}(?:{_YEAR})?"
_DATELINE_DAY = re.compile(rf",? (?P<day>{_DAY}(?P<year>{_YEAR})?)$")
_SOURCE = r"\((?P<source>[A-Z][\w .&/'-]{1,40})\)|/(?P<slashed>[A-Z][\w .-]{1,20})/"
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        # ZANDAR, Ostrava (Wire) — … · ZANDAR, March 3 (Wire) - … · ZANDAR: …
        rf"(?P<line>{_CAPS}(?:, {_PLACE})?(?:, {_DAYS})?)(?: ?(?:{_SOURCE}))?(?: ?[–—-]{{1,2}} |: )(?=\S)",
        # ZANDAR, Ostrava. … · ZANDAR, November 16. /WIRE/. …
        rf"(?P<line>{_CAPS}, (?:{_DAYS}|{_PLACE}))\. (?:/(?P<after>[A-Z]{{2,12}})/\.? )?(?=\S)",
        # Zandar, ZNA – … · Zandar (ZNA) – … · Zandar, March 3 (ZNA) –
        rf"(?P<line>{_PLACE},? (?P<agency>[A-Z]{{3,8}}))(?: ?[–—-]{{1,2}} |: )(?=\S)",
        rf"(?P<line>{_PLACE}(?:, {_PLACE})?(?:, {_DAYS})?) ?(?:{_SOURCE})(?: ?[–—-]{{1,2}} |: |\. )(?=\S)",
    )
)
_NO_AGENCY = frozenset({"USA", "UAE", "DRC", "UK", "US", "EU", "UN"})
_NO_PLACE = re.compile(
    r"(?:UPDATE|FILE|PHOTO|BREAKING|WATCH|NOTE|EDITOR|VIDEO|EXCLUSIVE|LIVE|OPINION|ANALYSIS|CORRECTION|READ|MORE|TOP|NEWS|Q|A)\b|(?:NATO|UN|US|EU)[:.]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """What a paragraph begins with: "ZANDAR, March 3, 2021 (Wire) – …"."""

    place: str  # "ZANDAR", with the outlet where that is its style: "Zandar, ZNA"
    outlet: str | None
    agency: str | None
    published: Published | None  # where it names a year


def dateline_of(paragraph: str) -> Dateline | None:
    """Return the dateline that a paragraph begins with, or None.

    "Zandar, ZNA – The minister …" names the outlet itself; "ZANDAR (Wire) - …" credits an agency.
    """
    start = paragraph[:120]
    for pattern in _DATELINES:
        match = pattern.match(start)
        if not match or _NO_PLACE.match(match["line"] + ":") or not re.search(r"[^\W\d_]{3}", match["line"]):
            continue
        parts = match.groupdict()
        agency = parts.get("agency")
        if agency in _NO_AGENCY:
            continue
        day = _DATELINE_DAY.search(match["line"])
        return Dateline(
            place=match["line"][: day.start()] if day else match["line"],
            outlet=agency,
            agency=parts.get("source") or parts.get("slashed") or parts.get("after"),
            published=read_date(day["day"], "dateline") if day and day["year"] else None,
        )
    return None
