"""Half-open stretches of a text, in Python code points."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Span", "covering", "merged"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (not included) of a text; sorts by place."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words of `text` that the span stands for.

        Raises:
            ValueError: the span is empty or does not lie inside `text`.
        """
        self.check(len(text))
        return text[self.start : self.end]

    def check(self, length: int) -> None:
        """Raise ValueError unless the span is a non-empty stretch of a text of `length` code points."""
        if not 0 <= self.start < self.end <= length:
            msg = f"span [{self.start}, {self.end}) is empty or outside a text of {length} characters"
            raise ValueError(msg)

    def touches(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies inside."""
        return self.start <= other.start and other.end <= self.end


def covering(spans: Iterable[Span]) -> Span:
    """Return the smallest span that holds all of `spans`.

    Raises:
        ValueError: there are none.
    """
    spans = tuple(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort `spans` and join those that overlap or touch end to end."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
