"""What a model offered and the validator found in the source: places instead of words.

Spans are offsets of ``Document.text``. Fields that the model left open stay None or empty. Fields
bear the names of the draft's; ``sentences`` are those that tell of the thing, the main one first.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.brief import ActorKind, PledgeStatus, Realis, Rejection
from summarizer.draft import EventKind
from summarizer.source import Sentence, Span


@dataclass(frozen=True, slots=True)
class ActorClaim:
    """An actor as a model offered it, its words located in the source."""

    name: Span
    kind: ActorKind | None = None
    position: Span | None = None
    affiliation: Span | None = None
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class EventClaim:
    """An event as a model offered it."""

    kind: EventKind
    sentences: tuple[Sentence, ...]
    who: tuple[Span, ...]
    to_whom: tuple[Span, ...]
    when: Span | None = None
    where: Span | None = None
    said_by: Span | None = None
    realis: Realis | None = None
    clause: Span | None = None
    """The words that tell it, where it is only mentioned in a sentence that tells of more."""
    proposed: tuple[str, ...] = ()
    """The record's fields that code, not the model, gave a value."""

    @property
    def sentence(self) -> Sentence:
        """The main sentence."""
        return self.sentences[0]


@dataclass(frozen=True, slots=True)
class PledgeClaim:
    """A supply of equipment as a model offered it."""

    sentences: tuple[Sentence, ...]
    supplier: Span | None
    recipient: Span | None
    items: tuple[Span, ...]
    status: PledgeStatus | None = None
    status_words: Span | None = None
    said_by: Span | None = None
    delivery: Span | None = None
    deployment: Span | None = None
    purpose: Span | None = None
    conditions: tuple[Span, ...] = ()
    exclusions: tuple[Span, ...] = ()
    value: Span | None = None
    proposed: tuple[str, ...] = ()
    """The record's fields that code, not the model, gave a value."""

    @property
    def sentence(self) -> Sentence:
        """The main sentence."""
        return self.sentences[0]


@dataclass(frozen=True, slots=True)
class StatementClaim:
    """A line of a summary and the sentences it rests on."""

    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """All that a model offered for one document, and what was rejected of it."""

    actors: tuple[ActorClaim, ...] = ()
    events: tuple[EventClaim, ...] = ()
    pledges: tuple[PledgeClaim, ...] = ()
    statements: tuple[StatementClaim, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    warnings: tuple[str, ...] = ()

    def __add__(self, other: Claims) -> Claims:
        return Claims(
            self.actors + other.actors,
            self.events + other.events,
            self.pledges + other.pledges,
            self.statements + other.statements,
            self.rejections + other.rejections,
            self.warnings + other.warnings,
        )
