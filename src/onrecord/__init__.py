"""onrecord: who said what, as which outlet reported it, from conflicting news reports.

`extract(text)` reads one text; `open("record.db")` opens a record. Nothing heavy loads before one of them is called.
"""

from typing import TYPE_CHECKING

from onrecord._version import __version__

if TYPE_CHECKING:
    from onrecord.domain.statement import Reading
    from onrecord.storage import Record

__all__ = ["__version__", "extract", "open"]


def extract(text: str, *, key: str = "text") -> "Reading":
    """Read the statements and their speakers out of one text, which is taken verbatim.

    Args:
        text: any string; the spans of the result are indices into it.
        key: the text's own id, from which the ids of its statements are made.

    Raises:
        ModelError: the shipped model cannot be loaded.
    """
    from onrecord.bootstrap import default_stages
    from onrecord.pipeline import extract_one
    from onrecord.readers import read_text

    return extract_one(default_stages(), read_text(text, key=key))


def open(where: str = "record.db", *, create: bool = False) -> "Record":  # noqa: A001 - onrecord.open is its name
    """Open a record for reading and writing.

    Raises:
        RecordError: there is none (and `create` is false), or it cannot be used.
    """
    from onrecord.bootstrap import open_record

    return open_record(where, create=create)
