"""What the dossier's views draw, as JSON: the rows of each view and the words behind a row.

Articles are told by their number on the page, from 1; events, pledges and actors by their place in
the list of that name, from 0.
"""

from __future__ import annotations

from typing import Literal, TypedDict

Cite = tuple[int, int]
"""Words to light, by start and end in code points of the article's text."""

Passage = tuple[int, int, int]
"""A sentence: its id, start, end. Without the article's text: those of the words cited."""

Names = list[int | str]
"""Places in the actors' list, or names that are no known actor's."""

Pair = tuple[int, list[int]]
"""An actor and the events that join another to it."""

Group = Literal["fact", "telling", "spelling"]
OpenKind = Literal["year", "words", "none"]


class Telling(TypedDict):
    """How article *n* tells a record: the sentences, and in them the words to light.

    ``main`` is the passage that tells it, where that is not the first; ``origin`` is given where
    several articles tell it. ``quotes`` are the words of the passages where the page has no text
    to take them from.
    """

    n: int
    record: str
    cites: list[Cite]
    passages: list[Passage]
    main: int | None
    said: str | None
    origin: str | None
    quotes: list[str] | None


class When(TypedDict):
    """A date: its words, what they come to, and the days it lies between, where they are known."""

    words: str
    means: str | None
    first: str | None
    last: str | None
    vague: bool


class EventRow(TypedDict):
    """One event; ``who`` are those who do it, those it is done to, and those it is about."""

    label: str
    who: tuple[Names, Names, Names]
    tellings: list[Telling]
    summary: str | None
    when: When | None
    where: str | None
    realis: str | None
    doubtful: bool


class Band(TypedDict):
    """Events of one month, or of a year where they last longer; ``axis`` is its days."""

    name: str
    axis: tuple[str, str]
    rows: list[int]


class OpenDates(TypedDict):
    """Events that no day bounds, by what is known of their date."""

    kind: OpenKind
    rows: list[int]


class TimelineView(TypedDict):
    """Dated events in order, all and by bands, and apart from them the others."""

    axis: tuple[str, str] | None
    dated: list[int]
    bands: list[Band]
    open: list[OpenDates]


class Goods(TypedDict):
    """An item of a pledge, with the articles that give it so."""

    words: str
    category: str
    within: list[int]
    low: int | None
    high: int | None
    estimate: bool
    unit: str | None


class PledgeRow(TypedDict):
    """One pledge; ``rung`` is how far it has come, from 0, if its status is a step of a supply."""

    supplier: str
    recipient: str
    status: str
    items: list[Goods]
    origins: list[str]
    credibility: str
    tellings: list[Telling]
    rung: int | None
    steps: list[str] | None
    reported: str | None
    delivery: str | None
    terms: list[str] | None
    differs: list[str] | None


class Total(TypedDict):
    """What pledges come to that are alike in sides, status, category and unit.

    ``uncounted`` are pledges alike that give no number; ``linked`` that some may be one.
    """

    supplier: str
    recipient: str
    status: str
    category: str
    low: int
    high: int
    items: list[str]
    pledges: list[int]
    origins: int
    unit: str | None
    estimate: bool
    uncounted: int | None
    linked: bool


class ActorRow(TypedDict):
    """An actor of the events; ``cited`` counts the places that name it."""

    name: str
    kind: str
    cited: int
    country: str | None
    acts: list[Pair] | None
    beside: list[Pair] | None
    undergoes: list[Pair] | None


class WhoView(TypedDict):
    """The matrix: actors in order of their countries; cells are two places in it and events."""

    matrix: list[int]
    cells: list[tuple[int, int, list[int]]]


class Column(TypedDict):
    """All who tell a value and go back to one origin; the first tells it, the others repeat it.

    Of names it is all who spell one so, whoever they go back to.
    """

    origin: str | None
    tellings: list[Telling]


class Side(TypedDict):
    """One of the values of a conflict; ``minority``: most origins agree on another one."""

    columns: list[Column]
    value: str | None
    minority: bool
    preferred: bool


class ConflictRow(TypedDict):
    """A field on which reports differ."""

    group: Group
    record: Literal["pledge", "event", "actor"]
    title: str
    field: str
    sides: list[Side]
    settled: str | None


class DoubtSide(TypedDict):
    """One side of a pair that the rules could not decide."""

    name: str
    n: int | None
    record: str | None


class Doubt(TypedDict):
    """A pair that may be one record."""

    kind: str
    left: DoubtSide
    right: DoubtSide
    reason: str


class Shared(TypedDict):
    """An origin that several articles go back to in one record, and in how many records."""

    origin: str
    articles: list[int]
    records: int


class ArticleRow(TypedDict):
    """A report of the dossier; ``shown``: the page holds its brief."""

    n: int
    id: str
    reliability: str
    events: int
    pledges: int
    actors: int
    conflicts: int
    title: str | None
    publisher: str | None
    published: str | None
    basis: str | None
    shown: bool


class NewsRow(TypedDict):
    """What is different since an earlier dossier."""

    change: str
    kind: str
    name: str
    detail: str


class DossierData(TypedDict):
    """All views."""

    documents: list[ArticleRow]
    shared: list[Shared]
    actors: list[ActorRow]
    events: list[EventRow]
    conflicts: list[ConflictRow]
    doubts: list[Doubt]
    timeline: TimelineView
    ledger: list[PledgeRow]
    totals: list[Total]
    who: WhoView
    warnings: list[str]
    since: list[NewsRow] | None
