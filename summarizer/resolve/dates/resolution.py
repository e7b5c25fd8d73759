"""From the form of a date to its rule, and what every date goes through before it is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from summarizer.annotations import Reading
from summarizer.dates import DateWords, Tense, find_dates
from summarizer.language import listed
from summarizer.resolve.dates import absolute, relative
from summarizer.resolve.dates.values import Anchor, DateFound, Parts, Rule, open_date
from summarizer.source import Span

_Relative = Callable[[Parts, date, Tense], str | None]
ABSOLUTE: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        absolute.iso_day, absolute.days, absolute.months, absolute.since_year, absolute.years,
        absolute.week_of_day, absolute.fiscal_year, absolute.dotted_day, absolute.numeric_day,
        absolute.day_of_month, absolute.month,
        absolute.quarter, absolute.half_year, absolute.season, absolute.part_of_year,
        absolute.months_of_year, absolute.feast, absolute.decade, absolute.year,
    )
}  # fmt: skip
RELATIVE: dict[str, _Relative] = {
    rule.__name__: rule
    for rule in (
        relative.beyond, relative.weekday, relative.weekend, relative.named_season,
        relative.named_month, relative.calendar_unit, relative.single_day, relative.stretch,
        relative.distance, relative.of_the_story, relative.day_of_that_month,
        relative.weekday_of_week,
        relative.weekdays, relative.weekday_of_the_story, relative.overnight,
    )
}  # fmt: skip
"""The rules by the names of the forms in the language's ``dates.toml``; "plain_" ones share."""

_CUE = "in "
"""Makes a date of a bare "2026" or "May" that a model offers as one."""
# The months of a season, quarter or half, which EDTF doesn't take as the end of an interval.
_MONTHS_OF = {
    "21": "03 05", "22": "06 08", "23": "09 11", "24": "12 12", "33": "01 03", "34": "04 06",
    "35": "07 09", "36": "10 12", "40": "01 06", "41": "07 12",
}  # fmt: skip


def date_at(span: Span, reading: Reading) -> DateWords | None:
    """Return the date that the words at *span* hold or belong to, the longest if several.

    What a model took for a date is read as one even where its neighbours don't show it.
    """
    found = [d for d in reading.dates if d.span.start < span.end and span.start < d.span.end]
    if not found:
        start = reading.sentence.start
        words = reading.sentence.text[span.start - start : span.end - start]
        found = list(find_dates(_CUE + words, span.start - len(_CUE)))
    return max(found, key=lambda d: d.span.end - d.span.start, default=None)


def resolve_date(words: DateWords | None, *, published: date | None) -> DateFound:
    """Resolve *words* against the day of publication.

    What cannot be resolved comes back open (``edtf`` None, basis ``none``), with the precision of
    the words.
    """
    if words is None:
        return open_date("unknown")
    try:
        found = _ruled(words, published)
    except (ValueError, OverflowError):  # February 30, or a day before the year 1
        return open_date("unknown")
    if words.bound and found.edtf:
        since = words.bound.removesuffix(" at least") in listed("dates", "words", "since")
        since |= words.bound == "as of" and words.tense == "future"
        found = _bounded(found, since=since)
    if found.edtf is None or not is_edtf(found.edtf):
        return open_date(found.precision)
    return found


def _ruled(words: DateWords, published: date | None) -> DateFound:
    """Return what the rule for the form of *words* makes of them."""
    parts = defaultdict(str, words.parts)
    form = words.form.removeprefix("plain_")
    if form in ABSOLUTE:
        return ABSOLUTE[form](parts, Anchor(published, words.tense))
    precision = relative.precision(form, parts)
    edtf = RELATIVE[form](parts, published, words.tense) if published else None
    if edtf is None or published is None:
        return open_date(precision)
    return DateFound(edtf, precision, "relative", published.isoformat())


@lru_cache(maxsize=4096)  # the parser takes milliseconds, and reports of a day share their dates
def is_edtf(text: str) -> bool:
    """Say whether *text* is a valid EDTF string (ISO 8601-2, levels 0 to 2)."""
    from edtf import parse_edtf  # costs 0.2 s, and many commands never need it
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parse_edtf(text)
    except (EDTFParseException, ValueError, TypeError):
        return False
    return True


def _bounded(found: DateFound, *, since: bool) -> DateFound:
    """Turn X into "X or later" or "X or earlier"; an unknown year cannot bound anything."""
    first, _, last = (found.edtf or "").partition("/")
    year, _, code = first.partition("-")
    if code in _MONTHS_OF:
        first, last = (f"{year}-{month}" for month in _MONTHS_OF[code].split())
    edtf = f"{first}/.." if since else f"../{(last or first).rstrip('~')}"
    return replace(
        found, edtf=None if "X" in edtf or "...." in edtf else edtf, precision="interval"
    )
