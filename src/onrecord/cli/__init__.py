"""The commands, one module for each.

Exit status: 0 all done · 2 wrong usage · 3 done, but some inputs failed · 4 nothing could be done · 130 interrupted.
Data goes to standard output, everything else to standard error.
"""

import sys
from collections.abc import Sequence

import typer

from onrecord.cli.actors import actors
from onrecord.cli.add import add
from onrecord.cli.check import check
from onrecord.cli.extract import extract
from onrecord.cli.reports import reports
from onrecord.cli.search import search
from onrecord.cli.show import show
from onrecord.cli.statements import statements
from onrecord.cli.version import print_version
from onrecord.errors import OnrecordError, UsageError

__all__ = ["app", "run"]

WRONG_USAGE = 2
NOTHING_DONE = 4
INTERRUPTED = 130

app = typer.Typer(
    name="onrecord",
    help="Turn news reports into a public record that anyone can check: who said what, as which outlet reported it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(print_version)
for command in (add, extract, reports, statements, actors, show, search, check):
    app.command()(command)


def _complain(message: str) -> None:
    from onrecord.cli.printing import visible

    print(f"onrecord: {visible(message)}", file=sys.stderr)  # noqa: T201 - the command line speaks


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status; no error of ours leaves as a traceback."""
    try:
        app(list(arguments))
    except SystemExit as left:
        if left.code == INTERRUPTED:
            _complain("interrupted; what was finished is kept, and the same command goes on from there")
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    except UsageError as error:
        _complain(str(error))
        return WRONG_USAGE
    except OnrecordError as error:
        _complain(str(error))
        return NOTHING_DONE
    return 0
