"""The first tables: reports, their readings, statements and actors, the inputs that failed, full-text search.

It stands by itself and is never changed: what tables.py says today may be of a later revision.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_APPLICATION_ID = 0x6F6E7263  # "onrc"

_STATEMENT_VIEW = """
CREATE VIEW statement_view AS
SELECT s.id, r.key AS report, s.report_id, r.outlet, r.title, r.published, r.url,
       s.speaker_name AS speaker, s.speaker_actor AS actor, s.kind, s.confidence,
       s.source_words AS source, s.cue_words AS cue, s.content_words AS content,
       s.source AS source_spans, s.cue AS cue_spans, s.content AS content_spans, s.parent_id AS nested_in
FROM statements AS s JOIN reports AS r ON r.id = s.report_id
"""

# The search tables hold no text of their own; the triggers keep them in step whoever writes.
_SEARCH = (("report", "reports", ("title", "text")), ("statement", "statements", ("speaker_name", "content_words")))


def upgrade() -> None:
    """Make the tables in an empty database."""
    _make_tables_of_inputs()
    _make_tables_of_findings()
    op.execute(_STATEMENT_VIEW)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        for name, table, columns in _SEARCH:
            _make_sqlite_search(f"{name}_search", table, columns)


def _make_tables_of_inputs() -> None:
    op.create_table(
        "originals",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("key", sa.Text, nullable=False, index=True),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("outlet_search", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
        sa.Column("published_precision", sa.Text),
        sa.Column("published_found_by", sa.Text),
        sa.Column("published_words", sa.Text),
        sa.Column("authors", sa.Text, nullable=False),
        sa.Column("dateline", sa.Text),
        sa.Column("credits", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("encoding", sa.Text, nullable=False),
        sa.Column("bytes_digest", sa.Text, sa.ForeignKey("originals.digest"), nullable=False, index=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
        sa.Column("text_digest", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("segments", sa.Text, nullable=False),
    )
    op.create_index("reports_in_order", "reports", [sa.text("coalesce(published, '~')"), "key", "id"])
    op.create_table(
        "also_given_as",
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True, index=True),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
    )
    op.create_table(
        "blocks",
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("start_offset", sa.Integer, nullable=False),
        sa.Column("end_offset", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
    )
    op.create_table(
        "dropped",
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("original_start", sa.Integer, nullable=False),
        sa.Column("original_end", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_table(
        "failures",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, index=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
    )


def _make_tables_of_findings() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("extractor", sa.Text, nullable=False),
        sa.Column("model_digest", sa.Text, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("superseded_at", sa.Text),
        sa.Column("seal", sa.Text, nullable=False),
    )
    op.create_index(
        "readings_one_standing",
        "readings",
        ["report_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "actors",
        sa.Column("reading_id", sa.Text, sa.ForeignKey("readings.id"), primary_key=True),
        sa.Column("actor_id", sa.Text, primary_key=True, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("names", sa.Text, nullable=False),
        sa.Column("names_search", sa.Text, nullable=False),
    )
    op.create_table(
        "statements",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("reading_id", sa.Text, sa.ForeignKey("readings.id"), nullable=False),
        sa.Column("parent_id", sa.Text, sa.ForeignKey("statements.id")),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("start_offset", sa.Integer, nullable=False),
        sa.Column("end_offset", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column(
            "confidence", sa.Float, sa.CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"), nullable=False
        ),
        sa.Column("speaker_name", sa.Text),
        sa.Column("speaker_actor", sa.Text),
        sa.Column("speaker_kind", sa.Text),
        sa.Column("speaker_how", sa.Text),
        sa.Column("speaker_confidence", sa.Float),
        sa.Column("speaker_mention", sa.Text),
        sa.Column("speaker_mention_words", sa.Text),
        sa.Column("speaker_search", sa.Text, nullable=False, index=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("source_words", sa.Text, nullable=False),
        sa.Column("cue", sa.Text, nullable=False),
        sa.Column("cue_words", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("content_words", sa.Text, nullable=False),
        sa.UniqueConstraint("reading_id", "position"),
        sa.ForeignKeyConstraint(["reading_id", "speaker_actor"], ["actors.reading_id", "actors.actor_id"]),
    )
    op.create_index("statements_in_order", "statements", ["report_id", "start_offset", "position"])
    op.create_index(
        "statements_by_parent_id",
        "statements",
        ["parent_id"],
        sqlite_where=sa.text("parent_id IS NOT NULL"),
        postgresql_where=sa.text("parent_id IS NOT NULL"),
    )
    op.create_index("statements_by_speaker_actor", "statements", ["speaker_actor"])


def _make_sqlite_search(search: str, table: str, columns: tuple[str, ...]) -> None:
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
    insert = f"INSERT INTO {search} (rowid, {names}) VALUES (new.number, {new});"  # noqa: S608 - names above
    delete = f"INSERT INTO {search} ({search}, rowid, {names}) VALUES ('delete', old.number, {old});"  # noqa: S608
    op.execute(
        f"CREATE VIRTUAL TABLE {search} USING fts5({names}, content='{table}', content_rowid='number', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute(f"CREATE TRIGGER {search}_insert AFTER INSERT ON {table} BEGIN {insert} END")
    op.execute(f"CREATE TRIGGER {search}_delete AFTER DELETE ON {table} BEGIN {delete} END")
    op.execute(f"CREATE TRIGGER {search}_update AFTER UPDATE OF number, {names} ON {table} BEGIN {delete} {insert} END")
