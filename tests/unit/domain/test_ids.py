"""Ids made of what a thing is."""

import re

import pytest

from onrecord.domain.ids import content_id, digest


def test_digest_is_sha_256() -> None:
    """A digest is the SHA-256 that any tool computes for the same bytes."""
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("parts", [(), ("a",), (None, 3), ("é\ud800\x00", [[1, 2]]), ({"b": 1, "a": 2},)])
def test_an_id_is_a_letter_and_sixteen_digits(parts: tuple[object, ...]) -> None:
    """Whatever it is made of, even half a character, an id has the one shape, and the same parts give it again."""
    made = content_id("s", *parts)
    assert re.fullmatch(r"s-[0-9a-f]{16}", made)
    assert content_id("s", *parts) == made


def test_different_parts_give_different_ids() -> None:
    """How the parts are divided and what type they have counts: no two lists of parts run together into one."""
    lists: list[tuple[object, ...]] = [
        ("ab",),
        ("a", "b"),
        ("b", "a"),
        ("a", "b", ""),
        (["a", "b"],),
        (1,),
        ("1",),
        (None,),
        (),
    ]
    ids = [content_id("s", *parts) for parts in lists]
    assert len(set(ids)) == len(lists)
    assert content_id("r", "ab") != content_id("s", "ab")


def test_the_order_of_a_mapping_does_not_count() -> None:
    """A mapping makes the same id in whatever order it was filled."""
    assert content_id("x", {"a": 1, "b": 2}) == content_id("x", {"b": 2, "a": 1})
