"""The tagger's labels."""

import pytest

from onrecord.attribution.labels import LABELS, OUTSIDE, ROLES, begin, inside, may_follow, role_of


def test_each_role_has_a_label_to_begin_and_one_to_go_on() -> None:
    """Outside comes first; then each role has two labels, named after it, from which it can be told."""
    assert LABELS[OUTSIDE] == "O"
    assert len(LABELS) == 1 + 2 * len(ROLES)
    for number, role in enumerate(ROLES):
        assert (LABELS[begin(number)], LABELS[inside(number)]) == (f"B-{role}", f"I-{role}")
        assert role_of(begin(number)) == role_of(inside(number)) == number
    assert role_of(OUTSIDE) == -1


@pytest.mark.parametrize("after", range(len(LABELS)))
@pytest.mark.parametrize("before", range(len(LABELS)))
def test_an_inside_label_needs_its_own_role_before_it(before: int, after: int) -> None:
    """Every label may follow every other, but inside comes only after begin or inside of the same role."""
    allowed = not LABELS[after].startswith("I-") or LABELS[before][1:] == LABELS[after][1:]
    assert may_follow(before, after) is allowed
