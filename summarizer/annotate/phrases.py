"""How far a noun phrase reaches to the left, with the amount in front of it.

"more than 2,000 Stinger missiles", "three batches of 36 grenades", "two of the 12 frigates".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from summarizer.annotations import Reading, Token
from summarizer.language import entries, listed
from summarizer.numbers import NumberMention, find_numbers

MODIFIES = frozenset(("compound", "nmod", "amod", "nummod", "npadvmod", "advmod", "punct"))
"""Relations of what stands in a noun phrase to its main word."""
_INSIDE = frozenset(("ADJ", "NUM", "NOUN", "PROPN", "ADV"))
_WEIGHTS = frozenset(("ton", "litre", "gallon", "barrel", "kg"))
_LOOSE = re.compile(r"\+|-(?:plus|odd|strong)\b")
_GLUED = re.compile(r"[-‑](?!plus|odd|strong)")
_WHOLE = re.compile(r"\b([\w-]+) of (?:the |its |their )?$")
_REACH = 40
"""Characters in front of a number in which the words are that say how it is meant."""


class Phrases:
    """The noun phrases of one sentence."""

    def __init__(self, reading: Reading) -> None:
        self.tokens = reading.tokens
        self.text = reading.sentence.text
        self.offset = reading.sentence.start
        self._starts = [t.start for t in self.tokens]
        self._amounts = dict(self._amounts_of(reading.sentence.text))
        self._countries = [e for e in reading.entities if e.label == "GPE"]

    def _amounts_of(self, text: str) -> list[tuple[int, NumberMention]]:
        """Return the numbers by the token that each ends with, "100-plus" and "300+" whole."""
        found = []
        for number in find_numbers(text):
            loose = _LOOSE.match(text, number.end)
            at = self.at(self.offset + (loose.end() if loose else number.end) - 1)
            if at is not None and number.kind in ("count", "vague", "measure"):
                found.append((at, number))
        return found

    def at(self, place: int) -> int | None:
        """Return the number of the token at *place*."""
        number = bisect_right(self._starts, place) - 1
        return number if number >= 0 and place < self.tokens[number].end else None

    def start(self, first: int, *, known: frozenset[int] = frozenset()) -> int:
        """Return where the phrase begins that token *first* belongs to.

        Tokens of *known* words belong to it even where the parser takes them for a country.
        """
        number = first
        while number > 0:
            amount = self._amounts.get(number - 1)
            if amount and self._counts(amount):
                start = self._with_amount(amount)
                number = self._counted_measure(self.at(start) or 0)
                if not number:
                    return start
                continue
            before = self._step(number, known)
            if before is None:
                break
            number = before
        return self.tokens[number].start

    def _counted_measure(self, number: int) -> int:
        """Return the measure in front of an amount if it is counted itself, else 0."""
        of = number > 2 and self.tokens[number - 1].text == "of"
        counted = of and self._measures(number - 2) and number - 3 in self._amounts
        return number - 2 if counted else 0

    def _step(self, number: int, known: frozenset[int]) -> int | None:
        """Return the next token to the left that belongs to the phrase, or None at its edge."""
        token, left = self.tokens[number - 1], number - 2
        if token.text in ("×", "x", "X") or token.tag in ("HYPH", "SYM"):
            return number - 1
        if token.text == ")" and number > 3 and self.tokens[number - 3].text == "(":
            return number - 3  # "three (03) frigates"
        if token.text == "of" and self._measures(left):
            return number - 1 if left in self._amounts else left
        if token.pos == "DET" and left - 1 in self._amounts and self.tokens[left].text == "of":
            return left  # "30 of these tanks"
        if token.pos == "CCONJ" and left >= 0:
            return left if self._modifies(self.tokens[left], number) else None
        if not self._modifies(token, number) or (
            token.number not in known and self._is_owner(token)
        ):
            return None
        return number - 1 if token.pos in _INSIDE or token.tag in ("VBN", "VBG") else None

    def _modifies(self, token: Token, number: int) -> bool:
        """Tell whether *token* modifies something from token *number* on, or joins what does."""
        while token.dep == "conj" and token.head < token.number:
            token = self.tokens[token.head]
        return token.dep in MODIFIES and token.head >= number

    def _is_owner(self, token: Token) -> bool:
        """Tell whether a token names the country that has the goods, not which they are."""
        named = any(e.start <= token.start < e.end for e in self._countries)
        return named and token.pos == "PROPN"

    def _measures(self, number: int) -> bool:
        """Tell whether token *number* counts what stands behind "of": "rounds of", "dozens of"."""
        return number >= 0 and (number in self._amounts or is_measure(self.tokens[number]))

    def _counts(self, amount: NumberMention) -> bool:
        """Tell whether a number counts the goods behind it: no calibre, no "two-seat"."""
        if amount.kind == "measure":
            return amount.unit in _WEIGHTS
        return not _GLUED.match(self.text, amount.end)

    def _with_amount(self, amount: NumberMention) -> int:
        """Return where an amount begins, with the words that say how it is meant."""
        start = amount.start
        whole = _WHOLE.search(self.text, max(0, start - _REACH), start)
        if whole and (find_numbers(whole[1]) or whole[1] in listed("goods", "amounts", "part")):
            start = whole.start()  # "two of the 12 frigates"
        before = _meant().search(self.text, max(0, start - _REACH), start)
        first = self.at(self.offset + before.start()) if before else None
        # "handed over two", "talks over two": not "more than two"
        if before and first is not None and self.tokens[first].dep not in ("prt", "prep"):
            start = before.start()
        return self.offset + start


def is_measure(token: Token) -> bool:
    """Tell whether goods are counted in what *token* names: "batteries", "rounds"."""
    return token.lemma in listed("goods", "amounts", "units")


@cache
def _meant() -> re.Pattern[str]:
    words = "|".join(sorted(entries("goods", "amounts", "before"), key=len, reverse=True))
    return re.compile(rf"(?:(?<!\w)(?:{words})\s(?:the\s|its\s)?)+$", re.IGNORECASE)
