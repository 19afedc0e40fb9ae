"""What stands in a row of a table, and the one form of rows that is hashed."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.domain.ids import digest
from onrecord.domain.span import Span

__all__ = ["Row", "canonical", "json_of", "json_of_spans", "sealed", "spans_of", "words_at"]

Row = dict[str, Any]

_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False)
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def canonical(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return `rows` in the one form that is hashed.

    Raises:
        UnicodeEncodeError: a text holds half a surrogate pair, which no UTF-8 and so no record can hold.
    """
    return _CANONICAL.encode(list(rows)).encode()


def sealed(row: Row, *belonging: Row) -> Row:
    """Return `row` with the SHA-256 of itself, and of the rows that belong to it, as its seal."""
    return row | {"seal": digest(canonical((row, *belonging)))}


def words_at(spans: Iterable[Span], text: str) -> str:
    """Return the words of `text` at `spans`, with " … " between two spans."""
    return " … ".join(span.of(text) for span in spans)


def spans_of(value: str) -> tuple[Span, ...]:
    """Return the spans that a column holds as JSON."""
    return tuple(Span(start, end) for start, end in json.loads(value))


def json_of(value: object) -> str:
    """Return `value` as compact JSON."""
    return _COMPACT.encode(value)


def json_of_spans(spans: Iterable[Span]) -> str:
    """Return `spans` as `[[start,end],…]`."""
    return "[" + ",".join(f"[{span.start},{span.end}]" for span in spans) + "]"
