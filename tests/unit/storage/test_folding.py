"""Words as searches compare them."""

import pytest

from onrecord.storage.folding import folded_words, search_column, storable


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Éva al-Ørsted", ["eva", "al", "orsted"]),
        ("e\u0301va", ["eva"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("O’Brin’s 100%", ["o", "brin", "s", "100"]),
        ("Łódź İzmir", ["lodz", "izmir"]),
        ("Ель ель", ["ель", "ель"]),
        ("% ' \x00 -", []),
    ],
)
def test_folding(text: str, words: list[str]) -> None:
    """Case, accents, strokes and punctuation do not count."""
    assert folded_words(text) == words


def test_search_column_frames_every_word() -> None:
    """Each word stands once, between spaces."""
    assert search_column("Tolva Brin", "Minister Brin") == " tolva brin minister "
    assert search_column("…") == ""


def test_storable_spells_out_what_utf8_cannot_hold() -> None:
    """Half a surrogate pair, as a file name can bring it, becomes its own escape; all else stays."""
    assert storable("b\udce9d ✓") == "b\\udce9d ✓"
