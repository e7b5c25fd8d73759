"""Rules for dates that name a day, month or year, with or without the year."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date

from summarizer.brief import Precision
from summarizer.resolve.dates.values import (
    MONTHS,
    SEASONS,
    WEEKDAYS,
    Anchor,
    ResolvedDate,
    Rule,
    explicit_date,
    open_date,
    relative_date,
)

_THIRDS = {"early": "01~/{0}-04~", "mid": "05~/{0}-08~", "late": "09~/{0}-12~"}
_YEAR_PARTS = {part: "{0}-" + third for part, third in _THIRDS.items()} | {
    "middle": "{0}-05~/{0}-08~", "beginning": "{0}-01~", "start": "{0}-01~", "end": "{0}-12~",
    "first half": "{0}-40", "second half": "{0}-41", "year-end": "{0}-12~",
}  # fmt: skip
# A report prints the year of a date that lies further back than this; an unprinted one without
# any sign of tense may then as well lie ahead, so its year stays open.
_DAYS_WITHOUT_YEAR = 300
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}


def iso_day(match: re.Match[str], _: Anchor) -> ResolvedDate:
    """Check that 2025-10-17 exists."""
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return explicit_date(day.isoformat(), "day")


def numeric_day(match: re.Match[str], _: Anchor) -> ResolvedDate:
    """Read 17.10.2025 as day first; 04/05/2025 may be either, and stays open."""
    first, second = int(match["first"]), int(match["second"])
    if match["mark"] == "/" and first <= 12 and second <= 12 and first != second:
        return open_date("day")
    day, month = (first, second) if match["mark"] == "." or first > 12 else (second, first)
    return explicit_date(date(int(match["year"]), month, day).isoformat(), "day")


def _with_year(match: re.Match[str], month: int, day: int | None, anchor: Anchor) -> ResolvedDate:
    """Give the year of *month* and *day* as ``edtf``: printed, inferred from tense, or XXXX."""
    if printed := match["year"]:
        return explicit_date(printed, "year")
    today = anchor.published
    if today is None:
        return explicit_date("XXXX", "year")
    this, that = (today.month, today.day if day else 0), (month, day or 0)
    past = today.year - (that > this)
    if anchor.tense == "future":
        year = today.year + (that < this)
    elif anchor.tense == "none" and (
        (today - date(past, month, min(day or 28, 28))).days > _DAYS_WITHOUT_YEAR
    ):
        return explicit_date("XXXX", "year")
    else:
        year = past
    return ResolvedDate(str(year), "year", "inferred_year", today.isoformat())


def _check_day(year: str | None, month: int, day: int) -> date:
    """Raise ValueError for a day that doesn't exist; of an unknown year, in a leap year."""
    return date(2024 if year in (None, "XXXX") else int(year), month, day)


def day_of_month(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "March 10", "Friday, 17 October 2025"; a weekday must agree with the year."""
    month, day = MONTHS[match["month"]], int(match["day"])
    year = _with_year(match, month, day, anchor)
    weekday = match["weekday"]
    found = _check_day(year.edtf, month, day)
    if weekday and year.edtf != "XXXX" and found.weekday() != WEEKDAYS[weekday]:
        if year.basis == "explicit":
            return open_date("day")  # the report contradicts itself
        year = explicit_date("XXXX", "year")
    return replace(year, edtf=f"{year.edtf}-{month:02}-{day:02}", precision="day")


def days(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "March 3-5", "December 30 to January 2"."""
    last_month = MONTHS[match["last_month"] or match["month"]]
    first_month = MONTHS[match["month"] or match["last_month"]]
    first, last = int(match["day"]), int(match["last_day"])
    year = _with_year(match, last_month, last, anchor)
    wraps = (first_month, first) > (last_month, last)
    start = "XXXX" if year.edtf == "XXXX" else str(int(year.edtf or 0) - wraps)
    _check_day(start, first_month, first)
    _check_day(year.edtf, last_month, last)
    edtf = f"{start}-{first_month:02}-{first:02}/{year.edtf}-{last_month:02}-{last:02}"
    return replace(year, edtf=edtf, precision="interval")


def month(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "October 2025", "late October", "in October"."""
    number = MONTHS[match["month"]]
    year = _with_year(match, number, None, anchor)
    edtf, part = f"{year.edtf}-{number:02}", match["part"]
    if part in _THIRDS and year.edtf != "XXXX":
        last_day = calendar.monthrange(int(year.edtf or 0), number)[1]
        first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, last_day)}[part]
        return replace(year, edtf=f"{edtf}-{first:02}~/{edtf}-{last:02}~", precision="interval")
    return replace(year, edtf=edtf, precision="month")


def months(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "January to March 2025"."""
    first, last = MONTHS[match["month"]], MONTHS[match["last_month"]]
    year = _with_year(match, last, None, anchor)
    start = match["first_year"] or year.edtf or ""
    if first > last and not match["first_year"] and start != "XXXX":
        start = str(int(start) - 1)
    return replace(year, edtf=f"{start}-{first:02}/{year.edtf}-{last:02}", precision="interval")


def _named_year(which: str, anchor: Anchor) -> int | None:
    """Give the year meant by "2026", "next year", "the year"; None when open."""
    if which.isdigit():
        return int(which)
    if anchor.published is None:
        return None
    return anchor.published.year + {"last": -1, "next": 1}.get(which.partition(" ")[0], 0)


def part_of_year(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "late 2024", "the end of the year"."""
    year = _named_year(match["year"], anchor)
    if year is None:
        return open_date("interval")
    edtf = _YEAR_PARTS[match["part"]].format(year)
    precision: Precision = "interval" if "/" in edtf else "month" if "~" in edtf else "season"
    if match["year"].isdigit():
        return explicit_date(edtf, precision)
    return relative_date(edtf, precision, anchor)


def quarter(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "the first quarter of 2026", "Q3 2026"."""
    year = _named_year(match["year"], anchor)
    if year is None:
        return open_date("season")
    number = int(match["number"]) if match["number"] else _ORDINALS[match["ordinal"]]
    edtf = f"{year}-{32 + number}"
    if match["year"].isdigit():
        return explicit_date(edtf, "season")
    return relative_date(edtf, "season", anchor)


def season(match: re.Match[str], _: Anchor) -> ResolvedDate:
    """Resolve "summer 2025"; "late summer" is no more precise than the season."""
    return explicit_date(f"{match['year']}-{SEASONS[match['season']]}", "season")


def years(match: re.Match[str], _: Anchor) -> ResolvedDate:
    """Resolve "2022 to 2024", "2022-23"."""
    first, last = match["first"], match["last"]
    last = last if len(last) == 4 else first[:2] + last
    return explicit_date(f"{first}/{last}", "interval") if first < last else open_date("interval")


def literal(precision: Precision, form: str = "{0}") -> Rule:
    """Make a rule that writes the words found into *form*."""
    return lambda match, _: explicit_date(form.format(match["value"]), precision)
