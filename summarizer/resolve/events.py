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
from summarizer.resolve.mentioned import MentionedEvent, find_mentioned
from summarizer.resolve.participants import find_participants
from summarizer.resolve.quotations import is_quoted
from summarizer.resolve.realis import factuality, realis_of
from summarizer.resolve.said import Report
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
_IS_BOUND = re.compile(r"(?:since|until|till|before|after|as of)\b", re.IGNORECASE)
"""How a date begins that bounds when something holds, and is no day on which it happened."""
_SPEAKS_OF = re.compile(
    r"\b(?:confirmed|described|praised|hailed|called|welcomed|defended|justified)\s+(?:that\s+)?"
    r"(?:the|these|this|it|its|their)\b"
)
"""Somebody speaks of an event told before: the sentence tells of the speaking."""
_FAMILY: dict[EventKind, EventKind] = {
    "talks": "meeting",
    "visit": "meeting",
    "phone call": "meeting",
    "ceasefire": "agreement",
    "clash": "strike",
    "pledge": "supply",
}
_OF_THAT = re.compile(
    r"^(?:the|this)\s+(?:development|news|announcement|report|incident|move|decision|step)\b",
    re.IGNORECASE,
)
"""How a sentence begins that goes on about whatever was told before."""
REACH = 3
"""Sentences back that "the talks" may refer to."""
NEAR = 2
"""Sentences back within which the same happening with the same actors is the same event."""


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
    not_dates: tuple[Span, ...] = ()


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
        aside = tuple(_mentioned_beside(one, report))
        one = replace(one, not_dates=tuple(mention.date for mention in aside))
        if one.kind != "background" and not one.borne_out:
            rejections.append(_without_words(claim))
        elif one.kind != "background":
            _add(one, told, report)
        for mention in aside:
            if not any(_is_known(mention, other, report) for other in told):
                _add(_of_mention(mention, claim.sentence), told, report)
    told.sort(key=lambda t: (t.sentences[0].id, t.focus.start))
    events = tuple(_event(f"e{number}", one, report) for number, one in enumerate(told, start=1))
    return events, tuple(rejections)


def _add(one: Told, told: list[Told], report: Report) -> None:
    """Add *one* to *told*, or to the event there that it only says more about."""
    earlier = next((t for t in reversed(told) if _is_same(one, t, report)), None)
    if earlier is None:
        told.append(one)
    else:
        told[told.index(earlier)] = _joined(earlier, one)


def _told(claim: EventClaim, participants: tuple[Participant, ...], report: Report) -> Told:
    sentence = claim.sentence
    kind = "statement" if _SPEAKS_OF.search(sentence.text) else claim.kind
    found = borne_out(kind, sentence.text)
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


def _is_same(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether *one* goes on about *earlier*, which the text told shortly before."""
    first, last = one.sentences[0], earlier.sentences[-1]
    if first.id - last.id > REACH:
        return False
    pattern = _CONTINUES.get(earlier.kind, _OF_THAT)
    if first.id > last.id and (pattern.search(first.text) or _OF_THAT.search(first.text)):
        return True
    if first.id - last.id > NEAR:
        return False
    if one.kind in SPEECH or earlier.kind in SPEECH:
        return _speaks_on(one, earlier, report)
    if _family(one.kind) != _family(earlier.kind):
        return False
    own, other = _date_of(one, report), _date_of(earlier, report)
    if own and other and not _same_words(report.words(own), report.words(other)):
        return False
    return _share_someone(one, earlier, report)


def _speaks_on(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether the same side goes on speaking: a further statement is part of the first.

    A ministry and its spokesman are one side, two persons never are.
    """
    if one.kind != earlier.kind and (one.kind != "statement" or earlier.kind not in SPEECH):
        return False
    actors = {actor.id: actor for actor in report.book.actors}
    new, old = (
        [actors[p.actor] for p in told.participants if p.role == "speaker" and p.actor in actors]
        for told in (one, earlier)
    )
    return any(
        a.id == b.id or (a.country and a.country == b.country and not a.kind == b.kind == "person")
        for a in new
        for b in old
    )


def _share_someone(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether an actor, or a state and one of its own, takes part in both."""
    if not one.participants or not earlier.participants:
        return True
    states = {actor.id: actor.country or actor.id for actor in report.book.actors}
    sides = [
        {states[p.actor] for p in told.participants if p.actor in states} for told in (one, earlier)
    ]
    return bool(sides[0] & sides[1])


def _same_words(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one in other or other in one


def _without_words(claim: EventClaim) -> Rejection:
    return Rejection(
        kind="event",
        field="kind",
        value=claim.kind,
        quote=claim.sentence.text,
        reason="not_supported",
        detail=f"no word of sentence {claim.sentence.id} tells of this: {claim.kind}",
    )


def _joined(earlier: Told, later: Told) -> Told:
    known = {p.actor for p in earlier.participants if p.actor}
    more = tuple(p for p in later.participants if p.actor is None or p.actor not in known)
    return replace(
        earlier,
        sentences=(*earlier.sentences, *later.sentences),
        participants=earlier.participants + more,
        not_dates=earlier.not_dates + later.not_dates,
    )


def _mentioned_beside(main: Told, report: Report) -> Iterator[MentionedEvent]:
    """Yield the dated events that a sentence mentions beside what it tells of."""
    for mention in find_mentioned(main.sentences[0], report):
        if mention.aside or _family(main.kind) != _family(mention.kind):
            yield mention


def _family(kind: EventKind) -> EventKind:
    return _FAMILY.get(kind, kind)


def _is_known(mention: MentionedEvent, told: Told, report: Report) -> bool:
    """Tell whether *told* is the event mentioned: "the August memorandum" is that of August 13."""
    own = _date_of(told, report)
    if own is None or _family(told.kind) != _family(mention.kind):
        return False
    return _same_words(report.words(mention.date), report.words(own))


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


def _date_of(told: Told, report: Report) -> Span | None:
    """Return the date expression of *told*: the model's, else the nearest to its cue."""
    if told.claim and told.claim.when:
        return told.claim.when
    for sentence in told.sentences:
        inside = [
            d
            for d in report.dates(sentence)
            if d not in told.not_dates
            and not _IS_BOUND.match(report.words(d))
            and is_quoted(report.document.text, d.start)
            == is_quoted(report.document.text, told.focus.start)
            and (told.claim or (told.clause.start <= d.start and d.end <= told.clause.end))
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
