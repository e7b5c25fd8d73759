"""Events taken apart: what the rules for the same event compare, computed once per event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.brief import Brief, Event, Plover
from summarizer.fuse.dates import WEEKDAYS, Day, read_day
from summarizer.fuse.entities import Cast
from summarizer.fuse.origins import find_origin
from summarizer.fuse.places import Where, find_names, find_place
from summarizer.fuse.states import home_named
from summarizer.fuse.words import copied_text, stems
from summarizer.names import fold

# PLOVER types that reports use for one and the same thing. A report that something is planned or
# promised is AGREE, the thing itself SUPPORT, COOPERATE or AID.
_FAMILIES: dict[Plover, str] = {
    "AGREE": "accord",
    "SUPPORT": "accord",
    "CONCEDE": "accord",
    "CONSULT": "meeting",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "REQUEST": "words",
    "ACCUSE": "words",
    "REJECT": "words",
    "THREATEN": "words",
    "RETREAT": "retreat",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercion",
    "ASSAULT": "assault",
}
# Natural words for events, by what tells one such event from another. First match wins.
_LABEL_WORDS: tuple[tuple[str, str], ...] = (
    ("press conference", "briefing"), ("press_conference", "briefing"), ("briefing", "briefing"),
    ("statement", "words"), ("accus", "words"), ("warn", "words"), ("condemn", "words"),
    ("criti", "words"), ("den", "words"), ("claim", "words"), ("reject", "words"),
    ("assess", "words"), ("call", "words"), ("request", "request"), ("demand", "words"),
    ("threat", "words"), ("announcement", "words"), ("report", "report"),
    ("deliver", "supply"), ("supply", "supply"), ("shipment", "supply"), ("transfer", "supply"),
    ("pledge", "supply"), ("aid", "supply"), ("donat", "supply"), ("sale", "supply"),
    ("regime", "turnover"), ("fall", "turnover"), ("oust", "turnover"), ("coup", "turnover"),
    ("overthrow", "turnover"), ("election", "turnover"), ("inaugurat", "turnover"),
    ("appoint", "appointment"), ("resign", "appointment"),
    ("sign", "accord"), ("agree", "accord"), ("accord", "accord"), ("deal", "accord"),
    ("memorandum", "accord"), ("treaty", "accord"), ("pact", "accord"), ("ceasefire", "accord"),
    ("truce", "accord"), ("visit", "meeting"), ("meet", "meeting"), ("talk", "meeting"),
    ("summit", "meeting"), ("negotiat", "meeting"), ("host", "meeting"), ("trip", "meeting"),
    ("exercise", "exercise"), ("drill", "exercise"),
    ("strike", "attack"), ("attack", "attack"), ("shell", "attack"), ("bomb", "attack"),
    ("clash", "attack"), ("raid", "attack"), ("explosion", "attack"), ("battle", "attack"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traits:
    """One event of one brief, as the rules see it."""

    document: str
    event: Event
    family: str
    day: Day
    published: str | None
    date_text: str
    weekday: str
    where: Where | None
    names: frozenset[str]
    named: frozenset[str]
    people: frozenset[tuple[str | None, str]]
    sides: frozenset[str]
    media: str | None
    origin: str
    stems: frozenset[str]
    copies: frozenset[str]

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words that the report gives for it."""
        return tuple(citation.quote for citation in self.event.citations)

    @property
    def key(self) -> tuple[str, str]:
        """Document and event id."""
        return self.document, self.event.id


def collect_traits(briefs: Sequence[Brief], cast: Cast) -> tuple[Traits, ...]:
    """Return the events of all briefs in order."""
    found: list[Traits] = []
    for brief in briefs:
        forms = (form for actor in brief.actors for form in (actor.name, *actor.aliases))
        known = frozenset(word for form in forms for word in fold(form).split())
        found += (_traits(brief, event, cast, known) for event in brief.events)
    return tuple(found)


def event_family(event: Event) -> str:
    """Return the family of an event: its natural word decides, else its PLOVER type."""
    label = event.label.lower()
    return next((f for word, f in _LABEL_WORDS if word in label), _FAMILIES[event.type])


def _traits(brief: Brief, event: Event, cast: Cast, known: frozenset[str]) -> Traits:
    document = brief.document.id
    named: set[str] = set()
    people: set[tuple[str | None, str]] = set()
    sides: set[str] = set()
    media: str | None = None
    for part in event.participants:
        figure = cast.find_figure(document, part.actor, part.name)
        if figure is None:
            sides |= {home} if (home := home_named(part.name, cast.states)) else set()
            continue
        if "media" in figure.kinds:
            media = media or figure.id
            continue
        if figure.group == "unnamed":
            continue
        armed = "armed_group" in figure.kinds
        sides.add(figure.id if armed or not figure.home else figure.home)
        if figure.group != "state":
            named.add(figure.id)
        if figure.group == "person":
            people.add((figure.home, figure.id))
    quotes = [citation.quote for citation in event.citations]
    day = read_day(event.date.edtf if event.date else None)
    date_text = fold(event.date.text) if event.date else ""
    return Traits(
        document=document,
        event=event,
        family=event_family(event),
        day=day,
        published=brief.document.published,
        date_text=date_text,
        weekday=day.weekday or next((w for w in WEEKDAYS if w in date_text), ""),
        where=find_place(event, cast),
        names=find_names(quotes, known),
        named=frozenset(named),
        people=frozenset(people),
        sides=frozenset(sides),
        media=media,
        origin=find_origin(brief, event.attribution, event.participants, cast),
        stems=frozenset().union(stems(event.summary), *map(stems, quotes)),
        copies=frozenset(key for quote in quotes if (key := copied_text(quote))),
    )
