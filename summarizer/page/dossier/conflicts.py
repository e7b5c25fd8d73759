"""The conflicts: fields on which reports differ in, their tellings side by side out.

Articles that go back to one origin share a column. The words that differ are the cited ones; no
two texts are compared here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from summarizer.brief import Citation
from summarizer.dossier import (
    TERMS,
    Conflict,
    ConflictValue,
    DecisionSide,
    Dossier,
    DossierCitation,
    Entity,
    FusedEvent,
    FusedPledge,
)
from summarizer.page.dossier.shapes import (
    Column,
    ConflictRow,
    Doubt,
    DoubtSide,
    Group,
    Side,
    Telling,
)
from summarizer.page.dossier.sources import Sources, said
from summarizer.page.dossier.timeline import read_edtf
from summarizer.render.markdown import in_words

_TELLING = ("attribution", "purpose", "account", "label")
_GROUPS: tuple[Group, ...] = ("fact", "telling", "spelling")
# What the brief's fields are called that a conflict's field is made of.
_FIELDS = {
    "date": ("date",),
    "place": ("place",),
    "participants": ("participants",),
    "attribution": ("attribution",),
    "realis": ("realis",),
    "status": ("status_words",),
    "delivery": ("delivery",),
    **{row.conflict: tuple(t.field for t in TERMS if t.conflict == row.conflict) for row in TERMS},
}
_Fused = Entity | FusedEvent | FusedPledge
_KINDS: dict[type[_Fused], Literal["pledge", "event", "actor"]] = {
    FusedPledge: "pledge",
    FusedEvent: "event",
    Entity: "actor",
}


def conflict_rows(dossier: Dossier, sources: Sources) -> list[ConflictRow]:
    """Return a row a field: facts first, then how it is told, then spellings; open ones first."""
    found = [
        (group_of(conflict), conflict.resolution != "open", -len(record.documents), number, row)
        for number, (record, conflict) in enumerate(all_conflicts(dossier))
        for row in [_row(record, conflict, sources)]
    ]
    found.sort(key=lambda entry: (_GROUPS.index(entry[0]), *entry[1:4]))
    return [row for *_, row in found]


def all_conflicts(dossier: Dossier) -> Iterator[tuple[_Fused, Conflict]]:
    """Yield every conflict with its record."""
    records: tuple[_Fused, ...] = (*dossier.pledges, *dossier.events, *dossier.actors)
    yield from ((record, conflict) for record in records for conflict in record.conflicts)


def group_of(conflict: Conflict) -> Group:
    """Return whether reports differ on a fact, on how they tell it, or on a name's spelling."""
    if conflict.kind == "name":
        return "spelling"
    return "telling" if conflict.kind in _TELLING else "fact"


def _row(record: _Fused, conflict: Conflict, sources: Sources) -> ConflictRow:
    settled = None
    if conflict.preferred:
        told = conflict.preferred
        if conflict.kind in ("date", "status"):
            told = read_edtf(told) if conflict.kind == "date" else in_words(told)
        settled = f"{told}: {conflict.reason}" if conflict.reason else told
    return ConflictRow(
        group=group_of(conflict),
        record=_KINDS[type(record)],
        title=title(record),
        field=in_words(conflict.field),
        sides=[_side(record, conflict, value, sources) for value in conflict.values],
        settled=settled,
    )


def title(record: _Fused) -> str:
    """Return what a record is about, in the names that the dossier uses."""
    match record:
        case Entity():
            return record.name
        case FusedEvent():
            names = ", ".join(part.name for part in record.participants)
            return f"{record.label}: {names}" if names else record.label
        case FusedPledge():
            supplier, recipient = (
                "; ".join(party.name for party in side) or "unknown"
                for side in (record.supplier, record.recipient)
            )
            return f"{supplier} → {recipient}"


def _side(record: _Fused, conflict: Conflict, value: ConflictValue, sources: Sources) -> Side:
    columns: dict[str, list[Telling]] = {}
    accounts = {} if isinstance(record, Entity) else {a.document: a for a in record.accounts}
    members = {member.document: member.record for member in reversed(record.members)}
    for document in sorted({c.document for c in value.citations}, key=sources.number):
        own = [c for c in value.citations if c.document == document]
        account = accounts.get(document)
        record_id = members.get(document, "")
        lit = _lit(conflict, value, document, record_id, own, sources)
        columns.setdefault(account.origin if account else "", []).append(
            sources.telling(document, record_id, lit, said=said(account) if account else "")
        )
    words = in_words(value.value) if conflict.kind == "status" else value.value
    return Side(
        columns=[
            Column(origin=sources.origin(origin), tellings=told) for origin, told in columns.items()
        ],
        value=None if conflict.kind == "account" else words,
        minority=value.against_majority,
        preferred=conflict.preferred is not None and value.value == conflict.preferred,
    )


def _lit(
    conflict: Conflict,
    value: ConflictValue,
    document: str,
    record: str,
    own: Sequence[DossierCitation],
    sources: Sources,
) -> Sequence[Citation]:
    """Return the words that this report's value rests on, the whole record's if nobody knows.

    Of the places that name somebody the first that does it so is enough.
    """
    if conflict.kind == "name":
        return [next((c for c in own if c.quote == value.value), own[0])]
    return sources.words_of(document, record, _FIELDS.get(conflict.field, ()), own) or own


def doubts(dossier: Dossier, sources: Sources) -> list[Doubt]:
    """Return the pairs that the rules could not decide."""
    return [
        Doubt(
            kind=pair.kind,
            left=_doubt_side(pair.left, sources),
            right=_doubt_side(pair.right, sources),
            reason=pair.reason,
        )
        for pair in dossier.doubtful
        if pair.verdict == "undecided"
    ]


def _doubt_side(side: DecisionSide, sources: Sources) -> DoubtSide:
    number = sources.number(side.document) if side.document else None
    return DoubtSide(name=side.name, n=number, record=side.record)
