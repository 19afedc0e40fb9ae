"""Outcomes into a record, the real one in a file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.domain.report import Failure, FailureReason, Report
from onrecord.pipeline import Added, Stages, add
from onrecord.storage import Record, open_record
from onrecord.testing import TIME, make_report

from .stages import BREAKS, MISLEADS, NobodyResolver, PlainAttributor, plain_stages

LATER = "2032-01-01T00:00:00+00:00"
EMPTY = Failure(key="empty.txt", reason=FailureReason.EMPTY, detail="The file is empty.")
SPOKEN = make_report("Ann Lee said the ferry would stay.", key="spoken.txt")
SILENT = make_report("Rain fell on Tolva.", key="silent.txt")
BROKEN = make_report(f"Ann Lee said {BREAKS}", key="broken.txt")
INPUTS: list[Report | Failure] = [SPOKEN, EMPTY, SILENT, BROKEN]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """Yield a new record."""
    with open_record(tmp_path / "record.db") as kept:
        yield kept


def added(record: Record, items: list[Report | Failure], *, time: str = TIME) -> dict[str, Added]:
    """Add inputs and return what became of each."""
    return {one.key: one for one in add(record, items, plain_stages, now=lambda: time)}


def test_each_input_is_added_or_failed(record: Record) -> None:
    """Of every input it is told what became of it, and the record holds what was told."""
    done = added(record, INPUTS)
    assert {key: one.how for key, one in done.items()} == {
        "spoken.txt": "added",
        "empty.txt": "failed",
        "silent.txt": "added",
        "broken.txt": "failed",
    }
    assert {key: one.statements for key, one in done.items() if one.statements} == {"spoken.txt": 1}
    assert done["empty.txt"].failure == EMPTY
    assert {row.report for row in record.reports()} == {"spoken.txt", "silent.txt"}
    assert {row.key: row.reason for row in record.failures()} == {
        "empty.txt": FailureReason.EMPTY,
        "broken.txt": FailureReason.EXTRACTION,
    }
    assert [row.content_words for row in record.statements()] == ["the ferry would stay."]
    assert list(record.check()) == []


def test_what_is_told_is_safe_already(record: Record) -> None:
    """As soon as an input is told to be added it stands in the record, before the next one is asked for."""
    for one in add(record, INPUTS, plain_stages, now=lambda: TIME):
        if one.how == "added":
            assert record.report(one.key).key == one.key
        else:
            assert one.key in {row.key for row in record.failures()}


def test_a_second_run_changes_nothing(record: Record) -> None:
    """The same inputs again are known, nothing is extracted anew but what failed, and the record stays as it was."""
    added(record, INPUTS)
    before = record.digest()
    attributor = PlainAttributor()
    again = list(add(record, INPUTS, lambda: Stages(attributor, NobodyResolver()), now=lambda: LATER))
    assert {one.key: one.how for one in again} == {
        "spoken.txt": "known",
        "silent.txt": "known",
        "empty.txt": "failed",
        "broken.txt": "failed",
    }
    assert sum(one.statements for one in again) == 0
    assert attributor.given == [1]
    assert record.digest() == before


def test_the_same_bytes_elsewhere_are_known(record: Record) -> None:
    """A report under another key is known, and the key is kept beside its first."""
    added(record, [SPOKEN])
    done = added(record, [replace(SPOKEN, key="copy.txt")])
    assert done["copy.txt"].how == "known"
    (row,) = record.reports()
    assert (row.report, row.also_given_as) == ("spoken.txt", ("copy.txt",))


def test_the_same_bytes_twice_in_one_run(record: Record) -> None:
    """Of two copies in one run the first is added and the second known; statements are counted once."""
    done = list(add(record, [SPOKEN, replace(SPOKEN, key="copy.txt")], plain_stages, now=lambda: TIME))
    assert [(one.key, one.how, one.statements) for one in done] == [
        ("spoken.txt", "added", 1),
        ("copy.txt", "known", 0),
    ]
    assert record.counts().statements == 1
    (row,) = record.reports()
    assert row.also_given_as == ("copy.txt",)


def test_a_failure_is_forgotten_when_its_input_succeeds(record: Record) -> None:
    """A key that failed before and gives a report now, new or known, is no longer listed as failed."""
    failures = [replace(EMPTY, key=key) for key in ("spoken.txt", "copy.txt", "other.txt")]
    added(record, [*failures])
    added(record, [SPOKEN])
    added(record, [replace(SPOKEN, key="copy.txt")])
    assert [row.key for row in record.failures()] == ["other.txt"]


def test_what_the_record_refuses_is_a_failure(record: Record) -> None:
    """A reading that does not fit its report is not stored but told and listed as failed; the job goes on."""
    unsound = make_report(f"Ann Lee said {MISLEADS}", key="unsound.txt")
    done = added(record, [unsound, SPOKEN])
    assert {key: one.how for key, one in done.items()} == {"unsound.txt": "failed", "spoken.txt": "added"}
    (row,) = record.failures()
    assert (row.key, row.reason) == ("unsound.txt", FailureReason.EXTRACTION)
    assert list(record.check()) == []


def test_a_newer_extractor_reads_again(record: Record) -> None:
    """What an older version has read is read anew by a newer one, in place of it."""
    added(record, [SPOKEN])
    newer = Stages(PlainAttributor("plain.v2"), NobodyResolver())
    (one,) = add(record, [SPOKEN], lambda: newer, now=lambda: LATER)
    assert (one.how, one.statements) == ("added", 1)
    assert record.reading_of("spoken.txt").extractor.name == "plain.v2+nobody.v1"
    assert record.counts().statements == 1


@pytest.mark.parametrize("given", [0, 1, 40])
def test_every_input_is_told_once(record: Record, given: int) -> None:
    """However many inputs there are, new, known and failed ones mixed, each is told exactly once."""
    reports = [make_report(f"Ann Lee said ferry {number} would stay.", key=str(number)) for number in range(given)]
    added(record, list(reports[::3]))
    inputs = [
        replace(EMPTY, key=f"{report.key}.empty") if number % 4 == 1 else report
        for number, report in enumerate(reports)
    ]
    told = Counter(one.key for one in add(record, inputs, plain_stages, now=lambda: TIME))
    assert told == Counter(item.key for item in inputs)


def test_an_interrupted_run_is_taken_up_again(record: Record) -> None:
    """A run that is left half-way has kept what it told; run again, it does the rest and repeats nothing."""
    reports = [make_report(f"Ann Lee said ferry {number} would stay.", key=str(number)) for number in range(40)]
    run = add(record, reports, plain_stages, now=lambda: TIME)
    for _ in range(20):
        next(run)
    run.close()  # type: ignore[attr-defined]
    assert record.counts().reports == 20
    again = Counter(one.how for one in add(record, reports, plain_stages, now=lambda: LATER))
    assert again == {"known": 20, "added": 20}


def test_two_processes_make_the_same_record(record: Record, tmp_path: Path) -> None:
    """Whether one process extracts or two, the record is the same."""
    inputs = [*INPUTS, *(make_report(f"Ann Lee said ferry {n} would stay.", key=str(n)) for n in range(40))]
    added(record, inputs)
    with open_record(tmp_path / "other.db") as other:
        assert len(list(add(other, inputs, plain_stages, now=lambda: LATER, jobs=2))) == len(inputs)
        assert other.digest() == record.digest()
