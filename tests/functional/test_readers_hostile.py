# ruff: noqa: E501 - a case of a table is one line
"""`read` yields failures for whatever is awry, and never raises, hangs or loses what can be read."""

import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.domain.report import Failure, FailureReason, Report
from onrecord.readers import DEFAULT, Limits, read, read_text

STORY = "Bridge opens in Zandar\n\nMinister Ada Korvin said on Tuesday that the bridge over the Ilm was open at last.\n"
PAGE = f"<html><head><title>Bridge opens</title></head><body><p>{STORY}</p></body></html>"
LINE = json.dumps({"id": "a", "text": STORY})


def one(path: Path | str, limits: Limits = DEFAULT) -> Report | Failure:
    """Read an input that gives one thing."""
    (found,) = read([str(path)], limits=limits)
    return found


def reason(found: Report | Failure) -> FailureReason | None:
    """Return why an input failed, None if it did not."""
    if isinstance(found, Failure):
        assert found.detail.endswith(".")
        return found.reason
    return None


AWRY = [
    ("empty.txt", b"", FailureReason.EMPTY),
    ("empty.html", b"", FailureReason.EMPTY),
    ("empty.jsonl", b"", FailureReason.EMPTY),
    ("empty.txt.gz", b"", FailureReason.EMPTY),
    ("blank.txt", b" \n\t\n", FailureReason.NO_TEXT),
    ("blank.html", b" \n\t\n", FailureReason.NO_TEXT),
    ("blank.jsonl", b"\n\n", FailureReason.EMPTY),
    ("furniture.txt", b"Advertisement\n\nSubscribe\n", FailureReason.NO_TEXT),
    ("paper.txt", b"%PDF-1.4 ...", FailureReason.BINARY),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0", FailureReason.BINARY),
    ("picture.html", b"\xff\xd8\xff\xe0\0\x10JFIF", FailureReason.BINARY),
    ("zip.txt", b"PK\x03\x04....", FailureReason.BINARY),
    ("broken.txt", STORY.encode() + b" caf\xc3", FailureReason.ENCODING),
    ("wrong.txt", "Министр сказал во вторник, что мост откроют.".encode("cp1251"), FailureReason.ENCODING),
    ("french.txt", "Le ministre a déclaré mardi que le pont serait ouvert l'année prochaine, malgré tout.".encode(), FailureReason.LANGUAGE),
    ("deep.html", b"<div>" * 100_000 + b"x", FailureReason.TOO_DEEP),
    ("sheet.xlsx", b"PK\x03\x04", FailureReason.UNKNOWN_FORMAT),
    ("pretty.json", b'{\n  "id": "a",\n  "text": "b"\n}', FailureReason.UNKNOWN_FORMAT),
    ("list.json", b'[{"id": "a"}]', FailureReason.UNKNOWN_FORMAT),
    ("false.jsonl.gz", b"not packed at all", FailureReason.DAMAGED),
    ("bomb.txt.gz", gzip.compress(b"a" * 30_000_000), FailureReason.BOMB),
    ("bomb.html.xz", lzma.compress(b"a" * 30_000_000), FailureReason.BOMB),
    ("bomb.jsonl.gz", gzip.compress(b"a" * 30_000_000), FailureReason.BOMB),
    ("cut.txt.gz", gzip.compress(STORY.encode())[:-10], FailureReason.DAMAGED),
    ("story", STORY.encode(), None),
    ("page", PAGE.encode(), None),
    ("line", LINE.encode(), None),
    ("page.txt", b"<!DOCTYPE html>" + PAGE.encode(), None),
    ("story.txt.gz", gzip.compress(STORY.encode()), None),
    ("story.html.xz", lzma.compress(PAGE.encode()), None),
    ("STORY.TXT", STORY.encode(), None),
    ("line.json", LINE.encode(), None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "expected"), AWRY, ids=[a[0] for a in AWRY])
def test_file(tmp_path: Path, name: str, data: bytes, expected: FailureReason | None) -> None:
    """Each way in which a file can be awry has its reason, and its key is the path."""
    path = tmp_path / name
    path.write_bytes(data)
    found = one(path)
    assert reason(found) == expected
    assert found.key == ("a" if name.startswith("line") else str(path))


def test_page_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    """A page of 50 MB fails at once."""
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    start = time.monotonic()
    assert reason(one(path)) is FailureReason.TOO_LARGE
    assert time.monotonic() - start < 1


def test_large_packed_jsonl_is_read(tmp_path: Path) -> None:
    """Ten thousand honest lines come out of a packed file."""
    path = tmp_path / "many.jsonl.xz"
    with lzma.open(path, "wt", preset=0) as file:
        file.writelines(
            json.dumps({"id": str(n), "text": f"{n} {STORY}", "language": "en"}) + "\n" for n in range(10_000)
        )
    assert sum(isinstance(found, Report) for found in read([str(path)])) == 10_000


@pytest.mark.parametrize("suffix", ["gz", "xz"])
def test_lines_before_the_damage_come_out(tmp_path: Path, suffix: str) -> None:
    """A packed file that is cut short gives its whole lines, then the damage."""
    lines = "".join(
        json.dumps({"id": os.urandom(8).hex(), "text": f"{os.urandom(40).hex()} {STORY}", "language": "en"}) + "\n"
        for _ in range(300)
    )
    packed = (gzip if suffix == "gz" else lzma).compress(lines.encode())
    path = tmp_path / f"cut.jsonl.{suffix}"
    path.write_bytes(packed[: len(packed) // 2])
    *reports, last = read([str(path)])
    assert len(reports) > 100
    assert all(isinstance(report, Report) for report in reports)
    assert reason(last) is FailureReason.DAMAGED


def test_what_is_no_file(tmp_path: Path) -> None:
    """Missing files, pipes, devices, dangling links and links in a circle are unreadable and block nothing."""
    pipe, dangling, circle = tmp_path / "pipe.txt", tmp_path / "dangling.txt", tmp_path / "circle.txt"
    os.mkfifo(pipe)
    dangling.symlink_to(tmp_path / "nowhere.txt")
    circle.symlink_to(circle)
    for path in (tmp_path / "missing.txt", pipe, dangling, circle, "/dev/zero", "a\0b", "x" * 5_000, "\udc80\ud800"):
        assert reason(one(path)) in {FailureReason.UNREADABLE, FailureReason.UNKNOWN_FORMAT}, path


def test_folder(tmp_path: Path) -> None:
    """A folder is read in order of names, hidden files left out, other formats failing, circles entered once."""
    for name in ("b.txt", "a/z.txt", "a/y.pdf", ".hidden/x.txt", "a/.x.txt", "c_files/frame.html", "c.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE if name.endswith("html") else STORY, encoding="utf-8")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    found = [(f.key.removeprefix(f"{tmp_path}/"), reason(f)) for f in read([str(tmp_path)])]
    assert found == [("a/y.pdf", FailureReason.UNKNOWN_FORMAT), ("a/z.txt", None), ("b.txt", None), ("c.html", None)]


def test_name_that_is_not_utf8(tmp_path: Path) -> None:
    """A file with an odd name is read; its key can be shown and stored."""
    path = os.fsencode(tmp_path) + b"/caf\xe9\n.txt"
    with open(path, "wb") as file:  # noqa: PTH123 - a name in bytes
        file.write(STORY.encode())
    found = one(os.fsdecode(path))
    assert isinstance(found, Report)
    assert found.key.encode().isascii()
    assert "\n" not in found.key


def test_unreadable_for_want_of_permission(tmp_path: Path) -> None:
    """A file that may not be read is a failure."""
    path = tmp_path / "secret.txt"
    path.write_text(STORY, encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert reason(one(path)) is FailureReason.UNREADABLE


@pytest.mark.parametrize(
    ("data", "media_type", "key"),
    [(STORY.encode(), "text/plain", "-"), (PAGE.encode(), "text/html", "-"), (LINE.encode(), "application/jsonl", "a"),
     (gzip.compress(LINE.encode()), "application/jsonl", "a"), (b'{ "text": "Some words." }', "application/jsonl", "-:1")],
)  # fmt: skip
def test_standard_input_is_told_by_its_content(data: bytes, media_type: str, key: str) -> None:
    """Text, HTML and JSONL are told apart on standard input."""
    (found,) = read(["-"], stdin=io.BytesIO(data))
    assert isinstance(found, Report)
    assert (found.provenance.media_type, found.key) == (media_type, key)


def test_streams() -> None:
    """The first report is there before the input has ended."""

    class Endless(io.RawIOBase):
        count = 0

        def read(self, size: int = -1) -> bytes:  # noqa: ARG002 - lines come as they come
            self.count += 1
            return json.dumps({"id": str(self.count), "text": STORY, "language": "en"}).encode() + b"\n"

    first = next(read(["-"], stdin=Endless()))  # type: ignore[arg-type]
    assert first.key == "1"


@given(data=st.binary(max_size=400))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    """Whatever the bytes, under every ending and on standard input, each result is a report or a failure."""
    paths = []
    for name in ("x.txt", "x.html", "x.jsonl", "x.txt.gz", "x.jsonl.xz", "x"):
        paths.append(str(tmp_path / name))
        (tmp_path / name).write_bytes(data)
    for found in read([*paths, "-"], stdin=io.BytesIO(data)):
        if isinstance(found, Report):
            original = found.original.decode(found.provenance.encoding)
            for segment in found.segments:
                equal = len(segment.span) == len(segment.original)
                assert not equal or segment.span.of(found.text) == segment.original.of(original)
        else:
            assert found.detail


MILLION = 1_000_000
MONOTONOUS = [
    b"a",
    b"<",
    b"&",
    b'"',
    b"'",
    b"\n",
    b" ",
    b"<a ",
    b"<a",
    b'<a b="',
    b"<!--",
    b"</p>",
    b"<b>",
    b"&amp;",
    b"-",
    b"a ",
    b"Ab ",
]


@pytest.mark.parametrize("unit", MONOTONOUS)
@pytest.mark.parametrize("name", ["x.txt", "x.html", "x.jsonl"])
def test_a_million_of_one_thing(tmp_path: Path, unit: bytes, name: str) -> None:
    """No pattern takes more than linear time: four times as much of one thing takes about four times as long.

    Quadratic time would take sixteen times as long, minutes for a megabyte.
    """
    path = tmp_path / name

    def seconds(size: int) -> float:
        path.write_bytes(unit * (size // len(unit)))
        start = time.process_time()
        assert len(list(read([str(path)]))) == 1
        return time.process_time() - start

    quarter = seconds(MILLION // 4)
    assert seconds(MILLION) < 8 * quarter + 1


def test_read_text_is_verbatim() -> None:
    """A text that is handed over is not changed."""
    report = read_text("  Advertisement\r\n" + STORY, key="k")
    assert (report.text, report.key, report.dropped) == ("  Advertisement\r\n" + STORY, "k", ())


def test_import_is_light() -> None:
    """Importing the room loads no parser and no model."""
    code = "import sys, onrecord.readers; sys.exit(sum(m in sys.modules for m in ('lxml', 'trafilatura', 'fasttext', 'numpy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False, env=os.environ).returncode == 0
