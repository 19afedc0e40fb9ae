"""A writer that is killed at any moment leaves a sound record."""

import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from onrecord.storage import open_record
from onrecord.testing import sample_reading, sample_report

KILLS = 3

WRITER = textwrap.dedent(
    """
    import sys
    from dataclasses import replace
    from onrecord.domain.report import Failure, FailureReason
    from onrecord.storage import open_record
    from onrecord.testing import TIME, sample_reading, sample_report

    path, start = sys.argv[1], int(sys.argv[2])
    print("ready", flush=True)
    with open_record(path) as record:
        for number in range(start, start + 100_000):
            report = sample_report(f"Line {number}.", key=f"{number}.txt")
            reading = sample_reading(report)
            record.put(report, reading, added_at=TIME)
            print(number, flush=True)
            if number % 3 == 0:
                newer = sample_reading(report, extractor=replace(reading.extractor, name="newer"))
                record.put(report, newer, added_at=TIME)
            record.put_failure(Failure(key=f"{number}.bin", reason=FailureReason.BINARY, detail="."), added_at=TIME)
    """
)


def _write_and_kill(path: Path, start: int, seconds: float) -> list[int]:
    """Let a process write for some time, kill it, and return the numbers that it said were stored."""
    command = [sys.executable, "-c", WRITER, str(path), str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        said = [int(line) for line in writer.stdout.read().split("\n")[:-1]]
        assert writer.stderr.read() == ""
        assert writer.wait() == -signal.SIGKILL
    return said


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the platform has no SIGKILL")
def test_kill_at_any_moment_leaves_a_sound_record(tmp_path: Path) -> None:
    """After every kill all that was said to be stored is there whole, and nothing else is half there."""
    path = tmp_path / "record.db"
    moments = random.Random(20310506)  # noqa: S311 - not a secret
    stored: list[int] = []
    for kill in range(KILLS):
        # The first kill may come while the tables are being made.
        seconds = moments.uniform(0.05, 0.6) if kill == 0 else moments.uniform(0.2, 1.5)
        stored += _write_and_kill(path, start=kill * 1_000_000, seconds=seconds)
        with open_record(path) as record:
            assert list(record.check()) == []
            rows = {row.report: row for row in record.reports()}
            assert {f"{number}.txt" for number in stored} <= set(rows)
            assert len(rows) <= len(stored) + kill + 1, "only the report that was being said can be there besides"
            assert {row.statements for row in rows.values()} <= {4}
    assert stored, "a writer had time to store something"


def test_one_writes_while_others_read(tmp_path: Path) -> None:
    """Readers see only whole reports while another process writes, and are never kept waiting."""
    path = tmp_path / "record.db"
    open_record(path).close()
    with (
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), "0"], stdout=subprocess.PIPE, text=True) as writer,
        open_record(path, busy_seconds=30) as record,
    ):
        assert writer.stdout is not None
        for _ in range(20):
            writer.stdout.readline()
            counts = [row.statements for row in record.reports()]
            assert set(counts) <= {4}
            assert len(counts) <= record.counts().reports
        late = sample_report("Late.", key="late.txt")
        assert record.put(late, sample_reading(late), added_at="2031-01-01T00:00:00+00:00"), "a second writer waits"
        writer.kill()
        writer.stdout.read()
    with open_record(path) as record:
        assert list(record.check()) == []
        assert record.report("late.txt").key == "late.txt"
