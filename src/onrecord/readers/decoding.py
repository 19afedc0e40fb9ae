"""Bytes to text without guessing: a wrong letter in a quotation is worse than a report that is not read."""

import codecs
import re

from onrecord.domain.report import FailureReason
from onrecord.readers.reader import Unfit

__all__ = ["decoded"]

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip file or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"BZh", "a bzip2 file"),
    (b"7z\xbc\xaf", "a 7z file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
# UTF-32 before UTF-16: the little-endian mark of the one begins like the other's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")  # not \x1a and \x1b: old ends of file, terminal colours
_MOST_CONTROL = 0.01

# Labels of the WHATWG encoding standard, and what they mean in Python; the others are not for the web.
_LABELS = {
    **{f"windows-{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"cp{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "macintosh": "mac-roman",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "euc-jp": "euc-jp",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "iso-2022-jp": "iso2022-jp",
    "tis-620": "cp874",
    "windows-874": "cp874",
}
# What of windows-1252 an English text holds: typographic signs, and accented letters beside plain ones.
_SIGNS = frozenset("\u20ac‚„…‰‹‘’“”•–—™›\xa0¡£§©«\xad®°±²³´·»¼½¾¿×")
_LONE_ACCENT = re.compile(r"[a-z][À-Þ]|(?<![A-Za-z])[^\x00-\x7f](?![A-Za-z])|[^\x00-\x7f]{3}")
_MOST_FOREIGN = 0.08
_UTF8_PAIR = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
_HIGH = re.compile(rb"[\x80-\xff]+")


def decoded(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text of `data` and the codec that decodes it.

    Args:
        data: a whole document.
        declared: the encoding that the page itself names, if any.

    Raises:
        Unfit: EMPTY, BINARY, or ENCODING where no reading of the bytes is safe.
    """
    if not data:
        raise Unfit(FailureReason.EMPTY, "The file holds no bytes: fetch it again.")
    kind = next((what for magic, what in _MAGIC if data.startswith(magic)), None)
    if kind:
        raise Unfit(FailureReason.BINARY, f"The content is {kind}, not text: save the report as text or HTML.")
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strict(data, codec), codec
    if b"\0" in data[:4096] and (wide := _unmarked_utf16(data)):
        return wide
    if b"\0" in data or len(_CONTROL.findall(data[:100_000])) > _MOST_CONTROL * min(len(data), 100_000):
        raise Unfit(FailureReason.BINARY, "The content is binary, not text: save the report as text or HTML.")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _legacy(data, (declared or "").strip().lower(), error)


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _broken(f"the {codec} text is broken at byte {error.start:,}") from error


def _broken(what: str) -> Unfit:
    return Unfit(FailureReason.ENCODING, f"The characters cannot be told: {what}. Save the report as UTF-8.")


def _unmarked_utf16(data: bytes) -> tuple[str, str] | None:
    """Read UTF-16 that lacks its mark: every second byte of English is a zero."""
    sample = data[:4096]
    for codec, zeros, letters in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if zeros.count(0) > 0.8 * len(zeros) and not letters.count(0):
            return _strict(data, codec), codec
    return None


def _legacy(data: bytes, declared: str, error: UnicodeDecodeError) -> tuple[str, str]:
    """Read what is not UTF-8: by the declared encoding, or as windows-1252 where that is plain to see."""
    if declared in {"utf-8", "utf8"}:
        raise _broken(f"the page says UTF-8, but byte {error.start:,} is not") from error
    if declared in _LABELS:
        return _strict(data, _LABELS[declared]), _LABELS[declared]
    high = _HIGH.findall(data)
    if error.reason == "unexpected end of data" or 2 * len(_UTF8_PAIR.findall(data)) > len(high):
        raise _broken(f"it is UTF-8 that is broken at byte {error.start:,}") from error
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as worse:
        raise _broken(f"byte {worse.start:,} fits neither UTF-8 nor windows-1252") from worse
    foreign = [c for c in text if c > "\x7f" and c not in _SIGNS]
    letters = sum(c.isalpha() for c in text)
    bare = "".join(" " if c in _SIGNS else c for c in text)
    if len(foreign) > _MOST_FOREIGN * letters or not all(map(str.isalpha, foreign)) or _LONE_ACCENT.search(bare):
        raise _broken("it is not UTF-8, and as windows-1252 it makes no words") from error
    return text, "cp1252"
