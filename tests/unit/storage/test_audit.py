"""Whatever is changed behind the record's back, `check` says so."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import Column, Float, Integer, LargeBinary, Table

from onrecord.errors import RecordError
from onrecord.storage import open_record
from onrecord.storage.tables import metadata

TABLES = [pytest.param(table, id=table.name) for table in metadata.sorted_tables]


def _tamper(path: Path, *sql: str) -> None:
    with closing(sqlite3.connect(path)) as driver:
        for line in sql:
            driver.execute(line)
        driver.commit()


def _problems(path: Path) -> list[str]:
    with open_record(path) as record:
        return [f"{problem.where}: {problem.what}" for problem in record.check()]


def _changed(column: Column[object]) -> str:
    if isinstance(column.type, Float):
        return f'coalesce("{column.name}" / 2, 0.1)'
    if isinstance(column.type, Integer):
        return f'"{column.name}" + 100'
    if isinstance(column.type, LargeBinary):
        return "zeroblob(20)"
    return f"coalesce(\"{column.name}\", '') || 'x'"


def _unseen(path: Path, table: Table, row: str, value: Callable[[Column[object]], str]) -> list[str]:
    """Change one column of one row after the other, put each back, and return those whose change `check` missed."""
    missed = []
    with open_record(path) as record, closing(sqlite3.connect(path, isolation_level=None)) as driver:
        (number,) = driver.execute(f"SELECT {row}(rowid) FROM {table.name}").fetchone()  # noqa: S608 - a table of ours
        for column in table.columns:
            if column.name == "number":  # the database's own: no content, and the search tables follow it
                continue
            cell = f'UPDATE {table.name} SET "{column.name}" = {{}} WHERE rowid = {number}'  # noqa: S608
            select = f'SELECT "{column.name}" FROM {table.name} WHERE rowid = {number}'  # noqa: S608
            (before,) = driver.execute(select).fetchone()
            with suppress(sqlite3.IntegrityError):  # what the database itself refuses cannot be stored
                driver.execute(cell.format(value(column)))
                if not list(record.check()):
                    missed.append(column.name)
            driver.execute(cell.format("?"), (before,))
        assert list(record.check()) == []
    return missed


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("row", ["min", "max"])
def test_changed_cell_is_found(filled: Path, table: Table, row: str) -> None:
    """A change of any column of a row of any table is found."""
    assert _unseen(filled, table, row, _changed) == []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("value", ["x'ff00'", "CAST(x'ff' AS TEXT)", "'[[1]]'", "-1"])
def test_nonsense_in_a_cell_is_found(filled: Path, table: Table, value: str) -> None:
    """Bytes that are no text, JSON of another shape and senseless numbers give problems, never a traceback."""
    assert _unseen(filled, table, "min", lambda _: value) == []


@pytest.mark.parametrize("table", ["originals", "reports", "blocks", "dropped", "readings", "actors", "statements"])
def test_deleted_row_is_found(filled: Path, table: str) -> None:
    """A row that is taken away leaves a seal broken or an orphan."""
    _tamper(filled, f"DELETE FROM {table} WHERE rowid = (SELECT min(rowid) FROM {table})")  # noqa: S608 - names above
    assert _problems(filled)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "INSERT INTO statement_search (statement_search, rowid, content_words) VALUES ('delete', 1, 'harbour')",
            "does not agree",
        ),
        ("INSERT INTO report_search (rowid, title, text) VALUES (99, 'x', 'y')", "does not agree"),
        ("DROP TRIGGER report_search_update", "the trigger is missing"),
        ("DROP VIEW statement_view", "the view is missing"),
        ("INSERT INTO originals VALUES ('00', 1, x'00')", "no report"),
        ("UPDATE readings SET superseded_at = '2031-01-01' WHERE superseded_at IS NULL", "no reading stands"),
        (
            "UPDATE statements SET content_words = 'Nothing.' WHERE content_words LIKE '%open%'",
            "content_words disagree",
        ),
        ("UPDATE readings SET extractor = 'x' WHERE superseded_at IS NOT NULL", "by this extractor"),
        ("UPDATE readings SET superseded_at = '2031-01-01' WHERE superseded_at IS NOT NULL", "the seal is broken"),
        ("UPDATE reports SET text = replace(text, 'open', 'shut')", "is not what stands in the original"),
        ("UPDATE reports SET title = 'Other'", "the seal is broken"),
        ("UPDATE reports SET segments = '[]'", "the seal is broken"),
        ("UPDATE reports SET encoding = 'zip'", "cannot be decoded"),
        ("UPDATE reports SET published = '2031-02-31'", "is no date"),
        ("UPDATE failures SET added_at = 'soon'", "is no time"),
    ],
)
def test_problem_is_named(filled: Path, sql: str, said: str) -> None:
    """The problem says what does not hold."""
    _tamper(filled, sql)
    assert any(said in problem for problem in _problems(filled)), _problems(filled)


def test_edits_in_other_tools_keep_the_search_in_step(filled: Path) -> None:
    """The search tables follow whoever writes; the seal tells of the change."""
    _tamper(filled, "UPDATE reports SET title = 'Zeppelin'")
    with open_record(filled) as record:
        assert [hit.report for hit in record.search("zeppelin")] == ["one.txt", "two.txt"]
    assert not any("agree with what it indexes" in problem for problem in _problems(filled))


def test_damaged_rows_are_errors_in_listings(filled: Path) -> None:
    """Reading a damaged row is a RecordError that names it and the command that tells more."""
    _tamper(filled, "UPDATE statements SET content = 'x'", "UPDATE reports SET published_precision = 'x'")
    with open_record(filled) as record:
        for read in (
            lambda: list(record.statements()),
            lambda: list(record.reports()),
            lambda: record.report("one.txt"),
            lambda: record.reading_of("one.txt"),
        ):
            with pytest.raises(RecordError, match="onrecord check"):
                read()


def test_view_joins_what_people_look_for(filled: Path) -> None:
    """The file opened in another tool shows statements with report, outlet, date and speaker."""
    with closing(sqlite3.connect(filled)) as driver:
        driver.row_factory = sqlite3.Row
        rows = driver.execute("SELECT * FROM statement_view WHERE report = 'one.txt' ORDER BY content_spans").fetchall()
    assert {(row["outlet"], row["published"]) for row in rows} == {("The Quay", "2031-05-06")}
    assert {row["speaker"] for row in rows} == {"Éva Marn-Ørsted", "Tolva Brin"}
    assert "the harbour would stay open" in {row["content"] for row in rows}
    assert sum(row["nested_in"] is not None for row in rows) == 1
