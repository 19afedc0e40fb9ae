"""Reports to statements: tag, group, and say of each whether it quotes."""

import json
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from onrecord.attribution.grouping import Grouped, GroupingWeights, group
from onrecord.attribution.tagger import Tagger
from onrecord.domain.ids import ReportId, digest
from onrecord.domain.report import Report
from onrecord.domain.span import Span
from onrecord.domain.statement import Extractor, Kind, Statement, statement_id
from onrecord.domain.words import NO_QUOTE, quote_depths, word_spans
from onrecord.errors import ModelError

__all__ = ["Attributor", "MiniLmAttributor", "kind_of", "shipped_model"]

_NAME = "minilm.v1"
# The day, the agency and the dash that follow a dateline's place.
_AFTER_DATELINE = re.compile(
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?"
    r"(?: ?[(/][\w .&'’-]{2,40}[)/])?\s?[.:–—-]{1,2}\s"
)
_FILES = ("tagger.onnx", "tagger.json", "tokenizer.json", "grouping.json")


class Attributor(Protocol):
    """Finds the statements of reports. Stateless: what it finds in one report does not depend on another."""

    extractor: Extractor

    def attribute(self, reports: Sequence[Report]) -> list[tuple[Statement, ...]]:
        """Return the statements of each report, in the order of their contents, speakers still open."""
        ...


def shipped_model() -> Path:
    """Return the folder of the model that comes with the package."""
    return Path(str(files("onrecord.attribution") / "model"))


class MiniLmAttributor:
    """The shipped attributor: a MiniLM-L6 tagger, Viterbi decoding and learned grouping."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        """Load the model in `folder`, or the shipped one.

        Raises:
            ModelError: a file of it is missing or damaged.
        """
        folder = folder or shipped_model()
        try:
            digests = [digest((folder / name).read_bytes()) for name in _FILES]
            self._weights = GroupingWeights.of(json.loads((folder / "grouping.json").read_text()))
        except (OSError, ValueError, KeyError, TypeError) as error:
            msg = f"the model in {folder} cannot be read ({error}); reinstall onrecord"
            raise ModelError(msg) from error
        self._tagger = Tagger(folder, threads=threads)
        self.extractor = Extractor(name=_NAME, model_digest=digest("".join(digests).encode()))

    def attribute(self, reports: Sequence[Report]) -> list[tuple[Statement, ...]]:
        """Return the statements of each report, in the order of their contents, speakers still open."""
        return [self._statements(report) for report in reports]

    def _statements(self, report: Report) -> tuple[Statement, ...]:
        tagged = self._tagger.tag(report.text, without=_dateline(report))
        depths = quote_depths(report.text)
        groups = group(report.text, tagged, self._weights)
        return tuple(_statement(report.id, report.text, depths, grouped) for grouped in groups)


def _dateline(report: Report) -> Span | None:
    """Return where the report's dateline stands: "MOSCOW:" would be read as somebody who speaks."""
    dateline = report.metadata.dateline
    at = report.text.find(dateline) if dateline else -1
    if not dateline or at < 0 or report.text[:at].rpartition("\n")[2].strip():
        return None
    end = at + len(dateline)
    rest = _AFTER_DATELINE.match(report.text, end)
    return Span(at, rest.end() if rest else end)


def _statement(report: ReportId, text: str, depths: bytearray, found: Grouped) -> Statement:
    source = (found.source.span,) if found.source else ()
    cue = (found.cue.span,)
    content = tuple(tagged.span for tagged in found.contents)
    parts = (found.cue, *found.contents, *((found.source,) if found.source else ()))
    return Statement(
        id=statement_id(report, source=source, cue=cue, content=content),
        source=source,
        cue=cue,
        content=content,
        kind=kind_of(text, depths, content),
        confidence=round(found.confidence * min(part.confidence for part in parts), 4),
    )


def kind_of(text: str, depths: bytearray, content: Sequence[Span]) -> Kind:
    """Return whether all, some or none of the content's words stand inside quote marks.

    Args:
        text: the report's text.
        depths: `quote_depths(text)`.
        content: spans of the text.
    """
    places = [span.start + word.start for span in content for word in word_spans(span.of(text))]
    words = [place for place in places if text[place].isalnum()] or places
    quoted = sum(depths[place] != NO_QUOTE for place in words)
    return Kind.INDIRECT if not quoted else Kind.DIRECT if quoted == len(words) else Kind.MIXED
