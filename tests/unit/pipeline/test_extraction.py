"""Reports to readings, one by one and in several processes."""

from collections.abc import Callable, Iterator

import pytest

from onrecord.domain.ids import digest
from onrecord.domain.report import Failure, FailureReason, Report
from onrecord.domain.statement import Reading
from onrecord.errors import ModelError
from onrecord.pipeline import Extracted, Outcome, Stages, extract_all, extract_one, extract_some
from onrecord.testing import make_report

from .stages import BREAKS, KILLS, NobodyResolver, PlainAttributor, missing_model, plain_stages

EMPTY = Failure(key="empty.txt", reason=FailureReason.EMPTY, detail="The file is empty.")


def report_of(number: int) -> Report:
    """Return a report; every seventh breaks the extractor."""
    text = BREAKS if number % 7 == 3 else f"Ann Lee said ferry {number} would stay."
    return make_report(text, key=f"{number}.txt")


def items(count: int) -> list[Report | Failure]:
    """Return reports with a failure of reading at every fifth place."""
    return [EMPTY if number % 5 == 1 else report_of(number) for number in range(count)]


def key_of(item: Report | Outcome) -> str:
    """Return the input that something came from."""
    return item.report.key if isinstance(item, Extracted) else item.key


def test_a_reading_says_what_it_was_made_of() -> None:
    """A reading names its report and both stages, and has the id that was foretold for it."""
    stages, report = plain_stages(), report_of(0)
    reading = extract_one(stages, report)
    assert reading.report == report.id
    assert reading.extractor.name == "plain.v1+nobody.v1"
    assert (
        reading.id
        == stages.reading_id(report)
        == Reading.id_of(digest(report.text.encode()), report.id, stages.extractor)
    )
    assert [span.of(report.text) for span in reading.statements[0].content] == ["ferry 0 would stay."]


def test_another_attributor_makes_another_reading() -> None:
    """A new version of a stage gives readings new ids."""
    report = report_of(0)
    newer = Stages(PlainAttributor("plain.v2"), NobodyResolver())
    assert newer.reading_id(report) != plain_stages().reading_id(report)


def test_one_alone_tells_its_error() -> None:
    """Whoever reads a single report gets the error itself."""
    with pytest.raises(RuntimeError, match=BREAKS):
        extract_one(plain_stages(), report_of(3))


def test_one_broken_report_spares_the_others() -> None:
    """The report that breaks the extractor becomes a failure with its reason; the others of its batch are read."""
    outcomes = extract_some(plain_stages(), [report_of(number) for number in (2, 3, 4)])
    assert [type(outcome) for outcome in outcomes] == [Extracted, Failure, Extracted]
    assert [key_of(outcome) for outcome in outcomes] == ["2.txt", "3.txt", "4.txt"]
    failure = outcomes[1]
    assert isinstance(failure, Failure)
    assert failure.reason is FailureReason.EXTRACTION
    assert f"RuntimeError: {BREAKS}" in failure.detail


def test_no_reports_give_no_outcomes() -> None:
    """Nothing in, nothing out, with nothing called that might mind."""
    assert extract_some(plain_stages(), []) == []
    assert list(extract_all([], plain_stages)) == []


@pytest.mark.parametrize("count", [1, 15, 16, 17, 40])
def test_outcomes_keep_the_order_of_the_inputs(count: int) -> None:
    """There is one outcome for each input at its own place, failures of reading and of extraction among them."""
    given = items(count)
    outcomes = list(extract_all(given, plain_stages))
    assert [key_of(outcome) for outcome in outcomes] == [key_of(item) for item in given]
    for item, outcome in zip(given, outcomes, strict=True):
        broken = isinstance(item, Failure) or BREAKS in item.text
        assert isinstance(outcome, Failure if broken else Extracted)


def test_several_processes_find_the_same() -> None:
    """Two workers give the same outcomes in the same order as this process alone."""
    given = items(40)
    assert list(extract_all(given, plain_stages, jobs=2)) == list(extract_all(given, plain_stages))


def test_only_a_few_inputs_are_held() -> None:
    """Inputs are taken as outcomes are asked for: an endless stream of reports gives its first outcomes at once."""
    taken: list[int] = []

    def endless() -> Iterator[Report]:
        while True:
            taken.append(len(taken))
            yield report_of(len(taken) * 7)

    outcomes = extract_all(endless(), plain_stages)
    assert isinstance(next(outcomes), Extracted)
    assert len(taken) <= 16


def test_one_process_takes_one_report_after_the_other() -> None:
    """Without other processes each report's outcome is there before the next report is begun."""
    attributor = PlainAttributor()
    reports = [make_report("a" * 1_500_000, key=str(number)) for number in range(3)]
    assert len(list(extract_all(reports, lambda: Stages(attributor, NobodyResolver())))) == 3
    assert attributor.given == [1, 1, 1]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("build", [missing_model])
def test_stages_that_cannot_be_built_say_why(build: Callable[[], Stages], jobs: int) -> None:
    """Where the stages cannot be built the job ends with their own error, from a worker as from this process."""
    with pytest.raises(ModelError, match="the model in nowhere"):
        list(extract_all(items(1), build, jobs=jobs))


def test_a_report_that_kills_its_process_is_found_and_the_rest_is_done() -> None:
    """Shards in flight are done again; the one report at fault becomes a failure, in its place."""
    reports = [make_report(f"Ann said {KILLS if n == 19 else n}.", key=f"report {n}") for n in range(40)]
    outcomes = list(extract_all(iter(reports), plain_stages, jobs=2))
    failed = [o.key for o in outcomes if isinstance(o, Failure)]
    assert failed == ["report 19"]
    assert [o.report.key if isinstance(o, Extracted) else o.key for o in outcomes] == [r.key for r in reports]
