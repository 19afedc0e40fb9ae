"""Reports to readings: in this process or in several, in the order in which they came."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from onrecord.attribution import Attributor
from onrecord.domain.ids import digest
from onrecord.domain.report import Failure, FailureReason, Report
from onrecord.domain.statement import Extractor, Reading
from onrecord.speakers import SpeakerResolver

__all__ = ["Extracted", "Outcome", "Stages", "extract_all", "extract_one", "extract_some"]

_TOGETHER = 16  # reports handed to a worker at once: pickling them one by one would cost more
_WORDS_TOGETHER = 2_000_000  # characters, so that a batch of long reports stays small


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A report with what was read out of it."""

    report: Report
    reading: Reading


Outcome = Extracted | Failure


@dataclass(frozen=True, slots=True)
class Stages:
    """What reads a report, built once for each worker."""

    attributor: Attributor
    resolver: SpeakerResolver

    @property
    def extractor(self) -> Extractor:
        """What the readings will say that they were made by."""
        own = self.attributor.extractor
        return Extractor(name=f"{own.name}+{self.resolver.name}", model_digest=own.model_digest)

    def reading_id(self, report: Report) -> str:
        """Return the id of the reading that these stages would make of a report."""
        return Reading.id_of(_text_digest(report.text), report.id, self.extractor)


def _text_digest(text: str) -> str:
    return digest(text.encode("utf-8", "surrogatepass"))


def _readings(stages: Stages, reports: Sequence[Report]) -> Iterator[Extracted]:
    extractor = stages.extractor
    for report, found in zip(reports, stages.attributor.attribute(reports), strict=True):
        statements, actors = stages.resolver.resolve(report, found)
        reading = Reading(
            id=Reading.id_of(_text_digest(report.text), report.id, extractor),
            report=report.id,
            extractor=extractor,
            statements=statements,
            actors=actors,
        )
        yield Extracted(report=report, reading=reading)


def extract_one(stages: Stages, report: Report) -> Reading:
    """Read statements and speakers out of one report; errors go to the caller."""
    (extracted,) = _readings(stages, [report])
    return extracted.reading


def extract_some(stages: Stages, reports: Sequence[Report]) -> list[Outcome]:
    """Read statements and speakers out of a few reports; one that cannot be done becomes a failure, the rest go on."""
    try:
        return list(_readings(stages, reports))
    except Exception as error:  # noqa: BLE001 - whatever one report does, the others are not lost
        if len(reports) > 1:
            return [outcome for report in reports for outcome in extract_some(stages, [report])]
        detail = f"The statements could not be extracted ({type(error).__name__}: {error}); please report this page."
        return [Failure(key=reports[0].key, reason=FailureReason.EXTRACTION, detail=detail)]


_worker: list[Stages] = []  # one in each worker process


def _work(build: Callable[[], Stages], reports: Sequence[Report]) -> list[Outcome]:
    if not _worker:  # built with the first work, not by the pool, which would swallow the reason of an error
        _worker.append(build())
    return extract_some(_worker[0], reports)


def _shards(items: Iterable[Report | Failure]) -> Iterator[list[Report | Failure]]:
    shard: list[Report | Failure] = []
    size = 0
    for item in items:
        shard.append(item)
        size += len(item.text) if isinstance(item, Report) else 0
        if len(shard) >= _TOGETHER or size >= _WORDS_TOGETHER:
            yield shard
            shard, size = [], 0
    if shard:
        yield shard


def _merge(shard: Sequence[Report | Failure], done: Iterable[Outcome]) -> Iterator[Outcome]:
    """Put failures of reading back to their places among the outcomes of extraction."""
    outcomes = iter(done)
    for item in shard:
        yield item if isinstance(item, Failure) else next(outcomes)


def extract_all(items: Iterable[Report | Failure], build: Callable[[], Stages], *, jobs: int = 1) -> Iterator[Outcome]:
    """Yield the outcome for each report or failure, in order, holding a few shards at a time.

    Args:
        items: what a reader yields.
        build: makes the stages; picklable, for it is called in each worker.
        jobs: processes; 1 works in this one.
    """
    if jobs == 1:
        stages = build()
        for item in items:
            yield item if isinstance(item, Failure) else extract_some(stages, [item])[0]
        return
    workers = _Workers(build, jobs)
    waiting: deque[tuple[list[Report | Failure], _Task]] = deque()
    shards = _shards(items)
    try:
        while True:
            for shard in islice(shards, 2 * jobs - len(waiting)):
                waiting.append((shard, workers.start([i for i in shard if isinstance(i, Report)])))
            if not waiting:
                return
            shard, task = waiting.popleft()
            yield from _merge(shard, workers.outcomes(task))
    finally:
        workers.stop()


@dataclass(frozen=True, slots=True)
class _Task:
    """Reports that a pool has been given."""

    reports: list[Report]
    pool: ProcessPoolExecutor
    future: Future[list[Outcome]]


class _Workers:
    """A pool of processes; when a report kills one, the pool is replaced and the report found by halving its shard."""

    def __init__(self, build: Callable[[], Stages], jobs: int) -> None:
        self._build, self._jobs = build, jobs
        self._pool = self._fresh()

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"))

    def start(self, reports: list[Report]) -> _Task:
        """Hand reports to the pool."""
        try:
            future = self._pool.submit(_work, self._build, reports)
        except BrokenProcessPool:  # it died between two shards
            self._replace(self._pool)
            future = self._pool.submit(_work, self._build, reports)
        return _Task(reports, self._pool, future)

    def outcomes(self, task: _Task) -> list[Outcome]:
        """Wait for what became of a task's reports; whoever kills its worker again and again is a failure."""
        try:
            return task.future.result()
        except BrokenProcessPool:
            self._replace(task.pool)
            return self._one_by_one(task.reports)

    def _one_by_one(self, reports: list[Report]) -> list[Outcome]:
        """Do reports again while nothing else runs, so that a death is theirs; halve them until it is one report's."""
        if not reports:
            return []
        task = self.start(reports)
        try:
            return task.future.result()
        except BrokenProcessPool:
            self._replace(task.pool)
        if len(reports) == 1:
            detail = "The process that read it died (out of memory?); read it alone, or split it."
            return [Failure(key=reports[0].key, reason=FailureReason.EXTRACTION, detail=detail)]
        half = len(reports) // 2
        return self._one_by_one(reports[:half]) + self._one_by_one(reports[half:])

    def _replace(self, dead: ProcessPoolExecutor) -> None:
        """Put a new pool in the place of a dead one, unless that was done for another of its tasks."""
        dead.shutdown(wait=False, cancel_futures=True)
        if dead is self._pool:
            self._pool = self._fresh()

    def stop(self) -> None:
        """End the processes; what they have not begun is left."""
        self._pool.shutdown(wait=True, cancel_futures=True)
