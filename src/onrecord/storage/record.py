"""A record in an SQL database: every verb of `protocol.Record`, in statements that any dialect takes."""

from collections.abc import Iterator
from types import TracebackType
from typing import Self

from sqlalchemy import ColumnElement, Connection, Table, func, select, true

from onrecord.domain.ids import ReadingId, ReportId
from onrecord.domain.report import Failure, Report
from onrecord.domain.statement import Reading
from onrecord.errors import UsageError
from onrecord.storage import listing, lookup, writing
from onrecord.storage.audit import check_record, digest_record
from onrecord.storage.folding import storable
from onrecord.storage.loading import load_reading, load_report
from onrecord.storage.query import ActorQuery, ReportQuery, StatementQuery
from onrecord.storage.rows import ActorRow, Counts, FailureRow, Found, Hit, Problem, ReportRow, StatementRow, Thing
from onrecord.storage.sqlite import SqliteDatabase
from onrecord.storage.tables import actors, failures, readings, reports, statements

__all__ = ["SqlRecord"]


class SqlRecord:
    """The record behind an opened database whose tables are up to date."""

    def __init__(self, database: SqliteDatabase) -> None:
        """Take over `database`; closing the record closes it."""
        self._database = database

    def holds(self, reading_id: ReadingId) -> bool:
        """Whether this reading is the one that stands for its report."""
        with self._database.reading() as connection:
            stands = (readings.c.id == storable(reading_id)) & readings.c.superseded_at.is_(None)
            return connection.execute(select(readings.c.id).where(stands)).first() is not None

    def text_digest(self, report_id: ReportId) -> str | None:
        """Return the SHA-256 of the stored text (UTF-8), None where the report is unknown."""
        with self._database.reading() as connection:
            stored = writing.stored_report(connection, report_id)
            return stored.text_digest if stored else None

    def put(self, report: Report, reading: Reading, *, added_at: str) -> bool:
        """Store a report with what was read out of it; return False where the record holds that reading already."""
        entry = writing.entry_of(report, reading)
        with self._database.writing() as connection:
            return writing.write_entry(connection, entry, added_at)

    def put_again(self, report_id: ReportId, *, key: str, added_at: str) -> None:
        """Note that the input `key` gave a stored report again."""
        with self._database.writing() as connection:
            stored = writing.stored_report(connection, report_id)
            if stored is None:
                raise UsageError(f"there is no report {report_id} in the record")
            writing.write_key(connection, stored, storable(key), added_at)

    def put_failure(self, failure: Failure, *, added_at: str) -> bool:
        """Store that an input gave no report; return False where the same failure of the same key is known."""
        with self._database.writing() as connection:
            return writing.write_failure(connection, failure, added_at)

    def reports(self, query: ReportQuery | None = None) -> Iterator[ReportRow]:
        """List reports by date (unknown last), then key."""
        return listing.reports_of(self._database, query or ReportQuery())

    def statements(self, query: StatementQuery | None = None) -> Iterator[StatementRow]:
        """List statements by date of report (unknown last), then report, then place in the text."""
        return listing.statements_of(self._database, query or StatementQuery())

    def actors(self, query: ActorQuery | None = None) -> Iterator[ActorRow]:
        """List actors, those with most statements first."""
        return listing.actors_of(self._database, query or ActorQuery())

    def failures(self) -> Iterator[FailureRow]:
        """List the inputs that gave no report, by key."""
        return listing.failures_of(self._database)

    def search(self, words: str, *, limit: int = 20) -> Iterator[Hit]:
        """Find reports, then statements, that hold all of `words`."""
        return listing.hits_of(self._database, words, limit)

    def find(self, words: str) -> Found:
        """Tell what an id, the beginning of an id, or an input's key stands for."""
        with self._database.reading() as connection:
            return lookup.find(connection, words)

    def report(self, which: str) -> Report:
        """Return a whole report by its id, the beginning of it, or a key."""
        with self._database.reading() as connection:
            return load_report(connection, lookup.find(connection, which, Thing.REPORT).id)

    def reading_of(self, which: str) -> Reading:
        """Return the reading that stands for a report."""
        with self._database.reading() as connection:
            return load_reading(connection, lookup.find(connection, which, Thing.REPORT).id)

    def statement(self, which: str) -> StatementRow:
        """Return one statement by its id or the beginning of it."""
        with self._database.reading() as connection:
            return listing.statement_at(connection, lookup.find(connection, which, Thing.STATEMENT).id)

    def actor(self, which: str) -> ActorRow:
        """Return one actor by its id or the beginning of it."""
        with self._database.reading() as connection:
            found = lookup.find(connection, which, Thing.ACTOR).id
        return next(self.actors(ActorQuery(actor=found)))

    def counts(self) -> Counts:
        """Count what the record holds."""
        with self._database.reading() as connection:
            return Counts(
                reports=_count(connection, reports),
                statements=_count(connection, statements),
                nested=_count(connection, statements, statements.c.parent_id.is_not(None)),
                actors=connection.execute(select(func.count(actors.c.actor_id.distinct()))).scalar_one(),
                failures=_count(connection, failures),
                superseded_readings=_count(connection, readings, readings.c.superseded_at.is_not(None)),
            )

    def digest(self) -> str:
        """Return a SHA-256 over all content, whatever the order and the time of adding."""
        return digest_record(self._database)

    def check(self) -> Iterator[Problem]:
        """Prove the record sound: yield everything in it that does not hold."""
        return check_record(self._database)

    def close(self) -> None:
        """Let go of the record."""
        self._database.close()

    def __enter__(self) -> Self:
        """Return the record itself."""
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the record."""
        self.close()


def _count(connection: Connection, table: Table, condition: ColumnElement[bool] | None = None) -> int:
    rows = select(func.count()).select_from(table).where(true() if condition is None else condition)
    return connection.execute(rows).scalar_one()
