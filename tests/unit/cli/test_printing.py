"""Printing of what reports say, which is hostile."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from onrecord.cli.options import Format
from onrecord.cli.printing import console, emit, print_json, shortened, visible

hostile = st.text(
    st.one_of(
        st.sampled_from("\x1b\x9b\x07\r\n\t\u202e\u2066\u200b\ud800\x00 a港👍🏽\u200d\ufe0f\u0301é"), st.characters()
    )
)


class AsciiOutput(io.StringIO):
    """Standard output of a terminal that shows ASCII only."""

    encoding = "ascii"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ann Lee", "Ann Lee"),
        ("Éva Marn-Ørsted 港 👍", "Éva Marn-Ørsted 港 👍"),
        ("\x1b[31mred\x1b[0m", "�[31mred�[0m"),
        ("\x1b]0;title\x07", "�]0;title�"),
        ("\x9b31mred", "�31mred"),
        ("a\x00b\x7fc\x08d", "a�b�c�d"),
        ("\u202egnp.exe\u202c", "�gnp.exe�"),
        ("\u2066a\u2069\u200f\u061c", "�a���"),
        ("\ud800", "�"),
        ("\ue000\U0010ffff", "��"),
        ("one\ntwo\r\nthree\tfour\u2028five\x85six", "one two three four five six"),
        ("  in  between  ", "in between"),
        ("", ""),
    ],
)
def test_nothing_steers_the_terminal(text: str, shown: str) -> None:
    """Control characters, turning marks and half characters are replaced by a mark, white space by one blank."""
    assert visible(text) == shown


@settings(max_examples=100, deadline=None)
@given(hostile)
def test_visible_text_is_one_harmless_line(text: str) -> None:
    """Whatever comes in, what is shown is one line without control characters, can be encoded, and stays as it is."""
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cs"}
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
    assert shown.encode().decode() == shown
    assert visible(shown) == shown


@settings(max_examples=100, deadline=None)
@given(hostile, st.integers(1, 40))
def test_shortened_fits_its_cells(text: str, width: int) -> None:
    """A shortened text takes no more cells than asked for, and is the whole text where that fits."""
    short = shortened(text, width)
    assert cell_len(short) <= width
    assert (short == visible(text)) == (cell_len(visible(text)) <= width)


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("the ferry", 9, "the ferry"),
        ("the ferry", 8, "the fer…"),
        ("the ferry", 5, "the…"),
        ("港は開いた", 10, "港は開いた"),
        ("港は開いた", 9, "港は開い…"),
        ("港は開いた", 8, "港は開…"),
        ("👍👍👍", 5, "👍👍…"),
        ("\x1b[31m", 3, "�[…"),
        ("ab", 1, "…"),
    ],
)
def test_what_is_cut_ends_with_an_ellipsis(text: str, width: int, short: str) -> None:
    """Wide characters count as two cells and are never cut in half; a cut is shown."""
    assert shortened(text, width) == short


@settings(max_examples=50, deadline=None)
@given(st.lists(hostile) | st.dictionaries(hostile, st.none() | st.integers() | st.lists(hostile)))
def test_json_gives_back_every_character(value: Any) -> None:
    """A printed JSON value is one line that can be encoded, steers nothing, and reads back as it was."""
    with pytest.MonkeyPatch.context() as patch:
        out = io.StringIO()
        patch.setattr("sys.stdout", out)
        print_json(value)
    line = out.getvalue()
    assert line.encode().endswith(b"\n")
    assert not any(unicodedata.category(c) == "Cc" or c in "\u202e\u2066\u2028" for c in line[:-1])
    assert json.loads(line) == value


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ({"name": "Éva 港"}, '{"name": "Éva 港"}'),
        ({"key": "é\udce9"}, '{"key": "\\u00e9\\udce9"}'),
        ("\x1b[31m\x9b", '"\\u001b[31m\\u009b"'),
        ("\u202eabc", '"\\u202eabc"'),
    ],
)
def test_json_escapes_what_cannot_be_shown(capsys: pytest.CaptureFixture[str], value: Any, line: str) -> None:
    """Letters are printed as they are; with half a character in it the whole line falls back to ASCII."""
    print_json(value)
    assert capsys.readouterr().out == line + "\n"


def test_json_for_a_terminal_without_the_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard output has no such letters, JSON escapes them and loses none."""
    out = AsciiOutput()
    monkeypatch.setattr("sys.stdout", out)
    print_json("Éva 港")
    assert out.getvalue() == '"\\u00c9va \\u6e2f"\n'


def no_table(rows: Iterator[dict[str, Any]]) -> None:
    """Stand where a table is printed."""
    print("table of", len(list(rows)))  # noqa: T201


def printed(capsys: pytest.CaptureFixture[str], form: Format, rows: list[dict[str, Any]]) -> str:
    """Return what a listing of these rows prints."""
    emit(iter(rows), dict, form, no_table)
    return capsys.readouterr().out


ROWS: list[dict[str, Any]] = [{"id": "1", "words": "a, “b”\nc", "n": 2}, {"id": "2", "words": "", "n": None}]


@pytest.mark.parametrize(
    ("form", "out"),
    [
        (Format.TABLE, "table of 2\n"),
        (Format.JSON, '[{"id": "1", "words": "a, “b”\\nc", "n": 2}, {"id": "2", "words": "", "n": null}]\n'),
        (Format.JSONL, '{"id": "1", "words": "a, “b”\\nc", "n": 2}\n{"id": "2", "words": "", "n": null}\n'),
        (Format.CSV, 'id,words,n\r\n1,"a, “b”\nc",2\r\n2,,\r\n'),
    ],
)
def test_each_form_of_a_listing(capsys: pytest.CaptureFixture[str], form: Format, out: str) -> None:
    """The same rows come out as a table, one JSON array, one JSON line each, or CSV with a header."""
    assert printed(capsys, form, ROWS) == out


@pytest.mark.parametrize(("form", "out"), [(Format.JSON, "[]\n"), (Format.JSONL, ""), (Format.CSV, "")])
def test_an_empty_listing(capsys: pytest.CaptureFixture[str], form: Format, out: str) -> None:
    """A listing without rows is still sound output of its form."""
    assert printed(capsys, form, []) == out


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("the ferry", "the ferry"),
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@cmd", "'@cmd"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("\r=1", "�=1"),
        ("a=1", "a=1"),
        ("one\r\ntwo", "one\ntwo"),
        ("\x1b[31m\x9b\u202e", "�[31m��"),
        ("\udce9", "�"),
        (["=a", "\x9b"], '["=a", "�"]'),
        (3, "3"),
        (0.5, "0.5"),
        (None, ""),
    ],
)
def test_no_cell_runs_or_steers(capsys: pytest.CaptureFixture[str], value: Any, cell: str) -> None:
    """A CSV cell that a spreadsheet would run is quoted, and what would steer a terminal is replaced by a mark."""
    out = printed(capsys, Format.CSV, [{"id": "1", "words": value}])
    assert list(csv.reader(io.StringIO(out, newline="")))[1] == ["1", cell]


@pytest.mark.parametrize(
    ("speaker", "cells"),
    [({"name": "=Ann", "actor": "a-1", "kind": "person"}, ["'=Ann", "a-1"]), (None, ["", ""])],
)
def test_a_speaker_is_two_cells(
    capsys: pytest.CaptureFixture[str], speaker: dict[str, str] | None, cells: list[str]
) -> None:
    """In CSV a speaker is a name and an actor's id, both empty where the speaker is open."""
    out = printed(capsys, Format.CSV, [{"id": "1", "speaker": speaker}])
    header, row = csv.reader(io.StringIO(out))
    assert header == ["id", "speaker", "actor"]
    assert row[1:] == cells


def test_a_console_reads_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    """What looks like markup, an emoji code or a link in a report is printed as it stands."""
    words = "[bold]Ann[/bold] :smile: [link=https://quay.example]x[/link]"
    console().print(words)
    assert " ".join(capsys.readouterr().out.split()) == words
