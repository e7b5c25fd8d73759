"""What follows from an event's kind: its PLOVER code, its parties' roles, the words that name it.

Codes follow the PLOVER manual 2.0: signing is SUPPORT, a promise of future cooperation AGREE, a
promise to pull back CONCEDE, equipment handed over AID, a joint exercise COOPERATE and one's own
MOBILIZE. The words (``language``: events) are looked up, never required.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from summarizer.annotations import Predicate
from summarizer.brief import Plover, Realis, Role
from summarizer.draft import EventKind
from summarizer.language import listed, table

KINDS: Mapping[EventKind, tuple[Plover, Role, Role]] = {
    "meeting": ("CONSULT", "actor", "actor"),
    "visit": ("CONSULT", "visitor", "host"),
    "phone call": ("CONSULT", "actor", "actor"),
    "talks": ("CONSULT", "actor", "actor"),
    "statement": ("CONSULT", "speaker", "other"),
    "report": ("CONSULT", "speaker", "other"),
    "background": ("CONSULT", "actor", "other"),
    "warning": ("THREATEN", "speaker", "recipient"),
    "accusation": ("ACCUSE", "speaker", "recipient"),
    "denial": ("REJECT", "speaker", "other"),
    "request": ("REQUEST", "speaker", "recipient"),
    "proposal": ("REQUEST", "speaker", "recipient"),
    "order": ("REQUEST", "speaker", "recipient"),
    "agreement": ("SUPPORT", "signatory", "signatory"),
    "pledge": ("AGREE", "actor", "recipient"),
    "approval": ("AGREE", "actor", "recipient"),
    "supply": ("AID", "actor", "recipient"),
    "procurement": ("COOPERATE", "actor", "other"),
    "industrial cooperation": ("COOPERATE", "actor", "actor"),
    "launch": ("COOPERATE", "actor", "other"),
    "delay": ("REJECT", "actor", "recipient"),
    "cancellation": ("SANCTION", "actor", "recipient"),
    "strike": ("ASSAULT", "perpetrator", "victim"),
    "clash": ("ASSAULT", "perpetrator", "victim"),
    "offensive": ("ASSAULT", "perpetrator", "victim"),
    "accident": ("CONSULT", "other", "other"),
    "deployment": ("MOBILIZE", "actor", "recipient"),
    "exercise": ("MOBILIZE", "actor", "actor"),
    "withdrawal": ("RETREAT", "actor", "recipient"),
    "ceasefire": ("RETREAT", "signatory", "signatory"),
    "release": ("RETREAT", "actor", "recipient"),
    "sanctions": ("SANCTION", "actor", "recipient"),
    "expulsion": ("SANCTION", "actor", "recipient"),
    "arrest": ("COERCE", "perpetrator", "victim"),
    "protest": ("PROTEST", "actor", "recipient"),
    "appointment": ("SUPPORT", "actor", "recipient"),
    "vote": ("SUPPORT", "actor", "recipient"),
}
"""Code, and the roles of those who do it and of those whom it is done to."""

SPEECH: frozenset[EventKind] = frozenset(
    ("statement", "report", "warning", "accusation", "denial", "request", "proposal", "order")
)
"""Kinds in which the saying itself is what happened."""

_FUTURE: Mapping[Plover, Plover] = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
    "ASSAULT": "THREATEN",
    "COERCE": "THREATEN",
    "SANCTION": "THREATEN",
}


def plover(kind: EventKind, realis: Realis, parties: int) -> Plover:
    """Return the PLOVER code of an event with so many *parties* acting together."""
    code: Plover = "COOPERATE" if kind == "exercise" and parties > 1 else KINDS[kind][0]
    if realis in ("planned", "hypothetical") and kind not in SPEECH:
        return _FUTURE.get(code, code)
    return code


@cache
def kinds_of(lemma: str, nominal: bool) -> frozenset[str]:
    """Return the kinds that a verb or noun is listed for; empty for most words."""
    form = "nouns" if nominal else "verbs"
    return frozenset(kind for kind in table("events") if lemma in listed("events", kind, form))


def names_kind(predicate: Predicate, kind: EventKind) -> bool:
    """Tell whether the words of *predicate* are listed for *kind*."""
    return kind in kinds_of(predicate.lemma, predicate.nominal)
