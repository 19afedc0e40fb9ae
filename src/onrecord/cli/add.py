"""`onrecord add`: reports into the record."""

import sys
from collections import Counter
from typing import TYPE_CHECKING

import typer

from onrecord.cli.extract import exit_status
from onrecord.cli.options import Inputs, Jobs, JsonOption, RecordOption, opened
from onrecord.cli.printing import console, print_json, visible
from onrecord.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onrecord.domain.report import Failure
    from onrecord.pipeline import Added

__all__ = ["add"]


def add(inputs: Inputs, *, record: RecordOption = None, jobs: Jobs = 1, json: JsonOption = False) -> None:
    """Take reports into the record and read who said what. What is there already is left alone."""
    from onrecord.bootstrap import now, stages_builder
    from onrecord.exports.shapes import add_summary
    from onrecord.pipeline import add as run
    from onrecord.readers import read

    settings = Settings.from_environment()
    where = record or settings.record
    counts: Counter[str] = Counter()
    statements = 0
    failures: list[Failure] = []
    with opened(where, create=True) as kept:
        for added in _shown(run(kept, read(inputs), stages_builder(settings), now=now, jobs=jobs)):
            counts[added.how] += 1
            statements += added.statements
            if added.failure:
                failures.append(added.failure)
    if json:
        print_json(add_summary(where, inputs=counts, statements=statements, failures=failures))
    else:
        for failed in failures:
            why = f"{failed.reason.value}: {visible(failed.detail)}"
            typer.echo(f"failed  {visible(failed.key)}: {why}", err=True)
        typer.echo(_summary(counts, statements, where))
    raise typer.Exit(exit_status(counts["added"] + counts["known"], counts["failed"]))


def _summary(counts: Counter[str], statements: int, where: str) -> str:
    def some(number: int, noun: str) -> str:
        return f"{number:,} {noun}{'' if number == 1 else 's'}"

    parts = [f"{some(counts['added'], 'report')} added with {some(statements, 'statement')}"]
    if counts["known"]:
        parts.append(f"{counts['known']:,} known already")
    if counts["failed"]:
        parts.append(f"{some(counts['failed'], 'input')} failed (see `onrecord reports --failed`)")
    return f"{'; '.join(parts)}. Record: {visible(where)}"


def _shown(items: "Iterable[Added]") -> "Iterator[Added]":
    """Show on a terminal how far the job is; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} reports"),
        TextColumn("{task.fields[name]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("add", total=None, name="")
        for item in items:
            progress.update(task, advance=1, name=visible(item.key)[-50:])
            yield item
