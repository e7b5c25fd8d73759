"""Name a record by the words that it rests on: no model, id or order is in its fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Protocol, TypeAlias

from summarizer.brief import (
    Actor,
    Citation,
    Event,
    Item,
    Participant,
    Party,
    Pledge,
    RejectionKind,
    Statement,
)

Record: TypeAlias = Actor | Event | Pledge | Statement
Kind: TypeAlias = RejectionKind


class _Cites(Protocol):
    @property
    def citations(self) -> Sequence[Citation]: ...


Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Places in a text: ``[start, end)`` in code points."""

TYPES: dict[Kind, type[Record]] = {
    "actor": Actor,
    "event": Event,
    "pledge": Pledge,
    "summary": Statement,
}


def kind_of(record: Record) -> Kind:
    """Return the kind of *record*, as decisions and rejections name it."""
    return next(kind for kind, of_kind in TYPES.items() if isinstance(record, of_kind))


def fingerprint(record: Record) -> str:
    """Return 16 hexadecimal digits that stand for *record* in every run on the same text.

    They are made of its kind and the words that name it with their places: an actor's name where
    it stands first, a pledge's parties and goods, an event's telling, participants and natural
    word, a line's text and first citation. Two records may share all of that, and then share it.
    """
    words = [(one.quote, one.start, one.end) for one in _named_by(record)]
    return _digest(kind_of(record), words, name_of(record))


def anchor(record: Record) -> Spans:
    """Return the places that go into the fingerprint, an event's telling first, else in order."""
    return tuple((one.start, one.end) for one in _named_by(record))


def name_of(record: Record) -> str | None:
    """Return what besides words of the source is in the fingerprint: an event's, a line's own."""
    match record:
        case Event():
            return record.label
        case Statement():
            return record.text
        case _:
            return None


def fingerprint_at(kind: Kind, spans: Spans, name: str | None, text: str) -> str:
    """Return the fingerprint of a record of *text* with this anchor and name."""
    return _digest(kind, [(text[start:end], start, end) for start, end in spans], name)


def _digest(kind: Kind, words: Sequence[tuple[str, int, int]], name: str | None) -> str:
    named = [kind, words] if name is None else [kind, words, name]
    canonical = json.dumps(named, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:16]


def title_of(record: Record) -> str:
    """Return the words by which a rejection names *record*."""
    match record:
        case Actor():
            return record.name
        case Event():
            return record.summary
        case Pledge():
            return ", ".join(item.text for item in record.items) or record.status_words.value
        case Statement():
            return record.text


def _named_by(record: Record) -> tuple[Citation, ...]:
    match record:
        case Actor():
            return (min(record.citations, key=_place),)
        case Event():
            return (record.citations[0], *_firsts(record.participants))
        case Pledge():
            sides = (*record.supplier, *record.recipient)
            return _firsts((*sides, *record.items)) or record.citations[:1]
        case Statement():
            return record.citations[:1]


def _firsts(parts: Sequence[Participant | Party | Item]) -> tuple[Citation, ...]:
    return tuple(sorted((part.citations[0] for part in parts), key=_place))


def _place(citation: Citation) -> tuple[int, int, str]:
    return citation.start, citation.end, citation.quote


def spans_of(value: _Cites) -> Spans:
    """Return where the words stand that *value* cites."""
    return tuple((one.start, one.end) for one in value.citations)
