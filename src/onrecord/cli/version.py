"""`onrecord --version`."""

from typing import Annotated

import typer

from onrecord._version import __version__

__all__ = ["print_version"]


def _print(wanted: bool) -> None:  # noqa: FBT001 - typer calls it
    if wanted:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


def print_version(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turn news reports into a public record that anyone can check: who said what, as which outlet reported it."""
