"""The records of a dossier: actors, events and pledges, each fused from all reports."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from summarizer.brief import (
    ActorKind,
    Country,
    Item,
    Kiel,
    PledgeStatus,
    Plover,
    Precision,
    Realis,
    Record,
    Role,
)
from summarizer.dossier.evidence import Account, Conflict, Credibility, DossierCitations, Member


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


class FusedTerm(Record):
    """What one or more reports say, in the same words, of a pledge's purpose or other terms."""

    text: str
    country: Annotated[Country | None, Field(description="Of a deployment, where it is known")]
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
    purpose: tuple[FusedTerm, ...] = ()
    conditions: tuple[FusedTerm, ...] = ()
    exclusions: tuple[FusedTerm, ...] = ()
    value: tuple[FusedTerm, ...] = ()
    deployment: tuple[FusedTerm, ...] = ()
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
