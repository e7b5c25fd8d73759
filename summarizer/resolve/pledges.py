"""From claims about transfers of equipment to the brief's pledges.

A claim is a pledge once its goods are goods. What the model left open stays open, but for what the
profile lets code fill in from the words around the goods.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from summarizer.annotations import Predicate
from summarizer.brief import Change, Cited, Item, Party, Pledge, PledgeStatus, Rejection
from summarizer.claims import PledgeClaim
from summarizer.language import listed
from summarizer.resolve.anchors import pledge_anchor
from summarizer.resolve.factuality import factuality
from summarizer.resolve.items import is_general, split_items, to_item
from summarizer.resolve.parties import members
from summarizer.resolve.policy import judge
from summarizer.resolve.refusal import refusal
from summarizer.resolve.report import Report
from summarizer.resolve.status import REALIS_OF, kiel, sipri_eligible
from summarizer.resolve.terms import fill_terms, governed_from
from summarizer.source import Span
from summarizer.speakers import is_pronoun


@dataclass(frozen=True, slots=True)
class Told:
    """A transfer before it gets its id: its claim, judged, and what became of its values."""

    claim: PledgeClaim
    items: tuple[Item, ...]
    status: PledgeStatus
    anchor: Predicate | None
    changes: tuple[Change, ...]
    filled: tuple[str, ...] = ()


def resolve_pledges(
    claims: Sequence[PledgeClaim], report: Report
) -> tuple[tuple[Pledge, ...], tuple[Rejection, ...]]:
    """Return the pledges of *claims* in order, ids "p1" onwards, with what was rejected."""
    told: list[Told] = []
    rejections: list[Rejection] = []
    for claim in sorted(claims, key=lambda c: c.sentence.id):
        one, refused = _told(claim, report)
        rejections += refused
        if one is None:
            continue
        earlier = next((t for t in told if _is_same(one, t, report)), None)
        if earlier is not None:
            told[told.index(earlier)] = _joined(earlier, one)
            rejections += _told_already(one, earlier, report)
        elif _names_nobody(one, report):
            detail = f"sentence {claim.sentence.id} names nobody who supplies or receives it"
            rejections += _refused(one.claim, detail, report)
        else:
            told.append(one)
    pledges = tuple(_pledge(f"p{at}", one, report) for at, one in enumerate(told, start=1))
    return pledges, tuple(rejections)


def _told(claim: PledgeClaim, report: Report) -> tuple[Told | None, list[Rejection]]:
    """Return the claim with each value judged, or None when no goods are left."""
    kept: dict[str, Any] = {}
    rejections: list[Rejection] = []
    for field in ("supplier", "recipient", "value"):
        value = getattr(claim, field)
        if value is not None:
            verdict = judge("pledge", field, value, claim, report)
            kept[field] = verdict.value
            if verdict.value is not None and not _may_be_side(field, verdict.value, report):
                kept[field] = None
                why = f"“{report.words(value)}” is nobody's name, or speaks for a side"
                rejections.append(refusal("pledge", field, report.words(value), why))
            rejections += filter(None, (verdict.rejection,))
    goods = [judge("pledge", "items", span, claim, report) for span in claim.items]
    rejections += [verdict.rejection for verdict in goods if verdict.rejection]
    kept["items"] = tuple(
        one
        for verdict in goods
        if verdict.value is not None
        for one in _members(verdict.value, report)
    )
    claim = replace(claim, **kept)
    if not claim.items:
        detail = f"sentence {claim.sentence.id} names no equipment that is transferred"
        return None, rejections + _refused(claim, detail, report)
    filled = claim.proposed
    if not report.profile.whole:
        claim, terms = fill_terms(claim, report.annotations)
        filled += terms
    status, changes, more = _status(claim, report)
    items = tuple(to_item(span, report.document.text, report.cite) for span in claim.items)
    anchor = pledge_anchor(claim, report)
    return Told(claim, items, status, anchor, changes, filled + more), rejections


def _may_be_side(field: str, span: Span, report: Report) -> bool:
    """Tell whether the parse's party can be one: no person, no pronoun for nobody knows whom."""
    if report.profile.whole or field == "value":
        return True
    actor = report.actor(report.link(span))
    if actor is not None:
        return actor.kind != "person"
    head = report.reading(span).head_of(span)
    offices = listed("names", "titles", "heads")
    return not is_pronoun(report.words(span)) and (head is None or head.lemma not in offices)


def _members(goods: Span, report: Report) -> tuple[Span, ...]:
    """Return the goods of a list; a model that read the whole report has told them apart itself."""
    return (goods,) if report.profile.whole else split_items(goods, report.reading(goods))


def _status(
    claim: PledgeClaim, report: Report
) -> tuple[PledgeStatus, tuple[Change, ...], tuple[str, ...]]:
    """Return the claimed status as far as the words allow; open is unclear."""
    if claim.status is None:
        return "unclear", (), ("status",)
    verdict = judge("pledge", "status", claim.status, claim, report)
    return verdict.value, (verdict.change,) if verdict.change else (), ()


def _names_nobody(told: Told, report: Report) -> bool:
    """Tell whether a small model's transfer lacks its parties: its goods may be for anything.

    One that is not said how far it has come, or unnamed goods that are denied, need both.
    """
    parties = [span for span in (told.claim.supplier, told.claim.recipient) if span]
    vague = told.status == "denied" and all(map(is_general, told.items))
    needed = 2 if told.status == "unclear" or vague else 1
    return not report.profile.whole and len(parties) < needed


def _refused(claim: PledgeClaim, detail: str, report: Report) -> list[Rejection]:
    """Return the rejections of all that is left of a transfer that is none."""
    return [refusal("pledge", field, report.words(span), detail) for field, span in _offered(claim)]


def _offered(claim: PledgeClaim) -> Iterator[tuple[str, Span]]:
    for field in fields(claim):
        value = getattr(claim, field.name)
        for span in value if isinstance(value, tuple) else (value,):
            if isinstance(span, Span):
                yield field.name, span


def _is_same(one: Told, other: Told, report: Report) -> bool:
    """Tell whether *other* tells of this transfer: same status and parties, and goods in common.

    Sentence by sentence, general goods ("the equipment") are those told of shortly before.
    """
    if one.status != other.status or _parties_differ(one.claim, other.claim, report):
        return False
    near = abs(one.claim.sentence.id - other.claim.sentences[-1].id) <= REACH
    if not report.profile.whole and near and all(map(is_general, one.items)):
        return True
    new, old = _goods(one), _goods(other)
    return new <= old or (old <= new and near)


REACH = 3
"""Sentences back that "the package" may refer to."""


def _goods(told: Told) -> set[str]:
    return {item.text.casefold() for item in told.items}


def _parties_differ(one: PledgeClaim, other: PledgeClaim, report: Report) -> bool:
    for field in ("supplier", "recipient"):
        new, old = getattr(one, field), getattr(other, field)
        if new is None or old is None:
            continue
        if _who(new, report) != _who(old, report):
            return True
    return False


def _who(party: Span, report: Report) -> str:
    """Return the actor's id, or the words where they name none."""
    return report.link(party) or report.words(party).casefold()


def _joined(earlier: Told, later: Told) -> Told:
    """Return *earlier* with what *later* says more."""
    first, second = earlier.claim, later.claim
    known = _goods(earlier)
    added = tuple(i for i in later.items if i.text.casefold() not in known and not is_general(i))
    open_fields = {
        field.name: getattr(second, field.name)
        for field in fields(first)
        if getattr(first, field.name) in (None, ()) and field.name != "status"
    }
    sentences = tuple(dict.fromkeys((*first.sentences, *second.sentences)))
    return replace(
        earlier,
        claim=replace(first, **{**open_fields, "sentences": sentences}),
        items=earlier.items + added,
    )


def _told_already(one: Told, earlier: Told, report: Report) -> Iterator[Rejection]:
    """Yield what the model gave for a second telling, of which the first one's stands."""
    detail = f"the transfer is told in sentence {earlier.claim.sentence.id}; what that says stands"
    for field, span in _offered(one.claim):
        if field not in ("supplier", "recipient", "items") and getattr(earlier.claim, field):
            yield refusal("pledge", field, report.words(span), detail, "duplicate")


def _pledge(identifier: str, told: Told, report: Report) -> Pledge:
    claim = told.claim
    attribution = report.attribution_of(claim.sentences, claim.said_by)
    words, found = _status_words(told, report)
    complete = claim.supplier and claim.recipient and told.status != "unclear"
    filled = told.filled + (("status_words",) if found else ())
    if claim.said_by is None and attribution.kind != "own_voice":
        filled = (*filled, "attribution")
    return Pledge(
        id=identifier,
        supplier=_parties(claim.supplier, report),
        recipient=_parties(claim.recipient, report),
        items=told.items,
        status=told.status,
        status_words=words,
        delivery=report.date(claim.delivery) if claim.delivery else None,
        deployment=report.place(claim.deployment) if claim.deployment else None,
        purpose=report.cited(claim.purpose) if claim.purpose else None,
        conditions=tuple(map(report.cited, claim.conditions)),
        exclusions=tuple(map(report.cited, claim.exclusions)),
        value=report.cited(claim.value) if claim.value else None,
        attribution=attribution,
        factuality=factuality(REALIS_OF[told.status], attribution.kind, attribution.hedge),
        kiel=kiel(told.status, told.items),
        sipri_eligible=sipri_eligible(told.status),
        support="supported" if complete else "partial",
        filled=filled,
        changes=told.changes,
        review=None,
        citations=report.cite.whole(claim.sentences),
    )


def _status_words(told: Told, report: Report) -> tuple[Cited, bool]:
    """Return the words that carry the status, and whether code found them."""
    if told.claim.status_words is not None:
        return report.cited(told.claim.status_words), False
    if told.anchor is None:
        sentence = told.claim.sentence
        return report.cited(Span(sentence.start, sentence.end)), True
    words = told.anchor.words
    cause = told.anchor.cause or words  # "plans to supply", "will deliver no tanks"
    start = governed_from(words, report.annotations.of(told.anchor.sentence))
    return report.cited(Span(min(start, cause.start), max(words.end, cause.end))), True


def _parties(span: Span | None, report: Report) -> tuple[Party, ...]:
    """Return whom the words name: one, or each of those joined in them ("Norway and Denmark")."""
    if span is None:
        return ()
    return tuple(
        Party(
            name=report.words(report.naming(one)[0]),
            actor=report.link(one),
            citations=tuple(map(report.cite.span, report.naming(one))),
        )
        for one in members(span, report)
    )
