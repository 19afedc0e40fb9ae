"""Every error that onrecord raises on purpose.

```
OnrecordError
├── UsageError          the call's words are off: wrong option, unknown id          exit status 2
├── RecordError         the record cannot be used                                   exit status 4
│   ├── RecordMissing   there is none at that place
│   └── RecordForeign   the file is no record, or a newer onrecord wrote it
└── ModelError          the model's files are missing or damaged                    exit status 4
```

A report that cannot be read is not an error but a `domain.Failure`: it is kept, counted and listed.
"""

__all__ = ["ModelError", "OnrecordError", "RecordError", "RecordForeign", "RecordMissing", "UsageError"]


class OnrecordError(Exception):
    """Base of all; its message says what happened, where, and what to do next."""


class UsageError(OnrecordError):
    """The caller asked for something that makes no sense or does not exist."""


class RecordError(OnrecordError):
    """The record cannot be opened, read or written."""


class RecordMissing(RecordError):
    """There is no record where one was expected."""


class RecordForeign(RecordError):
    """The file is not a record of a version that this onrecord knows."""


class ModelError(OnrecordError):
    """The extractor's model cannot be loaded."""
