"""What must hold of a report and of its reading; asked before they are stored, and again by the audit."""

import html
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from onrecord.domain.ids import digest
from onrecord.domain.report import Precision, Published, Report, report_id
from onrecord.domain.span import Span
from onrecord.domain.statement import Reading, Statement, statement_id
from onrecord.storage.packing import all_statements

__all__ = ["faults_of_reading", "faults_of_report"]

Fault = tuple[str, str]  # the id that it is about, and a sentence

_LINES = "application/jsonl"  # its reports have ids over their whole lines, of which the record holds only the text
_LENGTHS = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10, Precision.MINUTE: 16}


def faults_of_report(report: Report) -> Iterator[Fault]:
    """Yield what does not hold of a report: id, digests, date, and every place in its text and in its original."""
    provenance = report.provenance
    if not report.key:
        yield report.id, "the report has no key"
    if digest(report.original) != provenance.bytes_digest:
        yield report.id, "the original bytes do not have the digest that the report gives for them"
    if len(report.original) != provenance.size:
        yield report.id, f"the original has {len(report.original)} bytes, not {provenance.size}"
    ids = {report_id(provenance.bytes_digest), report_id(provenance.bytes_digest, report.key)}
    if provenance.media_type != _LINES and report.id not in ids:
        yield report.id, "the id is not that of a report with these bytes and this key"
    if report.metadata.published is not None and not _is_date(report.metadata.published):
        published = report.metadata.published
        yield report.id, f"{published.date!r} is no date known to the {published.precision}"
    for block in report.blocks:
        if not _lies_in(block.span, len(report.text)):
            yield report.id, f"the block {_place(block.span)} lies outside the text"
    yield from ((report.id, fault) for fault in _faults_of_origins(report))


def _is_date(published: Published) -> bool:
    text = published.date
    try:
        if published.precision is Precision.MINUTE:
            datetime.fromisoformat(text)
        else:
            date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return len(text) == _LENGTHS[published.precision]


def _faults_of_origins(report: Report) -> Iterator[str]:
    """Yield the segments and the dropped words that are not what stands in the decoded original."""
    if not report.segments and not report.dropped:
        return
    try:
        original = report.original.decode(report.provenance.encoding, errors="replace")
    except (LookupError, UnicodeError):
        yield f"the original cannot be decoded as {report.provenance.encoding!r}"
        return
    for segment in report.segments:
        if not (_lies_in(segment.span, len(report.text)) and _lies_in(segment.original, len(original))):
            yield f"the segment {_place(segment.span)} lies outside the text or the original"
        elif not _stands_for(segment.original.of(original), segment.span.of(report.text)):
            yield f"the text at {_place(segment.span)} is not what stands in the original at {_place(segment.original)}"
    for piece in report.dropped:
        if not (_lies_in(piece.original, len(original)) and _spells(piece.original.of(original), piece.words)):
            yield f"the dropped words at {_place(piece.original)} are not what stands in the original"


def _stands_for(original: str, words: str) -> bool:
    """Whether characters of an original are these `words`: the same, or a notation or white space for one of them."""
    if original == words:
        return True
    if len(words) != 1:
        return False
    if original.startswith("\\"):
        try:
            return bool(json.loads(f'"{original}"') == words)
        except ValueError:
            return False
    return html.unescape(original) == words or (words.isspace() and not original.strip())


def _spells(original: str, words: str) -> bool:
    """Whether the letters of `words` stand in this order in an original, which can have markup between them."""
    letters = iter(html.unescape(original))
    return all(letter in letters for letter in words if not letter.isspace())


def faults_of_reading(report: Report, reading: Reading) -> Iterator[Fault]:
    """Yield what does not hold of a reading of `report`: ids, spans, confidences, actors."""
    if reading.report != report.id:
        yield reading.id, f"the reading is one of {reading.report}, not of {report.id}"
    if reading.id != Reading.id_of(digest(report.text.encode()), report.id, reading.extractor):
        yield reading.id, "the id is not that of a reading of this text by this extractor"
    actors = [actor.id for actor in reading.actors]
    if len(set(actors)) < len(actors):
        yield reading.id, "an actor is listed twice"
    known: set[str] = set()
    for statement, _ in all_statements(reading):
        if statement.id in known:
            yield statement.id, "the statement stands twice in its reading"
        known.add(statement.id)
        yield from ((statement.id, fault) for fault in _faults_of_statement(report, statement, actors))


def _faults_of_statement(report: Report, statement: Statement, actors: Sequence[str]) -> Iterator[str]:
    expected = statement_id(report.id, source=statement.source, cue=statement.cue, content=statement.content)
    if statement.id != expected:
        yield "the id is not that of a statement at these places"
    if not statement.content:
        yield "the statement has no content"
    places = {"source": statement.source, "cue": statement.cue, "content": statement.content}
    confidences = [statement.confidence]
    if statement.speaker is not None:
        places["mention of the speaker"] = statement.speaker.mention
        confidences.append(statement.speaker.confidence)
        if statement.speaker.actor is not None and statement.speaker.actor not in actors:
            yield f"its speaker {statement.speaker.actor} is not among the actors of the reading"
    for role, spans in places.items():
        if not all(_lies_in(span, len(report.text)) for span in spans):
            yield f"a span of its {role} is empty or lies outside the text"
        elif any(left.end > right.start for left, right in pairwise(spans)):
            yield f"the spans of its {role} are not in order, or overlap"
    if not all(0 <= confidence <= 1 for confidence in confidences):
        yield "a confidence does not lie between 0 and 1"


def _lies_in(span: Span, length: int) -> bool:
    return 0 <= span.start < span.end <= length


def _place(span: Span) -> str:
    return f"[{span.start}, {span.end})"
