"""Timeline and ledger: fused records in, rows in order out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.dossier import FusedEvent, FusedPledge, LedgerRow, Timeline, TimelineEntry
from summarizer.fuse.dates import date_bounds


def order_events(events: Iterable[FusedEvent]) -> Timeline:
    """Return events by their first and last possible day; open dates and years stay apart."""
    dated: list[TimelineEntry] = []
    open_: list[tuple[str, str]] = []
    for event in events:
        edtf = event.date.edtf if event.date else None
        bounds = date_bounds(edtf)
        if bounds:
            dated.append(TimelineEntry(event=event.id, earliest=bounds[0], latest=bounds[1]))
        else:
            open_.append((edtf or "~", event.id))
    return Timeline(
        dated=tuple(sorted(dated, key=lambda entry: (entry.earliest, entry.latest, entry.event))),
        open=tuple(event for _, event in sorted(open_)),
    )


def list_items(pledges: Sequence[FusedPledge]) -> tuple[LedgerRow, ...]:
    """Return one row per item of each pledge; differing quantities stay rows of their own."""
    return tuple(
        LedgerRow(
            pledge=pledge.id,
            supplier="; ".join(party.name for party in pledge.supplier) or "unknown",
            recipient="; ".join(party.name for party in pledge.recipient) or "unknown",
            item=fused.item.text,
            category=fused.item.category,
            quantity=fused.item.quantity,
            quantity_max=fused.item.quantity_max,
            unit=fused.item.unit,
            status=pledge.status,
            reported=pledge.history[-1].reported,
            origins=pledge.origins,
            documents=fused.documents,
        )
        for pledge in pledges
        for fused in pledge.items
    )
