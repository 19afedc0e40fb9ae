"""Dates as pages write them, read without guessing.

The words of a date are either read whole or not at all. Where day and month cannot be told apart (03/04/2017) only
the year is known, and nothing here looks at today's date.
"""

import re
from datetime import date as calendar_date

from onrecord.domain.report import Precision, Published

__all__ = ["read_date", "url_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ZONE = r"(?: ?(?:z|utc|gmt|[ecmp][sd]?t|bst|cest|msk|ist|(?:utc|gmt)? ?[+-]\d\d?:?(?:\d\d)?)\b| ?\((?:[a-z]{2,5})\))?"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?P<half>[ap])\.?m\b\.?)?"
    r"| ?(?P<half2>[ap])\.?m\b\.?)(?: ?(?:hrs|hours))?" + _ZONE
)
_BETWEEN = r"(?:,? at |,? @ ?|, ?| [|•·–—-] | )"
_SHAPES = (
    _YEAR + r"(?P<sep>[-/.])(?P<nmonth>\d{1,2})(?P=sep)" + _DAY,
    _YEAR + r"(?P<nmonth>\d\d)(?P<day>\d\d)",
    _WEEKDAY + _MONTH + r",? " + _DAY + r"(?:,|\.)? ?(?:(?<=[ ,.]))" + _YEAR,
    _WEEKDAY + _DAY + r"(?: of)?[ -]" + _MONTH + r"(?:,)?[ -]" + _YEAR,
    _WEEKDAY + r"(?P<first>\d{1,2})(?P<sep>[-/.])(?P<second>\d{1,2})(?P=sep)" + _YEAR,
    _MONTH + r",? " + _YEAR,
)
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for shape in _SHAPES
    for pattern in (
        rf"{shape}(?:(?:{_BETWEEN}|t){_CLOCK})?",
        rf"{_CLOCK}{_BETWEEN}{shape}",
    )
)
_SPACE = re.compile(r"\s+")
_FEWEST = 4
_MOST = 64  # code points; a longer stretch holds more than a date
_URL_DATE = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>[01]?\d|[a-z]{3})[/-](?P<day>[0-3]?\d)(?=[/-]|$)", re.IGNORECASE
)


def read_date(words: str, found_by: str) -> Published | None:
    """Read `words` as a date with or without a time, or return None if they are anything else.

    Args:
        words: a stretch of a page, whole: "Thursday, 16 November 2017, 2:43 pm".
        found_by: what to keep as `Published.found_by`.
    """
    kept = words.strip()
    plain = _SPACE.sub(" ", kept).strip(" ,.;|–—-")
    if not _FEWEST <= len(plain) <= _MOST:
        return None
    for pattern in _DATES:
        if (match := pattern.fullmatch(plain)) and (day := _iso_day(match.groupdict())):
            text, precision = day
            clock = _iso_clock(match.groupdict()) if precision is Precision.DAY else ""
            if clock is None:
                return None
            return Published(
                date=text + clock,
                precision=Precision.MINUTE if clock else precision,
                found_by=found_by,
                words=kept,
            )
    if re.fullmatch(r"(?:19|20)\d\d", plain):
        return Published(date=plain, precision=Precision.YEAR, found_by=found_by, words=kept)
    return None


def _iso_day(parts: dict[str, str | None]) -> tuple[str, Precision] | None:
    year = parts["year"]
    if first := parts.get("first"):
        return _numeric(int(first), int(parts["second"] or 0), str(year))
    month = int(parts.get("nmonth") or 0) or _MONTHS.index((parts.get("month") or "jan")[:3].lower()) + 1
    if not parts.get("day"):
        return f"{year}-{month:02}", Precision.MONTH
    return _day(str(year), month, int(parts["day"] or 0))


def _numeric(first: int, second: int, year: str) -> tuple[str, Precision] | None:
    """Read 03/04/2017: day and month are told apart only by a number over twelve."""
    if first > len(_MONTHS) or first == second:
        return _day(year, second, first)
    if second > len(_MONTHS):
        return _day(year, first, second)
    return (year, Precision.YEAR) if first and second else None


def _day(year: str, month: int, day: int) -> tuple[str, Precision] | None:
    try:
        return calendar_date(int(year), month, day).isoformat(), Precision.DAY
    except ValueError:
        return None


def _iso_clock(parts: dict[str, str | None]) -> str | None:
    """Return "T14:43", "" where no time is given or it is midnight to the second, None for an impossible one."""
    if not parts.get("hour"):
        return ""
    hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or 0)
    half = (parts.get("half") or parts.get("half2") or "").lower()
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004
        return None
    # Programs write midnight when they know the day only.
    return f"T{hour:02}:{minute:02}" if hour or minute else ""


def url_date(url: str) -> Published | None:
    """Return the day that stands as a folder in a news address: /2017/11/16/ or /2017/nov/16/."""
    match = _URL_DATE.search(url[:2_000])
    if not match:
        return None
    month = match["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1 if month in _MONTHS else 0
    day = _day(match["year"], number, int(match["day"]))
    return day and Published(date=day[0], precision=day[1], found_by="url", words=match[0].strip("/"))
