"""A small record of invented reports."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.domain.report import Failure, FailureReason
from onrecord.domain.statement import Extractor
from onrecord.storage import Record, open_record
from onrecord.testing import TIME, sample_reading, sample_report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the record of the test lies."""
    return tmp_path / "record.db"


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    """Return a new, empty record."""
    with open_record(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed record that has something in every table, a superseded reading too."""
    made = tmp_path_factory.mktemp("template") / "record.db"
    with open_record(made) as opened:
        for line, key in (("One.", "one.txt"), ("Two.", "two.txt")):
            report = sample_report(line, key=key, title=f"Title {line}", outlet="The Quay", published="2031-05-06")
            reading = sample_reading(report)
            opened.put(report, reading, added_at=TIME)
        newer = sample_reading(report, extractor=Extractor(name="hand.v2", model_digest="1" * 64))
        opened.put(report, newer, added_at=TIME)
        opened.put_again(report.id, key="three.txt", added_at=TIME)
        opened.put_failure(Failure(key="x.txt", reason=FailureReason.EMPTY, detail="It is empty."), added_at=TIME)
        assert list(opened.check()) == []
    return made


@pytest.fixture
def filled(template: Path, path: Path) -> Path:
    """Return a copy of the template: a closed record that the test may spoil."""
    shutil.copy(template, path)
    return path
