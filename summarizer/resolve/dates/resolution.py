"""The table of rules, tried in order, and what every date goes through before it is published."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from summarizer.resolve.dates import absolute, relative
from summarizer.resolve.dates.tense import tense_at
from summarizer.resolve.dates.values import (
    MONTHS,
    SEASONS,
    Anchor,
    ResolvedDate,
    Rule,
    open_date,
)

_MONTH_ENDING = r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b"
# Rules are written with names in capitals, separated by "~" where nothing stands between.
_NAMED = {
    "MONTH": rf"(?P<month>{'|'.join(MONTHS)}){_MONTH_ENDING}",
    "LASTMONTH": rf"(?P<last_month>{'|'.join(MONTHS)}){_MONTH_ENDING}",
    "DAY": r"(?P<day>\d{1,2})",
    "LASTDAY": r"(?P<last_day>\d{1,2})",
    "YEAR": r"(?P<year>(?:19|20)\d\d)",
    "FIRSTYEAR": r"(?P<first_year>(?:19|20)\d\d)",
    "ANYYEAR": r"(?P<year>(?:19|20)\d\d|(?:this |next |last |the )?year)",
    "WEEKDAY": r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day|r?s|r)?\b",
    "SEASON": rf"(?P<season>{'|'.join(SEASONS)})",
    "PART": (
        r"(?:the )?(?P<part>early|mid|late|beginning|start|middle|end|first half|second half)"
        r"(?: in |[- ])(?:of )?(?:the (?!year))?"
    ),
    "UNIT": r"(?P<unit>hour|day|week|month|quarter|year|decade|century)",
    "COUNT": r"(?P<count>\d{1,3}|an? (?:few|couple(?: of)?)|[a-z]{1,8})",
    "TO": r"(?:-| (?:to|through|until|till|and) )",
    "TIME": r"(?: (?:morning|afternoon|evening|night))?",
    "WHEN": r"(?:earlier|later|early|late)",
}


def _rules(*table: tuple[str, Rule]) -> tuple[tuple[re.Pattern[str], Rule], ...]:
    """Compile *table*, putting what they stand for in the place of the names."""
    return tuple(
        (re.compile(re.sub("[A-Z]{2,}", lambda n: _NAMED[n[0]], pattern).replace("~", "")), rule)
        for pattern, rule in table
    )


_RULES = _rules(
    (r"YEAR-(?P<month>\d\d)-(?P<day>\d\d)", absolute.iso_day),
    (r"(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})[./]YEAR", absolute.numeric_day),
    (r"(?:WEEKDAY )?MONTH DAY(?: YEAR)?", absolute.day_of_month),
    (r"(?:WEEKDAY )?DAY (?:of )?MONTH(?: YEAR)?", absolute.day_of_month),
    (r"MONTH DAY~TO(?:LASTMONTH )?LASTDAY(?: YEAR)?", absolute.days),
    (r"DAY(?: MONTH)?TO~LASTDAY LASTMONTH(?: YEAR)?", absolute.days),
    (r"MONTH(?: FIRSTYEAR)?TO~LASTMONTH(?: YEAR)?", absolute.months),
    (r"(?:PART)?MONTH(?: (?:of )?YEAR)?", absolute.month),
    (r"(?P<which>last|this|next|past) MONTH", relative.named_month),
    (
        r"(?:the )?(?:q(?P<number>[1-4])|(?P<ordinal>first|second|third|fourth|last) quarter) "
        r"(?:of )?ANYYEAR",
        absolute.quarter,
    ),
    (r"(?:PART)?SEASON (?:of )?YEAR", absolute.season),
    (r"(?P<which>last|this|next) (?:past |coming )?SEASON", relative.named_season),
    (r"PART~ANYYEAR", absolute.part_of_year),
    (r"(?P<part>year-end)(?P<year>)", absolute.part_of_year),
    (r"(?P<value>(?:19|20)\d\d)", absolute.literal("year")),
    (r"(?P<first>(?:19|20)\d\d)TO(?P<last>(?:19|20)\d\d|\d\d)", absolute.years),
    (
        r"(?:the )?(?:(?:early|mid|late)[- ])?(?P<value>(?:19|20)\d)0s",
        absolute.literal("interval", "{0}X"),
    ),
    (
        r"(?:WHEN (?:on )?)?(?:(?P<which>last|this|next) (?:past |coming )?)?WEEKDAY~TIME",
        relative.weekday,
    ),
    (r"(?:WHEN )?(?P<word>today|tonight|yesterday|tomorrow)", relative.single_day),
    (
        r"(?:over )?(?:the |(?P<which>last|this|next) (?:past |coming )?)?weekend",
        relative.weekend,
    ),
    (r"(?:WHEN |PART)?(?P<which>last|this|next) UNIT", relative.calendar_unit),
    (r"PART(?P<which>)UNIT", relative.calendar_unit),
    (r"(?:the|that) (?:same|following|next|previous) UNIT", relative.of_the_story),
    (
        r"(?:(?:within|in|over|during|for) )?(?:the )?"
        r"(?P<which>next|coming|upcoming|last|past|previous|recent) (?:COUNT )?UNIT(?P<plural>s?)",
        relative.stretch,
    ),
    (
        r"within (?:a matter of )?(?P<which>next )?(?:COUNT )?UNIT(?P<plural>s?)",
        relative.stretch,
    ),
    (
        r"(?:(?P<ahead>in) (?:about |around )?)?COUNT UNIT~s?(?:(?P<ago> ago)| time)?",
        relative.distance,
    ),
)
_BOUND = re.compile(
    r"(?:(?P<since>since|after|starting(?: in)?)|until|till|before|by|no later than) "
    r"(?:at least |the (?=end|start|beginning|middle|first|second))?"
)
# The months of a season, quarter or half, which EDTF doesn't take as the end of an interval.
_MONTHS_OF = {
    "21": "03 05", "22": "06 08", "23": "09 11", "24": "12 12", "33": "01 03", "34": "04 06",
    "35": "07 09", "36": "10 12", "40": "01 06", "41": "07 12",
}  # fmt: skip


def is_edtf(text: str) -> bool:
    """Say whether *text* is a valid EDTF string (ISO 8601-2, levels 0 to 2)."""
    from edtf import parse_edtf  # costs 0.2 s, and many commands never need it
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parse_edtf(text)
    except (EDTFParseException, ValueError, TypeError):
        return False
    return True


def resolve_date(expression: str, *, published: date | None, context: str = "") -> ResolvedDate:
    """Resolve *expression* against the day of publication.

    *context* is the sentence that holds it: its verbs tell past from future. What cannot be
    resolved comes back open (``edtf`` None, basis ``none``), with the precision of the words.
    """
    anchor = Anchor(published, tense_at(context, expression))
    words = _normalised(expression)
    bound = _BOUND.match(words)
    if bound:
        words = words[bound.end() :]
    for form in (words, re.sub("^(?:in|on|at|for|during|from|between|as of|the) ", "", words)):
        for pattern, rule in _RULES:
            if match := pattern.fullmatch(form):
                return _checked(rule, match, anchor, bound)
    return open_date("unknown")


def _checked(
    rule: Rule, match: re.Match[str], anchor: Anchor, bound: re.Match[str] | None
) -> ResolvedDate:
    try:
        found = rule(match, anchor)
    except (ValueError, OverflowError):  # February 30, or a day before the year 1
        return open_date("unknown")
    if bound and found.edtf:
        found = _bounded(found, since=bound["since"] is not None)
    if found.edtf is None or not is_edtf(found.edtf):
        return open_date(found.precision)
    return found


def _bounded(found: ResolvedDate, *, since: bool) -> ResolvedDate:
    """Turn X into "X or later" or "X or earlier"; an unknown year cannot bound anything."""
    first, _, last = (found.edtf or "").partition("/")
    year, _, code = first.partition("-")
    if code in _MONTHS_OF:
        first, last = (f"{year}-{month}" for month in _MONTHS_OF[code].split())
    edtf = f"{first}/.." if since else f"../{(last or first).rstrip('~')}"
    return replace(
        found, edtf=None if "X" in edtf or "...." in edtf else edtf, precision="interval"
    )


def _normalised(expression: str) -> str:
    """Fold case, white space, dashes, commas, ordinal endings and abbreviation dots."""
    words = re.sub(r"\s?[-‐‑‒–—]\s?", "-", " ".join(expression.casefold().split()))
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", words.replace(",", ""))
    words = re.sub(r"(?<=[a-z]{3})\.|['’](?:s\b)?", "", words)
    return re.sub(r"\bthe (?=\d)", "", words).strip(" .;:")
