"""Reads whole reports and readings back out of their rows."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select
from sqlalchemy.engine import Row as ResultRow

from onrecord.domain.report import Report
from onrecord.domain.statement import Reading
from onrecord.errors import RecordError
from onrecord.storage.cells import Row
from onrecord.storage.packing import PackedReading, PackedReport, unpack_original, unpack_reading, unpack_report
from onrecord.storage.tables import actors, blocks, dropped, originals, readings, reports, statements

__all__ = [
    "UNREADABLE",
    "fetch_original",
    "fetch_reading",
    "fetch_report",
    "load_reading",
    "load_report",
    "plain_row",
    "readable",
]

# What unpacking raises at rows that somebody else wrote.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError, zlib.error)

# Made once: SQLAlchemy takes longer to build a statement than SQLite to run it.
_SELECT = {
    reports: select(reports).where(reports.c.id == bindparam("name")),
    originals: select(originals).where(originals.c.digest == bindparam("name")),
    blocks: select(blocks).where(blocks.c.report_id == bindparam("name")).order_by(blocks.c.position),
    dropped: select(dropped).where(dropped.c.report_id == bindparam("name")).order_by(dropped.c.position),
    readings: select(readings).where(readings.c.report_id == bindparam("name"), readings.c.superseded_at.is_(None)),
    actors: select(actors).where(actors.c.reading_id == bindparam("name")).order_by(actors.c.position),
    statements: select(statements).where(statements.c.reading_id == bindparam("name")).order_by(statements.c.position),
}


@contextmanager
def readable(where: str) -> Iterator[None]:
    """Turn what unpacking raises at damaged rows into an error that says which thing is damaged."""
    try:
        yield
    except UNREADABLE as error:
        raise RecordError(f"{where} is damaged in the record: `onrecord check` tells more") from error


def plain_row(row: ResultRow[*tuple[Any, ...]]) -> Row:
    """Return a row of the database as a dict, without the database's own number of it."""
    plain = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name
    plain.pop("number", None)
    return plain


def _rows(connection: Connection, table: Table, name: str) -> list[Row]:
    return [plain_row(row) for row in connection.execute(_SELECT[table], {"name": name})]


def fetch_report(connection: Connection, report_id: str) -> PackedReport:
    """Return the rows of a report that is there; its own one with `added_at` and `seal`."""
    return PackedReport(
        row=_rows(connection, reports, report_id)[0],
        blocks=_rows(connection, blocks, report_id),
        dropped=_rows(connection, dropped, report_id),
    )


def fetch_original(connection: Connection, digest: str) -> Row | None:
    """Return the row of original bytes."""
    rows = _rows(connection, originals, digest)
    return rows[0] if rows else None


def fetch_reading(connection: Connection, report_id: str) -> PackedReading | None:
    """Return the rows of the reading that stands for a report; its own one with its times and `seal`."""
    rows = _rows(connection, readings, report_id)
    if not rows:
        return None
    reading_id = rows[0]["id"]
    return PackedReading(
        row=rows[0],
        actors=_rows(connection, actors, reading_id),
        statements=_rows(connection, statements, reading_id),
    )


def load_report(connection: Connection, report_id: str) -> Report:
    """Return a report that is there, whole.

    Raises:
        RecordError: its rows are damaged.
    """
    with readable(report_id):
        packed = fetch_report(connection, report_id)
        original = fetch_original(connection, packed.row["bytes_digest"])
        if original is None:
            raise ValueError("no original")
        return unpack_report(packed, unpack_original(original))


def load_reading(connection: Connection, report_id: str) -> Reading:
    """Return the reading of a report that is there.

    Raises:
        RecordError: its rows are damaged.
    """
    with readable(report_id):
        packed = fetch_reading(connection, report_id)
        if packed is None:
            raise ValueError("no reading")
        return unpack_reading(packed)
