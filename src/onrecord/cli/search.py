"""`onrecord search`: reports and statements that hold words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import Format, FormatOption, RecordOption, opened
from onrecord.cli.printing import emit, shortened

if TYPE_CHECKING:
    from onrecord.storage import Hit

__all__ = ["search"]


def search(
    words: Annotated[list[str], typer.Argument(help="Words, all of which must occur.")],
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many of each.")] = 20,
    form: FormatOption = Format.TABLE,
    record: RecordOption = None,
) -> None:
    """Find reports and statements that hold all the words, the best first."""
    from onrecord.exports.shapes import hit_shape

    with opened(record) as kept:
        emit(kept.search(" ".join(words), limit=limit), hit_shape, form, _print)


def _print(hits: "Iterator[Hit]") -> None:
    for hit in hits:
        typer.echo(f"{hit.id[:10]}  {hit.thing.value:<9}  {shortened(hit.words, 57)}")
