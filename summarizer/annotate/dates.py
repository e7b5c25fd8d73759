"""The dates that a sentence names, each with the tense of what it hangs on."""

from __future__ import annotations

from dataclasses import replace

from summarizer import dates
from summarizer.annotate.tense import tense_of
from summarizer.annotations import Reading
from summarizer.dates import DateWords
from summarizer.source import Span

_IN_NAMES = frozenset(("compound", "nmod", "nummod"))


def find_dates(reading: Reading) -> tuple[DateWords, ...]:
    """Return the dates that the sentence names, without those that are part of a name."""
    return tuple(
        replace(found, tense=tense_of(reading, found.span, found.bound))
        for found in dates.find_dates(reading.sentence.text, reading.sentence.start)
        if not _is_in_name(reading, found.span)
    )


def _is_in_name(reading: Reading, span: Span) -> bool:
    """Tell whether a name goes on behind the date: "the March 23 Movement", "General June Park"."""
    head = reading.head_of(span)
    if head is None or head.dep not in _IN_NAMES or not head.text[:1].isalpha():
        return False
    above = reading.tokens[head.head]
    return above.pos == "PROPN" and above.start >= span.end and above.text[:1].isupper()
