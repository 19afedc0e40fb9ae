"""Writes reports, readings and failures, inside a transaction that the caller opens and ends."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, Table, bindparam, select

from onrecord.domain.ids import ReportId
from onrecord.domain.report import Failure, Report
from onrecord.domain.statement import Reading
from onrecord.storage.cells import Row, sealed
from onrecord.storage.folding import storable
from onrecord.storage.loading import plain_row
from onrecord.storage.packing import PackedReading, PackedReport, pack_failure, pack_original, pack_reading, pack_report
from onrecord.storage.soundness import faults_of_reading, faults_of_report
from onrecord.storage.tables import (
    actors,
    also_given_as,
    blocks,
    dropped,
    failures,
    metadata,
    originals,
    readings,
    reports,
    statements,
)

__all__ = ["Entry", "Stored", "entry_of", "stored_report", "write_entry", "write_failure", "write_key"]


# Made once: SQLAlchemy takes longer to build and to recognise a statement than SQLite to run it.
_INSERT = {table: table.insert() for table in metadata.sorted_tables}
_STORED = select(reports.c.key, reports.c.text_digest, reports.c.added_at).where(reports.c.id == bindparam("id"))
_ORIGINAL = select(originals.c.digest).where(originals.c.digest == bindparam("digest"))
_CLEAR = failures.delete().where(failures.c.key == bindparam("key"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A report and its reading, proved sound and ready to be written."""

    report: PackedReport
    reading: PackedReading
    original: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What of a stored report must stay as it is."""

    id: ReportId
    key: str
    text_digest: str
    added_at: str


def entry_of(report: Report, reading: Reading) -> Entry:
    """Return what is to be written of a report and its reading.

    Raises:
        ValueError: they are not sound, or do not fit each other.
    """
    report = replace(report, key=storable(report.key))
    for check in (faults_of_report(report), faults_of_reading(report, reading)):
        for where, what in check:
            raise ValueError(f"{report.key} cannot be stored: {where}: {what}")
    return Entry(
        report=pack_report(report), reading=pack_reading(reading, report.text), original=pack_original(report.original)
    )


def stored_report(connection: Connection, report_id: str) -> Stored | None:
    """Return what must stay of the report with this id, None where there is none."""
    row = connection.execute(_STORED, {"id": storable(report_id)}).first()
    if row is None:
        return None
    return Stored(id=ReportId(report_id), key=row.key, text_digest=row.text_digest, added_at=row.added_at)


def write_entry(connection: Connection, entry: Entry, added_at: str) -> bool:
    """Write a report with its reading; return False where that reading stands already.

    Raises:
        ValueError: the report is stored with another text.
    """
    row = entry.report.row
    stored = stored_report(connection, row["id"])
    if stored is not None:
        if stored.text_digest != row["text_digest"]:
            raise ValueError(
                f"{row['key']} cannot be stored: the same bytes are in the record as {stored.id} ({stored.key}) "
                "with another text, and a stored text never changes"
            )
        write_key(connection, stored, row["key"], added_at)
        if not _supersede(connection, entry.reading.row, added_at):
            return False
    else:
        _clear_failures(connection, row["key"])
    _write_report(connection, entry, stored, added_at)
    _insert(connection, readings, [entry.reading.sealed(added_at)])
    _insert(connection, actors, entry.reading.actors)
    _insert(connection, statements, entry.reading.statements)
    return True


def write_key(connection: Connection, stored: Stored, key: str, added_at: str) -> None:
    """Note that the input `key` gave a stored report."""
    _clear_failures(connection, key)
    same = (also_given_as.c.report_id == stored.id) & (also_given_as.c.key == key)
    if key != stored.key and connection.execute(select(also_given_as.c.key).where(same)).first() is None:
        _insert(connection, also_given_as, [sealed({"report_id": stored.id, "key": key, "added_at": added_at})])


def write_failure(connection: Connection, failure: Failure, added_at: str) -> bool:
    """Write that an input gave no report; return False where that is known."""
    row = pack_failure(failure, added_at)
    if connection.execute(select(failures.c.id).where(failures.c.id == row["id"])).first():
        return False
    _insert(connection, failures, [row])
    return True


def _clear_failures(connection: Connection, key: str) -> None:
    connection.execute(_CLEAR, {"key": key})


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(_INSERT[table], rows)


def _supersede(connection: Connection, new: Row, added_at: str) -> bool:
    """Make room for the reading `new`: of the one that stands, keep only its row; return False where it is `new`."""
    standing = (readings.c.report_id == new["report_id"]) & readings.c.superseded_at.is_(None)
    for old in connection.execute(select(readings).where(standing)).all():
        if old.id == new["id"]:
            return False
        row = plain_row(old) | {"superseded_at": added_at}
        row.pop("seal")
        connection.execute(statements.delete().where(statements.c.reading_id == old.id))
        connection.execute(actors.delete().where(actors.c.reading_id == old.id))
        connection.execute(readings.update().where(readings.c.id == old.id), sealed(row))
    connection.execute(readings.delete().where(readings.c.id == new["id"]))  # it stood before, and stands again
    return True


def _write_report(connection: Connection, entry: Entry, stored: Stored | None, added_at: str) -> None:
    """Write the report's own rows; one that is stored keeps its first key and time, and takes the newer metadata."""
    packed = entry.report
    if connection.execute(_ORIGINAL, {"digest": entry.original["digest"]}).first() is None:
        _insert(connection, originals, [entry.original])
    if stored is None:
        _insert(connection, reports, [packed.sealed(added_at)])
    else:
        packed = replace(packed, row=packed.row | {"key": stored.key})
        for table in (blocks, dropped):
            connection.execute(table.delete().where(table.c.report_id == stored.id))
        connection.execute(reports.update().where(reports.c.id == stored.id), packed.sealed(stored.added_at))
    _insert(connection, blocks, packed.blocks)
    _insert(connection, dropped, packed.dropped)
