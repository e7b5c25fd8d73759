"""Find a quote in a text, or say that it is not there.

The classes of ``Match`` are tried from strict to lenient, and none of them is fuzzy: no word,
number or negation may differ. The text is folded and its words are indexed once; a quote is then
looked up by its rarest word, so the time depends on how often that word occurs, not on the text.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TypeAlias

from summarizer.numbers import find_numbers
from summarizer.source import Match, Span
from summarizer.validate.edges import UNSPACED, is_edge
from summarizer.validate.fold import Level, fold, simplify, strip_blank

Range: TypeAlias = Span | tuple[int, int]

_LEVELS: tuple[Level, ...] = ("typography", "case", "folded")
_STRICTNESS: tuple[Match, ...] = ("exact", *_LEVELS)
_SYMBOLS = 0x2FFF  # beyond the blocks of punctuation and signs: scripts and emoji
_WORD = re.compile(rf"[^\W{UNSPACED}]+")
_FEET, _INCHES = "'′", '"″'  # curly ones are quotation marks
_MARK_AFTER_DIGIT = re.compile(r"\d([′″'\"’”“‘])")


@dataclass(frozen=True, slots=True)
class Found:
    """The place chosen for a quote, and at how many places it stands in the same class."""

    span: Span
    occurrences: int

    @property
    def ambiguous(self) -> bool:
        """Whether the quote alone does not say which place is meant."""
        return self.occurrences > 1


def locate(quote: str, text: str, within: Range | None = None) -> Span | None:
    """Return the first place where *quote* stands in *text*, or None.

    Of several places, the one found in the strictest class is taken. The span is without
    surrounding white space. To look up many quotes in one text, build an ``Index``.
    """
    found = Index(text).locate(quote, within)
    return found.span if found else None


class Index:
    """A text made ready for looking up quotes; built in time linear in its length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded, self._offsets = fold(text, "folded")
        self._words: dict[str, array[int]] = {}
        for match in _WORD.finditer(self._folded):
            self._words.setdefault(match[0], array("L")).append(match.start())
        self._numbers = [(number.start, number.end) for number in find_numbers(text)]

    def locate(
        self, quote: str, within: Range | None = None, near: int | None = None
    ) -> Found | None:
        """Return where *quote* stands: in *within* if given, nearest to the offset *near*."""
        spans = self.locate_all(quote, within)
        if not spans:
            return None
        anchor = spans[0].start if near is None else near
        return Found(min(spans, key=lambda span: abs(span.start - anchor)), len(spans))

    def locate_all(self, quote: str, within: Range | None = None) -> tuple[Span, ...]:
        """Return all places of the strictest class in which *quote* is found, in order."""
        start, end = strip_blank(quote, 0, len(quote))
        claim = _Claim(quote[start:end])
        if not any(char.isalnum() or ord(char) > _SYMBOLS for char in claim.folded):
            return ()  # punctuation cites nothing
        spans = [
            span
            for place in self._candidates(claim.folded, _bounds(within, self.text))
            if (span := self._span(place, claim))
        ]
        best = min((_STRICTNESS.index(span.match) for span in spans), default=0)
        return tuple(span for span in spans if span.match == _STRICTNESS[best])

    def is_edge(self, at: int, *, opening: bool = False) -> bool:
        """Tell whether a quote may end (or begin) at *at*: not in a word nor in "50 | million"."""
        left = bisect_left(self._numbers, (at, 0)) - 1
        cut = left >= 0 and at < self._numbers[left][1]
        return not cut and is_edge(self.text, at, opening=opening)

    def _candidates(self, needle: str, bounds: tuple[int, int]) -> list[tuple[int, int]]:
        """Return where *needle* stands in the folded text, as ranges of the folded text."""
        low = bisect_left(self._offsets, bounds[0])
        high = bisect_left(self._offsets, bounds[1])
        anchors = [
            (self._words.get(match[0], array("L")), match.start())
            for match in _WORD.finditer(needle)
        ]
        if not anchors:
            return _find_all(needle, self._folded, low, high)
        places, shift = min(anchors, key=lambda anchor: len(anchor[0]))
        first, last = bisect_left(places, low + shift), bisect_left(places, high + shift)
        starts = (place - shift for place in places[first:last])
        return [
            (start, start + len(needle))
            for start in starts
            if self._folded.startswith(needle, start, high)
        ]

    def _span(self, place: tuple[int, int], claim: _Claim) -> Span | None:
        """Return the span of the text that a range of the folded text stands for, if it is one."""
        first, last = place
        offsets, size = self._offsets, len(self._offsets)
        if (first and offsets[first - 1] == offsets[first]) or (
            last < size and offsets[last - 1] == offsets[last]
        ):
            return None  # part of a character
        end = offsets[last] if last < size else len(self.text)
        start, end = strip_blank(self.text, offsets[first], end)
        match = claim.match(self.text[start:end])
        if match and self.is_edge(start, opening=True) and self.is_edge(end):
            return Span(start, end, match)
        return None


class _Claim:
    """A quote to be compared with slices of the text; equal slices are compared once."""

    def __init__(self, quote: str) -> None:
        self.quote = quote
        self.folded = simplify(quote, "folded")
        self._seen: dict[str, Match | None] = {}

    def match(self, words: str) -> Match | None:
        if words not in self._seen:
            self._seen[words] = self._compare(words)
        return self._seen[words]

    def _compare(self, words: str) -> Match | None:
        if words == self.quote:
            return "exact"
        if _other_unit(words, self.quote):
            return None
        for level in _LEVELS:
            if simplify(words, level) == simplify(self.quote, level):
                return level
        return None


def _other_unit(words: str, quote: str) -> bool:
    """Tell whether one has feet or minutes where the other has inches or seconds."""
    marks = zip(_MARK_AFTER_DIGIT.findall(words), _MARK_AFTER_DIGIT.findall(quote), strict=False)
    return any(
        (one in _FEET and other in _INCHES) or (one in _INCHES and other in _FEET)
        for one, other in marks
    )


def _find_all(needle: str, text: str, low: int, high: int) -> list[tuple[int, int]]:
    places = []
    at = text.find(needle, low, high)
    while at >= 0:
        places.append((at, at + len(needle)))
        at = text.find(needle, at + 1, high)
    return places


def _bounds(within: Range | None, text: str) -> tuple[int, int]:
    if within is None:
        return 0, len(text)
    start, end = (within.start, within.end) if isinstance(within, Span) else within
    return max(0, start), max(0, min(end, len(text)))
