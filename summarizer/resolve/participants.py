"""Who takes part in an event: the claim's own words, each in the role that its side has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summarizer.brief import Participant, Rejection, Role
from summarizer.claims import EventClaim
from summarizer.resolve.kinds import KINDS
from summarizer.resolve.policy import judge
from summarizer.resolve.report import Report
from summarizer.source import Span


def find_participants(
    claim: EventClaim, report: Report
) -> tuple[tuple[Participant, ...], tuple[Rejection, ...]]:
    """Return the claim's participants, once each, and those that the words contradict."""
    _, first, second = KINDS[claim.kind]
    found: list[Participant] = []
    rejections: list[Rejection] = []
    for field, spans, role in (("who", claim.who, first), ("to_whom", claim.to_whom, second)):
        for span in spans:
            verdict = judge("event", field, span, claim, report)
            if verdict.rejection:
                rejections.append(verdict.rejection)
            else:
                found += _participants(span, role, report)
    return _once(found), tuple(rejections)


def _participants(span: Span, role: Role, report: Report) -> Iterator[Participant]:
    """Yield one participant, or those of a list that the model gave as one ("A and B")."""
    named = [
        Span(n.start, n.end)
        for n in report.book.named
        if span.start <= n.start and n.end <= span.end and n.naming
    ]
    for one in _listed(span, named, report) or (span,):
        yield Participant(
            name=report.words(one),
            actor=report.link(one),
            role=role,
            citations=(report.cite.span(one),),
        )


def _listed(span: Span, named: list[Span], report: Report) -> tuple[Span, ...]:
    """Return the actors in *span* if it is nothing but a list of them."""
    if len(named) < 2:
        return ()
    reading = report.reading(span)
    between = [
        t for t in reading.at(span) if not any(n.start <= t.start and t.end <= n.end for n in named)
    ]
    joined = all(t.dep in ("cc", "punct", "det") for t in between)
    return tuple(named) if joined else ()


def _once(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    seen: dict[str, Participant] = {}
    for one in participants:
        seen.setdefault(one.actor or one.name.casefold(), one)
    return tuple(seen.values())
