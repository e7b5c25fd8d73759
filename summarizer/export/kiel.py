"""Pledges as rows of the Kiel Institute's Ukraine Support Tracker (bilateral assistance sheet).

A row an item. "undisclosed" and "." (does not apply) are values of the tracker. Its own ids, dates
of announcement, currencies and prices are left empty: a brief does not know them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from summarizer.brief import ItemCategory
from summarizer.export.cells import Cell, to_csv
from summarizer.export.proof import PLEDGED, PROOF, TOLD, pledged, proof, told, yes_no
from summarizer.export.table import Goods, Row, Table, Written, joined

COLUMNS = (
    "ID",
    "Countries",
    "Recipient",
    "Announcement Date",
    "Type of Aid General",
    "Type of Aid Specific",
    "Explanation",
    "Original Currency",
    "Monetary Value as Given by Source",
    "Item",
    "Type of Item",
    "Sub-type of item",
    "No. of Units",
    "No. of Units Delivered",
    "Measure",
    "Official Source",
    "Source of Aid 1",
    "Source for Delivery",
)
_MEASURES = {"commitment": "Commitment", "allocation": "Allocation", "delivery": "Allocation"}
_EQUIPMENT = "Military equipment"
_TYPES: Mapping[ItemCategory, str] = {
    "aircraft": "Aviation and drones",
    "unmanned_aircraft": "Aviation and drones",
    "armoured_vehicle": "Heavy weapon",
    "artillery": "Heavy weapon",
    "ship": "Heavy weapon",
    "small_arms": "Light armaments & infantry",
    "sensor_ew": _EQUIPMENT,
    "communications": _EQUIPMENT,
    "engine": _EQUIPMENT,
}
_NOT_WEAPONS = frozenset(("training_services", "logistics_nonlethal", "other"))


def write(table: Table, *, everything: bool = False) -> Written:
    """Return the CSV; what is not yet a commitment is left out unless *everything* is asked for."""
    rows: list[list[Cell]] = []
    left_out: Counter[str] = Counter()
    for row in table.of("pledge"):
        items: tuple[Goods | None, ...] = row.items or (None,)
        if row.kiel == "none" and not everything:
            left_out[f"{row.status}, no commitment"] += len(items)
            continue
        rows += (
            [*_cells(row, item), *pledged(row, item), *told(row), *proof(row)] for item in items
        )
    return Written(to_csv((*COLUMNS, *PLEDGED, *TOLD, *PROOF), rows), len(rows), left_out)


def _cells(row: Row, item: Goods | None) -> list[Cell]:
    source = row.main.source.told
    is_weapon = item is not None and item.category not in _NOT_WEAPONS
    portable = item is not None and item.unroca == "VIIb"
    return [
        None,
        joined([who.name for who in row.supplier]),
        joined([who.name for who in row.recipient]),
        None,
        "Military" if is_weapon else None,
        "Weapons and equipment" if is_weapon else None,
        joined(row.status_words),
        None,
        row.value,
        item.text if item else None,
        "Portable defence system" if portable else _TYPES.get(item.category) if item else None,
        "MANPADS" if portable else None,
        _units(item),
        _delivered(row, item),
        _MEASURES.get(row.kiel or ""),
        yes_no(row.official),
        source,
        source if row.kiel == "delivery" else None,
    ]


def _units(item: Goods | None) -> Cell:
    many = (item.span or item.number) if item else None
    return "undisclosed" if many is None else many


def _delivered(row: Row, item: Goods | None) -> Cell:
    """Return what has arrived; of a part delivered nobody says how much it is."""
    if row.status == "delivered":
        return _units(item)
    return "undisclosed" if row.status == "partly_delivered" else "."
