"""The timeline: the dossier's events in, rows by the days of their dates out.

A date that is open on one side has one bound and is placed by it; one without a year has none and
stands apart, as do dates in words alone and events without any.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence

from summarizer.dossier import Dossier, FusedDate, FusedEvent
from summarizer.fuse.dates import date_bounds, read_day
from summarizer.page.dossier.shapes import (
    Band,
    EventRow,
    Names,
    OpenDates,
    OpenKind,
    TimelineView,
    When,
)
from summarizer.page.dossier.sources import Sources
from summarizer.propositions import FIRST_ROLES

MANY = 60
"""Rows from which on a list is folded into bands."""

_LIT = ("date", "place", "participants")
_LONGEST_IN_MONTH = 31  # days; what may last longer belongs to its year
_FAR = 3  # times the days that most events lie in: what stretches the axis more runs off it
_QUALIFIERS = {"?": "perhaps", "~": "about", "%": "perhaps about"}
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_OPEN = ("", "..")


def event_rows(dossier: Dossier, sources: Sources) -> tuple[list[EventRow], dict[str, int]]:
    """Return the rows in the order of the timeline, and each actor's place in the actors' list."""
    actors: dict[str, int] = {}
    return [_row(e, sources, actors) for e in sorted(dossier.events, key=_order)], actors


def _row(event: FusedEvent, sources: Sources, actors: dict[str, int]) -> EventRow:
    who: tuple[Names, Names, Names] = ([], [], [])
    for part in event.participants:
        name = actors.setdefault(part.actor, len(actors)) if part.actor else part.name
        who[_place(part.role)].append(name)
    words = [c for part in event.participants for c in part.citations]
    words += event.date.citations if event.date else ()
    words += event.place.citations if event.place else ()
    told = {c.quote for account in event.accounts for c in account.citations}
    return EventRow(
        label=event.label,
        who=who,
        tellings=sources.accounts(event.accounts, _LIT, words),
        summary=None if event.summary in told else event.summary,
        when=read_date(event.date),
        where=event.place.name if event.place else None,
        realis=None if event.realis == "actual" else event.realis,
        doubtful=event.doubtful,
    )


def _place(role: str) -> int:
    if role in FIRST_ROLES:
        return 0
    return 2 if role == "other" else 1


def _order(event: FusedEvent) -> tuple[str, str, str, str]:
    when = read_date(event.date)
    days = [day for day in (when["first"], when["last"]) if day] if when else []
    edtf = (event.date.edtf if event.date else None) or "~"  # behind all digits and X
    return (days or ["~"])[0], (when and when["last"]) or "~", edtf, event.id


def timeline(rows: Sequence[EventRow]) -> TimelineView:
    """Return which *rows*, in their order, stand on the axis, in which band, and which apart."""
    dated: list[int] = []
    apart: dict[OpenKind, list[int]] = {"year": [], "words": [], "none": []}
    for number, row in enumerate(rows):
        when = row["when"]
        if when and (when["first"] or when["last"]):
            dated.append(number)
        else:
            apart[("year" if when["means"] else "words") if when else "none"].append(number)
    return TimelineView(
        axis=_axis([days for at in dated for days in _days(rows[at])]),
        dated=dated,
        bands=_bands(rows, dated) if len(dated) > MANY else [],
        open=[OpenDates(kind=kind, rows=numbers) for kind, numbers in apart.items() if numbers],
    )


def _days(row: EventRow) -> list[str]:
    when = row["when"]
    return [day for day in (when["first"], when["last"]) if day] if when else []


def _axis(days: Sequence[str]) -> tuple[str, str] | None:
    """Return the first and last day to draw; a tenth at either end may lie too far off for it."""
    if not days:
        return None
    ordered = sorted(map(_ordinal, days))
    tenth = len(ordered) // 10
    low, high = ordered[tenth], ordered[-1 - tenth]
    reach = _FAR * max(high - low, 1)
    near = [day for day in ordered if low - reach <= day <= high + reach]
    first, last = map(datetime.date.fromordinal, (near[0], near[-1]))
    return first.isoformat(), last.isoformat()


def _bands(rows: Sequence[EventRow], dated: Sequence[int]) -> list[Band]:
    bands: dict[str, list[int]] = {}
    for number in dated:
        days = _days(rows[number])
        short = len(days) == 2 and _ordinal(days[1]) - _ordinal(days[0]) < _LONGEST_IN_MONTH
        bands.setdefault(days[0][: 7 if short else 4], []).append(number)
    return [
        Band(name=_band_name(key), axis=date_bounds(key) or (key, key), rows=bands[key])
        for key in sorted(bands)
    ]


def _band_name(key: str) -> str:
    year, _, month = key.partition("-")
    return f"{calendar.month_name[int(month)]} {year}" if month else f"{year}, over a month"


def _ordinal(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()


def read_date(date: FusedDate | None) -> When | None:
    """Return the words of *date*, its meaning in words, and its bounds as far as it has them."""
    if date is None:
        return None
    edtf = date.edtf or ""
    bounds = date_bounds(edtf)
    start, divider, end = edtf.partition("/")
    if divider and not bounds:
        left, right = date_bounds(start), date_bounds(end)
        # Both bounded but in the wrong order is no date; a half that is not "open" is not known.
        first = left[0] if left and end in _OPEN else None
        last = right[1] if right and start in _OPEN else None
    else:
        first, last = bounds or (None, None)
    return When(
        words=date.text,
        means=read_edtf(edtf) or None,
        first=first,
        last=last,
        vague=bool(re.search("[?~%]", edtf)),
    )


def read_edtf(edtf: str) -> str:
    """Return an EDTF date as one reads it: ``../2010`` is "until 2010"."""
    start, divider, end = edtf.partition("/")
    if not divider:
        return _point(edtf)
    if start in _OPEN:
        return f"until {_point(end)}"
    if end in _OPEN:
        return f"from {_point(start)}"
    left, right = _point(start), _point(end)
    return f"{left.removesuffix(f' {right[-4:]}')} to {right}"


def _point(edtf: str) -> str:
    plain = re.sub("[?~%]", "", edtf)
    marks = [_QUALIFIERS[char] for char in _QUALIFIERS if char in edtf]
    day = read_day(plain)
    year, _, season = plain.partition("-")
    if season in _SEASONS and year.isdecimal():
        told = f"{_SEASONS[season]} {year}"
    elif day.year or day.month:
        month = calendar.month_abbr[day.month] if day.month else ""
        parts = (str(day.day or ""), month, f"{day.year:04}" if day.year else "")
        told = " ".join(part for part in parts if part)
    else:
        told = plain
    return " ".join([*marks, told])
