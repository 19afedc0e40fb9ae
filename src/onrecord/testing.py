"""What a plug-in's author needs to prove it: small sound values made by hand, and the suites a backend must pass.

A backend of the record passes when this class collects and passes under pytest:

```python
class TestMyRecord(RecordConformance):
    def open_record(self, folder: Path) -> Record:
        return MyRecord(folder / "record")
```
"""

import tempfile
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.domain.ids import ActorId, ReadingId, content_id, digest
from onrecord.domain.report import (
    Block,
    BlockKind,
    Dropped,
    Failure,
    FailureReason,
    Metadata,
    Precision,
    Provenance,
    Published,
    Report,
    Segment,
    report_id,
)
from onrecord.domain.span import Span
from onrecord.domain.statement import (
    Actor,
    ActorKind,
    Extractor,
    Kind,
    Reading,
    Resolution,
    Speaker,
    Statement,
    statement_id,
)
from onrecord.errors import RecordError, UsageError

if TYPE_CHECKING:  # the suite knows the contract, not the database behind it
    from onrecord.storage.protocol import Record

__all__ = [
    "TIME",
    "RecordConformance",
    "make_actor",
    "make_reading",
    "make_report",
    "make_statement",
    "sample_reading",
    "sample_report",
]

TIME = "2031-05-06T07:08:09+00:00"
EXTRACTOR = Extractor(name="hand.v1", model_digest="0" * 64)


def make_report(
    text: str,
    *,
    key: str = "report.txt",
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    furniture: str = "",
) -> Report:
    """Return a report whose original is `text` with `furniture` after it, which is dropped.

    `published` is cut to the precision that is known: `2031`, `2031-05`, `2031-05-06` or `2031-05-06T07:08`.
    """
    original = (text + furniture).encode()
    precisions = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY, 16: Precision.MINUTE}
    date = None
    if published is not None:
        date = Published(date=published, precision=precisions[len(published)], found_by="input")
    left_out = Span(len(text), len(text) + len(furniture))
    return Report(
        id=report_id(digest(original)),
        key=key,
        text=text,
        language="en",
        metadata=Metadata(title=title, outlet=outlet, published=date),
        provenance=Provenance(
            media_type="text/plain",
            encoding="utf-8",
            bytes_digest=digest(original),
            size=len(original),
            reader="hand.v1",
        ),
        blocks=(Block(span=Span(0, len(text)), kind=BlockKind.BODY),),
        segments=(Segment(span=Span(0, len(text)), original=Span(0, len(text))),),
        dropped=(Dropped(original=left_out, words=furniture, reason="newsletter form"),) if furniture else (),
        original=original,
    )


def make_actor(name: str, *further: str, kind: ActorKind = ActorKind.PERSON) -> Actor:
    """Return an actor of that name, with further forms of it."""
    return Actor(id=ActorId(content_id("a", kind, name)), kind=kind, name=name, names=(name, *further))


def make_statement(
    report: Report,
    content: str | tuple[str, ...],
    *,
    source: str = "",
    cue: str = "said",
    actor: Actor | None = None,
    kind: Kind = Kind.INDIRECT,
    confidence: float = 0.9,
    nested: tuple[Statement, ...] = (),
) -> Statement:
    """Return a statement whose parts are the first places of these words in the report's text.

    Raises:
        ValueError: the words do not stand there.
    """

    def places(*words: str) -> tuple[Span, ...]:
        starts = [report.text.index(word) for word in words]
        return tuple(Span(start, start + len(word)) for start, word in zip(starts, words, strict=True))

    sources = places(source) if source else ()
    cues = places(cue) if cue else ()
    contents = places(*((content,) if isinstance(content, str) else content))
    speaker = None
    if source:
        speaker = Speaker(
            name=actor.name if actor else source,
            actor=actor.id if actor else None,
            kind=actor.kind if actor else ActorKind.UNNAMED,
            how=Resolution.NAME if actor else None,
            mention=sources,
            confidence=0.95,
        )
    return Statement(
        id=statement_id(report.id, source=sources, cue=cues, content=contents),
        source=sources,
        cue=cues,
        content=contents,
        kind=kind,
        confidence=confidence,
        speaker=speaker,
        nested=nested,
    )


def make_reading(
    report: Report, *statements: Statement, actors: tuple[Actor, ...] = (), extractor: Extractor = EXTRACTOR
) -> Reading:
    """Return the reading of `report` that found these statements."""
    return Reading(
        id=Reading.id_of(digest(report.text.encode()), report.id, extractor),
        report=report.id,
        extractor=extractor,
        statements=statements,
        actors=actors,
    )


_SAMPLE = (
    "Harbour talks end\n"
    "Éva Marn-Ørsted said the harbour would stay open. {line}\n"
    "“We never closed it,” said Minister Tolva Brin, who added that Marn-Ørsted had called the report 100% false.\n"
)


def sample_report(line: str = "Nobody disagreed.", **about: str) -> Report:
    """Return a report about invented people; `line` and what `make_report` takes make it another one."""
    return make_report(_SAMPLE.format(line=line), furniture="\nSubscribe to our letter", **about)


def sample_reading(report: Report, *, extractor: Extractor = EXTRACTOR) -> Reading:
    """Return a reading of `sample_report`: three outermost statements, one with another in it."""
    marn = make_actor("Éva Marn-Ørsted", "Marn-Ørsted", "Eva Marn")
    brin = make_actor("Tolva Brin", "Minister Tolva Brin")
    inner = make_statement(report, "the report 100% false", source="Marn-Ørsted had", cue="called", actor=marn)
    return make_reading(
        report,
        make_statement(report, "the harbour would stay open", source="Éva Marn-Ørsted", actor=marn, confidence=0.6),
        make_statement(report, "“We never closed it,”", source="Minister Tolva Brin", actor=brin, kind=Kind.DIRECT),
        make_statement(
            report,
            ("Marn-Ørsted had called", "the report 100% false"),
            source="who",
            cue="added",
            actor=brin,
            kind=Kind.MIXED,
            nested=(inner,),
        ),
        actors=(marn, brin),
        extractor=extractor,
    )


def _refused(error: type[Exception], call: Callable[..., object], *args: object, **options: object) -> str:
    """Return the message of the error that the call raises."""
    try:
        call(*args, **options)
    except error as raised:
        return str(raised)
    raise AssertionError(f"{error.__name__} was expected")


class RecordConformance:
    """What every backend of the record must do. Each test opens a new, empty record."""

    @abstractmethod
    def open_record(self, folder: Path) -> "Record":
        """Return the record that lives in `folder`: a new one at first, then that same one again."""
        raise NotImplementedError

    @contextmanager
    def _record(self) -> Iterator["Record"]:
        with tempfile.TemporaryDirectory() as folder, self.open_record(Path(folder)) as record:
            yield record

    def test_gives_back_what_was_put(self) -> None:
        """A report and its reading come back equal in every field, by id, by prefix and by key."""
        report = sample_report(key="a/harbour.txt", title="Harbour", outlet="The Quay", published="2031-05-06")
        reading = sample_reading(report)
        with self._record() as record:
            assert record.put(report, reading, added_at=TIME)
            for name in (report.id, report.id[:9], report.key):
                assert record.report(name) == report
                assert record.reading_of(name) == reading

    def test_survives_closing(self) -> None:
        """What was put is there when the record is opened again, and its digest is the same."""
        report = sample_report()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with self.open_record(folder) as record:
                record.put(report, sample_reading(report), added_at=TIME)
                before = record.digest()
            with self.open_record(folder) as record:
                assert record.report(report.id) == report
                assert record.digest() == before

    def test_putting_twice_changes_nothing(self) -> None:
        """A reading that stands already is not stored again."""
        report = sample_report()
        reading = sample_reading(report)
        with self._record() as record:
            assert not record.holds(reading.id)
            assert record.text_digest(report.id) is None
            assert record.put(report, reading, added_at=TIME)
            before = (record.digest(), record.counts())
            assert not record.put(report, reading, added_at="2032-01-01T00:00:00+00:00")
            assert (record.digest(), record.counts()) == before
            assert record.holds(reading.id)
            assert record.text_digest(report.id) == digest(report.text.encode())

    def test_newer_reading_takes_the_place_of_the_older(self) -> None:
        """Of a superseded reading no statement stays; it can stand again; the digest tells only what stands."""
        report = sample_report()
        old = sample_reading(report)
        new = make_reading(report, *old.statements[:1], actors=old.actors[:1], extractor=replace(EXTRACTOR, name="new"))
        with self._record() as record, self._record() as other:
            record.put(report, old, added_at=TIME)
            assert record.put(report, new, added_at=TIME)
            assert record.reading_of(report.id) == new
            assert not record.holds(old.id)
            assert record.counts().statements == 1
            assert record.counts().superseded_readings == 1
            other.put(report, new, added_at=TIME)
            assert record.digest() == other.digest()
            assert record.put(report, old, added_at=TIME)
            assert record.reading_of(report.id) == old
            assert list(record.check()) == []

    def test_same_bytes_under_another_key(self) -> None:
        """A further key of the same report is kept beside the first, whichever verb brings it."""
        report = sample_report(key="one.txt")
        reading = sample_reading(report)
        with self._record() as record:
            record.put(report, reading, added_at=TIME)
            assert not record.put(replace(report, key="two.txt"), reading, added_at=TIME)
            record.put_again(report.id, key="three.txt", added_at=TIME)
            record.put_again(report.id, key="one.txt", added_at=TIME)
            (row,) = record.reports()
            assert (row.report, row.also_given_as) == ("one.txt", ("three.txt", "two.txt"))
            assert record.report("two.txt").key == "one.txt"
            assert list(record.check()) == []

    def test_stored_text_never_changes(self) -> None:
        """The same bytes with another text are refused, and what was stored stays."""
        report = sample_report()
        other = replace(report, text=report.text[:-1], blocks=(), segments=(), dropped=())
        with self._record() as record:
            record.put(report, sample_reading(report), added_at=TIME)
            before = record.digest()
            said = _refused(ValueError, record.put, other, make_reading(other), added_at=TIME)
            assert "never changes" in said
            assert record.digest() == before

    def test_unsound_values_are_refused(self) -> None:
        """A reading that does not fit its report is refused whole, with its reason."""
        report = sample_report()
        reading = sample_reading(report)
        first = reading.statements[0]
        far = replace(first, content=(Span(0, 10_000),))
        cases = {
            "lies outside": replace(
                reading,
                statements=(
                    replace(far, id=statement_id(report.id, source=far.source, cue=far.cue, content=far.content)),
                ),
            ),
            "not that of a statement": replace(reading, statements=(replace(first, cue=()),)),
            "not among the actors": replace(reading, actors=()),
            "between 0 and 1": replace(reading, statements=(replace(first, confidence=float("nan")),)),
            "twice": replace(reading, statements=(first, first)),
            "by this extractor": replace(reading, id=ReadingId("g-0123456789abcdef")),
        }
        with self._record() as record:
            for reason, unsound in cases.items():
                said = _refused(ValueError, record.put, report, unsound, added_at=TIME)
                assert reason in said, said
            assert record.counts().reports == 0

    def test_any_text_comes_back_exactly(self) -> None:
        """Zero bytes, astral letters, combining marks and quote marks in a text come back as they were."""
        text = "Tolva Brin said 𝔥arbour\x00, naïve, e\u0301, '\"; DROP TABLE reports; --\u2028 end"
        report = make_report(text, key="odd '\";%_.txt", title="\x00 % _ '", outlet="'Quay'")
        statement = make_statement(report, text[16:], source="Tolva Brin")
        with self._record() as record:
            record.put(report, make_reading(report, statement), added_at=TIME)
            assert record.report(report.key) == report
            assert [row.content_words for row in record.statements()] == [text[16:]]
            assert list(record.check()) == []

    def test_failures_are_kept_until_the_key_succeeds(self) -> None:
        """A failure is stored once; a report of the same key clears it, and one of another key does not."""
        empty = Failure(key="report.txt", reason=FailureReason.EMPTY, detail="The file is empty.")
        odd = Failure(key="b\udce9d.txt", reason=FailureReason.BINARY, detail="No text.")
        report = sample_report()
        with self._record() as record:
            assert record.put_failure(empty, added_at=TIME)
            assert not record.put_failure(empty, added_at="2032-01-01T00:00:00+00:00")
            assert record.put_failure(odd, added_at=TIME)
            assert [(row.key, row.reason) for row in record.failures()] == [
                ("b\\udce9d.txt", FailureReason.BINARY),
                ("report.txt", FailureReason.EMPTY),
            ]
            record.put(report, sample_reading(report), added_at=TIME)
            assert record.counts().failures == 1
            assert list(record.check()) == []

    def test_digest_knows_no_order_and_no_time(self) -> None:
        """Two records of the same things, added in other orders at other times, have the same digest; others differ."""
        reports = [sample_report(line, key=line) for line in ("One.", "Two.", "Three.")]
        failure = Failure(key="x", reason=FailureReason.EMPTY, detail="It is empty.")
        with self._record() as left, self._record() as right:
            for report in reports:
                left.put(report, sample_reading(report), added_at=TIME)
            left.put_failure(failure, added_at=TIME)
            right.put_failure(failure, added_at="2032-01-01T00:00:00+00:00")
            for report in reversed(reports):
                assert left.digest() != right.digest()
                right.put(report, sample_reading(report), added_at="2032-01-01T00:00:00+00:00")
            assert left.digest() == right.digest()

    def test_listings_while_writing(self) -> None:
        """A listing goes on to show the state in which it began, whatever is put meanwhile."""
        reports = [sample_report(f"Line {number}.", key=str(number)) for number in range(4)]
        with self._record() as record:
            for report in reports[:3]:
                record.put(report, sample_reading(report), added_at=TIME)
            listing = record.reports()
            first = next(listing)
            record.put(reports[3], sample_reading(reports[3]), added_at=TIME)
            assert [first.report, *(row.report for row in listing)] == ["0", "1", "2"]
            assert record.counts().reports == len(reports)

    def test_ids_are_found_by_their_beginning(self) -> None:
        """The beginning of an id is enough where it is the only one; else the candidates are named."""
        reports = [sample_report(f"Line {number}.", key=str(number)) for number in range(20)]
        with self._record() as record:
            for report in reports:
                record.put(report, sample_reading(report), added_at=TIME)
            statement = sample_reading(reports[0]).statements[0]
            for name in (statement.id, statement.id[:12]):
                assert record.find(name).id == statement.id
                assert record.statement(name).content_words == "the harbour would stay open"
            assert record.find("7").id == reports[7].id
            assert record.actor(make_actor("Tolva Brin").id).statements == 2 * len(reports)
            beginnings = [report.id[:3] for report in reports]
            shared = next(start for start in beginnings if beginnings.count(start) > 1)
            assert "more than one" in _refused(UsageError, record.find, shared)
            for unknown in ("r-zzzz", "s-", "", "no such key", "a-%", "\udce9"):
                assert "there is no" in _refused(UsageError, record.find, unknown)

    def test_words_are_never_operators(self) -> None:
        """Whatever is searched for is taken as words: nothing typed is an operator or an error."""
        report = sample_report(title="Talks")
        with self._record() as record:
            record.put(report, sample_reading(report), added_at=TIME)
            things = [(hit.thing.value, hit.report) for hit in record.search("HARBOUR open")]
            assert things == [("report", "report.txt"), ("statement", "report.txt")]
            for odd in (
                '"',
                "NOT",
                "harbour NOT open",
                "a* OR b",
                "NEAR(",
                "title:talks)",
                "^harbour",
                "%",
                "",
                "\x00",
                "-",
            ):
                assert all(hit.words for hit in record.search(odd))
            assert list(record.search("harbour XOR open")) == []

    def test_closed_record_says_so(self) -> None:
        """After closing, every verb and every open listing ends with RecordError; closing again is harmless."""
        report = sample_report()
        with self._record() as record:
            record.put(report, sample_reading(report), added_at=TIME)
            open_listing = record.statements()
            next(open_listing)
            record.close()
            record.close()
            assert "closed" in _refused(RecordError, record.put, report, sample_reading(report), added_at=TIME)
            for call in (record.counts, record.digest, lambda: list(record.reports()), lambda: list(record.check())):
                assert "closed" in _refused(RecordError, call)
