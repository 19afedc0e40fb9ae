"""The record's tables. People open the file in other tools, so names are words and spans are JSON: `[[12, 40], …]`.

`reports`, `readings`, `failures` and `also_given_as` carry a `seal`: the SHA-256 of the row's other columns and of the
rows that belong to it. It shows tampering and damage in what cannot be told from the text itself.
A change here is a new file in `migrations/versions` and a new last entry in `REVISIONS`.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    literal_column,
)

__all__ = [
    "REVISIONS",
    "actors",
    "also_given_as",
    "blocks",
    "date_order",
    "dropped",
    "failures",
    "metadata",
    "originals",
    "readings",
    "reports",
    "statements",
]

REVISIONS = ("0001",)  # oldest first; the last is what this onrecord reads and writes

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
        "uq": "%(table_name)s_one_%(column_0_N_name)s",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_name)s_known",
    }
)

originals = Table(
    "originals",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # zlib
)

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("key", Text, nullable=False, index=True),
    Column("title", Text),
    Column("outlet", Text),
    Column("outlet_search", Text, nullable=False),
    Column("published", Text),
    Column("published_precision", Text),
    Column("published_found_by", Text),
    Column("published_words", Text),
    Column("authors", Text, nullable=False),
    Column("dateline", Text),
    Column("credits", Text, nullable=False),
    Column("url", Text),
    Column("language", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("bytes_digest", Text, ForeignKey("originals.digest"), nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("reader", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("seal", Text, nullable=False),
    Column("text_digest", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("segments", Text, nullable=False),  # [[start, end, start in the original, end in the original], …]
)
# An unknown date sorts after every other. The index serves only this very expression, without parameters.
date_order = func.coalesce(reports.c.published, literal_column("'~'"))
Index("reports_in_order", date_order, reports.c.key, reports.c.id)

also_given_as = Table(
    "also_given_as",
    metadata,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("key", Text, primary_key=True, index=True),
    Column("added_at", Text, nullable=False),
    Column("seal", Text, nullable=False),
)

blocks = Table(
    "blocks",
    metadata,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start_offset", Integer, nullable=False),
    Column("end_offset", Integer, nullable=False),
    Column("kind", Text, nullable=False),
)

dropped = Table(
    "dropped",
    metadata,
    Column("report_id", Text, ForeignKey("reports.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("original_start", Integer, nullable=False),
    Column("original_end", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("words", Text, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False),
    Column("extractor", Text, nullable=False),
    Column("model_digest", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("superseded_at", Text),  # empty for the one reading that stands for its report
    Column("seal", Text, nullable=False),
)
Index(
    "readings_one_standing",
    readings.c.report_id,
    unique=True,
    sqlite_where=readings.c.superseded_at.is_(None),
    postgresql_where=readings.c.superseded_at.is_(None),
)

actors = Table(
    "actors",
    metadata,
    Column("reading_id", Text, ForeignKey("readings.id"), primary_key=True),
    Column("actor_id", Text, primary_key=True, index=True),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("names", Text, nullable=False),
    Column("names_search", Text, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False),
    Column("reading_id", Text, ForeignKey("readings.id"), nullable=False),
    Column("parent_id", Text, ForeignKey("statements.id")),
    Column("position", Integer, nullable=False),  # among all of its reading, each before those nested in it
    Column("start_offset", Integer, nullable=False),
    Column("end_offset", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("confidence", Float, CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"), nullable=False),
    Column("speaker_name", Text),
    Column("speaker_actor", Text),
    Column("speaker_kind", Text),
    Column("speaker_how", Text),
    Column("speaker_confidence", Float),
    Column("speaker_mention", Text),
    Column("speaker_mention_words", Text),
    Column("speaker_search", Text, nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("source_words", Text, nullable=False),
    Column("cue", Text, nullable=False),
    Column("cue_words", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("content_words", Text, nullable=False),
    UniqueConstraint("reading_id", "position"),
    ForeignKeyConstraint(["reading_id", "speaker_actor"], ["actors.reading_id", "actors.actor_id"]),
)
Index("statements_in_order", statements.c.report_id, statements.c.start_offset, statements.c.position)
nested = statements.c.parent_id.is_not(None)
Index("statements_by_parent_id", statements.c.parent_id, sqlite_where=nested, postgresql_where=nested)
Index("statements_by_speaker_actor", statements.c.speaker_actor)

failures = Table(
    "failures",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("seal", Text, nullable=False),
)
