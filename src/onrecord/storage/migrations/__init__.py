"""Brings the tables of a record up to date, one revision after the other, in the transaction that it is given."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

__all__ = ["upgrade"]


def upgrade(connection: Connection) -> None:
    """Bring the tables behind `connection` to the newest revision; a no-op where they are."""
    config = Config()
    config.set_main_option("script_location", "onrecord.storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
