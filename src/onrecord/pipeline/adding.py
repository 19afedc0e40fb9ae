"""Outcomes into the record: each report with its reading in one transaction, what is known already left alone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.domain.ids import ReadingId
from onrecord.domain.report import Failure, Report
from onrecord.pipeline.extraction import Stages, extract_all
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
        if isinstance(outcome, Failure):
            record.put_failure(outcome, added_at=now())
            yield Added(key=outcome.key, how="failed", failure=outcome)
        else:
            fresh = record.put(outcome.report, outcome.reading, added_at=now())
            count = sum(1 + len(statement.nested) for statement in outcome.reading.statements)
            yield Added(key=outcome.report.key, how="added" if fresh else "known", statements=count)
    yield from _drained(known)


def _drained(known: list[Added]) -> Iterator[Added]:
    while known:
        yield known.pop(0)
