"""The tagger's labels: begin, inside, outside for each of the three roles, and which may follow which."""

__all__ = ["LABELS", "OUTSIDE", "ROLES", "begin", "inside", "may_follow", "role_of"]

ROLES = ("source", "cue", "content")
LABELS = ("O", *(f"{mark}-{role}" for role in ROLES for mark in "BI"))
OUTSIDE = 0


def begin(role: int) -> int:
    """Return the label that begins a span of role number `role`."""
    return 1 + 2 * role


def inside(role: int) -> int:
    """Return the label that goes on with a span of role number `role`."""
    return 2 + 2 * role


def role_of(label: int) -> int:
    """Return the role number of a label, -1 for outside."""
    return (label - 1) // 2


def may_follow(before: int, after: int) -> bool:
    """Whether label `after` may come right after `before`: an inside label only after its own role."""
    return after == OUTSIDE or after % 2 == 1 or role_of(before) == role_of(after)
