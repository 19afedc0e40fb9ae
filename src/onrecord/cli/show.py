"""`onrecord show`: one thing of the record with all that ties to it."""

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import JsonOption, RecordOption, opened
from onrecord.cli.printing import console, print_json, visible
from onrecord.cli.statements import print_statements

if TYPE_CHECKING:
    from onrecord.domain.report import Report
    from onrecord.storage import Record

__all__ = ["show"]

_CONTEXT = 240  # characters of the report around a statement


def show(
    which: Annotated[
        str, typer.Argument(metavar="ID", help="An id, the beginning of one, or a report's path or own id.")
    ],
    *,
    dropped: Annotated[
        bool, typer.Option("--dropped", help="List what of the page is not in the text, and why.")
    ] = False,
    text: Annotated[bool, typer.Option("--text", help="Print the report's text.")] = False,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    """Show a report, a statement or an actor."""
    from onrecord.storage import Thing

    with opened(record) as kept:
        found = kept.find(which)
        if found.thing is Thing.STATEMENT:
            _statement(kept, found.id, json=json)
        elif found.thing is Thing.ACTOR:
            _actor(kept, found.id, json=json)
        else:
            report = kept.report(found.id) if found.thing is Thing.REPORT else kept.report(_report_of(found.id))
            if dropped:
                _dropped(report, json=json)
            else:
                _report(kept, report, with_text=text, json=json)


def _report_of(reading: str) -> str:
    from onrecord.errors import UsageError

    raise UsageError(f"{reading} is a reading; show its report instead")


def _dropped(report: "Report", *, json: bool) -> None:
    from onrecord.exports.shapes import dropped_shape

    if json:
        print_json([dropped_shape(piece) for piece in report.dropped])
        return
    for piece in report.dropped:
        typer.echo(f"{piece.original.start:>7}  {piece.reason}\n         {visible(piece.words)[:300]}")
    typer.echo(f"{len(report.dropped)} pieces dropped of {visible(report.key)}", err=True)


def _report(kept: "Record", report: "Report", *, with_text: bool, json: bool) -> None:
    from onrecord.exports.shapes import report_detail, statement_shape
    from onrecord.storage import StatementQuery

    rows = kept.statements(StatementQuery(report=report.id))
    if json:
        print_json({**report_detail(report), "statements": [statement_shape(row) for row in rows]})
        return
    metadata = report.metadata
    published = metadata.published
    facts = {
        "title": metadata.title,
        "outlet": metadata.outlet,
        "published": published
        and f"{published.date} (to the {published.precision.value}, found by {published.found_by})",
        "by": ", ".join(metadata.authors),
        "dateline": metadata.dateline,
        "credits": "; ".join(metadata.credits),
        "url": metadata.url,
        "given as": report.key,
        "id": report.id,
        "bytes": f"{report.provenance.size:,}, SHA-256 {report.provenance.bytes_digest}",
        "dropped": f"{len(report.dropped)} pieces (see --dropped)" if report.dropped else None,
    }
    for name, value in facts.items():
        if value:
            typer.echo(f"{name:<10} {visible(value)}")
    typer.echo("")
    if with_text:
        for line in report.text.split("\n"):
            typer.echo(visible(line))
        typer.echo("")
    print_statements(rows)


def _statement(kept: "Record", which: str, *, json: bool) -> None:
    from onrecord.domain.span import covering
    from onrecord.exports.shapes import statement_shape

    row = kept.statement(which)
    if json:
        print_json(statement_shape(row))
        return
    report = kept.report(row.report_id)
    extent = covering((*row.source, *row.cue, *row.content))
    before = report.text[max(0, extent.start - _CONTEXT) : extent.start]
    after = report.text[extent.end : extent.end + _CONTEXT]
    speaker = row.speaker
    facts = {
        "speaker": speaker
        and f"{speaker.name} ({speaker.kind.value}{f', by {speaker.how.value}' if speaker.how else ''})",
        "source": row.source_words,
        "cue": row.cue_words,
        "kind": row.kind.value,
        "confidence": f"{row.confidence:.2f}",
        "report": f"{row.title or row.report} — {row.outlet or 'outlet unknown'}, {row.published or 'undated'}",
        "place": f"characters {extent.start} to {extent.end} of {row.report_id}",
        "id": row.id,
    }
    typer.echo(visible(row.content_words) + "\n")
    for name, value in facts.items():
        if value:
            typer.echo(f"{name:<10} {visible(value)}")
    out = console()
    from rich.text import Text

    out.print()
    out.print(
        Text.assemble(
            (visible(before) + " ", "dim"),
            visible(report.text[extent.start : extent.end]),
            (" " + visible(after), "dim"),
        )
    )


def _actor(kept: "Record", which: str, *, json: bool) -> None:
    from onrecord.exports.shapes import actor_shape, statement_shape
    from onrecord.storage import StatementQuery

    actor = kept.actor(which)
    rows = kept.statements(StatementQuery(actor=actor.id))
    if json:
        print_json({**actor_shape(actor), "said": [statement_shape(row) for row in rows]})
        return
    typer.echo(f"{visible(actor.name)}  ({actor.kind.value}, {actor.id})")
    typer.echo(f"also named  {visible(', '.join(n for n in actor.names if n != actor.name)) or '—'}\n")
    print_statements(rows)
