"""What can be seen across the records: relations, timeline, ledger, claims, doubts, changes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from summarizer.brief import ItemCategory, PledgeStatus, Record
from summarizer.dossier.evidence import DossierCitations

RecordKind = Literal["actor", "event", "pledge"]
Verdict = Literal["same", "not_same", "undecided"]
RelationKind = Literal["precursor_of", "possibly_same"]
ChangeKind = Literal["new", "changed", "contradicted", "gone"]


class Relation(Record):
    """A link between two records that are not the same, and the reason."""

    subject: str
    relation: RelationKind
    object: str
    reason: str


class TimelineEntry(Record):
    """An event with the first and last day that its date allows (ISO dates)."""

    event: str
    earliest: str
    latest: str


class Timeline(Record):
    """Dated events in order, and apart from them those whose date or year stays open."""

    dated: tuple[TimelineEntry, ...]
    open: tuple[str, ...]


class LedgerRow(Record):
    """One item of one pledge, as a tracker's row; unknown stays null."""

    pledge: str
    supplier: str
    recipient: str
    item: str
    category: ItemCategory
    quantity: int | None
    quantity_max: int | None
    unit: str | None
    status: PledgeStatus
    reported: str | None
    origins: tuple[str, ...]
    documents: tuple[str, ...]


class Statement(Record):
    """What one speaker says on a topic that others speak about too."""

    event: str
    speaker: str | None
    text: str
    documents: tuple[str, ...]
    citations: DossierCitations


class Claims(Record):
    """What different reports and speakers say on one topic, side by side.

    The topic is a word that they share about one actor, or a name of which no actor is known.
    """

    actor: str | None
    topic: str
    statements: Annotated[tuple[Statement, ...], Field(min_length=2)]


class DecisionSide(Record):
    """One side of a pair: a record of one brief, or with ``document`` null any actor so named."""

    name: str
    document: str | None = None
    record: str | None = None


class Decision(Record):
    """A pair that the rules could not decide, or that a user has decided; a user's word wins."""

    kind: RecordKind
    left: DecisionSide
    right: DecisionSide
    verdict: Verdict
    reason: str = ""


class Change(Record):
    """What is different since an earlier dossier."""

    kind: ChangeKind
    record_kind: RecordKind
    record: str
    name: str
    detail: str
