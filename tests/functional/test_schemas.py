"""Every JSON shape that leaves onrecord is what its schema in `docs/reference/schemas` says."""

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry, Resource

from onrecord.cli import run
from onrecord.domain.report import (
    BlockKind,
    Dropped,
    Failure,
    FailureReason,
    Metadata,
    Precision,
    Published,
)
from onrecord.domain.span import Span
from onrecord.domain.statement import ActorKind, Kind, Resolution
from onrecord.exports import shapes
from onrecord.storage import Counts, FailureRow, Hit, Problem, Record, ReportQuery, Thing, open_record
from onrecord.testing import TIME, make_reading, make_report, make_statement, sample_reading, sample_report

SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "schemas"
SCHEMA_OF = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(SCHEMAS.glob("*.json"))}
REGISTRY: Registry[Any] = Registry().with_resources(
    (name, Resource.from_contents(schema)) for name, schema in SCHEMA_OF.items()
)
PARTS = SCHEMA_OF["parts.json"]["$defs"]
REPORT = sample_report(key="a/harbour.txt", title="Harbour", outlet="The Quay", published="2031-05")
READING = sample_reading(REPORT)
BARE = make_report("Nobody knew.", key="b/bare.txt")
FAILURE = Failure(key="c/empty.txt", reason=FailureReason.EMPTY, detail="The file holds no bytes: fetch it again.")
COUNTS = Counts(reports=1, statements=2, nested=0, actors=1, failures=0, superseded_readings=0)
MADE_BY = {
    "actor-detail.json": {"actor_shape", "statement_shape"},
    "actor.json": {"actor_shape"},
    "add-summary.json": {"add_summary"},
    "check-result.json": {"check_result"},
    "dropped.json": {"dropped_shape"},
    "extract-line.json": {"extraction_line", "extraction_failure"},
    "failure.json": {"failure_shape"},
    "parts.json": {"metadata_shape", "spans_shape"},
    "report-detail.json": {"report_detail", "statement_shape"},
    "report.json": {"report_shape"},
    "search-hit.json": {"hit_shape"},
    "statement.json": {"statement_shape"},
}


def refuses(schema: str, shape: object) -> bool:
    """Return whether a schema does not let `shape` through."""
    return not _validator(schema).is_valid(_through_json(shape))


def require(schema: str, shape: object) -> None:
    """Raise ValidationError unless `shape`, as it is printed, is what a schema says."""
    _validator(schema).validate(_through_json(shape))


def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": schema}, registry=REGISTRY, format_checker=FormatChecker())


def _through_json(shape: object) -> Any:
    return json.loads(json.dumps(shape))


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every part of a schema that describes a JSON object."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield schema
        for name, inner in schema.items():
            if name not in {"if", "then", "else"}:  # these only tie together what is described above them
                yield from _objects(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _objects(inner)


@pytest.mark.parametrize("name", SCHEMA_OF)
def test_every_schema_is_one(name: str) -> None:
    """Each file is a valid schema of draft 2020-12 with a title and a description."""
    schema = SCHEMA_OF[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["title"]
    assert schema["description"].endswith(".")


@pytest.mark.parametrize("name", SCHEMA_OF)
def test_every_object_is_closed_and_every_property_described(name: str) -> None:
    """No object lets an unknown key through, and each of its properties is always there and has a description."""
    for described in _objects(SCHEMA_OF[name]):
        assert described["additionalProperties"] is False
        assert described["required"] == list(described["properties"])
        for key, value in described["properties"].items():
            assert value.get("description"), f"{name}: {key}"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (PARTS["kind"], Kind),
        (PARTS["actor_kind"], ActorKind),
        (PARTS["precision"], Precision),
        (PARTS["reason"], FailureReason),
        (PARTS["speaker"]["properties"]["how"], [*Resolution, None]),
        (SCHEMA_OF["report-detail.json"]["properties"]["blocks"]["items"]["properties"]["kind"], BlockKind),
    ],
    ids=["kind", "actor kind", "precision", "reason", "resolution", "block kind"],
)
def test_schemas_name_the_words_of_the_domain(part: dict[str, Any], words: type[StrEnum] | list[Any]) -> None:
    """A word is in a schema exactly if it is one of the domain's, in the same order."""
    assert part["enum"] == list(words)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a record of two reports, one with nothing known about it, and a failure."""
    path = tmp_path / "record.db"
    with open_record(path) as record:
        record.put(REPORT, READING, added_at=TIME)
        record.put(BARE, make_reading(BARE, make_statement(BARE, "Nobody", cue="knew")), added_at=TIME)
        record.put_again(BARE.id, key="b/copy.txt", added_at=TIME)
        record.put_failure(FAILURE, added_at=TIME)
    return path


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    """Return that record, open."""
    with open_record(path) as opened:
        yield opened


def test_shapes_of_the_record_are_what_the_schemas_say(record: Record) -> None:
    """What a record lists comes out in the shape of its schema, for the fullest report and for the barest."""
    for schema, found in {
        "report.json": [shapes.report_shape(row) for row in record.reports()],
        "statement.json": [shapes.statement_shape(row) for row in record.statements()],
        "actor.json": [shapes.actor_shape(row) for row in record.actors()],
        "failure.json": [shapes.failure_shape(row) for row in record.failures()],
        "search-hit.json": [shapes.hit_shape(hit) for hit in record.search("harbour")],
    }.items():
        assert found, schema
        for shape in found:
            require(schema, shape)


@pytest.mark.parametrize(
    ("schema", "shape"),
    [
        ("extract-line.json", shapes.extraction_line(REPORT, READING)),
        ("extract-line.json", shapes.extraction_line(BARE, make_reading(BARE))),
        ("extract-line.json", shapes.extraction_failure(FAILURE)),
        ("report-detail.json", {**shapes.report_detail(REPORT), "statements": []}),
        ("dropped.json", shapes.dropped_shape(REPORT.dropped[0])),
        ("add-summary.json", shapes.add_summary("record.db", inputs={}, statements=0, failures=[])),
        ("add-summary.json", shapes.add_summary("r.db", inputs={"added": 2}, statements=9, failures=[FAILURE])),
        ("check-result.json", shapes.check_result([], COUNTS, "0" * 64)),
        ("check-result.json", shapes.check_result([Problem(where="s-1", what="It is off.")], COUNTS, "f" * 64)),
    ],
)
def test_shapes_made_by_hand_are_what_the_schemas_say(schema: str, shape: dict[str, Any]) -> None:
    """A shape fits its schema, and no longer does with one key more or any one less."""
    require(schema, shape)
    assert refuses(schema, shape | {"extra": None})
    for key in shape:
        assert refuses(schema, {name: value for name, value in shape.items() if name != key})


@pytest.mark.parametrize(
    ("schema", "shape", "wrong"),
    [
        ("extract-line.json", shapes.extraction_line(REPORT, READING), {"failure": {"reason": "empty", "detail": ""}}),
        ("extract-line.json", shapes.extraction_failure(FAILURE), {"failure": None}),
        ("extract-line.json", shapes.extraction_line(REPORT, READING), {"language": "English"}),
        ("check-result.json", shapes.check_result([], COUNTS, "0" * 64), {"sound": False}),
        ("check-result.json", shapes.check_result([], COUNTS, "0" * 64), {"digest": "0"}),
        ("dropped.json", shapes.dropped_shape(REPORT.dropped[0]), {"original": [1, 2, 3]}),
        ("dropped.json", shapes.dropped_shape(REPORT.dropped[0]), {"original": ["1", 2]}),
    ],
)
def test_schemas_refuse_what_no_shape_says(schema: str, shape: dict[str, Any], wrong: dict[str, Any]) -> None:
    """A value that a shape cannot have does not get through."""
    with pytest.raises(ValidationError):
        require(schema, shape | wrong)


@pytest.mark.parametrize("reason", FailureReason)
def test_every_reason_of_a_failure_fits(reason: FailureReason) -> None:
    """Whatever the reason is, the failure has its shape, before and after it is stored."""
    require("extract-line.json", shapes.extraction_failure(Failure(key="x", reason=reason, detail="It is so.")))
    require("failure.json", shapes.failure_shape(FailureRow(key="x", reason=reason, detail="So.", added_at=TIME)))


@pytest.mark.parametrize("thing", [Thing.REPORT, Thing.STATEMENT])
def test_every_hit_fits(thing: Thing) -> None:
    """A search gives reports and statements, each under its id."""
    where = {Thing.REPORT: REPORT.id, Thing.STATEMENT: READING.statements[0].id}[thing]
    require(
        "search-hit.json",
        shapes.hit_shape(Hit(thing=thing, id=where, report="x", report_id=REPORT.id, words=" … harbour")),
    )


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
_DATES = st.sampled_from(
    [
        Published(date="2031", precision=Precision.YEAR, found_by="input"),
        Published(date="2031-05", precision=Precision.MONTH, found_by="json-ld datePublished"),
        Published(date="2031-05-06", precision=Precision.DAY, found_by="text line 3", words="6 May 2031"),
        Published(date="2031-05-06T07:08", precision=Precision.MINUTE, found_by="meta date"),
    ]
)
_METADATA = st.builds(
    Metadata,
    title=st.none() | _WORDS,
    outlet=st.none() | _WORDS,
    published=st.none() | _DATES,
    authors=st.lists(_WORDS, max_size=2).map(tuple),
    dateline=st.none() | _WORDS,
    credits=st.lists(_WORDS, max_size=2).map(tuple),
    url=st.none() | _WORDS,
)


@settings(max_examples=50, deadline=None)
@given(text=_WORDS, words=_WORDS, metadata=_METADATA)
def test_whatever_a_page_says_fits(text: str, words: str, metadata: Metadata) -> None:
    """A report's shapes fit for any words in its text, its metadata and what was dropped."""
    report = make_report(text, key=words, furniture=words)
    require("parts.json#/$defs/metadata", shapes.metadata_shape(metadata))
    require("report-detail.json", {**shapes.report_detail(report), "statements": []})
    require("extract-line.json", shapes.extraction_line(report, make_reading(report)))
    piece = Dropped(original=Span(0, len(words)), words=words, reason="teaser")
    require("dropped.json", shapes.dropped_shape(piece))


@pytest.mark.parametrize(
    ("command", "schema"),
    [
        (["reports"], "report.json"),
        (["statements"], "statement.json"),
        (["actors"], "actor.json"),
        (["reports", "--failed"], "failure.json"),
        (["search", "harbour"], "search-hit.json"),
    ],
    ids=["reports", "statements", "actors", "failures", "hits"],
)
def test_listings_print_what_the_schemas_say(
    command: list[str], schema: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--format jsonl` prints one shape a line and `--format json` the same ones in a list."""
    assert run([*command, "--record", str(path), "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert run([*command, "--record", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == lines
    assert lines
    for line in lines:
        require(schema, line)


def _shown(path: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run([*arguments, "--json", "--record", str(path)]) == 0
    return json.loads(capsys.readouterr().out)


def test_show_and_check_print_what_the_schemas_say(
    path: Path, record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    """`show --json` prints a report, a statement or an actor whole, and `check --json` its finding."""
    for row in record.reports(ReportQuery()):
        detail = _shown(path, capsys, "show", row.report_id)
        require("report-detail.json", detail)
        assert len(detail["statements"]) == row.statements
    for statement in record.statements():
        require("statement.json", _shown(path, capsys, "show", statement.id))
    for actor in record.actors():
        require("actor-detail.json", _shown(path, capsys, "show", actor.id))
    for piece in _shown(path, capsys, "show", REPORT.id, "--dropped"):
        require("dropped.json", piece)
    require("check-result.json", _shown(path, capsys, "check"))


def test_every_shape_has_a_schema() -> None:
    """There is a schema for each function that makes a shape, and none that nothing makes."""
    made = {name for names in MADE_BY.values() for name in names}
    assert made == set(shapes.__all__)
    assert set(MADE_BY) == set(SCHEMA_OF)
