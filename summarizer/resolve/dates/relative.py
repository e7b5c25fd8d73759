"""Rules for dates that count from the day of publication: "Friday", "last month"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from summarizer.brief import Precision
from summarizer.resolve.dates.values import (
    MONTHS,
    SEASONS,
    WEEKDAYS,
    Anchor,
    ResolvedDate,
    open_date,
    relative_date,
    shifted,
)

_UNIT_PRECISION: dict[str, Precision] = {
    "hour": "day", "day": "day", "week": "week", "month": "month", "quarter": "season",
    "year": "year", "decade": "interval", "century": "interval", "weekend": "interval",
}  # fmt: skip
_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_COUNTS = {word: number for number, word in enumerate(_NUMBER_WORDS.split(), 1)} | {
    "a": 1,
    "an": 1,
    "couple": 2,
}
_FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}


def named_month(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "last December", "this March", "next May"."""
    if (today := anchor.published) is None:
        return open_date("month")
    month, which = MONTHS[match["month"]], match["which"]
    step = {"last": -(month >= today.month), "past": -(month >= today.month), "this": 0}
    year = today.year + step.get(which, int(month <= today.month))
    return relative_date(f"{year}-{month:02}", "month", anchor)


def named_season(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "last summer": the latest one that is over; "next": the first still to begin."""
    if (today := anchor.published) is None:
        return open_date("season")
    season = SEASONS[match["season"]]
    begins = _FIRST_MONTH[season]
    began = today.year - (today.month < begins)  # the latest that has begun
    over = (today.year - began) * 12 + today.month > begins + 2
    year = {"last": began - (not over), "next": began + 1}.get(match["which"], today.year)
    if match["which"] == "this" and season == 24 and today.month < 3:
        year = began
    return relative_date(f"{year}-{season}", "season", anchor)


def weekday(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "Friday", "last Friday", "next Friday" (of the week after this one)."""
    if (today := anchor.published) is None:
        return open_date("day")
    behind = (today.weekday() - WEEKDAYS[match["weekday"]]) % 7
    ahead, which = -behind % 7, match["which"]
    if which == "next":  # of the week that follows this one
        day = today + timedelta(days=7 - behind if behind <= today.weekday() else 14 - behind)
    elif which == "last":
        day = today - timedelta(days=behind or 7)
    elif anchor.tense == "future" or (which in ("this", "coming") and anchor.tense == "none"):
        day = today + timedelta(days=ahead)
    else:
        day = today - timedelta(days=behind)
    return relative_date(day.isoformat(), "day", anchor)


def single_day(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "yesterday", "today", "tomorrow"."""
    if anchor.published is None:
        return open_date("day")
    step = {"yesterday": -1, "tomorrow": 1}.get(match["word"], 0)
    return relative_date((anchor.published + timedelta(days=step)).isoformat(), "day", anchor)


def weekend(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "over the weekend", "next weekend" as Saturday/Sunday."""
    if (today := anchor.published) is None:
        return open_date("interval")
    saturday = today + timedelta(days=5 - today.weekday())  # of this week
    if match["which"] == "next":
        saturday += timedelta(days=7)
    elif today.weekday() < 5 and (match["which"] == "last" or anchor.tense != "future"):
        saturday -= timedelta(days=7)
    return relative_date(f"{saturday}/{saturday + timedelta(days=1)}", "interval", anchor)


def calendar_unit(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "last week", "this month", "earlier this year", "next quarter"."""
    unit = match["unit"]
    precision = _UNIT_PRECISION[unit]
    if (today := anchor.published) is None:
        return open_date(precision)
    step = {"last": -1, "next": 1}.get(match["which"], 0)
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


def of_the_story(match: re.Match[str], _: Anchor) -> ResolvedDate:
    """Leave "the same day" open: it counts from another date of the report."""
    return open_date(_UNIT_PRECISION[match["unit"]])


def distance(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "three days ago", "in two weeks": exact for days, approximate beyond."""
    unit = match["unit"]
    precision, count = _UNIT_PRECISION[unit], _count(match["count"])
    back = match["ago"] is not None
    told = back or (match["ahead"] is not None and anchor.tense != "past")
    if anchor.published is None or count is None or not told:
        return open_date(precision)
    then = _moved(anchor.published, unit, -count if back else count)
    if then is None or unit in ("decade", "quarter"):
        return open_date(precision)
    length = {"month": 7, "year": 4}.get(unit, 10)
    edtf = then.isoformat()[:length] + ("" if unit == "day" else "~")
    return relative_date(edtf, precision, anchor)


def stretch(match: re.Match[str], anchor: Anchor) -> ResolvedDate:
    """Resolve "over the past two weeks", "in the coming weeks", "within 30 days"."""
    today, count = anchor.published, _count(match["count"])
    back = match["which"] in ("last", "past", "previous", "recent")
    if count is None and not match["plural"] and match["which"]:
        count = 1
    if today is None or (match["which"] is None and anchor.tense == "past"):
        return open_date("interval")
    then = _moved(today, match["unit"], -count if back else count) if count else None
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


def _count(words: str | None) -> int | None:
    word = re.sub(r"^an? (?=\w)| of$", "", words or "")
    return int(word) if word.isdecimal() else _COUNTS.get(word)
