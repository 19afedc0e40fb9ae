"""Options of the commands, and what is said when they are wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from onrecord._version import __version__
from onrecord.cli import run
from onrecord.cli.extract import exit_status
from onrecord.cli.options import opened
from onrecord.errors import RecordMissing
from onrecord.settings import Settings
from onrecord.storage import open_record
from onrecord.testing import TIME, sample_reading, sample_report

COMMANDS = ("add", "extract", "reports", "statements", "actors", "show", "search", "check")


@pytest.mark.parametrize(
    "arguments",
    [
        ["unheard-of"],
        ["statements", "--format", "xml"],
        ["statements", "--kind", "shouted"],
        ["statements", "--limit", "-1"],
        ["statements", "--limit", "many"],
        ["statements", "--unheard-of"],
        ["add"],
        ["add", "--jobs", "0", "x.txt"],
        ["extract", "--jobs", "1000", "x.txt"],
        ["show"],
    ],
)
def test_wrong_usage_ends_with_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call whose words are off ends with status 2 and a reason on standard error; nothing is printed or made."""
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err
    assert "Traceback" not in printed.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command has help with its options, and `-h` is the same."""
    assert run([command, "--help"]) == 0
    explained = capsys.readouterr().out
    assert "Usage:" in explained
    assert run([command, "-h"]) == 0
    assert capsys.readouterr().out == explained


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints the name and the version and does nothing else."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"onrecord {__version__}\n"


@pytest.mark.parametrize(
    "command", [["statements"], ["reports"], ["actors"], ["search", "ferry"], ["show", "r-1"], ["check"]]
)
def test_a_missing_record_is_said(
    command: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a record nothing can be done: status 4, the place on standard error, and none is made."""
    monkeypatch.setenv("ONRECORD_RECORD", str(tmp_path / "none.db"))
    assert run(command) == 4
    printed = capsys.readouterr()
    assert printed.out == ""
    assert str(tmp_path / "none.db") in printed.err
    assert list(tmp_path.iterdir()) == []


def test_what_is_complained_of_is_harmless(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A path with control characters does not reach the terminal as it is, not even in a complaint."""
    assert run(["check", "--record", str(tmp_path / "a\x1b[31m\nb.db")]) == 4
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(("done", "failed", "status"), [(0, 0, 0), (3, 0, 0), (3, 1, 3), (0, 1, 4)])
def test_status_tells_how_much_was_done(done: int, failed: int, status: int) -> None:
    """0: nothing failed; 3: some inputs failed; 4: all did."""
    assert exit_status(done, failed) == status


@pytest.mark.parametrize(
    ("environment", "record", "model"),
    [
        ({}, "record.db", None),
        ({"ONRECORD_RECORD": "", "ONRECORD_MODEL": ""}, "record.db", None),
        ({"ONRECORD_RECORD": "a.db", "ONRECORD_MODEL": "m"}, "a.db", "m"),
        ({"RECORD": "a.db"}, "record.db", None),
    ],
)
def test_settings_come_from_the_environment(environment: dict[str, str], record: str, model: str | None) -> None:
    """A variable sets its setting; an empty one, or none, leaves the default."""
    assert Settings.from_environment(environment) == Settings(record=record, model=model)


def test_an_option_goes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is the one that the option names, else that of the environment."""
    report = sample_report()
    with open_record(tmp_path / "one.db") as one, open_record(tmp_path / "other.db"):
        one.put(report, sample_reading(report), added_at=TIME)
    monkeypatch.setenv("ONRECORD_RECORD", str(tmp_path / "other.db"))
    with opened(str(tmp_path / "one.db")) as record:
        assert record.counts().reports == 1
    with opened(None) as record:
        assert record.counts().reports == 0
    with pytest.raises(RecordMissing):
        opened(str(tmp_path / "third.db"))


def test_help_loads_no_heavy_library() -> None:
    """Parsing the command line imports neither the database's, the model's nor the tables' libraries."""
    heavy = "{'sqlalchemy', 'alembic', 'numpy', 'onnxruntime', 'tokenizers', 'lxml', 'trafilatura'}"
    script = f"import sys, onrecord.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
