"""The plug that every format fits: bytes of one document in, reports or failures out."""

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from onrecord.domain.report import Failure, FailureReason, Report

__all__ = ["Reader", "Unfit"]


@runtime_checkable
class Reader(Protocol):
    """Turns the bytes of one document into reports.

    Every report that it yields keeps this rule: for each segment whose two spans are equally long,
    `original.decode(encoding)[segment.original] == text[segment.span]`.
    """

    @property
    def name(self) -> str:
        """Name and version, as kept in `Provenance.reader`: "html.v1"."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings that it accepts, in lower case: (".html", ".htm")."""

    def read(self, key: str, data: bytes) -> Iterator[Report | Failure]:
        """Yield what stands in `data`, or why nothing could be read. Never raises on any bytes."""


class Unfit(Exception):
    """Why a document cannot be read: raised inside this room only, and always turned into a `Failure`."""

    def __init__(self, reason: FailureReason, detail: str) -> None:
        """Keep the reason and one sentence for a person."""
        super().__init__(detail)
        self.reason = reason
        self.detail = detail

    def failure(self, key: str) -> Failure:
        """Return it as the failure of the input `key`."""
        return Failure(key=key, reason=self.reason, detail=self.detail)
