"""Ids: a letter for what it is and sixteen hex digits of a hash over what makes it that very thing."""

import hashlib
import json
from typing import NewType

__all__ = ["ActorId", "ReadingId", "ReportId", "StatementId", "content_id", "digest"]

ReportId = NewType("ReportId", str)
ReadingId = NewType("ReadingId", str)
StatementId = NewType("StatementId", str)
ActorId = NewType("ActorId", str)


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def content_id(prefix: str, *parts: object) -> str:
    """Return `prefix-` and sixteen hex digits of a hash over `parts` (anything that JSON can hold).

    Sixteen digits keep a record of a hundred million things free of clashes with odds of about 3,700 to 1.
    """
    joined = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return f"{prefix}-{digest(joined.encode())[:16]}"
