"""What a model fills in: flat frames, closed choices, and words of the window."""

from summarizer.draft.builtin import (
    ActorDraft,
    ActorsDraft,
    Draft,
    EventDraft,
    EventKind,
    EventsDraft,
    PledgeDraft,
    PledgesDraft,
    RepairDraft,
    StatementDraft,
    SummaryDraft,
    VerdictDraft,
    VerdictsDraft,
)
from summarizer.draft.marks import SentenceId, SentenceMark, Verbatim, VerbatimMark

__all__ = [
    "ActorDraft",
    "ActorsDraft",
    "Draft",
    "EventDraft",
    "EventKind",
    "EventsDraft",
    "PledgeDraft",
    "PledgesDraft",
    "RepairDraft",
    "SentenceId",
    "SentenceMark",
    "StatementDraft",
    "SummaryDraft",
    "Verbatim",
    "VerbatimMark",
    "VerdictDraft",
    "VerdictsDraft",
]
