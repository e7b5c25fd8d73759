"""The one table of fields that every format is written from: briefs and dossiers in, rows out.

A row is one record: an actor, an event, a pledge with its items, or a line of a summary. What a
report does not tell stays None or empty; nothing is guessed for a column's sake. Each row holds all
citations of its record, field by field, with the report that each is from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from summarizer.brief import (
    ActorKind,
    Brief,
    Citation,
    DocumentInfo,
    ItemCategory,
    Kiel,
    PledgeStatus,
    Plover,
    Realis,
    Record,
    Role,
    Unroca,
)
from summarizer.dossier import Dossier, FusedItem

Held = Brief | Dossier


@dataclass(frozen=True, slots=True)
class Source:
    """A report that is cited; ``sha256`` is that of the text in which offsets count."""

    id: str
    sha256: str
    title: str | None
    publisher: str | None
    url: str | None
    language: str | None
    published: str | None

    @property
    def link(self) -> str | None:
        """The address, if it is one that a browser may follow."""
        try:
            parts = urlsplit(self.url or "")
        except ValueError:
            return None
        plain = (self.url or "").isprintable() and " " not in (self.url or "")
        return self.url if plain and parts.scheme in ("http", "https") and parts.netloc else None

    @property
    def told(self) -> str:
        """What a reader finds it by: its address, or else publisher and title."""
        return self.link or ": ".join(filter(None, (self.publisher, self.title))) or self.id


@dataclass(frozen=True, slots=True)
class Cite:
    """Words of a report and what they are cited for: ``text[start:end] == quote``.

    ``field`` is the path in the record (``items[0]``), empty for the record itself. Offsets are
    half-open and count code points of the report's text.
    """

    field: str
    value: str
    source: Source
    sentence: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class When:
    """A date as written, and as EDTF where it could be resolved."""

    text: str
    edtf: str | None
    precision: str


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody named in a record; ``actor`` is the key of an actor's row."""

    name: str
    actor: str | None
    role: Role | None
    kind: ActorKind | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Goods:
    """One kind of equipment; ``quantity`` is the lower bound of a range."""

    text: str
    category: ItemCategory
    unroca: Unroca
    quantity: int | None
    quantity_max: int | None
    quantity_is_estimate: bool
    unit: str | None

    @property
    def number(self) -> int | None:
        """How many there are, if that is one number."""
        return self.quantity if self.quantity_max in (None, self.quantity) else None

    @property
    def span(self) -> str | None:
        """The range of how many there are, in words, if it is a range."""
        if self.quantity_max in (None, self.quantity):
            return None
        lowest = "up" if self.quantity is None else f"{self.quantity}"
        return f"{lowest} to {self.quantity_max}"


@dataclass(frozen=True, slots=True)
class Row:
    """One record with all its fields; which are filled depends on its ``kind``.

    ``id`` is that in its dossier, or that in its brief behind the report's (``visit/p1``). ``key``
    is a UUID, the same whenever the same record of the same texts is exported.
    """

    kind: Literal["actor", "event", "pledge", "summary"]
    id: str
    key: str
    reports: tuple[Source, ...]
    name: str | None = None
    aliases: tuple[str, ...] = ()
    actor_kind: ActorKind | None = None
    country: str | None = None
    positions: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    plover: Plover | None = None
    label: str | None = None
    summary: str | None = None
    date: When | None = None
    place: str | None = None
    place_country: str | None = None
    who: tuple[Who, ...] = ()
    realis: Realis | None = None
    factuality: str | None = None
    supplier: tuple[Who, ...] = ()
    recipient: tuple[Who, ...] = ()
    items: tuple[Goods, ...] = ()
    status: PledgeStatus | None = None
    status_words: tuple[str, ...] = ()
    delivery: When | None = None
    deployment: str | None = None
    purpose: str | None = None
    conditions: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    value: str | None = None
    kiel: Kiel | None = None
    sipri_eligible: bool | None = None
    said_by: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    official: bool | None = None
    support: str | None = None
    credibility: int | None = None
    doubtful: bool | None = None
    conflicts: tuple[str, ...] = ()
    reviewed: str | None = None
    citations: tuple[Cite, ...] = ()

    @property
    def main(self) -> Cite:
        """The citation of the record itself, else the first of a field."""
        return next((cite for cite in self.citations if not cite.field), self.citations[0])


@dataclass(frozen=True, slots=True)
class Table:
    """What is exported: the rows in order, and the briefs and dossiers that they are of.

    ``texts`` holds the text of each report that is at hand, by checksum.
    """

    rows: tuple[Row, ...]
    held: tuple[Held, ...]
    texts: Mapping[str, str] = field(default_factory=dict)

    def of(self, *kinds: str) -> tuple[Row, ...]:
        """Return the rows of these kinds."""
        return tuple(row for row in self.rows if row.kind in kinds)


@dataclass(frozen=True, slots=True)
class Written:
    """A finished export, how many entries it has, and what is left out, by reason."""

    data: str | bytes
    entries: int
    left_out: Counter[str] = field(default_factory=Counter)


def source_of(info: DocumentInfo) -> Source:
    """Return the report of a brief or dossier."""
    return Source(
        info.id,
        info.sha256,
        info.title,
        info.publisher,
        info.url,
        info.language,
        info.published,
    )


def cites(record: Record, sources: Mapping[str, Source] | Source) -> tuple[Cite, ...]:
    """Return every citation in *record*, depth first; *sources* are by document id."""
    return tuple(_cites(record, "", sources))


def _cites(record: Record, path: str, sources: Mapping[str, Source] | Source) -> Iterator[Cite]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == "item" and isinstance(record, FusedItem):
            continue  # cites what the fused item around it cites
        if name == "citations":
            for each in value:
                yield _cite(each, path, _value(record), sources)
        elif isinstance(value, Record):
            yield from _cites(value, _joined(path, name), sources)
        elif isinstance(value, tuple):
            for at, each in enumerate(value):
                if isinstance(each, Record):
                    yield from _cites(each, _joined(path, f"{name}[{at}]"), sources)


def _cite(
    citation: Citation, path: str, value: str, sources: Mapping[str, Source] | Source
) -> Cite:
    source = sources if isinstance(sources, Source) else sources[getattr(citation, "document", "")]
    return Cite(
        path, value, source, citation.sentence, citation.start, citation.end, citation.quote
    )


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


_VALUES = ("value", "text", "name", "words", "summary", "speaker", "via", "status", "kind")


def _value(record: Record) -> str:
    """Return what *record* says, in the words that name it best."""
    if isinstance(record, FusedItem):
        return record.item.text
    values = (getattr(record, name, None) for name in _VALUES)
    return next((value for value in values if isinstance(value, str)), "")


def spoken(speaker: str | None, via: str | None) -> tuple[str, ...]:
    """Return who says so, as one phrase, or nothing."""
    return (", citing ".join(filter(None, (speaker, via))),) if speaker or via else ()


def joined(parts: Sequence[str]) -> str:
    """Return names or phrases as one cell, each once."""
    return "; ".join(dict.fromkeys(parts))
