"""How much of an input is read before it is refused."""

from dataclasses import dataclass

__all__ = ["DEFAULT", "Limits"]

_MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds that keep a hostile or damaged input from taking the machine.

    A packed file is a bomb when it unpacks to more than `ratio` times its size and either one document in it is over
    `page_bytes` or more than `ratio_from` bytes have come out; small files may be as repetitive as they like.
    """

    page_bytes: int = 20 * _MB  # one document: a page, a text, a JSONL line; unpacked
    unpacked_bytes: int = 20_000 * _MB  # all that one packed file may unpack to
    ratio: int = 300
    ratio_from: int = 64 * _MB
    depth: int = 500  # open elements of an HTML page; browsers stop at 512
    parts: int = 100_000  # elements of one page, lines of one text; the largest of 200 real pages has 6,100
    elements: int = 15_000  # tags of an HTML page that the main-text extractor is asked to weigh


DEFAULT = Limits()
