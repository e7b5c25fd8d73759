"""Rules for dates that count from the day of publication: "Friday", "last month".

Each gives EDTF for that day, or None for what stays open all the same.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from summarizer.brief import Precision
from summarizer.dates import Tense
from summarizer.language import entries
from summarizer.resolve.dates.values import (
    Parts,
    month_number,
    season_code,
    shifted,
    step_of,
    weekday_number,
)

_PRECISIONS: dict[str, Precision] = {
    "hour": "day", "day": "day", "week": "week", "month": "month", "quarter": "season",
    "year": "year", "decade": "interval", "century": "interval", "weekday": "day",
    "single_day": "day", "beyond": "day", "day_of_that_month": "day", "weekend": "interval",
    "fortnight": "week", "weekday_of_week": "day", "weekdays": "interval", "overnight": "interval",
    "weekday_of_the_story": "day", "stretch": "interval",
    "named_season": "season", "named_month": "month",
}  # fmt: skip
_FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}


def precision(form: str, parts: Parts) -> Precision:
    """Return how precise the words are: by their form, else by the unit that they name."""
    return _PRECISIONS.get(form) or _PRECISIONS[parts["unit"]]


def named_month(parts: Parts, today: date, _: Tense) -> str:
    """Resolve "last December", "this March", "next May"."""
    month, step = month_number(parts["month"]), step_of(parts["which"])
    year = today.year
    if step < 0:
        year -= month >= today.month
    elif step > 0:
        year += month <= today.month
    return f"{year}-{month:02}"


def named_season(parts: Parts, today: date, _: Tense) -> str:
    """Resolve "last summer": the latest one that is over; "next": the first still to begin."""
    season, step = season_code(parts["season"]), step_of(parts["which"])
    begins = _FIRST_MONTH[season]
    began = today.year - (today.month < begins)  # the latest that has begun
    over = (today.year - began) * 12 + today.month > begins + 2
    year = {-1: began - (not over), 1: began + 1}.get(step, today.year)
    if step == 0 and season == 24 and today.month < 3:
        year = began
    return f"{year}-{season}"


def weekday(parts: Parts, today: date, tense: Tense) -> str | None:
    """Resolve "Friday", "last Friday", "next Friday" (of the week after this one)."""
    behind = (today.weekday() - weekday_number(parts["weekday"])) % 7
    days, which = -behind, parts["which"]
    if which == "next":  # of the week that follows this one
        days = 7 - behind if behind <= today.weekday() else 14 - behind
    elif which in ("last", "past"):
        days = -(behind or 7)
    elif tense == "future" or (which in ("this", "coming") and tense != "past"):
        days = -behind % 7
    elif tense == "unclear" and behind:
        return None
    return f"{today + timedelta(days=days)}"


def weekday_of_week(parts: Parts, today: date, _: Tense) -> str | None:
    """Resolve "Tuesday of last week", "two weeks ago Tuesday", "a week from Tuesday".

    Open where the words may be counted in two ways: on a Sunday, of which not all say that it ends
    the week; and for "two weeks ago Friday" on a Thursday.
    """
    away = weekday_number(parts["weekday"]) - today.weekday()
    if parts["forth"]:
        return f"{today + timedelta(days=away % 7 + 7)}" if away else None
    if parts["which"]:
        sunday = today.weekday() == 6
        return None if sunday else f"{today + timedelta(days=away + 7 * step_of(parts['which']))}"
    count = _count(parts["count"]) if parts["unit"] == "week" else None
    return None if count is None or away > 0 else f"{today + timedelta(days=away - 7 * count)}"


def weekdays(parts: Parts, today: date, tense: Tense) -> str | None:
    """Resolve "from Monday to Wednesday", "overnight into Wednesday"."""
    ending = weekday(parts, today, tense)
    if ending is None or tense not in ("past", "future"):
        return None
    last = date.fromisoformat(ending)
    between = 1 if parts["into"] else (last.weekday() - weekday_number(parts["first_weekday"])) % 7
    return f"{last - timedelta(days=between)}/{last}"


def weekday_of_the_story(_: Parts, __: date, ___: Tense) -> None:
    """Leave "that Friday", "every Friday" open: they count from another date, or are many."""


def overnight(_: Parts, today: date, tense: Tense) -> str | None:
    """Resolve "drones hit the port overnight": the night before the report."""
    return f"{today - timedelta(days=1)}/{today}" if tense == "past" else None


def day_of_that_month(parts: Parts, today: date, tense: Tense) -> str | None:
    """Resolve "on the 23rd": the nearest one, behind or ahead as the verb has it."""
    day, named = int(parts["day"]), parts["weekday"] or parts["short_weekday"]
    if parts["which"]:
        away = step_of(parts["which"])
    elif tense == "unclear" or (tense == "none" and day > today.day):
        return None
    else:
        away = int(day < today.day) if tense == "future" else -int(day > today.day)
    found = shifted(today.replace(day=1), months=away).replace(day=day)
    return f"{found}" if not named or found.weekday() == weekday_number(named) else None


def single_day(parts: Parts, today: date, _: Tense) -> str:
    """Resolve "yesterday", "last night", "this morning", "tomorrow"."""
    away = {"yesterday": -1, "last night": -1, "tomorrow": 1}
    return f"{today + timedelta(days=away.get(parts['word'], 0))}"


def beyond(parts: Parts, today: date, _: Tense) -> str:
    """Resolve "the day before yesterday", "the day after tomorrow"."""
    return f"{today + timedelta(days=-2 if parts['side'] == 'before' else 2)}"


def weekend(parts: Parts, today: date, tense: Tense) -> str | None:
    """Resolve "over the weekend", "next weekend" as Saturday/Sunday."""
    saturday = today + timedelta(days=5 - today.weekday())  # of this week
    step = step_of(parts["which"])
    if step == 0 and today.weekday() < 5:
        if tense == "unclear" or (tense == "none" and parts["which"]):
            return None
        step = 0 if tense == "future" else -1
    saturday += timedelta(days=7 * step)
    return f"{saturday}/{saturday + timedelta(days=1)}"


def calendar_unit(parts: Parts, today: date, tense: Tense) -> str | None:
    """Resolve "last week", "this month", "earlier this year", "next quarter".

    A week of which no day lies on the side that the verb tells of is another one: "this week saw a
    vote", on a Monday. On a Sunday, "last week" may be the one that ends.
    """
    step, weekday = step_of(parts["which"]), today.weekday()
    match parts["unit"]:
        case "week" if (step, tense, weekday) in ((0, "past", 0), (0, "future", 6)):
            return None
        case "week" if (step, weekday) == (-1, 6):
            return None
        case "week":
            monday = today + timedelta(days=7 * step - today.weekday())
            return f"{monday}/{monday + timedelta(days=6)}"
        case "month":
            return f"{shifted(today, months=step):%Y-%m}"
        case "year":
            return f"{today.year + step}"
        case "quarter":
            then = shifted(today, months=3 * step)
            return f"{then.year}-{33 + (then.month - 1) // 3}"
    return None


def of_the_story(_: Parts, __: date, ___: Tense) -> None:
    """Leave "the same day" open: it counts from another date of the report."""


def distance(parts: Parts, today: date, tense: Tense) -> str | None:
    """Resolve "three days ago", "in two weeks": exact for days, approximate beyond."""
    unit, back, count = parts["unit"], bool(parts["back"]), _count(parts["count"])
    told = back or (parts["forth"] and tense != "past")
    if count is None or not told or unit in ("decade", "quarter"):
        return None
    then = _moved(today, unit, -count if back else count)
    if then is None:
        return None
    length = {"month": 7, "year": 4}.get(unit, 10)
    return then.isoformat()[:length] + ("" if unit == "day" else "~")


def stretch(parts: Parts, today: date, tense: Tense) -> str | None:
    """Resolve "over the past two weeks", "in the coming weeks", "within 30 days"."""
    back, named = bool(parts["past"]), bool(parts["past"] or parts["ahead"])
    if not named and tense == "past":
        return None
    count = _count(parts["count"]) or (1 if named and not parts["plural"] else None)
    then = _moved(today, parts["unit"], -count if back else count) if count else None
    if back:
        return f"{then}/{today}" if then else None
    return f"{today}/{then or '..'}"


def _moved(day: date, unit: str, count: int) -> date | None:
    """Move *day* by *count* units; None for units without an arithmetic."""
    if unit in ("hour", "day", "week", "fortnight"):
        hours = count * {"hour": 1, "day": 24, "week": 168, "fortnight": 336}[unit]
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
