"""Tell apart the actors of a list that a model gave as one: "Norway and Denmark"."""

from __future__ import annotations

from summarizer.resolve.report import Report
from summarizer.source import Span


def members(span: Span, report: Report) -> tuple[Span, ...]:
    """Return each actor named at *span* if that is nothing but a list of them, else *span*."""
    inside = [
        Span(m.start, m.end)
        for m in report.annotations.mentions
        if span.start <= m.start and m.end <= span.end
    ]
    named = [one for one in inside if not any(_holds(other, one) for other in inside)]
    if len(named) < 2:
        return (span,)
    between = (
        token
        for token in report.reading(span).at(span)
        if not any(one.start <= token.start < one.end for one in named)
    )
    listed = all(token.dep in ("cc", "punct", "det") for token in between)
    return tuple(named) if listed else (span,)


def _holds(outer: Span, inner: Span) -> bool:
    """Tell whether a name is only part of another: the Norwegian of "Norwegian engineers"."""
    return outer != inner and outer.start <= inner.start and inner.end <= outer.end
