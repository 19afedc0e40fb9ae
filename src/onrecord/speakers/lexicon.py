"""The word lists that speakers are recognised by, and the table of states."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Lexicon", "State", "folded", "lexicon", "plain"]

_POSSESSIVE = ("'s", "’s", "s'", "s’")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state and the words that stand for it or for what is its own."""

    code: str  # ISO 3166-1 alpha-2
    name: str
    qid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Sets of lower-case words; `speakers/lexicon.json` holds them."""

    genders: dict[str, str]  # pronoun or title → "male", "female", "plural", …
    pronouns: frozenset[str]
    roles: frozenset[str]
    modifiers: frozenset[str]
    same_role: dict[str, str]  # "top diplomat" → "foreign minister"
    groups: frozenset[str]
    bodies: frozenset[str]
    documents: frozenset[str]
    unnamed: frozenset[str]
    indefinite: frozenset[str]
    seat_heads: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    prepositions: frozenset[str]
    never_in_names: frozenset[str]
    states: dict[str, State]  # by name, capital, seat of government and adjective
    metonyms: dict[str, State]  # by name, capital and seat: these alone speak for a state
    title_words: frozenset[str]  # what can stand in a title: roles, their modifiers, states


def plain(word: str) -> str:
    """Return a word in lower case without a possessive ending or stops."""
    word = word.strip(".,:;()[]\"“”‘'’–—-|").lower()
    return word[:-2] if word.endswith(_POSSESSIVE[:2]) else word


_FOLDS = (
    ("sch", "sh"),
    ("kh", "h"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ey", "i"),
    ("ei", "i"),
    ("iy", "i"),
    ("y", "i"),
    ("ii", "i"),
)


def folded(name: str) -> str:
    """Return the key under which spellings of one name meet: Sergei and Sergey Lavrov, al-Assad and Assad."""
    import unicodedata  # noqa: PLC0415 - used for names only, not at start-up

    bare = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    words = bare.replace("-", " ").replace(".", " ").replace("’", "").replace("'", "").split()
    out = " ".join([word for word in words if word not in {"al", "el"}] or words)
    for old, new in _FOLDS:
        out = out.replace(old, new)
    return out


@cache
def lexicon() -> Lexicon:
    """Read the shipped word lists, once."""
    folder = files("onrecord.speakers")
    data: dict[str, Any] = json.loads(folder.joinpath("lexicon.json").read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = json.loads(folder.joinpath("states.json").read_text(encoding="utf-8"))
    metonyms: dict[str, State] = {}
    states: dict[str, State] = {}
    for row in rows:
        state = State(code=row["code"], name=row["name"], qid=row["qid"])
        own = [*row["names"], *row["seats"], row["capital"]]
        metonyms |= {word.lower(): state for word in own if word}
        states |= {word.lower(): state for word in (*own, *row["adjectives"]) if word}
    genders = {
        word: gender
        for table in (data["titles"], data["pronouns"])
        for gender, words in table.items()
        for word in words
    }
    return Lexicon(
        genders=genders,
        pronouns=frozenset(word for words in data["pronouns"].values() for word in words),
        roles=frozenset(data["roles"]),
        modifiers=frozenset(data["modifiers"]),
        same_role={form: group[0] for group in data["same_role"] for form in group},
        groups=frozenset(data["groups"]),
        bodies=frozenset(data["bodies"]),
        documents=frozenset(data["documents"]),
        unnamed=frozenset(data["unnamed"]),
        indefinite=frozenset(data["indefinite"]),
        seat_heads=frozenset(data["seat_heads"]),
        particles=frozenset(data["particles"]),
        suffixes=frozenset(data["name_suffixes"]),
        prepositions=frozenset(data["prepositions"]),
        never_in_names=frozenset(data["never_in_names"]),
        states=states,
        metonyms=metonyms,
        title_words=frozenset((*data["roles"], *data["modifiers"], *states)),
    )
