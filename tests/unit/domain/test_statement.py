"""Statements and readings as values."""

from dataclasses import replace

from onrecord.domain.ids import ReportId
from onrecord.domain.span import Span
from onrecord.domain.statement import Extractor, Reading, statement_id
from onrecord.testing import make_report, make_statement

ONE, OTHER = ReportId("r-1"), ReportId("r-2")
A, B, C = (Span(0, 3),), (Span(4, 8),), (Span(9, 20),)


def test_a_statement_is_known_by_its_places() -> None:
    """The id hangs on the report and on the spans of each role, and on nothing else."""
    made = statement_id(ONE, source=A, cue=B, content=C)
    assert statement_id(ONE, source=A, cue=B, content=C) == made
    others = {
        statement_id(OTHER, source=A, cue=B, content=C),
        statement_id(ONE, source=(), cue=B, content=C),
        statement_id(ONE, source=B, cue=A, content=C),
        statement_id(ONE, source=A, cue=B, content=(*C, Span(30, 31))),
        statement_id(ONE, source=A, cue=(*B, *C), content=()),
    }
    assert len(others) == 5
    assert made not in others


def test_extent_reaches_over_all_roles() -> None:
    """The extent goes from a statement's first character to its last, whichever roles these have."""
    report = make_report("“No,” said Odo Varn on Monday, “never.”")
    statement = make_statement(report, ("“No,”", "“never.”"), source="Odo Varn")
    assert statement.extent.of(report.text) == report.text
    assert replace(statement, source=(), content=(Span(0, 5),)).extent.of(report.text) == "“No,” said"


def test_a_reading_is_known_by_text_and_extractor() -> None:
    """Another text, report, extractor or model gives another reading; the same gives the same id."""
    extractor = Extractor(name="x.v1", model_digest="0")
    made = Reading.id_of("d", ONE, extractor)
    others = {
        Reading.id_of("e", ONE, extractor),
        Reading.id_of("d", OTHER, extractor),
        Reading.id_of("d", ONE, replace(extractor, name="x.v2")),
        Reading.id_of("d", ONE, replace(extractor, model_digest="1")),
    }
    assert Reading.id_of("d", ONE, extractor) == made
    assert len(others) == 4
    assert made not in others
