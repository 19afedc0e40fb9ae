"""The commands, one module for each.

Exit status: 0 all done · 2 wrong usage · 3 done, but some inputs failed · 4 nothing could be done · 130 interrupted.
Data goes to standard output, everything else to standard error.
"""

import os
import sys
from collections.abc import Sequence

import typer
from click.exceptions import Abort, ClickException, Exit

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
    from onrecord.cli.printing import visible  # noqa: PLC0415 - needed only when something went wrong

    print(f"onrecord: {visible(message)}", file=sys.stderr)  # noqa: T201 - the command line speaks


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status; no error of ours leaves as a traceback."""
    try:
        status = app(list(arguments), standalone_mode=False)
    except UsageError as error:
        _complain(str(error))
        return 2
    except OnrecordError as error:
        _complain(str(error))
        return NOTHING_DONE
    except Exit as exit_:
        return exit_.exit_code
    except ClickException as error:
        error.show()
        return error.exit_code
    except (Abort, KeyboardInterrupt):
        _complain("interrupted; the record holds all that was finished, run the same command again to go on")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has left: `onrecord statements | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status if isinstance(status, int) else 0
