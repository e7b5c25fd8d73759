"""Rules for dates that name a day, month or year, with or without the year."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

from summarizer.brief import Precision
from summarizer.language import entries
from summarizer.resolve.dates.values import (
    Anchor,
    DateFound,
    Parts,
    explicit_date,
    month_number,
    open_date,
    relative_date,
    season_code,
    step_of,
    weekday_number,
)

_THIRDS = {"early": "01~/{0}-04~", "mid": "05~/{0}-08~", "late": "09~/{0}-12~"}
_YEAR_PARTS = {part: "{0}-" + third for part, third in _THIRDS.items()} | {
    "middle": "{0}-05~/{0}-08~", "beginning": "{0}-01~", "start": "{0}-01~", "end": "{0}-12~",
    "first half": "{0}-40", "second half": "{0}-41", "year-end": "{0}-12~",
}  # fmt: skip
# A report prints the year of a date that lies further away than its neighbours' by the name: of
# October 20, in one of October 17, that of this year is meant, if the words don't say otherwise.
_YEAR, _NEAR = 365, 65
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}


def iso_day(parts: Parts, _: Anchor) -> DateFound:
    """Check that 2025-10-17 exists."""
    day = date(int(parts["year"]), int(parts["month_figure"]), int(parts["day"]))
    return explicit_date(day.isoformat(), "day")


def dotted_day(parts: Parts, _: Anchor) -> DateFound:
    """Read 17.10.2025, which is day first everywhere."""
    return iso_day(parts, _)


def numeric_day(parts: Parts, _: Anchor) -> DateFound:
    """Read 17/10/2025; 04/05/2025 by the order that the outlet is known to use, else open."""
    first, second = int(parts["first"]), int(parts["second"])
    order = "day" if first > 12 else "month" if second > 12 else parts["order"]
    if not parts["year"] or not (order or first == second):
        return open_date("day")
    day, month = (second, first) if order == "month" else (first, second)
    return explicit_date(date(int(parts["year"]), month, day).isoformat(), "day")


def fiscal_year(_: Parts, __: Anchor) -> DateFound:
    """Leave "Q3 FY2024" open: a fiscal year begins when its country says."""
    return open_date("interval")


def feast(parts: Parts, _: Anchor) -> DateFound:
    """Leave "Ramadan" and "Independence Day" open but for a printed year."""
    return explicit_date(parts["year"], "year") if parts["year"] else open_date("unknown")


def _with_year(parts: Parts, month: int, day: int | None, anchor: Anchor) -> DateFound:
    """Give the year of *month* and *day* as ``edtf``: printed, inferred from tense, or XXXX."""
    if printed := parts["year"]:
        return explicit_date(printed, "year")
    today = anchor.published
    if today is None:
        return explicit_date("XXXX", "year")
    if which := parts["which"]:
        return relative_date(str(today.year + step_of(which)), "year", anchor)
    this, that = (today.month, today.day if day else 0), (month, day or 0)
    before, after = today.year - (that > this), today.year + (that < this)
    behind = (today - date(before, month, min(day or 28, 28))).days
    match anchor.tense:
        case "future":  # of a far day of the next year, a report would print the year
            far = _YEAR - behind > (_YEAR // 2 if after > today.year else _YEAR - _NEAR)
            year = None if day and behind and far else after
        case "past":
            year = before
        case "none":
            year = before if behind <= _YEAR - _NEAR else None
        case "unclear":
            year = before if behind <= _NEAR else after if behind >= _YEAR - _NEAR else None
    if year is None:
        return explicit_date("XXXX", "year")
    return DateFound(str(year), "year", "inferred_year", today.isoformat())


def _check_day(year: str | None, month: int, day: int) -> date:
    """Raise ValueError for a day that doesn't exist; of an unknown year, in a leap year."""
    return date(2024 if year in (None, "XXXX") else int(year), month, day)


def day_of_month(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "March 10", "Friday, 17 October 2025"; a weekday must agree with the year."""
    month, day = month_number(parts["month"]), int(parts["day"])
    year = _with_year(parts, month, day, anchor)
    weekday = parts["weekday"] or parts["short_weekday"]
    found = _check_day(year.edtf, month, day)
    if weekday and year.edtf != "XXXX" and found.weekday() != weekday_number(weekday):
        if year.basis == "explicit":
            return open_date("day")  # the report contradicts itself
        year = explicit_date("XXXX", "year")
    if parts["named"] and year.basis == "inferred_year":
        for known in entries("dates", "words", "remembered"):
            if known.endswith(f"-{month:02}-{day:02}") and not known.startswith(f"{year.edtf}"):
                year = explicit_date("XXXX", "year")
    return replace(year, edtf=f"{year.edtf}-{month:02}-{day:02}", precision="day")


def week_of_day(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "the week of June 3": from that Monday to Sunday."""
    found = day_of_month(parts, anchor)
    if found.edtf is None or "X" in found.edtf:
        return open_date("week")
    day = date.fromisoformat(found.edtf)
    monday = day - timedelta(days=day.weekday())
    return replace(found, edtf=f"{monday}/{monday + timedelta(days=6)}", precision="week")


def days(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "March 3-5", "December 30 to January 2"."""
    last_month = month_number(parts["last_month"] or parts["month"])
    first_month = month_number(parts["month"] or parts["last_month"])
    first, last = int(parts["day"]), int(parts["last_day"])
    year = _with_year(parts, last_month, last, anchor)
    wraps = (first_month, first) > (last_month, last)
    start = "XXXX" if year.edtf == "XXXX" else str(int(year.edtf or 0) - wraps)
    _check_day(start, first_month, first)
    _check_day(year.edtf, last_month, last)
    edtf = f"{start}-{first_month:02}-{first:02}/{year.edtf}-{last_month:02}-{last:02}"
    return replace(year, edtf=edtf, precision="interval")


def month(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "October 2025", "late October", "in October"."""
    number, part = month_number(parts["month"]), parts["part"]
    year = _with_year(parts, number, None, anchor)
    edtf = f"{year.edtf}-{number:02}"
    if part in _THIRDS and year.edtf != "XXXX":
        last_day = calendar.monthrange(int(year.edtf or 0), number)[1]
        first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, last_day)}[part]
        about = "~" if part == "mid" else ""  # its ends are no day of the calendar's
        ends = f"{edtf}-{first:02}{about}/{edtf}-{last:02}{about}"
        return replace(year, edtf=ends, precision="interval")
    return replace(year, edtf=edtf, precision="month")


def months(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "January to March 2025"."""
    first, last = month_number(parts["month"]), month_number(parts["last_month"])
    year = _with_year(parts, last, None, anchor)
    start = parts["first_year"] or year.edtf or ""
    if first > last and not parts["first_year"] and start != "XXXX":
        start = str(int(start) - 1)
    return replace(year, edtf=f"{start}-{first:02}/{year.edtf}-{last:02}", precision="interval")


def _named_year(parts: Parts, anchor: Anchor) -> int | None:
    """Give the year meant by "2026", "next year", "the year"; None when open."""
    if parts["year"]:
        return int(parts["year"])
    return anchor.published.year + step_of(parts["which"]) if anchor.published else None


def _of_year(parts: Parts, anchor: Anchor, form: str, precision: Precision) -> DateFound:
    """Write the year meant into *form*."""
    year = _named_year(parts, anchor)
    if year is None:
        return open_date(precision)
    if parts["year"]:
        return explicit_date(form.format(year), precision)
    return relative_date(form.format(year), precision, anchor)


def part_of_year(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "late 2024", "the end of the year"."""
    form = _YEAR_PARTS[parts["part"]]
    precision: Precision = "interval" if "/" in form else "month" if "~" in form else "season"
    if _named_year(parts, anchor) is None:
        precision = "interval"
    return _of_year(parts, anchor, form, precision)


def quarter(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "the first quarter of 2026", "Q3 2026"; a bare one may be fiscal, and stays open."""
    if not (parts["figure"] or parts["ordinal"]):
        return open_date("season")
    number = int(parts["figure"] or _ORDINALS[parts["ordinal"]])
    return _of_year(parts, anchor, f"{{0}}-{32 + number}", "season")


def half_year(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "H1 2025"."""
    return _of_year(parts, anchor, f"{{0}}-{39 + int(parts['figure'])}", "season")


def months_of_year(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "the first nine months of 2025"."""
    count = entries("dates", "words", "number").index(parts["count"]) + 1
    first, last = (1, count) if parts["side"] == "first" else (13 - count, 12)
    return _of_year(parts, anchor, f"{{0}}-{first:02}/{{0}}-{last:02}", "interval")


def season(parts: Parts, _: Anchor) -> DateFound:
    """Resolve "summer 2025"; "late summer" is no more precise, "in summer" may be any."""
    if not parts["year"]:
        return open_date("season")
    return explicit_date(f"{parts['year']}-{season_code(parts['season'])}", "season")


def years(parts: Parts, _: Anchor) -> DateFound:
    """Resolve "2022 to 2024", "2022-23"."""
    first = parts["first"]
    last = parts["last"] or first[:2] + parts["last_short"]
    return explicit_date(f"{first}/{last}", "interval") if first < last else open_date("interval")


def year(parts: Parts, _: Anchor) -> DateFound:
    """Take a year as printed."""
    return explicit_date(parts["year"], "year")


def since_year(parts: Parts, _: Anchor) -> DateFound:
    """Resolve "from 2015 to the present"."""
    return explicit_date(f"{parts['first']}/..", "interval")


def decade(parts: Parts, _: Anchor) -> DateFound:
    """Resolve "the 1990s"."""
    return explicit_date(f"{parts['decade']}X", "interval")
