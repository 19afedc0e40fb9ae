"""Names in a report, with the roles that stand beside them.

This is the boundary behind which another name finder (a model's entity tags) can stand: it gives `Name`s too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.domain.span import Span
from onrecord.domain.statement import ActorKind
from onrecord.speakers.lexicon import Lexicon, folded, lexicon, plain

__all__ = ["Name", "Role", "Token", "find_names", "role_of", "tokens_of"]

_TOKEN = re.compile(r"(?:[A-Z]\.){1,4}(?!\w)|\w[\w’'\-]*|[^\w\s]")
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "their", "its"})
_STEM = 5  # letters that a place shares with its adjective: Halvora, Halvoran
_ACRONYM = 5  # letters of the longest acronym that a shouted name is told from
_ROLE_REACH = 7  # words looked at before and after a name for its role


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark and its place."""

    word: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What somebody is: the words for it, their common form, and the state or place that it is held in."""

    words: tuple[str, ...]  # as written, in lower case: "foreign secretary"
    common: tuple[str, ...]  # the form that its synonyms share: "foreign minister"
    place: str | None  # a state's code, or the folded word of a place that no table knows

    @property
    def head(self) -> str:
        """The noun that says what they are."""
        return self.common[-1]

    def same_place(self, other: "Role") -> bool | None:
        """Whether two roles are held in one place; None where that of either is not said."""
        if self.place is None or other.place is None:
            return None
        return self.place == other.place or (self.place[:_STEM] == other.place[:_STEM] and len(self.place) > 2)  # noqa: PLR2004


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as it stands in a text."""

    span: Span
    words: tuple[str, ...]
    kind: ActorKind | None  # None where nothing shows what it is
    roles: tuple[Role, ...]
    gender: str | None  # "male", "female"

    @property
    def text(self) -> str:
        """The name itself, its words joined by spaces."""
        return " ".join(self.words)

    @property
    def key(self) -> str:
        """What spellings of the name have in common."""
        return folded(self.text)


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the words and marks of a stretch of `text`."""
    stop = len(text) if end is None else end
    return [Token(m[0], Span(*m.span())) for m in _TOKEN.finditer(text, start, stop)]


def _is_capital(token: Token, words: Lexicon) -> bool:
    """Whether a word can belong to a name: a capital begins it, or the word after its article ("al-Zahrun")."""
    article, hyphen, rest = token.word.partition("-")
    first = rest if hyphen and article in words.particles else token.word
    return first[:1].isupper() and plain(token.word) not in words.never_in_names


def _particles(tokens: Sequence[Token], start: int, words: Lexicon) -> int:
    """Return the index after particles that lead on to a capital ("de la Torva"), or `start` where they do not."""
    end = start
    while end + 1 < len(tokens) and plain(tokens[end].word) in words.particles - {"of"}:
        end += 1
        if _is_capital(tokens[end], words):
            return end
    return start


def _runs(text: str, tokens: Sequence[Token], words: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield ranges of tokens that may be a name with its title: capitals, joined by spaces, initials and particles."""
    index = 0
    while index < len(tokens):
        if not _is_capital(tokens[index], words):
            index += 1
            continue
        end = index + 1
        while end < len(tokens):
            gap = text[tokens[end - 1].span.end : tokens[end].span.start]
            before = tokens[end - 1].word
            stop = tokens[end].word == "." and plain(before) in words.roles and len(before) <= 5  # noqa: PLR2004 - "Sen."
            if stop and not gap:
                end += 1
            elif "\n" in gap or (not gap and before != ".") or before.endswith(("'s", "’s")):
                break
            elif _is_capital(tokens[end], words):
                end += 1
            elif (after := _particles(tokens, end, words)) > end:
                end = after + 1
            else:
                break
        yield index, end
        index = end


def _place_of(phrase: Sequence[str], words: Lexicon) -> str | None:
    """Return the state's code, or a place unknown to the table: a capitalised word that is no title."""
    bare = [plain(word) for word in phrase]
    for size in (3, 2, 1):
        for start in range(len(bare) - size + 1):
            if state := words.states.get(" ".join(bare[start : start + size])):
                return state.code
    unknown = (
        word
        for word, low in zip(phrase, bare, strict=True)
        if word[0].isupper() and low not in words.title_words and low not in words.never_in_names
    )
    return next((folded(plain(word)) for word in unknown), None)


def role_of(phrase: Sequence[str], words: Lexicon) -> Role | None:
    """Return the role that `phrase` names ("Russian Foreign Minister", "the Kremlin's top diplomat"), or None."""
    kept = [w for w in (plain(word) for word in phrase) if w and w not in words.states and w not in _DETERMINERS]
    joined = " ".join(kept)
    for form, common in words.same_role.items():
        if re.search(rf"\b{form}\b", joined):
            return Role(words=tuple(form.split()), common=tuple(common.split()), place=_place_of(phrase, words))
    for position in range(len(kept) - 1, -1, -1):
        if kept[position] in words.roles:
            start = position
            while start and kept[start - 1] in words.modifiers | words.roles:
                start -= 1
            own = tuple(kept[start : position + 1])
            return Role(words=own, common=own, place=_place_of(phrase, words))
    return None


def find_names(text: str) -> tuple[Name, ...]:
    """Return the names of people, bodies and states in `text`, in order."""
    words = lexicon()
    tokens = tokens_of(text)
    body = _body_start(text, tokens, words)
    singles = ((index, index + 1) for index in range(body) if _is_capital(tokens[index], words))
    runs = ((start + body, end + body) for start, end in _runs(text, tokens[body:], words))
    return tuple(name for start, end in (*singles, *runs) if (name := _name(text, tokens, start, end, words)))


def _body_start(text: str, tokens: Sequence[Token], words: Lexicon) -> int:
    """Return the token after a headline in title case, whose capitals tell nothing; 0 if there is none."""
    end = text.find("\n")
    if end < 0:
        return 0
    first = [token for token in tokens if token.span.start < end]
    open_words = [t for t in first if t.word[0].isalpha() and plain(t.word) not in words.never_in_names]
    capitals = sum(token.word[0].isupper() for token in open_words)
    return len(first) if capitals > 0.8 * len(open_words) and len(open_words) > 3 else 0  # noqa: PLR2004


def _name(text: str, tokens: Sequence[Token], start: int, end: int, words: Lexicon) -> Name | None:
    """Return the name in a run of capitals, its title taken off; None if it is a title or an adjective only."""
    run = tokens[start:end]
    bare = [plain(token.word) for token in run]
    titles = [i for i, word in enumerate(bare) if word in words.roles]
    body = _is_body(bare, words)
    first = start if body or not titles else start + titles[-1] + 1
    while first < end and run[first - start].word == ".":
        first += 1
    while (
        not body
        and first < end - 1
        and (plain(tokens[first].word) in words.states or _modifies(tokens[first].word, words))
    ):
        first += 1
    if first >= end:
        return None
    own = tokens[first:end]
    named = tuple(_without_possessive(t.word) for t in own if t.word != ".")
    joined = " ".join(named).lower()
    before = _role_words_before(tokens, first, words)
    roles = [role for role in (role_of(before, words), _role_after(text, tokens, end, words)) if role]
    if not body and len(named) == 1 and plain(named[0]) in words.roles | words.modifiers:
        return None
    body = body or (not roles and len(named) > 1 and first > 0 and tokens[first - 1].word.lower() == "the")
    place = Span(own[0].span.start, own[-1].span.end - (len(own[-1].word) - len(_without_possessive(own[-1].word))))
    return Name(
        span=place,
        words=named,
        kind=_kind(joined, named, roles, words, body=body),
        roles=tuple(roles),
        gender=next((words.genders[w] for w in map(plain, before) if words.genders.get(w) in {"male", "female"}), None),
    )


def _without_possessive(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word.rstrip("'’-")


def _modifies(word: str, words: Lexicon) -> bool:
    return plain(word) in words.modifiers


def _is_body(bare: Sequence[str], words: Lexicon) -> bool:
    return (
        bare[-1] in words.bodies and " ".join(bare) not in words.metonyms and not (set(bare[:-1]) & {"mr", "mrs", "ms"})
    )


def _kind(joined: str, named: Sequence[str], roles: Sequence[Role], words: Lexicon, *, body: bool) -> ActorKind | None:
    if joined in words.metonyms and not roles:
        return ActorKind.STATE
    acronym = any(w.isupper() and len(w) > 2 for w in named)  # noqa: PLR2004 - initials are shorter than acronyms
    if body or (acronym and not _is_shouted(named)):
        return ActorKind.BODY
    return ActorKind.PERSON if roles else None


def _is_shouted(named: Sequence[str]) -> bool:
    """Whether a name is set in capitals ("ADA KORVIN"): one of its words is too long for an acronym."""
    return len(named) > 1 and all(w.isupper() for w in named) and max(map(len, named)) > _ACRONYM


def _role_words_before(tokens: Sequence[Token], first: int, words: Lexicon) -> list[str]:
    """Return the words right before a name that can belong to a title, in order."""
    out: list[str] = []
    index = first - 1
    while index >= 0 and len(out) < _ROLE_REACH:
        token = tokens[index]
        word = plain(token.word)
        place = bool(out) and _is_capital(token, words) and token.span.end + 1 == tokens[index + 1].span.start
        if token.word in {".", ","} and (token.word == "." or not out):
            pass
        elif word in words.title_words or word == "of" or place or token.word.endswith(("'s", "’s")):
            out.append(token.word)
        else:
            break
        index -= 1
    known = [plain(word) for word in out]
    return out[::-1] if any(word in words.roles for word in known) else []


def _role_after(text: str, tokens: Sequence[Token], end: int, words: Lexicon) -> Role | None:
    """Return the role in an apposition: "Ann Lee, the Norlish foreign minister, …"."""
    if (
        end + 1 >= len(tokens)
        or tokens[end].word != ","
        or "\n" in text[tokens[end].span.end : tokens[end + 1].span.start]
    ):
        return None
    phrase: list[str] = []
    for token in tokens[end + 1 : end + 1 + _ROLE_REACH]:
        word = plain(token.word)
        if not word or word in words.prepositions or word in {"who", "which", "and"}:
            break
        phrase.append(token.word)
    starts = plain(phrase[0]) if phrase else ""
    noun_phrase = starts in {"the", "a", "an", "his", "her"} or starts in words.title_words
    role = role_of(phrase, words) if noun_phrase else None
    return role if role and phrase and plain(phrase[-1]) in words.roles else None
