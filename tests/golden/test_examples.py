"""The twelve example reports: what `examples.json` says must be read out of each."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from onrecord.bootstrap import default_stages
from onrecord.domain.report import BlockKind, Report
from onrecord.domain.span import Span
from onrecord.domain.statement import Reading, Statement
from onrecord.pipeline import extract_one
from onrecord.readers import read

# Floors of the shipped model and rules over all twelve; raised with them, never lowered in silence.
RELATION_F1 = 0.83
SPEAKER_ACCURACY = 0.77

ROOT = Path(__file__).parents[2]
EXPECTED: list[dict[str, Any]] = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))
EACH = pytest.mark.parametrize("expected", [pytest.param(one, id=one["file"][:2]) for one in EXPECTED])
ENOUGH = 0.5  # of the words of two contents must be shared
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+|[^\w\s]")


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """Return the example reports as they are read, by file name."""
    found = list(read([str(ROOT / "examples" / "reports")]))
    assert all(isinstance(one, Report) for one in found)
    return {Path(one.key).name: one for one in found if isinstance(one, Report)}


@pytest.fixture(scope="module")
def readings(reports: dict[str, Report]) -> dict[str, Reading]:
    """Return what the shipped model and rules read out of them, by file name."""
    return {name: extract_one(default_stages(), report) for name, report in reports.items()}


def _folded(words: str) -> str:
    """Return words with all white space as single spaces."""
    return _SPACE.sub(" ", words).strip()


def _lower(all_words: Any) -> list[str]:
    return sorted(_folded(words).lower() for words in all_words)


def test_every_example_is_expected(reports: dict[str, Report]) -> None:
    """Each report of the folder has its expectation, and the other way round."""
    assert sorted(reports) == sorted(one["file"] for one in EXPECTED)


@EACH
def test_metadata_is_what_the_page_says(expected: dict[str, Any], reports: dict[str, Report]) -> None:
    """Title, outlet, date with its precision, authors, dateline and credits are found on the page."""
    metadata = reports[expected["file"]].metadata
    published = metadata.published
    found = {
        "title": metadata.title and _folded(metadata.title),
        "outlet": metadata.outlet,
        "published": published and published.date,
        "precision": published and published.precision.value,
        "authors": _lower(metadata.authors),
        "dateline": metadata.dateline,
        "credits": _lower(metadata.credits),
    }
    wanted = {name: expected[name] for name in found}
    wanted |= {name: _lower(expected[name]) for name in ("authors", "credits")}
    found["credits"] = [credit for credit in found["credits"] if credit in wanted["credits"]]  # photographers may too
    assert found == wanted


@EACH
def test_paragraphs_are_kept_in_order(expected: dict[str, Any], reports: dict[str, Report]) -> None:
    """Every paragraph of the report is in its text, whole and in order, the headline first."""
    text = _folded(reports[expected["file"]].text)
    at = 0
    for paragraph in expected["paragraphs"]:
        start = text.find(paragraph["starts"], at)
        assert start >= 0, f"after character {at} comes no {paragraph['starts']!r}"
        end = text.find(paragraph["ends"], start)
        assert end >= 0, f"after character {start} comes no {paragraph['ends']!r}"
        at = end + len(paragraph["ends"])
    assert text.startswith(expected["paragraphs"][0]["starts"])


@EACH
def test_blocks_say_what_a_line_is(expected: dict[str, Any], reports: dict[str, Report]) -> None:
    """The headline and the captions are marked as such, and no other paragraph is."""
    report = reports[expected["file"]]
    blocks = [(_folded(block.span.of(report.text)), block.kind) for block in report.blocks]
    for paragraph in expected["paragraphs"]:
        kinds = {kind for words, kind in blocks if words.startswith(paragraph["starts"])}
        assert kinds == {BlockKind(paragraph["kind"])}, paragraph["starts"]


UNMARKED_AD = pytest.mark.xfail(reason="an advertisement that only the address of a link beside it tells", strict=True)
EACH_BUT_ADS = pytest.mark.parametrize(
    "expected",
    [
        pytest.param(one, id=one["file"][:2], marks=UNMARKED_AD if one["file"].startswith("07") else ())
        for one in EXPECTED
    ],
)


@EACH_BUT_ADS
def test_furniture_is_dropped_for_a_reason(expected: dict[str, Any], reports: dict[str, Report]) -> None:
    """The page's furniture is not in the text; all that was left out says why and still stands in the original."""
    report = reports[expected["file"]]
    text = _folded(report.text)
    assert [words for words in expected["dropped"] if _folded(words) in text] == []
    original = report.original.decode(report.provenance.encoding)
    for piece in report.dropped:
        assert piece.reason.strip()
        assert piece.words.strip()
        piece.original.check(len(original))


@EACH
def test_nothing_but_furniture_is_dropped(expected: dict[str, Any], reports: dict[str, Report]) -> None:
    """No paragraph of the report is among what was left out."""
    dropped = [_folded(piece.words) for piece in reports[expected["file"]].dropped]
    body = [p["starts"] for p in expected["paragraphs"] if p["kind"] == "body"]
    assert [(words, start) for words in dropped for start in body if start in words and len(words) > 200] == []


@EACH
def test_statements_stand_in_the_text(
    expected: dict[str, Any], reports: dict[str, Report], readings: dict[str, Reading]
) -> None:
    """Every statement points at words of the text, and none at words of the furniture."""
    report, reading = reports[expected["file"]], readings[expected["file"]]
    assert reading.statements
    furniture = [_folded(words) for words in expected["dropped"]]
    for statement in reading.statements:
        for role in (statement.source, statement.cue, statement.content):
            assert list(role) == sorted(role)
            words = [_folded(span.of(report.text)) for span in role]
            assert [(w, f) for w in words for f in furniture if f in w] == []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gold:
    """A statement that `examples.json` asks for, as spans of a report's text."""

    source: Span | None
    content: tuple[Span, ...]
    speaker: str | None


def _places(text: str, words: str) -> list[Span]:
    """Return where words stand as whole words, any white space between them."""
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    edges = (r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else "")
    return [Span(*match.span()) for match in re.finditer(edges[0] + spaced + edges[1], text)]


def _gold(text: str, statements: list[dict[str, Any]]) -> Iterator[_Gold]:
    for statement in statements:
        nth = statement.get("occurrence", {})
        contents = [
            _places(text, words)[at - 1]
            for words, at in zip(statement["content"], nth.get("content", [1] * len(statement["content"])), strict=True)
        ]
        source = statement["source"] and _places(text, statement["source"])[nth.get("source", 1) - 1]
        yield _Gold(source=source, content=tuple(contents), speaker=statement["speaker"])


def _tokens(text: str, spans: tuple[Span, ...]) -> set[int]:
    """Return where the words and marks inside `spans` begin."""
    return {match.start() for span in spans for match in _WORD.finditer(text, span.start, span.end)}


def _sources_agree(text: str, gold: _Gold, found: Statement) -> bool:
    wanted = _tokens(text, (gold.source,)) if gold.source else set()
    return bool(wanted & _tokens(text, found.source)) or (not wanted and not found.source)


def _matched(text: str, gold: list[_Gold], found: tuple[Statement, ...]) -> list[tuple[_Gold, Statement]]:
    """Pair statements whose sources agree and whose contents share enough, the likest first, each once."""
    pairs = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            ours, theirs = _tokens(text, one.content), _tokens(text, other.content)
            shared = len(ours & theirs) / len(ours | theirs)
            if shared >= ENOUGH and _sources_agree(text, one, other):
                pairs.append((-shared, g, f))
    taken: list[tuple[int, int]] = []
    for _, g, f in sorted(pairs):
        if all(g != used and f != other for used, other in taken):
            taken.append((g, f))
    return [(gold[g], found[f]) for g, f in taken]


def _same_name(wanted: str | None, found: Statement) -> bool:
    """Whether a statement's speaker is the one wanted; None stands for nobody who is known by name."""
    speaker = found.speaker
    if wanted is None:
        return speaker is None or speaker.actor is None
    return speaker is not None and _plain(speaker.name) == _plain(wanted)


def _plain(name: str) -> str:
    name = unicodedata.normalize("NFKC", name).lower().replace("'", "’")
    return name.removeprefix("the ")


def test_statements_and_speakers_are_found(reports: dict[str, Report], readings: dict[str, Reading]) -> None:
    """Over all twelve, the statements agree with the annotated ones, and their speakers too, above the floors."""
    found = wanted = right = 0
    matched: list[tuple[_Gold, Statement]] = []
    wrong: list[str] = []
    for one in EXPECTED:
        text = reports[one["file"]].text
        gold = list(_gold(text, one["statements"]))
        pairs = _matched(text, gold, readings[one["file"]].statements)
        wanted += len(gold)
        found += len(readings[one["file"]].statements)
        matched += pairs
        right += sum(_same_name(g.speaker, f) for g, f in pairs)
        wrong += [
            f"{one['file'][:2]}: {f.speaker and f.speaker.name!r} for {g.speaker!r}"
            for g, f in pairs
            if not _same_name(g.speaker, f)
        ]
    score, accuracy = 2 * len(matched) / (found + wanted), right / len(matched)
    print(f"relation F1 {score:.3f} ({len(matched)} of {wanted}, {found} found), speakers {accuracy:.3f}")  # noqa: T201
    print(*wrong, sep="\n")  # noqa: T201 - shown by `pytest -s`, and where the test fails
    assert score >= RELATION_F1
    assert accuracy >= SPEAKER_ACCURACY
