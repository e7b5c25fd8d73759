"""Which predicate of the parse a claim is about: the words whose grammar can contradict it."""

from __future__ import annotations

from summarizer.annotations import Predicate, Reading
from summarizer.claims import EventClaim, PledgeClaim
from summarizer.resolve.kinds import kinds_of, names_kind
from summarizer.resolve.report import Report
from summarizer.source import Span

_TRANSFERS = frozenset(
    ("supply", "procurement", "pledge", "approval", "request", "denial", "cancellation", "talks")
)


def event_anchors(claim: EventClaim, report: Report) -> tuple[Predicate, ...]:
    """Return the predicates of the main sentence that may be what *claim* tells of.

    Those listed for its kind; where there are several, those with a party of the claim. A noun
    that hangs on a verb of the kind is no further one: "yet to sign the accord". None is no
    evidence: no list holds every word.
    """
    reading = report.annotations.of(claim.sentence)
    named = [p for p in reading.predicates if names_kind(p, claim.kind)]
    verbs = {p.head for p in named if not p.nominal}
    named = [p for p in named if not p.nominal or p.governor not in verbs]
    if len(named) < 2:
        return tuple(named)
    return tuple(p for p in named if _has_party(p, claim)) or tuple(named)


def with_party(claim: EventClaim, report: Report) -> tuple[Predicate, ...]:
    """Return the predicates of the main sentence that someone of the claim takes part in."""
    reading = report.annotations.of(claim.sentence)
    return tuple(p for p in reading.predicates if _has_party(p, claim))


def _has_party(predicate: Predicate, claim: EventClaim) -> bool:
    return any(
        a.span.start < party.end and party.start < a.span.end
        for a in predicate.arguments
        for party in (*claim.who, *claim.to_whom)
    )


def pledge_anchor(claim: PledgeClaim, report: Report) -> Predicate | None:
    """Return the predicate that carries the status: that of its words, else that of the goods."""
    if claim.status_words is not None:
        sentence = report.cite.sentence_at(claim.status_words.start)
        reading = report.annotations.of(sentence)
        return _innermost(claim.status_words, reading) or reading.predicate_at(claim.status_words)
    for item in claim.items:
        reading = report.annotations.of(report.cite.sentence_at(item.start))
        if found := transfer_of(item, reading):
            return found
    return None


def _innermost(words: Span, reading: Reading) -> Predicate | None:
    """Return the predicate that hangs on the others of *words*: "deliver" of "plans to deliver"."""
    held = [p for p in reading.predicates if words.start <= p.words.start < words.end]
    verbs = [p for p in held if not p.nominal] or held
    return max(verbs, key=lambda p: (p.depth, p.head), default=None)


def transfer_of(goods: Span, reading: Reading) -> Predicate | None:
    """Return the predicate that *goods* hang on or take part in.

    A verb of a transfer says more of how far it has come than the noun that it governs ("approved
    the sale"), and any word of one more than a word of none.
    """
    around = [p for p in _around(goods, reading) if not _inside(p, goods)]
    listed = [p for p in around if is_transfer(p)]
    verbs = [p for p in listed if not p.nominal]
    return next(iter((*verbs, *listed, *around)), None)


def _around(goods: Span, reading: Reading) -> list[Predicate]:
    """Return what *goods* hang on, the nearest first, then what they are an argument of."""
    head = reading.head_of(goods)
    by_head = {p.head: p for p in reading.predicates}
    above = reading.above(head.number) if head else ()
    chain = [by_head[t.number] for t in above if t.number in by_head]
    shared = [
        p
        for p in reading.predicates
        if any(a.span.start <= goods.start < a.span.end for a in p.arguments)
    ]
    return list(dict.fromkeys((*chain, *shared)))


def _inside(predicate: Predicate, goods: Span) -> bool:
    return goods.start <= predicate.words.start < goods.end


def is_transfer(predicate: Predicate) -> bool:
    """Tell whether the words of *predicate* are listed for a transfer of goods."""
    return bool(kinds_of(predicate.lemma, predicate.nominal) & _TRANSFERS)
