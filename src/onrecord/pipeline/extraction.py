"""Reports to readings: in this process or in several, in the order in which they came."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from onrecord.attribution import Attributor
from onrecord.domain.ids import digest
from onrecord.domain.report import Failure, FailureReason, Report
from onrecord.domain.statement import Extractor, Reading
from onrecord.speakers import SpeakerResolver

__all__ = ["Extracted", "Outcome", "Stages", "extract_all", "extract_one", "extract_some"]

_TOGETHER = 16  # reports that share the model's batches; a crash loses no more than these
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
        for shard in _shards(items):
            yield from _merge(shard, extract_some(stages, [i for i in shard if isinstance(i, Report)]))
        return
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
    with pool:
        waiting: deque[tuple[list[Report | Failure], Future[list[Outcome]]]] = deque()
        shards = _shards(items)
        try:
            while True:
                for shard in islice(shards, 2 * jobs - len(waiting)):
                    waiting.append((shard, pool.submit(_work, build, [i for i in shard if isinstance(i, Report)])))
                if not waiting:
                    return
                shard, future = waiting.popleft()
                yield from _merge(shard, future.result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
