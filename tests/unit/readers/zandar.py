"""A page about an invented valley, and how it is read: what the tests of this folder put furniture around."""

from onrecord.domain.report import Report
from onrecord.readers import TextReader

__all__ = ["FIRST", "LAST", "MIDDLE", "TITLE", "kept", "report_of"]

TITLE = "Zandar minister promises a new bridge over the Ilm"
FIRST = "ZANDAR, Ostrava – Works minister Ada Korvin said on Tuesday that the bridge over the Ilm would open next year."
MIDDLE = "She told reporters that the council had paid for two thirds of it and that the rest would follow in autumn."
LAST = "The opposition called the promise hollow and asked for the minutes of the meeting to be published."


def report_of(*lines: str) -> Report:
    """Read lines, parted by blank ones, as a plain text."""
    (found,) = TextReader().read("page", "\n\n".join(lines).encode())
    assert isinstance(found, Report)
    return found


def kept(report: Report) -> list[str]:
    """Return the lines of a report's text."""
    return [block.span.of(report.text) for block in report.blocks]
