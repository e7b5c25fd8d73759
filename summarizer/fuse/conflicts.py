"""Where reports differ: the accounts of one record in, every value side by side out.

Nothing is averaged or left out. A conflict is resolved only where a rule says so: a more precise
value that the others allow, or the spelling that most independent origins use.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from summarizer.brief import Citation, Event, Pledge
from summarizer.dossier import (
    TERMS,
    Conflict,
    ConflictKind,
    ConflictValue,
    DossierCitation,
    Resolution,
)
from summarizer.fuse.terms import term_text, told_terms
from summarizer.fuse.words import overlap, stems
from summarizer.names import fold, word_set

# "announced on X", "posted on the social media platform NSosyal", "said on Telegram".
_CHANNEL = re.compile(
    r"\b(?:announced|posted|wrote|said|shared|published|statement|tweeted) (?:[a-z]+ ){0,2}?"
    r"(?:on|via) (?:(?:[\w’'-]+ ){0,5}?(?:platform|network|app|channel|service) )?"
    r"([A-ZÀ-Þ][\w.]*)"
)
_CALENDAR = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december the"""
)

_TERM_FIELDS = tuple(dict.fromkeys((term.kind, term.conflict) for term in TERMS))


@dataclass(frozen=True, slots=True)
class Telling:
    """What one report says on one field."""

    document: str
    origin: str
    value: str
    citations: tuple[DossierCitation, ...]


def cite(document: str, citations: Iterable[Citation]) -> tuple[DossierCitation, ...]:
    """Return the citations with their document."""
    return tuple(DossierCitation(document=document, **vars(c)) for c in citations)


def distinct(citations: Iterable[DossierCitation]) -> tuple[DossierCitation, ...]:
    """Return citations in order of document and place, each once."""
    unique = {(c.document, c.start, c.end): c for c in citations}
    return tuple(unique[key] for key in sorted(unique))


def build_conflict(
    kind: ConflictKind,
    field: str,
    tellings: Sequence[Telling],
    *,
    resolution: Resolution = "open",
    preferred: str | None = None,
    reason: str = "",
    same: Callable[[str], str] = fold,
) -> Conflict | None:
    """Return the conflict between *tellings*, or None when all values are the *same*."""
    groups: dict[str, list[Telling]] = {}
    for telling in tellings:
        groups.setdefault(same(telling.value) or telling.value, []).append(telling)
    if len(groups) < 2:
        return None
    support = {key: len({t.origin for t in group}) for key, group in groups.items()}
    total = len({t.origin for t in tellings})
    leading = max(support.values())
    majority = leading * 2 > total
    values = [
        ConflictValue(
            value=_usual(group),
            documents=tuple(sorted({t.document for t in group})),
            origins=tuple(sorted({t.origin for t in group})),
            against_majority=majority and support[key] < leading,
            citations=distinct(c for t in group for c in t.citations),
        )
        for key, group in sorted(groups.items())
    ]
    return Conflict(
        kind=kind,
        field=field,
        values=tuple(values),
        resolution=resolution,
        preferred=preferred,
        reason=reason,
    )


def event_conflicts(
    members: Sequence[tuple[str, str, Event]],
    parties: Callable[[str, Event], str | None],
    states: Callable[[str], bool],
) -> tuple[Conflict, ...]:
    """Return where the accounts of one event differ; *members* are document, origin, event."""
    fields: tuple[tuple[ConflictKind, str, Callable[[str, Event], str | None]], ...] = (
        ("party", "participants", parties),
        ("attribution", "attribution", lambda d, e: _attribution(e.attribution.speaker, e)),
        ("attribution", "channel", lambda d, e: find_channel(e)),
        ("existence", "realis", lambda d, e: _existence(e)),
        ("account", "account", lambda d, e: e.summary),
    )
    found = [_date_conflict(members), _place_conflict(members, states)]
    for kind, field, read in fields:
        tellings = [
            Telling(document, origin, value, cite(document, event.citations))
            for document, origin, event in members
            if (value := read(document, event))
        ]
        found.append(build_conflict(kind, field, tellings))
    return tuple(conflict for conflict in found if conflict)


def pledge_conflicts(members: Sequence[tuple[str, str, Pledge]]) -> tuple[Conflict, ...]:
    """Return where the accounts of one pledge differ; *members* are document, origin, pledge."""
    found: list[Conflict | None] = [*_item_conflicts(members)]
    fields: tuple[tuple[ConflictKind, str, Callable[[Pledge], str | None]], ...] = (
        ("status", "status", lambda p: p.status),
        ("date", "delivery", lambda p: p.delivery.text if p.delivery else None),
        *((kind, field, partial(_terms, field=field)) for kind, field in _TERM_FIELDS),
        ("attribution", "attribution", lambda p: _attribution(p.attribution.speaker, p)),
    )
    for kind, field, read in fields:
        tellings = [
            Telling(document, origin, value, cite(document, pledge.citations))
            for document, origin, pledge in members
            if (value := read(pledge))
        ]
        found.append(build_conflict(kind, field, tellings))
    return tuple(conflict for conflict in found if conflict)


def find_channel(event: Event) -> str | None:
    """Return the platform on which the cited words say something was announced, or None."""
    for citation in event.citations:
        for found in _CHANNEL.finditer(citation.quote):
            if fold(found[1]) not in _CALENDAR:
                return found[1].rstrip(".")
    return None


def _date_conflict(members: Sequence[tuple[str, str, Event]]) -> Conflict | None:
    dates = [(document, origin, event.date) for document, origin, event in members if event.date]
    tellings = [Telling(d, o, date.text, cite(d, date.citations)) for d, o, date in dates]
    meaning = {fold(date.text): date.edtf for _, _, date in dates if date.edtf}
    known = {date.edtf for _, _, date in dates if date.edtf}
    # The dates of a cluster are compatible: the longest and least open one holds the others.
    precise = max(sorted(known), key=lambda d: (d.count("X") == 0, len(d)), default=None)
    return build_conflict(
        "date",
        "date",
        tellings,
        resolution="more_precise" if precise else "open",
        preferred=precise,
        reason="the other expressions allow this date" if precise else "",
        same=lambda text: meaning.get(fold(text), fold(text)),
    )


def _place_conflict(
    members: Sequence[tuple[str, str, Event]], states: Callable[[str], bool]
) -> Conflict | None:
    tellings = [
        Telling(document, origin, event.place.name, cite(document, event.place.citations))
        for document, origin, event in members
        if event.place
    ]
    smaller = {t.value for t in tellings if not states(t.value)}
    if len(smaller) == 1 and len({t.value for t in tellings}) > 1:
        return build_conflict(
            "place",
            "place",
            tellings,
            resolution="more_precise",
            preferred=smaller.pop(),
            reason="the other names only the country",
        )
    return build_conflict("place", "place", tellings)


def _item_conflicts(members: Sequence[tuple[str, str, Pledge]]) -> list[Conflict | None]:
    """What some accounts list and others don't, and quantities that differ for one item."""
    lists: list[tuple[str, str, dict[frozenset[str], tuple[str, int | None, int | None]]]] = []
    cited: dict[tuple[str, str], tuple[DossierCitation, ...]] = {}
    for document, origin, pledge in members:
        items = {}
        for item in pledge.items:
            key = stems(item.text) or frozenset([fold(item.text)])
            items[key] = (item.text, item.quantity, item.quantity_max)
            cited[document, item.text] = cite(document, item.citations)
        lists.append((document, origin, items))
    everywhere = [key for key in lists[0][2] if all(_listed(key, i) for _, _, i in lists)]
    odd = [
        Telling(document, origin, text, cited[document, text])
        for document, origin, items in lists
        for key, (text, _, _) in items.items()
        if not any(overlap(key, other) >= 0.5 for other in everywhere)
    ]
    found = [build_conflict("item", "items", odd)]
    for key in everywhere:
        counts = [
            Telling(document, origin, _count(*entry[1:]), cited[document, entry[0]])
            for document, origin, items in lists
            if (entry := _listed(key, items)) and entry[1] is not None
        ]
        found.append(build_conflict("quantity", f"quantity of {lists[0][2][key][0]}", counts))
    return found


def _listed(
    key: frozenset[str], items: dict[frozenset[str], tuple[str, int | None, int | None]]
) -> tuple[str, int | None, int | None] | None:
    return next((entry for other, entry in items.items() if overlap(key, other) >= 0.5), None)


def _count(low: int | None, high: int | None) -> str:
    return f"{low}" if high in (None, low) else f"{low} to {high}"


def _terms(pledge: Pledge, field: str) -> str | None:
    """What a report says in the terms that stand in one conflict, first the purpose."""
    of = (term.field for term in TERMS if term.conflict == field)
    return "; ".join(term_text(told) for name in of for told in told_terms(pledge, name)) or None


def _attribution(speaker: str | None, record: Event | Pledge) -> str | None:
    via = record.attribution.via
    return ", citing ".join(part for part in (speaker, via) if part) or None


def _existence(event: Event) -> str:
    denied = event.realis == "denied" or event.factuality.endswith("-")
    return "denied" if denied else "told"


def _usual(group: Sequence[Telling]) -> str:
    """The value that most of them give, in its own spelling."""
    uses = Counter(telling.value for telling in group)
    return min(uses, key=lambda value: (-uses[value], value))
