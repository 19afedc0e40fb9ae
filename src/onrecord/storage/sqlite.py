"""All that is particular to SQLite: opening a file, its transactions, its full-text search, its own checks.

Write-ahead logging lets others read while one writes; a writer asks for the lock at once (`BEGIN IMMEDIATE`), because
a transaction that begins by reading cannot wait for it (https://www.sqlite.org/isolation.html).
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    ColumnElement,
    Connection,
    Float,
    Integer,
    Select,
    Text,
    UnaryExpression,
    create_engine,
    event,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.sql.operators import custom_op

from onrecord.errors import RecordError, RecordForeign
from onrecord.storage.folding import plain_words
from onrecord.storage.rows import Problem

__all__ = ["APPLICATION_ID", "OBJECTS", "SqliteDatabase"]

APPLICATION_ID = 0x6F6E7263  # "onrc", in the file's header: https://www.sqlite.org/fileformat2.html#application_id
OBJECTS = {
    "statement_view": "view",
    "report_search": "table",
    "statement_search": "table",
    **{
        f"{name}_search_{verb}": "trigger"
        for name in ("report", "statement")
        for verb in ("insert", "delete", "update")
    },
}
_MODE = "onrecord_begin"
_SNIPPET_WORDS = 24
_PAGES_BETWEEN_CHECKPOINTS = 4_000  # of 4 KiB: index pages that change with every report are copied back less often


class SqliteDatabase:
    """One SQLite file."""

    def __init__(self, path: Path, *, busy_seconds: float) -> None:
        """Prepare to open `path`; a locked file is waited for `busy_seconds`."""
        self.path = path
        self._busy_seconds = busy_seconds
        self._closed = False
        self._open: set[Connection] = set()
        self._engine = create_engine(
            URL.create("sqlite+pysqlite", database=str(path)), connect_args={"timeout": busy_seconds}, max_overflow=-1
        )
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a transaction that sees one unchanging state of the record."""
        return self._transaction("BEGIN")

    def writing(self) -> AbstractContextManager[Connection]:
        """Open a transaction that writes: kept whole at its end, undone by an exception."""
        return self._transaction("BEGIN IMMEDIATE")

    @contextmanager
    def _transaction(self, mode: str) -> Iterator[Connection]:
        if self._closed:
            raise RecordError(f"the record {self.path} is closed")
        try:
            with self._engine.connect().execution_options(**{_MODE: mode}) as connection:
                self._open.add(connection)
                try:
                    with connection.begin():
                        yield connection
                finally:
                    self._open.discard(connection)
        except SQLAlchemyError as error:
            raise self._explained(error) from error

    def _explained(self, error: SQLAlchemyError) -> RecordError:
        """Return what went wrong in words for the person who waits for it."""
        if self._closed:
            return RecordError(f"the record {self.path} was closed while it was being read")
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, sqlite3.DatabaseError) and "not a database" in str(cause):
            return RecordForeign(f"{self.path} is no record: it is not an SQLite file")
        if isinstance(cause, sqlite3.OperationalError) and "locked" in str(cause):
            return RecordError(
                f"another process is writing to {self.path} and did not finish in {self._busy_seconds:g} s: try again"
            )
        return RecordError(f"the record {self.path} cannot be used: {cause}")

    def close(self) -> None:
        """Close every connection, those that a listing still holds too."""
        self._closed = True
        for connection in list(self._open):
            with suppress(SQLAlchemyError):
                connection.close()
        self._engine.dispose()

    def identity(self) -> tuple[int, bool, str | None]:
        """Return the file's application id, whether it holds nothing at all, and the revision of its tables."""
        with self.reading() as connection:
            application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            names = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
            revision = None
            if "alembic_version" in names:
                revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return application, not names and not application, revision

    def use_write_ahead_log(self) -> None:
        """Switch the file to write-ahead logging, for which SQLite does not wait by itself."""
        deadline = time.monotonic() + self._busy_seconds
        while True:
            try:
                with self._engine.connect() as connection:
                    driver: Any = connection.connection.dbapi_connection
                    mode = driver.execute("PRAGMA journal_mode=WAL").fetchone()[0]
            except sqlite3.OperationalError as error:
                if time.monotonic() > deadline or "locked" not in str(error):
                    raise RecordError(f"the record {self.path} cannot be used: {error}") from error
                time.sleep(0.02)
                continue
            except SQLAlchemyError as error:
                raise self._explained(error) from error
            if mode != "wal":
                raise RecordError(
                    f"the file system of {self.path} does not allow write-ahead logging: use a local disk"
                )
            return

    @staticmethod
    def read_reports_first(report_id: ColumnElement[str]) -> ColumnElement[str]:
        """Return a report's id in a form that SQLite does not look up.

        Joined on it, a listing of everything goes through the reports in their order and takes the statements of
        each, and streams; left to itself, SQLite sorts the whole table first.
        """
        return UnaryExpression(report_id, operator=custom_op("+"), type_=report_id.type)

    def statements_about(self, words: str, number: ColumnElement[int]) -> ColumnElement[bool]:
        """Say that the content of the statement with this `number` holds all of `words`."""
        return _matches("statement_search", words, number, column="content_words")

    def reports_about(self, words: str, number: ColumnElement[int]) -> ColumnElement[bool]:
        """Say that title or text of the report with this `number` hold all of `words`."""
        return _matches("report_search", words, number)

    def best_reports(self, words: str, limit: int) -> Select[int, str] | None:
        """Select number and surrounding words of the reports that hold all of `words`, best first."""
        return _best("report_search", words, limit)

    def best_statements(self, words: str, limit: int) -> Select[int, str] | None:
        """Select number and words of the statements that hold all of `words` in speaker or content, best first."""
        return _best("statement_search", words, limit)

    def problems(self) -> Iterator[Problem]:
        """Yield what SQLite itself finds wrong: pages, foreign keys, search tables, missing triggers."""
        with self.reading() as connection:
            objects = connection.exec_driver_sql("SELECT name, type FROM sqlite_master")
            there = {row.name: row.type for row in objects}
            for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
                if line != "ok":
                    yield Problem(where=self.path.name, what=f"SQLite finds the file damaged: {line}")
            for child, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
                yield Problem(where=f"{child} row {row}", what=f"the row belongs to one of {parent} that is not there")
        for name, kind in OBJECTS.items():
            if there.get(name) != kind:
                yield Problem(where=name, what=f"the {kind} is missing")
        for name in ("report_search", "statement_search"):
            if name in there and not self._search_is_in_step(name):
                yield Problem(where=name, what="the search table does not agree with what it indexes")

    def _search_is_in_step(self, name: str) -> bool:
        """Whether a search table holds exactly the words of the table that it indexes.

        SQLite takes the question as an insert and so needs the writing lock; nothing is written.
        """
        with self.writing() as connection:
            try:
                connection.exec_driver_sql(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - a constant
            except DBAPIError as error:
                if isinstance(error.orig, sqlite3.DatabaseError) and "malformed" in str(error.orig):
                    return False
                raise
        return True


def _prepare(driver: sqlite3.Connection, _record: object) -> None:
    driver.isolation_level = None  # transactions are begun by `_begin`, not guessed by the driver
    for pragma in ("foreign_keys=ON", "synchronous=NORMAL", f"wal_autocheckpoint={_PAGES_BETWEEN_CHECKPOINTS}"):
        driver.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_MODE, "BEGIN"))


def _expression(words: str, column: str | None = None) -> str | None:
    """Return an FTS5 expression that asks for all of `words`, None where there is no word.

    Each word is quoted, and as a word holds no quote mark, nothing that a person types can be an operator.
    """
    quoted = " ".join(f'"{word}"' for word in plain_words(words))
    if not quoted:
        return None
    return f"{column} : ({quoted})" if column else quoted


def _matches(name: str, words: str, number: ColumnElement[int], *, column: str | None = None) -> ColumnElement[bool]:
    expression = _expression(words, column)
    if expression is None:
        return false()
    search = table(name, Column("rowid", Integer))
    return number.in_(select(search.c.rowid).where(literal_column(name, Text).op("MATCH")(expression)))


def _best(name: str, words: str, limit: int) -> Select[int, str] | None:
    expression = _expression(words)
    if expression is None:
        return None
    search = table(name, Column("rowid", Integer), Column("rank", Float))
    column = literal_column(name, Text)
    around = func.snippet(column, -1, literal(""), literal(""), literal(" … "), _SNIPPET_WORDS, type_=Text)
    chosen = select(search.c.rowid, around).where(column.op("MATCH")(expression))
    return chosen.order_by(search.c.rank, search.c.rowid).limit(limit)
