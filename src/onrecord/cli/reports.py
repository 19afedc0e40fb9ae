"""`onrecord reports`: what is in the record."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import (
    About,
    Format,
    FormatOption,
    KindOption,
    Limit,
    Outlet,
    RecordOption,
    Since,
    Speaker,
    Until,
    opened,
)
from onrecord.cli.printing import console, emit, shortened, visible
from onrecord.cli.statements import file_name

if TYPE_CHECKING:
    from onrecord.storage import FailureRow, ReportRow

__all__ = ["reports"]


def reports(
    *,
    speaker: Speaker = None,
    about: About = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    kind: KindOption = None,
    limit: Limit = None,
    failed: Annotated[bool, typer.Option("--failed", help="List the inputs that gave no report, and why.")] = False,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
) -> None:
    """List reports, oldest first; or the inputs that gave none."""
    from onrecord.exports.shapes import failure_shape, report_shape
    from onrecord.storage import ReportQuery

    query = ReportQuery(speaker=speaker, about=about, outlet=outlet, since=since, until=until, kind=kind, limit=limit)
    with opened(record) as kept:
        if failed:
            emit(kept.failures(), failure_shape, form, _print_failures)
        else:
            emit(kept.reports(query), report_shape, form, _print_reports)


def _print_reports(rows: "Iterator[ReportRow]") -> None:
    from rich.table import Table

    out = console()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("date", "outlet", "title", "said", "id"):
        table.add_column(name, no_wrap=True, justify="right" if name == "said" else "left")
    titles = max(out.width - 50, 20)
    for row in rows:
        name = row.title or file_name(row.report)
        table.add_row(
            (row.published or "undated")[:10],
            shortened(row.outlet or "", 16),
            shortened(name, titles),
            str(row.statements),
            row.report_id[:10],
        )
    out.print(table)
    typer.echo(f"{table.row_count:,} report{'' if table.row_count == 1 else 's'}", err=True)


def _print_failures(rows: "Iterator[FailureRow]") -> None:
    for row in rows:
        typer.echo(f"{visible(row.key)}\n    {row.reason.value}: {visible(row.detail)}")
