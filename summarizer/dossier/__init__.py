"""The published contract: a dossier that fuses the briefs of several reports, version 1.

Every citation names its document, so that ``text_of(document)[start:end] == quote`` can be checked
again. Nothing is averaged and no report is corrected: where reports differ, all values stand side
by side. Credibility follows the NATO Admiralty scale by rule; reliability is the user's own.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from summarizer.brief import Shown
from summarizer.dossier.evidence import (
    Account,
    Conflict,
    ConflictKind,
    ConflictValue,
    Credibility,
    DossierCitation,
    Member,
    Reliability,
    Resolution,
    Source,
)
from summarizer.dossier.records import (
    Entity,
    FusedDate,
    FusedEvent,
    FusedItem,
    FusedPlace,
    FusedPledge,
    FusedTerm,
    Held,
    Involved,
    Spelling,
    StatusStep,
)
from summarizer.dossier.terms import TERMS, Term
from summarizer.dossier.views import (
    Change,
    ChangeKind,
    Claims,
    Decision,
    DecisionSide,
    LedgerRow,
    RecordKind,
    Relation,
    Statement,
    Timeline,
    TimelineEntry,
    Verdict,
)

__all__ = [
    "TERMS",
    "Account",
    "Change",
    "ChangeKind",
    "Claims",
    "Conflict",
    "ConflictKind",
    "ConflictValue",
    "Credibility",
    "Decision",
    "DecisionSide",
    "Dossier",
    "DossierCitation",
    "Entity",
    "FusedDate",
    "FusedEvent",
    "FusedItem",
    "FusedPlace",
    "FusedPledge",
    "FusedTerm",
    "Held",
    "Involved",
    "LedgerRow",
    "Member",
    "RecordKind",
    "Relation",
    "Reliability",
    "Resolution",
    "Source",
    "Spelling",
    "Statement",
    "StatusStep",
    "Term",
    "Timeline",
    "TimelineEntry",
    "Verdict",
]


class Dossier(Shown):
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
