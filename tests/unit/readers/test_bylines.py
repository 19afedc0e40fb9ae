"""Lines about a report become its metadata."""

import pytest
from zandar import FIRST, LAST, MIDDLE, TITLE, kept, report_of

from onrecord.domain.report import BlockKind, Metadata, Precision, Published
from onrecord.readers.bylines import dateline_of, is_masthead

HEADS = [
    ("By Jane Olm", {"authors": ("Jane Olm",)}),
    ("By Jane Olm and Peter de Vries", {"authors": ("Jane Olm", "Peter de Vries")}),
    ("By Jane Olm, Senior Correspondent", {"authors": ("Jane Olm",)}),
    ("Written by Jane Olm | March 3, 2018", {"authors": ("Jane Olm",), "published": "2018-03-03"}),
    ("March 3, 2018, 2:43 pm", {"published": "2018-03-03T14:43"}),
    ("Published on Saturday 3 March 2018 at 14:43 GMT", {"published": "2018-03-03T14:43"}),
    ("Posted: 2018-03-03", {"published": "2018-03-03"}),
    ("March 3rd, 2018 – Zandar Daily News –", {"published": "2018-03-03", "outlet": "Zandar Daily News"}),
    ("Published: 3 March 2018 | Updated: 5 March 2018", {"published": "2018-03-03"}),
    ("Last updated: March 5, 2018", {"published": None}),
    ("03/04/2018", {"published": "2018"}),
    ("– Zandarnews.zz – – translated by Mila Orlo –", {"credits": ("Zandarnews.zz", "translated by Mila Orlo")}),
    ("Translated from the Ostravan by Mila Orlo", {"credits": ("Translated from the Ostravan by Mila Orlo",)}),
    ("By Staff Reporter", {"credits": ("By Staff Reporter",)}),
    ("(Reuters)", {"credits": ("Reuters",)}),
    ("Source: Zandar News Agency", {"credits": ("Source: Zandar News Agency",)}),
]


@pytest.mark.parametrize(("line", "facts"), HEADS)
def test_reads_the_head(line: str, facts: dict[str, object]) -> None:
    """A byline, date or credit under the headline leaves the text and is kept as metadata."""
    report = report_of(TITLE, line, FIRST, MIDDLE, LAST)
    assert kept(report) == [TITLE, FIRST, MIDDLE, LAST]
    assert [(d.words, d.reason.endswith("(kept as metadata)")) for d in report.dropped] == [(line, True)]
    found = report.metadata
    for name, value in facts.items():
        got = getattr(found, name)
        assert (got.date if isinstance(got, Published) else got) == value


FEET = [
    ("Mila Orlo", {"authors": ("Mila Orlo",)}),
    ("Mila Orlo / R. Hask", {"authors": ("Mila Orlo", "R. Hask")}),
    (
        "The Zandar Post with inputs from Agencies",
        {"outlet": "The Zandar Post", "credits": ("with inputs from Agencies",)},
    ),
    ("(Reporting by Jane Olm; Editing by Peter Hask)", {"credits": ("Reporting by Jane Olm; Editing by Peter Hask",)}),
    ("Source: www.zandarpost.zz", {"credits": ("Source: www.zandarpost.zz",)}),
]


@pytest.mark.parametrize(("line", "facts"), FEET)
def test_reads_the_foot(line: str, facts: dict[str, object]) -> None:
    """An author or credit under the last paragraph leaves the text and is kept as metadata."""
    report = report_of(TITLE, FIRST, MIDDLE, LAST, line)
    assert kept(report) == [TITLE, FIRST, MIDDLE, LAST]
    assert {name: getattr(report.metadata, name) for name in facts} == facts


def test_date_keeps_where_and_how_it_was_found() -> None:
    """A date carries its precision, its words and the line that it stands on."""
    assert report_of(TITLE, "March 3, 2018, 2:43 pm", FIRST, MIDDLE).metadata.published == Published(
        date="2018-03-03T14:43", precision=Precision.MINUTE, found_by="text line 3", words="March 3, 2018, 2:43 pm"
    )


def test_prose_gives_no_date() -> None:
    """A date in a sentence or a copyright line is not the day of publication."""
    report = report_of(
        TITLE, "The bridge would open on March 3, 2018, the minister said.", MIDDLE, "© 2016 Zandar Post"
    )
    assert report.metadata.published is None


def test_caption_stays_and_its_credit_is_kept() -> None:
    """A picture's caption at the head stays in the text as a caption."""
    caption = "Korvin said that the bridge must be built [Zandarphoto]"
    report = report_of(TITLE, "3 March 2018", caption, FIRST, MIDDLE)
    assert kept(report) == [TITLE, caption, FIRST, MIDDLE]
    assert [b.kind for b in report.blocks][:3] == [BlockKind.HEADLINE, BlockKind.CAPTION, BlockKind.BODY]
    assert report.metadata.credits == ("Zandarphoto",)


DATELINES = [
    ("ZANDAR, Ostrava. The minister", ("ZANDAR, Ostrava", None, None)),
    ("ZANDAR: The minister", ("ZANDAR", None, None)),
    ("Zandar, ZNA – The minister", ("Zandar, ZNA", "ZNA", None)),
    ("ZANDAR (Wire) - The minister", ("ZANDAR", None, "Wire")),
    ("LOWER ZANDAR, Ostrava (ZP) — The", ("LOWER ZANDAR, Ostrava", None, "ZP")),
    ("ZANDAR, March 3 (Wire) - The", ("ZANDAR", None, "Wire")),
    ("ZANDAR, March 3. /WIRE/. The", ("ZANDAR", None, "WIRE")),
    ("Zandar (ZNA) – The minister", ("Zandar", None, "ZNA")),
    ("ZANDAR -- The minister", ("ZANDAR", None, None)),
    ("The minister – a liar", None),
    ("UPDATE: The minister", None),
    ("U.S. – Zandar talks", None),
    ("Korvin: the bridge will open", None),
    ("Zandar, USA – The minister", None),
]


@pytest.mark.parametrize(("paragraph", "expected"), DATELINES)
def test_datelines(paragraph: str, expected: tuple[str, str | None, str | None] | None) -> None:
    """A dateline is the place, with country or day, in front of a dash, colon or stop."""
    found = dateline_of(paragraph)
    assert (found and (found.place, found.outlet, found.agency)) == expected


@pytest.mark.parametrize(
    ("paragraph", "day"),
    [
        ("ZANDAR, March 3, 2021 (Wire) – The minister", "2021-03-03"),
        ("ZANDAR, 3 March 2021 – The minister", "2021-03-03"),
        ("ZANDAR, March 3 (Wire) – The minister", None),
        ("ZANDAR – The minister", None),
    ],
)
def test_a_dateline_tells_the_day_where_it_names_the_year(paragraph: str, day: str | None) -> None:
    """The day of a dateline is the day of publication only when nothing of it must be guessed."""
    found = dateline_of(paragraph)
    assert found is not None
    assert found.place == "ZANDAR"
    assert (found.published and found.published.date) == day


MASTHEADS = [
    ("The Zandar Gazette", "prose", True),
    ("ZANDAR WIRE", "prose", True),
    ("Zandarwire", "ZANDAR (Zandarwire) – The minister said", True),
    ("Zandarwire", "© Zandarwire 2021", True),
    ("Zandarwire", "The minister told Zandarwire", False),
    ("World", "A world of news", False),
    ("Minister closes the bridge", "prose", False),
    ("Gazette says minister lied", "prose", False),
    ("‘We will not leave’: Korvin", "prose", False),
]


@pytest.mark.parametrize(("line", "elsewhere", "expected"), MASTHEADS)
def test_mastheads(line: str, elsewhere: str, expected: bool) -> None:  # noqa: FBT001
    """An outlet's name stands alone in capitals: a word of the trade is in it, or the page credits it again."""
    assert is_masthead(line, elsewhere) is expected


def test_a_masthead_gives_the_outlet_and_the_headline_below_it_the_title() -> None:
    """The outlet's name and its motto at the top of a copied page are metadata and furniture, not the headline."""
    head = ("THE ZANDAR OBSERVER", "News of the lower bridge since 1911", TITLE, "12 June 2024 | By Ada Korvin")
    report = report_of(*head, MIDDLE, MIDDLE)
    assert (report.metadata.title, report.metadata.outlet) == (TITLE, "The Zandar Observer")
    assert report.text.startswith(TITLE)
    assert [piece.reason for piece in report.dropped][:2] == ["masthead (kept as metadata)", "motto"]


def test_dateline_stays_in_the_text() -> None:
    """The dateline is recorded and its paragraph is not touched; an agency in its own style is the outlet."""
    first = "Lower Zandar, ZNA – Works minister Ada Korvin said on Tuesday that the bridge would open."
    report = report_of(TITLE, first, MIDDLE)
    assert kept(report)[1] == first
    assert report.metadata == Metadata(title=TITLE, outlet="ZNA", dateline="Lower Zandar, ZNA")
