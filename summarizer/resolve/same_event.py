"""Tell whether a sentence goes on about an event that the text told shortly before."""

from __future__ import annotations

import re
from typing import get_args

from summarizer.brief import Actor, Role
from summarizer.draft import EventKind
from summarizer.resolve.event_types import SPEECH
from summarizer.resolve.said import Report
from summarizer.resolve.told import Told, date_of, family, same_words

_PREFIX = r"^(?:[“\"']?)(?:(?:the|this|that|these|those|its|their|both)\s+)(?:[\w’'-]+\s+){0,2}?"
_GOODS = "equipment weapons systems? vehicles aircraft shipments? deliver(?:y|ies) packages? sale"
_GOES_ON: dict[EventKind, str] = {
    "meeting": "meetings? summit talks? discussions? session conference gathering visit ministers",
    "visit": "visit trip delegation tour talks? meetings? discussions?",
    "talks": "talks? discussions? negotiations? dialogue meetings?",
    "agreement": "agreement deal accord memorandum treaty pact contract signing understanding",
    "strike": "strikes? attacks? raids? bombardment blasts? explosions? shelling",
    "clash": "attacks? clash(?:es)? fighting battle raid ambush assault offensive",
    "exercise": "exercises? drills? manoeuvres maneuvers",
    "ceasefire": "cease-?fire truce",
    "supply": _GOODS,
    "pledge": _GOODS,
    "approval": _GOODS,
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
_COMES = re.compile(
    r"^(?:the|this|that)\s+(?:[\w’'-]+\s+){1,4}?(?:came|comes|follow(?:s|ed)|coincid(?:es|ed))\b",
    re.IGNORECASE,
)
"""How a sentence begins that only places what was told before beside what it tells."""
_OF_THAT = re.compile(
    r"^(?:the|this)\s+(?:development|news|announcement|report|incident|move|decision|step)\b",
    re.IGNORECASE,
)
"""How a sentence begins that goes on about whatever was told before."""
_UNVERIFIED = re.compile(r"\bcould (?:not|n[’']t) (?:be )?(?:immediately |independently )")
_PRONOUN_SPEAKS = re.compile(
    r"^(?:he|she|it|they)\s+(?:also\s+|further\s+|later\s+)?"
    r"(?:said|added|told|stated|noted|called|denied|explained|argued|stressed|wrote)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\balso\s$", re.IGNORECASE)
"""What stands before the verb of a further event: "also met"."""
REACH = 3
"""Sentences back that "the talks" may refer to."""
NEAR = 2
"""Sentences back within which the same happening with the same actors is the same event."""


def is_same(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether *one* goes on about *earlier*, which the text told shortly before."""
    first, last = one.sentences[0], earlier.sentences[-1]
    if first.id - last.id > REACH:
        return False
    pattern = _CONTINUES.get(earlier.kind, _OF_THAT)
    goes_on = any(p.search(first.text) for p in (pattern, _OF_THAT, _UNVERIFIED))
    if one.claim and goes_on and first.id > last.id and not _COMES.search(first.text):
        return True
    if first.id - last.id > NEAR:
        return False
    if one.kind in SPEECH or earlier.kind in SPEECH:
        return _speaks_on(one, earlier, report)
    if family(one.kind) != family(earlier.kind):
        return False
    own, other = date_of(one, report), date_of(earlier, report)
    if own and other and not same_words(report.words(own), report.words(other)):
        return False
    if _ALSO.search(report.document.text[max(0, one.focus.start - 6) : one.focus.start]):
        return False
    if not one.participants or not earlier.participants:
        return not _is_elsewhere(one, earlier, report)
    return _share_someone(one, earlier, report)


def _speaks_on(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether the same side goes on speaking: a further statement is part of the first.

    A ministry and its spokesman are one side in a statement, two persons never are.
    """
    adjoining = one.sentences[0].id - earlier.sentences[-1].id <= 1
    pronoun = adjoining and _PRONOUN_SPEAKS.search(one.sentences[0].text)
    if pronoun and earlier.kind in SPEECH and one.kind in ("statement", "denial"):
        return True
    further = one.kind == "statement" and earlier.kind in SPEECH and adjoining
    if one.kind != earlier.kind and not further:
        return False
    new, old = _speaker(one, report), _speaker(earlier, report)
    if new is None or old is None:
        return False
    one_side = new.country is not None and new.country == old.country
    persons = new.kind == old.kind == "person"
    return new.id == old.id or (
        one.kind == earlier.kind == "statement" and one_side and not persons
    )


def _speaker(told: Told, report: Report) -> Actor | None:
    spoken = [p.actor for p in told.participants if p.role == "speaker" and p.actor]
    return next((a for a in report.book.actors if spoken and a.id == spoken[0]), None)


def _is_elsewhere(one: Told, earlier: Told, report: Report) -> bool:
    new, old = (report.place_near(t.focus.start, t.sentences[0]) for t in (one, earlier))
    return new is not None and old is not None and not same_words(new.name, old.name)


def _share_someone(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether an actor, or a state and one of its own, takes part in both.

    Strikes of one side and of the other are two, whoever is hit.
    """
    states = {actor.id: actor.country or actor.id for actor in report.book.actors}

    def sides(*roles: str) -> list[set[str]]:
        return [
            {states[p.actor] for p in t.participants if p.actor in states and p.role in roles}
            for t in (one, earlier)
        ]

    new, old = sides("perpetrator")
    if one.kind == earlier.kind == "strike" and new and old:
        return bool(new & old)
    new, old = sides(*get_args(Role))
    return bool(new & old)
