"""Which rows a query lets through, and in which order."""

from pathlib import Path

import pytest

from onrecord.domain.statement import Actor, Kind
from onrecord.errors import UsageError
from onrecord.storage import ActorQuery, Query, Record, ReportQuery, StatementQuery, open_record
from onrecord.testing import TIME, make_actor, make_reading, make_report, make_statement

VELL = make_actor("Sergey Vell", "Sergei Vell", "Vell")
VELLSKY = make_actor("Ada Vellsky")
ASSAN = make_actor("Bashár al-Assan")
UNDER = make_actor("Under_score Kane")


def _put(record: Record, key: str, *, by: Actor, said: str, on: str | None, outlet: str) -> None:
    name = by.name
    report = make_report(f"{name} said {said}.", key=key, title=f"On {key}", outlet=outlet, published=on)
    kind = Kind.DIRECT if key == "c" else Kind.INDIRECT
    confidence = 0.5 if key == "b" else 0.9
    statement = make_statement(report, said, source=name, actor=by, kind=kind, confidence=confidence)
    record.put(report, make_reading(report, statement, actors=(by,)), added_at=TIME)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Return a record of six reports, put in no order."""
    opened = open_record(tmp_path_factory.mktemp("queries") / "record.db")
    _put(opened, "f", by=VELL, said="the naïve plan was void", on=None, outlet="The Quay")
    _put(opened, "d", by=UNDER, said="100% of the boats left", on="2031-06", outlet="Harbour Wire")
    _put(opened, "a", by=VELL, said="the harbour was closed", on="2030", outlet="The Quay")
    _put(opened, "c", by=ASSAN, said="the harbour AND the mill burnt", on="2031-05-06T10:00", outlet="Harbour Wire")
    _put(opened, "b", by=VELLSKY, said="the harbour was open", on="2031-05-06", outlet="Quayside")
    _put(opened, "e", by=ASSAN, said="all boats left", on="2032-01-01", outlet="Straße")
    return opened


@pytest.fixture(scope="module", autouse=True)
def _closed(record: Record) -> object:
    yield
    record.close()


CASES: list[tuple[dict[str, object], str]] = [
    ({}, "abcdef"),
    ({"speaker": "vell"}, "af"),
    ({"speaker": "SERGEI VELL"}, "af"),
    ({"speaker": "vel"}, ""),
    ({"speaker": "al-assan"}, "ce"),
    ({"speaker": "Bashar Assan"}, "ce"),
    ({"speaker": "%"}, ""),
    ({"speaker": "under_score"}, "d"),
    ({"speaker": "underxscore"}, ""),
    ({"speaker": "' OR 1=1 --"}, ""),
    ({"speaker": "\udce9"}, ""),
    ({"speaker": VELL.id}, "af"),
    ({"speaker": VELL.id[:8]}, "af"),
    ({"actor": VELLSKY.id}, "b"),
    ({"actor": "a-"}, ""),
    ({"actor": "%"}, ""),
    ({"about": "harbour"}, "abc"),
    ({"about": "NAIVE void"}, "f"),
    ({"about": "harbour AND mill"}, "c"),
    ({"about": "harbour NOT open"}, ""),
    ({"about": "harb*"}, ""),
    ({"about": "100%"}, "d"),
    ({"about": '"'}, ""),
    ({"outlet": "quay"}, "af"),
    ({"outlet": "harbour wire"}, "cd"),
    ({"outlet": "STRASSE"}, "e"),
    ({"since": "2031"}, "bcde"),
    ({"since": "2031-05-06"}, "bcde"),
    ({"since": "2031-05-06T12:00"}, "bde"),
    ({"since": "2031-05-07"}, "de"),
    ({"since": "2031-06-15"}, "de"),
    ({"since": "2030-07"}, "abcde"),
    ({"until": "2031"}, "abcd"),
    ({"until": "2031-05"}, "abc"),
    ({"until": "2031-05-05"}, "a"),
    ({"since": "2031-05", "until": "2031-05-06"}, "bc"),
    ({"kind": Kind.DIRECT}, "c"),
    ({"min_confidence": 0.8}, "acdef"),
    ({"report": "d"}, "d"),
    ({"report": "%"}, ""),
    ({"limit": 2}, "ab"),
    ({"limit": 2, "offset": 3}, "de"),
    ({"offset": 4}, "ef"),
    ({"limit": 0}, ""),
    ({"limit": 10**30, "offset": 10**30}, ""),
    ({"speaker": "vell", "about": "void", "outlet": "quay"}, "f"),
]


@pytest.mark.parametrize(("filters", "keys"), CASES)
def test_statements(record: Record, filters: dict[str, object], keys: str) -> None:
    """A listing of statements holds those that meet every filter, by date with the unknown last, then by key."""
    assert "".join(row.report for row in record.statements(StatementQuery(**filters))) == keys  # type: ignore[arg-type]


@pytest.mark.parametrize(("filters", "keys"), CASES)
def test_reports(record: Record, filters: dict[str, object], keys: str) -> None:
    """A listing of reports follows the same filters, as each of these reports has one statement."""
    assert "".join(row.report for row in record.reports(ReportQuery(**filters))) == keys  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, {"Sergey Vell": 2, "Bashár al-Assan": 2, "Ada Vellsky": 1, "Under_score Kane": 1}),
        ({"speaker": "sergei"}, {"Sergey Vell": 2}),
        ({"about": "harbour"}, {"Sergey Vell": 1, "Bashár al-Assan": 1, "Ada Vellsky": 1}),
        ({"outlet": "quay", "since": "2030"}, {"Sergey Vell": 1}),
        ({"actor": ASSAN.id[:9]}, {"Bashár al-Assan": 2}),
        ({"speaker": "nobody"}, {}),
    ],
)
def test_actors(record: Record, filters: dict[str, str], names: dict[str, int]) -> None:
    """A listing of actors counts the statements that the query lets through, the most first."""
    rows = list(record.actors(ActorQuery(**filters)))  # type: ignore[arg-type]
    assert {row.name: row.statements for row in rows} == names
    assert [row.statements for row in rows] == sorted((row.statements for row in rows), reverse=True)


def test_report_is_found_by_prefix(record: Record) -> None:
    """A report filter takes the record's own id, or its beginning, too."""
    row = next(iter(record.reports(ReportQuery(report="d"))))
    for name in (row.report_id, row.report_id[:10]):
        assert [r.report for r in record.statements(StatementQuery(report=name))] == ["d"]


def test_row_shows_what_a_listing_needs(record: Record) -> None:
    """A row names the input's own id, the record's, the outlet, the date with its precision, and the words."""
    (row,) = record.statements(StatementQuery(report="d"))
    assert (row.report, row.outlet, row.title) == ("d", "Harbour Wire", "On d")
    assert (row.published, row.published_precision) == ("2031-06", "month")
    assert row.report_id.startswith("r-")
    assert row.speaker is not None
    assert (row.speaker.name, row.source_words, row.cue_words) == ("Under_score Kane", "Under_score Kane", "said")
    assert row.parent is None


@pytest.mark.parametrize(
    "filters",
    [
        {"since": "yesterday"},
        {"since": "2031-13"},
        {"until": "2031-02-30"},
        {"until": "2031-5"},
        {"since": "20310506"},
        {"since": "２０３１"},
        {"until": "2031-05-06T25:00"},
        {"kind": "shouted"},
        {"min_confidence": 1.5},
        {"min_confidence": float("nan")},
        {"limit": -1},
        {"offset": -1},
    ],
)
def test_senseless_filters_are_refused(filters: dict[str, object]) -> None:
    """A filter that makes no sense is wrong usage, said before the record is asked."""
    with pytest.raises(UsageError):
        Query(**filters)  # type: ignore[arg-type]


def test_everything_streams_in_order_without_sorting_the_table(tmp_path: Path) -> None:
    """A listing of all statements walks the indexes: nothing of the whole table is sorted."""
    from onrecord.storage.listing import _REPORT_ORDER, _statement_rows
    from onrecord.storage.sqlite import SqliteDatabase
    from onrecord.storage.tables import reports, statements

    open_record(tmp_path / "record.db").close()
    database = SqliteDatabase(tmp_path / "record.db", busy_seconds=1)
    rows = _statement_rows(database.read_reports_first(reports.c.id))
    rows = rows.order_by(*_REPORT_ORDER, statements.c.start_offset, statements.c.position)
    with database.reading() as connection:
        plan = [line.detail for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {rows.compile(connection)}")]
    database.close()
    assert plan[0] == "SCAN reports USING INDEX reports_in_order"
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
