"""Find who supplies and who receives in a sentence that tells of a supply of equipment.

Grammar decides where it is plain (to Ukraine, from Brazil, sends Sudoria, asked to buy); the
model's word counts where it is not; what was said before counts where the sentence is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.brief import ActorKind, Rejection
from summarizer.claims import PledgeClaim
from summarizer.resolve.actors import ActorBook
from summarizer.resolve.refusal import refusal
from summarizer.resolve.sides import PARTIES, Parties, parties_named
from summarizer.source import Span

_RECIPIENTS = PARTIES - {"company"}
_BETWEEN_THEM = re.compile(r"\b(?:discuss|negotiat|talks?\b|consult)", re.IGNORECASE)
_WITH = re.compile(r"\bwith\s")


def find_parties(
    claim: PledgeClaim, cue: Span, book: ActorBook
) -> tuple[Parties, tuple[Rejection, ...]]:
    """Return the parties of *claim*, and what the model offered that cannot be one.

    *cue* are the words that carry the status, by which subject and object are told apart.
    """
    named = parties_named(claim.sentence, cue, book)
    supplier, recipient = named.supplier, named.recipient
    rejections: list[Rejection] = []
    text = book.document.text
    talk = _BETWEEN_THEM.search(text, cue.start, cue.end)
    if talk and (len(supplier) > 1 or _WITH.search(text, cue.start, cue.end + 30)):
        why = "is one of two who talk; which would supply is not said"
        both = {"supplier": claim.supplier, "recipient": claim.recipient}
        refused = (_refused(span, field, why, book) for field, span in both.items() if span)
        return Parties(), tuple(refused)
    if offered := _usable(claim.supplier, "supplier", book, recipient, rejections):
        rejections += _contradicted(claim.supplier, "supplier", offered, supplier, book)
        supplier = supplier or offered
    if offered := _usable(claim.recipient, "recipient", book, supplier, rejections):
        rejections += _contradicted(claim.recipient, "recipient", offered, recipient, book)
        recipient = recipient or offered
    return Parties(supplier, recipient), tuple(rejections)


def _usable(
    span: Span | None,
    field: str,
    book: ActorBook,
    other: Iterable[Span],
    rejections: list[Rejection],
) -> tuple[Span, ...]:
    """Return the model's span when it names someone who can be a party to a supply."""
    if span is None:
        return ()
    named = [n for n in book.named if n.start < span.end and span.start < n.end]
    fit = [n for n in named if n.kind in (PARTIES if field == "supplier" else _RECIPIENTS)]
    taken = {book.link(s.start, s.end) for s in other}
    best = max(fit, key=lambda n: (n.naming, n.end - n.start), default=None)
    if best and best.actor not in taken:
        return (Span(best.start, best.end),)
    described = _described(span, book)
    if described and described.actor not in taken and described.kind in PARTIES:
        return (described.span,)
    why = (
        "is the other side of the supply"
        if fit
        else f"names no state, force, body or company that could be the {field}"
    )
    rejections.append(_refused(span, field, why, book))
    return ()


def _contradicted(
    span: Span | None, field: str, offered: Iterable[Span], shown: Iterable[Span], book: ActorBook
) -> Iterator[Rejection]:
    """Yield the rejection of a party that is none of those that the sentence shows."""
    there = {book.link(s.start, s.end) for s in shown}
    meant = {book.link(s.start, s.end) or book.antecedent(s.start, s.end) for s in offered}
    if span and there and not meant & there:
        yield _refused(span, field, f"is not the {field} that the sentence shows", book)


def _refused(span: Span, field: str, why: str, book: ActorBook) -> Rejection:
    words = book.document.text[span.start : span.end]
    return refusal("pledge", field, words, f"“{words}” {why}")


@dataclass(frozen=True, slots=True)
class _Described:
    """Words that mean an actor without naming it, its article included: "the Korean company"."""

    span: Span
    actor: str
    kind: ActorKind


def _described(span: Span, book: ActorBook) -> _Described | None:
    text = book.document.text
    start = (
        span.start - 4
        if text[max(0, span.start - 4) : span.start].casefold() == "the "
        else span.start
    )
    actor = book.antecedent(start, span.end)
    kind = next((a.kind for a in book.actors if a.id == actor), None)
    return _Described(Span(start, span.end), actor, kind) if actor and kind else None
