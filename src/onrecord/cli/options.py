"""Options that several commands share, and what they turn into."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.domain.statement import Kind
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.storage import Record

__all__ = [
    "About",
    "Format",
    "FormatOption",
    "Inputs",
    "Jobs",
    "JsonOption",
    "KindOption",
    "Limit",
    "MinConfidence",
    "Outlet",
    "RecordOption",
    "Since",
    "Speaker",
    "Until",
    "opened",
]


class Format(StrEnum):
    """How a listing is printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


Inputs = Annotated[
    list[str], typer.Argument(help="Files (text, HTML, JSONL, also .gz and .xz), folders, or - for standard input.")
]
RecordOption = Annotated[
    str | None,
    typer.Option("--record", metavar="PATH", envvar="ONRECORD_RECORD", help="The record.  [default: record.db]"),
]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=256, help="Processes that read statements out of reports.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print the list.")]
Speaker = Annotated[str | None, typer.Option("--speaker", help="Words of a speaker's name, or an actor's id.")]
About = Annotated[str | None, typer.Option("--about", help="Words that must occur.")]
Outlet = Annotated[str | None, typer.Option("--outlet", help="Words of the outlet's name.")]
Since = Annotated[str | None, typer.Option("--since", help="Published then or later: 2017, 2017-11 or 2017-11-16.")]
Until = Annotated[str | None, typer.Option("--until", help="Published then or earlier.")]
KindOption = Annotated[Kind | None, typer.Option("--kind", help="How the words are given.")]
MinConfidence = Annotated[float | None, typer.Option("--min-confidence", help="Leave out what is less sure, 0 to 1.")]
Limit = Annotated[int | None, typer.Option("--limit", min=0, help="At most so many.")]


def opened(where: str | None, *, create: bool = False) -> "Record":
    """Open the record that an option names, or else the one of the settings.

    Raises:
        RecordError: it is not there or cannot be used.
    """
    from onrecord.bootstrap import open_record

    return open_record(where or Settings.from_environment().record, create=create)
