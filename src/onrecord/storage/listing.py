"""Listings: rows that stream out of one state of the record, for as long as somebody takes them."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, select

from onrecord.domain.ids import ActorId, ReportId, StatementId
from onrecord.domain.report import FailureReason, Precision
from onrecord.domain.statement import ActorKind, Kind
from onrecord.errors import UsageError
from onrecord.storage.cells import Row, spans_of
from onrecord.storage.filters import named, report_conditions, statement_conditions
from onrecord.storage.loading import plain_row, readable
from onrecord.storage.packing import speaker_of
from onrecord.storage.query import ActorQuery, Query, ReportQuery, StatementQuery
from onrecord.storage.rows import ActorRow, FailureRow, Hit, ReportRow, StatementRow, Thing
from onrecord.storage.sqlite import SqliteDatabase
from onrecord.storage.tables import actors, also_given_as, date_order, failures, readings, reports, statements

__all__ = ["actors_of", "failures_of", "hits_of", "reports_of", "statement_at", "statements_of"]

_BATCH = 500
_MOST = 2**63 - 1  # what SQL takes as a limit
_REPORT_ORDER = (date_order, reports.c.key, reports.c.id)
_OF_REPORT = (
    reports.c.key,
    reports.c.title,
    reports.c.outlet,
    reports.c.published,
    reports.c.published_precision,
)


def _cut(rows: Select[*tuple[Any, ...]], query: Query) -> Select[*tuple[Any, ...]]:
    if query.limit is None and not query.offset:
        return rows
    return rows.limit(_MOST if query.limit is None else min(query.limit, _MOST)).offset(min(query.offset, _MOST))


def _batches(connection: Connection, rows: Select[*tuple[Any, ...]]) -> Iterator[list[Row]]:
    for batch in connection.execution_options(yield_per=_BATCH).execute(rows).partitions():
        yield [plain_row(row) for row in batch]


def _precision(row: Row) -> Precision | None:
    value = row["published_precision"]
    return None if value is None else Precision(value)


def statements_of(database: SqliteDatabase, query: StatementQuery) -> Iterator[StatementRow]:
    """Yield statements by date of report (unknown last), then report, then place in the text."""
    few = any(value is not None for value in (query.speaker, query.actor, query.about, query.report))
    report_id = reports.c.id if few else database.read_reports_first(reports.c.id)
    rows = _statement_rows(report_id).where(*report_conditions(query), *statement_conditions(query))
    if query.about is not None:
        rows = rows.where(database.statements_about(query.about, statements.c.number))
    rows = rows.order_by(*_REPORT_ORDER, statements.c.start_offset, statements.c.position)
    with database.reading() as connection:
        for batch in _batches(connection, _cut(rows, query)):
            yield from map(_statement_row, batch)


def statement_at(connection: Connection, statement_id: str) -> StatementRow:
    """Return one statement that is there."""
    rows = _statement_rows().where(statements.c.id == statement_id)
    return _statement_row(plain_row(connection.execute(rows).one()))


def _statement_rows(report_id: ColumnElement[str] = reports.c.id) -> Select[*tuple[Any, ...]]:
    return select(statements, *_OF_REPORT).join_from(statements, reports, statements.c.report_id == report_id)


def _statement_row(row: Row) -> StatementRow:
    with readable(row["id"]):
        return StatementRow(
            id=StatementId(row["id"]),
            report=row["key"],
            report_id=ReportId(row["report_id"]),
            outlet=row["outlet"],
            title=row["title"],
            published=row["published"],
            published_precision=_precision(row),
            speaker=speaker_of(row),
            kind=Kind(row["kind"]),
            confidence=row["confidence"],
            source=spans_of(row["source"]),
            source_words=row["source_words"],
            cue=spans_of(row["cue"]),
            cue_words=row["cue_words"],
            content=spans_of(row["content"]),
            content_words=row["content_words"],
            parent=None if row["parent_id"] is None else StatementId(row["parent_id"]),
        )


def reports_of(database: SqliteDatabase, query: ReportQuery) -> Iterator[ReportRow]:
    """Yield reports by date (unknown last), then key."""
    ours = statements.c.report_id == reports.c.id
    count = select(func.count()).where(ours).select_from(statements).scalar_subquery().label("statements")
    columns = (reports.c.id, *_OF_REPORT, reports.c.language, reports.c.url, reports.c.added_at, count)
    rows = select(*columns).where(*report_conditions(query))
    if query.about is not None:
        rows = rows.where(database.reports_about(query.about, reports.c.number))
    asked = list(statement_conditions(query))
    if asked:
        rows = rows.where(exists(select(statements.c.id).where(ours, *asked).correlate(reports)))
    with database.reading() as connection:
        for batch in _batches(connection, _cut(rows.order_by(*_REPORT_ORDER), query)):
            further = _further_keys(connection, [row["id"] for row in batch])
            for row in batch:
                yield _report_row(row, further.get(row["id"], ()))


def _further_keys(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    columns = (also_given_as.c.report_id, also_given_as.c.key)
    keys: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(select(*columns).where(columns[0].in_(ids)).order_by(columns[1])):
        keys[row.report_id] = (*keys.get(row.report_id, ()), row.key)
    return keys


def _report_row(row: Row, further: tuple[str, ...]) -> ReportRow:
    with readable(row["id"]):
        return ReportRow(
            report_id=ReportId(row["id"]),
            report=row["key"],
            also_given_as=further,
            title=row["title"],
            outlet=row["outlet"],
            published=row["published"],
            published_precision=_precision(row),
            language=row["language"],
            url=row["url"],
            statements=row["statements"],
            added_at=row["added_at"],
        )


def actors_of(database: SqliteDatabase, query: ActorQuery) -> Iterator[ActorRow]:
    """Yield actors over all reports, those with most statements first."""
    total = func.count(statements.c.id).label("statements")
    own = and_(statements.c.reading_id == actors.c.reading_id, statements.c.speaker_actor == actors.c.actor_id)
    rows = (
        select(actors.c.actor_id, total, func.count(reports.c.id.distinct()).label("reports"))
        .join_from(actors, readings, readings.c.id == actors.c.reading_id)
        .join(reports, reports.c.id == readings.c.report_id)
        .outerjoin(statements, own)
        .where(*report_conditions(query), *statement_conditions(replace(query, speaker=None, actor=None)))
    )
    for words in (query.speaker, query.actor):
        if words is not None:
            rows = rows.where(named(words, actors.c.actor_id))
    if query.about is not None:
        rows = rows.where(database.statements_about(query.about, statements.c.number))
    rows = rows.group_by(actors.c.actor_id).order_by(total.desc(), actors.c.actor_id)
    with database.reading() as connection:
        for batch in _batches(connection, _cut(rows, query)):
            names = _names_of(connection, [row["actor_id"] for row in batch])
            for row in batch:
                yield _actor_row(row, names[row["actor_id"]])


def _names_of(connection: Connection, ids: Sequence[str]) -> dict[str, list[Row]]:
    columns = (actors.c.actor_id, actors.c.kind, actors.c.name, actors.c.names)
    found: dict[str, list[Row]] = {}
    for row in connection.execute(select(*columns).where(actors.c.actor_id.in_(ids))):
        found.setdefault(row.actor_id, []).append(plain_row(row))
    return found


def _actor_row(row: Row, forms: Sequence[Row]) -> ActorRow:
    with readable(row["actor_id"]):
        names = {form["name"] for form in forms}.union(*(json.loads(form["names"]) for form in forms))
        return ActorRow(
            id=ActorId(row["actor_id"]),
            kind=ActorKind(_commonest([form["kind"] for form in forms])),
            name=_commonest([form["name"] for form in forms]),
            names=tuple(sorted(names, key=lambda name: (-len(name), name))),
            statements=row["statements"],
            reports=row["reports"],
        )


def _commonest(values: Sequence[str]) -> str:
    """Return the commonest value; of several the longest, then the first in the alphabet."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], -len(value), value))


def failures_of(database: SqliteDatabase) -> Iterator[FailureRow]:
    """Yield the inputs that gave no report, by key."""
    rows = select(failures).order_by(failures.c.key, failures.c.reason, failures.c.detail)
    with database.reading() as connection:
        for batch in _batches(connection, rows):
            for row in batch:
                with readable(row["key"]):
                    reason = FailureReason(row["reason"])
                yield FailureRow(key=row["key"], reason=reason, detail=row["detail"], added_at=row["added_at"])


def hits_of(database: SqliteDatabase, words: str, limit: int) -> Iterator[Hit]:
    """Yield reports, then statements, that hold all of `words`, at most `limit` of each, the best first."""
    if limit < 0:
        raise UsageError("limit is not negative")
    limit = min(limit, _MOST)
    best_reports, best_statements = database.best_reports(words, limit), database.best_statements(words, limit)
    if best_reports is None or best_statements is None:
        return
    with database.reading() as connection:
        for number, around in connection.execute(best_reports):
            row = connection.execute(select(reports.c.id, reports.c.key).where(reports.c.number == number)).one()
            yield Hit(thing=Thing.REPORT, id=row.id, report=row.key, report_id=row.id, words=around)
        for number, _ in connection.execute(best_statements):
            found = _statement_rows().where(statements.c.number == number)
            said = _statement_row(plain_row(connection.execute(found).one()))
            yield Hit(
                thing=Thing.STATEMENT,
                id=said.id,
                report=said.report,
                report_id=said.report_id,
                words=said.content_words,
            )
