"""Tell whether two claims tell of one event: nothing that both say may differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.annotations import Reading, Token
from summarizer.brief import Participant, Role
from summarizer.language import listed
from summarizer.resolve.kinds import SPEECH, kinds_of
from summarizer.resolve.report import Report
from summarizer.speakers import is_pronoun

if TYPE_CHECKING:
    from summarizer.claims import EventClaim
    from summarizer.resolve.events import Told

REACH = 3
"""Sentences back that "the talks" may refer to."""
NEAR = 2
"""Sentences back within which the same happening with the same actors is the same event."""
_KNOWN = frozenset(("the", "this", "that", "these", "those"))
_POINTING = frozenset(("it", "this", "that"))
_VIOLENT = ("strike", "clash", "offensive")
_GOODS = ("supply", "pledge", "procurement", "approval")
_FAMILIES = (
    ("meeting", "talks", "visit", "phone call"),
    ("agreement", "ceasefire"),
    _VIOLENT,
    _GOODS,
)
_TELLING = ("statement", "report")
"""Kinds of speech that go on with the one before; a warning or a request is a further one."""


def is_same(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether *one* tells again of *earlier*.

    A model that read the whole report said itself what is one event; only the same claim twice
    is joined. One that read sentence by sentence could not: there what goes on about an event,
    tells it again or goes on speaking is joined as well.
    """
    if one.claim.kind == earlier.claim.kind and _same_claim(one, earlier):
        return True
    if report.profile.whole:
        return False
    if _is_content(one, earlier, report):
        return True
    if one.claim.kind in SPEECH:
        return _speaks_on(one, earlier, report) or _relays(one, earlier, report)
    return _goes_on(one, earlier, report) or _tells_again(one, earlier, report)


def brought(one: Told, earlier: Told, report: Report) -> tuple[Participant, ...]:
    """Return who takes part in *earlier* that only *one*, the same event, names.

    What speech goes on about has no part in it, nor has what an event is said to be about.
    """
    known = {p.actor for p in earlier.participants}
    new = tuple(p for p in one.participants if p.actor and p.actor not in known)
    if is_source(one.claim, report):
        return ()
    if earlier.claim.kind in SPEECH:
        return tuple(p for p in new if p.role == "speaker")
    if one.claim.kind in SPEECH:
        return ()
    reading = report.annotations.of(one.claim.sentence)
    subject = _subject(reading)
    if subject is None or not _describes(subject, one, earlier, reading):
        return new
    return tuple(p for p in new if _stands_under(subject, p, reading))


def _stands_under(subject: Token, one: Participant, reading: Reading) -> bool:
    """Tell whether somebody is named with a sentence's subject: "the talks, led by X, covered"."""
    cited = one.citations[0]
    inside = [t for t in reading.tokens if t.start < cited.end and cited.start < t.end]
    return any(
        above.number == subject.number for t in inside[:1] for above in reading.above(t.number)
    )


def _subject(reading: Reading) -> Token | None:
    return next((t for t in reading.tokens if t.dep in ("nsubj", "nsubjpass")), None)


def _same_claim(one: Told, earlier: Told) -> bool:
    """Tell whether two claims of one sentence say the very same."""
    new, old = one.claim, earlier.claim
    told = (new.sentence, new.when, new.where, one.realis, _names(one))
    return told == (old.sentence, old.when, old.where, earlier.realis, _names(earlier))


def _names(told: Told) -> set[str]:
    return {p.actor or p.name.casefold() for p in told.participants}


def _family(kind: str) -> tuple[str, ...]:
    return next((family for family in _FAMILIES if kind in family), (kind,))


def _distance(one: Told, earlier: Told, report: Report) -> int:
    """Return how many sentences of the body *one* comes after the last that tells of *earlier*."""
    last, own = earlier.tellings[-1].id, one.claim.sentence.id
    return sum(s.kind == "body" and last < s.id <= own for s in report.annotations.sentences)


def _differ(new: str | None, old: str | None) -> bool:
    """Tell whether two expressions are known and neither holds the other: "May", "May 13"."""
    if new is None or old is None:
        return False
    new, old = new.casefold(), old.casefold()
    return new not in old and old not in new


def _dates_differ(one: Told, earlier: Told, report: Report) -> bool:
    new, old = (report.words(t.when) if t.when else None for t in (one, earlier))
    return _differ(new, old)


def _places_differ(one: Told, earlier: Told, report: Report) -> bool:
    spans = (t.claim.where or report.place_of(t.anchors, t.claim.sentence) for t in (one, earlier))
    new, old = (report.words(span) if span else None for span in spans)
    return _differ(new, old)


def _is_content(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether one of the two is the speech of a sentence, and the other what that says.

    A deed joins what somebody says of it, and the word of a mere source joins the deed.
    """
    deed, speech = (one, earlier) if earlier.claim.kind in _TELLING else (earlier, one)
    if deed.claim.kind in SPEECH or speech.claim.kind not in _TELLING:
        return False
    if deed.claim.sentence != speech.claim.sentence or not deed.anchors:
        return False
    if (speech is one) != is_source(speech.claim, report):
        return False
    return all(a.reported is not None for a in deed.anchors)


def _goes_on(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether a sentence's subject is the event before it, told as known: "The attack ..."."""
    distance = _distance(one, earlier, report)
    if not 0 < distance <= REACH or earlier.claim.kind in SPEECH:
        return False
    reading = report.annotations.of(one.claim.sentence)
    subject = _subject(reading)
    if subject is None or _dates_differ(one, earlier, report):
        return False
    if one.claim.kind == "deployment" and earlier.claim.kind in _GOODS:
        # "The equipment will be deployed" tells of goods that somebody is to supply.
        of_goods = any(
            subject.number == t.number for g in reading.goods for t in reading.at(g.span)
        )
        return _is_known(subject, reading) and of_goods and _stage(one) == _stage(earlier)
    if subject.lemma in _POINTING:
        return distance == 1 and _describes(subject, one, earlier, reading)
    if one.claim.kind not in _family(earlier.claim.kind):
        named = _is_known(subject, reading) and _names_event(subject, earlier)
        return named and _describes(subject, one, earlier, reading)
    if not any(p.nominal and p.head == subject.number for p in reading.predicates):
        return False
    if _describes(subject, one, earlier, reading):
        return True
    if not _is_known(subject, reading):
        return False
    new, old = _names(one), _names(earlier)
    return not new or not old or bool(new & old)


def _is_known(noun: Token, reading: Reading) -> bool:
    return any(t.lemma in _KNOWN for t in reading.children(noun.number))


def _names_event(noun: Token, earlier: Told) -> bool:
    """Tell whether *noun* is a word for what happened earlier."""
    return bool(kinds_of(noun.lemma, nominal=True) & set(_family(earlier.claim.kind)))


def _describes(subject: Token, one: Told, earlier: Told, reading: Reading) -> bool:
    """Tell whether a sentence says what the event before it held or was.

    "The deal covers drills", "Discussions focused on trade", "It was the second meeting".
    """
    lemma = reading.tokens[subject.head].lemma
    if lemma == "be":
        return one.claim.kind in _family(earlier.claim.kind)
    return lemma in listed("proposals", "same", "describes")


def _tells_again(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether the same is told again shortly after, with nobody and nothing that differs."""
    # Of transfers each sentence may tell another: what is given differs, not who takes part.
    if one.claim.kind not in _family(earlier.claim.kind) or one.claim.kind in _GOODS:
        return False
    distance = _distance(one, earlier, report)
    # The same word twice in one sentence is two happenings.
    if distance > NEAR or (distance == 0 and one.claim.kind == earlier.claim.kind):
        return False
    if _is_further(one, report) or _stage(one) != _stage(earlier):
        return False
    if _dates_differ(one, earlier, report) or _places_differ(one, earlier, report):
        return False
    return not _others_take_part(one, earlier, report) and (
        _is_toll(one)
        or _is_recalled(one, report)
        or bool(_states(one, report) & _states(earlier, report))
    )


def _stage(told: Told) -> str:
    """Return whether it has happened, is to come or did not: these are never one event."""
    return {"ongoing": "actual", "hypothetical": "planned"}.get(told.realis, told.realis)


def _is_further(told: Told, report: Report) -> bool:
    """Tell whether its words call it one more: "also met", "another attack"."""
    reading = report.annotations.of(told.claim.sentence)
    further = listed("proposals", "same", "further")
    return any(t.lemma in further for a in told.anchors for t in reading.children(a.head))


def _is_toll(told: Told) -> bool:
    """Tell whether it only says whom violence hit: that is the violence told before."""
    tolls = listed("proposals", "same", "tolls")
    return told.claim.kind in _VIOLENT and any(a.lemma in tolls for a in told.anchors)


def _is_recalled(told: Told, report: Report) -> bool:
    """Tell whether it is named as known: "photos of the meeting", "signed the memorandum"."""
    reading = report.annotations.of(told.claim.sentence)
    if any(a.reported is not None for a in told.anchors):
        return False
    named = {x.head for a in told.anchors for x in a.of("subject", "object")}
    nouns = named | {a.head for a in told.anchors if a.nominal}
    family = set(_family(told.claim.kind))
    return any(
        _is_known(reading.tokens[n], reading) and kinds_of(reading.tokens[n].lemma, True) & family
        for n in nouns
    )


def _others_take_part(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether each has somebody whom the other lacks, together or on one side.

    So strikes of one side and of the other are two, and so are meetings with two guests.
    """
    roles: set[Role] = {p.role for p in (*one.participants, *earlier.participants)}
    for some in (roles, *({role} for role in roles)):
        new, old = _states(one, report, some), _states(earlier, report, some)
        if new and old and not (new <= old or old <= new):
            return True
    new, old = _persons(one, report), _persons(earlier, report)
    return bool(new and old and not new & old)


def _states(told: Told, report: Report, roles: set[Role] | None = None) -> set[str]:
    """Return the states of those who take part; who has none stands for themselves."""
    actors = [report.actor(p.actor) for p in told.participants if not roles or p.role in roles]
    return {actor.country or actor.id for actor in actors if actor}


def _persons(told: Told, report: Report) -> set[str]:
    actors = [report.actor(p.actor) for p in told.participants]
    return {actor.id for actor in actors if actor and actor.kind == "person"}


def _speaker(told: Told) -> Participant | None:
    return next((p for p in told.participants if p.role == "speaker"), None)


def _speaks_on(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether the same side goes on speaking: a further statement is part of the first."""
    if earlier.claim.kind not in SPEECH:
        return False
    if one.claim.kind not in _TELLING and not _is_he(one, report):
        return False
    if _distance(one, earlier, report) > 1 or _stage(one) != _stage(earlier):
        return False
    speaker, before = _speaker(one), _speaker(earlier)
    if speaker is None or speaker.actor is None:
        paper = _is_paper(one.claim, report)
        return speaker is not None and (is_pronoun(speaker.name) or paper)
    if before is None or before.actor is None:
        return False
    return speaker.actor == before.actor or _are_one_side(one, earlier, report)


def _are_one_side(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether a ministry and its spokesman make two statements; two persons never are one."""
    if not one.claim.kind == earlier.claim.kind == "statement":
        return False
    new, old = (report.actor(s.actor) if s else None for s in map(_speaker, (one, earlier)))
    if new is None or old is None or new.country is None:
        return False
    persons = new.kind == old.kind == "person"
    return new.country == old.country and not persons and not _is_further(one, report)


def _is_he(told: Told, report: Report) -> bool:
    """Tell whether the one who spoke just before goes on: "He urged ..."."""
    return bool(told.claim.who) and is_pronoun(report.words(told.claim.who[0]))


def is_sharper(one: Told, earlier: Told) -> bool:
    """Tell whether *one* says what kind of speech *earlier* was: a warning is more than words."""
    return earlier.claim.kind in _TELLING and one.claim.kind in SPEECH.difference(_TELLING)


def is_source(claim: EventClaim, report: Report) -> bool:
    """Tell whether a medium or a paper speaks: what it tells is the event, not its telling."""
    if claim.kind not in _TELLING or not claim.who:
        return False
    actor = report.actor(report.link(claim.who[0]))
    return actor.kind == "media" if actor else _is_paper(claim, report)


def _is_paper(claim: EventClaim, report: Report) -> bool:
    """Tell whether the paper told of speaks: "the statement read"."""
    reading = report.annotations.of(claim.sentence)
    head = reading.head_of(claim.who[0]) if claim.who else None
    papers = listed("grammar", "speech", "papers")
    return head is not None and head.lemma in papers and _is_known(head, reading)


def _relays(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether a body or a paper says what the event before was: "SANA said the deal ..."."""
    if one.claim.kind not in _TELLING or _distance(one, earlier, report) > NEAR:
        return False
    reading = report.annotations.of(one.claim.sentence)
    source = is_source(one.claim, report)
    subject = _subject(reading)
    whatever = subject is not None and subject.lemma in listed("proposals", "same", "whatever")
    if source and subject and whatever and _is_known(subject, reading):
        return True
    own = any(p.lemma in listed("proposals", "verbs", "bears_out") for p in reading.predicates)
    if earlier.claim.kind in SPEECH or _persons(one, report) or (own and not source):
        return False
    return _says_of(earlier, reading)


def _says_of(earlier: Told, reading: Reading) -> bool:
    """Tell whether what is said of has a word for what happened earlier: "that the talks ..."."""
    told = {p.head for p in reading.predicates if p.reported is not None}
    subjects = [t for t in reading.tokens if t.dep.startswith("nsubj") and t.head in told]
    return bool(subjects) and _names_event(subjects[0], earlier)
