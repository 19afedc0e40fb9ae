"""The shipped model, loaded once."""

import pytest

from onrecord.attribution import MiniLmAttributor


@pytest.fixture(scope="session")
def attributor() -> MiniLmAttributor:
    """Return the shipped attributor."""
    return MiniLmAttributor()
