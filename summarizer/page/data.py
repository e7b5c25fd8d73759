"""What the page draws: a brief and its report in, plain data for JSON out.

Offsets stay code points of the report's text; a citation is ``[start, end]``, with how it was
found behind them unless it is exact. A page may hold hundreds of reports, so what its script can
tell is left out: words that are those of their first citation, citations that are those of the
record's first value, a title that is that value's words, what a record is labelled by its own
values, and whatever has its usual value.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.brief import Actor, Brief, Change, Citation, Event, Pledge, Statement
from summarizer.language.countries import by_code
from summarizer.propositions import FIRST_ROLES, of_event, of_pledge
from summarizer.render.explain import JUDGES
from summarizer.render.markdown import in_words, quantity
from summarizer.review.record import anchor, fingerprint
from summarizer.segment import segment
from summarizer.source import Document
from summarizer.values import Value, values_of

TITLE = 90
"""Characters of a title that stand on two lines of a card."""

HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which UTF-8 does not write."""

_JUDGED = {"words": None, "reader": "by a second reader", "both": "by its words and a reader"}


@dataclass(frozen=True, slots=True)
class Article:
    """A brief and the report it is about; ``text`` is None where that is not at hand."""

    brief: Brief
    text: str | None


def article_data(number: int, article: Article, *, review: bool = False) -> dict[str, Any]:
    """Return what the page draws of the *number*-th article, counted from 1.

    A text that is not the one the brief was made of counts as not at hand. With *review*, each
    record comes whole as well, with the places that name it: a decision on it has to carry them.
    """
    brief, text = article.brief, own_text(article)
    records = []
    for one in _Records(brief, text):
        record = one.data
        if review:
            record["anchor"] = anchor(one.record)
            record["whole"] = one.record.model_dump(mode="json")
        records.append(record)
    return {
        "id": f"d{number}",
        "doc": _document(brief, text),
        "text": text if text is not None and not fits_html(text) else None,
        "sentences": _sentences(brief, text),
        "records": records,
        "rejections": [
            each.model_dump(mode="json", include={"kind", "field", "value", "reason", "detail"})
            for each in brief.rejections
        ],
        "warnings": list(brief.warnings),
    }


def own_text(article: Article) -> str | None:
    """Return the article's text if it is the one that its brief was made of."""
    text = article.text
    if text is None or Document(text).sha256 != article.brief.document.sha256:
        return None
    return text


def fits_html(text: str) -> bool:
    """Tell whether HTML can hold *text* unchanged: it has no NUL and no half of a character."""
    return "\0" not in text and not HALVES.search(text)


def checksum(text: str) -> int:
    """Return a checksum that the page can compute quickly over what it shows."""
    return zlib.adler32(text.encode("utf-16-le", "surrogatepass"))


def _document(brief: Brief, text: str | None) -> dict[str, Any]:
    info, engine = brief.document, brief.engine
    about = ("id", "sha256", "title", "publisher", "url", "published", "published_basis")
    return {
        **{name: getattr(info, name) for name in about},
        "characters": info.characters,
        "engine": engine.name,
        "model": engine.model,
        "sum": None if text is None else checksum(text),
    }


def _sentences(brief: Brief, text: str | None) -> list[tuple[int, int]]:
    if text is None:
        return []
    # Half a character is none that a splitter takes; a stand-in of the same length is.
    document = Document(HALVES.sub("\ufffd", text), language=brief.document.language)
    return [(sentence.start, sentence.end) for sentence in segment(document)]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A record of the brief and its data."""

    record: Statement | Pledge | Event | Actor
    data: dict[str, Any]


class _Records:
    """The records of a brief in the order of the page, each with its data."""

    def __init__(self, brief: Brief, text: str | None) -> None:
        self._brief = brief
        self._text = text
        self._countries = {actor.id: actor.country for actor in brief.actors}

    def __iter__(self) -> Iterator[_Drawn]:
        brief = self._brief
        for number, line in enumerate(brief.summary, start=1):
            yield _Drawn(line, self._line(number, line))
        for pledge in brief.pledges:
            yield _Drawn(pledge, self._pledge(pledge))
        for event in brief.events:
            yield _Drawn(event, self._event(event))
        for actor in brief.actors:
            yield _Drawn(actor, self._actor(actor))

    def _line(self, number: int, line: Statement) -> dict[str, Any]:
        value = self._value(Value("text", line.text, line.citations))
        fp = fingerprint(line)
        return {"id": f"s{number}", "kind": "summary", "fp": fp, "values": [value]}

    def _actor(self, actor: Actor) -> dict[str, Any]:
        codes = [f"also {', '.join(actor.aliases)}"] if actor.aliases else []
        return self._record(actor, None, codes, [actor.country])

    def _event(self, event: Event) -> dict[str, Any]:
        codes = [f"PLOVER {event.type}", f"factuality {event.factuality}"]
        found = self._of_actors(each.actor for each in event.participants)
        if event.place and event.place.country:
            codes.append(f"place {event.place.country}")
            found.append(event.place.country)
        return self._record(event, _deed(event), codes, found) | _judged(event)

    def _pledge(self, pledge: Pledge) -> dict[str, Any]:
        found = self._of_actors(party.actor for party in (*pledge.supplier, *pledge.recipient))
        codes = [f"factuality {pledge.factuality}", f"Kiel {pledge.kiel}"]
        codes.append(f"SIPRI {'eligible' if pledge.sipri_eligible else 'not eligible'}")
        codes += [f"{i.text}: {in_words(i.category)}, UNROCA {i.unroca}" for i in pledge.items]
        if pledge.deployment:
            found.append(pledge.deployment.country)
        supplier, recipient = (
            _together(party.name for party in side) or "unnamed"
            for side in (pledge.supplier, pledge.recipient)
        )
        record = self._record(pledge, f"{supplier} → {recipient}", codes, found)
        goods = (value for value in record["values"] if value["field"] == "items")
        for value, item in zip(goods, pledge.items, strict=True):
            if item.quantity is not None:
                value["note"] = f"= {quantity(item)}"
        return record | _judged(pledge)

    def _of_actors(self, ids: Iterable[str | None]) -> list[str | None]:
        return [self._countries.get(id_ or "") for id_ in ids]

    def _record(
        self,
        record: Actor | Event | Pledge,
        title: str | None,
        codes: Sequence[str],
        countries: Iterable[str | None],
    ) -> dict[str, Any]:
        values = _values(record)
        drawn = [self._value(value, record.filled, record.changes) for value in values]
        for value in drawn[1:]:
            if value["cites"] == drawn[0]["cites"] and self._text is not None:
                del value["cites"]
        data = {
            "id": record.id,
            "kind": type(record).__name__.lower(),
            "fp": fingerprint(record),
            "title": title,
            "codes": list(codes),
            "countries": sorted({country for country in countries if country}),
            "changes": [_taken_out(c) for c in record.changes if not any(_left(c, values))],
            "review": record.review.model_dump(mode="json") if record.review else None,
            "values": drawn,
        }
        return {name: value for name, value in data.items() if value}

    def _value(
        self, value: Value, filled: Sequence[str] = (), changes: Sequence[Change] = ()
    ) -> dict[str, Any]:
        words = value.words if value.verbatim else in_words(value.words)
        first = value.citations[0]
        why = "; ".join(_lowered(change) for change in changes if any(_left(change, [value])))
        data: dict[str, Any] = {
            "field": value.field,
            "words": None if self._text is not None and words == first.quote else words,
            "cites": [_place(citation) for citation in value.citations],
            "note": value.note,
            "filled": value.field in filled,
            "why": why,
        }
        if self._text is None:
            data["quotes"] = [citation.quote for citation in value.citations]
            data["sentences"] = [citation.sentence for citation in value.citations]
        return {name: part for name, part in data.items() if part}


def _values(record: Actor | Event | Pledge) -> tuple[Value, ...]:
    """Return the values of *record*; of an actor the country too, for it can be wrong as well."""
    values = values_of(record)
    if not (isinstance(record, Actor) and record.country):
        return values
    name = by_code()[record.country].name if record.country in by_code() else ""
    country = Value("country", record.country, record.citations, verbatim=False, note=name)
    return (*values, country)


def _place(citation: Citation) -> list[Any]:
    found = [] if citation.match == "exact" else [citation.match]
    return [citation.start, citation.end, *found]


def _judged(record: Event | Pledge) -> dict[str, Any]:
    stands = record.support == "supported"
    claims = of_event(record) if isinstance(record, Event) else of_pledge(record)
    said = {
        "support": None if stands else record.support,
        "by": _JUDGED[record.support_by],
        # In plain words, as the reader was asked.
        "says": None if stands else next((one.text for one in claims), None),
        "speaker": record.attribution.speaker,
    }
    return {name: value for name, value in said.items() if value}


def _left(change: Change, values: Iterable[Value]) -> Iterator[bool]:
    """Yield for each of *values* whether it is what a change has left."""
    kept = in_words(change.kept or "")
    for value in values:
        yield change.field == value.field and kept == in_words(value.words)


def _lowered(change: Change) -> str:
    offered = in_words(change.offered)
    return f"lowered from “{offered}” by {JUDGES[change.by]}: {change.reason}"


def _taken_out(change: Change) -> str:
    became = f"lowered to “{in_words(change.kept)}”" if change.kept else "taken out"
    offered = f"{in_words(change.field)} “{in_words(change.offered)}”"
    return f"{offered} {became} by {JUDGES[change.by]}: {change.reason}"


def _deed(event: Event) -> str:
    """Return who, and to whom, in as many words as a heading holds."""
    first = _together(p.name for p in event.participants if p.role in FIRST_ROLES)
    others = _together(p.name for p in event.participants if p.role not in FIRST_ROLES)
    return " → ".join(side for side in (first, others) if side) or _short(event.summary)


def _together(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(" ".join(name.split()) for name in names))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE else f"{line[: TITLE - 1].rsplit(' ', 1)[0]}…"
