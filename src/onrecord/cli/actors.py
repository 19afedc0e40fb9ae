"""`onrecord actors`: who speaks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

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
from onrecord.cli.printing import console, emit, shortened

if TYPE_CHECKING:
    from onrecord.storage import ActorRow

__all__ = ["actors"]


def actors(
    *,
    speaker: Speaker = None,
    about: About = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    kind: KindOption = None,
    limit: Limit = None,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
) -> None:
    """List the actors who speak, those with most statements first."""
    from onrecord.exports.shapes import actor_shape
    from onrecord.storage import ActorQuery

    query = ActorQuery(speaker=speaker, about=about, outlet=outlet, since=since, until=until, kind=kind, limit=limit)
    with opened(record) as kept:
        emit(kept.actors(query), actor_shape, form, _print_actors)


def _print_actors(rows: "Iterator[ActorRow]") -> None:
    from rich.table import Table

    out = console()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("said", "reports", "kind", "name", "also", "id"):
        table.add_column(name, no_wrap=True, justify="right" if name in {"said", "reports"} else "left")
    width = max(out.width - 42, 20)
    for row in rows:
        also = ", ".join(name for name in row.names if name != row.name)
        table.add_row(
            str(row.statements),
            str(row.reports),
            row.kind.value,
            shortened(row.name, width * 3 // 5),
            shortened(also, width * 2 // 5),
            row.id[:10],
        )
    out.print(table)
