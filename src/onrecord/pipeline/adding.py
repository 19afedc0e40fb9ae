"""Outcomes into the record: each report with its reading in one transaction, what is known already left alone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.domain.ids import ReadingId
from onrecord.domain.report import Failure, FailureReason, Report
from onrecord.domain.statement import Statement
from onrecord.pipeline.extraction import Extracted, Outcome, Stages, extract_all
from onrecord.storage import Record

__all__ = ["Added", "add"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one input: a report new to the record, one that it held already, or a failure."""

    key: str
    how: Literal["added", "known", "failed"]
    statements: int = 0
    failure: Failure | None = None


def add(
    record: Record,
    items: Iterable[Report | Failure],
    build: Callable[[], Stages],
    *,
    now: Callable[[], str],
    jobs: int = 1,
) -> Iterator[Added]:
    """Take reports and failures into the record; yield what became of each as soon as it is safe on disk.

    Args:
        record: where to.
        items: what a reader yields.
        build: makes the stages; called here and in each worker.
        now: the time as ISO 8601.
        jobs: processes that extract.
    """
    stages = build()
    known: list[Added] = []

    def unknown() -> Iterator[Report | Failure]:
        for item in items:
            if isinstance(item, Report) and record.holds(ReadingId(stages.reading_id(item))):
                record.put_again(item.id, key=item.key, added_at=now())
                known.append(Added(key=item.key, how="known"))
            else:
                yield item

    for outcome in extract_all(unknown(), (lambda: stages) if jobs == 1 else build, jobs=jobs):
        yield from _drained(known)
        yield _kept(record, outcome, now())
    yield from _drained(known)


def _kept(record: Record, outcome: Outcome, at: str) -> Added:
    """Store one outcome; what the record refuses is stored as a failure, so that one report does not stop the job."""
    if isinstance(outcome, Extracted):
        report = outcome.report
        try:
            fresh = record.put(outcome.report, outcome.reading, added_at=at)
        except ValueError as error:
            detail = f"The record refused it ({error}); please report this page."
            outcome = Failure(key=report.key, reason=FailureReason.EXTRACTION, detail=detail)
        else:
            statements = sum(map(_with_nested, outcome.reading.statements))
            return Added(key=report.key, how="added" if fresh else "known", statements=statements if fresh else 0)
    record.put_failure(outcome, added_at=at)
    return Added(key=outcome.key, how="failed", failure=outcome)


def _with_nested(statement: Statement) -> int:
    return 1 + sum(map(_with_nested, statement.nested))


def _drained(known: list[Added]) -> Iterator[Added]:
    while known:
        yield known.pop(0)
