"""`onrecord statements`: who said what."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from onrecord.cli.options import (
    About,
    Format,
    FormatOption,
    KindOption,
    Limit,
    MinConfidence,
    Outlet,
    RecordOption,
    Since,
    Speaker,
    Until,
    opened,
)
from onrecord.cli.printing import console, emit, shortened

if TYPE_CHECKING:
    from onrecord.storage import StatementRow

__all__ = ["file_name", "print_statements", "statements"]

_INDENT = 12  # the width of a date and a gap
_LINES = 2  # of the content


def statements(
    *,
    speaker: Speaker = None,
    about: About = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    kind: KindOption = None,
    min_confidence: MinConfidence = None,
    limit: Limit = None,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
) -> None:
    """List statements: who said what, as which outlet reported it, oldest first."""
    from onrecord.exports.shapes import statement_shape
    from onrecord.storage import StatementQuery

    query = StatementQuery(
        speaker=speaker,
        about=about,
        outlet=outlet,
        since=since,
        until=until,
        kind=kind,
        min_confidence=min_confidence,
        limit=limit,
    )
    with opened(record) as kept:
        emit(kept.statements(query), statement_shape, form, print_statements)


def print_statements(rows: "Iterator[StatementRow]") -> None:
    """Print two or three lines for each statement: date, outlet, speaker, kind and id; then the cue and the content."""
    from rich.text import Text

    out = console()
    width = max(out.width, 40)
    names = width - _INDENT - len("indirect  s-12345678") - 4
    outlets = max(10, names * 2 // 5)
    count = 0
    for row in rows:
        count += 1
        outlet = shortened(row.outlet or file_name(row.report), outlets)
        speaker = shortened(row.speaker.name if row.speaker else "(no source named)", names - outlets)
        head = Text.assemble(
            (f"{(row.published or 'undated')[:10]:<{_INDENT}}", "dim"),
            _padded(outlet, outlets),
            "  ",
            (_padded(speaker, names - outlets), "bold"),
            "  ",
            f"{row.kind.value:<8}  ",
            (row.id[:10], "cyan"),
        )
        out.print(head, no_wrap=True, overflow="crop")
        cue = shortened(row.cue_words.rstrip(":, "), width // 3)  # nothing is left of a headline's colon
        lead = f"{cue} · " if cue else ""
        first, *rest = _wrapped(lead + row.content_words, width - _INDENT) or [""]
        line = Text.assemble(" " * _INDENT, (first[: len(lead)], "italic"), first[len(lead) :])
        out.print(line, no_wrap=True, overflow="crop")
        for further in rest:
            out.print(" " * _INDENT + further, no_wrap=True, overflow="crop")
    typer.echo(f"{count:,} statement{'' if count == 1 else 's'}", err=True)


def file_name(key: str) -> str:
    """Return the last part of a path or URL, by which a report without a title or outlet is told from others."""
    return key.rstrip("/").rpartition("/")[2]


def _padded(text: str, width: int) -> str:
    from rich.cells import set_cell_size

    return set_cell_size(text, width)


def _wrapped(words: str, width: int) -> list[str]:
    """Return the words on at most `_LINES` lines, cut with … where they are longer."""
    import textwrap

    return textwrap.wrap(shortened(words, width * _LINES - 8), width, max_lines=_LINES, placeholder=" …")
