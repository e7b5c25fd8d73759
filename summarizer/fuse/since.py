"""What is new: an older dossier and a new one in, the changes record by record out.

Records are matched by members they share; where a rebuilt record has another id than before, the
older id is kept, so that links into a dossier go on working.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summarizer.dossier import (
    Change,
    ChangeKind,
    Conflict,
    Dossier,
    Entity,
    FusedEvent,
    FusedPledge,
    Member,
    RecordKind,
)

Published = Entity | FusedEvent | FusedPledge


def kept_ids(
    groups: Sequence[Sequence[Member]], ids: Sequence[str], old: Iterable[Published]
) -> list[str]:
    """Return *ids* with the older dossier's id wherever a group holds most of an old record."""
    owners = {_key(member): record.id for record in old for member in record.members}
    claims: dict[str, tuple[int, int]] = {}
    for number, group in enumerate(groups):
        for claimed in sorted({owners[key] for m in group if (key := _key(m)) in owners}):
            shared = sum(owners.get(_key(m)) == claimed for m in group)
            claims[claimed] = max(claims.get(claimed, (0, 0)), (shared, -number))
    best: dict[int, tuple[int, str]] = {}
    for claimed, (shared, number) in sorted(claims.items()):
        best[-number] = max(best.get(-number, (0, "")), (shared, claimed))
    kept = {number: claimed for number, (_, claimed) in best.items()}
    taken = set(kept.values())
    fresh: list[str] = []
    for number, id_ in enumerate(ids):
        new = kept.get(number, id_)
        while number not in kept and new in taken:
            new += "-new"
        taken.add(new)
        fresh.append(new)
    return fresh


def compare(old: Dossier, new: Dossier) -> tuple[Change, ...]:
    """Return what is new, changed, contradicted and gone, in order of record kinds and ids."""
    pairs: tuple[tuple[RecordKind, Sequence[Published], Sequence[Published]], ...] = (
        ("actor", old.actors, new.actors),
        ("event", old.events, new.events),
        ("pledge", old.pledges, new.pledges),
    )
    return tuple(change for kind, was, now in pairs for change in _compare(kind, was, now))


def _compare(
    kind: RecordKind, old: Sequence[Published], new: Sequence[Published]
) -> Iterator[Change]:
    before = {record.id: record for record in old}
    after = {record.id: record for record in new}
    for id_ in sorted(before.keys() | after.keys()):
        if id_ not in before:
            yield _change("new", kind, after[id_], "in " + ", ".join(after[id_].documents))
        elif id_ not in after:
            yield _change("gone", kind, before[id_], "was in " + ", ".join(before[id_].documents))
        else:
            yield from _changed(kind, before[id_], after[id_])


def _changed(kind: RecordKind, old: Published, new: Published) -> Iterator[Change]:
    known = {_dispute(conflict) for conflict in old.conflicts}
    disputes = [
        conflict
        for conflict in new.conflicts
        if conflict.resolution == "open"
        and conflict.kind != "account"
        and _dispute(conflict) not in known
    ]
    for conflict in disputes:
        values = " / ".join(value.value for value in conflict.values)
        yield _change("contradicted", kind, new, f"{conflict.field}: {values}")
    details = [detail for detail in _differences(old, new) if detail]
    if details:
        yield _change("changed", kind, new, "; ".join(details))


def _differences(old: Published, new: Published) -> Iterator[str]:
    added = sorted(set(new.documents) - set(old.documents))
    lost = sorted(set(old.documents) - set(new.documents))
    if added:
        yield f"also in {', '.join(added)}"
    if lost:
        yield f"no longer in {', '.join(lost)}"
    for field in ("name", "status", "realis", "label"):
        was, now = getattr(old, field, None), getattr(new, field, None)
        if was != now:
            yield f"{field}: {was} -> {now}"
    if isinstance(old, FusedEvent) and isinstance(new, FusedEvent):
        was, now = (e.date.edtf if e.date else None for e in (old, new))
        if was != now:
            yield f"date: {was} -> {now}"
    if not isinstance(old, Entity) and not isinstance(new, Entity):
        grades = old.credibility.grade, new.credibility.grade
        if grades[0] != grades[1]:
            yield f"credibility: {grades[0]} -> {grades[1]}"


def _dispute(conflict: Conflict) -> tuple[str, tuple[str, ...]]:
    return conflict.field, tuple(value.value for value in conflict.values)


def _key(member: Member) -> tuple[str, str]:
    return member.document, member.record


def _change(change: ChangeKind, kind: RecordKind, record: Published, detail: str) -> Change:
    name = record.name if isinstance(record, Entity) else _title(record)
    return Change(kind=change, record_kind=kind, record=record.id, name=name, detail=detail)


def _title(record: FusedEvent | FusedPledge) -> str:
    if isinstance(record, FusedEvent):
        return record.summary
    return "; ".join(fused.item.text for fused in record.items) or record.history[0].words
