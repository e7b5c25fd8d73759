"""Who takes part in an event: the claim's own words, each in the role that its side has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summarizer.brief import Participant, Rejection, Role
from summarizer.claims import EventClaim
from summarizer.resolve.kinds import KINDS
from summarizer.resolve.parties import members
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
    for one in members(span, report):
        places = report.naming(one)
        yield Participant(
            name=report.words(places[0]),
            actor=report.link(one),
            role=role,
            citations=tuple(map(report.cite.span, places)),
        )


def _once(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    seen: dict[str, Participant] = {}
    for one in participants:
        seen.setdefault(one.actor or one.name.casefold(), one)
    return tuple(seen.values())
