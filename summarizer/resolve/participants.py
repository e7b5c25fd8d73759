"""Who takes part in an event: the claim's own words, each in the role that its side has."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.brief import Change, Participant, Rejection, Role
from summarizer.claims import EventClaim
from summarizer.resolve.kinds import KINDS
from summarizer.resolve.parties import members
from summarizer.resolve.policy import Part, judge
from summarizer.resolve.report import Report
from summarizer.source import Span


def find_participants(
    claim: EventClaim, report: Report
) -> tuple[tuple[Participant, ...], tuple[Change, ...], tuple[Rejection, ...]]:
    """Return the claim's participants, once each, what was lowered and what the words rule out."""
    _, first, second = KINDS[claim.kind]
    found: list[Participant] = []
    changes: list[Change] = []
    rejections: list[Rejection] = []
    for field, spans, role in (("who", claim.who, first), ("to_whom", claim.to_whom, second)):
        for span in spans:
            verdict = judge("event", field, span, claim, report)
            if verdict.rejection:
                rejections.append(verdict.rejection)
                continue
            for one in members(span, report):
                part = judge("event", "role", role, Part(claim, one), report)
                changes += (part.change,) if part.change else ()
                found.append(_participant(one, part.value, report))
    return _once(found), tuple(changes), tuple(rejections)


def _participant(one: Span, role: Role, report: Report) -> Participant:
    places = report.naming(one)
    return Participant(
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
