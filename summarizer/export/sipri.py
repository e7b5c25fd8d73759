"""Pledges as rows of the SIPRI Arms Transfers Database's trade register.

A row an item. The register takes a deal when it is ordered or deliveries have begun, and major
weapons only. A designation is given only where a model is named. SIPRI's own ids, estimates and
values (TIV) are left empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from summarizer.brief import ItemCategory
from summarizer.equipment import find_words
from summarizer.export.cells import Cell, to_csv
from summarizer.export.proof import PLEDGED, PROOF, TOLD, pledged, proof, told, yes_no
from summarizer.export.table import Goods, Row, Table, When, Written, joined

COLUMNS = (
    "SIPRI AT Database ID",
    "Supplier",
    "Recipient",
    "Designation",
    "Description",
    "Armament category",
    "Order date",
    "Order date is estimate",
    "Numbers delivered",
    "Numbers delivered is estimate",
    "Delivery year",
    "Delivery year is estimate",
    "Status",
    "SIPRI estimate",
    "TIV deal unit",
    "TIV delivery values",
    "Local production",
)
_CATEGORIES: Mapping[ItemCategory, str] = {
    "aircraft": "Aircraft",
    "unmanned_aircraft": "Aircraft",
    "air_defence": "Air-defence systems",
    "armoured_vehicle": "Armoured vehicles",
    "artillery": "Artillery",
    "missile_rocket": "Missiles",
    "ship": "Ships",
    "sensor_ew": "Sensors",
    "engine": "Engines",
}
_NO_MAJOR_WEAPON = frozenset(
    ("small_arms", "ammunition", "communications", "logistics_nonlethal", "training_services")
)
_YEAR = re.compile(r"(\d{4})(?:-[\dX]{2}){0,2}([?~%]?)")


def write(table: Table, *, everything: bool = False) -> Written:
    """Return the CSV; what the register would not take is left out, or with *everything* kept."""
    rows: list[list[Cell]] = []
    left_out: Counter[str] = Counter()
    for row in table.of("pledge"):
        for item in row.items or (None,):
            if (reason := _out_of_scope(row, item)) and not everything:
                left_out[reason] += 1
            else:
                rows.append([*_cells(row, item), *pledged(row, item), *told(row), *proof(row)])
    return Written(to_csv((*COLUMNS, *PLEDGED, *TOLD, *PROOF), rows), len(rows), left_out)


def _out_of_scope(row: Row, item: Goods | None) -> str | None:
    if not row.sipri_eligible:
        return f"{row.status}, neither ordered nor delivered"
    if item is None:
        return "no item named"
    if item.category in _NO_MAJOR_WEAPON:
        return f"{item.category.replace('_', ' ')}, no major weapon"
    return None


def _cells(row: Row, item: Goods | None) -> list[Cell]:
    delivered = item.number if item and row.status == "delivered" else None
    estimate = item.quantity_is_estimate if item and delivered is not None else None
    year, year_is_estimate = _year(row.delivery)
    return [
        None,
        joined([who.name for who in row.supplier]) or "unknown",
        joined([who.name for who in row.recipient]) or "unknown",
        _model(item) if item else None,
        item.text if item else None,
        _CATEGORIES.get(item.category) if item else None,
        None,
        None,
        delivered,
        yes_no(estimate),
        year,
        yes_no(year_is_estimate),
        *[None] * 5,
    ]


def _model(item: Goods) -> str | None:
    """Return the first model that the item's words name."""
    found = (each for each in find_words(item.text) if each.word.kind == "model")
    return next((item.text[each.start : each.end] for each in found), None)


def _year(date: When | None) -> tuple[int | None, bool | None]:
    """Return the year and whether it is estimated, if the date lies within one year."""
    found = _YEAR.fullmatch(date.edtf or "") if date else None
    return (int(found[1]), bool(found[2])) if found else (None, None)
