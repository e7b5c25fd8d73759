"""From claims about what happened to the brief's events.

One event a claim; a sentence that only goes on about the event before it ("The talks ...") adds to
that one, and a dated agreement or meeting that a sentence mentions beside its own is one more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.brief import Event, Participant, Place, PledgeStatus, Realis, Rejection, Support
from summarizer.claims import EventClaim
from summarizer.draft import EventKind
from summarizer.resolve.event_types import SPEECH, Kind, borne_out, plover
from summarizer.resolve.mentioned import MentionedEvent, find_mentioned
from summarizer.resolve.participants import find_participants
from summarizer.resolve.realis import factuality, realis_of
from summarizer.resolve.refusal import refusal
from summarizer.resolve.said import Report
from summarizer.resolve.same_event import is_same
from summarizer.resolve.status import pledge_status
from summarizer.resolve.supply import tells_of_supply
from summarizer.resolve.told import Told, date_of, family, is_date, same_words
from summarizer.source import Sentence, Span

_SPEAKS_OF = re.compile(
    r"\b(?:confirmed|described|praised|hailed|called|welcomed|defended|justified)\s+(?:that\s+)?"
    r"(?:the|these|this|it|its|their)\b"
)
"""Somebody speaks of an event told before: the sentence tells of the speaking."""
_JUDGES = re.compile(
    r"\b(?:condemn|denounc|criticis|criticiz|deplor|decri|mourn)(?:ed|es|s|ied|ing)\b"
    r"[^.;]{0,40}\b(?:the|this|these|what|a|an)\b",
    re.IGNORECASE,
)
_WEAK: frozenset[EventKind] = frozenset(
    ("talks", "meeting", "statement", "report", "deployment", "exercise")
)
"""Kinds that say less of a sentence than the supply it tells of."""
_SUPPLIES: tuple[EventKind, ...] = ("supply", "pledge")
_OF_STATUS: dict[PledgeStatus, Realis] = {
    "requested": "hypothetical",
    "discussed": "hypothetical",
    "offered": "hypothetical",
    "reported_planned": "planned",
    "pledged": "planned",
    "approved": "planned",
    "signed": "planned",
    "denied": "denied",
    "cancelled": "denied",
}
"""How real a supply is that has come no further than a status; delivered goods are as told."""
TO_CLAUSE = 5
"""Characters between "the signing" and the event whose signing it is."""


def resolve_events(
    claims: Sequence[EventClaim], report: Report
) -> tuple[tuple[Event, ...], tuple[Rejection, ...]]:
    """Return the events of *claims*, ids "e1" onwards in order of the text."""
    told: list[Told] = []
    rejections: list[Rejection] = []
    for claim in sorted(claims, key=lambda c: c.sentence.id):
        found = _kind_of(claim)
        participants, refused = find_participants(claim, found.kind, report)
        one = _told(claim, found, participants)
        aside = tuple(_mentioned_beside(one, report))
        one = replace(
            one,
            not_dates=tuple(mention.date for mention in aside),
            asides=tuple(mention.clause for mention in aside),
        )
        rejections += _no_date(claim, report)
        if one.kind == "background":
            rejections += _background(claim, report)
        elif not one.borne_out:
            rejections += (*refused, _without_words(claim, report))
        else:
            earlier = _add(one, told, report)
            rejections += (*refused, *(_told_already(one, earlier, report) if earlier else ()))
        for mention in aside:
            if not any(_is_known(mention, other, report) for other in told):
                _add(_of_mention(mention, claim.sentence), told, report)
    told.sort(key=lambda t: (t.sentences[0].id, t.focus.start))
    events = tuple(_event(f"e{number}", one, report) for number, one in enumerate(told, start=1))
    return events, tuple(rejections)


def _add(one: Told, told: list[Told], report: Report) -> Told | None:
    """Add *one* to *told*, or to the event there that it only says more about; return that."""
    earlier = next((t for t in reversed(told) if is_same(one, t, report)), None)
    if earlier is None:
        told.append(one)
    else:
        told[told.index(earlier)] = _joined(earlier, one)
    return earlier


def _told_already(one: Told, earlier: Told, report: Report) -> Iterator[Rejection]:
    """Yield what the model gave for a sentence that goes on, of which the first telling stands."""
    claim = one.claim
    if claim is None:
        return
    given = [("when", claim.when), ("where", claim.where), ("said_by", claim.said_by)]
    if family(one.kind) != family(earlier.kind):
        given += [("participants", span) for span in (*claim.who, *claim.to_whom)]
    first = earlier.sentences[0].id
    detail = f"the event is told in sentence {first}; what that says of it stands"
    for field, span in given:
        if span:
            yield refusal("event", field, report.words(span), detail, "duplicate")


def _background(claim: EventClaim, report: Report) -> Iterator[Rejection]:
    """Yield whom the model named in a sentence in which it finds that nothing happens."""
    detail = f"the model itself finds no event in sentence {claim.sentence.id}"
    for span in (*claim.who, *claim.to_whom):
        yield refusal("event", "participants", report.words(span), detail)


def _kind_of(claim: EventClaim) -> Kind:
    """Return what the sentence bears out of the claimed kind, or tells of instead.

    A supply says more than the talks at which it was announced; whoever condemns an attack or
    speaks of an event told before does not do it.
    """
    text = claim.sentence.text
    if claim.kind in (*_WEAK, *_SUPPLIES) and tells_of_supply((claim.sentence,)):
        claimed = claim.kind if claim.kind in _SUPPLIES else "supply"
        found, status = borne_out(claimed, text), pledge_status(text)
        if found.kind != claimed and status:
            return Kind(claimed, Span(status.start, status.end))
        return found
    if claim.kind != "background" and _SPEAKS_OF.search(text):
        return borne_out("statement", text)
    found = borne_out(claim.kind, text)
    if found.kind in ("strike", "clash") and _JUDGES.search(text):
        return borne_out("accusation", text)
    return found


def _told(claim: EventClaim, found: Kind, participants: tuple[Participant, ...]) -> Told:
    sentence = claim.sentence
    start = sentence.start + (found.cue.start if found.cue else 0)
    end = sentence.start + (found.cue.end if found.cue else 0)
    return Told(
        found.kind,
        Span(start, end),
        (sentence,),
        Span(sentence.start, sentence.end),
        participants,
        claim,
        found.cue is not None,
    )


def _without_words(claim: EventClaim, report: Report) -> Rejection:
    named = (*claim.who, *claim.to_whom)
    return Rejection(
        kind="event",
        field="kind",
        value=": ".join(filter(None, (claim.kind, ", ".join(map(report.words, named))))),
        quote=claim.sentence.text,
        reason="not_supported",
        detail=f"no word of sentence {claim.sentence.id} tells of this: {claim.kind}",
    )


def _no_date(claim: EventClaim, report: Report) -> Iterator[Rejection]:
    """Yield the rejection of a model's date that is none."""
    if claim.when and not is_date(claim.when, report):
        words = report.words(claim.when)
        yield refusal("event", "when", words, f"“{words}” is no date")


def _joined(earlier: Told, later: Told) -> Told:
    """Add the sentences of *later*, and who takes part if it is the same kind of happening."""
    known = {p.actor for p in earlier.participants if p.actor}
    alike = family(earlier.kind) == family(later.kind)
    new = (p for p in later.participants if p.actor is None or p.actor not in known)
    more = tuple(new) if alike else ()
    return replace(
        earlier,
        sentences=(*earlier.sentences, *later.sentences),
        participants=earlier.participants + more,
        not_dates=earlier.not_dates + later.not_dates,
        asides=earlier.asides + later.asides,
    )


def _mentioned_beside(main: Told, report: Report) -> Iterator[MentionedEvent]:
    """Yield the dated events that a sentence mentions beside what it tells of."""
    for mention in find_mentioned(main.sentences[0], report):
        told = mention.clause.start - TO_CLAUSE <= main.focus.end <= mention.clause.end
        if family(main.kind) != family(mention.kind) or (mention.aside and not told):
            yield mention


def _is_known(mention: MentionedEvent, told: Told, report: Report) -> bool:
    """Tell whether *told* is the event mentioned: "the August memorandum" is that of August 13."""
    own = date_of(told, report)
    if own is None or family(told.kind) != family(mention.kind):
        return False
    return same_words(report.words(mention.date), report.words(own))


def _of_mention(mention: MentionedEvent, sentence: Sentence) -> Told:
    return Told(
        mention.kind,
        mention.focus,
        (sentence,),
        mention.clause,
        mention.participants,
        None,
        borne_out=True,
    )


def _place_of(told: Told, report: Report) -> Place | None:
    """Return where it happened: the model's place, else the nearest to its cue in its own words."""
    if told.claim and told.claim.where:
        return report.place_named(told.claim.where, told.sentences[0])
    own = None if told.claim else told.clause
    near = told.focus.start
    found = (report.place_near(near, s, within=own, outside=told.asides) for s in told.sentences)
    return next(filter(None, found), None)


def _realis(claimed: Realis | None, words: Realis) -> Realis:
    """Return what the model says of an event's reality, but never more than the words do."""
    happened = ("actual", "ongoing")
    return words if claimed is None or (claimed in happened and words not in happened) else claimed


def _event(identifier: str, told: Told, report: Report) -> Event:
    sentence = told.sentences[0]
    claim = told.claim
    words = realis_of(report.words(told.clause), speech=told.kind in SPEECH)
    if told.kind in _SUPPLIES and (status := pledge_status(report.words(told.clause))):
        words = _OF_STATUS.get(status.status, words)
    realis = _realis(claim.realis if claim else None, words)
    attribution = report.attribution(sentence, claim.said_by if claim else None)
    date = date_of(told, report)
    dated = next((s for s in told.sentences if date and s.start <= date.start < s.end), sentence)
    support: Support = "supported" if told.borne_out else "partial"
    whole = told.claim is not None
    return Event(
        id=identifier,
        type=plover(told.kind, realis, len(told.participants)),
        label=told.kind,
        summary=" ".join(report.words(told.clause).split()),
        date=report.date(date, dated) if date else None,
        place=_place_of(told, report),
        participants=told.participants,
        realis=realis,
        factuality=factuality(realis, attribution.kind, attribution.hedge),
        attribution=attribution,
        support=support,
        citations=report.cite.whole(told.sentences) if whole else (report.cite.span(told.clause),),
    )
