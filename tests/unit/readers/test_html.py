# ruff: noqa: E501 - a page's lines and a case of a table are each one line
"""HTML pages give the article's own words, mapped to the source, and list the rest."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zandar import FIRST, LAST, MIDDLE, TITLE, kept

from onrecord.domain.report import BlockKind, Failure, FailureReason, Report
from onrecord.domain.span import Span
from onrecord.readers import HtmlReader

LEAD = "Anna Olm &amp; sons, who run the ferry, said they&rsquo;d   sell&nbsp;it\n for &pound;3 if\n  asked."
LEAD_SHOWN = "Anna Olm & sons, who run the ferry, said they’d sell\xa0it for £3 if asked."
HEAD = f"""<title>{TITLE} | The Zandar Post</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="The Zandar Post">
<meta property="article:published_time" content="2018-03-03T14:43:00+01:00">
<link rel="canonical" href="https://post.example/bridge">
<script type="application/ld+json">{{"@type": "NewsArticle", "author": [{{"@type": "Person", "name": "Jane Olm"}}]}}</script>
<style>p {{ color: red }}</style>"""
ARTICLE = f"""<article><h1>{TITLE}</h1>
<figure><img src="b.jpg" alt="x"><figcaption>The bridge over the Ilm in 2016. Photo: Zandarphoto</figcaption></figure>
<p>{FIRST}</p><p>{LEAD}</p><div class="ad">Advertisement</div><p>{MIDDLE}</p>
<div class="related-posts"><h3>Related</h3><p>Ferry sinks</p><p>The captain of the ferry said that he had warned its owners twice.</p></div>
<p>{LAST}</p><form class="newsletter-signup"><p>Subscribe to our newsletter</p><input name="e"></form></article>"""
PAGE = f"""<!DOCTYPE html><html lang="en"><head>{HEAD}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
{ARTICLE}
<div id="comments"><h2>2 Comments</h2><p>Olm said that the minister is a liar and that everybody in the valley knows it.</p></div>
<footer><p>© 2018 The Zandar Post. All rights reserved.</p></footer><script>var x = "a < b";</script></body></html>"""


def page(source: str, encoding: str = "utf-8") -> Report:
    """Read a page that holds a report."""
    (found,) = HtmlReader().read("page.html", source.encode(encoding))
    assert isinstance(found, Report), found
    return found


def unsound(report: Report) -> Iterator[str]:
    """Yield what breaks the rules that tie a report's text to its original."""
    source = report.original.decode(report.provenance.encoding)
    covered = bytearray(len(report.text))
    for segment in report.segments:
        shown, written = segment.span.of(report.text), segment.original.of(source)
        if len(shown) == len(written) and shown != written:
            yield f"{shown!r} is not {written!r}"
        if len(shown) != len(written) and not written.startswith("&"):
            yield f"{shown!r} is no entity: {written!r}"
        covered[segment.span.start : segment.span.end] = b"\1" * len(shown)
    yield from (
        f"{c!r} has no place" for c, known in zip(report.text, covered, strict=True) if not known and c not in " \n"
    )
    for block in report.blocks:
        block.span.check(len(report.text))
    for dropped in report.dropped:
        dropped.original.check(len(source))


def test_text_is_the_article() -> None:
    """Headline, captions and paragraphs stay, in order; entities are decoded and source line breaks are spaces."""
    report = page(PAGE)
    assert kept(report) == [
        TITLE, "The bridge over the Ilm in 2016. Photo: Zandarphoto", FIRST, LEAD_SHOWN, MIDDLE, LAST,
    ]  # fmt: skip
    assert [b.kind for b in report.blocks][:3] == [BlockKind.HEADLINE, BlockKind.CAPTION, BlockKind.BODY]
    assert list(unsound(report)) == []


def test_metadata_comes_from_the_markup() -> None:
    """OpenGraph, JSON-LD and the canonical link tell outlet, author, date and address."""
    found = page(PAGE).metadata
    assert found.published
    assert (found.title, found.outlet, found.authors, found.url, found.dateline) == (
        TITLE,
        "The Zandar Post",
        ("Jane Olm",),
        "https://post.example/bridge",
        "ZANDAR, Ostrava",
    )
    assert (found.published.date, found.published.found_by) == ("2018-03-03T14:43", "meta article:published_time")
    assert found.credits == ("Photo: Zandarphoto",)


def test_everything_visible_is_kept_or_dropped() -> None:
    """Each visible block of a page stands in the text or in the list of what was dropped, with a reason."""
    report = page(PAGE)
    reasons = {d.words: d.reason for d in report.dropped}
    assert reasons["Home"] == "navigation"
    assert reasons["The captain of the ferry said that he had warned its owners twice."] == "teaser"
    assert reasons["Subscribe to our newsletter"] == "newsletter form"
    assert reasons["Olm said that the minister is a liar and that everybody in the valley knows it."] == "comments"
    assert reasons["© 2018 The Zandar Post. All rights reserved."] == "page footer"
    assert not any("color" in words or "var x" in words for words in reasons)


def test_dropped_places_show_the_words() -> None:
    """A dropped block's place is where its words stand in the source."""
    report = page(PAGE)
    source = report.original.decode()
    assert {d.original.of(source) for d in report.dropped} >= {"Home", "Sport", "Ferry sinks"}


def test_headline_comes_from_the_head_where_the_page_shows_none() -> None:
    """A title that stands only in a meta tag is the first line, mapped to the tag."""
    report = page(PAGE.replace(f"<h1>{TITLE}</h1>", ""))
    assert kept(report)[0] == TITLE
    source = report.original.decode()
    assert report.segments[0].original.of(source) == TITLE
    assert source[: report.segments[0].original.start].endswith('content="')
    assert list(unsound(report)) == []


def test_falls_back_to_open_paragraphs() -> None:
    """Where the extractor finds nothing, the page's paragraphs outside menus are the report."""
    report = page(f"<p>{FIRST}<br><br>{MIDDLE}<nav><p>{LAST}</p></nav>")
    assert kept(report)[-2:] == [FIRST, MIDDLE]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    """The declared or marked encoding is used, and the map holds in it."""
    source = PAGE.replace("<head>", f'<head><meta charset="{encoding}">').replace("&rsquo;", "’")
    report = page(source, encoding)
    assert LEAD_SHOWN in kept(report)
    assert list(unsound(report)) == []


AWRY = [
    (
        "<p>one &lt; two &#8217; &#146; &nosuch; &amp &notit; &NotEqualTilde; end",
        "one < two ’ ’ &nosuch; & &notit; ≂̸ end",
    ),
    ("<p>a<!-- b --> c<script>d</script> e<style>f</style>", "a c e"),
    ("<p>a < b and c > d", "a < b and c > d"),
    ('<p title="a > b">c', "c"),
    ("<p>a<b>b</b><i>c</i>", "abc"),
    ("<pre>a\nb</pre>", "a|b"),
    ("<td>a<td>b<li>c<li>d", "a|b|c|d"),
    ("<p>a<br>b", "a|b"),
    ("<p hidden>a</p><p style='display: none'>b</p>c", "a|b|c"),
    ("<div><p>a</div>b</p>c", "a|b|c"),
    ("a<unclosed", "a<unclosed"),
    ("<p class='x>a</p><p>b</p>", "a|b"),
    ("<script>a", ""),
    ("<!-- a", ""),
]


@pytest.mark.parametrize(("source", "shown"), AWRY)
def test_scanner(source: str, shown: str) -> None:
    """The scanner shows what a reader sees, also of broken markup."""
    from onrecord.readers.limits import DEFAULT
    from onrecord.readers.markup import scanned

    assert "|".join(b.line.text for b in scanned(source, DEFAULT).blocks) == shown


def test_dates_are_not_guessed() -> None:
    """A copyright year, a date in a sentence or today's date at the top of a page is no date of publication."""
    source = PAGE.replace('<meta property="article:published_time" content="2018-03-03T14:43:00+01:00">', "")
    assert page(source).metadata.published is None
    for today in ("<div>Sunday, 23 November 2025</div>", "<header><p>Sunday, 23 November 2025</p></header>"):
        assert page(source.replace("<nav>", f"{today}<nav>")).metadata.published is None
        assert page(source.replace("</nav>", f"</nav>{today}")).metadata.published is None


def test_byline_below_the_headline_is_read() -> None:
    """A date that stands between headline and text is the report's, wherever the extractor leaves it."""
    source = PAGE.replace('<meta property="article:published_time" content="2018-03-03T14:43:00+01:00">', "")
    source = source.replace("</h1>", "</h1><div class='meta'>By Mila Orlo | 3 March 2018</div>")
    found = page(source).metadata.published
    assert found
    assert found.date == "2018-03-03"


@pytest.mark.parametrize(
    ("markup", "date", "found_by"),
    [
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2018-03-04"}]}</script>', "2018-03-04", "json-ld datePublished"),
        ('<script type="application/ld+json">{"@type": "Article", "datePublished": "2018-03-04",}</script>', "2018-03-04", "json-ld datePublished"),
        ('<meta name="pubdate" content="20180304">', "2018-03-04", "meta pubdate"),
        ('<time datetime="2018-03-04">4 March</time>', "2018-03-04", "time datetime"),
        ('<time datetime="2018-03-04">a</time><time datetime="2018-03-05">b</time>', None, None),
        ('<time class="published" datetime="2018-03-04">a</time><time datetime="2018-03-05">b</time>', "2018-03-04", "time datetime"),
        ('<link rel="canonical" href="https://post.example/2018/03/04/x">', "2018-03-04", "url"),
        ('<meta name="date" content="03/04/2018">', "2018", "meta date"),
    ],
)  # fmt: skip
def test_dates(markup: str, date: str | None, found_by: str | None) -> None:
    """A date comes from the surest place that names one, and says which that was."""
    source = f"<html><head>{markup}</head><body>{ARTICLE}</body></html>"
    found = page(source).metadata.published
    assert (found and found.date, found and found.found_by) == (date, found_by)


@given(st.text(alphabet="<>/!-&;#x\"'= \n\tpdivabrscript\xa0é’", max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_markup_keeps_the_rules(soup: str) -> None:
    """However broken a page is, it gives one report or failure, and a report's map holds."""
    source = f"<html><body><p>{FIRST}</p>{soup}<p>{MIDDLE}</p></body></html>"
    (found,) = HtmlReader().read("page", source.encode())
    assert isinstance(found, Failure) or list(unsound(found)) == []


def test_no_article_is_a_failure() -> None:
    """A page of links and scripts fails with what to do."""
    (found,) = HtmlReader().read("page", b"<html><body><a>Home</a><a>Sport</a><script>x</script></body></html>")
    assert isinstance(found, Failure)
    assert found.reason is FailureReason.NO_TEXT
    assert Span(0, 1).of(found.detail)
