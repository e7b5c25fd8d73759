"""From claims about what happened to the brief's events.

One event a claim; a sentence that only goes on about the event before it ("The talks ...") adds to
that one, and a dated agreement or meeting that a sentence mentions beside its own is one more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.brief import Event, Participant, Realis, Rejection, Support
from summarizer.draft import EventKind
from summarizer.grounded import EventClaim
from summarizer.resolve.event_types import SPEECH, borne_out, plover
from summarizer.resolve.mentioned import find_mentioned
from summarizer.resolve.participants import find_participants
from summarizer.resolve.said import Report
from summarizer.resolve.realis import factuality, realis_of
from summarizer.source import Sentence, Span

_PREFIX = r"^(?:[“\"']?)(?:(?:the|this|that|these|those|its|their|both)\s+)(?:[\w’'-]+\s+){0,2}?"
_GOES_ON: dict[EventKind, str] = {
    "meeting": "meetings? summit talks? discussions? session conference gathering visit ministers",
    "visit": "visit trip delegation tour talks? meetings? discussions?",
    "talks": "talks? discussions? negotiations? dialogue meetings?",
    "agreement": "agreement deal accord memorandum treaty pact contract signing understanding",
    "strike": "strikes? attacks? raids? bombardment blasts? explosions? shelling",
    "clash": "attacks? clash(?:es)? fighting battle raid ambush assault offensive",
    "exercise": "exercises? drills? manoeuvres maneuvers",
    "ceasefire": "cease-?fire truce",
    "supply": "equipment weapons systems? vehicles aircraft shipments? deliver(?:y|ies) packages?",
    "vote": "vote election bill motion resolution",
}
_SAYS_MORE = r"(?:also|focused|covered|addressed|centred|centered|included|lasted)"
_CONTINUES = {
    kind: re.compile(
        rf"{_PREFIX}(?:{'|'.join(nouns.split())})\b|^(?:{'|'.join(nouns.split())}) {_SAYS_MORE}\b",
        re.IGNORECASE,
    )
    for kind, nouns in _GOES_ON.items()
}
REACH = 3
"""Sentences back that "the talks" may refer to."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as told in one or more sentences, before it gets its id."""

    kind: EventKind
    focus: Span
    sentences: tuple[Sentence, ...]
    clause: Span
    participants: tuple[Participant, ...]
    claim: EventClaim | None
    borne_out: bool


def resolve_events(
    claims: Sequence[EventClaim], report: Report
) -> tuple[tuple[Event, ...], tuple[Rejection, ...]]:
    """Return the events of *claims*, ids "e1" onwards in order of the text."""
    told: list[Told] = []
    rejections: list[Rejection] = []
    for claim in sorted(claims, key=lambda c: c.sentence.id):
        participants, refused = find_participants(claim, report)
        rejections += refused
        one = _told(claim, participants, report)
        earlier = _continued(one, told)
        if one.kind == "background":
            pass
        elif earlier is None:
            told.append(one)
        else:
            told[told.index(earlier)] = _joined(earlier, one)
        told += _mentioned(claim.sentence, one, told, report)
    told.sort(key=lambda t: (t.sentences[0].id, t.focus.start))
    events = tuple(_event(f"e{number}", one, report) for number, one in enumerate(told, start=1))
    return events, tuple(rejections)


def _told(claim: EventClaim, participants: tuple[Participant, ...], report: Report) -> Told:
    sentence = claim.sentence
    found = borne_out(claim.kind, sentence.text)
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


def _continued(one: Told, told: Sequence[Told]) -> Told | None:
    """Return the event that *one* only says more about, if it does."""
    sentence = one.sentences[0]
    for earlier in reversed(told):
        if sentence.id - earlier.sentences[-1].id > REACH:
            return None
        pattern = _CONTINUES.get(earlier.kind)
        if pattern and pattern.search(sentence.text) and earlier.sentences[0].id != sentence.id:
            return earlier
    return None


def _joined(earlier: Told, later: Told) -> Told:
    known = {p.actor for p in earlier.participants if p.actor}
    more = tuple(p for p in later.participants if p.actor is None or p.actor not in known)
    return replace(
        earlier,
        sentences=(*earlier.sentences, *later.sentences),
        participants=earlier.participants + more,
    )


def _mentioned(
    sentence: Sentence, main: Told, told: Sequence[Told], report: Report
) -> Iterator[Told]:
    """Yield the dated events that *sentence* mentions beside what it tells of."""
    own = _date_of(main, report)
    for mention in find_mentioned(sentence, report):
        if own and mention.date.start == own.start and main.kind == mention.kind:
            continue
        if any(_same_mention(mention.date, t, report) for t in told):
            continue
        yield Told(
            mention.kind,
            mention.focus,
            (sentence,),
            mention.clause,
            mention.participants,
            None,
            True,
        )


def _same_mention(date: Span, told: Told, report: Report) -> bool:
    """Tell whether an event of the same date expression and kind family is known already."""
    own = _date_of(told, report)
    return own is not None and report.words(own).casefold() == report.words(date).casefold()


def _date_of(told: Told, report: Report) -> Span | None:
    """Return the date expression of *told*: the model's, else the nearest to its cue."""
    if told.claim and told.claim.when:
        return told.claim.when
    for sentence in told.sentences:
        inside = [
            d
            for d in report.dates(sentence)
            if told.claim is not None or (told.clause.start <= d.start and d.end <= told.clause.end)
        ]
        if inside:
            return min(inside, key=lambda d: _distance(d, told.focus))
    return None


def _distance(date: Span, focus: Span) -> int:
    return date.start - focus.end if date.start >= focus.end else focus.start - date.end


def _event(identifier: str, told: Told, report: Report) -> Event:
    sentence = told.sentences[0]
    claim = told.claim
    realis: Realis = (claim.realis if claim else None) or realis_of(
        report.words(told.clause), speech=told.kind in SPEECH
    )
    attribution = report.attribution(sentence, claim.said_by if claim else None)
    date = _date_of(told, report)
    dated = next((s for s in told.sentences if date and s.start <= date.start < s.end), sentence)
    place = (
        report.place_named(claim.where, sentence)
        if claim and claim.where
        else next(
            (p for s in told.sentences if (p := report.place_near(told.focus.start, s))), None
        )
    )
    support: Support = "supported" if told.borne_out else "partial"
    whole = told.claim is not None
    return Event(
        id=identifier,
        type=plover(told.kind, realis, len(told.participants)),
        label=told.kind,
        summary=" ".join(report.words(told.clause).split()),
        date=report.date(date, dated) if date else None,
        place=place,
        participants=told.participants,
        realis=realis,
        factuality=factuality(realis, attribution.kind, attribution.hedge),
        attribution=attribution,
        support=support,
        citations=report.cite.whole(told.sentences) if whole else (report.cite.span(told.clause),),
    )
