"""Names and roles as they stand in a text."""

import pytest

from onrecord.domain.statement import ActorKind
from onrecord.speakers.lexicon import folded, lexicon
from onrecord.speakers.names import find_names, role_of

FOUND = [
    ("Minister Ada Korvin met Benno Tal.", ["Ada Korvin", "Benno Tal"]),
    ("On Monday the talks in Zandar failed.", ["Zandar"]),
    ("Luis de la Torva and Nadim al-Zahrun left.", ["Luis de la Torva", "Nadim al-Zahrun"]),
    ("The United Zandar Front rejected Korvin’s offer.", ["United Zandar Front", "Korvin"]),
    ("J. R. Ostler, Esq. wrote to Maeve O’Rell.", ["J. R. Ostler", "Esq", "Maeve O’Rell"]),
    ("Sen. Ada Korvin, a Republican, voted.", ["Ada Korvin"]),
    ("nobody is named here.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_names_are_found(text: str, names: list[str]) -> None:
    """Names come in order, without titles, possessive endings and words that only begin a sentence."""
    assert [name.text for name in find_names(text)] == names


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_names_stand_where_they_say(text: str, names: list[str]) -> None:
    """The place of a name holds its words."""
    found = find_names(text)
    assert len(found) == len(names)
    assert all(name.span.of(text).split() == list(name.words) for name in found)


HELD = [
    ("Belgian Foreign Minister Ada Korvin spoke.", ("foreign", "minister"), "BE"),
    ("Ada Korvin, the Belgian foreign minister, spoke.", ("foreign", "minister"), "BE"),
    ("Halvoran Foreign Secretary Ada Korvin spoke.", ("foreign", "minister"), "halvoran"),
    ("Gov. Ada Korvin spoke.", ("governor",), None),
    ("Army spokeswoman Ada Korvin spoke.", ("spokesman",), None),
]


@pytest.mark.parametrize(("text", "common", "place"), HELD)
def test_names_carry_their_roles(text: str, common: tuple[str, ...], place: str | None) -> None:
    """A title before a name and an apposition after it say what somebody is and where."""
    (name,) = (name for name in find_names(text) if name.text == "Ada Korvin")
    (role,) = name.roles
    assert (role.common, role.place) == (common, place)
    assert name.kind is ActorKind.PERSON


@pytest.mark.parametrize(
    ("phrase", "common"),
    [
        ("the Kremlin’s top diplomat", ("foreign", "minister")),
        ("US Secretary of State", ("foreign", "minister")),
        ("the premier", ("prime", "minister")),
        ("deputy finance minister", ("deputy", "finance", "minister")),
        ("the bridge", None),
        ("", None),
    ],
)
def test_roles_have_a_common_form(phrase: str, common: tuple[str, ...] | None) -> None:
    """Synonyms of an office meet in one form; words that name no office give no role."""
    role = role_of(phrase.split(), lexicon())
    assert (role and role.common) == common


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Ostrovsky", "Sergey Ostrovskiy"),
        ("Ostrovsky", "Ostrovskyy"),
        ("Nadim al-Zahrun", "Nadim Zahrun"),
        ("Nadim Al Zahrun", "Nadim El-Zahrun"),
        ("Éva Mårn", "Eva Marn"),
        ("Maeve O’Rell", "Maeve O'Rell"),
        ("Jean-Marc Ostler", "Jean Marc Ostler"),
        ("J.R. Ostler", "J. R. Ostler"),
        ("Yusuf Khadar", "Yousuf Hadar"),
        ("Schalin", "Shalin"),
        ("ADA KORVIN", "Ada Korvin"),
    ],
)
def test_spellings_of_a_name_meet(one: str, other: str) -> None:
    """Accents, articles, hyphens, case and the usual ways of writing one sound in English do not part a name."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lund", "Lind"),
        ("Ada Korvin", "Ida Korvin"),
        ("Tal", "Tall"),
        ("Al", ""),
        ("Marn", "Maren"),
        ("Ostler", "Oster"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    """Names that only look alike are not folded into one."""
    assert folded(one) != folded(other)
