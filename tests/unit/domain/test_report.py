"""Reports as values."""

import dataclasses

import pytest

from onrecord.domain.ids import digest
from onrecord.domain.report import FailureReason, report_id
from onrecord.testing import make_report


def test_same_bytes_are_the_same_report() -> None:
    """Without a declared id only the bytes make a report's id; with one, both do."""
    one, other = digest(b"one"), digest(b"other")
    assert report_id(one) == report_id(one)
    assert len({report_id(one), report_id(other), report_id(one, "7"), report_id(one, "8"), report_id(other, "7")}) == 5


def test_a_report_cannot_be_changed() -> None:
    """A report is frozen: its text is what every offset counts in."""
    report = make_report("The ferry runs.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.text = "The ferry stops."  # type: ignore[misc]


def test_original_bytes_stay_out_of_messages() -> None:
    """A report that is printed in a message does not spill its original bytes."""
    assert "original=b" not in repr(make_report("The ferry runs."))


def test_every_reason_says_itself_in_words() -> None:
    """Each failure's reason is a short lower-case phrase that a person can read, and no two are the same."""
    words = [reason.value for reason in FailureReason]
    assert len(set(words)) == len(words)
    assert all(word == word.lower() and word.replace(" ", "").isalpha() for word in words)
