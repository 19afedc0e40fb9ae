"""The way in: files, folders and standard input become reports, or failures that say why not.

`read` takes any number of inputs and yields as it goes, holding one document at a time. It never raises for what an
input holds. Formats are told by the file's ending (`.txt`, `.html`, `.jsonl`, each also `.gz` or `.xz`); a file
without an ending, and standard input, by how the content begins. Any other ending is a failure, in a folder too, so
that nothing is passed over in silence.
"""

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from onrecord.domain.report import Failure, FailureReason, Metadata, Report
from onrecord.readers.html import HtmlReader
from onrecord.readers.jsonl import JsonlReader
from onrecord.readers.languages import language_of
from onrecord.readers.limits import DEFAULT, Limits
from onrecord.readers.packing import PACKINGS, packing_of, unpacked
from onrecord.readers.plain import TextReader, verbatim
from onrecord.readers.reader import Reader, Unfit
from onrecord.readers.sources import Found, chunks_of, files_of, opened

__all__ = ["DEFAULT", "HtmlReader", "JsonlReader", "Limits", "Reader", "TextReader", "read", "read_text"]

_SNIFFED = 4_096  # bytes
_HTML_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<meta ", b"<p>", b"<div")


def read(
    inputs: Iterable[str], *, limits: Limits = DEFAULT, stdin: BinaryIO | None = None
) -> Iterator[Report | Failure]:
    """Yield the reports that `inputs` hold, each as soon as it is read.

    Args:
        inputs: paths of files or folders, or "-" for standard input.
        limits: how much is read before an input is refused.
        stdin: what "-" stands for; by default the process's own standard input.

    Yields:
        A `Report`, or a `Failure` under the input's key with the reason and what to do.
    """
    if isinstance(inputs, str):
        msg = "inputs are several: give a list, even of one path"
        raise TypeError(msg)
    room = _Room(limits)
    for given in inputs:
        if given == "-":
            yield from _guarded("-", room.stream("-", chunks_of(stdin if stdin is not None else sys.stdin.buffer)))
        else:
            for found in files_of(given):
                yield from _guarded(found.key, room.file(found))


def _guarded(key: str, found: Iterator[Report | Failure]) -> Iterator[Report | Failure]:
    """Turn what a reader did not foresee into a failure of this one input: the job goes on."""
    try:
        yield from found
    except Exception as error:  # noqa: BLE001 - a page that nobody thought of
        detail = f"The reader stumbled over it ({type(error).__name__}: {error}); please report this page."
        yield Failure(key=key, reason=FailureReason.UNREADABLE, detail=detail)


def read_text(text: str, *, key: str = "text") -> Report:
    """Make a report of `text` as it is: nothing is dropped, offsets count its own code points.

    Args:
        text: a report's words, any language; must be encodable as UTF-8.
        key: what to call it.

    Raises:
        UnicodeEncodeError: `text` holds half a surrogate pair.
    """
    return verbatim(
        text,
        key=key,
        declared=None,
        raw_digest=None,
        media_type="text/plain",
        reader="verbatim.v1",
        metadata=Metadata(),
        language=language_of(text) or "en",
    )


class _Room:
    """The readers, and which file goes to which."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._text = TextReader(limits=limits)
        self._html = HtmlReader(limits=limits)
        self._jsonl = JsonlReader(limits=limits)
        readers: tuple[Reader, ...] = (self._text, self._html, self._jsonl)
        self._by_suffix = {suffix: reader for reader in readers for suffix in reader.suffixes}

    def file(self, found: Found) -> Iterator[Report | Failure]:
        if found.unfit:
            yield found.unfit.failure(found.key)
            return
        name = found.path.rsplit("/", 1)[-1].lower()
        packing = next((p for p in PACKINGS if name.endswith(p)), None)
        stem = name.removesuffix(packing or "")
        suffix = stem[stem.rfind(".") :] if "." in stem.lstrip(".") else ""
        if suffix and suffix not in self._by_suffix:
            yield Failure(key=found.key, reason=FailureReason.UNKNOWN_FORMAT, detail=_unknown(suffix))
            return
        reader = self._by_suffix.get(suffix)
        try:
            with opened(found.path) as (stream, size):
                if size > self._limits.page_bytes and not packing and reader in {self._text, self._html}:
                    raise _too_large(self._limits.page_bytes)
                chunks = chunks_of(stream)
                head = _head(chunks)
                _check_head(head, packing, suffix)
                yield from self.stream(found.key, chain([head], chunks), reader=reader)
        except Unfit as unfit:
            yield unfit.failure(found.key)

    def stream(self, key: str, chunks: Iterator[bytes], *, reader: Reader | None = None) -> Iterator[Report | Failure]:
        """Read a document that comes in pieces; without `reader` its format is told from how it begins."""
        try:
            head = _head(chunks)
            packing = packing_of(head)
            body: Iterator[bytes] = chain([head], chunks)
            if packing:
                body = unpacked(body, packing, self._limits)
                try:
                    head = next(body, b"")
                except Unfit as unfit:
                    yield unfit.failure(key)
                    return
                body = chain([head], body)
            chosen = self._sniffed(head, reader)
            if isinstance(chosen, JsonlReader):
                yield from chosen.read_stream(key, body, packed=packing is not None)
            else:
                yield from chosen.read(key, _whole(body, self._limits.page_bytes, packed=packing is not None))
        except Unfit as unfit:
            yield unfit.failure(key)

    def _sniffed(self, head: bytes, reader: Reader | None) -> Reader:
        """Return who is to read what begins with `head`; a page that was saved as .txt is still a page."""
        start = head[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        if reader is self._jsonl:
            return reader
        if start.startswith((b"<!doctype html", b"<html")):
            return self._html
        if reader is not None:
            return reader
        if (start.startswith(b"{") and b'"text"' in head[:_SNIFFED]) or start.startswith((b'{"id"', b'{"text"')):
            return self._jsonl
        return self._html if start.startswith(b"<") or any(m in start for m in _HTML_MARKS) else self._text


def _head(chunks: Iterator[bytes]) -> bytes:
    """Return the first bytes, enough to tell the format: a pipe may give them a few at a time."""
    head = b""
    while len(head) < _SNIFFED and (chunk := next(chunks, b"")):
        head += chunk
    return head


def _check_head(head: bytes, packing: str | None, suffix: str) -> None:
    """Raise Unfit when a file cannot be what its name says."""
    if packing and head and packing_of(head) != packing:
        raise Unfit(FailureReason.DAMAGED, f"It is no {packing[1:]} file: pack or name it again.")
    start = head.lstrip()
    if suffix == ".json" and not packing and (start[:1] == b"[" or start.split(b"\n", 1)[0].strip() == b"{"):
        detail = "The JSON is not one object a line: write each report on a line of its own, as JSONL."
        raise Unfit(FailureReason.UNKNOWN_FORMAT, detail)


def _whole(chunks: Iterable[bytes], most: int, *, packed: bool) -> bytes:
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > most:
            if packed:
                detail = f"The packed file holds a document of over {most:,} bytes: unpack it yourself if you trust it."
                raise Unfit(FailureReason.BOMB, detail)
            raise _too_large(most)
    return b"".join(parts)


def _too_large(most: int) -> Unfit:
    return Unfit(
        FailureReason.TOO_LARGE, f"The document is over {most:,} bytes: part it, or save the report's text alone."
    )


def _unknown(suffix: str) -> str:
    return f"Files ending in “{suffix[:20]}” are not read: save the report as .txt, .html or .jsonl."
