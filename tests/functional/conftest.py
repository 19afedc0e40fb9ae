"""A record of the example reports, made once."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from commandline import EXAMPLES, ROOT, Ran, process


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """Return a record of `examples/reports` and what the command that made it said."""
    path = tmp_path_factory.mktemp("made") / "record.db"
    return path, process("add", EXAMPLES, "--record", path)


@pytest.fixture(scope="session")
def kept(made: tuple[Path, Ran]) -> Path:
    """Return a record of `examples/reports`, to be read only."""
    path, ran = made
    assert ran.status == 0, ran.err
    return path


@pytest.fixture
def copy(kept: Path, tmp_path: Path) -> Path:
    """Return a copy of it that a test may change."""
    return Path(shutil.copy(kept, tmp_path / "record.db"))


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work in the project's folder, on a screen of 80 columns, with no record of the tester's own."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("ONRECORD_RECORD", raising=False)
    before = Path.cwd()
    os.chdir(ROOT)
    yield
    os.chdir(before)
