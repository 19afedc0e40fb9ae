"""Alembic's way in. It runs inside the caller's transaction, so that a record is never half upgraded."""

from alembic import context

from onrecord.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
