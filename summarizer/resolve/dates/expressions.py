"""Text -> the date expressions in it, as spans; what they mean is for ``dates`` to say.

A word that carries meaning belongs to the span ("since January", "by the end of 2026"); a plain
"on" or "in" does not. A year counts only where its neighbours make it a date: "IDEF 2025",
"Mirage 2000" and "2000 troops" are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression: ``text == sentence[start:end]``."""

    start: int
    end: int
    text: str


# Patterns are written with names in capitals, "_" for a little white space and "~" for nothing.
# White space is bounded, so that a page of blanks costs no time.
_SPACE = r"\s{1,3}"
_MONTHS = "January February March April May June July August September October November December"
_SHORT_MONTHS = "Jan Feb Mar Apr Jun Jul Aug Sept? Oct Nov Dec"


def _either_case(names: str) -> str:
    return "|".join((*names.split(), *names.upper().split()))


_NAMED = {
    # Months are capitalised whatever the rest is: "may" and "march" are everyday words.
    "MONTH": rf"(?-i:(?:{_either_case(_MONTHS)})\b|(?:{_either_case(_SHORT_MONTHS)})\b\.?)",
    "DAY": r"(?:(?:the_)?(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d))",
    "YEAR": r"(?:(?:19|20)\d\d(?![\w%]|[.,]\d))",
    "WEEKDAY": r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    "DAYNAME": r"(?:(?:WEEKDAY|(?-i:Mon|Tues?|Wed|Thurs?|Thur|Fri|Sat|Sun)\b\.?),?_)",
    "TIME": r"(?:_(?:morning|afternoon|evening|night))",
    "NUMBER": (
        r"(?:\d{1,3}|an?_few|an?_couple(?:_of)?|several|few|many|an?|one|two|three|four|five|six"
        r"|seven|eight|nine|ten|eleven|twelve)"
    ),
    "UNIT": r"(?:hour|day|week|month|quarter|year|decade)",
    "SEASON": r"(?:spring|summer|autumn|fall|winter)",
    "PART": (
        r"(?:(?:early|mid|late)(?:_in_|_|-)"
        r"|(?:the_)?(?:beginning|start|middle|end|(?:first|second)_half)_of_(?:the_)?)"
    ),
    "DASH": r"(?:\s?[-‐‑‒–—]\s?)",
    "TO": r"(?:DASH|_(?:to|through|until|till)_)",
    "BOUND": (
        r"(?:(?:since|until|till|before|after|by|as_of|starting(?:_in)?|no_later_than)_"
        r"(?:at_least_)?)"
    ),
    # "the 2015 deal" is a date; "a force of 2000 troops" is not.
    "COUNTED": (
        r"(?:_(?:[\w-]{1,20}_)?(?:troops|soldiers|people|fighters|personnel|men|rounds|shells"
        r"|tanks|missiles|rockets|drones|rifles|vehicles|km|kilomet\w+|miles|met\w+|tons|tonnes"
        r"|homes|families|prisoners|dollars|euros|refugees|militants|deaths|times)\b)"
    ),
    "YEARCUE": (
        r"(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\bof\s)|(?<=\bfrom\s)"
        r"|(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\bthe\s)|(?<=\bduring\s)|(?<=\bits\s)|(?<=\ba\s)"
        r"|(?<=\btheir\s)|(?<=\bfor\s)|(?<=\baround\s)|(?<=\bleast\s)|(?<=['’]s\s)|(?<=\())"
    ),
    "MONTHCUE": (
        r"(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\bfrom\s)|(?<=\bbefore\s)"
        r"|(?<=\bafter\s)|(?<=\bduring\s)|(?<=\bfor\s))"
    ),
}
_RANGES = (
    r"\d{4}-\d{2}-\d{2}(?!\d)",
    r"between_MONTH_DAY_and_(?:MONTH_)?DAY(?:,?_YEAR)?",
    r"between_DAY(?:_MONTH)?_and_DAY_MONTH(?:,?_YEAR)?",
    r"between_(?:MONTH(?:_YEAR)?_and_MONTH(?:_YEAR)?|YEAR_and_YEAR)",
    r"(?:from_)?MONTH_DAY~TO(?:MONTH_)?DAY(?:,?_YEAR)?",
    r"(?:from_)?DAY(?:_MONTH)?TO~DAY_MONTH(?:,?_YEAR)?",
    r"from_MONTH(?:_YEAR)?TO~MONTH(?:_YEAR)?",
    r"MONTH(?:_YEAR)?TO~MONTH_YEAR",
    r"from_YEAR~TO~YEAR",
    r"YEAR~DASH(?:YEAR|\d\d(?!\w|-\d))",
)
_SINGLES = (
    r"\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d(?!\d)",
    r"DAYNAME?MONTH_DAY(?:,?_YEAR)?",
    r"DAYNAME?DAY_(?:of_)?MONTH(?:,?_YEAR)?",
    r"PART?MONTH,?_(?:of_)?YEAR",
    r"(?:the_)?(?:first|second|third|fourth|last)_quarter_(?:of_)?(?:YEAR|(?:this|next|last|the)_year)",
    r"Q[1-4]_(?:of_)?YEAR",
    r"PART?SEASON_(?:of_)?YEAR",
    r"PART~YEAR",
    r"(?:the_)?(?:(?:early|mid|late)[-\s])?(?:19|20)\d0s",
    r"(?:(?:earlier|later|early|late)_)?(?:this|last|next)_(?:past_|coming_)?"
    r"(?:WEEKDAY|weekend|week|month|quarter|year|decade|century|SEASON)TIME?",
    r"(?:this|last|next|past)_MONTH",
    r"(?:earlier|later|early|late)_(?:on_)?(?:WEEKDAY|today|yesterday)",
    r"(?:(?:within|in|over|during|for)_)?(?:the_)?"
    r"(?:next|coming|last|past|previous|upcoming|recent)_(?:NUMBER_)?UNIT~s?",
    r"(?:over|at|on)_the_weekend",
    r"within_(?:a_matter_of_)?(?:NUMBER_)?UNIT~s?",
    r"in_(?:about_|around_)?NUMBER_UNIT~s?(?:['’])?(?:_time)?",
    r"NUMBER_UNIT~s?_(?:ago|earlier|later)",
    r"(?:days|weeks|months|years)_(?:ago|earlier|later)",
    r"(?:the|that)_(?:same|following|next|previous)_(?:day|week|month|year)",
    r"PART(?:(?:this|next|last|the)_)?(?:year|month|week|quarter|decade)",
    r"year-end|today|yesterday|tomorrow|tonight",
    r"WEEKDAY~TIME?",
    r"PART~MONTH",
    r"MONTHCUE~MONTH",
    # Bare, the other two are a verb and a march.
    r"(?-i:January|February|April|June|July|August|September|October|November|December)",
    r"YEARCUE~YEAR(?!COUNTED)",
)


def _compiled() -> re.Pattern[str]:
    """Put what they stand for in the place of the names, which may hold names themselves."""
    pattern = f"(?<![\\w.,/-])(?:{'|'.join(_RANGES)}|BOUND?(?:{'|'.join(_SINGLES)}))(?!\\w)"
    for _ in range(3):
        pattern = re.sub("[A-Z]{2,}", lambda name: _NAMED.get(name[0], name[0]), pattern)
    return re.compile(pattern.replace("~", "").replace("_", _SPACE), re.IGNORECASE)


_PATTERN = _compiled()


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Find the date expressions of *text*, in order and without overlaps.

    Offsets are those of *text*. Nothing is found twice: "Friday, Oct. 17, 2025" is one mention.
    """
    return tuple(DateMention(m.start(), m.end(), m.group()) for m in _PATTERN.finditer(text))
