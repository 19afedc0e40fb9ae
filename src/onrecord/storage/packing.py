"""Domain values as rows of the tables, and rows as domain values again: `unpack(pack(x)) == x`.

A row is a dict of column name to value, without the database's own `number`. Unpacking raises ValueError, TypeError,
KeyError or RecursionError at rows that hold no such value; only the audit has to expect it.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.domain.ids import ActorId, ReadingId, ReportId, StatementId, content_id, digest
from onrecord.domain.report import (
    Block,
    BlockKind,
    Dropped,
    Failure,
    Metadata,
    Precision,
    Provenance,
    Published,
    Report,
    Segment,
)
from onrecord.domain.span import Span
from onrecord.domain.statement import (
    Actor,
    ActorKind,
    Extractor,
    Kind,
    Reading,
    Resolution,
    Speaker,
    Statement,
)
from onrecord.storage.cells import Row, json_of, json_of_spans, sealed, spans_of, words_at
from onrecord.storage.folding import search_column, storable

__all__ = [
    "PackedReading",
    "PackedReport",
    "all_statements",
    "pack_failure",
    "pack_original",
    "pack_reading",
    "pack_report",
    "speaker_of",
    "unpack_original",
    "unpack_reading",
    "unpack_report",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedReport:
    """A report's row and those that belong to it; the original bytes go apart, as reports can share them."""

    row: Row
    blocks: list[Row]
    dropped: list[Row]

    def sealed(self, added_at: str) -> Row:
        """Return the report's row with its time and its seal."""
        return sealed(self.row | {"added_at": added_at}, *self.blocks, *self.dropped)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedReading:
    """A reading's row, its actors and its statements, each of these before those nested in it."""

    row: Row
    actors: list[Row]
    statements: list[Row]

    def sealed(self, added_at: str) -> Row:
        """Return the reading's row with its time and its seal."""
        return sealed(self.row | {"added_at": added_at, "superseded_at": None}, *self.actors, *self.statements)


def pack_original(original: bytes) -> Row:
    """Return the row of a report's original bytes."""
    return {"digest": digest(original), "size": len(original), "packed": zlib.compress(original)}


def unpack_original(row: Mapping[str, Any]) -> bytes:
    """Return the original bytes; never more than one above the size that the row declares.

    Raises:
        zlib.error: they cannot be unpacked.
    """
    return zlib.decompressobj().decompress(row["packed"], max(0, row["size"]) + 1)


def pack_failure(failure: Failure, added_at: str) -> Row:
    """Return the row of an input that gave no report."""
    key, reason, detail = storable(failure.key), failure.reason.value, storable(failure.detail)
    name = content_id("f", key, reason, detail)
    return sealed({"id": name, "key": key, "reason": reason, "detail": detail, "added_at": added_at})


def pack_report(report: Report) -> PackedReport:
    """Return the rows of a report."""
    meta, provenance, published = report.metadata, report.provenance, report.metadata.published
    row: Row = {
        "id": report.id,
        "key": report.key,
        "title": meta.title,
        "outlet": meta.outlet,
        "outlet_search": search_column(meta.outlet or ""),
        "published": published.date if published else None,
        "published_precision": published.precision.value if published else None,
        "published_found_by": published.found_by if published else None,
        "published_words": published.words if published else None,
        "authors": json_of(meta.authors),
        "dateline": meta.dateline,
        "credits": json_of(meta.credits),
        "url": meta.url,
        "language": report.language,
        "media_type": provenance.media_type,
        "encoding": provenance.encoding,
        "bytes_digest": provenance.bytes_digest,
        "size": provenance.size,
        "reader": provenance.reader,
        "text_digest": digest(report.text.encode()),
        "text": report.text,
        "segments": json_of([[s.span.start, s.span.end, s.original.start, s.original.end] for s in report.segments]),
    }
    blocks: list[Row] = [
        {
            "report_id": report.id,
            "position": position,
            "start_offset": block.span.start,
            "end_offset": block.span.end,
            "kind": block.kind.value,
        }
        for position, block in enumerate(report.blocks)
    ]
    dropped: list[Row] = [
        {
            "report_id": report.id,
            "position": position,
            "original_start": piece.original.start,
            "original_end": piece.original.end,
            "reason": piece.reason,
            "words": piece.words,
        }
        for position, piece in enumerate(report.dropped)
    ]
    return PackedReport(row=row, blocks=blocks, dropped=dropped)


def unpack_report(packed: PackedReport, original: bytes) -> Report:
    """Return the report of these rows."""
    row = packed.row
    published = None
    if row["published"] is not None:
        published = Published(
            date=row["published"],
            precision=Precision(row["published_precision"]),
            found_by=row["published_found_by"],
            words=row["published_words"],
        )
    return Report(
        id=ReportId(row["id"]),
        key=row["key"],
        text=row["text"],
        language=row["language"],
        metadata=Metadata(
            title=row["title"],
            outlet=row["outlet"],
            published=published,
            authors=tuple(json.loads(row["authors"])),
            dateline=row["dateline"],
            credits=tuple(json.loads(row["credits"])),
            url=row["url"],
        ),
        provenance=Provenance(
            media_type=row["media_type"],
            encoding=row["encoding"],
            bytes_digest=row["bytes_digest"],
            size=row["size"],
            reader=row["reader"],
        ),
        blocks=tuple(
            Block(span=Span(block["start_offset"], block["end_offset"]), kind=BlockKind(block["kind"]))
            for block in packed.blocks
        ),
        segments=tuple(
            Segment(span=Span(start, end), original=Span(original_start, original_end))
            for start, end, original_start, original_end in json.loads(row["segments"])
        ),
        dropped=tuple(
            Dropped(
                original=Span(piece["original_start"], piece["original_end"]),
                words=piece["words"],
                reason=piece["reason"],
            )
            for piece in packed.dropped
        ),
        original=original,
    )


def all_statements(reading: Reading) -> Iterator[tuple[Statement, Statement | None]]:
    """Yield each statement with the one that it is nested in, every one before those nested in it."""
    waiting: list[tuple[Statement, Statement | None]] = [(top, None) for top in reversed(reading.statements)]
    while waiting:
        statement, parent = waiting.pop()
        yield statement, parent
        waiting.extend((child, statement) for child in reversed(statement.nested))


def pack_reading(reading: Reading, text: str) -> PackedReading:
    """Return the rows of a reading of `text`.

    Raises:
        ValueError: a span is empty or lies outside `text`.
    """
    statements: list[Row] = []
    for position, (statement, parent) in enumerate(all_statements(reading)):
        extent = statement.extent
        statements.append(
            {
                "id": statement.id,
                "report_id": reading.report,
                "reading_id": reading.id,
                "parent_id": parent.id if parent else None,
                "position": position,
                "start_offset": extent.start,
                "end_offset": extent.end,
                "kind": statement.kind.value,
                "confidence": float(statement.confidence),
                "source": json_of_spans(statement.source),
                "source_words": words_at(statement.source, text),
                "cue": json_of_spans(statement.cue),
                "cue_words": words_at(statement.cue, text),
                "content": json_of_spans(statement.content),
                "content_words": words_at(statement.content, text),
                **_pack_speaker(statement.speaker, text),
            }
        )
    actors: list[Row] = [
        {
            "reading_id": reading.id,
            "actor_id": actor.id,
            "position": position,
            "kind": actor.kind.value,
            "name": actor.name,
            "names": json_of(actor.names),
            "names_search": search_column(actor.name, *actor.names),
        }
        for position, actor in enumerate(reading.actors)
    ]
    row: Row = {
        "id": reading.id,
        "report_id": reading.report,
        "extractor": reading.extractor.name,
        "model_digest": reading.extractor.model_digest,
    }
    return PackedReading(row=row, actors=actors, statements=statements)


def _pack_speaker(speaker: Speaker | None, text: str) -> Row:
    if speaker is None:
        return {
            "speaker_name": None,
            "speaker_actor": None,
            "speaker_kind": None,
            "speaker_how": None,
            "speaker_confidence": None,
            "speaker_mention": None,
            "speaker_mention_words": None,
            "speaker_search": "",
        }
    return {
        "speaker_name": speaker.name,
        "speaker_actor": speaker.actor,
        "speaker_kind": speaker.kind.value,
        "speaker_how": speaker.how.value if speaker.how else None,
        "speaker_confidence": float(speaker.confidence),
        "speaker_mention": json_of_spans(speaker.mention),
        "speaker_mention_words": words_at(speaker.mention, text),
        "speaker_search": search_column(speaker.name),
    }


def speaker_of(row: Mapping[str, Any]) -> Speaker | None:
    """Return the speaker in a statement's row."""
    if row["speaker_name"] is None:
        return None
    actor, how = row["speaker_actor"], row["speaker_how"]
    return Speaker(
        name=row["speaker_name"],
        actor=None if actor is None else ActorId(actor),
        kind=ActorKind(row["speaker_kind"]),
        how=None if how is None else Resolution(how),
        mention=spans_of(row["speaker_mention"]),
        confidence=row["speaker_confidence"],
    )


def unpack_reading(packed: PackedReading) -> Reading:
    """Return the reading of these rows."""
    children: dict[str | None, list[Row]] = {}
    for row in packed.statements:
        children.setdefault(row["parent_id"], []).append(row)
    return Reading(
        id=ReadingId(packed.row["id"]),
        report=ReportId(packed.row["report_id"]),
        extractor=Extractor(name=packed.row["extractor"], model_digest=packed.row["model_digest"]),
        statements=_unpack_statements(children, None),
        actors=tuple(
            Actor(
                id=ActorId(row["actor_id"]),
                kind=ActorKind(row["kind"]),
                name=row["name"],
                names=tuple(json.loads(row["names"])),
            )
            for row in packed.actors
        ),
    )


def _unpack_statements(children: Mapping[str | None, Sequence[Row]], parent: str | None) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            id=StatementId(row["id"]),
            source=spans_of(row["source"]),
            cue=spans_of(row["cue"]),
            content=spans_of(row["content"]),
            kind=Kind(row["kind"]),
            confidence=row["confidence"],
            speaker=speaker_of(row),
            nested=_unpack_statements(children, row["id"]),
        )
        for row in children.get(parent, ())
    )
