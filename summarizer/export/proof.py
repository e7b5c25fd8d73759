"""The columns at the end of every CSV row: what else is told, and the words that prove it."""

from __future__ import annotations

from summarizer.export.cells import Cell
from summarizer.export.table import Goods, Row, When, joined

TOLD = ("record", "attributed to", "hedges", "support", "credibility", "conflicts", "reviewed")
PLEDGED = (
    "status",
    "status words",
    "quantity",
    "quantity max",
    "quantity is estimate",
    "unit",
    "delivery",
    "conditions",
    "exclusions",
)
PROOF = ("other citations", "published", "document", "cited source", "quote", "start", "end")


def told(row: Row) -> list[Cell]:
    """Return the cells of ``TOLD``: who says so, and how far it can be relied on."""
    support = "doubtful merge" if row.doubtful else row.support
    return [
        row.id,
        joined(row.said_by),
        joined(row.hedges),
        support,
        row.credibility,
        joined(row.conflicts),
        row.reviewed,
    ]


def pledged(row: Row, item: Goods | None) -> list[Cell]:
    """Return the cells of ``PLEDGED``: what trackers have no column of their own for."""
    return [
        row.status,
        joined(row.status_words),
        item.quantity if item else None,
        item.quantity_max if item else None,
        yes_no(item.quantity_is_estimate) if item and item.quantity is not None else None,
        item.unit if item else None,
        _date(row.delivery),
        joined(row.conditions),
        joined(row.exclusions),
    ]


def proof(row: Row) -> list[Cell]:
    """Return the cells of ``PROOF``: the main quote, and the places of the others.

    Offsets are half-open and count code points of the report's text.
    """
    main = row.main
    others = [
        f"{cite.source.id}:{cite.start}-{cite.end}"
        for cite in row.citations
        if (cite.source, cite.start, cite.end) != (main.source, main.start, main.end)
    ]
    source = main.source
    return [
        joined(others),
        source.published,
        source.id,
        source.told,
        main.quote,
        main.start,
        main.end,
    ]


def yes_no(value: bool | None) -> str | None:
    """Return a truth value as trackers write it."""
    return None if value is None else "Yes" if value else "No"


def _date(date: When | None) -> str | None:
    return (date.edtf or date.text) if date else None
