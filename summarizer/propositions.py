"""A record -> the plain sentences that it comes to, each with its rivals and what it rests on.

Whether a report says what a record claims can be asked of a reader, a model or a person, only in
words: "Norland attacked Sudoria". A rival is what a careless reading would make of the same words:
the sides swapped, a step further, denied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.brief import (
    LADDER,
    Actor,
    Brief,
    Citation,
    Event,
    Participant,
    Party,
    Pledge,
    Realis,
    Statement,
)
from summarizer.language import table

FIRST_ROLES = frozenset(("actor", "perpetrator", "signatory", "speaker", "visitor", "supplier"))
"""Roles of those who do it; the others are those whom it is done to, or are only about."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """One sentence that a *field* of a record comes to.

    ``sentences`` are the ids of those that the values cite; ``names`` tells whom a pronoun in them
    means; ``record`` is the record's id, or "s1" for the first line of the summary. ``rivals`` are
    there only where they were asked for.
    """

    record: str
    field: str
    text: str
    sentences: tuple[int, ...]
    rivals: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def propositions(brief: Brief) -> tuple[Proposition, ...]:
    """Return what all records of *brief* come to, in their order."""
    return (
        *(of_line(number, line) for number, line in enumerate(brief.summary, start=1)),
        *(one for actor in brief.actors for one in of_actor(actor)),
        *(one for event in brief.events for one in of_event(event)),
        *(one for pledge in brief.pledges for one in of_pledge(pledge)),
    )


def of_line(number: int, line: Statement) -> Proposition:
    """Return a line of the summary, which is a sentence already."""
    return Proposition(f"s{number}", "summary", line.text, _sentences(line.citations))


def of_actor(actor: Actor) -> Iterator[Proposition]:
    """Yield the office of a person and whose it is."""
    for field, cited in (("position", actor.position), ("affiliation", actor.affiliation)):
        if cited:
            text = circumstance(field, cited.value, name=actor.name)
            yield Proposition(actor.id, field, text, _sentences(cited.citations))


def of_event(event: Event, *, rivals: bool = False) -> Iterator[Proposition]:
    """Yield the deed with who took part in it, then when, where and who says so."""
    first, others = _sides(event)
    clause = _deed(event, first, others, event.realis)
    cited = [*event.citations, *(c for p in event.participants for c in p.citations)]
    names = tuple(_names(event.participants))
    told = _sentences(cited)
    wrong = tuple(_rivals_of_event(event, first, others)) if rivals else ()
    yield Proposition(event.id, "event", _sentence(clause), told, wrong, names)
    for field, value in (("date", event.date), ("place", event.place)):
        if value:
            words = value.text if field == "date" else value.name  # type: ignore[union-attr]
            text = circumstance(field, words, clause=clause)
            cites = _sentences([*cited, *value.citations])
            yield Proposition(event.id, field, text, cites, (), names)
    yield from _said(event, clause, cited, names)


def of_pledge(pledge: Pledge, *, rivals: bool = False) -> Iterator[Proposition]:
    """Yield how far the supply of each item has come, from whom to whom; then who says so."""
    sides = {
        "supplier": _listed(pledge.supplier, "supplier"),
        "recipient": _listed(pledge.recipient, "recipient"),
    }
    parties = (*pledge.supplier, *pledge.recipient)
    cited = [*pledge.citations, *(c for p in parties for c in p.citations)]
    cited += pledge.status_words.citations
    names = tuple(_names(parties))
    forms = table("propositions")["pledge"]
    for number, item in enumerate(pledge.items):
        clause = forms[pledge.status].format(goods=item.text, **sides)
        wrong = _rivals_of_pledge(pledge, item.text, sides) if rivals else ()
        told = _sentences([*cited, *item.citations])
        field = f"items[{number}]"
        others = tuple(map(_sentence, wrong))
        yield Proposition(pledge.id, field, _sentence(clause), told, others, names)
    goods = ", ".join(item.text for item in pledge.items)
    clause = forms[pledge.status].format(goods=goods, **sides)
    yield from _said(pledge, clause, cited, names)


def _said(
    record: Event | Pledge,
    clause: str,
    cited: Sequence[Citation],
    names: tuple[tuple[str, str], ...],
) -> Iterator[Proposition]:
    said = record.attribution
    speaks = {p.name for p in record.participants} if isinstance(record, Event) else set()
    if said.speaker is None or said.speaker in speaks:
        return
    text = circumstance("speaker", said.speaker, clause=clause)
    cites = _sentences([*cited, *said.citations])
    yield Proposition(record.id, "attribution", text, cites, (), names)


def _sides(event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who did it and whom it was done to; bystanders take part in neither."""
    # Two signatories or two sides of talks share a role: they stand together, as the first side.
    first = [p.name for p in event.participants if p.role in FIRST_ROLES]
    other = [p.name for p in event.participants if p.role not in (*FIRST_ROLES, "other")]
    about = [p.name for p in event.participants if p.role == "other"]
    return tuple(first or about), tuple(other or (about if first and _is_about(event) else ()))


def _is_about(event: Event) -> bool:
    """Tell whether "other" is the role of the kind's other side, not of a bystander."""
    lowered = any(change.field == "role" for change in event.changes)
    return not lowered and event.label in ("statement", "report", "denial", "procurement", "launch")


def _deed(event: Event, first: Sequence[str], others: Sequence[str], realis: Realis) -> str:
    """Return the clause: "Norland will attack Sudoria"."""
    forms: Mapping[str, Any] = table("propositions")["event"].get(event.label, {})
    noun = forms.get("noun", event.label)
    if not (first or others):
        return str(table("propositions")["nobody"][realis]).format(noun=noun)
    who = _together(first or others)
    took_part = (f"took part in {noun}", f"take part in {noun}")
    if first and others and "verb" in forms:
        whom = _together(others)
        did, do = (f"{form} {whom}" for form in forms["verb"])
    elif first:
        did, do = forms.get("alone", took_part)
    else:
        did, do = forms.get("undergo", took_part)
    return str(table("propositions")["realis"][realis]).format(who=who, did=did, do=do)


def _rivals_of_event(event: Event, first: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    forms = table("propositions")["event"].get(event.label, {})
    if first and others and not forms.get("together"):
        yield _sentence(_deed(event, others, first, event.realis))
    opposite: Realis = "denied" if event.realis in ("actual", "ongoing") else "actual"
    yield _sentence(_deed(event, first, others, opposite))


def _rivals_of_pledge(pledge: Pledge, goods: str, sides: Mapping[str, str]) -> Iterator[str]:
    forms = table("propositions")["pledge"]
    if pledge.supplier and pledge.recipient:
        swapped = {"supplier": sides["recipient"], "recipient": sides["supplier"]}
        yield forms[pledge.status].format(goods=goods, **swapped)
    if pledge.status in LADDER:
        at = LADDER.index(pledge.status)
        nearest = [LADDER[n] for n in (at - 1, at + 1) if 0 <= n < len(LADDER)]
        for status in dict.fromkeys((*nearest, "delivered", "denied")):
            if status != pledge.status:
                yield forms[status].format(goods=goods, **sides)


def _names(parties: Iterable[Participant | Party]) -> Iterator[tuple[str, str]]:
    """Yield the words that stand for a party named elsewhere, and its name: ("They", "Norland")."""
    for party in parties:
        for citation in party.citations[1:]:
            if citation.quote.casefold() != party.name.casefold():
                yield citation.quote, party.name


def _listed(parties: Sequence[Party], side: str) -> str:
    names = [party.name for party in parties]
    return _together(names) if names else str(table("propositions")["nameless"][side])


def _together(names: Sequence[str]) -> str:
    *before, last = dict.fromkeys(" ".join(name.split()) for name in names)
    return f"{', '.join(before)} and {last}" if before else last


def circumstance(field: str, value: str, **slots: str) -> str:
    """Return the sentence that *value* is when, where, whose word or which office."""
    form = str(table("propositions")["circumstance"][field])
    return _sentence(form.format(value=" ".join(value.split()), **slots))


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


def _sentences(citations: Iterable[Citation]) -> tuple[int, ...]:
    return tuple(sorted({citation.sentence for citation in citations}))
