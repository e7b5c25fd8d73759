"""Rules for dates that count from the day of publication: "Friday", "last month"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from summarizer.brief import Precision
from summarizer.language import entries
from summarizer.resolve.dates.values import (
    Anchor,
    DateFound,
    Parts,
    month_number,
    open_date,
    relative_date,
    season_code,
    shifted,
    step_of,
    weekday_number,
)

_UNIT_PRECISION: dict[str, Precision] = {
    "hour": "day", "day": "day", "week": "week", "month": "month", "quarter": "season",
    "year": "year", "decade": "interval", "century": "interval",
}  # fmt: skip
_FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}


def named_month(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "last December", "this March", "next May"."""
    if (today := anchor.published) is None:
        return open_date("month")
    month, step = month_number(parts["month"]), step_of(parts["which"])
    year = today.year
    if step < 0:
        year -= month >= today.month
    elif step > 0:
        year += month <= today.month
    return relative_date(f"{year}-{month:02}", "month", anchor)


def named_season(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "last summer": the latest one that is over; "next": the first still to begin."""
    if (today := anchor.published) is None:
        return open_date("season")
    season, step = season_code(parts["season"]), step_of(parts["which"])
    begins = _FIRST_MONTH[season]
    began = today.year - (today.month < begins)  # the latest that has begun
    over = (today.year - began) * 12 + today.month > begins + 2
    year = {-1: began - (not over), 1: began + 1}.get(step, today.year)
    if step == 0 and season == 24 and today.month < 3:
        year = began
    return relative_date(f"{year}-{season}", "season", anchor)


def weekday(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "Friday", "last Friday", "next Friday" (of the week after this one)."""
    if (today := anchor.published) is None:
        return open_date("day")
    behind = (today.weekday() - weekday_number(parts["weekday"])) % 7
    ahead, which = -behind % 7, parts["which"]
    if which == "next":  # of the week that follows this one
        day = today + timedelta(days=7 - behind if behind <= today.weekday() else 14 - behind)
    elif which in ("last", "past"):
        day = today - timedelta(days=behind or 7)
    elif anchor.tense == "future" or (which in ("this", "coming") and anchor.tense != "past"):
        day = today + timedelta(days=ahead)
    elif anchor.tense == "unclear" and behind:
        return open_date("day")
    else:
        day = today - timedelta(days=behind)
    return relative_date(day.isoformat(), "day", anchor)


def single_day(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "yesterday", "today", "tomorrow"."""
    return _days_away({"yesterday": -1, "tomorrow": 1}.get(parts["word"], 0), anchor)


def beyond(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "the day before yesterday", "the day after tomorrow"."""
    return _days_away(-2 if parts["side"] == "before" else 2, anchor)


def _days_away(days: int, anchor: Anchor) -> DateFound:
    if anchor.published is None:
        return open_date("day")
    return relative_date((anchor.published + timedelta(days=days)).isoformat(), "day", anchor)


def weekend(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "over the weekend", "next weekend" as Saturday/Sunday."""
    if (today := anchor.published) is None:
        return open_date("interval")
    saturday = today + timedelta(days=5 - today.weekday())  # of this week
    step = step_of(parts["which"])
    if step > 0:
        saturday += timedelta(days=7)
    elif today.weekday() < 5 and (step < 0 or anchor.tense != "future"):
        saturday -= timedelta(days=7)
    return relative_date(f"{saturday}/{saturday + timedelta(days=1)}", "interval", anchor)


def calendar_unit(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "last week", "this month", "earlier this year", "next quarter"."""
    unit, step = parts["unit"], step_of(parts["which"])
    precision = _UNIT_PRECISION[unit]
    if (today := anchor.published) is None:
        return open_date(precision)
    if unit == "week":
        monday = today + timedelta(days=7 * step - today.weekday())
        return relative_date(f"{monday}/{monday + timedelta(days=6)}", precision, anchor)
    if unit == "month":
        return relative_date(shifted(today, months=step).isoformat()[:7], precision, anchor)
    if unit == "year":
        return relative_date(str(today.year + step), precision, anchor)
    if unit == "quarter":
        then = shifted(today, months=3 * step)
        return relative_date(f"{then.year}-{33 + (then.month - 1) // 3}", precision, anchor)
    return open_date(precision)


def of_the_story(parts: Parts, _: Anchor) -> DateFound:
    """Leave "the same day" open: it counts from another date of the report."""
    return open_date(_UNIT_PRECISION[parts["unit"]])


def distance(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "three days ago", "in two weeks": exact for days, approximate beyond."""
    unit, back = parts["unit"], bool(parts["back"])
    precision, count = _UNIT_PRECISION[unit], _count(parts["count"])
    told = back or (parts["forth"] and anchor.tense != "past")
    if anchor.published is None or count is None or not told:
        return open_date(precision)
    then = _moved(anchor.published, unit, -count if back else count)
    if then is None or unit in ("decade", "quarter"):
        return open_date(precision)
    length = {"month": 7, "year": 4}.get(unit, 10)
    edtf = then.isoformat()[:length] + ("" if unit == "day" else "~")
    return relative_date(edtf, precision, anchor)


def stretch(parts: Parts, anchor: Anchor) -> DateFound:
    """Resolve "over the past two weeks", "in the coming weeks", "within 30 days"."""
    today, count = anchor.published, _count(parts["count"])
    back, named = bool(parts["past"]), bool(parts["past"] or parts["ahead"])
    if count is None and not parts["plural"] and named:
        count = 1
    if today is None or (not named and anchor.tense == "past"):
        return open_date("interval")
    then = _moved(today, parts["unit"], -count if back else count) if count else None
    if back:
        return (
            relative_date(f"{then}/{today}", "interval", anchor) if then else open_date("interval")
        )
    return relative_date(f"{today}/{then or '..'}", "interval", anchor)


def _moved(day: date, unit: str, count: int) -> date | None:
    """Move *day* by *count* units; None for units without an arithmetic."""
    if unit in ("hour", "day", "week"):
        hours = count * {"hour": 1, "day": 24, "week": 168}[unit]
        return day + timedelta(days=(hours + 23) // 24 if hours > 0 else hours // 24)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit)
    return shifted(day, months=months * count) if months else None


def _count(words: str) -> int | None:
    word = re.sub(r"^an? (?=\w)| of$", "", words)
    if word.isdecimal():
        return int(word)
    numbers = entries("dates", "words", "number")
    return {"a": 1, "an": 1, "couple": 2}.get(word) or (
        numbers.index(word) + 1 if word in numbers else None
    )
