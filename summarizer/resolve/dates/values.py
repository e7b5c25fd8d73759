"""What a date expression means, and what the rules that find it out share."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from summarizer.brief import DateBasis, Precision
from summarizer.resolve.dates.tense import Tense


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """What an expression means; ``edtf`` is None when it stays open.

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


Rule = Callable[[re.Match[str], Anchor], ResolvedDate]

_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_DAY_NAMES = "mon tue wed thu fri sat sun"
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
WEEKDAYS = {name: number for number, name in enumerate(_DAY_NAMES.split())}
# EDTF: independent of the hemisphere.
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


def open_date(precision: Precision) -> ResolvedDate:
    """Leave it open: nothing but the precision of the words is known."""
    return ResolvedDate(None, precision, "none")


def explicit_date(edtf: str, precision: Precision) -> ResolvedDate:
    """Say what the words alone say."""
    return ResolvedDate(edtf, precision, "explicit")


def relative_date(edtf: str, precision: Precision, anchor: Anchor) -> ResolvedDate:
    """Say what the words mean on the day of publication; open without one."""
    if anchor.published is None:
        return open_date(precision)
    return ResolvedDate(edtf, precision, "relative", anchor.published.isoformat())


def shifted(day: date, *, months: int) -> date:
    """Move *day* by whole months; the 31st becomes the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
