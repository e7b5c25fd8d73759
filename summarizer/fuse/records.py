"""Event and pledge records: clusters in, the dossier's records with all accounts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.brief import (
    Cited,
    DateValue,
    Event,
    Item,
    Participant,
    Party,
    Place,
    Pledge,
    Realis,
)
from summarizer.dossier import (
    TERMS,
    Account,
    Conflict,
    Credibility,
    FusedDate,
    FusedEvent,
    FusedItem,
    FusedPlace,
    FusedPledge,
    FusedTerm,
    Involved,
    Member,
    StatusStep,
)
from summarizer.fuse.conflicts import cite, distinct, event_conflicts, pledge_conflicts
from summarizer.fuse.dates import OPEN, Day, date_bounds, intersect, read_day
from summarizer.fuse.entities import Cast
from summarizer.fuse.origins import grade, merge_copies
from summarizer.fuse.pledges import PledgeTraits
from summarizer.fuse.terms import term_text, told_terms
from summarizer.fuse.traits import Traits
from summarizer.fuse.words import stems
from summarizer.names import fold

# From the least to the most settled.
_REALIS: tuple[Realis, ...] = ("denied", "hypothetical", "planned", "ongoing", "actual")


@dataclass(frozen=True, slots=True)
class Merge:
    """How a cluster came about."""

    id: str
    reasons: tuple[str, ...]
    doubtful: bool


def record_event(members: Sequence[Traits], merge: Merge, cast: Cast) -> FusedEvent:
    """Return one event with the accounts of all its members; nothing of them is dropped."""
    accounts = merge_copies(
        [_account(m.document, m.origin, m.event, m.event.summary, m.event.realis) for m in members]
    )
    told = [(a.document, a.origin, m.event) for a, m in zip(accounts, members, strict=True)]
    sides = {m.document: ", ".join(sorted(_shown(side, cast) for side in m.sides)) for m in members}
    conflicts = event_conflicts(told, lambda document, _: sides[document] or None, cast.is_state)
    best = _leading(members)
    return FusedEvent(
        id=merge.id,
        type=best.type,
        label=best.label,
        summary=best.summary,
        date=_date([(m.document, m.event.date) for m in members], combined=not merge.doubtful),
        place=_place(members, cast),
        participants=_involved([(m.document, m.event.participants) for m in members], cast),
        realis=max((m.event.realis for m in members), key=_REALIS.index),
        accounts=accounts,
        members=tuple(Member(document=m.document, record=m.event.id) for m in members),
        documents=tuple(sorted({m.document for m in members})),
        origins=tuple(sorted({account.origin for account in accounts})),
        credibility=_credibility(accounts, conflicts, cast),
        why_merged=merge.reasons,
        doubtful=merge.doubtful,
        conflicts=conflicts,
    )


def record_pledge(members: Sequence[PledgeTraits], merge: Merge, cast: Cast) -> FusedPledge:
    """Return one pledge with the accounts of all its members and its status history."""
    accounts = merge_copies(
        [
            _account(m.document, m.origin, m.pledge, m.pledge.status_words.value, None)
            for m in members
        ]
    )
    told = [(a.document, a.origin, m.pledge) for a, m in zip(accounts, members, strict=True)]
    conflicts = pledge_conflicts(told)
    history = _history(members, {a.document: a.origin for a in accounts})
    latest = next(m.pledge for m in members if m.document == history[-1].document)
    return FusedPledge(
        id=merge.id,
        supplier=_involved([(m.document, m.pledge.supplier) for m in members], cast),
        recipient=_involved([(m.document, m.pledge.recipient) for m in members], cast),
        items=_items(members),
        status=latest.status,
        history=history,
        delivery=_date([(m.document, m.pledge.delivery) for m in members]),
        **{term.field: _terms(members, term.field) for term in TERMS},
        kiel=latest.kiel,
        sipri_eligible=any(m.pledge.sipri_eligible for m in members),
        accounts=accounts,
        members=tuple(Member(document=m.document, record=m.pledge.id) for m in members),
        documents=tuple(sorted({m.document for m in members})),
        origins=tuple(sorted({account.origin for account in accounts})),
        credibility=_credibility(accounts, conflicts, cast),
        why_merged=merge.reasons,
        doubtful=merge.doubtful,
        conflicts=conflicts,
    )


def _account(
    document: str, origin: str, record: Event | Pledge, text: str, realis: Realis | None
) -> Account:
    return Account(
        document=document,
        record=record.id,
        text=text,
        attribution=record.attribution.kind,
        speaker=record.attribution.speaker,
        via=record.attribution.via,
        origin=origin,
        realis=realis,
        factuality=record.factuality,
        citations=distinct(cite(document, record.citations)),
    )


def _credibility(
    accounts: Sequence[Account], conflicts: Sequence[Conflict], cast: Cast
) -> Credibility:
    found = grade(accounts, conflicts)
    return found.model_copy(update={"reason": cast.spell_out(found.reason)})


def _leading(members: Sequence[Traits]) -> Event:
    """The fullest account: with most participants, then a date, a place, and most cited words."""

    def fullness(member: Traits) -> tuple[int, int, str]:
        event = member.event
        known = (event.date is not None) + (event.place is not None)
        return -len(event.participants) - known, -len(event.citations), member.document

    return min(members, key=fullness).event


def _date(
    told: Sequence[tuple[str, DateValue | None]], *, combined: bool = False
) -> FusedDate | None:
    """The least open date; *combined*: 8 December of one report and 2024 of another are one."""
    dates = [(document, date) for document, date in told if date is not None]
    if not dates:
        return None

    def openness(pair: tuple[str, DateValue]) -> tuple[bool, int, int, str]:
        edtf = pair[1].edtf or ""
        return not edtf, edtf.count("X"), -len(edtf), pair[0]

    _, best = min(dates, key=openness)
    cited = [c for d, date in dates if date.edtf == best.edtf for c in cite(d, date.citations)]
    edtf, precision = best.edtf, best.precision
    day = _agreed_day([date for _, date in dates]) if combined else OPEN
    if day.is_day and day.year and date_bounds(edtf) != (day.edtf, day.edtf):
        edtf, precision = day.edtf, "day"
        cited = [c for d, date in dates if date.edtf for c in cite(d, date.citations)]
    return FusedDate(text=best.text, edtf=edtf, precision=precision, citations=distinct(cited))


def _agreed_day(dates: Sequence[DateValue]) -> Day:
    day = OPEN
    for date in dates:
        day = intersect(day, read_day(date.edtf)) or OPEN
    return day


def _place(members: Sequence[Traits], cast: Cast) -> FusedPlace | None:
    places = [(m.document, m.event.place) for m in members if m.event.place]
    if not places:
        return None
    counts = Counter(fold(place.name) for _, place in places)
    _, best = min(
        places,
        key=lambda p: (cast.is_state(p[1].name), -counts[fold(p[1].name)], p[1].name, p[0]),
    )
    same = [(d, p) for d, p in places if fold(p.name) == fold(best.name)]
    return FusedPlace(
        name=best.name,
        country=min((p.country for _, p in same if p.country), default=None),
        citations=distinct(c for d, p in same for c in cite(d, p.citations)),
    )


def _involved(
    told: Sequence[tuple[str, Sequence[Participant] | Sequence[Party]]], cast: Cast
) -> tuple[Involved, ...]:
    groups: dict[str, list[tuple[str, Participant | Party]]] = {}
    for document, parts in told:
        for part in parts:
            figure = cast.find_figure(document, part.actor, part.name)
            groups.setdefault(figure.id if figure else f"~{fold(part.name)}", []).append(
                (document, part)
            )
    found: list[Involved] = []
    for key in sorted(groups):
        group = groups[key]
        roles = Counter(part.role for _, part in group if isinstance(part, Participant))
        actor = cast.figures.get(key)
        found.append(
            Involved(
                name=actor.name if actor else min(part.name for _, part in group),
                actor=actor.id if actor else None,
                role=min(roles, key=lambda role: (-roles[role], role)) if roles else "other",
                documents=tuple(sorted({document for document, _ in group})),
                citations=distinct(c for d, part in group for c in cite(d, part.citations)),
            )
        )
    return tuple(found)


def _items(members: Sequence[PledgeTraits]) -> tuple[FusedItem, ...]:
    """Items of all accounts; the same words with the same quantity are listed once."""
    groups: dict[tuple[object, ...], list[tuple[str, Item]]] = {}
    for member in members:
        for item in member.pledge.items:
            words = tuple(sorted(stems(item.text))) or (fold(item.text),)
            quantity = (str(item.quantity), str(item.quantity_max), str(item.unit))
            groups.setdefault((words, quantity), []).append((member.document, item))
    return tuple(
        FusedItem(
            item=group[0][1],
            documents=tuple(sorted({document for document, _ in group})),
            citations=distinct(c for d, item in group for c in cite(d, item.citations)),
        )
        for _, group in sorted(groups.items())
    )


def _terms(members: Sequence[PledgeTraits], field: str) -> tuple[FusedTerm, ...]:
    """What the accounts say of one term; the same words are listed once, in order of reports."""
    groups: dict[str, list[tuple[str, Cited | Place]]] = {}
    for member in members:
        for told in told_terms(member.pledge, field):
            groups.setdefault(fold(term_text(told)), []).append((member.document, told))
    return tuple(
        FusedTerm(
            text=term_text(group[0][1]),
            country=next((t.country for _, t in group if isinstance(t, Place) and t.country), None),
            documents=tuple(sorted({document for document, _ in group})),
            citations=distinct(
                c for document, told in group for c in cite(document, told.citations)
            ),
        )
        for group in groups.values()
    )


def _history(members: Sequence[PledgeTraits], origins: Mapping[str, str]) -> tuple[StatusStep, ...]:
    """The status each report gives, oldest first; undated reports first."""
    ordered = sorted(members, key=lambda m: (m.published or "", m.key))
    return tuple(
        StatusStep(
            status=m.pledge.status,
            words=m.pledge.status_words.value,
            reported=m.published,
            document=m.document,
            origin=origins[m.document],
            citations=distinct(cite(m.document, m.pledge.status_words.citations)),
        )
        for m in ordered
    )


def _shown(side: str, cast: Cast) -> str:
    return cast.figures[side].name if side in cast.figures else cast.state_of_home.get(side, side)
