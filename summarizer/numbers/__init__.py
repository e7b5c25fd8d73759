"""Find the numbers of a text: counts, money, percentages, measures, dates and designations.

A mention spans the number itself with its separators, scale word, currency or percent sign and
anything glued to it, without the words that only modify it ("up to", "about"). "F-16" or "M142" is
a designation, not a count. Markup is read past: "1&nbsp;000" is a thousand. All patterns are linear
and bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from summarizer.markup import Unmarked
from summarizer.numbers.parts import CURRENCY_BEFORE, Kind, Number, Part, read_parts
from summarizer.numbers.vocabulary import (
    CODES,
    CURRENCY_WORDS,
    MEASURE,
    MONTH,
    SHORT_SCALE,
    SIGNS,
)

__all__ = ["Kind", "Number", "NumberMention", "find_numbers", "meant_from", "numbers_as_read"]

_ESTIMATE = re.compile(
    r"\b(?:about|around|some|nearly|almost|approximately|approx\.?|roughly|circa|estimated"
    r"|(?<!hand )(?<!handed )(?<!handing )(?<!took )(?<!taken )(?<!turned )over"
    r"|above|more than|at least|(?:no|not) (?:fewer|less) than|upwards? of|close to|in excess of"
    r"|as (?:few|little) as|min(?:imum|\.)?(?: of)?|(?P<most>up to|as many as|as much as|at most"
    r"|under|below|fewer than|less than|(?:no|not) more than|not exceeding|max(?:imum|\.)?"
    r"(?: of)?))(?: (?:an?|the|its|another|additional|US|U\.S\.)){0,2}[ ~(]?$"
    r"|[~≈>≥] ?$|(?P<below>[<≤] ?)$",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"\+|[- ]?(?:odd|plus)\b| or (?:so|more)\b|(?P<most> or (?:fewer|less)\b)")
# The letters of a designation are no unit: "12 T-72s" are not 12 tons, "two K-2" not 2,000.
_AFTER = re.compile(
    r"([ \u00a0\u202f-]?)((?![A-Z][A-Za-z]{0,9}[-‐‑][\dA-Z])[A-Za-z]{1,14}(?!\w)|%)"
)
_DATE_BEFORE = re.compile(
    rf"\b(?:{MONTH}|in|since|by|until|till|from|during|late|early|mid|before|after|of|year"
    r"|spring|summer|autumn|fall|winter)[ ,-]{1,2}$",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(rf"\b{MONTH} (?:the )?$")
_DAY_AFTER = re.compile(rf"(?: of)?[ -]{MONTH}(?!\w)")
_CURRENCY_AFTER = re.compile(
    r"[ \u00a0\u202f-]?(?:(?P<sign>["
    + SIGNS
    + r"])|(?P<code>"
    + "|".join(CODES.split())
    + r")\b|(?:(?P<whose>US|U\.S\.|[A-Z][a-z]{3,12})[ -])?(?P<word>"
    + "|".join(CURRENCY_WORDS)
    + r")s?\b)"
)


_REACH = 40
"""Characters in front of a number in which the words are that say how it is meant."""
_SHORT = 1_000
"""Characters of a sentence or value: each is read for several records; no whole text is held."""
_RANGE = re.compile(r"[-‐‑–—]| [-–—] | to | or | and ")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """One number as the text gives it: ``text[start:end]``.

    ``low`` is the number, or the lower end of a range; None for "dozens", "several" and for
    designations. ``high`` is set when the text gives an upper bound: the upper end of a range, or
    the number itself after "up to". ``estimate`` tells "about", "more than", "up to", ranges.
    ``unit`` is a currency (sign or ISO code), "%", or the unit of a measure.
    """

    start: int
    end: int
    low: Number | None
    high: Number | None = None
    estimate: bool = False
    kind: Kind = "count"
    unit: str | None = None


def find_numbers(text: str) -> tuple[NumberMention, ...]:
    """Return the numbers of *text* in order; they do not overlap."""
    return _found_before(text) if len(text) <= _SHORT else _found(text)


def _found(text: str) -> tuple[NumberMention, ...]:
    page = Unmarked(text)
    numbers = numbers_as_read(page.text)
    if not page.differs:
        return numbers
    placed = ((number, page.place(number.start, number.end)) for number in numbers)
    return tuple(replace(number, start=at[0], end=at[1]) for number, at in placed if at)


_found_before = lru_cache(maxsize=1024)(_found)


def meant_from(text: str, start: int) -> int:
    """Return where the words begin that say how the number at *start* is meant: "up to | 20"."""
    first = max(0, start - _REACH)
    before = _ESTIMATE.search(text[first:start])
    return first + before.start() if before else start


def numbers_as_read(text: str) -> tuple[NumberMention, ...]:
    """Return the numbers of *text*, which holds no markup."""
    parts = [_with_unit(part, text) for part in read_parts(text)]
    mentions: list[NumberMention] = []
    index = 0
    while index < len(parts):
        joined = _range(parts[index], parts[index + 1], text) if index + 1 < len(parts) else None
        mentions.append(joined or _mention(parts[index], text))
        index += 2 if joined else 1
    return tuple(mentions)


def _with_unit(part: Part, text: str) -> Part:
    """Add short scale, currency, percent, measure or date that stands around the number."""
    if part.value is None or part.kind not in ("count", "ordinal"):
        return part
    if part.kind == "ordinal":
        return _as_date(part, text)
    after = _AFTER.match(text, part.end)
    word = after[2].lower() if after else ""
    if after and part.scale == 1 and word in SHORT_SCALE and after[1] != "-":
        part = replace(part, end=after.end(), scale=SHORT_SCALE[word])
        after = _AFTER.match(text, part.end)
        word = after[2].lower() if after else ""
    prefix = CURRENCY_BEFORE.search(text[max(0, part.start - 6) : part.start])
    if prefix:
        sign = prefix[0].strip().replace("\u202f", "").replace("\u00a0", "")
        return replace(part, start=part.start - len(prefix[0]), kind="money", unit=sign)
    dated = _as_date(part, text)
    if dated.kind == "date" or not after:
        return dated
    if word in ("percent", "pct", "percentage", "%") or text.startswith(" per cent", part.end):
        end = part.end + 9 if word == "per" else after.end()
        return replace(part, end=end, kind="percent", unit="%")
    currency = _currency(text, part.end)
    if currency:
        return replace(part, kind="money", unit=currency)
    if word in MEASURE and (len(word) > 1 or after[1]) and part.scale != 12:
        return replace(part, kind="measure", unit=MEASURE[word])
    return part


def _currency(text: str, at: int) -> str | None:
    match = _CURRENCY_AFTER.match(text, at)
    if not match:
        return None
    if match["whose"] in ("US", "U.S.", "American") and match["word"] == "dollar":
        return "US$"
    unit = match["sign"] or match["code"] or CURRENCY_WORDS[match["word"]]
    return f"{match['whose']} {unit}" if match["whose"] else unit


def _as_date(part: Part, text: str) -> Part:
    raw = text[part.start : part.end]
    before = text[max(0, part.start - 14) : part.start]
    number = part.number if part.scale == 1 else None
    if isinstance(number, int) and 1 <= number <= 31:
        if _DAY_BEFORE.search(before) or _DAY_AFTER.match(text, part.end):
            return replace(part, kind="date")
    elif isinstance(number, int) and raw.isdecimal() and 1900 <= number <= 2099:
        counted = re.match(r" [a-z]{2,20}s\b", text[part.end : part.end + 24])
        if _DATE_BEFORE.search(before) or not counted:
            return replace(part, kind="date")
    return part


def _range(first: Part, second: Part, text: str) -> NumberMention | None:
    """Join "10-15", "10 to 15", "two or three", "between 10 and 15" to one mention."""
    between = text[first.end : second.start]
    if first.value is None or second.value is None or not _RANGE.fullmatch(between):
        return None
    before = text[max(0, first.start - 9) : first.start].lower()
    dash = len(between) == 1
    if between[1:2] in "-–—" and not (
        first.kind == second.kind == "count" and text[second.start].isdecimal()
    ):
        return None  # a dash with blanks may part two sentences
    if between == " and " and not before.endswith("between "):
        return None
    if between in (" to ", " or ") and (
        before.endswith("from ") or "date" in (first.kind, second.kind)
    ):
        return None
    if first.kind != second.kind and not (first.kind in ("count", "money") or dash):
        return None
    if first.scale == 1 and first.value < second.value:
        first = replace(first, scale=second.scale)  # "10 to 15 million"
    low, high = first.number, second.number
    if not dash and low >= high:
        return None
    kind = second.kind if second.kind != "count" else first.kind
    unit = second.unit or first.unit
    return NumberMention(first.start, second.end, low, high, kind != "date", kind, unit)


def _mention(part: Part, text: str) -> NumberMention:
    if part.value is None:
        return NumberMention(part.start, part.end, None, None, part.kind == "vague", part.kind)
    low = part.number
    before = _ESTIMATE.search(text[max(0, part.start - _REACH) : part.start])
    loose = _LOOSE.match(text, part.end)
    most = any((before and (before["most"] or before["below"]), loose and loose["most"]))
    estimate = part.kind not in ("date", "ordinal") and bool(before or loose)
    high = low if most and estimate else None
    return NumberMention(part.start, part.end, low, high, estimate, part.kind, part.unit)
