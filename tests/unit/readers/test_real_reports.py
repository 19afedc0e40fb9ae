"""The five reports that started the project lose their furniture and nothing else.

They belong to their outlets and are no part of this repository: the test runs where they lie beside it.
"""

from pathlib import Path

import pytest

from onrecord.domain.report import BlockKind, Report
from onrecord.readers import read

FOLDER = Path(__file__).parents[4] / "shared" / "reports"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the five reports are not beside the repository")

# File number: lines kept, lines dropped, date, outlet, dateline.
EXPECTED = {
    "000": (12, 5, "2017-11-16", "Fort Russ News", "MOSCOW, Russia"),
    "001": (5, 1, None, None, None),
    "002": (13, 4, None, "SANA", "Moscow, SANA"),
    "003": (15, 1, None, None, "MOSCOW"),
    "004": (16, 6, "2017-02-13T14:43", "The BRICS Post", None),
}


@pytest.mark.parametrize("number", EXPECTED)
def test_report(number: str) -> None:
    """Kept and dropped lines, date, outlet and dateline are those that a person finds."""
    (path,) = FOLDER.glob(f"{number}_*.txt")
    (report,) = read([str(path)])
    assert isinstance(report, Report)
    found = report.metadata
    assert (
        len(report.blocks),
        len(report.dropped),
        found.published and found.published.date,
        found.outlet,
        found.dateline,
    ) == EXPECTED[number]
    assert (report.blocks[0].kind is BlockKind.HEADLINE) is (number != "003")
    assert [b.kind for b in report.blocks].count(BlockKind.CAPTION) == (number == "004")


def test_people_and_credits() -> None:
    """Bylines, translators, agencies and picture credits are kept as metadata."""
    found = {r.key.rsplit("/", 1)[-1][:3]: r.metadata for r in read([str(FOLDER)]) if isinstance(r, Report)}
    assert found["000"].credits == ("Breakingnews.sy", "translated by Samer Hussein")
    assert found["002"].authors == ("Hazem Sabbagh",)
    assert found["004"].credits == ("Xinhua", "with inputs from Agencies")
