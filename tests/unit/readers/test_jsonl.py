"""JSONL lines are reports taken verbatim; a bad line fails alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain.ids import digest
from onrecord.domain.report import BlockKind, Failure, FailureReason, Report, report_id
from onrecord.readers import JsonlReader, Limits

TEXT = "  Zandar opens bridge\r\n\r\nADVERTISEMENT\nMinister Ada Korvin said on Tuesday that it was open.\t\n\n"


def read(*lines: object) -> list[Report | Failure]:
    """Read lines, given raw or as what is to be dumped."""
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return list(JsonlReader().read("in.jsonl", b"\n".join(raw)))


def test_text_is_verbatim() -> None:
    """Nothing is dropped or changed; offsets are those of the given string."""
    (report,) = read({"id": "a", "text": TEXT})
    assert isinstance(report, Report)
    assert report.text == TEXT
    assert report.key == "a"
    assert report.dropped == ()
    assert report.original.decode(report.provenance.encoding) == TEXT
    assert [s.span for s in report.segments] == [s.original for s in report.segments]


def test_metadata() -> None:
    """The optional fields become metadata, and a first line equal to the title is the headline."""
    (report,) = read({
        "id": "a", "text": "Bridge opens\nThe minister said so on Tuesday.", "title": "Bridge opens", "outlet": "Post",
        "date": "2017-11-16", "authors": ["Jane Olm"], "url": "https://post.example/a", "language": "en",
    })  # fmt: skip
    assert isinstance(report, Report)
    found = report.metadata
    assert (found.title, found.outlet, found.authors, found.url) == (
        "Bridge opens",
        "Post",
        ("Jane Olm",),
        "https://post.example/a",
    )
    assert found.published
    assert (found.published.date, found.published.found_by) == ("2017-11-16", "input")
    assert [b.kind for b in report.blocks] == [BlockKind.HEADLINE, BlockKind.BODY]


def test_id_is_over_the_raw_line() -> None:
    """The report's id hashes the line's bytes and the id that it declares."""
    raw = b'{"id": "a", "text":"Some words of it."}'
    (report,) = read(raw + b"  \r")
    assert isinstance(report, Report)
    assert report.id == report_id(digest(raw), "a")


BAD = [
    (b"{", FailureReason.BAD_LINE),
    (b"[]", FailureReason.BAD_LINE),
    (b'"text"', FailureReason.BAD_LINE),
    (b"{}", FailureReason.BAD_LINE),
    (b'{"id": "b", "text": 5}', FailureReason.BAD_LINE),
    (b'{"id": 5, "text": "words"}', FailureReason.BAD_LINE),
    (b'{"id": "b", "text": "words", "title": ["x"]}', FailureReason.BAD_LINE),
    (b'{"id": "b", "text": "words", "authors": 5}', FailureReason.BAD_LINE),
    (b'{"id": "b", "text": "words", "authors": [5]}', FailureReason.BAD_LINE),
    (b'{"id": "b", "text": "words", "date": 2017}', FailureReason.BAD_LINE),
    (b'{"id": "b", "text": "half \\ud83d pair"}', FailureReason.BAD_LINE),
    (b'{"id": "\\udc00", "text": "words"}', FailureReason.BAD_LINE),
    (b'{"id": "b", "text": "words \xff"}', FailureReason.BAD_LINE),
    (b'{"text": ' + b"[" * 200_000, FailureReason.BAD_LINE),
    (b'{"text": ' + b"9" * 5_000 + b"}", FailureReason.BAD_LINE),
    (b'{"id": "b", "text": ""}', FailureReason.NO_TEXT),
    (b'{"id": "b", "text": " \\n "}', FailureReason.NO_TEXT),
    (b'{"id": "b", "text": "words", "language": "fr"}', FailureReason.LANGUAGE),
    (b'{"id": "a", "text": "Other words."}', FailureReason.DUPLICATE_ID),
    (b'{"id": "a", "text": "First words."}', FailureReason.DUPLICATE_ID),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=range(len(BAD)))
def test_bad_line_fails_alone(line: bytes, reason: FailureReason) -> None:
    """The lines before and after a bad one are read; its failure says which line it is."""
    first, failure, last = read({"id": "a", "text": "First words."}, line, {"text": "Last words."})
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert last.key == "in.jsonl:3"
    assert isinstance(failure, Failure)
    assert failure.reason is reason
    assert "2" in failure.key + failure.detail or reason is FailureReason.LANGUAGE


def test_blank_lines_and_mark_are_passed_over() -> None:
    """A byte order mark and blank lines are nothing, but lines keep their numbers."""
    report, failure = read(b'\xef\xbb\xbf{"text": "words"}', b"", b"  ", b"x")
    assert isinstance(report, Report)
    assert isinstance(failure, Failure)
    assert failure.key == "in.jsonl:4"


def test_too_long_line_fails_alone() -> None:
    """A line over the limit is not held in memory, and the next is read."""
    lines = b'{"text": "%s"}\n{"text": "Short words."}\n' % (b"x" * 5_000)
    pieces = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    failure, report = JsonlReader(limits=Limits(page_bytes=1_000)).read_stream("in", pieces)
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.key) == (FailureReason.TOO_LARGE, "in:1")
    assert isinstance(report, Report)
    assert report.key == "in:2"


@given(st.text(min_size=1), st.integers(1, 50))
def test_any_text_comes_out_as_it_went_in(text: str, step: int) -> None:
    """Whatever the words, however the bytes are cut, the report's text is the line's, or the line fails."""
    raw = json.dumps({"id": "x", "text": text, "language": "en"}).encode()
    found = list(JsonlReader().read_stream("in", (raw[at : at + step] for at in range(0, len(raw), step))))
    assert len(found) == 1
    assert isinstance(found[0], Failure) or (found[0].text == text and found[0].segments[0].span.of(text) == text)
