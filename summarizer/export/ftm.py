"""Records as FollowTheMoney entities, a line of JSON each.

Actors become persons and bodies, events and pledges Events with those involved, reports Articles,
to which the others point by ``proof``; the quoted words are in ``notes``. The model has no place
for offsets: they stand beside ``properties`` under ``citations``, which programs that don't know
them pass over. A date or country that the model would not take stays out of its property.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5

from summarizer.brief import ActorKind
from summarizer.export.lines import JsonObject, to_lines
from summarizer.export.table import Cite, Goods, Row, Source, Table, When, Who, Written

_SCHEMATA: Mapping[ActorKind, str] = {
    "person": "Person",
    "state": "PublicBody",
    "government_body": "PublicBody",
    "company": "Company",
    "military": "Organization",
    "armed_group": "Organization",
    "political_party": "Organization",
    "igo": "Organization",
    "media": "Organization",
    "other": "LegalEntity",
}
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_TWO = dict(
    pair.split("=")
    for pair in """
    AND=ad AGO=ao ATG=ag ARM=am AUT=at BHS=bs BGD=bd BRB=bb BLR=by BLZ=bz BEN=bj BIH=ba BRN=bn
    BDI=bi CPV=cv CAF=cf TCD=td CHL=cl CHN=cn COM=km COG=cg COD=cd DNK=dk SLV=sv GNQ=gq EST=ee
    SWZ=sz GRD=gd GIN=gn GNB=gw GUY=gy IRQ=iq IRL=ie ISR=il JAM=jm KAZ=kz PRK=kp KOR=kr LBR=lr
    LBY=ly MDG=mg MDV=mv MLT=mt MEX=mx FSM=fm MNE=me MOZ=mz PAK=pk PLW=pw PNG=pg PRY=py POL=pl
    PRT=pt SEN=sn SRB=rs SYC=sc SVK=sk SVN=si SLB=sb SUR=sr SWE=se TUN=tn TUR=tr TKM=tm TUV=tv
    UKR=ua ARE=ae URY=uy ESH=eh GRL=gl FRO=fo CYM=ky FLK=fk PCN=pn SGS=gs MAC=mo MNP=mp GLP=gp
    MTQ=mq GUF=gf MYT=yt PYF=pf WLF=wf SPM=pm MAF=mf ATF=tf ABW=aw CUW=cw BES=bq COK=ck NIU=nu
    ALA=ax ATA=aq
    """.split()
)
"""ISO 3166-1: three letters -> two, where they are not the first two."""


def write(table: Table, *, everything: bool = False) -> Written:
    """Return the entities; a summary's lines are told with the records that they sum up."""
    del everything  # nothing is out of scope
    entities: dict[str, JsonObject] = {}
    for row in table.of("actor", "event", "pledge"):
        for entity in (*map(_article, row.reports), _ENTITIES[row.kind](row)):
            entities.setdefault(entity["id"], entity)
    return Written(to_lines(entities.values()), len(entities))


def _actor(row: Row) -> JsonObject:
    return _entity(
        row,
        _SCHEMATA[row.actor_kind or "other"],
        name=[row.name],
        alias=row.aliases,
        country=[_two(row.country)],
        position=row.positions if row.actor_kind == "person" else (),
        description=[f"Affiliation: {each}" for each in row.affiliations],
    )


def _event(row: Row) -> JsonObject:
    return _entity(
        row,
        "Event",
        name=[row.summary],
        keywords=[row.plover, row.label, row.realis],
        location=[row.place],
        country=[_two(row.place_country)],
        involved=[who.actor for who in row.who],
        description=[_parties("Involved", row.who), *_told(row)],
        **_dates(row.date),
    )


def _pledge(row: Row) -> JsonObject:
    sides = (*row.supplier, *row.recipient)
    names = [
        ", ".join(who.name for who in side) or "unknown" for side in (row.supplier, row.recipient)
    ]
    what = ", ".join(item.text for item in row.items) or "nothing named"
    return _entity(
        row,
        "Event",
        name=[f"{names[0]} to {names[1]}: {what} ({(row.status or '').replace('_', ' ')})"],
        keywords=["pledge", row.status],
        location=[row.deployment],
        involved=[who.actor for who in sides],
        description=[
            _parties("Supplier", row.supplier),
            _parties("Recipient", row.recipient),
            *map(_goods, row.items),
            *(f"Condition: {each}" for each in row.conditions),
            *(f"Excluded: {each}" for each in row.exclusions),
            f"Value: {row.value}" if row.value else None,
            f"Purpose: {row.purpose}" if row.purpose else None,
            *_told(row),
        ],
        **_dates(row.delivery),
    )


_ENTITIES = {"actor": _actor, "event": _event, "pledge": _pledge}


def _article(report: Source) -> JsonObject:
    return {
        "id": _id(report),
        "schema": "Article",
        "properties": _properties(
            title=[report.title or report.id],
            publisher=[report.publisher],
            sourceUrl=[report.link],
            publishedAt=[report.published],
            fileName=[report.id],
        ),
        "sha256": report.sha256,
    }


def _entity(row: Row, schema: str, **properties: Iterable[str | None]) -> JsonObject:
    return {
        "id": row.key,
        "schema": schema,
        "properties": _properties(
            **properties,
            proof=map(_id, row.reports),
            recordId=[row.id] if schema == "Event" else (),
            notes=[f"“{cite.quote}”" for cite in row.citations],
        ),
        "citations": [_citation(cite) for cite in row.citations],
    }


def _properties(**properties: Iterable[str | None]) -> dict[str, list[str]]:
    """Return the properties that have values, each value once."""
    kept = {name: list(dict.fromkeys(filter(None, each))) for name, each in properties.items()}
    return {name: values for name, values in kept.items() if values}


def _citation(cite: Cite) -> JsonObject:
    return {
        "field": cite.field,
        "article": _id(cite.source),
        "start": cite.start,
        "end": cite.end,
        "quote": cite.quote,
    }


def _id(report: Source) -> str:
    return str(uuid5(NAMESPACE_URL, f"ni:///sha-256;{report.sha256}"))


def _two(country: str | None) -> str | None:
    return _TWO.get(country, country[:2].lower()) if country else None


def _dates(date: When | None) -> dict[str, list[str]]:
    """Return a day, month or year, or the two ends of a span of time."""
    ends = (date.edtf or "").split("/") if date else []
    if not all(map(_DATE.fullmatch, ends)):
        return {}
    return {"date": ends} if len(ends) == 1 else {"startDate": ends[:1], "endDate": ends[1:]}


def _parties(role: str, parties: Sequence[Who]) -> str | None:
    named = (f"{who.name} ({who.role})" if who.role else who.name for who in parties)
    return f"{role}: {', '.join(named)}" if parties else None


def _goods(item: Goods) -> str:
    many = item.span or item.number
    about = "about " if item.quantity_is_estimate else ""
    return f"Item: {item.text}" if many is None else f"Item: {item.text} ({about}{many})"


def _told(row: Row) -> list[str | None]:
    """Return who says so, the date's own words, and on what the reports differ."""
    date = row.date or row.delivery
    return [
        f"Attributed to: {'; '.join(row.said_by)}" if row.said_by else None,
        f"Date: {date.text}" if date else None,
        *(f"Reports differ on {conflict}" for conflict in row.conflicts),
    ]
