"""Plain text files, and texts handed over as they are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.domain.ids import digest
from onrecord.domain.report import (
    Block,
    BlockKind,
    Failure,
    FailureReason,
    Metadata,
    Provenance,
    Report,
    Segment,
    report_id,
)
from onrecord.domain.span import Span
from onrecord.readers.bylines import dateline_of
from onrecord.readers.decoding import decoded
from onrecord.readers.languages import checked_language
from onrecord.readers.limits import DEFAULT, Limits
from onrecord.readers.lines import composed, lines_of
from onrecord.readers.reader import Unfit
from onrecord.readers.sifting import is_paragraph, sifted

__all__ = ["TextReader", "verbatim"]


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads plain text; furniture lines leave it, the lines that stay are not touched."""

    limits: Limits = DEFAULT
    name: str = "text.v1"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def read(self, key: str, data: bytes) -> Iterator[Report | Failure]:
        """Yield the one report that the bytes `data` hold, or why there is none."""
        try:
            yield self._report(key, data)
        except Unfit as unfit:
            yield unfit.failure(key)

    def _report(self, key: str, data: bytes) -> Report:
        text, encoding = decoded(data)
        lines = lines_of(text)
        if len(lines) > self.limits.parts:
            detail = f"The file holds more than {self.limits.parts:,} lines: part it into its reports."
            raise Unfit(FailureReason.TOO_LARGE, detail)
        report = composed(
            sifted(lines), key=key, original=data, media_type="text/plain", encoding=encoding, reader=self.name
        )
        if not any(map(str.isalnum, report.text)):
            detail = "The file holds no words of a report: look whether it is the right one."
            raise Unfit(FailureReason.NO_TEXT, detail)
        return replace(report, language=checked_language(report.text))


def verbatim(
    text: str,
    *,
    key: str,
    declared: str | None,
    raw_digest: str | None,
    media_type: str,
    reader: str,
    metadata: Metadata,
    language: str,
) -> Report:
    """Make a report of `text` as it is: offsets that come out count its own code points.

    Args:
        text: encodable as UTF-8, not empty.
        key: the input's id.
        declared: the id that the input itself gives, if any.
        raw_digest: what to hash into the report's id; by default the digest of the text.
        media_type: of the input.
        reader: name and version of what read it.
        metadata: what is known besides the text; title and dateline are looked for in it where missing.
        language: ISO 639-1.
    """
    original = text.encode()
    sha = digest(original)
    lines = lines_of(text)
    titled = bool(lines) and lines[0].text == (metadata.title or "").strip()
    blocks = tuple(
        Block(span=line.place, kind=BlockKind.HEADLINE if titled and not index else BlockKind.BODY)
        for index, line in enumerate(lines)
    )
    if metadata.dateline is None:
        paragraphs = [line.text for line in lines if is_paragraph(line.text)][:2]
        found = next(filter(None, map(dateline_of, paragraphs)), None)
        metadata = replace(metadata, dateline=found.place if found else None)
    whole = Span(0, len(text))
    return Report(
        id=report_id(raw_digest or sha, declared),
        key=key,
        text=text,
        language=language,
        metadata=metadata,
        provenance=Provenance(
            media_type=media_type, encoding="utf-8", bytes_digest=sha, size=len(original), reader=reader
        ),
        blocks=blocks,
        segments=(Segment(span=whole, original=whole),) if text else (),
        original=original,
    )
