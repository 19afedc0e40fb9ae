"""The JSON shapes: the same from every command, the Python API and, later, the web.

`docs/reference/schemas/` holds a JSON Schema for each; tests hold the two together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from onrecord.domain.report import Dropped, Failure, Metadata, Published, Report
from onrecord.domain.span import Span
from onrecord.domain.statement import Reading, Speaker, Statement
from onrecord.storage import ActorRow, Counts, FailureRow, Hit, Problem, ReportRow, StatementRow

__all__ = [
    "actor_shape",
    "add_summary",
    "check_result",
    "dropped_shape",
    "extraction_failure",
    "extraction_line",
    "failure_shape",
    "hit_shape",
    "metadata_shape",
    "report_detail",
    "report_shape",
    "spans_shape",
    "statement_shape",
]

Shape = dict[str, Any]


def spans_shape(spans: Sequence[Span]) -> list[list[int]]:
    """Return `[[start, end], …]`, in code points."""
    return [[span.start, span.end] for span in spans]


def _published(found: Published | None) -> Shape:
    if found is None:
        return {"published": None, "published_precision": None, "published_found_by": None}
    return {
        "published": found.date,
        "published_precision": found.precision.value,
        "published_found_by": found.found_by,
    }


def metadata_shape(metadata: Metadata) -> Shape:
    """Return what a page says of itself."""
    return {
        "title": metadata.title,
        "outlet": metadata.outlet,
        **_published(metadata.published),
        "authors": list(metadata.authors),
        "dateline": metadata.dateline,
        "credits": list(metadata.credits),
        "url": metadata.url,
    }


def _speaker(speaker: Speaker | None) -> Shape | None:
    if speaker is None:
        return None
    return {
        "name": speaker.name,
        "actor": speaker.actor,
        "kind": speaker.kind.value,
        "how": speaker.how.value if speaker.how else None,
        "mention": spans_shape(speaker.mention),
        "confidence": round(speaker.confidence, 4),
    }


def _attribution(statement: Statement) -> Shape:
    return {
        "id": statement.id,
        "source": spans_shape(statement.source),
        "cue": spans_shape(statement.cue),
        "content": spans_shape(statement.content),
        "kind": statement.kind.value,
        "speaker": _speaker(statement.speaker),
        "addressee": None,
        "occasion": None,
        "said_on": None,
        "confidence": round(statement.confidence, 4),
        "nested": [_attribution(inner) for inner in statement.nested],
    }


def extraction_line(report: Report, reading: Reading) -> Shape:
    """Return the line that `onrecord extract` prints for a report."""
    return {
        "id": report.key,
        "text": report.text,
        "language": report.language,
        "metadata": metadata_shape(report.metadata),
        "attributions": [_attribution(statement) for statement in reading.statements],
        "failure": None,
    }


def _failure(failure: Failure) -> Shape:
    return {"reason": failure.reason.value, "detail": failure.detail}


def extraction_failure(failure: Failure) -> Shape:
    """Return the line that `onrecord extract` prints for an input that gave no report."""
    return {
        "id": failure.key,
        "text": None,
        "language": None,
        "metadata": None,
        "attributions": [],
        "failure": _failure(failure),
    }


def failure_shape(row: FailureRow) -> Shape:
    """Return a failure as `onrecord reports --failed` lists it."""
    return {"report": row.key, "reason": row.reason.value, "detail": row.detail, "added_at": row.added_at}


def report_shape(row: ReportRow) -> Shape:
    """Return a report as listings show it."""
    return {
        "report": row.report,
        "report_id": row.report_id,
        "also_given_as": list(row.also_given_as),
        "title": row.title,
        "outlet": row.outlet,
        "published": row.published,
        "published_precision": row.published_precision.value if row.published_precision else None,
        "language": row.language,
        "url": row.url,
        "statements": row.statements,
        "added_at": row.added_at,
    }


def report_detail(report: Report) -> Shape:
    """Return a whole report but for its original bytes."""
    provenance = report.provenance
    return {
        "report": report.key,
        "report_id": report.id,
        "text": report.text,
        "language": report.language,
        "metadata": metadata_shape(report.metadata),
        "provenance": {
            "media_type": provenance.media_type,
            "encoding": provenance.encoding,
            "bytes_digest": provenance.bytes_digest,
            "size": provenance.size,
            "reader": provenance.reader,
        },
        "blocks": [{"span": spans_shape([b.span])[0], "kind": b.kind.value} for b in report.blocks],
        "dropped": [dropped_shape(dropped) for dropped in report.dropped],
    }


def dropped_shape(dropped: Dropped) -> Shape:
    """Return words of the original that are not in the text, where they stand in it, and why they were left out."""
    return {"original": spans_shape([dropped.original])[0], "words": dropped.words, "reason": dropped.reason}


def statement_shape(row: StatementRow) -> Shape:
    """Return a statement as listings show it."""
    return {
        "id": row.id,
        "report": row.report,
        "report_id": row.report_id,
        "outlet": row.outlet,
        "title": row.title,
        "published": row.published,
        "published_precision": row.published_precision.value if row.published_precision else None,
        "speaker": _speaker(row.speaker),
        "kind": row.kind.value,
        "confidence": round(row.confidence, 4),
        "source": spans_shape(row.source),
        "source_words": row.source_words,
        "cue": spans_shape(row.cue),
        "cue_words": row.cue_words,
        "content": spans_shape(row.content),
        "content_words": row.content_words,
        "parent": row.parent,
    }


def actor_shape(row: ActorRow) -> Shape:
    """Return an actor as listings show it."""
    return {
        "id": row.id,
        "kind": row.kind.value,
        "name": row.name,
        "names": list(row.names),
        "statements": row.statements,
        "reports": row.reports,
    }


def hit_shape(hit: Hit) -> Shape:
    """Return a report or statement as `onrecord search` finds it."""
    return {
        "thing": hit.thing.value,
        "id": hit.id,
        "report": hit.report,
        "report_id": hit.report_id,
        "words": hit.words,
    }


def add_summary(record: str, *, inputs: Mapping[str, int], statements: int, failures: Sequence[Failure]) -> Shape:
    """Return what one `onrecord add` did.

    Args:
        record: the record's path or URL.
        inputs: how many were "added" and how many "known" already; what is missing counts as none.
        statements: how many came with the reports that were added.
        failures: the inputs that gave no report.
    """
    return {
        "record": record,
        "added": inputs.get("added", 0),
        "known": inputs.get("known", 0),
        "failed": len(failures),
        "statements": statements,
        "failures": [{"report": failure.key, **_failure(failure)} for failure in failures],
    }


def check_result(problems: Sequence[Problem], counts: Counts, digest: str) -> Shape:
    """Return what `onrecord check` found, how much it looked at, and the digest of all of it."""
    return {
        "sound": not problems,
        "problems": [asdict(problem) for problem in problems],
        "counts": asdict(counts),
        "digest": digest,
    }
