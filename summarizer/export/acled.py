"""Events as rows of the Armed Conflict Location & Event Data project, where they are in its scope.

Violence, protests, arrests, and agreements with armed groups that have happened; no diplomacy, no
plans, no denials. A type is given only where the event's own word for it settles it, a date only
when it is known to the day, and no id or number of deaths: the coder knows, a brief does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from summarizer.export.cells import Cell, to_csv
from summarizer.export.proof import PROOF, TOLD, proof, told
from summarizer.export.table import Row, Table, Who, Written, joined
from summarizer.language.countries import by_code

COLUMNS = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
)
OWN = ("date_edtf", "label", "realis", "factuality", "plover")

_Types = tuple[str, str | None, str | None]
_VIOLENCE, _STRATEGIC = "Political violence", "Strategic developments"
_REMOTE = "Explosions/Remote violence"
_LABELS: Mapping[str, _Types] = {
    "airstrike": (_VIOLENCE, _REMOTE, "Air/drone strike"),
    "air strike": (_VIOLENCE, _REMOTE, "Air/drone strike"),
    "drone strike": (_VIOLENCE, _REMOTE, "Air/drone strike"),
    "shelling": (_VIOLENCE, _REMOTE, "Shelling/artillery/missile attack"),
    "arrest": (_STRATEGIC, _STRATEGIC, "Arrests"),
}
_CODES: Mapping[str, _Types] = {
    "ASSAULT": (_VIOLENCE, None, None),  # "clash" and "strike" are any attack, on whomever
    "PROTEST": ("Demonstrations", None, None),  # peaceful or not
}
_DEALS = frozenset(("agreement", "signing", "ceasefire", "memorandum", "deal"))
_FIRST = frozenset(("perpetrator", "actor", "signatory", "speaker", "visitor"))
_SECOND = frozenset(("victim", "recipient", "host"))
_STATE = frozenset(("state", "government_body", "military"))
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def write(table: Table, *, everything: bool = False) -> Written:
    """Return the CSV; what is out of ACLED's scope is left out, or with *everything* kept."""
    rows: list[list[Cell]] = []
    left_out: Counter[str] = Counter()
    for row in table.of("event"):
        types = _types(row)
        happened = row.realis in ("actual", "ongoing")
        if not everything and not (types and happened):
            reason = f"{row.label}, out of scope" if not types else f"{row.realis}, not happened"
            left_out[reason] += 1
            continue
        edtf = row.date.edtf if row.date else None
        own = [edtf, row.label, row.realis, row.factuality, row.plover]
        cells = _cells(row, types or (None, None, None))
        rows.append([*cells, *own, *told(row), *proof(row)])
    return Written(to_csv((*COLUMNS, *OWN, *TOLD, *PROOF), rows), len(rows), left_out)


def _types(row: Row) -> _Types | None:
    label = (row.label or "").casefold().replace("_", " ")
    if label in _DEALS and any(who.kind == "armed_group" for who in row.who):
        return _STRATEGIC, _STRATEGIC, "Agreement"
    return _LABELS.get(label) or _CODES.get(row.plover or "")


def _cells(row: Row, types: tuple[str | None, str | None, str | None]) -> list[Cell]:
    date, year, precision = _date(row)
    first = [who for who in row.who if who.role in _FIRST]
    second = [who for who in row.who if who.role in _SECOND]
    if not second:  # of equals, each stands on a side of its own
        first, second = first[:1], first[1:]
    country = by_code().get(row.place_country or "")
    return [
        None,
        date,
        year,
        precision,
        *types,
        *_side(first, row.place_country),
        *_side(second, row.place_country),
        *[None] * 4,
        country.name if country else None,
        *[None] * 3,
        row.place,
        *[None] * 3,
        joined([report.publisher or report.told for report in row.reports]),
        None,
        row.summary,
        *[None] * 3,
    ]


def _date(row: Row) -> tuple[str | None, int | None, int | None]:
    """Return the day if it is known, the year, and ACLED's code: 1 day, 3 month."""
    found = _DATE.fullmatch(row.date.edtf or "") if row.date else None
    if not found:
        return None, None, None
    precision = 1 if found[3] else 3 if found[2] else None
    return found[0] if found[3] else None, int(found[1]), precision


def _side(parties: list[Who], country: str | None) -> list[Cell]:
    """Return actor, associated actors and the actor's code."""
    names = [who.name for who in parties]
    return [names[0] if names else None, joined(names[1:]), _inter(parties, country)]


def _inter(parties: list[Who], country: str | None) -> int | None:
    """Return 1 for forces of the state it happens in, 8 for another state's; else unknown."""
    if not parties or parties[0].kind not in _STATE or not parties[0].country or not country:
        return None
    return 1 if parties[0].country == country else 8
