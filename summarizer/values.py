"""The values of a record, one by one: in words, and where each of them stands.

What ``--explain`` gives its reasons for, what the page shows, and what a reviewer decides on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.brief import (
    Actor,
    Attribution,
    Citation,
    Cited,
    DateValue,
    Event,
    Item,
    Participant,
    Place,
    Pledge,
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of *field*: its words, what code adds to them, and what it rests on.

    *verbatim* tells that the words are the report's own, not a code; *at* is the value's place in
    the record's list of that field, None where the field is no list.
    """

    field: str
    words: str
    citations: Sequence[Citation]
    verbatim: bool = True
    note: str = ""
    at: int | None = None


def values_of(record: Actor | Event | Pledge) -> tuple[Value, ...]:
    """Return all values of *record* in the order in which a reader wants to know them."""
    match record:
        case Actor():
            return tuple(_of_actor(record))
        case Event():
            return tuple(_of_event(record))
        case Pledge():
            return tuple(_of_pledge(record))


def _of_actor(actor: Actor) -> Iterator[Value]:
    yield Value("name", actor.name, actor.citations)
    yield Value("kind", actor.kind, actor.citations, verbatim=False)
    yield from _cited("rank", actor.rank)
    yield from _cited("position", actor.position)
    yield from _cited("affiliation", actor.affiliation)
    for at, label in enumerate(actor.labels):
        yield Value("labels", label.text, label.citations, at=at)


def _of_event(event: Event) -> Iterator[Value]:
    yield Value("label", event.label, event.citations)
    yield from _date("date", event.date)
    yield from _place("place", event.place)
    for at, each in enumerate(event.participants):
        yield Value("participants", each.name, each.citations, note=_role(each), at=at)
    yield Value("realis", event.realis, event.citations, verbatim=False)
    yield _attribution(event.attribution)


def _of_pledge(pledge: Pledge) -> Iterator[Value]:
    for field, parties in (("supplier", pledge.supplier), ("recipient", pledge.recipient)):
        for at, party in enumerate(parties):
            yield Value(field, party.name, party.citations, at=at)
    for at, item in enumerate(pledge.items):
        yield Value("items", item.text, item.citations, note=_count(item), at=at)
    words = pledge.status_words
    yield Value("status", pledge.status, words.citations, verbatim=False)
    yield from _cited("status_words", words)
    yield from _date("delivery", pledge.delivery)
    yield from _place("deployment", pledge.deployment)
    yield from _cited("purpose", pledge.purpose)
    yield from _cited("value", pledge.value)
    for field, several in (("conditions", pledge.conditions), ("exclusions", pledge.exclusions)):
        for at, cited in enumerate(several):
            yield Value(field, cited.value, cited.citations, at=at)
    yield _attribution(pledge.attribution)


def _cited(field: str, value: Cited | None) -> Iterator[Value]:
    if value:
        yield Value(field, value.value, value.citations)


def _date(field: str, value: DateValue | None) -> Iterator[Value]:
    if value:
        meaning = f"= {value.edtf}" if value.edtf else "(left open)"
        yield Value(field, value.text, value.citations, note=meaning)


def _place(field: str, value: Place | None) -> Iterator[Value]:
    if value:
        yield Value(field, value.name, value.citations)


def _role(participant: Participant) -> str:
    return f"as {participant.role}"


def _count(item: Item) -> str:
    several = "" if item.quantity_max in (None, item.quantity) else f" to {item.quantity_max}"
    return "" if item.quantity is None else f"({item.quantity}{several})"


def _attribution(said: Attribution) -> Value:
    who = " via ".join(name for name in (said.speaker, said.via) if name)
    kind = said.kind
    return Value(
        "attribution", kind, said.citations, verbatim=False, note=f"“{who}”" if who else ""
    )
