"""Fuse: briefs of several reports in, one dossier out, the same for any order of input."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from summarizer.brief import Brief
from summarizer.dossier import (
    Decision,
    Dossier,
    FusedEvent,
    FusedPledge,
    Member,
    Relation,
    Reliability,
    Source,
)
from summarizer.errors import InputError
from summarizer.fuse.chains import chain_pledges
from summarizer.fuse.claims import collect_claims
from summarizer.fuse.entities import Cast, fuse_actors
from summarizer.fuse.events import Stories, fuse_events
from summarizer.fuse.identity import Naming, assign_ids
from summarizer.fuse.pledges import (
    Deals,
    PledgeTraits,
    collect_pledges,
    fuse_pledges,
)
from summarizer.fuse.portraits import portray
from summarizer.fuse.records import Merge, record_event, record_pledge
from summarizer.fuse.since import compare, kept_ids
from summarizer.fuse.tellings import join_tellings
from summarizer.fuse.timeline import list_items, order_events
from summarizer.fuse.traits import Traits, collect_traits
from summarizer.fuse.words import digest
from summarizer.names import fold

__all__ = ["fuse"]


def fuse(
    briefs: Iterable[Brief],
    *,
    decisions: Sequence[Decision] = (),
    reliability: Mapping[str, Reliability] | None = None,
    since: Dossier | None = None,
) -> Dossier:
    """Fuse *briefs* into one dossier.

    *decisions* (a dossier's ``doubtful`` pairs with a verdict filled in) win over every rule.
    *reliability* maps publishers or document ids to A..F; what it doesn't name is F. With *since*,
    an earlier dossier, records keep their ids and ``Dossier.since`` lists what is different.

    Raises InputError when two different briefs have the same document id, or when decisions
    contradict each other.
    """
    ordered = _in_order(briefs)
    decided = _consistent(decisions)
    cast = fuse_actors(ordered, decided, since.actors if since else ())
    traits = collect_traits(ordered, cast)
    stories, event_doubts = fuse_events(traits, decided)
    offers = collect_pledges(ordered, cast, _told_elsewhere(traits, stories))
    deals, pledge_doubts = fuse_pledges(offers, decided)
    join_tellings(traits, stories, offers, deals)
    events, event_ids = _events(traits, stories, cast, since)
    pledges, relations = _pledges(offers, deals, cast, since)
    published = {brief.document.id: brief.document.published for brief in ordered}
    doubts = _undecided((*event_doubts, *pledge_doubts), decided)
    spelled = (d.model_copy(update={"reason": cast.spell_out(d.reason)}) for d in doubts)
    dossier = Dossier(
        version=1,
        documents=tuple(_source(brief, reliability or {}) for brief in ordered),
        actors=tuple(portray(figure, published) for figure in cast.figures.values()),
        events=events,
        pledges=pledges,
        relations=relations,
        timeline=order_events(events),
        ledger=list_items(pledges),
        claims=collect_claims(traits, cast, event_ids),
        doubtful=(*cast.doubtful, *spelled),
        since=None,
        warnings=_warnings(ordered),
    )
    return (
        dossier if since is None else dossier.model_copy(update={"since": compare(since, dossier)})
    )


def _in_order(briefs: Iterable[Brief]) -> list[Brief]:
    """Sort by document id; the same brief twice counts once."""
    by_id: dict[str, Brief] = {}
    for brief in briefs:
        other = by_id.setdefault(brief.document.id, brief)
        if other is not brief and other != brief:
            raise InputError(
                f"two different briefs have the document id {brief.document.id!r}; "
                "give each report one brief and its own id"
            )
    return [by_id[id_] for id_ in sorted(by_id)]


def _consistent(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    ordered = sorted(
        (d for d in decisions if d.verdict != "undecided"), key=Decision.model_dump_json
    )
    verdicts: dict[tuple[str, ...], str] = {}
    for decision in ordered:
        sides = sorted(side.model_dump_json() for side in (decision.left, decision.right))
        if verdicts.setdefault((decision.kind, *sides), decision.verdict) != decision.verdict:
            names = f"{decision.left.name!r} and {decision.right.name!r}"
            raise InputError(f"the decisions call {names} both the same and not the same")
    return tuple(ordered)


def _events(
    traits: Sequence[Traits], stories: Stories, cast: Cast, since: Dossier | None
) -> tuple[tuple[FusedEvent, ...], dict[int, str]]:
    clusters = stories.clusters()
    groups = [[traits[n] for n in cluster] for cluster in clusters]
    ids = assign_ids([_event_naming(group) for group in groups])
    members = [[Member(document=t.document, record=t.event.id) for t in group] for group in groups]
    ids = kept_ids(members, ids, since.events) if since else ids
    records = [
        record_event(group, _merge(id_, cluster, stories, cast), cast)
        for group, cluster, id_ in zip(groups, clusters, ids, strict=True)
    ]
    by_number = {n: id_ for cluster, id_ in zip(clusters, ids, strict=True) for n in cluster}
    return tuple(sorted(records, key=lambda record: record.id)), by_number


def _told_elsewhere(
    traits: Sequence[Traits], stories: Stories
) -> dict[str, dict[int, frozenset[str]]]:
    """For each document its events that other documents tell too, by cluster, and their sides."""
    told: dict[str, dict[int, frozenset[str]]] = {}
    for number, event in enumerate(traits):
        if len(stories.fact(number).documents) > 1:
            told.setdefault(event.document, {})[stories.find(number)] = event.sides
    return told


def _pledges(
    traits: Sequence[PledgeTraits], deals: Deals, cast: Cast, since: Dossier | None
) -> tuple[tuple[FusedPledge, ...], tuple[Relation, ...]]:
    clusters = deals.clusters()
    groups = [[traits[n] for n in cluster] for cluster in clusters]
    ids = assign_ids([_pledge_naming(group) for group in groups])
    members = [[Member(document=t.document, record=t.pledge.id) for t in group] for group in groups]
    ids = kept_ids(members, ids, since.pledges) if since else ids
    records = [
        record_pledge(group, _merge(id_, cluster, deals, cast), cast)
        for group, cluster, id_ in zip(groups, clusters, ids, strict=True)
    ]
    roots = {deals.find(c[0]): id_ for c, id_ in zip(clusters, ids, strict=True)}
    relations = chain_pledges(traits, deals, roots)
    ordered = tuple(sorted(relations, key=lambda r: (r.subject, r.object)))
    return tuple(sorted(records, key=lambda record: record.id)), ordered


def _merge(id_: str, cluster: Sequence[int], partition: Stories | Deals, cast: Cast) -> Merge:
    reasons = tuple(cast.spell_out(reason) for reason in partition.reasons(cluster[0]))
    return Merge(id_, reasons, partition.is_doubtful(cluster[0]))


def _event_naming(group: Sequence[Traits]) -> Naming:
    """Family, day and the side most accounts name: what a further account doesn't change."""
    anchor = min(digest(fold(t.event.citations[0].quote), t.event.label) for t in group)
    day = min(
        (t.day for t in group), key=lambda day: (day.day is None, day.month is None, str(day))
    )
    sides = Counter(side for t in group for side in t.sides)
    side = min(sides, key=lambda side: (-sides[side], side)) if sides else "nobody"
    when = f"{day.month or 0:02}{day.day or 0:02}" if day.month else "undated"
    family = group[0].family
    # Days hold many statements, and open dates many events of any kind: only words tell them apart.
    crowded = when == "undated" or family in ("words", "request", "report")
    base = f"event-{family}-{when}-{_plain(side)}"
    return Naming(f"{base}-{anchor}", "", "") if crowded else Naming(base, "", anchor)


def _pledge_naming(group: Sequence[PledgeTraits]) -> Naming:
    first = group[0]
    parties = "-to-".join(
        _plain("+".join(sorted(s)) or "unknown") for s in (first.supplier, first.recipient)
    )
    items = Counter(item for t in group for item in t.items)
    item = min(items, key=lambda item: (-items[item], item)) if items else "nothing"
    anchor = min(digest(fold(t.pledge.citations[0].quote)) for t in group)
    return Naming(f"pledge-{parties}-{_plain(item)}", "", anchor)


def _plain(text: str) -> str:
    return re.sub("[^a-z0-9+]+", "-", text.lower()).strip("-")


def _undecided(doubts: Iterable[Decision], decided: Sequence[Decision]) -> tuple[Decision, ...]:
    known = {(d.kind, *_keys(d)) for d in decided}
    return tuple(d for d in doubts if (d.kind, *_keys(d)) not in known)


def _keys(decision: Decision) -> list[tuple[str | None, str | None]]:
    return sorted((s.document, s.record) for s in (decision.left, decision.right))


def _source(brief: Brief, reliability: Mapping[str, Reliability]) -> Source:
    document = brief.document
    grade = reliability.get(document.id) or reliability.get(document.publisher or "")
    return Source(document=document, reliability=grade or "F")


def _warnings(briefs: Sequence[Brief]) -> tuple[str, ...]:
    copies: dict[str, list[str]] = {}
    for brief in briefs:
        copies.setdefault(brief.document.sha256, []).append(brief.document.id)
    found = [
        f"the same text under several ids: {', '.join(ids)}"
        for ids in copies.values()
        if len(ids) > 1
    ]
    undated = [brief.document.id for brief in briefs if not brief.document.published]
    if undated:
        found.append(f"no publication date, so relative dates stay open: {', '.join(undated)}")
    return tuple(found)
