"""Events and pledges as PLOVER-like records, a line of JSON each.

Types are those of the PLOVER manual 2.0, with its auxiliary modes; ``text`` and ``cite_info`` are
its objects for the words and where they were published. A pledge is the event that its status
makes it: asked for is REQUEST, signed SUPPORT, promised AGREE, given AID, stopped SANCTION.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from summarizer.brief import PledgeStatus, Plover, Realis
from summarizer.export.lines import JsonObject, to_lines
from summarizer.export.table import Cite, Row, Source, Table, When, Who, Written

_AUXILIARY: Mapping[Realis, str | None] = {
    "actual": None,
    "ongoing": None,
    "planned": "future",
    "hypothetical": "hypothetical",
    "denied": "negation",
}
_STATUSES: Mapping[PledgeStatus, tuple[Plover, str | None, str | None]] = {
    "requested": ("REQUEST", "assist", None),
    "discussed": ("CONSULT", None, None),
    "offered": ("AGREE", None, None),
    "reported_planned": ("AGREE", None, "future"),
    "pledged": ("AGREE", None, None),
    "approved": ("AGREE", None, None),
    "signed": ("SUPPORT", None, None),
    "partly_delivered": ("AID", None, None),
    "delivered": ("AID", None, None),
    "suspended": ("SANCTION", None, None),
    "cancelled": ("SANCTION", None, None),
    "denied": ("AGREE", None, "negation"),
}
"""Status -> type, mode, auxiliary mode."""
_TARGETS = frozenset(("recipient", "victim", "host"))


def write(table: Table, *, everything: bool = False) -> Written:
    """Return a line for each event and pledge; of an unclear status no type follows.

    With *everything* those are lines without a type.
    """
    entries, left_out = [], Counter[str]()
    for row in table.of("event", "pledge"):
        entry = _event(row) if row.kind == "event" else _pledge(row)
        if entry["event_type"] is None and not everything:
            left_out["pledge of unclear status"] += 1
        else:
            entries.append(entry)
    return Written(to_lines(entries), len(entries), left_out)


def _event(row: Row) -> JsonObject:
    actors = [who for who in row.who if who.role not in _TARGETS]
    recipients = [who for who in row.who if who.role in _TARGETS]
    auxiliary = _AUXILIARY[row.realis] if row.realis else None
    entry = _entry(row, (row.plover, None, auxiliary), actors, recipients)
    return {**entry, "label": row.label, "summary": row.summary, **_proof(row)}


def _pledge(row: Row) -> JsonObject:
    coded = _STATUSES.get(row.status) if row.status else None
    actors, recipients = list(row.supplier), list(row.recipient)
    if row.status == "requested":  # it is who wants it that acts
        actors, recipients = recipients, actors
    entry = _entry(row, coded or (None, None, None), actors, recipients)
    items = [
        {
            "text": item.text,
            "category": item.category,
            "quantity": item.quantity,
            "quantity_max": item.quantity_max,
            "quantity_is_estimate": item.quantity_is_estimate,
            "unit": item.unit,
        }
        for item in row.items
    ]
    return {**entry, "status": row.status, "items": items, **_proof(row)}


def _entry(
    row: Row,
    coded: tuple[Plover | None, str | None, str | None],
    actors: list[Who],
    recipients: list[Who],
) -> JsonObject:
    kind, mode, auxiliary = coded
    return {
        "id": row.key,
        "record": row.id,
        "kind": row.kind,
        "date": _day(row.date if row.kind == "event" else row.delivery),
        "event_type": kind,
        "mode": mode,
        "auxiliary_mode": auxiliary,
        "actors": [_party(who) for who in actors],
        "recipients": [_party(who) for who in recipients],
        "location": {"extracted_place": row.place, "country": row.place_country}
        if row.place
        else None,
        "attributed_to": list(row.said_by),
        "factuality": row.factuality,
        "credibility": row.credibility,
        "conflicts": list(row.conflicts),
    }


def _party(who: Who) -> JsonObject:
    return {"text": who.name, "actor": who.actor, "country": who.country, "role": who.role}


def _day(date: When | None) -> JsonObject | None:
    return {"text": date.text, "edtf": date.edtf} if date else None


def _proof(row: Row) -> JsonObject:
    return {
        "text": [_words(cite) for cite in row.citations],
        "cite_info": [_published(report) for report in row.reports],
    }


def _words(cite: Cite) -> JsonObject:
    return {
        "field": cite.field,
        "document": cite.source.id,
        "sequence": cite.sentence,
        "text": cite.quote,
        "start": cite.start,
        "end": cite.end,
    }


def _published(report: Source) -> JsonObject:
    return {
        "document": report.id,
        "sha256": report.sha256,
        "citation": report.told,
        "url": report.link,
        "title": report.title,
        "publication": report.publisher,
        "publication_date": report.published,
        "language": report.language,
    }
