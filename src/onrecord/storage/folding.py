"""Words as they are compared in searches: without case, accents and punctuation."""

import re
import unicodedata
from functools import lru_cache

__all__ = ["folded_words", "plain_words", "search_column", "storable"]

_WORD = re.compile(r"\w+")
# Letters that people type without their stroke or ligature and that Unicode does not take apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def plain_words(text: str) -> list[str]:
    """Return the words of `text` as they stand there."""
    return _WORD.findall(text)


def folded_words(text: str) -> list[str]:
    """Return the words of `text`, lower case and bare of accents: `Éva al-Ørsted` gives eva, al, orsted."""
    if text.isascii():
        return _WORD.findall(text.lower())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    lower = unicodedata.normalize("NFKD", bare.casefold()).translate(_LETTERS)
    return _WORD.findall("".join(c for c in lower if not unicodedata.combining(c)))


@lru_cache(maxsize=10_000)  # the same names come again and again
def search_column(*names: str) -> str:
    """Return the folded words of all `names`, each once, with a space before and after every one.

    In this form `LIKE '% word %'` finds whole words in any database.
    """
    words = dict.fromkeys(word for name in names for word in folded_words(name))
    return f" {' '.join(words)} " if words else ""


def storable(key: str) -> str:
    r"""Return `key` with what UTF-8 cannot hold spelt out: a file name's stray byte 0xE9 becomes `\udce9`."""
    return key.encode("utf-8", "backslashreplace").decode("utf-8")
