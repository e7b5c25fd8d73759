"""From claims about supplies of equipment to the brief's pledges.

A later sentence that only says more of a supply ("The equipment will be deployed ...") adds to it
and makes no second one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace

from summarizer.brief import Pledge, Rejection
from summarizer.grounded import PledgeClaim
from summarizer.resolve.items import is_general, to_item
from summarizer.resolve.parties import find_parties
from summarizer.resolve.pledge_fields import Told, to_pledge
from summarizer.resolve.refusal import refusal
from summarizer.resolve.said import Report
from summarizer.resolve.sides import Parties, parties_named, recipient_of_the_aid
from summarizer.resolve.status import StatusFound, pledge_status
from summarizer.resolve.supply import goes_on_about_supply
from summarizer.source import Sentence, Span, Window, passages

REACH = 3
"""Sentences back that "the package" may refer to."""
_NOT_TO = re.compile(r"\s+(?:\w+\s+)?not\s+to\b")
_TOLD_NOT_TO = re.compile(r"\bnot\s+to\s+(?:\w{2,12}ly\s+)?$")
"""What stands before the verb: "decided not to send", "urged Berlin not to send"."""
_OFF_THE_RECORD = frozenset(("media_report", "state_media", "unnamed_official", "analyst"))
"""Whose word for a promise makes it a reported plan (domain.md, status ladder)."""


def resolve_pledges(
    claims: Sequence[PledgeClaim], report: Report
) -> tuple[tuple[Pledge, ...], tuple[Rejection, ...], tuple[str, ...]]:
    """Return the pledges of *claims* in order, ids "p1" onwards, with rejections and warnings."""
    told: list[Told] = []
    rejections: list[Rejection] = []
    for claim in sorted(claims, key=lambda c: c.sentence.id):
        new, refused = _told(claim, told, report)
        rejections += refused
        for one in new:
            if any(_is_told(one, other, report) for other in told):
                continue
            if told and _goes_on(one, told[-1], report):
                rejections += _told_already(one, told[-1], report)
                told[-1] = _joined(told[-1], one)
            else:
                told.append(one)
    whole = [_with_what_follows(one, told, report) for one in told]
    pledges = tuple(to_pledge(f"p{at}", one, report) for at, one in enumerate(whole, start=1))
    return pledges, tuple(rejections), tuple(_lowered(whole, pledges))


def _lowered(told: Sequence[Told], pledges: Sequence[Pledge]) -> Iterator[str]:
    """Yield a warning for each status that the model gave and the words do not bear out."""
    for one, pledge in zip(told, pledges, strict=True):
        claimed = one.claim.status
        if claimed and claimed != pledge.status:
            yield (
                f"{pledge.id}: the model's status “{claimed}” became “{pledge.status}”, which is "
                f"what “{pledge.status_words.value}” bears out"
            )


def _told(
    claim: PledgeClaim, earlier: Sequence[Told], report: Report
) -> tuple[list[Told], list[Rejection]]:
    """Return the supplies that a claim comes to, one a status, and what cannot be kept of it."""
    window = _passage(claim, report)
    goods, rejections = claim.items, list[Rejection]()
    if not goods:
        return [], rejections + _dropped(claim, "names no equipment that is supplied", report)
    text = report.document.text
    told: list[Told] = []
    for stated, status, spans in _by_status(claim.sentence, goods, report):
        cue = Span(spans[0].start, spans[0].start)
        if status and stated == claim.sentence:
            cue = _moved(status, stated)
            if _NOT_TO.match(text, cue.end) or _TOLD_NOT_TO.search(text, stated.start, cue.start):
                rejections += _dropped(claim, "says that none will be supplied", report)
                continue
        parties, unfit = find_parties(claim, cue, report.book)
        rejections += unfit
        before = earlier[-1].parties if earlier else Parties()
        if status and stated != claim.sentence:
            before = parties_named(stated, _moved(status, stated), report.book)
        parties = _completed(parties, before, claim, report)
        talks = status is not None and status.status == "discussed"
        if (
            not parties.supplier
            and not parties.recipient
            and not (talks or _by_official(claim, report))
        ):
            why = "names nobody who supplies or receives equipment"
            rejections += _dropped(claim, why, report)
            continue
        items = tuple(to_item(span, report.document.text, report.cite) for span in spans)
        run = window.sentences if stated == claim.sentence else (stated, *window.sentences)
        told.append(Told(run, parties, items, status, stated, claim))
    return told, list(dict.fromkeys(rejections))


def _by_official(claim: PledgeClaim, report: Report) -> bool:
    """Tell whether a person speaks for a party that the sentence leaves unnamed."""
    persons = {actor.id for actor in report.book.actors if actor.kind == "person"}
    offered = (claim.supplier, claim.recipient)
    return any(span and report.book.link(span.start, span.end) in persons for span in offered)


def _by_status(
    sentence: Sentence, goods: Sequence[Span], report: Report
) -> Iterator[tuple[Sentence, StatusFound | None, list[Span]]]:
    """Yield the goods that share a status: "has handed over X and will add Y" has two."""
    groups: dict[str | None, tuple[Sentence, StatusFound | None, list[Span]]] = {}
    for span in goods:
        stated, found = _status_of(sentence, span.start - sentence.start, report)
        group = groups.setdefault(found.status if found else None, (stated, found, []))
        group[2].append(span)
    yield from groups.values()


def _moved(found: StatusFound, sentence: Sentence) -> Span:
    return Span(sentence.start + found.start, sentence.start + found.end)


def _passage(claim: PledgeClaim, report: Report) -> Window:
    """Return the claim's sentence and the list that it introduces, as far as it is asked about."""
    last = max((span.end for span in claim.items), default=claim.sentence.end)
    run = tuple(s for s in report.sentences if claim.sentence.start <= s.start < last)
    if claim.sentence.text.endswith(":"):
        run = next((p for p in passages(report.sentences) if p[0] == claim.sentence), run)
    return Window(report.document, run or (claim.sentence,))


def _status_of(
    sentence: Sentence, near: int, report: Report
) -> tuple[Sentence, StatusFound | None]:
    """Return the status of goods named in *sentence*, and where it is stated.

    A sentence that goes on about a supply ("The package includes ...") without a status of its
    own has that of the sentences before.
    """
    found = _status_in(sentence, near if 0 <= near < len(sentence.text) else None, report)
    if found or not goes_on_about_supply(sentence.text):
        return sentence, found
    for earlier in reversed(
        [s for s in report.sentences if s.id < sentence.id and s.kind == "body"]
    ):
        if sentence.id - earlier.id > REACH:
            break
        if found := _status_in(earlier, None, report):
            return earlier, found
    return sentence, None


def _status_in(sentence: Sentence, near: int | None, report: Report) -> StatusFound | None:
    off_the_record = report.attribution(sentence).kind in _OFF_THE_RECORD
    return pledge_status(sentence.text, official=False if off_the_record else None, near=near)


def _completed(parties: Parties, before: Parties, claim: PledgeClaim, report: Report) -> Parties:
    """Fill a party that the sentence leaves open with the one that the text has named."""
    going_on = goes_on_about_supply(claim.sentence.text)
    supplier, recipient = parties.supplier, parties.recipient
    if going_on:
        supplier = supplier or before.supplier
        recipient = recipient or before.recipient
    if not recipient and supplier:
        aided = recipient_of_the_aid(claim.sentence.start, report.book)
        book = report.book
        givers = {book.link(s.start, s.end) for s in supplier}
        if aided and book.link(aided.start, aided.end) not in givers:
            recipient = (aided,)
    return Parties(supplier, recipient)


def _goes_on(one: Told, last: Told, report: Report) -> bool:
    """Tell whether *one* is the supply of *last*, told further: never with another status."""
    first = one.claim.sentence
    goes_on = bool(goes_on_about_supply(first.text))
    if first.id - last.sentences[-1].id > REACH:
        return False
    differ = _parties_differ(one, last, report)
    if goes_on and _is_vague(one):
        return not all(differ)
    if any(differ):
        return False
    if one.status and last.status and one.status.status != last.status.status:
        return False
    return goes_on or (one.status is not None and one.status.status == "denied")


def _is_told(one: Told, other: Told, report: Report) -> bool:
    """Tell whether *other* has all that *one* says, from the same sentence."""
    if one.claim.sentence != other.claim.sentence or any(_parties_differ(one, other, report)):
        return False
    return set(one.items) <= set(other.items)


def _is_vague(one: Told) -> bool:
    return all(map(is_general, one.items))


def _parties_differ(one: Told, last: Told, report: Report) -> tuple[bool, bool]:
    """Tell whether the suppliers, and whether the recipients, are others in *one* and *last*."""

    def ids(spans: Iterable[Span]) -> set[str | None]:
        return {report.book.link(span.start, span.end) for span in spans}

    suppliers = ids(one.parties.supplier), ids(last.parties.supplier)
    recipients = ids(one.parties.recipient), ids(last.parties.recipient)
    return _are_others(*suppliers), _are_others(*recipients)


def _are_others(new: set[str | None], old: set[str | None]) -> bool:
    return bool(new and old) and not new & old


def _joined(last: Told, one: Told) -> Told:
    """Add what *one* says more; named kinds take the place of "military equipment"."""
    items = last.items
    if all(map(is_general, items)) and not all(map(is_general, one.items)):
        items = ()
    known = {item.text.casefold() for item in items}
    added = tuple(
        item
        for item in one.items
        if item.text.casefold() not in known and not (items and is_general(item))
    )
    return replace(
        last,
        sentences=(*last.sentences, *one.sentences),
        items=items + added,
        parties=Parties(
            last.parties.supplier or one.parties.supplier,
            last.parties.recipient or one.parties.recipient,
        ),
        status=last.status or one.status,
        stated=last.stated if last.status else one.stated,
    )


def _with_what_follows(one: Told, told: Sequence[Told], report: Report) -> Told:
    """Add the next sentences that go on about the supply and are no supply of their own."""
    taken = {s.id for other in told for s in other.sentences}
    sentences = list(one.sentences)
    for sentence in report.sentences:
        if sentence.id != sentences[-1].id + 1:
            continue
        if sentence.id in taken or not goes_on_about_supply(sentence.text):
            break
        sentences.append(sentence)
    return replace(one, sentences=tuple(sentences))


def _dropped(claim: PledgeClaim, why: str, report: Report) -> list[Rejection]:
    """Return the rejections of all that is left of a supply that is none."""
    offered = [
        (field, span) for field in fields(claim) for span in _spans_of(getattr(claim, field.name))
    ]
    return [
        refusal("pledge", field.name, report.words(span), f"sentence {claim.sentence.id} {why}")
        for field, span in offered
    ]


def _told_already(one: Told, last: Told, report: Report) -> Iterator[Rejection]:
    """Yield what the model gave for a sentence that goes on, of which the first telling stands."""
    kept = ("supplier", "recipient", "items")
    first = last.sentences[0].id
    for field in fields(one.claim) if one.claim != last.claim else ():
        for span in _spans_of(getattr(one.claim, field.name)):
            if field.name not in kept:
                detail = f"the supply is told in sentence {first}; what that says of it stands"
                yield refusal("pledge", field.name, report.words(span), detail, "duplicate")


def _spans_of(value: object) -> tuple[Span, ...]:
    """Return the places that a claim's field holds: one, several, or none."""
    values = value if isinstance(value, tuple) else (value,)
    return tuple(span for span in values if isinstance(span, Span))
