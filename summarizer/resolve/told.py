"""An event as the text tells it, before it gets its id: what resolving events shares."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.annotations import is_quoted
from summarizer.brief import Participant
from summarizer.draft import EventKind
from summarizer.grounded import EventClaim
from summarizer.resolve.dates import find_dates
from summarizer.resolve.said import Report
from summarizer.source import Sentence, Span

_IS_BOUND = re.compile(r"(?:since|until|till|before|after|as of)\b", re.IGNORECASE)
"""How a date begins that bounds when something holds, and is no day on which it happened."""
_FAMILY: dict[EventKind, EventKind] = {
    "talks": "meeting",
    "visit": "meeting",
    "phone call": "meeting",
    "ceasefire": "agreement",
    "clash": "strike",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event as told in one or more sentences, before it gets its id.

    *asides* are clauses of these sentences that tell of other events, *not_dates* their dates.
    """

    kind: EventKind
    focus: Span
    sentences: tuple[Sentence, ...]
    clause: Span
    participants: tuple[Participant, ...]
    claim: EventClaim | None
    borne_out: bool
    not_dates: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()


def family(kind: EventKind) -> EventKind:
    """Return the kind under which *kind* counts when two events are compared."""
    return _FAMILY.get(kind, kind)


def same_words(one: str, other: str) -> bool:
    """Tell whether one expression holds the other: "August" and "August 13"."""
    one, other = one.casefold(), other.casefold()
    return one in other or other in one


def is_date(span: Span, report: Report) -> bool:
    """Tell whether the words at *span* are a date expression."""
    return bool(find_dates(report.words(span)))


def date_of(told: Told, report: Report) -> Span | None:
    """Return the date expression of *told*: the model's, else the nearest to its cue."""
    if told.claim and told.claim.when and is_date(told.claim.when, report):
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
