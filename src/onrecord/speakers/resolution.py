"""Statements of one report to their speakers: who is meant by a name, a role, a pronoun, a capital."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from onrecord.domain.ids import ActorId, content_id
from onrecord.domain.report import Report
from onrecord.domain.span import Span
from onrecord.domain.statement import Actor, ActorKind, Resolution, Speaker, Statement
from onrecord.speakers.cast import Cast, Person
from onrecord.speakers.lexicon import State, folded, lexicon, plain
from onrecord.speakers.names import Name, Role, find_names
from onrecord.speakers.sources import Category, Source, describe

__all__ = ["RuleResolver", "SpeakerResolver"]

# How often each way of resolving was right in the reports that it was written with; a later calibration replaces them.
_CONFIDENCE = {
    Resolution.NAME: 0.97,
    Resolution.PART_OF_NAME: 0.92,
    Resolution.APPOSITION: 0.9,
    Resolution.ROLE: 0.75,
    Resolution.PRONOUN: 0.75,
    Resolution.METONYM: 0.85,
}
_KINDS = {
    Category.GROUP: ActorKind.GROUP,
    Category.DOCUMENT: ActorKind.DOCUMENT,
    Category.UNNAMED: ActorKind.UNNAMED,
    Category.BODY: ActorKind.BODY,
    Category.ROLE: ActorKind.PERSON,
    Category.STATE: ActorKind.STATE,
}
_RELATIVE_REACH = 80  # characters between a name and its "who"
_NEAR = 800  # characters within which "the minister" can be a speaker whose office is not said
_AWAY = 2500  # characters after which a pronoun no longer reaches back


class SpeakerResolver(Protocol):
    """Gives each statement of a report its speaker."""

    name: str

    def resolve(
        self, report: Report, statements: Sequence[Statement]
    ) -> tuple[tuple[Statement, ...], tuple[Actor, ...]]:
        """Return the statements with speakers, and the actors who speak."""
        ...


class RuleResolver:
    """Resolves speakers by rules over the names, titles and pronouns of the report itself."""

    name = "rules.v1"

    def resolve(
        self, report: Report, statements: Sequence[Statement]
    ) -> tuple[tuple[Statement, ...], tuple[Actor, ...]]:
        """Return the statements with speakers, and the actors who speak, in order of their first word."""
        scene = _Scene(report.text)
        resolved = {s.id: scene.speaker(s) for s in sorted(statements, key=lambda s: (s.source or s.content)[0])}
        return tuple(replace(s, speaker=resolved[s.id]) for s in statements), tuple(scene.actors.values())


class _Scene:
    """One report being read from its first source to its last: who has been named and who spoke last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.actors: dict[ActorId, Actor] = {}
        self._names = find_names(text)
        self._cast = Cast(self._names)
        self._roles = tuple(role for name in self._names for role in name.roles)
        self._spoke: list[tuple[int, Person]] = []  # resolved people as they speak
        self._last_plural: tuple[int, Speaker] | None = None

    def speaker(self, statement: Statement) -> Speaker | None:
        """Return who speaks in a statement; None where the text names no source."""
        if not statement.source:
            return None
        span = statement.source[0]
        source = describe(self.text, span, [n for n in self._names if span.holds(n.span)] + self._right_after(span))
        found = self._person(source)
        if found:
            person, how = found
            self._spoke.append((span.start, person))
            return self._said(person.actor(), how, statement.source)
        speaker = self._other(source, statement.source)
        if speaker.kind in {ActorKind.GROUP, ActorKind.STATE, ActorKind.BODY}:
            self._last_plural = (span.start, speaker)
        return speaker

    def _right_after(self, span: Span) -> list[Name]:
        """Return a name that follows a source after a comma only: the other half of an apposition."""
        return [
            n
            for n in self._names
            if span.end <= n.span.start <= span.end + 2 and "\n" not in self.text[span.end : n.span.start]
        ]

    def _person(self, source: Source) -> tuple[Person, Resolution] | None:
        if source.category is Category.NAME and source.name:
            if source.name.text.lower() in lexicon().groups or self._is_place(source.name):
                return None
            person = self._cast.of(source.name)
            full = len(source.name.words) >= len(person.name.split())
            return person, Resolution.NAME if full else Resolution.PART_OF_NAME
        if source.category is Category.APPOSITION and source.name:
            return self._cast.of(source.name), Resolution.APPOSITION
        if source.category is Category.RELATIVE:
            near = self._cast.named_before(source.span.start)
            if near and source.span.start - near[0][0] < _RELATIVE_REACH:
                between = self.text[near[0][0] : source.span.start]
                return (near[0][1], Resolution.PRONOUN) if not set(between) & set(".!?\n") else None
        if source.category is Category.PRONOUN and source.gender in {"male", "female"}:
            person_or_none = self._by_pronoun(source.span.start, source.gender)
            return (person_or_none, Resolution.PRONOUN) if person_or_none else None
        if source.category is Category.ROLE and source.role:
            by_role = self._by_role(source.role, source.span.start, source.gender)
            return (by_role, Resolution.ROLE) if by_role else None
        return None

    def _is_place(self, name: Name) -> bool:
        """Whether a word that is nobody's name is where somebody holds office: Halvora, by "the Halvoran minister"."""
        if name.kind is not None or len(name.words) > 1 or self._cast.knows(name):
            return False
        place = Role(words=(), common=("",), place=name.key)
        return any(place.same_place(role) for role in self._roles)

    def _by_pronoun(self, place: int, gender: str) -> Person | None:
        """Return whom "he" or "she" at a place means: who spoke last, or was last named first in a sentence."""

        def fits(person: Person) -> bool:
            return person.gender in {None, gender}

        best: tuple[float, int, Person] | None = None
        for at, person in self._spoke[-8:]:
            if at < place and fits(person):
                best = max(best, (at + 200.0, at, person), key=lambda c: c[0]) if best else (at + 200.0, at, person)
        for at, person in self._cast.named_before(place):
            if fits(person):
                weight = at + (150.0 if self._starts_sentence(at) else 0.0)
                if best is None or weight > best[0]:
                    best = (weight, at, person)
        if best is None or place - best[1] > _AWAY:
            return None
        best[2].gender = best[2].gender or gender
        return best[2]

    def _starts_sentence(self, place: int) -> bool:
        """Whether only a title stands between the start of a sentence and the name at a place."""
        start = max(self.text.rfind(mark, 0, place) for mark in (". ", "\n", "” ", '" ', "? ", "! "))
        before = [plain(word) for word in self.text[start + 1 : place].split()]
        titles = lexicon().title_words
        return all(not word or word in titles or word in {"the", "but", "and"} for word in before)

    def _by_role(self, role: Role, place: int, gender: str | None) -> Person | None:
        """Return who holds a role in this report: its words and state must agree; then who was named or spoke last."""
        spoke = {id(person): at for at, person in self._spoke if at < place}
        holders = [
            (fit, person)
            for person in self._cast.people
            if gender not in {"male", "female"} or person.gender in {None, gender}
            if (fit := max((_fit(role, held) for held in person.roles), default=0))
        ]
        best: tuple[int, int] = (0, 0)
        chosen = None
        for fit, person in holders:
            last = max((at for at in (*person.places, spoke.get(id(person), -1)) if at < place), default=-1)
            if last >= 0 and (fit, last) > best:
                best, chosen = (fit, last), person
        if chosen is None and "\n" not in self.text[:place]:  # a headline may name the office before the holder
            chosen = min((person for _, person in holders), key=lambda p: p.places[0], default=None)
        if chosen is None and self._spoke and not self._spoke[-1][1].roles and role.place is None:
            at, person = self._spoke[-1]
            chosen = person if place - at < _NEAR else None
        return chosen

    def _other(self, source: Source, mention: tuple[Span, ...]) -> Speaker:
        """Return a speaker who is no person named in the report."""
        if source.category is Category.STATE and source.state:
            how = Resolution.NAME if source.words.lower() == source.state.name.lower() else Resolution.METONYM
            return self._said(_state_actor(source.state), how, mention)
        if source.category is Category.BODY and (source.name or source.named_body):
            name = source.name.text if source.name else source.named_body or ""
            return self._said(_body_actor(name), Resolution.NAME, mention)
        if source.category is Category.NAME and source.name and self._is_place(source.name):
            return self._said(_place_actor(source.name), Resolution.NAME, mention)
        if source.category is Category.PRONOUN and self._last_plural:
            at, before = self._last_plural
            if mention[0].start - at < _AWAY:
                return replace(before, how=Resolution.PRONOUN, mention=mention, confidence=0.6)
        kind = _KINDS.get(source.category, ActorKind.UNKNOWN)
        if source.words.lower() in lexicon().groups:
            kind = ActorKind.GROUP
        return Speaker(name=source.words, actor=None, kind=kind, how=None, mention=mention, confidence=0.5)

    def _said(self, actor: Actor, how: Resolution, mention: tuple[Span, ...]) -> Speaker:
        self.actors[actor.id] = actor
        return Speaker(
            name=actor.name, actor=actor.id, kind=actor.kind, how=how, mention=mention, confidence=_CONFIDENCE[how]
        )


def _fit(asked: Role, held: Role) -> int:
    """Return how well a held role fits the one asked for: 0 not at all, more for the same words and the same place."""
    same_place = asked.same_place(held)
    if same_place is False:
        return 0
    if asked.words == held.words:
        fit = 4
    elif asked.common == held.common:
        fit = 3
    elif asked.head == "counterpart" and same_place:
        fit = 2
    elif asked.head == held.head and set(asked.common) <= set(held.common):
        fit = 1
    else:
        return 0
    return 2 * fit + bool(same_place)


def _state_actor(state: State) -> Actor:
    return Actor(
        id=ActorId(content_id("a", "state", state.code)), kind=ActorKind.STATE, name=state.name, names=(state.name,)
    )


def _place_actor(name: Name) -> Actor:
    """Return the actor that a state is which no table knows."""
    return Actor(
        id=ActorId(content_id("a", "state", name.key)), kind=ActorKind.STATE, name=name.text, names=(name.text,)
    )


def _body_actor(name: str) -> Actor:
    return Actor(id=ActorId(content_id("a", "body", folded(name))), kind=ActorKind.BODY, name=name, names=(name,))
