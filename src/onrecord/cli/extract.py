"""`onrecord extract`: stateless, one JSON line for each report."""

import typer

from onrecord.cli.options import Inputs, Jobs
from onrecord.cli.printing import print_json, visible
from onrecord.settings import Settings

__all__ = ["extract"]

SOME_FAILED, NOTHING_DONE = 3, 4


def extract(inputs: Inputs, *, jobs: Jobs = 1) -> None:
    """Print who said what in each report, one JSON line a report. Nothing is stored."""
    from onrecord.bootstrap import stages_builder
    from onrecord.domain.report import Failure
    from onrecord.exports.shapes import extraction_failure, extraction_line
    from onrecord.pipeline import extract_all
    from onrecord.readers import read

    done = failed = 0
    for outcome in extract_all(read(inputs), stages_builder(Settings.from_environment()), jobs=jobs):
        if isinstance(outcome, Failure):
            failed += 1
            print_json(extraction_failure(outcome))
            typer.echo(f"onrecord: {visible(outcome.key)}: {outcome.reason.value}: {visible(outcome.detail)}", err=True)
        else:
            done += 1
            print_json(extraction_line(outcome.report, outcome.reading))
    raise typer.Exit(exit_status(done, failed))


def exit_status(done: int, failed: int) -> int:
    """Return 0 if nothing failed, 3 if some inputs did, 4 if all did."""
    return 0 if not failed else SOME_FAILED if done else NOTHING_DONE
