"""What a second reading does to the records: takes out, flags, warns. It never adds or raises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from summarizer.brief import Actor, Event, Pledge, Rejection, RejectionKind, Statement
from summarizer.propositions import Proposition
from summarizer.resolve import Resolved
from summarizer.resolve.refusal import refusal
from summarizer.resolve.status import kiel
from summarizer.verify.reader import Says

Effect = Literal["veto", "flag", "warn"]
R = TypeVar("R", Event, Pledge)
V = TypeVar("V", Actor, Event)

EFFECTS: Mapping[str, Mapping[Says, Effect]] = {
    # An attack or arrest that the report does not quite tell of is the worst thing to make up.
    "force": {"no": "veto", "weaker": "veto"},
    "event": {"no": "veto", "weaker": "flag"},
    "items": {"no": "veto", "weaker": "flag"},
    "date": {"no": "veto", "weaker": "flag"},
    "place": {"no": "veto", "weaker": "flag"},
    "position": {"no": "veto"},
    "affiliation": {"no": "veto"},
    # Without its speaker a record would be the report's own word, and more certain.
    "attribution": {"no": "flag", "weaker": "flag"},
    "summary": {"no": "veto", "weaker": "warn"},
}
"""Field -> what becomes of it when the reader does not say yes; what is not listed stands."""


@dataclass(frozen=True, slots=True)
class Read:
    """A proposition and what the reader says of it; None when there is no answer."""

    proposition: Proposition
    says: Says | None
    is_forceful: bool = False

    @property
    def field(self) -> str:
        """The row of ``EFFECTS`` that it falls under."""
        field = self.proposition.field.partition("[")[0]
        return "force" if field == "event" and self.is_forceful else field

    @property
    def effect(self) -> Effect | None:
        """What it does to the value."""
        return EFFECTS[self.field].get(self.says) if self.says else None


def applied(resolved: Resolved, readings: Iterable[Read]) -> Resolved:
    """Return the records as the readings leave them; what is taken out goes to the rejections."""
    forceful = {event.id for event in resolved.events if is_forceful(event)}
    by_record: dict[str, list[Read]] = {}
    for reading in readings:
        record = reading.proposition.record
        one = Read(reading.proposition, reading.says, record in forceful)
        by_record.setdefault(record, []).append(one)
    refused: list[Rejection] = []
    lines = [(line, by_record.get(f"s{at}", [])) for at, line in enumerate(resolved.summary, 1)]
    refused += (
        _refused("summary", "text", line.text, one) for line, told in lines for one in _vetoed(told)
    )
    actors = [_actor(actor, by_record.get(actor.id, ()), refused) for actor in resolved.actors]
    events = [_event(event, by_record.get(event.id, ()), refused) for event in resolved.events]
    pledges = [_pledge(one, by_record.get(one.id, ()), refused) for one in resolved.pledges]
    return replace(
        resolved,
        summary=tuple(line for line, told in lines if not _vetoed(told)),
        actors=tuple(actors),
        events=tuple(event for event in events if event),
        pledges=tuple(pledge for pledge in pledges if pledge),
        rejections=(*resolved.rejections, *refused),
        warnings=(*resolved.warnings, *map(_warning, _warned(lines))),
    )


def is_forceful(event: Event) -> bool:
    """Tell whether an event is one of violence or arrest."""
    return event.type == "ASSAULT" or event.label == "arrest"


def _vetoed(told: Iterable[Read]) -> list[Read]:
    return [one for one in told if one.effect == "veto"]


def _warned(lines: Iterable[tuple[Statement, list[Read]]]) -> Iterator[Read]:
    return (one for _, told in lines for one in told if one.effect == "warn")


def _actor(actor: Actor, told: Iterable[Read], refused: list[Rejection]) -> Actor:
    vetoed = {one.proposition.field: one for one in _vetoed(told)}
    for field, one in vetoed.items():
        refused.append(_refused("actor", field, getattr(actor, field).value, one))
    return _without(actor, vetoed)


def _event(event: Event, told: Sequence[Read], refused: list[Rejection]) -> Event | None:
    vetoed = {one.proposition.field: one for one in _vetoed(told)}
    if deed := vetoed.get("event"):
        refused.append(_refused("event", "event", event.summary, deed))
        return None
    values = {"date": event.date and event.date.text, "place": event.place and event.place.name}
    refused += (_refused("event", field, values[field] or "", one) for field, one in vetoed.items())
    return _judged(_without(event, vetoed), told)


def _pledge(pledge: Pledge, told: Sequence[Read], refused: list[Rejection]) -> Pledge | None:
    vetoed = {one.proposition.field: one for one in _vetoed(told)}
    named = {f"items[{at}]": item for at, item in enumerate(pledge.items)}
    refused += (
        _refused("pledge", "items", named[field].text, one) for field, one in vetoed.items()
    )
    items = tuple(item for field, item in named.items() if field not in vetoed)
    if not items:
        return None
    if len(items) < len(pledge.items):
        update = {"items": items, "kiel": kiel(pledge.status, items)}
        pledge = pledge.model_copy(update=update)
    return _judged(pledge, told)


def _without(record: V, fields: Iterable[str]) -> V:
    """Return *record* with these fields left open."""
    gone = dict.fromkeys(fields)
    filled = tuple(field for field in record.filled if field not in gone)
    return record.model_copy(update={**gone, "filled": filled}) if gone else record


def _judged(record: R, told: Sequence[Read]) -> R:
    """Return *record* with what the reader says of it beside what its words say."""
    if any(one.effect == "flag" for one in told):
        return record.model_copy(update={"support": "partial", "support_by": "reader"})
    main = [one for one in told if one.field in ("event", "force", "items")]
    confirmed = bool(main) and all(one.says for one in main)
    return record.model_copy(update={"support_by": "both"}) if confirmed else record


def _refused(kind: RejectionKind, field: str, value: str, read: Read) -> Rejection:
    told = read.proposition
    return refusal(kind, field, value, f"a second reading: {_where(told)} not say: {told.text}")


def _warning(read: Read) -> str:
    told = read.proposition
    return f"a second reading: {_where(told)} not say all of: {told.text}"


def _where(told: Proposition) -> str:
    """Return the subject and verb of what its sentences do not say."""
    numbers = ", ".join(map(str, told.sentences))
    return f"sentences {numbers} do" if len(told.sentences) > 1 else f"sentence {numbers} does"
