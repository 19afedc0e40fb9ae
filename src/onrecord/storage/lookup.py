"""Ids, beginnings of ids and keys, as people type them."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, or_, select

from onrecord.errors import UsageError
from onrecord.storage.filters import begins
from onrecord.storage.folding import storable
from onrecord.storage.rows import Found, Thing
from onrecord.storage.tables import actors, also_given_as, readings, reports, statements

__all__ = ["find"]

_ID_COLUMNS: dict[Thing, ColumnElement[str]] = {
    Thing.REPORT: reports.c.id,
    Thing.READING: readings.c.id,
    Thing.STATEMENT: statements.c.id,
    Thing.ACTOR: actors.c.actor_id,
}
_LETTERS = {"r-": Thing.REPORT, "g-": Thing.READING, "s-": Thing.STATEMENT, "a-": Thing.ACTOR}
_SHOWN = 5


def find(connection: Connection, words: str, thing: Thing | None = None) -> Found:
    """Tell what `words` stand for: an id, the beginning of one, or an input's key; only a `thing` where that is given.

    Raises:
        UsageError: nothing, or more than one thing.
    """
    words = storable(words)
    found = list(_candidates(connection, words, thing))
    exact = [candidate for candidate in found if candidate.id == words]
    if exact or len(found) == 1:
        return (exact or found)[0]
    what = thing or "thing"
    if not found:
        raise UsageError(f"there is no {what} {words!r} in the record: give an id, its beginning, or an input's name")
    names = ", ".join(candidate.id for candidate in found[:_SHOWN])
    more = ", …" if len(found) > _SHOWN else ""
    raise UsageError(f"{words!r} could be more than one {what}: {names}{more}. Give more of the id")


def _candidates(connection: Connection, words: str, thing: Thing | None) -> Iterator[Found]:
    if thing in {None, Thing.REPORT}:
        further = select(also_given_as.c.report_id).where(also_given_as.c.key == words)
        given = select(reports.c.id).where(or_(reports.c.key == words, reports.c.id.in_(further)))
        for report in connection.execute(given.order_by(reports.c.id).limit(_SHOWN + 1)).scalars():
            yield Found(thing=Thing.REPORT, id=report)
    named = _LETTERS.get(words[:2])
    if named is None or len(words) == len("r-") or thing not in {None, named}:
        return
    column = _ID_COLUMNS[named]
    ids = select(column).where(begins(column, words)).distinct().order_by(column).limit(_SHOWN + 1)
    for name in connection.execute(ids).scalars():
        yield Found(thing=named, id=name)
