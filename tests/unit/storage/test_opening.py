"""Opening a record: what is made, what is refused, and how it is said."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from onrecord.errors import RecordError, RecordForeign, RecordMissing, UsageError
from onrecord.storage import open_record
from onrecord.storage.migrations import upgrade
from onrecord.storage.sqlite import APPLICATION_ID, SqliteDatabase
from onrecord.storage.tables import REVISIONS, metadata


def test_missing_record_is_made_only_when_asked(path: Path) -> None:
    """Where there is none, `create` decides; nothing is left behind by a refusal."""
    with pytest.raises(RecordMissing, match="no record at"):
        open_record(path, create=False)
    assert not path.exists()
    open_record(path).close()
    open_record(path, create=False).close()


def test_empty_file_becomes_a_record(path: Path) -> None:
    """An empty file, as a killed process may leave it, is no record yet and can become one."""
    path.touch()
    with pytest.raises(RecordMissing):
        open_record(path, create=False)
    open_record(path).close()


@pytest.mark.parametrize("make", ["text", "other database", "newer", "no revision"])
def test_foreign_files_are_refused_and_left_alone(path: Path, make: str) -> None:
    """A file that is no record, or a newer one, is refused and not changed by a byte."""
    if make == "text":
        path.write_bytes(b"Tolva Brin said nothing.\n" * 100)
    else:
        if make in {"newer", "no revision"}:
            open_record(path).close()
        with closing(sqlite3.connect(path)) as driver:
            sql = {
                "other database": "CREATE TABLE boats (name)",
                "newer": "UPDATE alembic_version SET version_num = '9999'",
                "no revision": "DROP TABLE alembic_version",
            }
            driver.execute(sql[make])
            driver.commit()
    before = path.read_bytes()
    with pytest.raises(RecordForeign, match="newer onrecord" if make == "newer" else "not"):
        open_record(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("place", "error", "said"),
    [
        (".", RecordError, "is a folder"),
        ("no/such/folder/record.db", RecordError, "does not exist"),
        ("nul\x00byte", RecordError, "no record at"),
        ("/dev/null", RecordError, "not a regular file"),
    ],
)
def test_places_that_cannot_hold_a_record(tmp_path: Path, place: str, error: type[Exception], said: str) -> None:
    """A place where no record can be is named in the error."""
    with pytest.raises(error, match=said):
        open_record(tmp_path / place)


@pytest.mark.parametrize("url", ["postgresql://host/name", "sqlite:///", "http://x/record.db", "://"])
def test_unknown_urls_are_wrong_usage(url: str) -> None:
    """Only paths and sqlite:/// URLs are known."""
    with pytest.raises(UsageError, match="sqlite:///"):
        open_record(url)


@pytest.mark.parametrize("name", ["a b?c#d%20.db", "file:odd.db", ":memory:", "naïve'\".db"])
def test_odd_names_are_plain_files(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No character of a path means anything to the database: the file has that very name."""
    monkeypatch.chdir(tmp_path)
    open_record(name).close()
    open_record(f"sqlite:///{name}", create=False).close()
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_damaged_file_is_named(filled: Path) -> None:
    """A file whose pages are damaged gives a RecordError or a problem, never a traceback of the database."""
    data = bytearray(filled.read_bytes())
    data[8192:-4096] = b"\xff" * (len(data) - 12288)
    filled.write_bytes(data)

    def use() -> None:
        with open_record(filled) as record:
            assert list(record.check())
            list(record.statements())

    with pytest.raises(RecordError):
        use()


def test_migrations_make_the_tables_that_the_code_expects(path: Path, tmp_path: Path) -> None:
    """The migrated file and the tables of the code have the same columns, constraints and indexes."""
    open_record(path).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'direct.db'}")
    metadata.create_all(engine)
    engine.dispose()

    def objects(file: Path) -> dict[str, str]:
        with closing(sqlite3.connect(file)) as driver:
            rows = driver.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        return {name: " ".join(sorted(sql.replace(",", " ").split())) for name, sql in rows}

    migrated, direct = objects(path), objects(tmp_path / "direct.db")
    assert {name: migrated.get(name) for name in direct} == direct
    extra = {name for name in set(migrated) - set(direct) if not name.startswith(("report_search", "statement_search"))}
    assert extra == {"alembic_version", "statement_view"}


def test_the_file_says_what_it_is(path: Path) -> None:
    """The file carries onrecord's application id, the newest revision, and write-ahead logging."""
    open_record(path).close()
    with closing(sqlite3.connect(path)) as driver:
        assert driver.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert driver.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert driver.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISIONS[-1],)]


def test_upgrading_an_up_to_date_record_changes_nothing(filled: Path) -> None:
    """The upgrade is a no-op on the newest revision, so that two processes can both ask for it."""
    with open_record(filled) as record:
        before = record.digest()
        database = SqliteDatabase(filled, busy_seconds=1)
        with database.writing() as connection:
            upgrade(connection)
        database.close()
        assert record.digest() == before


def test_opening_an_existing_record_is_fast_and_loads_no_alembic(filled: Path) -> None:
    """Alembic is loaded only where tables have to be made."""
    code = (
        "import sys, time; from onrecord.storage import open_record; began = time.process_time();"
        f"open_record({str(filled)!r}).close(); print(time.process_time() - began, 'alembic' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert said[1] == "False"
    assert float(said[0]) < 0.15, "0.01 s of processor time were measured"


def test_second_writer_waits_and_then_says_so(filled: Path) -> None:
    """A locked record is waited for as long as asked; then the error names the file."""
    with open_record(filled, busy_seconds=0.3) as record, closing(sqlite3.connect(filled)) as driver:
        driver.execute("BEGIN IMMEDIATE")
        report = record.report("one.txt")
        began = time.monotonic()
        with pytest.raises(RecordError, match="another process is writing"):
            record.put_again(report.id, key="new.txt", added_at="2031-01-01T00:00:00+00:00")
        assert 0.2 < time.monotonic() - began < 5
        assert record.counts().reports == 2, "readers are not kept waiting"
        driver.execute("ROLLBACK")
        record.put_again(report.id, key="new.txt", added_at="2031-01-01T00:00:00+00:00")
        assert next(iter(record.reports())).also_given_as == ("new.txt",)
