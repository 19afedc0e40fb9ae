"""Opens a record: makes a new one, brings an older one up to date, refuses what is none."""

import os
from pathlib import Path

from onrecord.errors import RecordError, RecordForeign, RecordMissing, UsageError
from onrecord.storage.protocol import Record
from onrecord.storage.record import SqlRecord
from onrecord.storage.sqlite import APPLICATION_ID, SqliteDatabase
from onrecord.storage.tables import REVISIONS

__all__ = ["open_record"]

_BUSY_SECONDS = 10.0
_SCHEME = "sqlite:///"


def open_record(location: str | Path, *, create: bool = True, busy_seconds: float = _BUSY_SECONDS) -> Record:
    """Open the record at `location`: a path, or a URL `sqlite:///path`.

    Args:
        location: where it is.
        create: whether to make one where there is none.
        busy_seconds: how long to wait while another process writes.

    Raises:
        RecordMissing: there is none, and `create` is false.
        RecordForeign: the file is no record, or one of a newer onrecord; it is left as it was.
        RecordError: the file cannot be opened, read or written.
        UsageError: the URL is for a database that this onrecord cannot keep records in.
    """
    path = _path_of(location)
    _check_place(path, create=create)
    database = SqliteDatabase(path, busy_seconds=busy_seconds)
    try:
        _bring_up_to_date(database, create=create)
    except BaseException:
        database.close()
        raise
    return SqlRecord(database)


def _path_of(location: str | Path) -> Path:
    if isinstance(location, str) and "://" in location:
        if not location.startswith(_SCHEME) or len(location) == len(_SCHEME):
            scheme = location.partition("://")[0]
            raise UsageError(f"a record is a file or a URL sqlite:///path; {scheme}:// is not known")
        location = location.removeprefix(_SCHEME)
    return Path(location).absolute()


def _check_place(path: Path, *, create: bool) -> None:
    """Raise what SQLite would only call "unable to open database file"."""
    try:
        if path.is_dir():
            raise RecordError(f"{path} is a folder: a record is a file")
        path.lstat()
    except FileNotFoundError:
        there = False
    except (OSError, ValueError) as error:  # a name that is too long, or holds a zero byte
        raise RecordError(f"there can be no record at {str(path)!r}: {error}") from error
    else:
        there = path.exists()
    if not there and not create:
        raise RecordMissing(f"there is no record at {path}: make one with `onrecord add`")
    if there and not path.is_file():
        raise RecordError(f"{path} is not a regular file")
    if not path.parent.is_dir():
        raise RecordError(f"the folder {path.parent} does not exist: make it first")
    for place in (path, path.parent) if there else (path.parent,):
        if not os.access(place, os.R_OK | os.W_OK):
            raise RecordError(f"{place} cannot be written: a record needs its file and its folder writable")


def _bring_up_to_date(database: SqliteDatabase, *, create: bool) -> None:
    application, is_empty, revision = database.identity()
    if is_empty:
        if not create:
            raise RecordMissing(f"{database.path} is an empty file, not a record")
    elif application != APPLICATION_ID or revision is None:
        raise RecordForeign(f"{database.path} is a database of something else, not a record")
    elif revision not in REVISIONS:
        raise RecordForeign(f"{database.path} was written by a newer onrecord (tables {revision}): update this one")
    database.use_write_ahead_log()
    if revision != REVISIONS[-1]:
        # Alembic takes longer to import than all the rest of opening, and is seldom needed.
        from onrecord.storage.migrations import upgrade  # noqa: PLC0415

        with database.writing() as connection:
            upgrade(connection)
