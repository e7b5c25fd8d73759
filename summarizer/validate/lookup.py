"""A text made ready for looking words up: folded once, and its words indexed.

What is looked up is found by its rarest word, so that the time depends on how often that word
occurs, not on the text.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from summarizer.korean import particle_start
from summarizer.validate.edges import UNSPACED
from summarizer.validate.fold import fold, strip_blank

_WORD = re.compile(rf"[^\W{UNSPACED}]+")
_LETTERS, _LETTERS_BEFORE = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+\Z")
_REACH = 30
_KOREAN = "\u1100"


class Lookup:
    """Finds places of a text that fold to given words; built in time linear in the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded, self._offsets = fold(text, "folded")
        self._starts: defaultdict[str, array[int]] = defaultdict(partial(array, "L"))
        korean = max(self._folded, default="") >= _KOREAN
        for match in _WORD.finditer(self._folded):
            word, start = match[0], match.start()
            self._starts[word].append(start)
            if korean and word[-1] >= _KOREAN and (noun := particle_start(word)):
                self._starts[word[:noun]].append(start)

    def places(self, folded: str, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Yield the ranges between the offsets *low* and *high* that fold to *folded*, in order.

        They are without white space around them, and none begins or ends within a character.
        """
        for first in self._find(folded, low, high):
            last = first + len(folded)
            if not (self._inside(first) or self._inside(last)):
                end = self._offsets[last] if last < len(self._offsets) else len(self._text)
                yield strip_blank(self._text, self._offsets[first], end)

    def hyphenated(self, at: int) -> str:
        """Return the folded word around the offset *at* with a hyphen there."""
        place = bisect_left(self._offsets, at)
        before = _LETTERS_BEFORE.search(self._folded, max(0, place - _REACH), place)
        behind = _LETTERS.match(self._folded, place, place + _REACH)
        return f"{before[0] if before else ''}-{behind[0] if behind else ''}"

    def _find(self, folded: str, low: int, high: int) -> Iterator[int]:
        low, high = bisect_left(self._offsets, low), bisect_left(self._offsets, high)
        anchors = [
            (self._starts.get(match[0], array("L")), match.start())
            for match in _WORD.finditer(folded)
        ]
        if not anchors:
            yield from _find_all(folded, self._folded, low, high)
            return
        places, shift = min(anchors, key=lambda anchor: len(anchor[0]))
        first, last = bisect_left(places, low + shift), bisect_left(places, high + shift)
        for place in places[first:last]:
            if self._folded.startswith(folded, place - shift, high):
                yield place - shift

    def _inside(self, at: int) -> bool:
        """Tell whether the folded text is cut inside a character of the text at *at*."""
        return 0 < at < len(self._offsets) and self._offsets[at - 1] == self._offsets[at]


def _find_all(needle: str, text: str, low: int, high: int) -> Iterator[int]:
    at = text.find(needle, low, high)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1, high)
