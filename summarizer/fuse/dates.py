"""EDTF dates: a date string in, the days it may mean out.

Only what briefs hold is read: years, months, days with unspecified digits (``XXXX-10-12``,
``2025-1X``), qualifiers, seasons and intervals. Anything else is an open date.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

_POINT = re.compile(r"^(\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?$")
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 12)}


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Day:
    """What is known of a date: any of its parts may be None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def is_day(self) -> bool:
        """Whether month and day are known; the year may still be open."""
        return self.month is not None and self.day is not None

    @property
    def weekday(self) -> str:
        """The day of the week in English, or the empty string when the date is not complete."""
        bounds = date_bounds(self.edtf)
        if not bounds or not self.is_day:
            return ""
        return WEEKDAYS[datetime.date.fromisoformat(bounds[0]).weekday()]

    @property
    def edtf(self) -> str:
        """The parts as EDTF, with X for what is open."""
        parts = [f"{self.year:04}" if self.year else "XXXX"]
        parts += [f"{part:02}" if part else "XX" for part in (self.month, self.day)]
        return "-".join(parts)


OPEN = Day()


@lru_cache(maxsize=65536)
def read_day(edtf: str | None) -> Day:
    """Return the parts of a single EDTF date; ``OPEN`` for none, intervals and seasons."""
    found = _POINT.match(re.sub("[?~%]", "", edtf or ""))
    if not found:
        return OPEN
    year, month, day = (int(part) if part and part.isdecimal() else None for part in found.groups())
    if month is not None and not 1 <= month <= 12:
        return Day(year)
    return Day(year, month, day if month is not None else None)


def intersect(left: Day, right: Day) -> Day | None:
    """Return what both dates say together, or None when they contradict each other."""
    parts: list[int | None] = []
    for one, two in (
        (left.year, right.year),
        (left.month, right.month),
        (left.day, right.day),
    ):
        if one is not None and two is not None and one != two:
            return None
        parts.append(two if one is None else one)
    return Day(*parts)


@lru_cache(maxsize=65536)
def date_bounds(edtf: str | None) -> tuple[str, str] | None:
    """Return the first and last day (ISO) that *edtf* allows, or None when either is open."""
    if not edtf:
        return None
    plain = re.sub(r"[?~%\[\]{}\s]", "", edtf)
    for divider in ("/", ".."):
        first, found, last = plain.partition(divider)
        if found:
            start, end = date_bounds(first), date_bounds(last)
            return (start[0], end[1]) if start and end and start[0] <= end[1] else None
    return _point_bounds(plain)


def _point_bounds(point: str) -> tuple[str, str] | None:
    found = _POINT.match(point)
    if not found or found[1] == "XXXX" or found[1] == "0000":
        return None
    year = int(found[1])
    if found[2] in _SEASONS:
        first, last = _SEASONS[found[2]]
    elif found[2] in (None, "XX"):
        first, last = 1, 12
    else:
        first = last = int(found[2])
    if not 1 <= first <= last <= 12:
        return None
    days = calendar.monthrange(year, last)[1]
    if found[3] in (None, "XX"):
        return datetime.date(year, first, 1).isoformat(), datetime.date(
            year, last, days
        ).isoformat()
    day = int(found[3])
    if not 1 <= day <= days:
        return None
    iso = datetime.date(year, first, day).isoformat()
    return iso, iso
