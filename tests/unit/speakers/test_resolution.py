"""Sources to speakers, case by case."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import scene, statement_at

from onrecord.domain.span import Span
from onrecord.domain.statement import ActorKind, Speaker
from onrecord.speakers import RuleResolver
from onrecord.testing import make_report

# Each case: its rule, a report with marked sources, and for each of them the speaker as `_shown` writes it.
NAMES = [
    ("full name", "⟦Ada Korvin⟧ said so.", ["Ada Korvin: name"]),
    ("title before it", "⟦Foreign Minister Ada Korvin⟧ said so.", ["Ada Korvin: name"]),
    ("abbreviated title", "⟦Sen. Ada Korvin⟧ said so.", ["Ada Korvin: name"]),
    ("title of courtesy", "Ada Korvin came. ⟦Ms Korvin⟧ said so.", ["Ada Korvin: part of name"]),
    ("state before the title", "⟦Belgian Prime Minister Ada Korvin⟧ said so.", ["Ada Korvin: name"]),
    ("surname", "Ada Korvin came. ⟦Korvin⟧ said so.", ["Ada Korvin: part of name"]),
    ("surname before the full name", "⟦Korvin⟧ said so.\nAda Korvin spoke.", ["Ada Korvin: part of name"]),
    ("first name", "Ada Korvin came. ⟦Ada⟧ said so.", ["Ada Korvin: part of name"]),
    ("initial", "Ada Korvin came. ⟦A. Korvin⟧ said so.", ["Ada Korvin: part of name"]),
    (
        "middle initial",
        "⟦Ada B. Korvin⟧ spoke. ⟦Ada Korvin⟧ left.",
        ["Ada B. Korvin: name", "Ada B. Korvin: part of name"],
    ),
    (
        "middle name",
        "⟦Ada Lind Korvin⟧ spoke. ⟦Korvin⟧ left.",
        ["Ada Lind Korvin: name", "Ada Lind Korvin: part of name"],
    ),
    ("two surnames", "Ada Lind Korvin came. ⟦Lind Korvin⟧ said so.", ["Ada Lind Korvin: part of name"]),
    ("spelling", "⟦Sergei Ostrovsky⟧ spoke. ⟦Sergey Ostrovskiy⟧ left.", ["Sergey Ostrovskiy: name"] * 2),
    ("accents left out", "Éva Mårn came. ⟦Eva Marn⟧ spoke. ⟦Marn⟧ left.", ["Éva Mårn: name", "Éva Mårn: part of name"]),
    ("possessive", "⟦Ada Korvin’s⟧ view was clear.", ["Ada Korvin: name"]),
    ("particles", "Luis de la Torva came. ⟦De la Torva⟧ said so.", ["Luis de la Torva: part of name"]),
    (
        "Arabic article",
        "⟦Nadim al-Zahrun⟧ spoke. ⟦Zahrun⟧ left.",
        ["Nadim al-Zahrun: name", "Nadim al-Zahrun: part of name"],
    ),
    ("Arabic article alone", "Envoy Nadim al-Zahrun came. ⟦Al-Zahrun⟧ said so.", ["Nadim al-Zahrun: part of name"]),
    ("Dutch particle", "Piet van Oskel came. ⟦Van Oskel⟧ said so.", ["Piet van Oskel: part of name"]),
    ("hyphenated first name", "Jean-Marc Ostler came. ⟦Ostler⟧ said so.", ["Jean-Marc Ostler: part of name"]),
    ("hyphenated surname", "Ada Korvin-Tal came. ⟦Korvin-Tal⟧ said so.", ["Ada Korvin-Tal: part of name"]),
    ("apostrophe", "Maeve O’Rell came. ⟦O’Rell⟧ said so.", ["Maeve O’Rell: part of name"]),
    ("suffix", "Benno Tal Jr. came. ⟦Tal⟧ said so.", ["Benno Tal Jr: part of name"]),
    ("clause after it", "⟦Ada Korvin, who leads the talks,⟧ said so.", ["Ada Korvin: name"]),
    ("role after it", "⟦Ada Korvin, the Norlish foreign minister,⟧ said so.", ["Ada Korvin: name"]),
    ("title-case headline", "⟦Korvin⟧ Sees No Hope For The Bridge\nAda Korvin came.", ["Ada Korvin: part of name"]),
    ("all capitals", "⟦ADA KORVIN⟧ said so.\nAda Korvin left.", ["Ada Korvin: name"]),
    (
        "two of one surname: the nearer before",
        "Ada Korvin came. ⟦Korvin⟧ said so. Piet Korvin came. ⟦Korvin⟧ said so.",
        ["Ada Korvin: part of name", "Piet Korvin: part of name"],
    ),
    (
        "two of one surname: the first name",
        "Ada and Piet Korvin and Ada Korvin came. ⟦Ada Korvin⟧ spoke.",
        ["Ada Korvin: name"],
    ),
]
APPOSITIONS = [
    ("role, then name", "⟦A spokesman for the Brigades, Yoren Dask,⟧ said so.", ["Yoren Dask: apposition"]),
    ("name after the source", "⟦A spokesman for the mayor⟧, Yoren Dask, said so.", ["Yoren Dask: apposition"]),
    ("name with a title", "⟦The head of the mission, Dr Ada Korvin,⟧ said so.", ["Ada Korvin: apposition"]),
    (
        "counterpart",
        "Belgian Minister Ada Tal met her Danish counterpart, Benno Oskel. ⟦Oskel⟧ spoke.",
        ["Benno Oskel: part of name"],
    ),
]
ROLES = [
    ("same words", "Foreign Minister Ada Korvin came. ⟦The foreign minister⟧ spoke.", ["Ada Korvin: role"]),
    ("fewer words", "Foreign Minister Ada Korvin came. ⟦The minister⟧ spoke.", ["Ada Korvin: role"]),
    ("synonym", "Belgian Foreign Minister Ada Korvin came. ⟦Belgium’s top diplomat⟧ spoke.", ["Ada Korvin: role"]),
    (
        "seat's synonym",
        "Russian Foreign Minister Ada Korvin came. ⟦The Kremlin’s top diplomat⟧ spoke.",
        ["Ada Korvin: role"],
    ),
    (
        "state and title",
        "Belgian Foreign Minister Ada Korvin came. ⟦The Belgian Minister⟧ spoke.",
        ["Ada Korvin: role"],
    ),
    (
        "state decides",
        "Belgian Minister Ada Korvin met Danish Minister Benno Tal. ⟦The Belgian minister⟧ and ⟦the Danish minister⟧",
        ["Ada Korvin: role", "Benno Tal: role"],
    ),
    (
        "unknown state decides",
        "Halvoran Minister Ada Korvin met Tamorran Minister Benno Tal. ⟦The Halvoran minister⟧ spoke.",
        ["Ada Korvin: role"],
    ),
    (
        "office decides",
        "President Ada Korvin met Finance Minister Benno Tal. ⟦The president⟧ spoke. ⟦The minister⟧ left.",
        ["Ada Korvin: role", "Benno Tal: role"],
    ),
    ("office in a headline", "⟦Minister⟧ sees no hope\nForeign Minister Ada Korvin came.", ["Ada Korvin: role"]),
    ("role said after the name", "Ada Korvin, the mayor, came. ⟦The mayor⟧ spoke.", ["Ada Korvin: role"]),
    (
        "role of a woman",
        "Ada Oskel, a spokeswoman, met Benno Tal, a spokesman. ⟦The spokeswoman⟧ spoke.",
        ["Ada Oskel: role"],
    ),
    (
        "role of nobody here",
        "Ada Korvin, the mayor, came. ⟦The Danish admiral⟧ spoke.",
        ["The Danish admiral (person)"],
    ),
]
PRONOUNS = [
    ("he", "Mr Benno Tal came. ⟦He⟧ said so.", ["Benno Tal: pronoun"]),
    ("she, past a man", "Ms Ada Korvin met Mr Benno Tal. ⟦She⟧ said so.", ["Ada Korvin: pronoun"]),
    ("he, past a woman", "Mr Benno Tal met Ms Ada Korvin. ⟦He⟧ said so.", ["Benno Tal: pronoun"]),
    (
        "who spoke last",
        "⟦Ada Korvin⟧ said so of Benno Tal. ⟦She⟧ said more.",
        ["Ada Korvin: name", "Ada Korvin: pronoun"],
    ),
    ("relative", "⟦Ada Korvin⟧, ⟦who⟧ leads the talks, said so.", ["Ada Korvin: name", "Ada Korvin: pronoun"]),
    (
        "gender is learnt",
        "⟦Ada Korvin⟧ spoke. ⟦She⟧ left. Benno Tal came. ⟦He⟧ said so. ⟦She⟧ did not.",
        ["Ada Korvin: name", "Ada Korvin: pronoun", "Benno Tal: pronoun", "Ada Korvin: pronoun"],
    ),
    ("they, after a group", "⟦The rebels⟧ spoke. ⟦They⟧ denied it.", ["The rebels (group)", "The rebels: pronoun"]),
    (
        "not a state",
        "Halvoran Minister Ada Korvin came. ⟦Halvora⟧ spoke. ⟦She⟧ left.",
        ["Halvora: name", "Ada Korvin: pronoun"],
    ),
    ("nobody named", "It rained. ⟦He⟧ said so.", ["He (unknown)"]),
    ("nobody near", "Mr Benno Tal came. " + "It rained all day long. " * 150 + "⟦He⟧ said so.", ["He (unknown)"]),
]
OTHERS = [
    ("capital", "⟦Moscow⟧ said so.", ["Russia: metonym"]),
    ("seat of government", "⟦The Kremlin⟧ said so.", ["Russia: metonym"]),
    ("state", "⟦Denmark⟧ said so.", ["Denmark: name"]),
    ("government", "⟦The Danish government⟧ said so.", ["Denmark: metonym"]),
    ("state of no table", "Halvoran Minister Ada Korvin came. ⟦Halvora⟧ said so.", ["Halvora: name"]),
    ("ministry", "⟦Denmark’s foreign ministry⟧ said so.", ["Denmark’s foreign ministry: name"]),
    ("acronym", "⟦ZNAO⟧ said so.", ["ZNAO: name"]),
    ("body", "⟦The Zandar Water Council⟧ said so.", ["Zandar Water Council: name"]),
    ("group", "⟦Rebel officials⟧ denied it.", ["Rebel officials (group)"]),
    ("two together", "⟦Ada Korvin and Benno Tal⟧ said so.", ["Ada Korvin and Benno Tal (group)"]),
    ("somebody unnamed", "⟦A senior official⟧ said so.", ["A senior official (unnamed)"]),
    ("source", "⟦A source close to Ada Korvin⟧ said so.", ["A source close to Ada Korvin (unnamed)"]),
    ("document", "⟦The report⟧ said so.", ["The report (document)"]),
    ("anybody", "⟦Many⟧ said so.", ["Many (unknown)"]),
    ("mark only", "⟦-⟧ said so.", ["- (unknown)"]),
    ("name that is an article", "Al came. ⟦Al⟧ spoke. ⟦Korvin⟧ spoke.", ["Al: name", "Korvin: name"]),
]
CASES = [*NAMES, *APPOSITIONS, *ROLES, *PRONOUNS, *OTHERS]


def _shown(speaker: Speaker | None) -> str:
    """Write a speaker as `name: what showed it`, or `name (kind)` where no actor is known."""
    assert speaker is not None
    return f"{speaker.name}: {speaker.how}" if speaker.how else f"{speaker.name} ({speaker.kind})"


@pytest.mark.parametrize(("marked", "expected"), [pytest.param(c[1], c[2], id=c[0]) for c in CASES])
def test_sources_resolve(marked: str, expected: list[str]) -> None:
    """Each source stands for the speaker that a reader would take it for, or for nobody that is known."""
    assert [_shown(speaker) for speaker in scene(marked).speakers] == expected


KINDS = [
    ("⟦Ada Korvin⟧ said so.", ActorKind.PERSON),
    ("⟦Moscow⟧ said so.", ActorKind.STATE),
    ("Halvoran Minister Ada Korvin came. ⟦Halvora⟧ said so.", ActorKind.STATE),
    ("⟦The Zandar Water Council⟧ said so.", ActorKind.BODY),
    ("⟦Villagers⟧ said so.", ActorKind.GROUP),
    ("⟦A poll⟧ said so.", ActorKind.DOCUMENT),
    ("⟦One doctor⟧ said so.", ActorKind.UNNAMED),
    ("⟦Korvin⟧ said so.", ActorKind.UNKNOWN),
]


@pytest.mark.parametrize(("marked", "kind"), KINDS)
def test_speakers_have_a_kind(marked: str, kind: ActorKind) -> None:
    """What a speaker is, is told by the words; a lone word of which nothing is known stays unknown."""
    (speaker,) = scene(marked).speakers
    assert speaker is not None
    assert speaker.kind is kind


def test_forms_of_a_name_belong_to_one_actor() -> None:
    """Every form under which somebody is named is kept with the actor, the fullest first."""
    found = scene("⟦Minister Ada Korvin⟧ came. ⟦Korvin⟧ said so. ⟦She⟧ and ⟦Benno Tal⟧ agreed.")
    ada, benno = found.actors
    assert [speaker and speaker.actor for speaker in found.speakers] == [ada.id] * 3 + [benno.id]
    assert ada.names == ("Ada Korvin", "Korvin")


def test_spellings_over_reports_belong_to_one_actor() -> None:
    """Two reports that spell a name in two ways speak of the same actor."""
    (first,), (second,) = (scene(f"⟦{name}⟧ said so.").actors for name in ("Sergei Ostrovsky", "Sergey Ostrovskiy"))
    assert first.id == second.id
    assert first.name != second.name


def test_statement_without_source_has_no_speaker() -> None:
    """Where the text names no source, nobody is put into its place."""
    report = make_report("Ada Korvin came. It is said that it rains.")
    ((statement,), actors) = RuleResolver().resolve(report, [statement_at(report, None)])
    assert statement.speaker is None
    assert actors == ()


def test_statements_keep_their_order() -> None:
    """Statements come back as they were given, whatever their order in the text."""
    report = make_report("Ada Korvin spoke. Benno Tal spoke.")
    given_order = [statement_at(report, Span(18, 27)), statement_at(report, Span(0, 10))]
    statements, actors = RuleResolver().resolve(report, given_order)
    assert [s.id for s in statements] == [s.id for s in given_order]
    assert [actor.name for actor in actors] == ["Ada Korvin", "Benno Tal"]


def test_less_certain_ways_are_less_confident() -> None:
    """A name is surer than part of it, and both are surer than a role or a pronoun."""
    found = scene("⟦Minister Ada Korvin⟧ spoke. ⟦Korvin⟧ spoke. ⟦She⟧ spoke. ⟦The minister⟧ spoke. ⟦Nobody⟧ spoke.")
    confidences = [speaker.confidence for speaker in found.speakers if speaker]
    assert confidences == sorted(confidences, reverse=True)
    assert 0 < confidences[-1] < confidences[0] <= 1


HOSTILE = {
    "one long word": "A" * 100_000,
    "spaced capitals": "A " * 50_000,
    "initials": "A." * 50_000,
    "one long name": "Korvin " * 15_000,
    "titles only": "Minister . " * 10_000,
    "possessives": "’s ’s'" * 20_000,
    "particles": "Ada " + "de la " * 15_000,
    "NUL": "Minister Ada\0 Korvin\0 " * 1_000,
    "right to left": "\u202eMinister Ada\u202c Korvin \u0634\u0631\u0642 " * 1_000,
    "marks": "Ada\u0301\u0301\u0301 " * 1_000,
    "lone surrogate": "Minister Ada \udc80Korvin " * 100,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_hostile_texts_take_no_long_time(text: str) -> None:
    """A text that was made to be hard is done in seconds, and its sources still have speakers."""
    report = make_report(text.encode("utf-8", "replace").decode()) if "\udc80" in text else make_report(text)
    report = replace(report, text=text)
    spans = [Span(0, 1), Span(len(text) // 2, len(text) // 2 + 40), Span(len(text) - 1, len(text))]
    started = time.process_time()
    statements, _ = RuleResolver().resolve(report, [statement_at(report, span) for span in spans])
    assert time.process_time() - started < 5
    assert all(s.speaker and s.speaker.mention == s.source for s in statements)


_PIECES = st.sampled_from(
    ["Ada", "Korvin", "al-", "de", "la", "Jr.", "Minister", "the", "The", "minister", "of", "He", "she", "who", "’s",
     "-", ",", ".", " ", " ", " ", "\n", "Moscow", "Danish", "and", "ZNAO", "Al", "A.", "“", "\0", "\u202e", "é", "𝔄"]
)  # fmt: skip
_TEXTS = st.one_of(st.text(min_size=1, max_size=60), st.lists(_PIECES, min_size=1, max_size=40).map("".join))


@given(text=_TEXTS, data=st.data())
def test_any_source_of_any_text_resolves(text: str, data: st.DataObject) -> None:
    """Resolving never raises; mentions lie inside the text; every actor that is spoken for is listed."""
    starts = data.draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=4, unique=True))
    spans = [Span(start, data.draw(st.integers(start + 1, len(text)))) for start in starts]
    report = replace(make_report("text"), text=text)
    statements, actors = RuleResolver().resolve(report, [statement_at(report, span) for span in spans])
    listed = {actor.id for actor in actors}
    for statement in statements:
        assert statement.speaker is not None
        assert 0 < statement.speaker.confidence <= 1
        assert statement.speaker.actor is None or statement.speaker.actor in listed
        for span in statement.speaker.mention:
            span.check(len(text))
