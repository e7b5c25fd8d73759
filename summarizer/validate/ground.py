"""Turn drafts into claims: every word that a model offered is located in the source or rejected.

A value that stands nowhere gets a second chance, alone and with the reason; what fails again
becomes a rejection, and the rest of the record stands, unless it was all that the record is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from summarizer.brief import Rejection, RejectionKind, RejectionReason
from summarizer.claims import ActorClaim, Claims, EventClaim, PledgeClaim, StatementClaim
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
from summarizer.draft.shape import Choice, Listing, Maybe, Shape, Text, Words, shape_of
from summarizer.source import Window
from summarizer.validate.locate import Index
from summarizer.validate.places import (
    Places,
    Refusal,
    Repair,
    find_places,
    joined,
    shown,
)


@dataclass(frozen=True, slots=True)
class _Record:
    """What the records of a draft type become: such claims, among these of a document."""

    kind: RejectionKind
    among: str
    claim: type[ActorClaim | EventClaim | PledgeClaim | StatementClaim]


_RECORDS: dict[type[Draft], _Record] = {
    ActorDraft: _Record("actor", "actors", ActorClaim),
    EventDraft: _Record("event", "events", EventClaim),
    PledgeDraft: _Record("pledge", "pledges", PledgeClaim),
    StatementDraft: _Record("summary", "statements", StatementClaim),
}
_LISTS = (ActorsDraft, EventsDraft, PledgesDraft, SummaryDraft)


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a record makes no claim, and values of which shapes fall with it."""

    shapes: tuple[type[Shape], ...]
    reason: RejectionReason
    detail: str


def ground(draft: Draft, window: Window, index: Index, repair: Repair | None = None) -> Claims:
    """Return the claims of *draft* about *window*; *index* is that of the document's text.

    Every value of the draft is in the claims or in their rejections. Repaired values are named
    in the warnings. The draft of a single event or pledge is about the window's first sentence.
    """
    rows = list(_rows(draft))
    alone = isinstance(draft, EventDraft | PledgeDraft)
    places = find_places(draft, window, index, repair, window.sentences[0] if alone else None)
    claims = sum((_claims(row, path, places) for path, row in rows), Claims())
    return claims + Claims(warnings=tuple(places.warnings))


def _rows(draft: Draft) -> Iterator[tuple[str, Draft]]:
    """Yield the records of *draft*, each with its path."""
    if type(draft) in _RECORDS:
        yield "", draft
    elif isinstance(draft, _LISTS):
        ((name, rows),) = draft
        yield from ((f"{name}[{at}]", row) for at, row in enumerate(rows))
    else:
        raise TypeError(f"{type(draft).__name__} is no draft of a brief")


def _claims(row: Draft, path: str, places: Places) -> Claims:
    """Return the claim that *row* makes, if any, and what of it is rejected."""
    record, fault = _RECORDS[type(row)], _fault(row, path, places)
    rejections: list[Rejection] = []
    values: dict[str, Any] = {"sentences": places.sentences[path]}
    for part in shape_of(type(row)).parts:
        at, value = joined(path, part.name), getattr(row, part.name)
        if fault or places.refusals:
            refused = _refused(value, part.shape, at, places, fault)
            rejections += (_rejection(record.kind, part.name, refusal) for refusal in refused)
        if not part.tells_sentence:
            values[part.name] = _located(value, part.shape, at, places)
    made: dict[str, Any] = {} if fault else {record.among: (record.claim(**values),)}
    return Claims(**made, rejections=tuple(rejections))


def _fault(row: Draft, path: str, places: Places) -> _Fault | None:
    """Return why *row* makes no claim, None when it makes one."""
    needed = (p for p in shape_of(type(row)).parts if p.required and isinstance(p.shape, Words))
    if lacking := next((p for p in needed if joined(path, p.name) not in places.spans), None):
        named = shown(getattr(row, lacking.name))
        detail = f"the {lacking.name} that it is given for, “{named}”, is not in the text"
        return _Fault((Words,), "not_supported", detail)
    if places.sentences[path]:
        return None
    detail = "no sentence of the text is named for it, and none holds its words"
    return _Fault((Words, Text, Choice), "bad_sentence", detail)


def _refused(
    value: Any, shape: Shape, path: str, places: Places, fault: _Fault | None
) -> Iterator[Refusal]:
    """Yield why *value*, or parts of it, have no place or fall with the record."""
    match shape:
        case Maybe(item) if value is not None:
            yield from _refused(value, item, path, places, fault)
        case Listing(item):
            for at, one in enumerate(value):
                yield from _refused(one, item, f"{path}[{at}]", places, fault)
        case _ if path in places.refusals:
            yield places.refusals[path]
        case Words() | Text() | Choice() if fault and isinstance(shape, fault.shapes):
            if value.strip():
                yield Refusal(value, fault.reason, fault.detail)


def _located(value: Any, shape: Shape, path: str, places: Places) -> Any:
    """Return *value* with places for words; of a list, those that there are, each once."""
    match shape:
        case Words():
            return places.spans.get(path)
        case Maybe(item) if value is not None:
            return _located(value, item, path, places)
        case Listing(item):
            spans = (_located(one, item, f"{path}[{at}]", places) for at, one in enumerate(value))
            return tuple({(span.start, span.end): span for span in spans if span}.values())
    return value


def _rejection(kind: RejectionKind, name: str, refusal: Refusal) -> Rejection:
    return Rejection(
        kind=kind,
        field=name,
        value=refusal.value,
        quote=refusal.value,
        reason=refusal.reason,
        detail=refusal.detail,
    )
