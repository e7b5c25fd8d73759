"""Compare a quote with words of the text: in which class they are the same, if in any."""

from __future__ import annotations

import re

from summarizer.source import Match
from summarizer.validate.fold import Level, simplify

_LEVELS: tuple[Level, ...] = ("typography", "case", "folded")
_FEET, _INCHES = "'′", '"″'  # curly ones are quotation marks
_MARK_AFTER_DIGIT = re.compile(r"\d([′″'\"’”“‘])")


class Claim:
    """A quote to be compared with words of the text; equal words are compared once."""

    def __init__(self, quote: str) -> None:
        self.quote = quote
        self.folded = simplify(quote, "folded")
        self._seen: dict[tuple[str, ...], Match | None] = {}

    def match(self, *parts: str) -> Match | None:
        """Return the class in which the quote is these words.

        Between the *parts* of a word that a line's end cuts in two the quote may have a hyphen.
        """
        if parts not in self._seen:
            self._seen[parts] = self._compare(parts)
        return self._seen[parts]

    def _compare(self, parts: tuple[str, ...]) -> Match | None:
        words = "".join(parts)
        if words == self.quote:
            return "exact"
        if _other_unit(words, self.quote):
            return None
        return next((level for level in _LEVELS if self._is_same(parts, level)), None)

    def _is_same(self, parts: tuple[str, ...], level: Level) -> bool:
        rest = simplify(self.quote, level)
        for number, part in enumerate(parts):
            rest = rest.removeprefix("-") if number else rest
            folded = simplify(part, level)
            if not rest.startswith(folded):
                return False
            rest = rest[len(folded) :]
        return not rest


def _other_unit(words: str, quote: str) -> bool:
    """Tell whether one has feet or minutes where the other has inches or seconds."""
    marks = zip(_MARK_AFTER_DIGIT.findall(words), _MARK_AFTER_DIGIT.findall(quote), strict=False)
    return any(
        (one in _FEET and other in _INCHES) or (one in _INCHES and other in _FEET)
        for one, other in marks
    )
