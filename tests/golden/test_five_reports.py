"""The five real reports that the project began with: read where they lie, never quoted; digests stand for words."""

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from onrecord.bootstrap import default_stages
from onrecord.cli import run
from onrecord.domain.ids import digest
from onrecord.domain.report import BlockKind, Report
from onrecord.domain.span import Span
from onrecord.domain.statement import ActorKind, Resolution, Statement
from onrecord.pipeline import extract_one
from onrecord.readers import read

FOLDER = Path(__file__).parents[3] / "shared" / "reports"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the five reports are not at ../shared/reports")

# What a careful reader finds on each page, in the order of the file names.
PAGES: list[dict[str, Any]] = [
    {
        "published": ("2017-11-16", "day"),
        "outlet": "Fort Russ News",
        "authors": [],
        "dateline": "MOSCOW, Russia",
        "credits": ["Breakingnews.sy", "translated by Samer Hussein"],
        "title": (81, "c666cf28cc37"),
    },
    {
        "published": None,
        "outlet": None,
        "authors": [],
        "dateline": None,
        "credits": [],
        "title": (66, "54771b90ec18"),
    },
    {
        "published": None,
        "outlet": "SANA",
        "authors": ["Hazem Sabbagh"],
        "dateline": "Moscow, SANA",
        "credits": [],
        "title": (78, "f81778ad9972"),
    },
    {"published": None, "outlet": None, "authors": [], "dateline": "MOSCOW", "credits": [], "title": None},
    {
        "published": ("2017-02-13T14:43", "minute"),
        "outlet": "The BRICS Post",
        "authors": [],
        "dateline": None,
        "credits": ["Xinhua", "with inputs from Agencies"],
        "title": (49, "4bcc7d27173c"),
    },
]
# Of the kept words with single spaces between them; checked by reading each file beside what was kept of it.
KEPT = ["a58c3952a0cc4daf", "567f93ab4aa73147", "67a9b353c0bf8dd5", "030fd5dbb455e230", "0ef2b3e0e86b2805"]
# Where in each file (code points) stands what is furniture, and the first word of why it was dropped.
FURNITURE = [
    [
        ((84, 122), "date"),
        ((124, 141), "advertisement"),
        ((143, 194), "credit"),
        ((2586, 2613), "newsletter"),
        ((2614, 2711), "newsletter"),
    ],
    [((0, 5), "placeholder")],
    [((3109, 3122), "byline"), ((3124, 3134), "teaser"), ((3136, 3236), "teaser"), ((3238, 3328), "teaser")],
    [((3346, 3347), "rule")],
    [
        ((0, 13), "share"),
        ((68, 94), "date"),
        ((2626, 2666), "credit"),
        ((2668, 2681), "comment"),
        ((2683, 2753), "comment"),
        ((2755, 2818), "comment"),
    ],
]
LAVROV = {"Sergey Lavrov", "Sergei Lavrov"}
LAVROVS = 35  # statements of his at the least, over the five
EACH = pytest.mark.parametrize("number", range(5))


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """Return the five reports as they are read."""
    found = [one for one in read([str(FOLDER)]) if isinstance(one, Report)]
    assert len(found) == 5
    return found


@pytest.fixture(scope="module")
def statements(reports: list[Report]) -> list[tuple[Statement, ...]]:
    """Return the statements that the shipped model and rules find in each."""
    return [extract_one(default_stages(), report).statements for report in reports]


@EACH
def test_metadata_is_what_the_page_says(number: int, reports: list[Report]) -> None:
    """Date, outlet, author, dateline, credits and title are those of the page, and unknown where it does not say."""
    metadata = reports[number].metadata
    published, title = metadata.published, metadata.title
    assert {
        "published": published and (published.date, published.precision.value),
        "outlet": metadata.outlet,
        "authors": list(metadata.authors),
        "dateline": metadata.dateline,
        "credits": list(metadata.credits),
        "title": title and (len(title), digest(title.encode())[:12]),
    } == PAGES[number]


@EACH
def test_furniture_is_dropped_and_nothing_else(number: int, reports: list[Report]) -> None:
    """What was dropped is the furniture, for its reason; all other words are kept, in order."""
    report = reports[number]
    assert digest(" ".join(report.text.split()).encode())[:16] == KEPT[number]
    dropped = [((piece.original.start, piece.original.end), piece.reason.split()[0]) for piece in report.dropped]
    assert dropped == FURNITURE[number]
    original = report.original.decode(report.provenance.encoding)
    gone = sorted(place for place, _ in dropped)
    edges = [0, *(edge for place in gone for edge in place), len(original)]
    rest = "".join(original[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    assert rest.split() == report.text.split()


def test_caption_is_kept_as_a_caption(reports: list[Report]) -> None:
    """The line under the picture of the last report is kept and marked; no other report has one."""
    captions = [sum(block.kind is BlockKind.CAPTION for block in report.blocks) for report in reports]
    assert captions == [0, 0, 0, 0, 1]


def test_teaser_says_nothing(reports: list[Report], statements: list[tuple[Statement, ...]]) -> None:
    """The demand in the third report's teaser is nobody's statement in that report."""
    report = reports[2]
    assert "General Assembly" not in report.text
    speakers = {statement.speaker.name for statement in statements[2] if statement.speaker}
    assert not [name for name in speakers if "Assembly" in name or "Nations" in name]


def _resolved(report: Report, found: tuple[Statement, ...], source: str) -> set[tuple[str, str | None]]:
    """Return to whom, and how, the sources with exactly these words were resolved."""
    return {
        (statement.speaker.name, statement.speaker.how)
        for statement in found
        if statement.speaker and " ".join(span.of(report.text) for span in statement.source) == source
    }


@pytest.mark.parametrize(
    ("number", "source", "how"),
    [
        (0, "He", Resolution.PRONOUN),
        (0, "The Russian Foreign Minister", Resolution.ROLE),
        (0, "The Minister", Resolution.ROLE),
        (1, "The Kremlin’s top diplomat", Resolution.ROLE),
        (2, "He", Resolution.PRONOUN),
        (2, "The Russian Minister", Resolution.ROLE),
        (2, "The Minister", Resolution.ROLE),
        (3, "He", Resolution.PRONOUN),
        (3, "he", Resolution.PRONOUN),
        (3, "the foreign minister", Resolution.ROLE),
        (4, "He", Resolution.PRONOUN),
        (4, "Lavrov", Resolution.PART_OF_NAME),
    ],
)
def test_pronouns_and_roles_are_the_minister(
    number: int, source: str, how: Resolution, reports: list[Report], statements: list[tuple[Statement, ...]]
) -> None:
    """Whatever the reports call him, the speaker is the minister whom they are about."""
    resolved = _resolved(reports[number], statements[number], source)
    assert resolved, f"no statement has {source!r} as its source"
    assert {how for _, how in resolved} == {how}
    assert {name for name, _ in resolved} <= LAVROV


def test_the_minister_is_one_actor(statements: list[tuple[Statement, ...]]) -> None:
    """Two spellings of his name over five reports are one actor."""
    actors = {s.speaker.actor for found in statements for s in found if s.speaker and s.speaker.name in LAVROV}
    assert len(actors) == 1


def test_a_capital_speaks_for_its_state(reports: list[Report], statements: list[tuple[Statement, ...]]) -> None:
    """Where a capital is the source, the state speaks; elsewhere it stays a place."""
    moscow = [
        statement.speaker
        for report, found in zip(reports, statements, strict=True)
        for statement in found
        if statement.speaker and [span.of(report.text) for span in statement.source] == ["Moscow"]
    ]
    assert len(moscow) >= 3
    assert {(s.name, s.kind, s.how) for s in moscow} == {("Russia", ActorKind.STATE, Resolution.METONYM)}


@pytest.mark.xfail(
    reason="the shipped tagger misses this sentence; earlier stages of the same run found it", strict=True
)
def test_the_denial_is_there(reports: list[Report], statements: list[tuple[Statement, ...]]) -> None:
    """The second report's accused deny: a group, whom no name is made up for."""
    text = reports[1].text
    denials = [s for s in statements[1] if any("denied" in cue.of(text) for cue in s.cue)]
    (denial,) = [s for s in denials if s.source and s.source[0].of(text).lower().startswith("rebel")]
    assert denial.speaker
    assert (denial.speaker.kind, denial.speaker.actor) == (ActorKind.GROUP, None)
    assert Span(denial.source[0].start, denial.content[-1].end).start < denial.content[0].start


def test_the_command_lists_the_minister(tmp_path: Path) -> None:
    """`add` and `statements --speaker Lavrov` list what he said in all five, each row at its words."""
    record = str(tmp_path / "record.db")
    with redirect_stdout(StringIO()):
        assert run(["add", str(FOLDER), "--record", record]) == 0
    out = StringIO()
    with redirect_stdout(out):
        assert run(["statements", "--speaker", "Lavrov", "--format", "jsonl", "--record", record]) == 0
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(rows) >= LAVROVS
    assert len({row["report_id"] for row in rows}) == 5
    assert {row["speaker"]["name"] for row in rows} <= LAVROV
    dated = [row["published"] for row in rows if row["published"]]
    assert dated == sorted(dated)
    assert dated == [row["published"] for row in rows][: len(dated)], "what has no date comes last"
