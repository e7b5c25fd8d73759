"""Find a quote in a text, or say that it is not there.

The classes of ``Match`` are tried from strict to lenient, and none of them is fuzzy: no word,
number or negation may differ. A text with markup is looked through twice, as it is written and as
it is read; where a quote may begin and end is always judged by what is read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from summarizer.markup import Unmarked
from summarizer.numbers import numbers_as_read
from summarizer.source import Match, Span
from summarizer.validate.compare import Claim
from summarizer.validate.edges import is_before_particle, is_edge
from summarizer.validate.fold import strip_blank
from summarizer.validate.lookup import Lookup

Range: TypeAlias = Span | tuple[int, int]

_STRICTNESS: tuple[Match, ...] = ("exact", "typography", "case", "folded")
_SYMBOLS = 0x2FFF  # beyond the blocks of punctuation and signs: scripts and emoji
_HYPHENED = re.compile(r"([^\W\d_]+)-(?=([^\W\d_]+))")


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
        self._page = Unmarked(text)
        self._numbers = [(each.start, each.end) for each in numbers_as_read(self._page.text)]
        self._written = Lookup(text)
        self._read = Lookup(self._page.text) if self._page.differs else self._written
        self._found: dict[tuple[str, int, int], tuple[Span, ...]] = {}

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
        """Return all places of the strictest class in which *quote* is found, in order.

        A model that names the same thing in many records costs one look-up.
        """
        key = quote, *_bounds(within, self.text)
        if key not in self._found:
            self._found[key] = self._located(quote, key[1:])
        return self._found[key]

    def _located(self, quote: str, bounds: tuple[int, int]) -> tuple[Span, ...]:
        start, end = strip_blank(quote, 0, len(quote))
        written, read = quote[start:end], Unmarked(quote[start:end], join_lines=False)
        if not any(char.isalnum() or ord(char) > _SYMBOLS for char in read.text):
            return ()  # punctuation cites nothing
        places = [*self._as_written(written, bounds)]
        if read.differs or self._page.differs:
            places += self._as_read(read.text, bounds)
        found: dict[tuple[int, int], Span] = {}
        for start, end, match in places:
            if self.is_edge(start, opening=True) and self.is_edge(end):
                span = Span(start, end, self._told(start, end, match, written))
                found.setdefault((start, end), span)
        best = min((_STRICTNESS.index(span.match) for span in found.values()), default=0)
        spans = (span for _, span in sorted(found.items()))
        return tuple(span for span in spans if span.match == _STRICTNESS[best])

    def is_edge(self, at: int, *, opening: bool = False) -> bool:
        """Tell whether a quote may end (or begin) at *at*: not in a word nor in "50 | million"."""
        inside = self._page.inside(at)
        if inside != "text":
            return inside == "address" and is_edge(self.text, at, opening=opening)
        place = self._page.offset(at)
        left = bisect_left(self._numbers, (place, 0)) - 1
        cut = left >= 0 and place < self._numbers[left][1]
        cut = cut or place in self._page.tied
        return not cut and is_edge(self._page.text, place, opening=opening)

    def _as_written(self, quote: str, bounds: tuple[int, int]) -> Iterator[tuple[int, int, Match]]:
        """Yield where *quote* stands when nothing is taken for markup."""
        claim = Claim(quote)
        for start, end in self._written.places(claim.folded, *bounds):
            if match := claim.match(self.text[start:end]):
                yield start, end, match

    def _as_read(self, quote: str, bounds: tuple[int, int]) -> Iterator[tuple[int, int, Match]]:
        """Yield where *quote* stands when it and the text are read past their markup."""
        claim = Claim(quote)
        low, high = map(self._page.offset, bounds)
        for folded in {claim.folded, self._joined(claim.folded)}:
            for start, end in self._read.places(folded, low, high):
                match, place = claim.match(*self._parts(start, end)), self._page.place(start, end)
                if match and place and bounds[0] <= place[0] and place[1] <= bounds[1]:
                    yield *place, match

    def _told(self, start: int, end: int, match: Match, quote: str) -> Match:
        """Return the class to be told: only what stands there as it is, and alone, is exact."""
        if match != "exact":
            return match
        as_it_is = self.text[start:end] == quote
        particle = is_before_particle(self._page.text, self._page.offset(end))
        return "exact" if as_it_is and not particle else "typography"

    def _parts(self, start: int, end: int) -> Iterator[str]:
        """Yield the page's words there, cut where a word was joined over a line's end."""
        joints = self._page.joints
        inside = joints[bisect_right(joints, start) : bisect_left(joints, end)]
        for part in pairwise((start, *inside, end)):
            yield self._page.text[slice(*part)]

    def _joined(self, folded: str) -> str:
        """Return *folded* without the hyphens that the text has at a line's end."""
        return _HYPHENED.sub(
            lambda match: match[1] if f"{match[0]}{match[2]}" in self._broken else match[0], folded
        )

    @cached_property
    def _broken(self) -> frozenset[str]:
        return frozenset(map(self._read.hyphenated, self._page.joints))


def _bounds(within: Range | None, text: str) -> tuple[int, int]:
    if within is None:
        return 0, len(text)
    start, end = (within.start, within.end) if isinstance(within, Span) else within
    return max(0, start), max(0, min(end, len(text)))
