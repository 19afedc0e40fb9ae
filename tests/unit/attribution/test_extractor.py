"""Reports to statements, with the shipped model; what is asked of it is plain enough for any model."""

import itertools
import resource
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.attribution import MiniLmAttributor, shipped_model
from onrecord.attribution.extractor import kind_of
from onrecord.domain.report import Report
from onrecord.domain.span import Span
from onrecord.domain.statement import Kind, Statement, statement_id
from onrecord.domain.words import quote_depths
from onrecord.errors import ModelError
from onrecord.testing import make_report

FILES = ("tagger.onnx", "tagger.json", "tokenizer.json", "grouping.json")
SENTENCES = (
    "“We will not leave,” Ann Lee said.",
    "The minister of ports, Odo Varn, told reporters that the ferry would not run on Monday, adding that it “was old”.",
    "Rain fell on Tolva all week.",
    "According to the harbour office, 40 boats were lost.",
    "He denied that.",
    "The council wants the bridge closed by spring, two aides said.",
    "\nTOLVA — Nobody answered.",
    "“Never,” said Brin.\n\n“Not in my time.”",
)

hostile = st.lists(
    st.one_of(
        st.sampled_from(
            (*SENTENCES, " said ", " “", "” ", "\n", "\x00", "\u200b", "\u0301", "\ud800", "אמר", "👍🏽", "\u202e")
        ),
        st.text(st.characters(), max_size=8),
    ),
    max_size=12,
).map("".join)


def report_of(text: str, key: str = "report.txt") -> Report:
    """Return a report with this text, even one that no encoding has."""
    return replace(make_report("", key=key), text=text)


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    """Return what the spans stand for."""
    return [span.of(text) for span in spans]


def check_sound(report: Report, statements: tuple[Statement, ...]) -> None:
    """Fail unless every statement could stand in a record."""
    assert len({s.id for s in statements}) == len(statements)
    assert [s.content[0] for s in statements] == sorted(s.content[0] for s in statements)
    for s in statements:
        assert s.id == statement_id(report.id, source=s.source, cue=s.cue, content=s.content)
        assert s.cue
        assert s.content
        assert 0 <= s.confidence <= 1
        taken = sorted((*s.source, *s.cue, *s.content))
        assert all(a.end <= b.start for a, b in itertools.pairwise(taken))
        for role in (s.source, s.cue, s.content):
            assert list(role) == sorted(role)
            assert all(words(report.text, role))


@pytest.mark.parametrize(
    ("text", "source", "content", "kind"),
    [
        ('"We will not leave," Ann Lee said.', "Ann Lee", '"We will not leave,"', Kind.DIRECT),
        ("“We will not leave,” said Ann Lee.", "Ann Lee", "“We will not leave,”", Kind.DIRECT),
        ("Ann Lee said the ferry would stay open.", "Ann Lee", "the ferry would stay open", Kind.INDIRECT),
    ],
)
def test_the_plainest_sentences(attributor: MiniLmAttributor, text: str, source: str, content: str, kind: Kind) -> None:
    """Of a plain sentence it is found who said what, and whether in quote marks."""
    ((statement,),) = attributor.attribute([make_report(text)])
    assert words(text, statement.source) == [source]
    assert words(text, statement.cue) == ["said"]
    assert words(text, statement.content) == [content]
    assert statement.kind is kind
    assert statement.confidence > 0.3


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00", "\u200b\u200b", "\ud800", "Rain fell."])
def test_nothing_said_gives_nothing(attributor: MiniLmAttributor, text: str) -> None:
    """A text in which nobody says anything has no statements, down to no text at all."""
    assert attributor.attribute([report_of(text)]) == [()]


def test_no_reports_give_no_answers(attributor: MiniLmAttributor) -> None:
    """There is one answer for each report, none for none."""
    assert attributor.attribute([]) == []


@settings(max_examples=60, deadline=None)
@given(hostile)
def test_statements_are_sound_for_any_text(attributor: MiniLmAttributor, text: str) -> None:
    """Whatever the text holds, statements lie inside it, in order, their parts apart, under the id of their places."""
    report = report_of(text)
    (found,) = attributor.attribute([report])
    check_sound(report, found)


def test_a_report_is_read_alike_alone_and_among_others(attributor: MiniLmAttributor) -> None:
    """What is found in a report does not depend on the reports beside it or on their order."""
    texts = ["\n".join(SENTENCES[at:] + SENTENCES[:at]) * (1 + 3 * (at % 3)) for at in range(len(SENTENCES))]
    reports = [make_report(text, key=str(at)) for at, text in enumerate([*texts, "", *SENTENCES])]
    alone = [attributor.attribute([report])[0] for report in reports]
    assert sum(map(len, alone)) > len(reports)
    assert attributor.attribute(reports) == alone
    assert attributor.attribute(reports[::-1]) == alone[::-1]


def test_a_book_on_one_line(attributor: MiniLmAttributor) -> None:
    """A text of 300,000 characters on one line is read to its end, with memory for little more than the text."""
    line = "Ann Lee said that international organisations acknowledged environmental responsibilities. "
    report = make_report(line * (300_000 // len(line)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (found,) = attributor.attribute([report])
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # kilobytes
    check_sound(report, found)
    assert len(found) > len(report.text) // len(line) // 2
    assert found[-1].extent.end > len(report.text) - 2 * len(line)
    assert grown < 800_000


@pytest.mark.parametrize(
    ("text", "dateline", "spoken"),
    [
        ("TOLVA: Ann Lee said the ferry would stay.", "TOLVA", ["Ann Lee"]),
        ("TOLVA (Quay News) — Ann Lee said the ferry would stay.", "TOLVA", ["Ann Lee"]),
        ("TOLVA, March 3, 2021 (Quay News) – Ann Lee said the ferry would stay.", "TOLVA", ["Ann Lee"]),
        ("TOLVA, 3 March – Ann Lee said the ferry would stay.", "TOLVA", ["Ann Lee"]),
        ("TOLVA, Marn. Ann Lee said the ferry would stay.", "TOLVA, Marn", ["Ann Lee"]),
        ("Ann Lee said Tolva would stay.", "Tolva", ["Ann Lee"]),
        ("Ann Lee said the ferry would stay.", "MARN", ["Ann Lee"]),
    ],
)
def test_a_dateline_is_nobody_who_speaks(
    attributor: MiniLmAttributor, text: str, dateline: str, spoken: list[str]
) -> None:
    """The place a report begins with is not read as a source; the same word inside a sentence is read as ever."""
    report = make_report(text)
    report = replace(report, metadata=replace(report.metadata, dateline=dateline))
    ((statement,),) = attributor.attribute([report])
    assert words(text, statement.source) == spoken
    assert statement.extent.start == text.index("Ann")


def test_blanks_after_a_dateline_take_no_time(attributor: MiniLmAttributor) -> None:
    """A hundred thousand blanks after a dateline are passed over in one go."""
    report = make_report("TOLVA" + " " * 100_000)
    assert attributor.attribute([replace(report, metadata=replace(report.metadata, dateline="TOLVA"))]) == [()]


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("He said “we stay”.", ["“we stay”"], Kind.DIRECT),
        ("He said “we stay”.", ["we stay"], Kind.DIRECT),
        ("He said ''we stay''.", ["''we stay''"], Kind.DIRECT),
        ("He said: ‘we stay’", ["‘we stay’"], Kind.DIRECT),
        ("He said they stay.", ["they stay"], Kind.INDIRECT),
        ("He said they “never” stay.", ["they “never” stay"], Kind.MIXED),
        ("“We,” he said, “stay.”", ["“We,”", "“stay.”"], Kind.DIRECT),
        ("“We stay,” he said, until spring.", ["“We stay,”", "until spring"], Kind.MIXED),
        ("They don't stay, he said.", ["They don't stay"], Kind.INDIRECT),
        ("“We stay,” he said.", ["“We stay,”"], Kind.DIRECT),
        ("He said: “…”", ["“…”"], Kind.DIRECT),
        ("He said …", ["…"], Kind.INDIRECT),
        ("He said “we stay” .", ["“we stay” ."], Kind.DIRECT),
    ],
)
def test_kind_is_told_by_the_words_in_quotes(text: str, content: list[str], kind: Kind) -> None:
    """All words of the content in quote marks: direct; none: indirect; some: mixed. Punctuation is no word."""
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in content]
    assert kind_of(text, quote_depths(text), spans) is kind


def copied_model(folder: Path, *, but: str) -> Path:
    """Link the shipped model's files into `folder`, all but one."""
    for name in FILES:
        if name != but:
            (folder / name).symlink_to(shipped_model() / name)
    return folder


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "another shape", "not text"])
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_model_is_refused(tmp_path: Path, name: str, damage: str) -> None:
    """A model with a file missing, cut short or of another kind is a ModelError that says where, and what to do."""
    folder = copied_model(tmp_path, but=name)
    whole = (shipped_model() / name).read_bytes()
    content = {"empty": b"", "cut": whole[: len(whole) // 2], "another shape": b"[]", "not text": b"\xff\xfe\x00"}
    if damage != "missing":
        (folder / name).write_bytes(content[damage])
    with pytest.raises(ModelError, match="reinstall onrecord") as raised:
        MiniLmAttributor(folder)
    assert str(folder) in str(raised.value)


def test_the_digest_is_that_of_all_files(tmp_path: Path, attributor: MiniLmAttributor) -> None:
    """The same files elsewhere have the same digest; one other byte in any of them makes another extractor."""
    folder = copied_model(tmp_path, but="grouping.json")
    shutil.copyfile(shipped_model() / "grouping.json", folder / "grouping.json")
    assert MiniLmAttributor(folder).extractor == attributor.extractor
    with (folder / "grouping.json").open("a") as file:
        file.write(" ")
    assert MiniLmAttributor(folder).extractor.model_digest != attributor.extractor.model_digest
