"""The dates that a sentence names, each with the tense of what it hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from summarizer import dates
from summarizer.annotate.tense import head_of_date, sudden, tense_of
from summarizer.annotations import Reading
from summarizer.dates import DateWords
from summarizer.language import listed

_IN_NAMES = frozenset(("compound", "nmod", "nummod"))


_BEFORE_NOUN = frozenset(("amod", "compound", "nmod", "nummod", "poss"))
_NO_DATE_BEFORE_NOUN = frozenset(("day_of_that_month", "overnight"))
"""Forms that say something else before a noun: "the 23rd Brigade", "an overnight curfew"."""


def find_dates(reading: Reading) -> tuple[DateWords, ...]:
    """Return the dates that the sentence names, without those that are part of a name."""
    found = [
        d
        for d in dates.find_dates(reading.sentence.text, reading.sentence.start)
        if not _is_in_name(reading, d)
    ]
    return tuple(_with_grammar(reading, words, alone=len(found) == 1) for words in found)


def _with_grammar(reading: Reading, words: DateWords, *, alone: bool) -> DateWords:
    """Return *words* with what the grammar around them shows of what they mean."""
    tense = tense_of(reading, words.span, words.bound)
    head = head_of_date(reading, words.span)
    if head is None:
        return replace(words, tense=tense)
    above, form, parts = reading.tokens[head.head], words.form, words.parts
    if form == "weekday" and any(c.dep == "det" for c in reading.children(head.number)):
        form = "weekday_of_the_story"  # "on the Friday"
    if form == "overnight" and not alone:
        tense = "unclear"  # it may be the night of the other day
    if words.bound == "since" or (head.dep in _BEFORE_NOUN and above.lemma in sudden()):
        parts = {**parts, "named": "yes"}
    return replace(words, form=form, parts=parts, tense=tense)


def _is_in_name(reading: Reading, words: DateWords) -> bool:
    """Tell whether a name goes on behind the date: "the March 23 Movement", "General June Park"."""
    for token in reading.at(words.span):
        above = reading.tokens[token.head]
        if token.dep not in _BEFORE_NOUN or above.start < words.span.end:
            continue
        if words.form in _NO_DATE_BEFORE_NOUN:
            return True
        if token.dep in _IN_NAMES and token.text[:1].isalpha():
            return above.pos == "PROPN" and above.text[:1].isupper()
    return False


def with_order(readings: Sequence[Reading], url: str | None) -> list[Reading]:
    """Return *readings* with "04/05/2025" read in the order of the text's other dates.

    Without one that shows it ("13/05/2025"), the outlet's country tells, by the end of its *url*.
    """
    shown = {
        order for reading in readings for words in reading.dates if (order := _order_shown(words))
    }
    order = next(iter(shown)) if len(shown) == 1 else ""
    if not shown and url:
        ending = (urlsplit(url).hostname or "").rpartition(".")[2]
        order = next((o for o in ("day", "month") if ending in listed("dates", "orders", o)), "")
    if not order:
        return list(readings)
    return [
        replace(reading, dates=tuple(_ordered(words, order) for words in reading.dates))
        for reading in readings
    ]


def _order_shown(words: DateWords) -> str:
    if words.form != "numeric_day":
        return ""
    first, second = int(words.parts["first"]), int(words.parts["second"])
    return "day" if first > 12 >= second else "month" if second > 12 >= first else ""


def _ordered(words: DateWords, order: str) -> DateWords:
    if words.form != "numeric_day":
        return words
    return replace(words, parts={**words.parts, "order": order})
