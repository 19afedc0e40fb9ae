"""The commands as people and scripts use them: what they print, where, in which form, and how they end."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commandline import EXAMPLES, ROOT, Ran, environment, here, process
from rich.cells import cell_len

import onrecord
from onrecord.errors import RecordError
from onrecord.testing import TIME, make_reading, make_report, make_statement

pytestmark = pytest.mark.usefixtures("at_root")

LISTINGS = [["statements"], ["reports"], ["actors"], ["search", "river"]]
NAMES = ["statements", "reports", "actors", "search"]
LISTING = pytest.mark.parametrize("command", LISTINGS, ids=NAMES)
SMALL = [f"{EXAMPLES}/{name}" for name in sorted(path.name for path in (ROOT / EXAMPLES).iterdir())[:3]]
REPORT = (
    "Ferry stays, says council\n\n"
    "Council leader Ada Korvin said on Monday that the ferry over the Lund would not be sold.\n\n"
    "“Nobody asked us to sell it,” she told reporters. "
    "Benno Tal, who had offered to buy it, denied that there was a plan.\n"
)


def _rows(*arguments: str | Path) -> list[dict[str, Any]]:
    """Return the rows of a listing as JSON."""
    ran = here(*arguments, "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    rows: list[dict[str, Any]] = ran.json
    return rows


def _digest(record: Path) -> str:
    ran = here("check", "--record", record, "--json")
    assert ran.json["sound"], ran.json["problems"]
    return str(ran.json["digest"])


# --- add, check


def test_add_says_what_it_did(made: tuple[Path, Ran]) -> None:
    """`add` ends with 0 and one line on standard output; nothing goes to standard error where there is no terminal."""
    path, ran = made
    assert (ran.status, ran.err) == (0, "")
    assert re.fullmatch(rf"12 reports added with \d+ statements\. Record: {re.escape(str(path))}\n", ran.out)


def test_check_proves_the_record_sound(kept: Path) -> None:
    """`check` ends with 0, counts what is there and prints the record's digest."""
    ran = process("check", "--record", kept)
    assert (ran.status, ran.err) == (0, "")
    assert re.fullmatch(r"sound: 12 reports, \d+ statements, \d+ actors, 0 failures\ndigest [0-9a-f]{64}\n", ran.out)
    assert _digest(kept) in ran.out


def test_adding_twice_changes_nothing(copy: Path) -> None:
    """What is in the record already is left alone, and said to be known."""
    before = _digest(copy)
    ran = process("add", EXAMPLES, "--record", copy, "--json")
    assert ran.status == 0
    assert {name: ran.json[name] for name in ("added", "known", "failed")} == {"added": 0, "known": 12, "failed": 0}
    assert _digest(copy) == before


def test_order_of_adding_does_not_matter(tmp_path: Path) -> None:
    """Files given one by one, last first, make the same record as all at once."""
    at_once, one_by_one = tmp_path / "a.db", tmp_path / "b.db"
    assert here("add", *SMALL, "--record", at_once).status == 0
    for path in reversed(SMALL):
        assert here("add", path, "--record", one_by_one).status == 0
    assert _digest(at_once) == _digest(one_by_one)


def test_a_folder_holds_its_files(kept: Path, tmp_path: Path) -> None:
    """A folder and its files, named one after another in another order, make the same record."""
    files = [f"{EXAMPLES}/{path.name}" for path in sorted((ROOT / EXAMPLES).iterdir(), reverse=True)]
    assert here("add", *files, "--record", tmp_path / "other.db").status == 0
    assert _digest(tmp_path / "other.db") == _digest(kept)


def test_two_processes_make_the_same_record(tmp_path: Path) -> None:
    """`--jobs 2` finds what one process finds."""
    assert here("add", *SMALL, "--record", tmp_path / "one.db").status == 0
    assert process("add", *SMALL, "--record", tmp_path / "two.db", "--jobs", "2").status == 0
    assert _digest(tmp_path / "one.db") == _digest(tmp_path / "two.db")


@pytest.mark.parametrize(
    ("given", "media_type"),
    [
        (REPORT, "text/plain"),
        ("<!doctype html><title>Ferry stays</title><article><h1>Ferry stays</h1><p>{}</p></article>", "text/html"),
        (json.dumps({"id": "ferry", "text": REPORT}) + "\n", "application/jsonl"),
    ],
    ids=["text", "html", "jsonl"],
)
def test_standard_input_is_read(given: str, media_type: str, tmp_path: Path) -> None:
    """`add -` tells text, HTML and JSONL apart by how they begin; the record is the one that the environment names."""
    record = str(tmp_path / "from-environment.db")
    page = given.replace("{}", "</p><p>".join(REPORT.split("\n\n")[1:]))
    ran = process("add", "-", stdin=page.encode(), cwd=tmp_path, settings={"ONRECORD_RECORD": record})
    assert (ran.status, ran.err) == (0, "")
    (row,) = _rows("reports", "--record", record)
    assert row["statements"] >= 2
    shown = here("show", row["report_id"], "--json", "--record", record).json
    assert shown["provenance"]["media_type"] == media_type
    assert row["report"] == ("ferry" if media_type == "application/jsonl" else "-")


# --- extract


def test_extract_prints_a_line_for_each_report(tmp_path: Path) -> None:
    """`extract` prints one JSON line a report, failures too, stores nothing, and takes JSONL texts verbatim."""
    lines = [{"id": "a", "text": REPORT}, {"id": "b", "text": ""}, {"id": "c", "text": f"\ufeff {REPORT}\r\n"}]
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    ran = process("extract", path, cwd=tmp_path)
    assert ran.status == 3
    found = {line["id"]: line for line in ran.jsonl}
    assert found["a"]["text"] == lines[0]["text"]
    assert found["c"]["text"] == lines[2]["text"]
    assert all(line["attributions"] for name, line in found.items() if line["failure"] is None)
    (failed,) = [line for line in ran.jsonl if line["failure"]]
    assert failed["failure"]["reason"] in ran.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["reports.jsonl"]


# --- listings


@LISTING
def test_formats_hold_the_same_rows(command: list[str], kept: Path) -> None:
    """JSON, JSONL and CSV of a listing hold the same rows in the same order."""
    rows = _rows(*command, "--record", kept)
    assert rows
    assert here(*command, "--format", "jsonl", "--record", kept).jsonl == rows
    printed = here(*command, "--format", "csv", "--record", kept).out
    cells = list(csv.DictReader(io.StringIO(printed, newline="")))
    assert cells == [_cells(row) for row in rows]


def _cells(row: dict[str, Any]) -> dict[str, str]:
    """Return a JSON row as a spreadsheet has it."""
    row = dict(row)
    if "speaker" in row:
        speaker = row.pop("speaker") or {}
        row |= {"speaker": speaker.get("name"), "actor": speaker.get("actor")}
    cells = {}
    for name, value in row.items():
        cell = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else "" if value is None else str(value)
        cells[name] = "'" + cell if isinstance(value, str) and cell.startswith(("=", "+", "-", "@")) else cell
    return cells


@LISTING
def test_tables_fit_the_screen(command: list[str], kept: Path) -> None:
    """No line of a table is wider than 80 columns, and its ids are ones that `show` takes."""
    ran = process(*command, "--record", kept)
    assert ran.status == 0
    assert max(cell_len(line) for line in ran.out.splitlines()) <= 80
    ids = re.findall(r"\b[rsa]-[0-9a-f]{8}\b", ran.out)
    assert len(ids) == len(_rows(*command, "--record", kept))
    for which in ids[:12]:
        assert here("show", which, "--record", kept).status == 0


def test_table_of_statements_says_what_matters(kept: Path) -> None:
    """Each statement shows its date, outlet, speaker, kind, id, cue and the beginning of its content."""
    rows = _rows("statements", "--speaker", "Vorrin", "--outlet", "Courier", "--record", kept)
    assert rows
    ran = here("statements", "--speaker", "Vorrin", "--outlet", "Courier", "--record", kept)
    assert ran.err == f"{len(rows)} statements\n"
    shown = " ".join(ran.out.split())
    for row in rows:
        for words in ("Elka Vorrin", row["outlet"][:12], row["kind"], row["id"][:10], row["content_words"][:30]):
            assert words in shown
        assert row["cue_words"].rstrip(":, ")[:12] in shown


def _date_from(value: str) -> Callable[[dict[str, Any]], bool]:
    return lambda row: row["published"] is not None and row["published"][: len(value)] >= value


def _date_until(value: str) -> Callable[[dict[str, Any]], bool]:
    return lambda row: row["published"] is not None and row["published"][: len(value)] <= value


FILTERS: list[tuple[list[str], Callable[[dict[str, Any]], bool]]] = [
    (["--speaker", "vorrin"], lambda row: "Vorrin" in (row["speaker"] or {}).get("name", "")),
    (["--speaker", "Elka Vorrin"], lambda row: (row["speaker"] or {}).get("name") == "Elka Vorrin"),
    (["--about", "gates"], lambda row: re.search(r"\bgates\b", row["content_words"], re.IGNORECASE) is not None),
    (["--outlet", "courier"], lambda row: "Courier" in (row["outlet"] or "")),
    (["--since", "2024"], _date_from("2024")),
    (["--since", "2024-06-11"], _date_from("2024-06-11")),
    (["--until", "2023-03"], _date_until("2023-03")),
    (["--until", "2024-06-11"], _date_until("2024-06-11")),
    (["--kind", "direct"], lambda row: row["kind"] == "direct"),
    (["--kind", "mixed"], lambda row: row["kind"] == "mixed"),
    (["--min-confidence", "0.8"], lambda row: row["confidence"] >= 0.8),
]


@pytest.mark.parametrize(("options", "fits"), [pytest.param(o, f, id=" ".join(o)) for o, f in FILTERS])
def test_filters_let_through_what_fits(options: list[str], fits: Callable[[dict[str, Any]], bool], kept: Path) -> None:
    """A filter lists exactly the statements that it names: some, not all."""
    every = _rows("statements", "--record", kept)
    wanted = [row for row in every if fits(row)]
    assert 0 < len(wanted) < len(every)
    assert _rows("statements", *options, "--record", kept) == wanted


def test_filters_hold_together(kept: Path) -> None:
    """Of several filters all hold; a limit takes the first rows."""
    every = _rows("statements", "--record", kept)
    both = ["--speaker", "Vorrin", "--kind", "indirect"]
    wanted = [row for row in every if row["kind"] == "indirect" and "Vorrin" in (row["speaker"] or {}).get("name", "")]
    assert _rows("statements", *both, "--record", kept) == wanted
    assert _rows("statements", *both, "--limit", "3", "--record", kept) == wanted[:3]
    assert _rows("statements", "--limit", "0", "--record", kept) == []


@pytest.mark.parametrize(
    "options",
    [["--speaker", "Vorrin"], ["--kind", "mixed"], ["--since", "2024"], ["--outlet", "courier"]],
    ids=" ".join,
)
def test_filters_of_reports_and_actors(options: list[str], kept: Path) -> None:
    """Reports and actors are listed if one of their statements would be; actors count these only."""
    said = _rows("statements", *options, "--record", kept)
    assert {r["report_id"] for r in _rows("reports", *options, "--record", kept)} == {s["report_id"] for s in said}
    counted = {actor["id"]: actor["statements"] for actor in _rows("actors", *options, "--record", kept)}
    by_actor = [row["speaker"]["actor"] for row in said if row["speaker"] and row["speaker"]["actor"]]
    assert counted == {actor: by_actor.count(actor) for actor in by_actor}


def test_actors_come_by_how_much_they_said(kept: Path) -> None:
    """The actor with most statements comes first; in the examples it is the minister whom they follow."""
    rows = _rows("actors", "--record", kept)
    assert rows[0]["name"] == "Elka Vorrin"
    assert [row["statements"] for row in rows] == sorted((row["statements"] for row in rows), reverse=True)


def test_search_finds_all_the_words(kept: Path) -> None:
    """`search` finds reports and statements that hold every word, and finds nothing for a word that is nowhere."""
    hits = _rows("search", "Tolmeray", "wells", "--record", kept)
    assert {hit["thing"] for hit in hits} == {"report", "statement"}
    for hit in hits:
        if hit["thing"] == "statement":
            assert all(word in hit["words"].lower() for word in ("tolmeray", "well"))
    assert _rows("search", "xylophone", "--record", kept) == []


def test_statement_without_a_cue_is_shown(tmp_path: Path) -> None:
    """Where the cue is a headline's colon only, the table shows the content alone, on lines that fit."""
    report = make_report("Korvin: " + "the ferry over the Lund stays, whatever the others say " * 3)
    colon = make_statement(report, report.text[8:].rstrip(), source="Korvin", cue=":")
    with onrecord.open(str(tmp_path / "record.db"), create=True) as record:
        record.put(report, make_reading(report, colon), added_at=TIME)
    lines = here("statements", "--record", tmp_path / "record.db").out.splitlines()
    assert lines[1].strip() == "the ferry over the Lund stays, whatever the others say the ferry"
    assert max(map(cell_len, lines)) <= 80


# --- show


def test_show_report(kept: Path) -> None:
    """A report shows what it says of itself and its statements, by id, beginning of an id, or path."""
    path = f"{EXAMPLES}/05-carrowe-post-inspectors-without-cameras.html"
    shown = here("show", path, "--json", "--record", kept).json
    assert shown["metadata"]["outlet"] == "The Carrowe Post"
    assert shown["metadata"]["published"].startswith("2023-04-05")
    assert all(piece["reason"] for piece in shown["dropped"])
    for statement in shown["statements"]:
        for role in ("source", "cue", "content"):
            words = " … ".join(shown["text"][start:end] for start, end in statement[role])
            assert words == statement[f"{role}_words"]
    ran = here("show", shown["report_id"][:9], "--text", "--record", kept)
    assert (ran.status, ran.err) == (0, f"{len(shown['statements'])} statements\n")
    for words in ("The Carrowe Post", "2023-04-05", shown["provenance"]["bytes_digest"]):
        assert words in ran.out
    assert all(line in ran.out for line in shown["text"].split("\n"))


def test_show_dropped(kept: Path) -> None:
    """`--dropped` lists everything of the page that is not in the text, with its reason."""
    path = f"{EXAMPLES}/02-sorrin-courier-no-evidence.html"
    pieces = here("show", path, "--dropped", "--json", "--record", kept).json
    assert pieces
    ran = here("show", path, "--dropped", "--record", kept)
    assert ran.status == 0
    assert ran.err.startswith(f"{len(pieces)} pieces dropped")
    assert ran.out.count("\n") == 2 * len(pieces)
    for piece in pieces:
        assert piece["reason"] in ran.out
        assert " ".join(piece["words"].split())[:60] in ran.out


def test_show_statement(kept: Path) -> None:
    """A statement shows its words, its speaker, and the report around it with the place of every character."""
    row = _rows("statements", "--speaker", "Vorrin", "--limit", "1", "--record", kept)[0]
    assert here("show", row["id"], "--json", "--record", kept).json == row
    ran = here("show", row["id"], "--record", kept)
    assert (ran.status, ran.err) == (0, "")
    shown = " ".join(ran.out.split())
    for words in (row["content_words"], "Elka Vorrin (person", row["report_id"], row["outlet"] or row["title"]):
        assert " ".join(words.split()) in shown


def test_show_actor(kept: Path) -> None:
    """An actor shows the names that it has, and everything that it said."""
    actor = _rows("actors", "--limit", "1", "--record", kept)[0]
    shown = here("show", actor["id"], "--json", "--record", kept).json
    assert {name: shown[name] for name in actor} == actor
    assert len(shown["said"]) == actor["statements"]
    ran = here("show", actor["id"], "--record", kept)
    assert actor["name"] in ran.out
    assert ran.err == f"{actor['statements']} statements\n"


# --- how commands end


USAGE = [
    ["show", "s-ffffffffffffffff"],
    ["show", "nothing of the kind"],
    ["statements", "--no-such-option"],
    ["statements", "--kind", "loud"],
    ["statements", "--since", "yesterday"],
    ["statements", "--until", "2023-02-30"],
    ["statements", "--min-confidence", "7"],
    ["statements", "--format", "xml"],
    ["reports", "--limit", "-1"],
    ["no-such-command"],
    ["add"],
    ["extract"],
]


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
def test_wrong_usage_ends_with_2(arguments: list[str], kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes no sense is refused with status 2, a message on standard error and nothing on standard output."""
    monkeypatch.setenv("ONRECORD_RECORD", str(kept))
    ran = here(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.strip()


@pytest.mark.parametrize("command", [*LISTINGS, ["show", "r-0"], ["check"]], ids=[*NAMES, "show", "check"])
def test_without_a_record_nothing_is_done(command: list[str], tmp_path: Path) -> None:
    """A record that is not there, or is something else, ends with status 4, says so, and is not made or touched."""
    for name, content in (("missing.db", None), ("letter.db", b"Dear Ada, the ferry stays."), ("empty.db", b"")):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        ran = here(*command, "--record", path)
        assert (ran.status, ran.out) == (4, ""), name
        assert name in ran.err
        assert ran.err.startswith("onrecord: ")
        assert (path.read_bytes() if path.exists() else None) == content


def test_errors_of_a_process(kept: Path, tmp_path: Path) -> None:
    """A process ends with the same status and messages, without a traceback."""
    for arguments, status in (
        (["show", "s-ffff", "--record", kept], 2),
        (["statements", "--bad"], 2),
        (["reports", "--record", tmp_path / "none.db"], 4),
    ):
        ran = process(*arguments)
        assert (ran.status, ran.out) == (status, "")
        assert "Traceback" not in ran.err
        assert ran.err.strip()


def test_failed_inputs_are_kept_and_counted(tmp_path: Path) -> None:
    """If some inputs fail the rest goes on and the status is 3; if all do it is 4; each is listed with its reason."""
    record = tmp_path / "record.db"
    good, empty, picture = tmp_path / "good.txt", tmp_path / "empty.txt", tmp_path / "picture.txt"
    good.write_text(REPORT, encoding="utf-8")
    empty.write_bytes(b"")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    bad = [empty, picture, tmp_path / "absent.txt"]
    ran = here("add", *bad, "--record", record)
    assert ran.status == 4
    assert here("add", good, *bad, "--record", record).status == 3
    summary = here("add", good, *bad, "--record", record, "--json")
    assert summary.status == 3
    assert (summary.json["known"], summary.json["failed"]) == (1, 3)
    listed = {row["report"]: row for row in _rows("reports", "--failed", "--record", record)}
    assert set(listed) == {str(path) for path in bad}
    for path in bad:
        assert str(path) in ran.err
        assert listed[str(path)]["reason"] in ran.err
        assert listed[str(path)]["detail"]
    assert len(_rows("reports", "--record", record)) == 1
    assert here("extract", *bad).status == 4
    assert here("extract", good, empty).status == 3
    assert here("extract", good).status == 0


def test_report_that_was_mended_is_no_failure(tmp_path: Path) -> None:
    """An input that failed and can be read now leaves the list of failures."""
    path, record = tmp_path / "report.txt", tmp_path / "record.db"
    path.write_bytes(b"")
    assert here("add", path, "--record", record).status == 4
    path.write_text(REPORT, encoding="utf-8")
    assert here("add", path, "--record", record).status == 0
    assert _rows("reports", "--failed", "--record", record) == []


@pytest.mark.skipif(shutil.which("head") is None, reason="there is no `head`")
def test_reader_that_leaves_is_no_error(kept: Path) -> None:
    """`onrecord statements | head -1` prints one line and no traceback."""
    for form in ("table", "jsonl"):
        command = f'"{sys.executable}" -m onrecord statements --record "{kept}" --format {form} | head -1'
        done = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, env=environment(), check=False)  # noqa: S602
        assert done.stdout.count(b"\n") == 1
        assert b"Traceback" not in done.stderr
        assert b"rror" not in done.stderr


# --- what a report may not do


HOSTILE = """\
\x1b]0;owned\x07Ferry \u202estays\u202c [red]says[/red] <script>alert(1)</script> council

=cmd|' /C calc'!A0 said that \x1b[31m[bold]the ferry[/bold]\x1b[0m would sink. Minister Ada \u2067Korvin\u2069 said \
that <script>alert(2)</script> would stay. “=1+1,” she said. +SUM(A1) said it rained \x9b2J all day. @Benno said so.
"""
_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def test_report_cannot_steer_a_terminal_or_spreadsheet(tmp_path: Path) -> None:
    """No escape sequence, control character or turned direction of a report reaches a table; no formula a CSV cell."""
    record = tmp_path / "record.db"
    path = tmp_path / "hostile.jsonl"
    line = {"id": "\x1b[2J=key", "text": HOSTILE, "title": "=1+1\x1b[0m\u202e", "outlet": "@The \x1b]8;;x\x07 Quay"}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert here("add", path, "--record", record).status == 0
    (report,) = _rows("reports", "--record", record)
    said = _rows("statements", "--record", record)
    assert len(said) >= 2
    shows = [["show", report["report_id"], "--text"], ["show", said[0]["id"]], ["show", said[0]["speaker"]["actor"]]]
    for command in [*LISTINGS[:3], ["search", "ferry"], *(s for s in shows if s[1])]:
        ran = here(*command, "--record", record)
        assert ran.status == 0
        assert not [c for c in ran.out + ran.err if c != "\n" and (unicodedata.category(c) == "Cc" or c in _TURNING)]
    assert "[red]says[/red] <script>alert(1)</script>" in here(*shows[0], "--record", record).out
    for command in LISTINGS[:3]:
        printed = here(*command, "--format", "csv", "--record", record).out
        cells = [cell for row in csv.reader(io.StringIO(printed, newline="")) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
        assert [c for c in printed if c in "\x07\x1b\x9b" or c in _TURNING] == []


# --- the process


HEAVY = ("onnxruntime", "sqlalchemy", "numpy", "trafilatura", "lxml", "tokenizers", "alembic", "rich.table")


def _least_of_five(*arguments: str) -> float:
    """Return the least processor time of five runs of Python, in seconds: unlike the clock it can bear company."""
    times = []
    for _ in range(5):
        before = os.times()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=True, env=environment(), cwd=ROOT)
        after = os.times()
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(times)


def test_help_answers_at_once() -> None:
    """`--help` takes less than half a second, of which Python itself takes some."""
    assert _least_of_five("-m", "onrecord", "--help") < _least_of_five("-c", "pass") + 0.45


def test_help_loads_nothing_heavy() -> None:
    """`--help`, of the program and of each command, loads no library that only the work needs."""
    for command in ([], ["add"], ["statements"], ["show"]):
        code = f"import sys; from onrecord.cli import run; run({[*command, '--help']}); print(*sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env=environment(), cwd=ROOT
        )
        assert b"Usage" in done.stdout
        assert set(HEAVY) & set(done.stdout.decode().split()) == set()


def test_help_names_every_command() -> None:
    """The help of the program lists its commands, and each has help of its own; the version is printed on demand."""
    listed = process("--help").out
    for command in ("add", "extract", "reports", "statements", "actors", "show", "search", "check"):
        assert re.search(rf"^\s+{command}\b", listed, re.MULTILINE)
        assert here(command, "--help").status == 0
    assert here("--version").out == f"onrecord {onrecord.__version__}\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
def test_interrupt_leaves_a_sound_record(tmp_path: Path) -> None:
    """Ctrl-C ends `add` with 130 and no traceback; what was finished is kept, and the record is sound."""
    path, record = tmp_path / "many.jsonl", tmp_path / "record.db"
    texts = (f"Ferry {n}\n{REPORT}" for n in range(1500))
    path.write_text(
        "".join(json.dumps({"id": str(n), "text": t}) + "\n" for n, t in enumerate(texts)), encoding="utf-8"
    )
    # A test runner in the background may have told its children to ignore Ctrl-C.
    code = "import signal; signal.signal(2, signal.default_int_handler); from onrecord.__main__ import main; main()"
    command = [sys.executable, "-c", code, "add", str(path), "--record", str(record)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as adding:
        deadline = time.monotonic() + 120
        while _reports_in(record) == 0 and time.monotonic() < deadline:
            time.sleep(0.05)
        adding.send_signal(signal.SIGINT)
        _, err = adding.communicate(timeout=60)
    assert adding.returncode == 130, err
    assert err.decode().startswith("onrecord: interrupted")
    assert b"Traceback" not in err
    assert 0 < _reports_in(record) < 1500
    assert here("check", "--record", record).status == 0


def _reports_in(record: Path) -> int:
    try:
        with onrecord.open(str(record)) as opened:
            return opened.counts().reports
    except RecordError:  # not made yet
        return 0
