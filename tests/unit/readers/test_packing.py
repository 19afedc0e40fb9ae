"""Packed files are unpacked with care."""

import gzip
import hashlib
import lzma
from collections.abc import Iterator

import pytest

from onrecord.domain.report import FailureReason
from onrecord.readers.limits import DEFAULT, Limits
from onrecord.readers.packing import unpacked
from onrecord.readers.reader import Unfit

# Every word differs, as in honest text: what repeats itself packs too well to be cut in half.
WORDS = b" ".join(hashlib.sha256(b"%d" % n).hexdigest().encode() for n in range(5_000))
PACK = {".gz": gzip.compress, ".xz": lzma.compress}


@pytest.mark.parametrize("packing", PACK)
def test_gives_back_what_was_packed(packing: str) -> None:
    """Whole files, and files of several streams one after the other, come out complete."""
    packed = PACK[packing](WORDS)
    assert b"".join(unpacked([packed], packing, DEFAULT)) == WORDS
    assert b"".join(unpacked([packed, packed], packing, DEFAULT)) == WORDS + WORDS
    assert b"".join(unpacked([packed, b"\0" * 8], packing, DEFAULT)) == WORDS


def drained(stream: Iterator[bytes]) -> tuple[bytes, FailureReason | None]:
    """Return what a stream gives, and why it ended early if it did."""
    out: list[bytes] = []
    try:
        while (piece := next(stream, None)) is not None:
            out.append(piece)
    except Unfit as unfit:
        return b"".join(out), unfit.reason
    return b"".join(out), None


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_damage_keeps_what_stood_before(packing: str, cut: float) -> None:
    """A file that is cut short gives what it holds, then says that it is damaged."""
    packed = PACK[packing](WORDS)
    out, reason = drained(unpacked([packed[: int(len(packed) * cut)]], packing, DEFAULT))
    assert reason is FailureReason.DAMAGED
    assert WORDS.startswith(out)
    assert len(out) > cut * len(WORDS) * 0.5


@pytest.mark.parametrize("packing", PACK)
def test_bomb(packing: str) -> None:
    """A small file that unpacks without end is stopped."""
    limits = Limits(ratio_from=1_000_000)
    out, reason = drained(unpacked([PACK[packing](b"\0" * 5_000_000)], packing, limits))
    assert reason is FailureReason.BOMB
    assert len(out) <= 1_200_000
