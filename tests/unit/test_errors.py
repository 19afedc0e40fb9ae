"""The errors that are raised on purpose."""

import inspect

import pytest

from onrecord import errors


def test_all_errors_have_one_base() -> None:
    """Whoever catches OnrecordError catches every error of this project, and all are published."""
    own = {name for name, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__}
    assert own == set(errors.__all__)
    assert all(issubclass(getattr(errors, name), errors.OnrecordError) for name in own)


@pytest.mark.parametrize("name", errors.__all__)
def test_the_drawn_tree_names_each_error(name: str) -> None:
    """The tree in the module's description shows every error, and each has a sentence of its own."""
    assert name in (errors.__doc__ or "")
    assert (inspect.getdoc(getattr(errors, name)) or "").endswith(".")


@pytest.mark.parametrize(
    ("error", "parent"),
    [
        (errors.RecordMissing, errors.RecordError),
        (errors.RecordForeign, errors.RecordError),
        (errors.RecordError, errors.OnrecordError),
        (errors.UsageError, errors.OnrecordError),
        (errors.ModelError, errors.OnrecordError),
    ],
)
def test_the_tree_is_as_drawn(error: type[Exception], parent: type[Exception]) -> None:
    """Each error descends directly from the one above it in the drawn tree."""
    assert error.__bases__ == (parent,)
