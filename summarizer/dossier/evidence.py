"""What stands behind a record of a dossier: citations, accounts, conflicts, credibility."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from summarizer.brief import AttributionKind, Citation, DocumentInfo, Factuality, Realis, Record

Reliability = Literal["A", "B", "C", "D", "E", "F"]
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
