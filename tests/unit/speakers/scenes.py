"""Reports whose sources are marked in the text, as in `⟦She⟧ said so`."""

import re
from dataclasses import dataclass

from onrecord.domain.report import Report
from onrecord.domain.span import Span
from onrecord.domain.statement import Actor, Kind, Speaker, Statement, statement_id
from onrecord.speakers import RuleResolver
from onrecord.testing import make_report

__all__ = ["Scene", "scene", "statement_at"]

_MARKED = re.compile("⟦(.*?)⟧", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A report with its statements resolved: the speaker of each marked source, in order, and all actors."""

    report: Report
    speakers: tuple[Speaker | None, ...]
    actors: tuple[Actor, ...]


def statement_at(report: Report, source: Span | None) -> Statement:
    """Return a statement with this source; its content is the character after it, or the text's first."""
    content = Span(0, 1) if source is None or source.end == len(report.text) else Span(source.end, source.end + 1)
    sources = () if source is None else (source,)
    return Statement(
        id=statement_id(report.id, source=sources, cue=(), content=(content,)),
        source=sources,
        cue=(),
        content=(content,),
        kind=Kind.INDIRECT,
        confidence=0.9,
    )


def scene(marked: str) -> Scene:
    """Resolve the sources that stand between ⟦ and ⟧."""
    text, spans, end = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[end : match.start()]
        spans.append(Span(len(text), len(text) + len(match[1])))
        text += match[1]
        end = match.end()
    report = make_report(text + marked[end:])
    statements, actors = RuleResolver().resolve(report, [statement_at(report, span) for span in spans])
    return Scene(report=report, speakers=tuple(s.speaker for s in statements), actors=actors)
