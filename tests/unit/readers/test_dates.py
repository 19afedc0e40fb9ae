"""Dates are read whole or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.report import Precision
from onrecord.readers.dates import read_date, url_date

READ = [
    ("2017-11-16", "2017-11-16", Precision.DAY),
    ("2017-11-16T14:43:00Z", "2017-11-16T14:43", Precision.MINUTE),
    ("2017-11-16T14:43:00.123+02:00", "2017-11-16T14:43", Precision.MINUTE),
    ("2017-11-16 14:43", "2017-11-16T14:43", Precision.MINUTE),
    ("2017-11-16T00:00:00Z", "2017-11-16", Precision.DAY),
    ("20171116", "2017-11-16", Precision.DAY),
    ("November 16th, 2017", "2017-11-16", Precision.DAY),
    ("Thursday, 16 November 2017", "2017-11-16", Precision.DAY),
    ("16 Nov. 2017", "2017-11-16", Precision.DAY),
    ("Nov 16 2017", "2017-11-16", Precision.DAY),
    ("Thu, 16 Nov 2017 14:43:00 +0000", "2017-11-16T14:43", Precision.MINUTE),
    ("February 13, 2017, 2:43 pm", "2017-02-13T14:43", Precision.MINUTE),
    ("February 13, 2017 12:05 a.m. EST", "2017-02-13T00:05", Precision.MINUTE),
    ("14:43, 13 February 2017", "2017-02-13T14:43", Precision.MINUTE),
    ("13/02/2017", "2017-02-13", Precision.DAY),
    ("02/13/2017", "2017-02-13", Precision.DAY),
    ("03/03/2017", "2017-03-03", Precision.DAY),
    ("03/04/2017", "2017", Precision.YEAR),
    ("03.04.2017", "2017", Precision.YEAR),
    ("November 2017", "2017-11", Precision.MONTH),
    ("2017", "2017", Precision.YEAR),
]


@pytest.mark.parametrize(("words", "date", "precision"), READ)
def test_reads(words: str, date: str, precision: Precision) -> None:
    """A date is cut to what is known: where day and month could be swapped, that is the year."""
    found = read_date(words, "here")
    assert found
    assert (found.date, found.precision, found.found_by, found.words) == (date, precision, "here", words)


@pytest.mark.parametrize(
    "words",
    ["", "today", "Tuesday", "16 November", "31 February 2017", "2017-13-01", "13/13/2017", "99:99, 3 March 2018",
     "25:00 3 March 2018", "the 2017 talks", "3 March 2018 in Zandar", "1234", "00/00/2017", "3 March 18"],
)  # fmt: skip
def test_refuses(words: str) -> None:
    """What is not wholly a possible date is none."""
    assert read_date(words, "here") is None


@given(st.text(max_size=80))
def test_never_raises(words: str) -> None:
    """Any words at all are a date or none, and a date's words are those that were given."""
    found = read_date(words, "here")
    assert found is None or found.words == words.strip()


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://post.example/2017/11/16/bridge", "2017-11-16"),
        ("https://post.example/world/2017/nov/16/bridge", "2017-11-16"),
        ("https://post.example/2017/13/16/bridge", None),
        ("https://post.example/2017/11/bridge", None),
    ],
)
def test_address(url: str, date: str | None) -> None:
    """Only a whole day in an address is a date."""
    found = url_date(url)
    assert (found and found.date) == date
