"""Make a brief's records of grounded claims: who, what, when, where, who says so, which codes.

All by rule: the same claims always give the same records, and nothing is in them that neither a
claim nor the words of the report say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.annotations import Annotations
from summarizer.brief import Actor, Event, Pledge, Rejection, Statement, Support
from summarizer.grounded import ActorClaim, Claims
from summarizer.resolve.actors import resolve_actors
from summarizer.resolve.citing import Citer
from summarizer.resolve.events import resolve_events
from summarizer.resolve.pledges import resolve_pledges
from summarizer.resolve.refusal import refusal
from summarizer.resolve.said import Report
from summarizer.resolve.summary import checked, compose
from summarizer.resolve.supply import tells_of_supply
from summarizer.source import Document, Span

__all__ = ["Resolved", "resolve", "tells_of_supply"]

Judge = Callable[[str, str], tuple[Support, str | None]]


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
    annotations: Annotations, claims: Claims, *, judge: Judge, add_found: bool = True
) -> Resolved:
    """Return the records of *claims*.

    *judge* tells whether cited words bear out a statement of the summary. What cannot be resolved
    is left open, and dates that stay open for want of a publication date are warned of.
    """
    document, sentences = annotations.document, annotations.sentences
    book = resolve_actors(annotations, claims.actors, add_found=add_found)
    report = Report(document, tuple(sentences), book, Citer(document, sentences))
    events, no_events = resolve_events(claims.events, report)
    pledges, no_pledges, lowered = resolve_pledges(claims.pledges, report)
    summary, no_lines = checked(claims.statements, judge, report)
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
        warnings=claims.warnings + lowered + _open_dates(document, events, pledges),
    )


def _said_elsewhere(claims: Sequence[ActorClaim], report: Report) -> Iterator[Rejection]:
    """Yield the offices that a model took from another sentence than the name."""
    for claim in claims:
        for field, span in (("position", claim.position), ("affiliation", claim.affiliation)):
            if span is None or _sentence(span, report) == _sentence(claim.name, report):
                continue
            name, words = report.words(claim.name), report.words(span)
            yield refusal(
                "actor", field, words, f"“{words}” does not stand in the sentence that names {name}"
            )


def _sentence(span: Span, report: Report) -> int:
    return report.cite.sentence_at(span.start).id


def _open_dates(
    document: Document, events: Sequence[Event], pledges: Sequence[Pledge]
) -> tuple[str, ...]:
    if document.published:
        return ()
    dates = [event.date for event in events] + [pledge.delivery for pledge in pledges]
    words = dict.fromkeys(d.text for d in dates if d and d.edtf is None)
    if not words:
        return ()
    return (
        "the report's day of publication is not known, so these dates stay open: "
        + ", ".join(f"“{text}”" for text in words)
        + " (give it with --published YYYY-MM-DD)",
    )
