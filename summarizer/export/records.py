"""Turn the records of briefs and dossiers into rows of the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5

from summarizer.brief import (
    Actor,
    AttributionKind,
    Brief,
    DateValue,
    Event,
    Item,
    Participant,
    Party,
    Pledge,
)
from summarizer.dossier import Conflict, Dossier, Entity, FusedDate, Involved
from summarizer.export.table import (
    Goods,
    Held,
    Row,
    Source,
    Table,
    When,
    Who,
    cites,
    source_of,
    spoken,
)

Actors = Mapping[str, tuple[Actor | Entity, str]]
"""By id: the actor and the key of its row."""


def table_of(held: Iterable[Held], texts: Mapping[str, str] | None = None) -> Table:
    """Return the table of *held* briefs and dossiers; *texts* are reports by checksum.

    Raises:
        KeyError: a dossier cites a report that it does not list.
    """
    kept = tuple(held)
    rows = [row for each in kept for row in rows_of(each)]
    return Table(tuple(rows), kept, dict(texts or {}))


def rows_of(held: Held) -> Iterator[Row]:
    """Yield a row for each record: summary lines, actors, events, pledges."""
    yield from _of_brief(held) if isinstance(held, Brief) else _of_dossier(held)


def _of_brief(brief: Brief) -> Iterator[Row]:
    source = source_of(brief.document)
    actors: Actors = {actor.id: (actor, _key([source], actor.id)) for actor in brief.actors}
    for number, line in enumerate(brief.summary, 1):
        yield Row(
            "summary",
            f"{source.id}/s{number}",
            _key([source], f"s{number}"),
            (source,),
            summary=line.text,
            citations=cites(line, source),
        )
    for actor in brief.actors:
        yield Row(
            "actor",
            f"{source.id}/{actor.id}",
            _key([source], actor.id),
            (source,),
            name=actor.name,
            aliases=actor.aliases,
            actor_kind=actor.kind,
            country=actor.country,
            positions=tuple(held.value for held in (actor.rank, actor.position) if held),
            affiliations=(actor.affiliation.value,) if actor.affiliation else (),
            reviewed=_decided(actor),
            citations=cites(actor, source),
        )
    for event in brief.events:
        yield Row(
            "event",
            f"{source.id}/{event.id}",
            _key([source], event.id),
            (source,),
            plover=event.type,
            label=event.label,
            summary=event.summary,
            date=_when(event.date),
            place=event.place.name if event.place else None,
            place_country=event.place.country if event.place else None,
            who=_who(event.participants, actors),
            realis=event.realis,
            factuality=event.factuality,
            said_by=spoken(event.attribution.speaker, event.attribution.via),
            hedges=event.attribution.hedge,
            official=_official([event.attribution.kind]),
            reviewed=_decided(event),
            support=event.support,
            citations=cites(event, source),
        )
    for pledge in brief.pledges:
        yield Row(
            "pledge",
            f"{source.id}/{pledge.id}",
            _key([source], pledge.id),
            (source,),
            supplier=_who(pledge.supplier, actors),
            recipient=_who(pledge.recipient, actors),
            items=_goods(pledge.items),
            status=pledge.status,
            status_words=(pledge.status_words.value,),
            delivery=_when(pledge.delivery),
            deployment=pledge.deployment.name if pledge.deployment else None,
            purpose=pledge.purpose.value if pledge.purpose else None,
            conditions=tuple(each.value for each in pledge.conditions),
            exclusions=tuple(each.value for each in pledge.exclusions),
            value=pledge.value.value if pledge.value else None,
            kiel=pledge.kiel,
            sipri_eligible=pledge.sipri_eligible,
            factuality=pledge.factuality,
            said_by=spoken(pledge.attribution.speaker, pledge.attribution.via),
            hedges=pledge.attribution.hedge,
            official=_official([pledge.attribution.kind]),
            reviewed=_decided(pledge),
            support=pledge.support,
            citations=cites(pledge, source),
        )


def _of_dossier(dossier: Dossier) -> Iterator[Row]:
    sources = {each.document.id: source_of(each.document) for each in dossier.documents}

    def told_in(documents: Sequence[str]) -> tuple[Source, ...]:
        return tuple(sources[name] for name in documents)

    actors: Actors = {
        actor.id: (actor, _key(told_in(actor.documents), actor.id)) for actor in dossier.actors
    }
    for actor in dossier.actors:
        reports = told_in(actor.documents)
        yield Row(
            "actor",
            actor.id,
            _key(reports, actor.id),
            reports,
            name=actor.name,
            aliases=tuple(each.text for each in actor.spellings if each.text != actor.name),
            actor_kind=actor.kind,
            country=actor.country,
            positions=tuple(each.text for each in (*actor.ranks, *actor.positions)),
            affiliations=tuple(each.text for each in actor.affiliations),
            doubtful=actor.doubtful,
            conflicts=_conflicts(actor.conflicts),
            citations=cites(actor, sources),
        )
    for event in dossier.events:
        reports = told_in(event.documents)
        yield Row(
            "event",
            event.id,
            _key(reports, event.id),
            reports,
            plover=event.type,
            label=event.label,
            summary=event.summary,
            date=_when(event.date),
            place=event.place.name if event.place else None,
            place_country=event.place.country if event.place else None,
            who=_who(event.participants, actors),
            realis=event.realis,
            factuality=_one(account.factuality for account in event.accounts),
            said_by=tuple(phrase for a in event.accounts for phrase in spoken(a.speaker, a.via)),
            official=_official([account.attribution for account in event.accounts]),
            credibility=event.credibility.grade,
            doubtful=event.doubtful,
            conflicts=_conflicts(event.conflicts),
            citations=cites(event, sources),
        )
    for pledge in dossier.pledges:
        reports = told_in(pledge.documents)
        yield Row(
            "pledge",
            pledge.id,
            _key(reports, pledge.id),
            reports,
            supplier=_who(pledge.supplier, actors),
            recipient=_who(pledge.recipient, actors),
            items=_goods([each.item for each in pledge.items]),
            status=pledge.status,
            status_words=tuple(step.words for step in pledge.history),
            delivery=_when(pledge.delivery),
            kiel=pledge.kiel,
            sipri_eligible=pledge.sipri_eligible,
            factuality=_one(account.factuality for account in pledge.accounts),
            said_by=tuple(phrase for a in pledge.accounts for phrase in spoken(a.speaker, a.via)),
            official=_official([account.attribution for account in pledge.accounts]),
            credibility=pledge.credibility.grade,
            doubtful=pledge.doubtful,
            conflicts=_conflicts(pledge.conflicts),
            citations=cites(pledge, sources),
        )


def _key(reports: Sequence[Source], id_: str) -> str:
    """Return a UUID that is the same for the same record of the same texts."""
    texts = ",".join(sorted(report.sha256 for report in reports))
    return str(uuid5(NAMESPACE_URL, f"ni:///sha-256;{texts}#{id_}"))


def _decided(record: Actor | Event | Pledge) -> str | None:
    return record.review.action if record.review else None


def _when(date: DateValue | FusedDate | None) -> When | None:
    return When(date.text, date.edtf, date.precision) if date else None


def _who(parties: Sequence[Participant | Party | Involved], actors: Actors) -> tuple[Who, ...]:
    found = []
    for party in parties:
        role = None if isinstance(party, Party) else party.role
        if party.actor is not None and party.actor in actors:
            actor, key = actors[party.actor]
            found.append(Who(party.name, key, role, actor.kind, actor.country))
        else:
            found.append(Who(party.name, None, role, None, None))
    return tuple(found)


def _goods(items: Sequence[Item]) -> tuple[Goods, ...]:
    return tuple(
        Goods(
            item.text,
            item.category,
            item.unroca,
            item.quantity,
            item.quantity_max,
            item.quantity_is_estimate,
            item.unit,
        )
        for item in items
    )


_OFFICIAL: Mapping[AttributionKind, bool | None] = {
    "official_statement": True,
    "document": None,  # of whom, the brief does not tell
}


def _official(kinds: Sequence[AttributionKind]) -> bool | None:
    """Tell whether a body speaks for itself; None when that is not known."""
    told = {_OFFICIAL.get(kind, False) for kind in kinds}
    return True if True in told else None if None in told else False


def _conflicts(conflicts: Sequence[Conflict]) -> tuple[str, ...]:
    return tuple(
        f"{each.field}: {' / '.join(value.value for value in each.values)} ({each.resolution})"
        for each in conflicts
    )


def _one(values: Iterable[str]) -> str | None:
    """Return the value if all agree on it."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
