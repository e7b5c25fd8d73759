"""A reviewed brief -> gold annotation, so that anyone can measure a model on their own news.

What a person accepted, corrected or added must be found by whoever is scored against it (core);
what nobody has looked at may be (minor). What was rejected in review is not in the brief at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from summarizer.brief import Actor, Brief, Citation, DateValue, Event, Item, Party, Pledge

JsonObject = dict[str, Any]


def to_gold(brief: Brief) -> JsonObject:
    """Return the annotation that ``eval`` scores against, in the form of ``<stem>.gold.json``."""
    records: tuple[Actor | Event | Pledge, ...] = (*brief.actors, *brief.events, *brief.pledges)
    decided = sum(record.review is not None for record in records)
    return {
        "doc": f"{brief.document.id}.txt",
        "reviewed": {"records": len(records), "decided": decided},
        "actors": [_actor(actor) for actor in brief.actors],
        "events": [_event(event) for event in brief.events],
        "pledges": [_pledge(pledge) for pledge in brief.pledges],
    }


def _actor(actor: Actor) -> JsonObject:
    return {
        "name": actor.name,
        "kind": actor.kind,
        "role": actor.position.value if actor.position else None,
        "affiliation": actor.affiliation.value if actor.affiliation else None,
        "aliases": list(actor.aliases),
        **_told(actor),
    }


def _event(event: Event) -> JsonObject:
    return {
        "id": event.id,
        "what": event.summary,
        "type": event.label.replace(" ", "_"),
        **_date(event.date),
        "place": event.place.name if event.place else None,
        "participants": [participant.name for participant in event.participants],
        **_told(event),
    }


def _pledge(pledge: Pledge) -> JsonObject:
    return {
        "supplier": _side(pledge.supplier),
        "recipient": _side(pledge.recipient),
        "items": [_item(item) for item in pledge.items],
        "status": pledge.status,
        "reported_by": pledge.attribution.speaker,
        "timeframe": pledge.delivery.text if pledge.delivery else None,
        "conditions": "; ".join(cited.value for cited in pledge.conditions) or None,
        "deployment": pledge.deployment.name if pledge.deployment else None,
        "purpose": pledge.purpose.value if pledge.purpose else None,
        "value": pledge.value.value if pledge.value else None,
        **_told(pledge),
    }


def _item(item: Item) -> JsonObject:
    return {
        "name": item.text,
        "quantity": item.quantity,
        "quantity_max": item.quantity_max,
        "quantity_is_estimate": item.quantity_is_estimate,
    }


def _side(parties: Sequence[Party]) -> str | None:
    return " and ".join(party.name for party in parties) or None


def _date(date: DateValue | None) -> JsonObject:
    basis = None
    if date and date.edtf:
        basis = "text" if date.basis == "explicit" else "published"
    return {
        "date_text": date.text if date else None,
        "date_iso": date.edtf if date else None,
        "date_basis": basis,
    }


def _told(record: Actor | Event | Pledge) -> JsonObject:
    return {
        "evidence": _quotes(record.citations),
        "salience": "core" if record.review else "minor",
    }


def _quotes(citations: Iterable[Citation]) -> list[str]:
    return list(dict.fromkeys(citation.quote for citation in citations))
