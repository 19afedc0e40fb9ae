"""A query's filters as conditions of SQL; all that a person typed goes as bound parameters."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, false, func, or_, select

from onrecord.storage.folding import folded_words, storable
from onrecord.storage.query import Query
from onrecord.storage.tables import actors, also_given_as, reports, statements

__all__ = ["begins", "named", "report_conditions", "statement_conditions", "this_report"]

_LAST = "\U0010ffff"
_ESCAPE = "\\"


def begins(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Say that a column begins with `prefix`, in a form that can use its index and has no wildcards."""
    prefix = storable(prefix)
    return and_(column >= prefix, column < prefix + _LAST)


def _holds_words(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Say that a column made by `search_column` holds all of `words`."""
    folded = folded_words(words)
    if not folded:
        return false()
    return and_(*(column.like("% " + word.replace("_", _ESCAPE + "_") + " %", escape=_ESCAPE) for word in folded))


def named(words: str, actor: ColumnElement[str]) -> ColumnElement[bool]:
    """Say that the actor of a column has `words` in one of its names anywhere in the record, or that it is its id."""
    every = actors.alias()
    condition = actor.in_(select(every.c.actor_id).where(_holds_words(every.c.names_search, words)))
    return or_(condition, begins(actor, words)) if _is_id(words, "a") else condition


def _is_id(words: str, letter: str) -> bool:
    return words.startswith(f"{letter}-") and len(words) > len(letter) + 1


def report_conditions(query: Query) -> Iterator[ColumnElement[bool]]:
    """Yield what a query asks of a report's own columns."""
    if query.outlet is not None:
        yield _holds_words(reports.c.outlet_search, query.outlet)
    if query.report is not None:
        yield this_report(query.report)
    for bound, is_first in ((query.since, True), (query.until, False)):
        if bound is not None:
            known = func.substr(reports.c.published, 1, len(bound))
            wanted: ColumnElement[Any] = func.substr(bound, 1, func.length(reports.c.published))
            yield known >= wanted if is_first else known <= wanted


def this_report(which: str) -> ColumnElement[bool]:
    """Say that a report is the one with this id, beginning of an id, or key."""
    key = storable(which)
    conditions = [
        reports.c.key == key,
        reports.c.id.in_(select(also_given_as.c.report_id).where(also_given_as.c.key == key)),
    ]
    if _is_id(which, "r"):
        conditions.append(begins(reports.c.id, which))
    return or_(*conditions)


def statement_conditions(query: Query, rows: FromClause = statements) -> Iterator[ColumnElement[bool]]:
    """Yield what a query asks of a statement's own columns, but for `about`, which is the database's to answer."""
    if query.speaker is not None:
        # The inner select is answered from the index alone, which is far smaller than the table.
        every = statements.alias()
        names = select(every.c.speaker_search).where(_holds_words(every.c.speaker_search, query.speaker)).distinct()
        yield or_(rows.c.speaker_search.in_(names), named(query.speaker, rows.c.speaker_actor))
    if query.actor is not None:
        yield begins(rows.c.speaker_actor, query.actor) if _is_id(query.actor, "a") else false()
    if query.kind is not None:
        yield rows.c.kind == query.kind.value
    if query.min_confidence is not None:
        yield rows.c.confidence >= query.min_confidence
