"""Only English is read, and short or uncertain texts are let through."""

import pytest

from onrecord.domain.report import FailureReason
from onrecord.readers.languages import checked_language, language_of
from onrecord.readers.reader import Unfit

FRENCH = "Le ministre a déclaré mardi que le pont serait ouvert l'année prochaine, malgré tout ce que dit l'opposition."
ENGLISH = "The minister said on Tuesday that the bridge would open next year, whatever the opposition says about it."


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (ENGLISH, None, "en"),
        (FRENCH, "en", "en"),
        (FRENCH, "en-GB", "en"),
        ("Bonjour", None, "en"),
        ("123 456", None, "en"),
    ],
)
def test_reads(text: str, declared: str | None, expected: str) -> None:
    """English, what is declared to be, and what is too short to tell are read."""
    assert checked_language(text, declared) == expected


@pytest.mark.parametrize(("text", "declared"), [(FRENCH, None), (ENGLISH, "fr"), (ENGLISH, "")])
def test_refuses(text: str, declared: str | None) -> None:
    """What surely is another language, or is declared to be, is not."""
    with pytest.raises(Unfit) as caught:
        checked_language(text, declared)
    assert caught.value.reason is FailureReason.LANGUAGE


def test_names_other_languages() -> None:
    """The language that is found has its ISO code."""
    assert language_of(FRENCH) == "fr"


def test_the_whole_beginning_counts() -> None:
    """A headline of foreign names does not make an English report foreign: more than its first words counts."""
    headline = "Bürgermeister Jonas Brandt und Ada Lindenau in Oberkirchen an der Lauter: Streit um Brücke. "
    assert language_of(headline) == "de"
    assert checked_language(headline + ENGLISH * 5) == "en"
