"""Printing of listings. What a report says is hostile: no control character of it reaches a terminal or spreadsheet."""

import csv
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord.cli.options import Format

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["console", "emit", "print_json", "shortened", "visible"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def visible(text: str) -> str:
    """Return `text` on one line, with everything that could steer a terminal replaced by a mark.

    Control characters, lone surrogates, and the marks that turn the direction of writing around.
    """
    folded = " ".join(text.split())
    return "".join("�" if unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} or c in _TURNING else c for c in folded)


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def shortened(text: str, width: int) -> str:
    """Return `visible(text)` cut to `width` terminal cells, with … where something was cut."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - loads with the tables only

    shown = visible(text)
    return shown if cell_len(shown) <= width else set_cell_size(shown, max(width - 1, 0)).rstrip() + "…"


def console(*, stderr: bool = False) -> "Console":
    """Return where to print: 80 columns unless a terminal says otherwise, no markup read out of texts."""
    from rich.console import Console  # noqa: PLC0415

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)


def print_json(value: Any) -> None:
    """Print one JSON value; characters beyond ASCII that a terminal may not show are escaped where they must be."""
    try:
        line = json.dumps(value, ensure_ascii=False)
        line.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        line = json.dumps(value, ensure_ascii=True)
    sys.stdout.write(line + "\n")


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"  # a spreadsheet would run it
    return value


def _flat(shape: Mapping[str, Any]) -> dict[str, Any]:
    """Return a listing's shape as one row of cells: a speaker becomes its name and its actor's id."""
    row = dict(shape)
    if "speaker" in row:
        speaker = row.pop("speaker") or {}
        row |= {"speaker": speaker.get("name"), "actor": speaker.get("actor")}
    return {name: _cell(value) for name, value in row.items()}


_T = TypeVar("_T")


def emit(
    rows: Iterable[_T], shape: Callable[[_T], dict[str, Any]], form: Format, table: Callable[[Iterator[_T]], None]
) -> None:
    """Print a listing in the form asked for; only a JSON array and a table need more than one row at a time."""
    if form is Format.TABLE:
        table(iter(rows))
    elif form is Format.JSONL:
        for row in rows:
            print_json(shape(row))
    elif form is Format.JSON:
        print_json([shape(row) for row in rows])
    else:
        writer: csv.DictWriter[str] | None = None
        for row in rows:
            cells = _flat(shape(row))
            if writer is None:
                writer = csv.DictWriter(sys.stdout, list(cells))
                writer.writeheader()
            writer.writerow(cells)
