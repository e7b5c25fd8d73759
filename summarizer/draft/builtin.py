"""The drafts of a brief: what is asked about each report."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.brief import ActorKind, PledgeStatus, Realis
from summarizer.draft.marks import SentenceId, Verbatim

EventKind = Literal[
    "meeting",
    "visit",
    "phone call",
    "talks",
    "statement",
    "warning",
    "accusation",
    "denial",
    "request",
    "agreement",
    "pledge",
    "supply",
    "approval",
    "sanctions",
    "deployment",
    "exercise",
    "strike",
    "clash",
    "arrest",
    "protest",
    "withdrawal",
    "ceasefire",
    "release",
    "appointment",
    "vote",
    "report",
    "cancellation",
    "delay",
    "proposal",
    "order",
    "procurement",
    "industrial cooperation",
    "launch",
    "expulsion",
    "offensive",
    "accident",
    "background",
]

OtherSentences = Annotated[tuple[SentenceId, ...], Field(max_length=8)]
"""Sentences that tell of the same thing as the main one."""


class Draft(BaseModel):
    """Base of the built-in drafts."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ActorDraft(Draft):
    """Someone or something that acts or is acted upon."""

    name: Verbatim
    kind: ActorKind
    sentence: SentenceId | None = None
    position: Verbatim | None = None
    affiliation: Verbatim | None = None


class ActorsDraft(Draft):
    """All actors of a window."""

    actors: Annotated[tuple[ActorDraft, ...], Field(max_length=120)]


class EventDraft(Draft):
    """What a sentence tells of."""

    kind: EventKind
    who: Annotated[tuple[Verbatim, ...], Field(max_length=6)]
    to_whom: Annotated[tuple[Verbatim, ...], Field(max_length=6)]
    sentence: SentenceId | None = None
    more_sentences: OtherSentences = ()
    when: Verbatim | None = None
    where: Verbatim | None = None
    said_by: Verbatim | None = None
    realis: Realis | None = None


class EventsDraft(Draft):
    """All events of a window."""

    events: Annotated[tuple[EventDraft, ...], Field(max_length=120)]


class PledgeDraft(Draft):
    """A supply of equipment: asked for, planned, promised, sold, delivered or refused."""

    supplier: Verbatim | None
    recipient: Verbatim | None
    items: Annotated[tuple[Verbatim, ...], Field(min_length=1, max_length=40)]
    sentence: SentenceId | None = None
    more_sentences: OtherSentences = ()
    status: PledgeStatus | None = None
    status_words: Verbatim | None = None
    said_by: Verbatim | None = None
    delivery: Verbatim | None = None
    deployment: Verbatim | None = None
    purpose: Verbatim | None = None
    conditions: Annotated[tuple[Verbatim, ...], Field(max_length=6)] = ()
    exclusions: Annotated[tuple[Verbatim, ...], Field(max_length=6)] = ()
    value: Verbatim | None = None


class PledgesDraft(Draft):
    """All supplies of a window."""

    pledges: Annotated[tuple[PledgeDraft, ...], Field(max_length=40)]


class StatementDraft(Draft):
    """One line of a summary and the sentences that bear it out."""

    text: Annotated[str, Field(max_length=400)]
    sentences: Annotated[tuple[SentenceId, ...], Field(min_length=1, max_length=6)]


class SummaryDraft(Draft):
    """A summary of three to six lines."""

    statements: Annotated[tuple[StatementDraft, ...], Field(min_length=1, max_length=6)]


class RepairDraft(Draft):
    """The right words for a value that was rejected; None when the source has none."""

    words: Verbatim | None


class VerdictDraft(Draft):
    """What a second reader says of one claim."""

    claim: int
    verdict: Literal["yes", "weaker", "no"]


class VerdictsDraft(Draft):
    """What a second reader says of all claims that it was shown."""

    verdicts: Annotated[tuple[VerdictDraft, ...], Field(max_length=400)]
