"""`onrecord check`: is the record sound."""

import typer

from onrecord.cli.options import JsonOption, RecordOption, opened
from onrecord.cli.printing import print_json, visible

__all__ = ["check"]

UNSOUND = 4


def check(*, record: RecordOption = None, json: JsonOption = False) -> None:
    """Prove the record sound: every span matches its stored text, every hash its content, nothing is orphaned."""
    from onrecord.exports.shapes import check_result

    with opened(record) as kept:
        problems = list(kept.check())
        counts = kept.counts()
        digest = kept.digest()
    if json:
        print_json(check_result(problems, counts, digest))
    else:
        for problem in problems:
            typer.echo(f"{visible(problem.where)}: {visible(problem.what)}")
        found = f"{len(problems):,} problems" if problems else "sound"
        numbers = {name: getattr(counts, name) for name in ("reports", "statements", "actors", "failures")}
        held = ", ".join(f"{number:,} {name}" for name, number in numbers.items())
        typer.echo(f"{found}: {held}\ndigest {digest}")
    if problems:
        raise typer.Exit(UNSOUND)
