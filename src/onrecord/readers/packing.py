"""Bounded unpacking of gzip and xz, so that neither a bomb nor a damaged file does harm."""

import lzma
import zlib
from collections.abc import Iterable, Iterator

from onrecord.domain.report import FailureReason
from onrecord.readers.limits import Limits
from onrecord.readers.reader import Unfit

__all__ = ["PACKINGS", "packing_of", "unpacked"]

PACKINGS = {".gz": b"\x1f\x8b", ".xz": b"\xfd7zXZ\x00"}

# What a step that meets the damage would have given is lost, so steps are small.
_STEP_IN = 512
_STEP_OUT = 65_536
_XZ_MEMORY = 256_000_000  # bytes; `xz -9` needs 65 MB, a hostile header may ask for 4 GB


def packing_of(start: bytes) -> str | None:
    """Return the suffix of the packing that the bytes `start` begin with, or None."""
    return next((suffix for suffix, magic in PACKINGS.items() if start.startswith(magic)), None)


class _Gzip:
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    def step(self, data: bytes) -> tuple[bytes, bytes]:
        out = self._inner.decompress(data, _STEP_OUT)
        return out, self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail

    @property
    def done(self) -> bool:
        return self._inner.eof


class _Xz:
    def __init__(self) -> None:
        self._inner = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)

    def step(self, data: bytes) -> tuple[bytes, bytes]:
        out = self._inner.decompress(data, _STEP_OUT)
        while not self._inner.eof and not self._inner.needs_input and len(out) < _STEP_OUT:
            out += self._inner.decompress(b"", _STEP_OUT - len(out))
        return out, self._inner.unused_data if self._inner.eof else b""

    @property
    def done(self) -> bool:
        return self._inner.eof

    @property
    def waiting(self) -> bool:
        return not self._inner.eof and not self._inner.needs_input


def _new(packing: str) -> _Gzip | _Xz:
    return _Gzip() if packing == ".gz" else _Xz()


def unpacked(chunks: Iterable[bytes], packing: str, limits: Limits) -> Iterator[bytes]:
    """Yield the unpacked bytes of `chunks` in pieces of at most 64 KiB.

    Args:
        chunks: the packed file.
        packing: ".gz" or ".xz".
        limits: how much may come out.

    Raises:
        Unfit: BOMB when too much comes out, DAMAGED when the file is cut short or broken; what stood before has
            been yielded by then.
    """
    taken = given = 0
    inner, started = _new(packing), False
    for piece in _steps(chunks):
        taken += len(piece)
        data = piece
        while data or (isinstance(inner, _Xz) and inner.waiting):
            if inner.done:
                data = data.lstrip(b"\0")  # padding between and after streams
                if not data:
                    break
                inner, started = _new(packing), False
            try:
                out, data = inner.step(data)
            except (zlib.error, lzma.LZMAError, EOFError) as error:
                raise Unfit(FailureReason.DAMAGED, _damage(packing, given, str(error))) from error
            started = True
            given += len(out)
            _guard(taken, given, limits)
            if out:
                yield out
    if not inner.done or (not started and not given):
        raise Unfit(FailureReason.DAMAGED, _damage(packing, given, "it ends too early"))


def _steps(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for at in range(0, len(chunk), _STEP_IN):
            yield chunk[at : at + _STEP_IN]


def _damage(packing: str, given: int, why: str) -> str:
    return (
        f"The {packing[1:]} file is damaged after {given:,} unpacked bytes ({why}); "
        "what stood before was read: fetch or pack the file again."
    )


def _guard(taken: int, given: int, limits: Limits) -> None:
    bomb = given > limits.ratio_from and given > taken * limits.ratio
    if bomb or given > limits.unpacked_bytes:
        raise Unfit(
            FailureReason.BOMB,
            f"{taken:,} packed bytes unpacked to more than {given:,}: unpack the file yourself if you trust it.",
        )
