"""Printing of listings. What a report says is hostile: no control character of it reaches a terminal or spreadsheet."""

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord.cli.options import Format

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["console", "emit", "print_json", "shortened", "visible"]

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\n")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
# What JSON leaves as it is: the control characters from 7f on, line separators, and the marks that turn writing around.
_STEERING = re.compile(f"[\x7f-\x9f\u2028\u2029{''.join(_TURNING)}]")


def _steers(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} or character in _TURNING


def _marked(text: str, *, but: str = "") -> str:
    """Replace control characters, lone surrogates, unassigned characters and turning marks, except those in `but`."""
    return "".join("�" if _steers(c) and c not in but else c for c in text)


def visible(text: str) -> str:
    """Return `text` on one line, with everything that could steer a terminal replaced by a mark.

    Control characters, lone surrogates, and the marks that turn the direction of writing around.
    """
    return _marked(" ".join(text.split()))


def shortened(text: str, width: int) -> str:
    """Return `visible(text)` cut to `width` terminal cells, with … where something was cut."""
    from rich.cells import cell_len, set_cell_size

    shown = visible(text)
    return shown if cell_len(shown) <= width else set_cell_size(shown, max(width - 1, 0)).rstrip() + "…"


def console(*, stderr: bool = False) -> "Console":
    """Return where to print: 80 columns unless a terminal says otherwise, no markup read out of texts."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)


def print_json(value: Any) -> None:
    """Print one JSON value; what could steer a terminal, or what it cannot show, is escaped and so not lost."""
    try:
        line = json.dumps(value, ensure_ascii=False)
        line.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        line = json.dumps(value, ensure_ascii=True)
    sys.stdout.write(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", line) + "\n")


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str):
        return value
    shown = _marked(value.replace("\r\n", "\n"), but="\t\n")
    return f"'{shown}" if shown.startswith(_FORMULA_STARTS) else shown  # a spreadsheet would run it


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
