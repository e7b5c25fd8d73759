"""Turn drafts into claims: every word that a model offered is located in the source or rejected.

A value is looked for in the sentence that the model named, then in the window. One that is not
there in any class of ``Match`` gets a second chance, alone and with the reason; what fails again
becomes a rejection, and the rest of the draft stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Literal

from summarizer.brief import Rejection, RejectionKind
from summarizer.draft import (
    ActorDraft,
    ActorsDraft,
    Draft,
    EventDraft,
    EventsDraft,
    PledgeDraft,
    PledgesDraft,
    SentenceId,
    StatementDraft,
    SummaryDraft,
)
from summarizer.grounded import ActorClaim, Claims, EventClaim, PledgeClaim, StatementClaim
from summarizer.source import Sentence, Span, Window
from summarizer.validate.locate import Index

Repair = Callable[[Window, str, str, str], str | None]
"""Asks once more: the window, what is wanted, the rejected value, why -> other words, or None."""


def ground(draft: Draft, window: Window, index: Index, repair: Repair | None = None) -> Claims:
    """Return the claims of *draft* about *window*; *index* is that of the document's text.

    Every value of the draft is in the claims or in their rejections. Repaired values are named
    in the warnings.
    """
    lookup = Lookup(window, index, repair)
    claims = _claims(draft, lookup)
    return claims + Claims(rejections=tuple(lookup.rejections), warnings=tuple(lookup.warnings))


@dataclass
class Lookup:
    """Finds values in one window; collects what is rejected and what was repaired on the way."""

    window: Window
    index: Index
    repair: Repair | None = None
    rejections: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def sentence(self, kind: RejectionKind, number: SentenceId | None) -> Sentence:
        """Return the sentence with this id; the window's first when the id is not one of its own."""
        sentence = self.window.sentences[0] if number is None else self.window.sentence(number)
        if sentence is None:
            last = self.window.sentences[-1].id
            detail = f"the report has no sentence {number}; its last is {last}"
            self.rejections.append(
                _rejection(kind, "sentence", str(number), "bad_sentence", detail)
            )
            sentence = self.window.sentences[0]
        return sentence

    def one(
        self, kind: RejectionKind, name: str, value: str | None, sentence: Sentence
    ) -> Span | None:
        """Return where *value* stands, near *sentence* if at several places; None if nowhere."""
        if value is None or not value.strip():
            return None
        if found := self._find(value, sentence):
            return found
        detail = f"“{value}” does not stand in the report"
        if self.repair:
            words = self.repair(self.window, f"{kind}: {name}", value, detail)
            if words and (found := self._find(words, sentence)):
                self.warnings.append(
                    f"{kind} {name}: “{value}” is not in the report; asked again, the model gave "
                    f"“{words}”"
                )
                return found
        self.rejections.append(_rejection(kind, name, value, "not_in_source", detail))
        return None

    def many(
        self, kind: RejectionKind, name: str, values: Iterable[str], sentence: Sentence
    ) -> tuple[Span, ...]:
        """Return where *values* stand; one that is offered twice counts once."""
        found = (self.one(kind, name, value, sentence) for value in dict.fromkeys(values))
        return tuple(dict.fromkeys(span for span in found if span))

    def _find(self, value: str, sentence: Sentence) -> Span | None:
        found = self.index.locate(value, (sentence.start, sentence.end)) or self.index.locate(
            value, (self.window.start, self.window.end), near=sentence.start
        )
        return found.span if found else None


def _rejection(
    kind: RejectionKind,
    name: str,
    value: str,
    reason: Literal["not_in_source", "bad_sentence"],
    detail: str,
) -> Rejection:
    return Rejection(kind=kind, field=name, value=value, quote=value, reason=reason, detail=detail)


@singledispatch
def _claims(draft: Draft, lookup: Lookup) -> Claims:
    raise TypeError(f"{type(draft).__name__} is no draft of a brief")


@_claims.register
def _(draft: ActorsDraft, lookup: Lookup) -> Claims:
    return sum((_claims(actor, lookup) for actor in draft.actors), Claims())


@_claims.register
def _(draft: EventsDraft, lookup: Lookup) -> Claims:
    return sum((_claims(event, lookup) for event in draft.events), Claims())


@_claims.register
def _(draft: PledgesDraft, lookup: Lookup) -> Claims:
    return sum((_claims(pledge, lookup) for pledge in draft.pledges), Claims())


@_claims.register
def _(draft: SummaryDraft, lookup: Lookup) -> Claims:
    return sum((_claims(statement, lookup) for statement in draft.statements), Claims())


@_claims.register
def _(draft: ActorDraft, lookup: Lookup) -> Claims:
    sentence = lookup.sentence("actor", draft.sentence)
    name = lookup.one("actor", "name", draft.name, sentence)
    position = lookup.one("actor", "position", draft.position, sentence)
    affiliation = lookup.one("actor", "affiliation", draft.affiliation, sentence)
    return Claims(actors=(ActorClaim(name, draft.kind, position, affiliation),) if name else ())


@_claims.register
def _(draft: EventDraft, lookup: Lookup) -> Claims:
    sentence = lookup.sentence("event", draft.sentence)
    claim = EventClaim(
        kind=draft.kind,
        sentence=sentence,
        who=lookup.many("event", "who", draft.who, sentence),
        to_whom=lookup.many("event", "to_whom", draft.to_whom, sentence),
        when=lookup.one("event", "when", draft.when, sentence),
        where=lookup.one("event", "where", draft.where, sentence),
        said_by=lookup.one("event", "said_by", draft.said_by, sentence),
        realis=draft.realis,
    )
    return Claims(events=(claim,))


@_claims.register
def _(draft: PledgeDraft, lookup: Lookup) -> Claims:
    sentence = lookup.sentence("pledge", draft.sentence)
    claim = PledgeClaim(
        sentence=sentence,
        supplier=lookup.one("pledge", "supplier", draft.supplier, sentence),
        recipient=lookup.one("pledge", "recipient", draft.recipient, sentence),
        items=lookup.many("pledge", "items", draft.items, sentence),
        status=draft.status,
        status_words=lookup.one("pledge", "status_words", draft.status_words, sentence),
        said_by=lookup.one("pledge", "said_by", draft.said_by, sentence),
        delivery=lookup.one("pledge", "delivery", draft.delivery, sentence),
        deployment=lookup.one("pledge", "deployment", draft.deployment, sentence),
        purpose=lookup.one("pledge", "purpose", draft.purpose, sentence),
        conditions=lookup.many("pledge", "conditions", draft.conditions, sentence),
        exclusions=lookup.many("pledge", "exclusions", draft.exclusions, sentence),
        value=lookup.one("pledge", "value", draft.value, sentence),
    )
    return Claims(pledges=(claim,))


@_claims.register
def _(draft: StatementDraft, lookup: Lookup) -> Claims:
    sentences = tuple(
        dict.fromkeys(lookup.sentence("summary", number) for number in draft.sentences)
    )
    return Claims(statements=(StatementClaim(draft.text, sentences),))
