"""Make a brief's records of claims and annotations: who, what, when, where, who says so.

The model's claims stand unless the words contradict them (``policy``); code adds identities, EDTF
dates, codes and what the profile lets it fill in. The same input always gives the same records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.annotations import Annotations
from summarizer.brief import Actor, Event, Pledge, Rejection, Statement
from summarizer.claims import ActorClaim, Claims
from summarizer.profile import Profile
from summarizer.resolve.actors import resolve_actors
from summarizer.resolve.citing import Citer
from summarizer.resolve.events import resolve_events
from summarizer.resolve.pledges import resolve_pledges
from summarizer.resolve.refusal import refusal
from summarizer.resolve.report import Report
from summarizer.resolve.summary import Judge, checked, compose
from summarizer.source import Document, Span

__all__ = ["Resolved", "resolve"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The records of one document."""

    summary: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    pledges: tuple[Pledge, ...]
    rejections: tuple[Rejection, ...]
    warnings: tuple[str, ...]


def resolve(
    annotations: Annotations, claims: Claims, profile: Profile, *, judge: Judge
) -> Resolved:
    """Return the records of *claims*.

    *judge* tells whether cited words support a statement of the summary. What cannot be resolved
    is left open, and dates that stay open for want of a publication date are warned of.
    """
    book = resolve_actors(
        annotations,
        claims.actors,
        add_found=profile.adds_found_actors,
        parties=tuple(_parties(claims, profile)),
    )
    report = Report(annotations, book, Citer(annotations.document, annotations.sentences), profile)
    events, no_events = resolve_events(claims.events, report)
    pledges, no_pledges = resolve_pledges(claims.pledges, report)
    summary, no_lines = checked(claims.statements, (*events, *pledges), judge, report)
    return Resolved(
        summary=summary or compose(events, pledges, report),
        actors=book.actors,
        events=events,
        pledges=pledges,
        rejections=claims.rejections
        + tuple(_said_elsewhere(claims.actors, report))
        + no_events
        + no_pledges
        + no_lines,
        warnings=claims.warnings
        + tuple(_lowered(events, pledges))
        + _open_dates(annotations.document, events, pledges),
    )


def _parties(claims: Claims, profile: Profile) -> Iterator[Span]:
    """Yield the sides of the claimed pledges, and whom a model has take part in events."""
    for event in claims.events if profile.whole else ():
        yield from (*event.who, *event.to_whom)
    for pledge in claims.pledges:
        yield from filter(None, (pledge.supplier, pledge.recipient))


def _said_elsewhere(claims: Sequence[ActorClaim], report: Report) -> Iterator[Rejection]:
    """Yield the offices that a model took from another sentence than the name."""
    for claim in claims:
        for field, span in (("position", claim.position), ("affiliation", claim.affiliation)):
            if span is None:
                continue
            at = report.cite.sentence_at
            if at(span.start).id != at(claim.name.start).id:
                name, words = report.words(claim.name), report.words(span)
                detail = f"“{words}” does not stand in the sentence that names {name}"
                yield refusal("actor", field, words, detail)


def _lowered(events: Sequence[Event], pledges: Sequence[Pledge]) -> Iterator[str]:
    """Yield a warning for each value that the words make less than the model claimed."""
    records: tuple[Event | Pledge, ...] = (*events, *pledges)
    for record in records:
        for change in record.changes:
            yield (
                f"{record.id}: the model's {change.field} “{change.offered}” became "
                f"“{change.kept}”: {change.reason}"
            )


def _open_dates(
    document: Document, events: Sequence[Event], pledges: Sequence[Pledge]
) -> tuple[str, ...]:
    if document.published:
        return ()
    dates = [event.date for event in events] + [pledge.delivery for pledge in pledges]
    left_open = (d for d in dates if d and d.edtf is None and d.precision != "unknown")
    words = dict.fromkeys(d.text for d in left_open)
    if not words:
        return ()
    return (
        "the report's day of publication is not known, so these dates stay open: "
        + ", ".join(f"“{text}”" for text in words)
        + " (give it with --published YYYY-MM-DD)",
    )
