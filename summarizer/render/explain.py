"""Why each value of a brief stands, was lowered or went: a brief in, plain lines out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from summarizer.propositions import of_event, of_pledge
from summarizer.render.escape import for_terminal
from summarizer.render.markdown import in_words

if TYPE_CHECKING:
    from summarizer.brief import (
        Actor,
        Attribution,
        Brief,
        Change,
        Citation,
        Cited,
        DateValue,
        Event,
        Item,
        Participant,
        Place,
        Pledge,
    )
    from summarizer.propositions import Proposition

JUDGES = {"policy": "the policy", "reader": "the second reading"}


class _Value(NamedTuple):
    """A value of a record in words, and what it rests on."""

    field: str
    words: str
    citations: Sequence[Citation]


def explain(brief: Brief) -> str:
    """Return, for each value of *brief*, whose it is and where it stands, a line each.

    What was lowered or rejected follows with its reason. The lines are safe on a terminal.
    """
    lines = [f"{brief.document.id}: why each value stands"]
    for actor in brief.actors:
        lines += ["", f"actor {actor.id}: {actor.name}", *_reasons(actor, _of_actor(actor))]
        lines += _computed(country=actor.country)
    for event in brief.events:
        lines += ["", f"event {event.id}: {event.summary}", *_claims(of_event(event))]
        lines += _reasons(event, _of_event(event))
        lines += _computed(type=event.type, factuality=event.factuality, support=_judged(event))
    for pledge in brief.pledges:
        named = ", ".join(item.text for item in pledge.items)
        lines += ["", f"pledge {pledge.id}: {named}", *_claims(of_pledge(pledge))]
        lines += _reasons(pledge, _of_pledge(pledge))
        eligible = "yes" if pledge.sipri_eligible else "no"
        lines += _computed(
            factuality=pledge.factuality, kiel=pledge.kiel, sipri=eligible, support=_judged(pledge)
        )
    lines += _rejected(brief)
    return "\n".join(map(for_terminal, lines)) + "\n"


def _claims(propositions: Iterable[Proposition]) -> Iterator[str]:
    """Yield what the record comes to in plain words, as a second reader is asked."""
    for one in propositions:
        if one.field == "event" or one.field.startswith("items"):
            yield f"  claims: {one.text}"


def _judged(record: Event | Pledge) -> str:
    by = {"words": "its words", "reader": "a second reader", "both": "its words and a reader"}
    return f"{record.support} by {by[record.support_by]}"


def _reasons(record: Actor | Event | Pledge, values: Iterable[_Value]) -> Iterator[str]:
    told: set[int] = set()
    for value in values:
        lowered = [n for n, change in enumerate(record.changes) if _gave(change, value)]
        told.update(lowered)
        at = _sentences(value.citations)
        why = f"the model's, at {at}"
        if value.field in record.filled:
            why = f"filled by code from {at}"
        if lowered:
            why = _lowered(record.changes[lowered[-1]], at)
        yield f"  {in_words(value.field)} {value.words}: {why}"
    for change in (change for n, change in enumerate(record.changes) if n not in told):
        yield f"  {in_words(change.field)}: {_lowered(change)}"
    if record.review:
        review = record.review
        yield f"  reviewed by {review.reviewer}, {review.at}: {review.action}"


def _gave(change: Change, value: _Value) -> bool:
    """Whether *value* is what a change has left."""
    kept = in_words(change.kept or "")
    return change.field == value.field and kept in (value.words, value.words.strip("“”"))


def _lowered(change: Change, at: str | None = None) -> str:
    offered = _quoted(in_words(change.offered))
    where = f", at {at}," if at else ""
    verb = "lowered from" if change.kept else "taken out,"
    return f"{verb} the model's {offered}{where} by {JUDGES[change.by]}: {change.reason}"


def _computed(**codes: str | None) -> list[str]:
    told = ", ".join(f"{name} {in_words(code)}" for name, code in codes.items() if code)
    return [f"  computed by rule: {told}"] if told else []


def _rejected(brief: Brief) -> Iterator[str]:
    if brief.rejections:
        yield ""
        yield "what the model offered and is not in the brief"
    for each in brief.rejections:
        value = f" {_quoted(each.value)}" if each.value else ""
        yield f"  {each.kind} {each.field}{value}: {in_words(each.reason)}: {each.detail}"


def _of_actor(actor: Actor) -> Iterator[_Value]:
    yield _Value("name", _quoted(actor.name), actor.citations)
    yield _Value("kind", in_words(actor.kind), actor.citations)
    yield from _cited("rank", actor.rank)
    yield from _cited("position", actor.position)
    yield from _cited("affiliation", actor.affiliation)
    for label in actor.labels:
        yield _Value("labels", _quoted(label.text), label.citations)


def _of_event(event: Event) -> Iterator[_Value]:
    yield _Value("label", _quoted(event.label), event.citations)
    yield from _date("date", event.date)
    yield from _place("place", event.place)
    for each in event.participants:
        yield _Value("participants", _participant(each), each.citations)
    yield _Value("realis", event.realis, event.citations)
    yield _attribution(event.attribution)


def _of_pledge(pledge: Pledge) -> Iterator[_Value]:
    for field, parties in (("supplier", pledge.supplier), ("recipient", pledge.recipient)):
        for party in parties:
            yield _Value(field, _quoted(party.name), party.citations)
    for item in pledge.items:
        yield _Value("items", _item(item), item.citations)
    yield _Value("status", in_words(pledge.status), pledge.status_words.citations)
    yield from _cited("status_words", pledge.status_words)
    yield from _date("delivery", pledge.delivery)
    yield from _place("deployment", pledge.deployment)
    yield from _cited("purpose", pledge.purpose)
    yield from _cited("value", pledge.value)
    for field, several in (("conditions", pledge.conditions), ("exclusions", pledge.exclusions)):
        for cited in several:
            yield from _cited(field, cited)
    yield _attribution(pledge.attribution)


def _cited(field: str, value: Cited | None) -> Iterator[_Value]:
    if value:
        yield _Value(field, _quoted(value.value), value.citations)


def _date(field: str, value: DateValue | None) -> Iterator[_Value]:
    if value:
        meaning = f"= {value.edtf}" if value.edtf else "(left open)"
        yield _Value(field, f"{_quoted(value.text)} {meaning}", value.citations)


def _place(field: str, value: Place | None) -> Iterator[_Value]:
    if value:
        yield _Value(field, _quoted(value.name), value.citations)


def _participant(value: Participant) -> str:
    return f"{_quoted(value.name)} as {value.role}"


def _item(value: Item) -> str:
    several = "" if value.quantity_max in (None, value.quantity) else f" to {value.quantity_max}"
    count = "" if value.quantity is None else f" ({value.quantity}{several})"
    return f"{_quoted(value.text)}{count}"


def _attribution(value: Attribution) -> _Value:
    names = [name for name in (value.speaker, value.via) if name]
    who = f" {_quoted(' via '.join(names))}" if names else ""
    return _Value("attribution", f"{in_words(value.kind)}{who}", value.citations)


def _quoted(words: str) -> str:
    return f"“{words}”"


def _sentences(citations: Sequence[Citation]) -> str:
    numbers = sorted({citation.sentence for citation in citations})
    return f"sentence{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
