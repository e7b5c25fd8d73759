"""The published contract: a dossier that fuses the briefs of several reports, version 1.

Every citation names its document, so that ``text_of(document)[start:end] == quote`` can be checked
again. Nothing is averaged and no report is corrected: where reports differ, all values stand side
by side. Credibility follows the NATO Admiralty scale by rule; reliability is the user's own.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from summarizer.brief import (
    ActorKind,
    AttributionKind,
    Citation,
    Country,
    DocumentInfo,
    Factuality,
    Item,
    ItemCategory,
    Kiel,
    PledgeStatus,
    Plover,
    Precision,
    Realis,
    Record,
    Role,
)

DOSSIER_VERSION = 1

Reliability = Literal["A", "B", "C", "D", "E", "F"]
RecordKind = Literal["actor", "event", "pledge"]
ConflictKind = Literal[
    "name",
    "date",
    "place",
    "party",
    "participant",
    "item",
    "quantity",
    "status",
    "attribution",
    "purpose",
    "existence",
    "account",
    "label",
]
Resolution = Literal["open", "more_precise", "majority_of_origins"]
Verdict = Literal["same", "not_same", "undecided"]
RelationKind = Literal["precursor_of", "possibly_same"]
ChangeKind = Literal["new", "changed", "contradicted", "gone"]


class DossierCitation(Citation):
    """A citation and the document that it is from."""

    document: str


DossierCitations = Annotated[tuple[DossierCitation, ...], Field(min_length=1)]


class Source(Record):
    """One report, and how far its user trusts it (F: cannot be judged)."""

    document: DocumentInfo
    reliability: Reliability


class Member(Record):
    """A record of one brief: the document and the id of the record in its brief."""

    document: str
    record: str


class ConflictValue(Record):
    """What some reports say where others differ."""

    value: str
    documents: Annotated[tuple[str, ...], Field(min_length=1)]
    origins: tuple[str, ...]
    against_majority: Annotated[
        bool, Field(description="Most independent origins agree on another value (credibility 4)")
    ]
    citations: DossierCitations


class Conflict(Record):
    """A field on which the reports differ; every value keeps its own citations."""

    kind: ConflictKind
    field: str
    values: Annotated[tuple[ConflictValue, ...], Field(min_length=2)]
    resolution: Resolution
    preferred: Annotated[str | None, Field(description="Only when a rule resolves it")]
    reason: str


class Credibility(Record):
    """Admiralty credibility: 1 confirmed ... 5 improbable, 6 cannot be judged; and why."""

    grade: Annotated[int, Field(ge=1, le=6)]
    reason: str


class Spelling(Record):
    """A form of a name as written, and where."""

    text: str
    documents: tuple[str, ...]
    outlier: Annotated[
        bool, Field(description="Not a transliteration of the name most reports use")
    ]
    citations: DossierCitations


class Held(Record):
    """A position, rank, affiliation or label that a report gives to an actor."""

    text: str
    speaker: Annotated[str | None, Field(description="Whose word it is, for labels")]
    documents: tuple[str, ...]
    first: Annotated[str | None, Field(description="Earliest publication date that has it")]
    last: str | None
    citations: DossierCitations


class Entity(Record):
    """One actor across all reports."""

    id: str
    kind: ActorKind
    name: str
    country: Country | None
    spellings: Annotated[tuple[Spelling, ...], Field(min_length=1)]
    ranks: tuple[Held, ...]
    positions: tuple[Held, ...]
    affiliations: tuple[Held, ...]
    labels: tuple[Held, ...]
    members: Annotated[tuple[Member, ...], Field(min_length=1)]
    documents: tuple[str, ...]
    why_merged: tuple[str, ...]
    doubtful: Annotated[bool, Field(description="Joined on a weak name match plus support")]
    conflicts: tuple[Conflict, ...]


class Involved(Record):
    """Who took part, and which reports say so; ``actor`` is an id of ``Dossier.actors``."""

    name: str
    actor: str | None
    role: Role
    documents: tuple[str, ...]
    citations: DossierCitations


class Account(Record):
    """How one report tells it."""

    document: str
    record: str
    text: str
    attribution: AttributionKind
    speaker: str | None
    via: str | None
    origin: Annotated[str, Field(description="Who it goes back to; equal origins count once")]
    realis: Realis | None
    factuality: Factuality
    citations: DossierCitations


class FusedDate(Record):
    """The most precise date the reports agree on; ``edtf`` is null when it stays open."""

    text: str
    edtf: str | None
    precision: Precision
    citations: DossierCitations


class FusedPlace(Record):
    """The most precise place the reports agree on."""

    name: str
    country: Country | None
    citations: DossierCitations


class FusedEvent(Record):
    """One event across all reports."""

    id: str
    type: Plover
    label: str
    summary: str
    date: FusedDate | None
    place: FusedPlace | None
    participants: tuple[Involved, ...]
    realis: Realis
    accounts: Annotated[tuple[Account, ...], Field(min_length=1)]
    members: Annotated[tuple[Member, ...], Field(min_length=1)]
    documents: tuple[str, ...]
    origins: tuple[str, ...]
    credibility: Credibility
    why_merged: tuple[str, ...]
    doubtful: bool
    conflicts: tuple[Conflict, ...]


class FusedItem(Record):
    """One item of a pledge as one or more reports give it; quantities are never averaged."""

    item: Item
    documents: tuple[str, ...]
    citations: DossierCitations


class StatusStep(Record):
    """A status that a report gives a pledge, in its words, and when the report appeared."""

    status: PledgeStatus
    words: str
    reported: Annotated[str | None, Field(description="Publication date of the report")]
    document: str
    origin: str
    citations: DossierCitations


class FusedPledge(Record):
    """One pledge across all reports."""

    id: str
    supplier: tuple[Involved, ...]
    recipient: tuple[Involved, ...]
    items: tuple[FusedItem, ...]
    status: Annotated[PledgeStatus, Field(description="That of the latest report")]
    history: Annotated[tuple[StatusStep, ...], Field(min_length=1)]
    delivery: FusedDate | None
    kiel: Kiel
    sipri_eligible: bool
    accounts: Annotated[tuple[Account, ...], Field(min_length=1)]
    members: Annotated[tuple[Member, ...], Field(min_length=1)]
    documents: tuple[str, ...]
    origins: tuple[str, ...]
    credibility: Credibility
    why_merged: tuple[str, ...]
    doubtful: bool
    conflicts: tuple[Conflict, ...]


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


class Dossier(Record):
    """All that several reports say, fused record by record."""

    version: Literal[1]
    documents: tuple[Source, ...]
    actors: tuple[Entity, ...]
    events: tuple[FusedEvent, ...]
    pledges: tuple[FusedPledge, ...]
    relations: tuple[Relation, ...]
    timeline: Timeline
    ledger: tuple[LedgerRow, ...]
    claims: tuple[Claims, ...]
    doubtful: tuple[Decision, ...]
    since: Annotated[
        tuple[Change, ...] | None, Field(description="null unless compared with an older dossier")
    ]
    warnings: tuple[str, ...]
