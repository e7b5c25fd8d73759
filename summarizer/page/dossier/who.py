"""Who with whom: the events' participants in, pairs of actors and the events that join them out.

Bystanders take part in nothing. Of those who take part, some do it and some have it done to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from summarizer.dossier import Dossier, Entity
from summarizer.language.countries import by_code
from summarizer.page.dossier.shapes import ActorRow, EventRow, Pair, WhoView

MATRIX = 25
"""Actors that a matrix can hold and still be read."""

_Joint = Mapping[int, Mapping[int, Sequence[int]]]


def actor_rows(
    dossier: Dossier, places: Mapping[str, int], events: Sequence[EventRow]
) -> list[ActorRow]:
    """Return the actors of *events* at their *places*, each with whom it acts on and is with."""
    named = {actor.id: actor for actor in dossier.actors}
    acts, undergoes, beside = _joined(events)
    return [
        _row(named.get(id_), id_, _pairs(acts, at), _pairs(beside, at), _pairs(undergoes, at))
        for at, id_ in enumerate(places)
    ]


def _row(
    actor: Entity | None, id_: str, acts: list[Pair], beside: list[Pair], undergoes: list[Pair]
) -> ActorRow:
    forms = actor.spellings if actor else ()
    country = actor.country if actor else None
    return ActorRow(
        name=actor.name if actor else id_,
        kind=actor.kind.replace("_", " ") if actor else "",
        cited=len({(c.document, c.start, c.end) for form in forms for c in form.citations}),
        country=by_code()[country].name if country in by_code() else country,
        acts=acts or None,
        beside=beside or None,
        undergoes=undergoes or None,
    )


def _joined(events: Sequence[EventRow]) -> tuple[_Joint, _Joint, _Joint]:
    acts: dict[int, dict[int, list[int]]] = {}
    undergoes: dict[int, dict[int, list[int]]] = {}
    beside: dict[int, dict[int, list[int]]] = {}

    def note(into: dict[int, dict[int, list[int]]], one: int, other: int, event: int) -> None:
        into.setdefault(one, {}).setdefault(other, []).append(event)

    for number, event in enumerate(events):
        for (one, side), (other, opposite) in _pairs_of(event):
            if side == opposite:
                note(beside, one, other, number)
                note(beside, other, one, number)
            else:
                note(acts, one, other, number)
                note(undergoes, other, one, number)
    return acts, undergoes, beside


def _pairs_of(event: EventRow) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield two of those who take part, each with its side; who does it comes first."""
    first, other, _ = event["who"]
    sides = ((name, side) for side, names in enumerate((first, other)) for name in names)
    taking_part = {name: side for name, side in sides if isinstance(name, int)}
    yield from combinations(taking_part.items(), 2)


def _pairs(joint: _Joint, at: int) -> list[Pair]:
    found = joint.get(at, {})
    return [
        (other, list(found[other]))
        for other in sorted(found, key=lambda other: (-len(found[other]), other))
    ]


def _chosen(actors: Sequence[ActorRow], joint: Iterable[tuple[int, int]]) -> list[int]:
    """Return the most cited actors, each joined to another one of them."""
    pairs = list(joint)
    while True:
        linked = {actor for pair in pairs for actor in pair}
        chosen = sorted(linked, key=lambda at: (-actors[at]["cited"], at))[:MATRIX]
        inside = [pair for pair in pairs if set(pair) <= set(chosen)]
        alone = set(chosen) - {actor for pair in inside for actor in pair}
        if not alone:
            return chosen
        pairs = [pair for pair in pairs if not alone & set(pair)]


def matrix(actors: Sequence[ActorRow], events: Sequence[EventRow]) -> WhoView:
    """Return the most cited actors that any event joins, by country, and the events of each pair.

    Countries stand in the order of how often their actors are cited, and so do actors in them.
    """
    joint: dict[tuple[int, int], list[int]] = {}
    for number, event in enumerate(events):
        for (one, _), (other, _) in _pairs_of(event):
            joint.setdefault((min(one, other), max(one, other)), []).append(number)
    chosen = _chosen(actors, joint)
    weight: dict[str, int] = {}
    for at in chosen:
        home = actors[at]["country"] or ""
        weight[home] = weight.get(home, 0) + actors[at]["cited"]

    def order(at: int) -> tuple[bool, int, str, int, int]:
        home = actors[at]["country"] or ""
        return not home, -weight[home], home, -actors[at]["cited"], at

    ordered = sorted(chosen, key=order)
    place = {at: number for number, at in enumerate(ordered)}
    cells = [
        (min(place[one], place[other]), max(place[one], place[other]), numbers)
        for (one, other), numbers in joint.items()
        if one in place and other in place
    ]
    return WhoView(matrix=ordered, cells=sorted(cells))
