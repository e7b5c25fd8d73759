"""What the words over the goods make of their transfer: whether it is undone, and how far at most.

Read off the chain that the parse hangs the goods on: "turned down a request for missiles", "close
to a deal for jets". Words of an adverbial or relative clause are another matter's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.annotations import Predicate, Reading, Token
from summarizer.brief import PledgeStatus
from summarizer.claims import PledgeClaim
from summarizer.language import listed, table
from summarizer.resolve.kinds import kinds_of
from summarizer.resolve.report import Report
from summarizer.resolve.status import RUNG_OF, is_above
from summarizer.source import Span

_UNDONE: tuple[PledgeStatus, ...] = ("denied", "cancelled", "suspended")
_SO = ("actual", "ongoing")
_HOLDS = frozenset(
    """dobj nsubj nsubjpass pobj dative prep xcomp pcomp ccomp acl acomp compound conj nmod poss
    attr appos oprd""".split()
)
"""What leads from the goods to the words that say what becomes of them."""
_NEAR = 4
"""Words above a deal within which it may be called close."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The status that the words leave, and the predicate whose words say so."""

    status: PledgeStatus
    by: Predicate


def undone(claim: PledgeClaim, report: Report) -> Standing | None:
    """Return what calls the transfer off, refuses it or holds it up; twice undone is not."""
    if not claim.items:
        return None
    reading = report.annotations.of(report.cite.sentence_at(claim.items[0].start))
    over = [(p, direct) for p, direct in _over(claim.items[0], reading) if _turns(p, reading)]
    if len(over) != 1:
        return None  # "blocked a resolution to stop the sale"
    predicate, direct = over[0]
    so = predicate.realis in _SO or predicate.cause == predicate.words  # "fell through" is no more
    status = undoes(predicate, reading) if so else None
    if status is None or (direct and not _is_of_goods(predicate)):
        return None
    return Standing(status, predicate)


def _is_of_goods(verb: Predicate) -> bool:
    """Tell whether goods can be called off by *verb*: who drops bombs or blocks missiles does not.

    A verb that the proposals ask a contract of says nothing of goods.
    """
    kinds = kinds_of(verb.lemma, verb.nominal)
    return bool(kinds & {"denial", "cancellation"}) and verb.lemma not in table("proposals")["with"]


def _turns(predicate: Predicate, reading: Reading) -> bool:
    """Tell whether a word is against what it is about, whether or not that undoes it."""
    against = predicate.lemma in listed("grammar", "governors", "denied")
    return against or undoes(predicate, reading) is not None


def undoes(predicate: Predicate, reading: Reading) -> PledgeStatus | None:
    """Return what the words of *predicate* make of what they are about, if they undo it."""
    after = reading.tokens[predicate.head + 1 : predicate.head + 2]
    for name in (f"{predicate.lemma} {after[0].lemma}" if after else "", predicate.lemma):
        if "delay" in kinds_of(name, predicate.nominal):
            return None  # what comes late comes
        for status in _UNDONE:
            if name in listed("proposals", "status", status):
                return status
        if name in listed("grammar", "governors", "undone"):
            return "cancelled"
    return None


def rung_of(lemma: str, *, nominal: bool) -> PledgeStatus | None:
    """Return the most that a word says of a transfer, None if it may say all of it."""
    kinds = kinds_of(lemma, nominal)
    rungs = [rung for kind, rung in RUNG_OF.items() if kind in kinds]
    if not rungs or "supply" in kinds:
        return None
    return max(rungs, key=lambda rung: sum(is_above(rung, other) for other in RUNG_OF.values()))


def says_more(
    claim: PledgeClaim, status: PledgeStatus, anchor: Predicate, report: Report
) -> Predicate | None:
    """Return a word of the claim's sentences, not under *anchor*, that may say *status* or more."""
    for sentence in (*claim.sentences, report.cite.sentence_at(anchor.words.start)):
        reading = report.annotations.of(sentence)
        for one in reading.predicates:
            if one == anchor or one.realis not in _SO or _hangs_on(one, anchor, reading):
                continue
            kinds = kinds_of(one.lemma, one.nominal)
            rungs = [rung for kind, rung in RUNG_OF.items() if kind in kinds]
            # "Received clearances to buy": what stands over the transfer is not its delivery.
            over = any(t.number == one.head for t in reading.above(anchor.head))
            if ("supply" in kinds and not over) or any(
                r == status or is_above(r, status) for r in rungs
            ):
                return one
    return None


def is_near(anchor: Predicate, reading: Reading) -> bool:
    """Tell whether a deal is only close: "close to a deal", "nearing an agreement"."""
    for token in list(reading.above(anchor.head))[1:_NEAR]:
        verb = token.pos in ("VERB", "AUX")
        if token.lemma in listed("grammar", "governors", "near") and (
            not verb or token.lemma == "near"
        ):
            return True
        if verb and token.dep != "pcomp":
            return False
    return False


def _over(goods: Span, reading: Reading) -> Iterator[tuple[Predicate, bool]]:
    """Yield what stands over *goods*, the nearest first, and whether nothing stands between."""
    head = reading.head_of(goods)
    by_head = {p.head: p for p in reading.predicates}
    below, direct = head, True
    for token in list(reading.above(head.number))[1:] if head else ():
        if below is None or not _leads(below, token):
            return
        predicate = by_head.get(token.number)
        if predicate is not None and not goods.start <= token.start < goods.end:
            yield predicate, direct and not predicate.nominal
            direct = False
        below = token


def _leads(below: Token, above: Token) -> bool:
    if below.dep == "conj" and below.pos in ("VERB", "AUX"):
        return False
    if below.dep == "acl" and below.tag == "VBN":
        return False  # "jets bought from", said of the goods
    return below.dep in _HOLDS


def _hangs_on(one: Predicate, anchor: Predicate, reading: Reading) -> bool:
    return one.nominal and any(t.number == anchor.head for t in reading.above(one.head))


def is_direct(anchor: Predicate, items: Sequence[Span]) -> bool:
    """Tell whether the goods are what *anchor* does something to, not what it is about."""
    return any(
        a.relation != "oblique" and a.span.start <= item.start < a.span.end
        for a in anchor.arguments
        for item in items
    )
