"""What a date means, and what the rules that find it out share."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from summarizer.brief import DateBasis, Precision
from summarizer.dates import Tense
from summarizer.language import entries


@dataclass(frozen=True, slots=True)
class DateFound:
    """What a date means; ``edtf`` is None when it stays open.

    ``anchor`` is the publication date (ISO) if the value depends on it.
    """

    edtf: str | None
    precision: Precision
    basis: DateBasis
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a rule may look at besides the words."""

    published: date | None
    tense: Tense


Parts = Mapping[str, str]
"""The words of a form by their names; those that are not there are empty."""
Rule = Callable[[Parts, Anchor], DateFound]

_SEASON_CODES = (21, 22, 23, 23, 24)  # EDTF's, independent of the hemisphere


def month_number(name: str) -> int:
    """Return 9 for "september", "sept." and "sep"."""
    months = [month[:3].casefold() for month in entries("dates", "words", "long_month")]
    return months.index(name[:3]) + 1


def weekday_number(name: str) -> int:
    """Return 0 for "monday" and "mon"."""
    return [d[:3].casefold() for d in entries("dates", "words", "weekday")].index(name[:3])


def season_code(name: str) -> int:
    """Return EDTF's code of "summer"."""
    return _SEASON_CODES[entries("dates", "words", "season").index(name)]


def open_date(precision: Precision) -> DateFound:
    """Leave it open: nothing but the precision of the words is known."""
    return DateFound(None, precision, "none")


def explicit_date(edtf: str, precision: Precision) -> DateFound:
    """Say what the words alone say."""
    return DateFound(edtf, precision, "explicit")


def relative_date(edtf: str, precision: Precision, anchor: Anchor) -> DateFound:
    """Say what the words mean on the day of publication; open without one."""
    if anchor.published is None:
        return open_date(precision)
    return DateFound(edtf, precision, "relative", anchor.published.isoformat())


def step_of(which: str) -> int:
    """Return -1 for "last", 1 for "next", else 0: how far a named year or week lies away."""
    return {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)


def shifted(day: date, *, months: int) -> date:
    """Move *day* by whole months; the 31st becomes the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
