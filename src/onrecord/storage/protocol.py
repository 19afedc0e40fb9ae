"""What a record does, whatever keeps it: the contract that `onrecord.testing.RecordConformance` puts to the proof."""

from collections.abc import Iterator
from types import TracebackType
from typing import Protocol, Self

from onrecord.domain.ids import ReadingId, ReportId
from onrecord.domain.report import Failure, Report
from onrecord.domain.statement import Reading
from onrecord.storage.query import ActorQuery, ReportQuery, StatementQuery
from onrecord.storage.rows import ActorRow, Counts, FailureRow, Found, Hit, Problem, ReportRow, StatementRow

__all__ = ["Record"]


class Record(Protocol):
    """Reports, what was read out of them, and the inputs that gave none.

    Every writing verb is one transaction: a process that dies at any moment leaves all of it or nothing. Times
    (`added_at`) are ISO 8601 and passed in. Listings stream from one unchanging state of the record, whatever is
    written meanwhile. Every verb may raise `RecordError`: the record is closed, damaged, full, or another process
    kept it locked for too long.
    """

    def holds(self, reading_id: ReadingId) -> bool:
        """Whether this reading is the one that stands for its report, so that reading it again is needless."""

    def text_digest(self, report_id: ReportId) -> str | None:
        """Return the SHA-256 of the stored text (UTF-8), None where the report is unknown.

        With it the id of a reading can be told from an input's bytes alone, before they are decoded.
        """

    def put(self, report: Report, reading: Reading, *, added_at: str) -> bool:
        """Store a report with what was read out of it; return False where the record holds that reading already.

        A reading by another extractor takes the place of the older one with its statements and actors; of the older
        one its id, extractor and dates are kept. A key other than the report's first is kept as a further one.
        Failures of the same key are cleared.

        Raises:
            ValueError: the reading does not fit the report (a span outside the text, an id that is not that of its
                content, …), or the report is stored with another text: a stored text never changes. Nothing is stored.
        """

    def put_again(self, report_id: ReportId, *, key: str, added_at: str) -> None:
        """Note that the input `key` gave a stored report again: a new key is kept, failures of `key` are cleared.

        Raises:
            UsageError: there is no such report.
        """

    def put_failure(self, failure: Failure, *, added_at: str) -> bool:
        """Store that an input gave no report; return False where the same failure of the same key is known."""

    def reports(self, query: ReportQuery | None = None) -> Iterator[ReportRow]:
        """List reports by date (unknown last), then key."""

    def statements(self, query: StatementQuery | None = None) -> Iterator[StatementRow]:
        """List statements, nested ones too, by date of report (unknown last), then report, then place in the text."""

    def actors(self, query: ActorQuery | None = None) -> Iterator[ActorRow]:
        """List actors, those with most statements first."""

    def failures(self) -> Iterator[FailureRow]:
        """List the inputs that gave no report, by key."""

    def find(self, words: str) -> Found:
        """Tell what an id, the beginning of an id (`s-3f`), or an input's key stands for.

        Raises:
            UsageError: nothing, or more than one thing; the message names some of them.
        """

    def report(self, which: str) -> Report:
        """Return a whole report by its id, the beginning of it, or a key; `key` is the first it was given under.

        Raises:
            UsageError: as `find` does.
        """

    def reading_of(self, which: str) -> Reading:
        """Return the reading that stands for a report, which is named as for `report`."""

    def statement(self, which: str) -> StatementRow:
        """Return one statement by its id or the beginning of it."""

    def actor(self, which: str) -> ActorRow:
        """Return one actor by its id or the beginning of it."""

    def search(self, words: str, *, limit: int = 20) -> Iterator[Hit]:
        """Find reports, then statements, that hold all of `words`; at most `limit` of each, the best first.

        `words` are words and nothing else: no operator has a meaning in them.
        """

    def counts(self) -> Counts:
        """Count what the record holds."""

    def digest(self) -> str:
        """Return a SHA-256 over all content.

        Two records of the same reports, readings and failures have the same digest, in whatever order and whenever
        these were added. Superseded readings do not count.
        """

    def check(self) -> Iterator[Problem]:
        """Prove the record sound: yield everything in it that does not hold; nothing where all does."""

    def close(self) -> None:
        """Let go of the record; listings that are still open end with RecordError. May be called again."""

    def __enter__(self) -> Self:
        """Return the record itself."""

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the record."""
