"""The terms of a pledge that a dossier keeps from its briefs: the one table of them."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.dossier.evidence import ConflictKind


@dataclass(frozen=True, slots=True)
class Term:
    """A field that ``Pledge`` and ``FusedPledge`` share.

    ``label`` is what it is called for readers; ``kind`` and ``conflict`` are the kind and the
    field of the conflict in which reports that differ on it stand: papers give purpose or
    conditions for one thing.
    """

    field: str
    label: str
    kind: ConflictKind
    conflict: str


TERMS: tuple[Term, ...] = (
    Term("purpose", "Purpose", "purpose", "terms"),
    Term("conditions", "Condition", "purpose", "terms"),
    Term("exclusions", "Excluded", "item", "exclusions"),
    Term("value", "Value", "quantity", "value"),
    Term("deployment", "Deployment", "place", "deployment"),
)
