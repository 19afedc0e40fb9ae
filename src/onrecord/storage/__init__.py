"""The record: what was reported, as what, by whom, kept in one SQLite file that any tool can open.

`open_record(path)` gives a `Record` (see `protocol`); everything else here is what its verbs take and give.
"""

from onrecord.storage.opening import open_record
from onrecord.storage.protocol import Record
from onrecord.storage.query import ActorQuery, Query, ReportQuery, StatementQuery
from onrecord.storage.rows import ActorRow, Counts, FailureRow, Found, Hit, Problem, ReportRow, StatementRow, Thing

__all__ = [
    "ActorQuery",
    "ActorRow",
    "Counts",
    "FailureRow",
    "Found",
    "Hit",
    "Problem",
    "Query",
    "Record",
    "ReportQuery",
    "ReportRow",
    "StatementQuery",
    "StatementRow",
    "Thing",
    "open_record",
]
