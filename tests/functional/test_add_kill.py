"""`onrecord add` killed at random moments: run again, it ends in the record of an undisturbed run."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from onrecord.readers import read

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


def run(*arguments: str) -> str:
    """Run the command line and return what it prints."""
    done = subprocess.run([sys.executable, "-m", "onrecord", *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def reports(folder: Path, count: int) -> Path:
    """Write a JSONL file of `count` reports that differ, cut from the samples."""
    texts = [item.text for item in read([str(EXAMPLES)]) if hasattr(item, "text")]
    path = folder / "reports.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = texts[number % len(texts)]
            paragraphs = text.split("\n")
            kept = paragraphs[number // len(texts) % 3 :][: 6 + number % 5]
            file.write(json.dumps({"id": f"report-{number}", "text": "\n".join([f"Edition {number}.", *kept])}) + "\n")
    return path


def killed_then_finished(folder: Path, source: Path, moments: Sequence[float]) -> str:
    """Start `add`, kill it at each of the moments (seconds), let it end at last; return what `check` says."""
    record = str(folder / "killed.db")
    for moment in moments:
        process = subprocess.Popen(
            [sys.executable, "-m", "onrecord", "add", str(source), "--record", record],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if Path(record).exists():
            json.loads(run("check", "--record", record, "--json"))  # exit status 0: sound
    run("add", str(source), "--record", record)
    return run("check", "--record", record, "--json")


def undisturbed(folder: Path, source: Path) -> tuple[str, float]:
    """Return what `check` says of a record made in one go, and how long that took."""
    record = str(folder / "whole.db")
    began = time.monotonic()
    run("add", str(source), "--record", record)
    return run("check", "--record", record, "--json"), time.monotonic() - began


def test_a_killed_add_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Twice killed, then finished: the record equals that of an undisturbed run."""
    source = reports(tmp_path, 40)
    whole, took = undisturbed(tmp_path, source)
    rng = random.Random(7)  # noqa: S311 - moments, not secrets
    assert killed_then_finished(tmp_path, source, [took * rng.uniform(0.3, 0.9) for _ in range(2)]) == whole


@pytest.mark.long
def test_ten_kills_of_five_hundred_reports(tmp_path: Path) -> None:
    """Ten kills at random moments of an add of 500 reports, then a last run: the same record."""
    source = reports(tmp_path, 500)
    whole, took = undisturbed(tmp_path, source)
    moments = [random.uniform(0.5, took * 0.35) for _ in range(10)]  # noqa: S311
    print(f"undisturbed in {took:.0f} s; killed after {[round(m, 1) for m in moments]} s")  # noqa: T201
    assert killed_then_finished(tmp_path, source, moments) == whole
    assert json.loads(whole)["counts"]["reports"] == 500
