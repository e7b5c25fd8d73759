"""Turn drafts into claims: every word that a model offered is located in the source or rejected.

A value is looked for in the sentence that the model named, then in the window. One that is not
there in any class of ``Match`` gets a second chance, alone and with the reason; what fails again
becomes a rejection, and the rest of the draft stands. A claim whose sentence the model did not
name, or named wrongly, belongs to the sentence that holds most of its values.
"""

from __future__ import annotations

from functools import singledispatch

from summarizer.draft import (
    ActorDraft,
    ActorsDraft,
    Draft,
    EventDraft,
    EventsDraft,
    PledgeDraft,
    PledgesDraft,
    StatementDraft,
    SummaryDraft,
)
from summarizer.grounded import ActorClaim, Claims, EventClaim, PledgeClaim, StatementClaim
from summarizer.source import Window
from summarizer.validate.locate import Index
from summarizer.validate.lookup import Lookup, Repair, shown


def ground(draft: Draft, window: Window, index: Index, repair: Repair | None = None) -> Claims:
    """Return the claims of *draft* about *window*; *index* is that of the document's text.

    Every value of the draft is in the claims or in their rejections. Repaired values are named
    in the warnings. The draft of a single event or pledge is about the window's first sentence.
    """
    single = isinstance(draft, EventDraft | PledgeDraft)
    lookup = Lookup(window, index, repair, window.sentences[0] if single else None)
    claims = _claims(draft, lookup)
    return claims + Claims(rejections=tuple(lookup.rejections), warnings=tuple(lookup.warnings))


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
    beside = {"position": draft.position, "affiliation": draft.affiliation}
    sentence = lookup.sentence("actor", draft.sentence, (draft.name, *beside.values()))
    name = lookup.one("actor", "name", draft.name, sentence)
    if name is None:
        for what, value in beside.items():
            if value and value.strip():
                detail = f"the actor it is given for, “{shown(draft.name)}”, is not in the report"
                lookup.reject("actor", what, value, "not_supported", detail)
        return Claims()
    found = {what: lookup.one("actor", what, beside[what], sentence) for what in beside}
    return Claims(actors=(ActorClaim(name, draft.kind, **found),))


@_claims.register
def _(draft: EventDraft, lookup: Lookup) -> Claims:
    values = (*draft.who, *draft.to_whom, draft.when, draft.where, draft.said_by)
    sentence = lookup.sentence("event", draft.sentence, values)
    if sentence is None:
        lookup.nowhere("event", draft)
        return Claims()
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
    values = (*draft.items, draft.supplier, draft.recipient, draft.status_words)
    sentence = lookup.sentence("pledge", draft.sentence, values)
    if sentence is None:
        lookup.nowhere("pledge", draft)
        return Claims()
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
    numbers = dict.fromkeys(draft.sentences)
    found = [lookup.sentence("summary", number, ()) for number in numbers]
    sentences = tuple(sentence for sentence in found if sentence)
    if not sentences:
        detail = "the line names no sentence of the report"
        lookup.reject("summary", "text", draft.text, "bad_sentence", detail)
        return Claims()
    return Claims(statements=(StatementClaim(draft.text, sentences),))
