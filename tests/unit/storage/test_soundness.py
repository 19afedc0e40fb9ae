"""What must hold of a report before it is stored."""

from dataclasses import replace

import pytest

from onrecord.domain.ids import digest
from onrecord.domain.report import Dropped, Precision, Provenance, Published, Report, Segment, report_id
from onrecord.domain.span import Span
from onrecord.storage.soundness import faults_of_report
from onrecord.testing import make_report, sample_report


def _of_page(page: str, text: str, *segments: tuple[int, int, int, int]) -> Report:
    """Return a report of `text` whose original is `page`."""
    original = page.encode()
    sha = digest(original)
    return Report(
        id=report_id(sha),
        key="page.html",
        text=text,
        language="en",
        provenance=Provenance(
            media_type="text/html", encoding="utf-8", bytes_digest=sha, size=len(original), reader="hand.v1"
        ),
        segments=tuple(Segment(span=Span(a, b), original=Span(c, d)) for a, b, c, d in segments),
        original=original,
    )


@pytest.mark.parametrize(
    ("page", "text", "segments", "sound"),
    [
        ("<p>Open.</p>", "Open.", [(0, 5, 3, 8)], True),
        ("<p>Open.</p>", "Shut.", [(0, 5, 3, 8)], False),
        ("<p>a &amp; b</p>", "a & b", [(0, 2, 3, 5), (2, 3, 5, 10), (3, 5, 10, 12)], True),
        ("<p>a &lt; b</p>", "a & b", [(2, 3, 5, 9)], False),
        ("<p>a\r\n b</p>", "a b", [(0, 1, 3, 4), (1, 2, 4, 7), (2, 3, 7, 8)], True),
        ('{"text": "\\u201cNo"}', "“No", [(0, 1, 10, 16), (1, 3, 16, 18)], True),
        ('{"text": "\\u201dNo"}', "“No", [(0, 1, 10, 16)], False),
        ("<p>Open.</p>", "Open.", [(0, 5, 3, 99)], False),
        ("<p>Open.</p>", "Open.", [(0, 99, 0, 5)], False),
        ("<p>Open.</p>", "Open.", [(3, 3, 3, 3)], False),
    ],
)
def test_segments_map_the_text_to_the_original(
    page: str, text: str, segments: list[tuple[int, int, int, int]], *, sound: bool
) -> None:
    """A segment's characters stand in the original as they are, or as a notation or white space for one of them."""
    assert (list(faults_of_report(_of_page(page, text, *segments))) == []) is sound


@pytest.mark.parametrize(
    ("words", "sound"), [("Read caf\u00e9 also", True), ("Read also", True), ("also Read", False), ("Read more", False)]
)
def test_dropped_words_stand_in_the_original(words: str, *, sound: bool) -> None:
    """Dropped words are the letters of their stretch of the original in order, whatever markup stands between them."""
    page = "<p>Open.</p><div>Read <b>caf&eacute;</b>\n <i>a</i>lso</div>"
    dropped = Dropped(original=Span(12, len(page)), words=words, reason="teaser")
    assert (list(faults_of_report(replace(_of_page(page, "Open."), dropped=(dropped,)))) == []) is sound


@pytest.mark.parametrize(
    ("date", "precision", "sound"),
    [
        ("2031", Precision.YEAR, True),
        ("2031-05", Precision.MONTH, True),
        ("2031-05-06", Precision.DAY, True),
        ("2031-05-06T07:08", Precision.MINUTE, True),
        ("2031-05-06", Precision.MONTH, False),
        ("2031-13", Precision.MONTH, False),
        ("2031-02-30", Precision.DAY, False),
        ("2031-05-06T07:08:09", Precision.MINUTE, False),
        ("soon", Precision.YEAR, False),
    ],
)
def test_dates_are_as_exact_as_they_say(date: str, precision: Precision, *, sound: bool) -> None:
    """A date is one of the calendar, cut to its precision."""
    report = sample_report()
    published = Published(date=date, precision=precision, found_by="input")
    report = replace(report, metadata=replace(report.metadata, published=published))
    assert (list(faults_of_report(report)) == []) is sound


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": ""}, "no key"),
        ({"original": b"Other."}, "digest"),
        ({"id": "r-0123456789abcdef"}, "the id is not"),
    ],
)
def test_report_that_is_not_what_it_says(change: dict[str, object], said: str) -> None:
    """Key, digests and id are what they must be."""
    report = replace(make_report("Open."), **change)  # type: ignore[arg-type]
    assert any(said in what for _, what in faults_of_report(report))


def test_line_of_jsonl_has_an_id_over_its_whole_line() -> None:
    """The id of a JSONL line cannot be told from the text that is kept of it, and is taken as it is."""
    report = make_report("Open.")
    line = replace(
        report,
        id=report_id(digest(b'{"id": "x", "text": "Open."}'), "x"),
        provenance=replace(report.provenance, media_type="application/jsonl"),
    )
    assert list(faults_of_report(line)) == []
