"""Stages for tests of the job: they read plain sentences, and break where a report tells them to."""

import os
import signal
from collections.abc import Sequence
from dataclasses import replace

from onrecord.domain.report import Report
from onrecord.domain.span import Span
from onrecord.domain.statement import Actor, Extractor, Statement
from onrecord.errors import ModelError
from onrecord.pipeline import Stages
from onrecord.testing import make_statement

BREAKS = "this report breaks the extractor"
KILLS = "this report kills the process"
MISLEADS = "this report misleads the extractor"


class PlainAttributor:
    """Finds "said" in a report.

    `BREAKS` in a report breaks it, `KILLS` ends its process, `MISLEADS` makes it point past the text: no sound model
    can be made to do these.
    """

    def __init__(self, version: str = "plain.v1") -> None:
        self.extractor = Extractor(name=version, model_digest="0" * 64)
        self.given: list[int] = []  # how many reports came in each call

    def attribute(self, reports: Sequence[Report]) -> list[tuple[Statement, ...]]:
        """Return one statement for each report in which somebody said something."""
        self.given.append(len(reports))
        if any(KILLS in report.text for report in reports):
            os.kill(os.getpid(), signal.SIGKILL)
        if any(BREAKS in report.text for report in reports):
            raise RuntimeError(BREAKS)
        return [_said(report) for report in reports]


def _said(report: Report) -> tuple[Statement, ...]:
    if " said " not in report.text:
        return ()
    statement = make_statement(report, report.text.partition(" said ")[2])
    if MISLEADS in report.text:
        statement = replace(statement, content=(Span(0, 10 * len(report.text)),))
    return (statement,)


class NobodyResolver:
    """Leaves every speaker open."""

    name = "nobody.v1"

    def resolve(
        self, report: Report, statements: Sequence[Statement]
    ) -> tuple[tuple[Statement, ...], tuple[Actor, ...]]:
        """Return the statements as they came."""
        del report
        return tuple(statements), ()


def plain_stages() -> Stages:
    """Build the stages; a module's function, so that a worker can be told to call it."""
    return Stages(PlainAttributor(), NobodyResolver())


def missing_model() -> Stages:
    """Fail as stages do whose model is not there."""
    raise ModelError("the model in nowhere cannot be read; reinstall onrecord")
