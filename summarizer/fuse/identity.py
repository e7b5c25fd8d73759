"""Stable ids: what a record is about in, an id that survives adding a report out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Naming:
    """What an id may be made of: always *base*; *detail*, then *anchor* where ids would be equal.

    All of it comes from content, so neither the order nor the number of reports matters. *anchor*
    stands for the record's own words.
    """

    base: str
    detail: str
    anchor: str


def assign_ids(namings: Sequence[Naming]) -> list[str]:
    """Return one unique id per naming; only namings that clash take on more than their base."""
    ids = [naming.base for naming in namings]
    for part in ("detail", "anchor"):
        counts = Counter(ids)
        ids = [
            f"{id_}-{more}" if counts[id_] > 1 and (more := getattr(naming, part)) else id_
            for id_, naming in zip(ids, namings, strict=True)
        ]
    return _number_clashes(ids)


def _number_clashes(ids: Sequence[str]) -> list[str]:
    # The same words under the same name in two records: only their order is left.
    seen: Counter[str] = Counter()
    unique: list[str] = []
    for id_ in ids:
        seen[id_] += 1
        unique.append(id_ if seen[id_] == 1 else f"{id_}-{seen[id_]}")
    return unique
