"""JSONL: one report a line, its text taken verbatim."""

import codecs
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.domain.ids import digest
from onrecord.domain.report import Failure, FailureReason, Metadata, Published, Report
from onrecord.readers.dates import read_date
from onrecord.readers.languages import checked_language
from onrecord.readers.limits import DEFAULT, Limits
from onrecord.readers.plain import verbatim
from onrecord.readers.reader import Unfit

__all__ = ["JsonlReader"]

_WORDS = ("id", "url", "outlet", "title", "date", "language")
_ADVICE = (
    'each line holds one object with "text" and, if wanted, '
    '"id", "url", "outlet", "title", "date", "authors", "language".'
)


@dataclass(frozen=True, slots=True)
class JsonlReader:
    """Reads lines of `{"id", "text", …}`; a bad line fails alone and the next ones are read.

    A line without an id is called `KEY:LINE`. An id that comes twice fails the second time, even when the line is
    the same: an id must name one report, and somebody should look at the file.
    """

    limits: Limits = DEFAULT
    name: str = "jsonl.v1"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson", ".json")

    def read(self, key: str, data: bytes) -> Iterator[Report | Failure]:
        """Yield what stands in each line of `data`."""
        return self.read_stream(key, iter([data]))

    def read_stream(self, key: str, chunks: Iterable[bytes], *, packed: bool = False) -> Iterator[Report | Failure]:
        """Yield what stands in each line of a file that comes in pieces; holds one line and the ids' hashes at a time.

        Args:
            key: the path that was given.
            chunks: the file's bytes. An `Unfit` that they raise ends the file; what stood before has been yielded.
            packed: whether the bytes come out of a packed file, where one endless line is a bomb.
        """
        seen: set[bytes] = set()
        found = False
        try:
            for number, line in _lines(chunks, self.limits.page_bytes, packed=packed):
                if line is None:
                    found = True
                    yield _too_long(f"{key}:{number}", self.limits.page_bytes)
                elif line:
                    found = True
                    yield _Line(key, number, line, self.name).read(seen)
        except Unfit as unfit:
            yield unfit.failure(key)
            return
        if not found:
            yield Failure(key=key, reason=FailureReason.EMPTY, detail="The file holds no lines: fetch it again.")


def _too_long(key: str, most: int) -> Failure:
    detail = f"The line is over {most:,} bytes: part it into its reports."
    return Failure(key=key, reason=FailureReason.TOO_LARGE, detail=detail)


def _lines(chunks: Iterable[bytes], most: int, *, packed: bool) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank with its number, trimmed; None for one that is over `most` bytes."""
    number, size = 1, 0
    parts: list[bytes] = []
    first = True
    for piece in chunks:
        chunk = piece
        if first and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise Unfit(FailureReason.ENCODING, "The file is UTF-16; JSONL is UTF-8: save it so.")
        if first and chunk:
            chunk, first = chunk.removeprefix(codecs.BOM_UTF8), False
        if not chunk.strip() and not size:  # a bomb of blank lines is not looked at line by line
            number += chunk.count(b"\n")
            continue
        *whole, rest = chunk.split(b"\n")
        for end in whole:
            parts.append(end)
            size += len(end)
            yield number, b"".join(parts).strip() if size <= most else None
            number, size, parts = number + 1, 0, []
        size += len(rest)
        if size <= most:
            parts.append(rest)
        elif packed:
            raise Unfit(
                FailureReason.BOMB,
                f"Line {number:,} of the packed file is over {most:,} bytes: unpack it yourself if you trust it.",
            )
        else:
            parts = []
    if size:
        yield number, b"".join(parts).strip() if size <= most else None


@dataclass(slots=True)
class _Line:
    key: str
    number: int
    raw: bytes
    reader: str
    fields: dict[str, object] = field(default_factory=dict)

    @property
    def place(self) -> str:
        return f"{self.key}:{self.number}"

    def read(self, seen: set[bytes]) -> Report | Failure:
        """Read the line; `seen` holds hashes of the ids of this file and takes this one's."""
        try:
            self.fields = self._parsed()
            words = {name: self._string(name) for name in _WORDS}
            authors = self._authors()
            text = self._text()
        except Unfit as unfit:
            return unfit.failure(self.place)
        key = words["id"] or self.place
        try:
            self._check_new(words["id"], seen)
            self._check_words(text)
            language = checked_language(text, words["language"])
        except Unfit as unfit:
            return unfit.failure(key)
        return verbatim(
            text,
            key=key,
            declared=words["id"],
            raw_digest=digest(self.raw),
            media_type="application/jsonl",
            reader=self.reader,
            metadata=Metadata(
                title=words["title"],
                outlet=words["outlet"],
                published=_published(words["date"]),
                authors=authors,
                url=words["url"],
            ),
            language=language,
        )

    def _bad(self, what: str) -> Unfit:
        return Unfit(FailureReason.BAD_LINE, f"Line {self.number:,} of {self.key}: {what}; {_ADVICE}")

    def _parsed(self) -> dict[str, object]:
        try:
            value = json.loads(self.raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise self._bad(f"byte {error.start:,} is not UTF-8") from error
        except json.JSONDecodeError as error:
            raise self._bad(f"it is no JSON ({error.msg} at character {error.pos:,})") from error
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits; a thousand brackets
            raise self._bad("its JSON cannot be read") from error
        if not isinstance(value, dict):
            raise self._bad("it is no JSON object")
        return value

    def _encodable(self, name: str, value: str) -> str:
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise self._bad(f"“{name}” has half a surrogate pair at character {error.start:,}") from error
        return value

    def _text(self) -> str:
        value = self.fields.get("text")
        if not isinstance(value, str):
            raise self._bad("“text” is missing" if value is None else "“text” is not a string")
        return self._encodable("text", value)

    def _string(self, name: str) -> str | None:
        value = self.fields.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self._bad(f"“{name}” is not a string")
        return self._encodable(name, value) if value.strip() else None

    def _authors(self) -> tuple[str, ...]:
        """Return the authors; one name may stand without its brackets."""
        value = self.fields.get("authors")
        names = [] if value is None else [value] if isinstance(value, str) else value
        if not isinstance(names, list):
            raise self._bad("“authors” is not a list of strings")
        out: list[str] = []
        for name in names:
            if not isinstance(name, str):
                raise self._bad("“authors” is not a list of strings")
            if name.strip():
                out.append(self._encodable("authors", name))
        return tuple(out)

    def _check_words(self, text: str) -> None:
        if not any(map(str.isalnum, text)):
            raise Unfit(FailureReason.NO_TEXT, f"{self.place}: “text” holds no words: leave the line out.")

    def _check_new(self, declared: str | None, seen: set[bytes]) -> None:
        if declared is None:
            return
        mark = bytes.fromhex(digest(declared.encode())[:24])
        if mark in seen:
            raise Unfit(
                FailureReason.DUPLICATE_ID,
                f"Line {self.number:,} of {self.key} has the id of an earlier line: give every report its own.",
            )
        seen.add(mark)


def _published(words: str | None) -> Published | None:
    return None if words is None else read_date(words, "input")
