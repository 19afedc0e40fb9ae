"""SQLite keeps a record as every backend must."""

from pathlib import Path

from onrecord.storage import Record, open_record
from onrecord.testing import RecordConformance


class TestSqliteRecord(RecordConformance):
    """The published suite, over one SQLite file."""

    def open_record(self, folder: Path) -> Record:
        """Return the record in the folder's one file."""
        return open_record(folder / "record.db")
