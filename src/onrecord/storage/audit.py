"""Proves a record sound, and sums it up in one digest.

Every report and reading is built anew from its rows, asked what must hold of it, and packed again: the rows that come
out must be the rows that are there, so that no column says anything but what text, spans and values say.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from onrecord.domain.ids import digest
from onrecord.domain.report import Failure, FailureReason, Report
from onrecord.domain.statement import Extractor, Reading
from onrecord.errors import RecordError
from onrecord.storage.cells import Row, canonical, sealed
from onrecord.storage.loading import UNREADABLE, fetch_original, fetch_reading, fetch_report, plain_row
from onrecord.storage.packing import (
    pack_failure,
    pack_reading,
    pack_report,
    unpack_original,
    unpack_reading,
    unpack_report,
)
from onrecord.storage.rows import Problem
from onrecord.storage.soundness import faults_of_reading, faults_of_report
from onrecord.storage.sqlite import SqliteDatabase
from onrecord.storage.tables import actors, also_given_as, failures, originals, readings, reports, statements

__all__ = ["check_record", "digest_record"]

_BOOKKEEPING = {"seal", "added_at", "superseded_at"}
_DAMAGED = (*UNREADABLE, SQLAlchemyError)
_SUPERSEDED = (
    select(readings, reports.c.text_digest)
    .join_from(readings, reports, readings.c.report_id == reports.c.id)
    .where(readings.c.superseded_at.is_not(None))
    .order_by(readings.c.id)
)
_KEYS = select(also_given_as).order_by(also_given_as.c.report_id, also_given_as.c.key)
_FAILURES = select(failures).order_by(failures.c.id)


def check_record(database: SqliteDatabase) -> Iterator[Problem]:
    """Yield everything that does not hold in the record."""
    try:
        yield from database.problems()
        with database.reading() as connection:
            for report_id in connection.execute(select(reports.c.id).order_by(reports.c.id)).scalars():
                yield from _guarded(report_id, _problems_of_report(connection, report_id))
            for name in connection.execute(select(originals.c.digest).order_by(originals.c.digest)).scalars():
                yield from _guarded(name, _problems_of_original(connection, name))
            for row in map(plain_row, connection.execute(_SUPERSEDED)):
                yield from _guarded(row["id"], _problems_of_superseded(connection, row))
            for row in map(plain_row, connection.execute(_KEYS)):
                yield from _guarded(row["report_id"], _wrong_seal(row["report_id"], row))
            for row in map(plain_row, connection.execute(_FAILURES)):
                yield from _guarded(row["id"], _problems_of_failure(row))
    except RecordError as error:
        if database.is_closed:
            raise
        yield Problem(where=database.path.name, what=f"the record cannot be checked to its end: {error}")


def _guarded(where: object, problems: Iterator[Problem]) -> Iterator[Problem]:
    """Make one more problem of what reading a damaged row raises, so that the audit goes on with the next."""
    try:
        yield from problems
    except _DAMAGED as error:
        yield Problem(where=str(where), what=f"its rows cannot be read: {error}")


def _problems_of_report(connection: Connection, report_id: str) -> Iterator[Problem]:
    packed = fetch_report(connection, report_id)
    original = fetch_original(connection, packed.row["bytes_digest"])
    if original is None:
        yield Problem(where=report_id, what="the original bytes are not there")
        return
    report = unpack_report(packed, unpack_original(original))
    for where, what in faults_of_report(report):
        yield Problem(where=where, what=what)
    again = pack_report(report)
    yield from _differences(report_id, [packed.row], [again.row])
    yield from _differences(report_id, packed.blocks, again.blocks)
    yield from _differences(report_id, packed.dropped, again.dropped)
    yield from _wrong_seal(report_id, packed.row, *packed.blocks, *packed.dropped)
    yield from _problems_of_reading(connection, report)


def _problems_of_reading(connection: Connection, report: Report) -> Iterator[Problem]:
    packed = fetch_reading(connection, report.id)
    if packed is None:
        yield Problem(where=report.id, what="no reading stands for the report")
        return
    reading = unpack_reading(packed)
    yield from _wrong_seal(reading.id, packed.row, *packed.actors, *packed.statements)
    faults = [Problem(where=where, what=what) for where, what in faults_of_reading(report, reading)]
    yield from faults
    if not faults:  # spans outside the text have no words to compare
        again = pack_reading(reading, report.text)
        yield from _differences(reading.id, packed.actors, again.actors)
        yield from _differences(reading.id, packed.statements, again.statements)


def _differences(where: str, stored: Sequence[Row], again: Sequence[Row]) -> Iterator[Problem]:
    """Yield the columns that do not hold what they would if the same value were stored now."""
    if len(stored) != len(again):
        yield Problem(where=where, what=f"{len(stored)} rows are stored where {len(again)} belong")
        return
    for old, new in zip(stored, again, strict=True):
        columns = [name for name in new if old.get(name) != new[name]]
        if columns:
            what = f"{', '.join(columns)} disagree with the stored text or with the rest of the row"
            yield Problem(where=str(new.get("id") or new.get("actor_id") or where), what=what)


def _wrong_seal(where: str, row: Row, *belonging: Row) -> Iterator[Problem]:
    bare = {name: value for name, value in row.items() if name != "seal"}
    if sealed(bare, *belonging)["seal"] != row["seal"]:
        yield Problem(where=where, what="the seal is broken: something of it was changed after it was stored")
    for name in ("added_at", "superseded_at"):
        if row.get(name) is not None and not _is_time(row[name]):
            yield Problem(where=where, what=f"{name} is no time: {row[name]!r}")


def _is_time(value: object) -> bool:
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _problems_of_original(connection: Connection, name: str) -> Iterator[Problem]:
    row = fetch_original(connection, name) or {}
    data = unpack_original(row)
    if digest(data) != name or len(data) != row["size"]:
        yield Problem(where=name, what="the original bytes are not those of their digest and size")
    if connection.execute(select(reports.c.id).where(reports.c.bytes_digest == name)).first() is None:
        yield Problem(where=name, what="the original bytes belong to no report")


def _problems_of_superseded(connection: Connection, row: Row) -> Iterator[Problem]:
    text_digest = row.pop("text_digest")
    extractor = Extractor(name=row["extractor"], model_digest=row["model_digest"])
    if Reading.id_of(text_digest, row["report_id"], extractor) != row["id"]:
        yield Problem(where=row["id"], what="the id is not that of a reading of this text by this extractor")
    yield from _wrong_seal(row["id"], row)
    for table in (statements, actors):
        left = select(table.c.reading_id).where(table.c.reading_id == row["id"])
        if connection.execute(left).first() is not None:
            yield Problem(where=row["id"], what=f"the reading is superseded and still has {table.name}")


def _problems_of_failure(row: Row) -> Iterator[Problem]:
    yield from _wrong_seal(row["id"], row)
    failure = Failure(key=row["key"], reason=FailureReason(row["reason"]), detail=row["detail"])
    yield from _differences(row["id"], [row], [pack_failure(failure, row["added_at"])])


def digest_record(database: SqliteDatabase) -> str:
    """Return a SHA-256 over all content, free of times, of the database's own numbers and of the order of adding."""
    total = hashlib.sha256()
    with database.reading() as connection:
        for report_id in connection.execute(select(reports.c.id).order_by(reports.c.id)).scalars():
            report, reading = fetch_report(connection, report_id), fetch_reading(connection, report_id)
            further = select(also_given_as.c.key).where(also_given_as.c.report_id == report_id)
            keys = sorted([report.row["key"], *connection.execute(further).scalars()])
            original = fetch_original(connection, report.row["bytes_digest"])
            rows = [_content(report.row) | {"key": keys}, *report.blocks, *report.dropped]
            rows.append({"original": digest(unpack_original(original)) if original else None})
            if reading is not None:
                rows += [_content(reading.row), *reading.actors, *reading.statements]
            total.update(canonical(rows))
        for found in connection.execute(_FAILURES):
            total.update(canonical([_content(plain_row(found))]))
    return total.hexdigest()


def _content(row: Mapping[str, Any]) -> Row:
    return {name: value for name, value in row.items() if name not in _BOOKKEEPING}
