"""What is given on the command line, opened with care: files, folders, standard input."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.domain.report import FailureReason
from onrecord.readers.reader import Unfit

__all__ = ["Found", "chunks_of", "files_of", "opened", "printable"]

_CHUNK = 65_536
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, or why a path leads to none."""

    path: str
    unfit: Unfit | None = None

    @property
    def key(self) -> str:
        """The path as it was given, made printable."""
        return printable(self.path)


def printable(path: str) -> str:
    """Return `path` with every character that cannot be shown or encoded written as an escape."""
    try:
        kept = os.fsencode(path).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # half a surrogate pair that no file name can hold
        kept = path.encode("utf-8", "backslashreplace").decode()
    return "".join(c.encode("unicode_escape").decode() if unicodedata.category(c) in _UNPRINTABLE else c for c in kept)


def files_of(path: str) -> Iterator[Found]:
    """Yield the file `path`, or all files under the folder `path`, sorted by name.

    Hidden files and folders are passed over, and so is `NAME_files` beside `NAME.html`, where a browser keeps a saved
    page's pictures and scripts. A folder that is reached twice through links is read once.
    """
    try:
        folder = stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116 - a name that is not UTF-8 stays as it is
    except (OSError, ValueError) as error:
        yield Found(path, _unreadable(error))
        return
    if folder:
        yield from _walk(path, set())
    else:
        yield Found(path)


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[Found]:
    pending = [folder]
    while pending:
        path = pending.pop()
        if path != folder and not os.path.isdir(path):  # noqa: PTH112
            yield Found(path)
            continue
        try:
            known = os.stat(path)  # noqa: PTH116
            names = sorted(n for n in os.listdir(path) if not n.startswith("."))  # noqa: PTH208
        except OSError as error:
            yield Found(path, _unreadable(error))
            continue
        if (known.st_dev, known.st_ino) in seen:
            continue
        seen.add((known.st_dev, known.st_ino))
        pages = {Path(n).stem for n in names if n.lower().endswith((".html", ".htm"))}
        kept = [n for n in names if not (n.endswith("_files") and n.removesuffix("_files") in pages)]
        pending.extend(os.path.join(path, n) for n in reversed(kept))  # noqa: PTH118


def _unreadable(error: OSError | ValueError) -> Unfit:
    why = error.strerror if isinstance(error, OSError) and error.strerror else "it is no path"
    return Unfit(FailureReason.UNREADABLE, f"It cannot be opened ({why}): check the path and its permissions.")


@contextmanager
def opened(path: str) -> Iterator[tuple[BinaryIO, int]]:
    """Open a plain file and give it with its size in bytes.

    Raises:
        Unfit: UNREADABLE, also for pipes, devices and sockets, which could block for ever.
    """
    try:
        # Without O_NONBLOCK a pipe would wait for its writer before it can be seen that it is one.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error
    try:
        known = os.fstat(handle)
        if not stat.S_ISREG(known.st_mode):
            raise Unfit(
                FailureReason.UNREADABLE,
                "It is a pipe, device or socket, not a file: give its content on standard input (“-”).",
            )
        with os.fdopen(handle, "rb", closefd=False) as stream:
            yield stream, known.st_size
    finally:
        with suppress(OSError):
            os.close(handle)


def chunks_of(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of `stream` in pieces of at most 64 KiB.

    Raises:
        Unfit: UNREADABLE, when reading fails midway.
    """
    while True:
        try:
            chunk = stream.read(_CHUNK)
        except (OSError, ValueError) as error:
            raise _unreadable(error) from error
        if not chunk:
            return
        yield chunk
