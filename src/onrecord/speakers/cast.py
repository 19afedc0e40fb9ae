"""The people of one report: their names brought together, with roles, gender and where each is mentioned."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.domain.ids import ActorId, content_id
from onrecord.domain.statement import Actor, ActorKind
from onrecord.speakers.lexicon import folded, lexicon
from onrecord.speakers.names import Name, Role

__all__ = ["Cast", "Person"]


@dataclass(eq=False)
class Person:
    """Somebody whom a report names."""

    key: tuple[str, ...]  # folded words of the fullest name
    forms: Counter[str] = field(default_factory=Counter)
    roles: list[Role] = field(default_factory=list)
    gender: str | None = None
    places: list[int] = field(default_factory=list)  # where the names stand, ascending

    @property
    def name(self) -> str:
        """The fullest form of the name, of those the most frequent."""
        return max(self.forms, key=lambda form: (len(form.split()), self.forms[form], form))

    def actor(self) -> Actor:
        """Return the actor that this person is."""
        names = (self.name, *sorted(form for form in self.forms if form != self.name))
        shown = len(self.key) > 1 or self.roles or self.gender  # a lone word can be a place or a body
        return Actor(
            id=ActorId(content_id("a", "person", " ".join(self.key))),
            kind=ActorKind.PERSON if shown else ActorKind.UNKNOWN,
            name=self.name,
            names=names,
        )

    def add(self, name: Name) -> None:
        """Take in one more mention."""
        self.forms[name.text] += 1
        self.roles.extend(role for role in name.roles if role not in self.roles)
        self.gender = self.gender or name.gender
        self.places.insert(bisect_left(self.places, name.span.start), name.span.start)


def _key(name: Name) -> tuple[str, ...]:
    return tuple(word for word in folded(name.text).split() if word not in lexicon().suffixes)


def _same(full: Sequence[str], part: Sequence[str]) -> bool:
    """Whether `part` can be a shorter form of `full`: its surname, alone or after first name or initials."""
    if not part or not full:
        return False
    if part[-1] != full[-1]:
        return len(part) == 1 and part[0] == full[0] and len(full) > 1
    if len(full) == 1 or part == full[-len(part) :]:
        return True
    return part[0] == full[0] or (part[0][0] == full[0][0] and 1 in {len(part[0]), len(full[0])})


class Cast:
    """The people of a report, built from its names: full names first, then the short forms that fit them."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.people: list[Person] = []
        self._by_place: dict[int, Person] = {}
        self._by_word: dict[str, list[Person]] = {}  # by the first and the last word of every name
        people = [name for name in names if name.kind in {ActorKind.PERSON, None}]
        for name in sorted(people, key=lambda n: (-min(len(n.words), 2), n.span)):
            key = _key(name)
            if not key:
                continue
            person = self._fitting(key, name.span.start)
            if person is None and (len(key) > 1 or name.kind is ActorKind.PERSON):
                person = Person(key)
                self.people.append(person)
            if person is not None:
                person.key = max(person.key, key, key=len)
                self._add(person, name, key)
                self._by_place[name.span.start] = person
        self._share_office()

    def _add(self, person: Person, name: Name, key: Sequence[str]) -> None:
        person.add(name)
        for word in {key[0], key[-1]}:
            known = self._by_word.setdefault(word, [])
            if person not in known:
                known.append(person)

    def _share_office(self) -> None:
        """Give a counterpart the office of whoever was named before: "Foreign Minister A and her counterpart, B"."""
        for person in self.people:
            for role in [role for role in person.roles if role.head == "counterpart"]:
                before = [other for _, other in self.named_before(person.places[0]) if other is not person]
                offices = [r for other in before for r in other.roles if r.head != "counterpart"]
                if offices:
                    person.roles.append(Role(words=role.words, common=offices[0].common, place=role.place))

    def _fitting(self, key: Sequence[str], place: int) -> Person | None:
        """Return the person whom a name can be short for: the one last named before it, else the first after it."""
        near = [p for word in dict.fromkeys((key[-1], key[0])) for p in self._by_word.get(word, ())] if key else []
        fitting = [person for person in near if _same(person.key, key)]
        exact = [person for person in fitting if tuple(key) == person.key]
        return min(exact or fitting, key=lambda p: (p.places[0] > place, abs(p.places[0] - place)), default=None)

    def knows(self, name: Name) -> bool:
        """Whether a name of this report was taken for somebody's when all its names were brought together."""
        return name.span.start in self._by_place

    def of(self, name: Name) -> Person:
        """Return the person behind a name of this report; one whom only this name mentions is added."""
        person = self._by_place.get(name.span.start) or self._fitting(_key(name), name.span.start)
        if person is None:
            person = Person(_key(name))
            self.people.append(person)
            self._add(person, name, person.key or (name.text,))
        return person

    def named_before(self, place: int) -> list[tuple[int, Person]]:
        """Return everybody named before a place with the last place where they are, the nearest first."""
        found = []
        for person in self.people:
            at = bisect_left(person.places, place)
            if at:
                found.append((person.places[at - 1], person))
        return sorted(found, key=lambda pair: -pair[0])
