"""Bytes become text by the right encoding or not at all."""

import pytest

from onrecord.domain.report import FailureReason
from onrecord.readers.decoding import decoded
from onrecord.readers.reader import Unfit

WORDS = "The café’s owner said “no” – twice – on Tuesday in Zandar, where naïve visitors had asked him for a résumé."


@pytest.mark.parametrize(
    ("data", "declared", "codec"),
    [
        (WORDS.encode(), None, "utf-8"),
        (WORDS.encode("utf-8-sig"), None, "utf-8-sig"),
        (WORDS.encode("utf-16"), None, "utf-16"),
        (WORDS.encode("utf-32"), None, "utf-32"),
        (
            WORDS.replace("’", "'").replace("“", '"').replace("”", '"').replace("–", "-").encode("utf-16-le"),
            None,
            "utf-16-le",
        ),
        (WORDS.encode("cp1252"), None, "cp1252"),
        (WORDS.encode("cp1252"), "iso-8859-1", "cp1252"),
        (WORDS.encode(), "iso-8859-1", "utf-8"),
    ],
)
def test_reads(data: bytes, declared: str | None, codec: str) -> None:
    """Marks, UTF-8, the declared encoding and plain windows-1252 are read, and the codec gives the text back."""
    text, found = decoded(data, declared)
    assert found == codec
    assert text == data.decode(codec)
    assert "said" in text


@pytest.mark.parametrize(
    ("data", "declared", "reason"),
    [
        (b"", None, FailureReason.EMPTY),
        (b"%PDF-1.7 and so on", None, FailureReason.BINARY),
        (b"\x89PNG\r\n\x1a\n", None, FailureReason.BINARY),
        (b"PK\x03\x04" + b"x" * 50, None, FailureReason.BINARY),
        (b"words and \x00\x00\x00 zeros", None, FailureReason.BINARY),
        (bytes(range(32)) * 20, None, FailureReason.BINARY),
        (WORDS.encode()[:-1] + b"\xe2\x80", None, FailureReason.ENCODING),
        (WORDS.encode().replace("é".encode(), b"\xc3", 1), None, FailureReason.ENCODING),
        (WORDS.encode("cp1252"), "utf-8", FailureReason.ENCODING),
        ("Министр сказал во вторник, что мост откроют.".encode("cp1251"), None, FailureReason.ENCODING),
        (b"The minister said \x81\x8d so", None, FailureReason.ENCODING),
        (b"\xff\xfeT\x00h\x00e", None, FailureReason.ENCODING),
        (b"The minister sat in the caf\xc3", None, FailureReason.ENCODING),
    ],
)
def test_refuses(data: bytes, declared: str | None, reason: FailureReason) -> None:
    """What could become mojibake, or is no text, fails with its reason."""
    with pytest.raises(Unfit) as caught:
        decoded(data, declared)
    assert caught.value.reason is reason
