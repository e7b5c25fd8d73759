"""From claims about what happened to the brief's events.

A claim is an event. Code adds what the model left open and the words show beyond doubt, and joins
two claims only where they say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.annotations import Predicate
from summarizer.brief import Change, DateValue, Event, Participant, Place, Realis, Rejection
from summarizer.claims import EventClaim
from summarizer.resolve.anchors import event_anchors, with_party
from summarizer.resolve.factuality import factuality
from summarizer.resolve.kinds import SPEECH, plover
from summarizer.resolve.participants import find_participants
from summarizer.resolve.policy import judge
from summarizer.resolve.refusal import refusal
from summarizer.resolve.report import Report
from summarizer.resolve.same_event import brought, is_same, is_sharper, is_source
from summarizer.source import Sentence, Span


@dataclass(frozen=True, slots=True)
class Told:
    """An event before it gets its id: its claim, who takes part, and what became of its values."""

    claim: EventClaim
    participants: tuple[Participant, ...]
    when: Span | None
    realis: Realis
    changes: tuple[Change, ...]
    filled: tuple[str, ...]
    anchors: tuple[Predicate, ...]
    tellings: tuple[Sentence, ...]
    """The sentences that tell of it; others of the claim only hold a date or a name."""


def resolve_events(
    claims: Sequence[EventClaim], report: Report
) -> tuple[tuple[Event, ...], tuple[Rejection, ...]]:
    """Return the events of *claims*, ids "e1" onwards in order of the text."""
    told: list[Told] = []
    rejections: list[Rejection] = []
    for claim in sorted(claims, key=lambda c: (c.sentence.id, is_source(c, report))):
        if claim.kind == "background":
            rejections += _background(claim, report)
            continue
        one, refused = _told(claim, report)
        rejections += refused
        earlier = next((t for t in reversed(told) if is_same(one, t, report)), None)
        if earlier is None:
            told.append(one)
        else:
            first, other = (one, earlier) if is_sharper(one, earlier) else (earlier, one)
            joined = _joined(first, other, report)
            told[told.index(earlier)] = joined
            rejections += _left_out(first, other, joined, report)
    told.sort(key=lambda t: (t.claim.sentence.id, _focus(t)))
    events = tuple(_event(f"e{number}", one, report) for number, one in enumerate(told, start=1))
    return events, tuple(rejections)


def _focus(told: Told) -> int:
    return told.anchors[0].words.start if told.anchors else told.claim.sentence.start


def _told(claim: EventClaim, report: Report) -> tuple[Told, list[Rejection]]:
    participants, lowered, refused = find_participants(claim, report)
    rejections = list(refused)
    anchors = event_anchors(claim, report)
    filled: list[str] = list(claim.proposed)
    when = claim.when
    around = anchors or with_party(claim, report)
    if when is None and (when := report.date_of(around, claim.sentence)):
        filled.append("date")
    realis, changes = _realis(claim, anchors, report)
    if claim.realis is None:
        filled.append("realis")
    told = Told(
        claim,
        participants,
        when,
        realis,
        lowered + changes,
        tuple(filled),
        anchors,
        (claim.sentence,),
    )
    return told, rejections


def _realis(
    claim: EventClaim, anchors: Sequence[Predicate], report: Report
) -> tuple[Realis, tuple[Change, ...]]:
    """Return the claimed reality as far as the words allow, or theirs when none is claimed."""
    if claim.realis is None:
        if claim.kind in SPEECH or not anchors:
            return "actual", ()
        return anchors[0].realis, ()
    verdict = judge("event", "realis", claim.realis, claim, report)
    return verdict.value, (verdict.change,) if verdict.change else ()


def _joined(first: Told, other: Told, report: Report) -> Told:
    """Return *first* with the sentences and the further participants of *other*."""
    # When somebody spoke of a deed is not when it was done.
    alike = (first.claim.kind in SPEECH) == (other.claim.kind in SPEECH)
    where = first.claim.where or (other.claim.where if alike else None)
    return replace(
        first,
        claim=replace(first.claim, where=where),
        tellings=tuple(sorted({*first.tellings, *other.tellings}, key=lambda s: s.id)),
        participants=first.participants + brought(other, first, report),
        when=first.when or (other.when if alike else None),
    )


def _left_out(first: Told, other: Told, joined: Told, report: Report) -> Iterator[Rejection]:
    """Yield the circumstances of *other* that the event which both became has not from it."""
    detail = f"the event is told in sentence {first.claim.sentence.id}; what that says of it stands"
    gained = {
        ("when", joined.when if first.when is None else None),
        ("where", joined.claim.where if first.claim.where is None else None),
    }
    own = [("when", other.when)] if other.when else []
    for field, span in dict.fromkeys((*_circumstances(other.claim), *own)):
        if (field, span) not in gained:
            yield refusal("event", field, report.words(span), detail, "duplicate")


def _background(claim: EventClaim, report: Report) -> Iterator[Rejection]:
    """Yield what the model gave for a sentence in which it finds that nothing happens."""
    detail = f"the model itself finds no event in sentence {claim.sentence.id}"
    given = [("participants", span) for span in (*claim.who, *claim.to_whom)]
    for field, span in (*given, *_circumstances(claim)):
        yield refusal("event", field, report.words(span), detail)


def _circumstances(claim: EventClaim) -> Iterator[tuple[str, Span]]:
    for field, span in (("where", claim.where), ("said_by", claim.said_by), ("when", claim.when)):
        if span:
            yield field, span


def _place(told: Told, report: Report) -> tuple[Place | None, bool]:
    """Return where it happened, and whether code found it."""
    if told.claim.where:
        return report.place(told.claim.where), False
    around = told.anchors or with_party(told.claim, report)
    found = report.place_of(around, told.claim.sentence)
    return (report.place(found), True) if found else (None, False)


def _told_at(told: Told) -> Span:
    """Return the words that tell it: a mention's own, else the main sentence."""
    sentence = told.claim.sentence
    alone = len(told.tellings) == 1 and told.claim.clause
    return alone or Span(sentence.start, sentence.end)


def _event(identifier: str, told: Told, report: Report) -> Event:
    claim = told.claim
    attribution = report.attribution(claim.sentence, claim.said_by)
    place, found = _place(told, report)
    date: DateValue | None = report.date(told.when) if told.when else None
    filled = (*told.filled, *(("place",) if found else ()))
    if claim.said_by is None and attribution.kind != "own_voice":
        filled = (*filled, "attribution")
    return Event(
        id=identifier,
        type=plover(claim.kind, told.realis, len(told.participants)),
        label=claim.kind,
        summary=" ".join(report.words(_told_at(told)).split()),
        date=date,
        place=place,
        participants=told.participants,
        realis=told.realis,
        factuality=factuality(told.realis, attribution.kind, attribution.hedge),
        attribution=attribution,
        support="supported",
        filled=filled,
        changes=told.changes,
        review=None,
        citations=(report.cite.span(claim.clause),)
        if claim.clause and len(told.tellings) == 1
        else report.cite.whole(told.tellings),
    )
