"""The Python interface: `import onrecord` and what it gives."""

import subprocess
import sys
from pathlib import Path

import pytest
from commandline import EXAMPLES, ROOT, environment, here
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.domain.statement import Kind, Reading
from onrecord.errors import RecordForeign, RecordMissing, UsageError
from onrecord.storage import ActorQuery, ReportQuery, StatementQuery

TEXT = (
    "Halvoran Foreign Minister Ada Korvin said on Monday that the ferry would stay.\n"
    "“Nobody asked us,” she told reporters. Benno Tal denied that there was a plan.\n"
)


def test_import_loads_nothing_heavy() -> None:
    """`import onrecord` loads the standard library only, and not much of it."""
    code = "import sys; before = set(sys.modules); import onrecord; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment(), cwd=ROOT)
    loaded = done.stdout.decode().split()
    assert {name.partition(".")[0] for name in loaded} <= {"onrecord", *sys.stdlib_module_names}
    assert [name for name in loaded if name.startswith("onrecord.")] == ["onrecord._version"]


def test_extract_gives_a_reading() -> None:
    """`extract` reads a text verbatim: speakers, kinds, and spans that are indices into it."""
    reading = onrecord.extract(TEXT)
    assert isinstance(reading, Reading)
    by_name = {s.speaker.name: s for s in reading.statements if s.speaker}
    assert {"Ada Korvin", "Benno Tal"} <= set(by_name)
    (quote,) = [s for s in reading.statements if s.kind is Kind.DIRECT]
    assert [span.of(TEXT) for span in quote.content] == ["“Nobody asked us,”"]
    assert quote.speaker
    assert quote.speaker.name == "Ada Korvin"
    assert {actor.id for actor in reading.actors} == {s.speaker.actor for s in by_name.values() if s.speaker}


def test_extract_says_the_same_again() -> None:
    """The same text under the same key gives an equal reading; another key other ids."""
    assert onrecord.extract(TEXT) == onrecord.extract(TEXT)
    assert onrecord.extract(TEXT, key="other").statements[0].content == onrecord.extract(TEXT).statements[0].content


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(TEXT.split(" ")), st.text(max_size=8)), max_size=60).map(" ".join))
def test_spans_match_any_text(text: str) -> None:
    """Whatever the text, every span of the reading lies inside it, in order."""
    text = text.encode("utf-8", "replace").decode()
    for statement in onrecord.extract(text).statements:
        assert statement.content
        for role in (statement.source, statement.cue, statement.content):
            assert list(role) == sorted(role)
            assert all(span.of(text) for span in role)


def test_an_empty_text_says_nothing() -> None:
    """A text without words gives a reading without statements."""
    assert onrecord.extract("").statements == ()
    assert onrecord.extract(" \n\t").statements == ()


def test_open_gives_a_record_with_the_commands_verbs(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the commands list, the record's verbs give as values."""
    monkeypatch.chdir(ROOT)
    with onrecord.open(str(kept)) as record:
        said = list(record.statements(StatementQuery(speaker="Vorrin")))
        reports = list(record.reports(ReportQuery(outlet="Courier")))
        actors = list(record.actors(ActorQuery(limit=1)))
        report = record.report(f"{EXAMPLES}/02-sorrin-courier-no-evidence.html")
        assert record.find(said[0].id).id == said[0].id
        assert record.statement(said[0].id) == said[0]
        assert record.actor(actors[0].id).name == "Elka Vorrin"
        assert [hit.report for hit in record.search("xylophone")] == []
        assert record.reading_of(report.id).report == report.id
        assert record.counts().reports == 12
        assert list(record.check()) == []
        assert record.digest() == here("check", "--record", kept, "--json").json["digest"]
        assert list(record.failures()) == []
    rows = here("statements", "--speaker", "Vorrin", "--format", "json", "--record", kept).json
    assert [row["id"] for row in rows] == [row.id for row in said]
    assert [row.outlet for row in reports] == ["The Sorrin Courier"]
    assert report.metadata.outlet == "The Sorrin Courier"


def test_readings_of_a_record_point_at_its_texts(kept: Path) -> None:
    """Every span of every stored reading holds the words that the listing shows."""
    with onrecord.open(str(kept)) as record:
        texts = {row.report_id: record.report(row.report_id).text for row in record.reports()}
        rows = list(record.statements())
    assert rows
    for row in rows:
        for spans, words in (
            (row.source, row.source_words),
            (row.cue, row.cue_words),
            (row.content, row.content_words),
        ):
            assert " … ".join(span.of(texts[row.report_id]) for span in spans) == words


def test_open_says_what_is_wrong(tmp_path: Path) -> None:
    """A record that is missing is not made unless asked for; another file is refused; an unknown id is named."""
    with pytest.raises(RecordMissing, match="no record at"):
        onrecord.open(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []
    letter = tmp_path / "letter.db"
    letter.write_text("Dear Ada, the ferry stays.", encoding="utf-8")
    with pytest.raises(RecordForeign):
        onrecord.open(str(letter))
    with onrecord.open(str(tmp_path / "new.db"), create=True) as record:
        assert record.counts().reports == 0
        with pytest.raises(UsageError, match="s-00"):
            record.statement("s-00")
