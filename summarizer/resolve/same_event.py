"""Tell whether two claims tell of one event: nothing that both say may differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.resolve.kinds import SPEECH
from summarizer.resolve.report import Report

if TYPE_CHECKING:
    from summarizer.resolve.events import Told

REACH = 3
"""Sentences back that "the talks" may refer to."""
_KNOWN = frozenset(("the", "this", "that", "these", "those"))
_FAMILIES = (
    ("meeting", "talks", "visit", "phone call"),
    ("agreement", "ceasefire"),
    ("strike", "clash", "offensive"),
    ("supply", "pledge", "procurement", "approval"),
)


def is_same(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether *one* tells again of *earlier*.

    A model that read the whole report said itself what is one event; only the same claim twice
    is joined. One that read sentence by sentence could not: there a sentence that goes on about
    the event ("The talks ...") is joined as well.
    """
    if one.claim.kind == earlier.claim.kind and _same_claim(one, earlier):
        return True
    return not report.profile.whole and _goes_on(one, earlier, report)


def _same_claim(one: Told, earlier: Told) -> bool:
    """Tell whether two claims of one sentence say the very same."""
    new, old = one.claim, earlier.claim
    told = (new.sentence, new.when, new.where, one.realis, _names(one))
    return told == (old.sentence, old.when, old.where, earlier.realis, _names(earlier))


def _names(told: Told) -> set[str]:
    return {p.actor or p.name.casefold() for p in told.participants}


def _dates_differ(one: Told, earlier: Told, report: Report) -> bool:
    if one.when is None or earlier.when is None:
        return False
    new, old = report.words(one.when).casefold(), report.words(earlier.when).casefold()
    return new not in old and old not in new


def _family(kind: str) -> tuple[str, ...]:
    return next((family for family in _FAMILIES if kind in family), (kind,))


def _goes_on(one: Told, earlier: Told, report: Report) -> bool:
    """Tell whether a sentence's subject is the event before it, told as known: "The attack ..."."""
    distance = one.claim.sentence.id - earlier.tellings[-1].id
    if not 0 < distance <= REACH or one.claim.kind in SPEECH or earlier.claim.kind in SPEECH:
        return False
    if one.claim.kind not in _family(earlier.claim.kind) or _dates_differ(one, earlier, report):
        return False
    if not _begins_known(one, report):
        return False
    new, old = _names(one), _names(earlier)
    return not new or not old or bool(new & old)


def _begins_known(told: Told, report: Report) -> bool:
    reading = report.annotations.of(told.claim.sentence)
    first = next((t for t in reading.tokens if t.dep in ("nsubj", "nsubjpass")), None)
    if first is None:
        return False
    known = any(t.lemma in _KNOWN for t in reading.children(first.number))
    happening = any(p.head == first.number and p.nominal for p in reading.predicates)
    return known and happening
