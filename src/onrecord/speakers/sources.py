"""What kind of words a source is: a name, a role, a pronoun, a state, a body, a group, a document, somebody unnamed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from onrecord.domain.span import Span
from onrecord.domain.statement import ActorKind
from onrecord.speakers.lexicon import Lexicon, State, lexicon, plain
from onrecord.speakers.names import Name, Role, Token, role_of, tokens_of

__all__ = ["Category", "Source", "describe"]


class Category(StrEnum):
    """How a source names its speaker."""

    NAME = "name"
    APPOSITION = "apposition"  # a role, then the name after a comma
    ROLE = "role"
    PRONOUN = "pronoun"
    RELATIVE = "relative"  # "who": the name is just before
    STATE = "state"
    BODY = "body"
    GROUP = "group"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    OPEN = "open"  # nothing that could be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the words of a source say of the speaker."""

    category: Category
    words: str  # the source as it stands, line breaks folded, for display
    span: Span
    name: Name | None = None
    role: Role | None = None
    state: State | None = None
    named_body: str | None = None  # "Norland's foreign ministry": no name, but one body only
    gender: str | None = None


_HEAD_ENDS = frozenset({",", "(", "—", "–", ";", ":"})
_CLAUSE = frozenset({"who", "whom", "whose", "which", "that"})


def _head(tokens: Sequence[Token], words: Lexicon) -> list[Token]:
    """Return the noun phrase that a source begins with: up to a comma, a clause or a preposition."""
    out: list[Token] = []
    for index, token in enumerate(tokens):
        word = plain(token.word)
        if index and (token.word in _HEAD_ENDS or word in _CLAUSE or word in words.prepositions - {"of"}):
            break
        if index and word == "of" and not _joins(tokens, index, words):
            break
        out.append(token)
    return out


def _joins(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """Whether "of" belongs to a title ("minister of defence") rather than leading to somebody else."""
    after = plain(tokens[at + 1].word) if at + 1 < len(tokens) else ""
    return after in words.modifiers


def describe(text: str, span: Span, names: Sequence[Name]) -> Source:
    """Say what the source at `span` is.

    Args:
        text: the report's text.
        span: where the source stands.
        names: the names of the text that lie inside `span`, in order.
    """
    words = lexicon()
    tokens = tokens_of(text, span.start, span.end)
    shown = " ".join(span.of(text).split()).strip(" ,;:–—")
    bare = " ".join(filter(None, (plain(token.word) for token in tokens)))
    if bare in words.pronouns:
        gender = words.genders[bare]
        category = {"relative": Category.RELATIVE, "open": Category.OPEN, "thing": Category.OPEN}.get(
            gender, Category.PRONOUN
        )
        return Source(category=category, words=shown, span=span, gender=gender)
    head = _head(tokens, words)
    reach = Span(span.start, head[-1].span.end) if head else span
    inside = [name for name in names if reach.holds(name.span)]
    last = inside[-1] if inside else None
    if _joined_by_and(text, inside):
        return Source(category=Category.GROUP, words=shown, span=span)
    if last and _ends_with(head, last):
        return _named(last, shown, span, words)
    role = role_of([t.word for t in head], words)
    noun = _noun(head, words)
    start = plain(head[0].word) if head else ""
    if role and noun in words.roles:
        apposed = _apposed(text, reach, names, words)
        if apposed:
            return Source(category=Category.APPOSITION, words=shown, span=span, name=apposed, role=role)
        if start in words.indefinite:
            return Source(category=Category.UNNAMED, words=shown, span=span, role=role)
        return Source(category=Category.ROLE, words=shown, span=span, role=role, gender=words.genders.get(noun))
    state = _state(head, words)
    if state and noun in words.seat_heads:
        return Source(category=Category.STATE, words=shown, span=span, state=state)
    if (noun in words.bodies and any(token.word[0].isupper() for token in head[1:])) or (
        noun in words.bodies and head[0].word.endswith(("'s", "’s"))
    ):
        return Source(
            category=Category.BODY, words=shown, span=span, named_body=" ".join(shown.split()[start == "the" :])
        )
    category = (
        Category.UNNAMED
        if noun in words.unnamed
        else Category.GROUP
        if noun in words.groups
        else Category.DOCUMENT
        if noun in words.documents
        else Category.BODY
        if noun in words.bodies
        else Category.OPEN
    )
    return Source(category=category, words=shown, span=span, role=role, state=state)


def _apposed(text: str, head: Span, names: Sequence[Name], words: Lexicon) -> Name | None:
    """Return the name set beside a role: "A spokesman for the union, Dr Ann Lee,"."""
    for name in names:
        comma = text.rfind(",", head.start, name.span.start)
        title = text[comma + 1 : name.span.start].split()
        if (
            name.span.start >= head.end
            and comma >= 0
            and all(plain(word) in words.title_words or not plain(word) for word in title)
        ):
            return name if name.kind is not ActorKind.BODY and name.kind is not ActorKind.STATE else None
    return None


def _joined_by_and(text: str, names: Sequence[Name]) -> bool:
    """Whether a source names two speakers: "Sorrin and Ledisk"."""
    return any(text[a.span.end : b.span.start].strip() == "and" for a, b in pairwise(names))


def _noun(head: Sequence[Token], words: Lexicon) -> str:
    """Return the last word of a noun phrase that says what it is: "source" in "A Norlish source familiar"."""
    known = words.roles | words.groups | words.bodies | words.documents | words.unnamed | words.seat_heads
    return next((word for word in (plain(token.word) for token in reversed(head)) if word in known), "")


def _ends_with(head: Sequence[Token], name: Name) -> bool:
    rest = [token for token in head if token.span.start >= name.span.end and token.word not in {".", "'", "’"}]
    return not rest


def _named(name: Name, shown: str, span: Span, words: Lexicon) -> Source:
    state = words.metonyms.get(name.text.lower())
    if state and name.kind is ActorKind.STATE:
        return Source(category=Category.STATE, words=shown, span=span, state=state, name=name)
    articled = shown.lower().startswith("the ") and len(name.words) == 1 and not name.roles
    if name.kind is ActorKind.BODY or articled:
        return Source(category=Category.BODY, words=shown, span=span, name=name)
    return Source(category=Category.NAME, words=shown, span=span, name=name, gender=name.gender)


def _state(head: Sequence[Token], words: Lexicon) -> State | None:
    return next((words.states[w] for w in (plain(t.word) for t in head) if w in words.states), None)
