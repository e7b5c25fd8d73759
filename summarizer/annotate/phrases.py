"""How far a noun phrase reaches to the left, with the amount in front of it.

"more than 2,000 Stinger missiles", "three batches of 36 grenades", "two of the 12 frigates".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from summarizer.annotations import Reading, Token
from summarizer.equipment import is_size, is_unit
from summarizer.language import entries, listed
from summarizer.language.countries import country, states_named
from summarizer.numbers import NumberMention, find_numbers, meant_from
from summarizer.numbers.vocabulary import NUMBERED

MODIFIES = frozenset(("compound", "nmod", "amod", "nummod", "npadvmod", "advmod", "punct"))
"""Relations of what stands in a noun phrase to its main word."""
_INSIDE = frozenset(("ADJ", "NUM", "NOUN", "PROPN", "ADV"))
_LOOSE = re.compile(r"\+|[ -](?:plus|odd|strong)\b| or (?:so|more|fewer|less)\b")
_GLUED = re.compile(r"[-‑](?!plus|odd|strong)")
_UNIT = re.compile(r"[ -]?[A-Za-z]{1,14}\b")
_WHOLE = re.compile(r"\b([\w-]+)(?: out)? of (?:the |its |their |an? )?$")
_NUMBERED = re.compile(NUMBERED, re.IGNORECASE)
_FROM = re.compile(r"\bfrom $", re.IGNORECASE)
_PLACES = frozenset(("over", "under", "above", "below", "about", "around"))
"""Words before a number that may say where something is instead of how the number is meant."""
_REACH = 40
"""Characters in front of a number in which the words are that belong to it."""


class Phrases:
    """The noun phrases of one sentence."""

    def __init__(self, reading: Reading) -> None:
        self.tokens = reading.tokens
        self.text = reading.sentence.text
        self.offset = reading.sentence.start
        self._starts = [t.start for t in self.tokens]
        self._numbers = find_numbers(self.text)
        self._amounts = dict(self._placed("count", "vague", "measure"))
        self._sizes = {
            at: n for at, n in self._placed("measure", "designation") if is_size(n, self.text)
        }
        self._countries = [e for e in reading.entities if e.label == "GPE"]
        self._people = [e for e in reading.entities if e.label in ("PERSON", "NORP")]

    def _placed(self, *kinds: str) -> Iterator[tuple[int, NumberMention]]:
        """Yield the numbers by the token that each ends with, "100-plus" and "30 km" whole."""
        for number in self._numbers:
            glued = self.text[number.end - 1].isalpha() and self.text[number.start].isdigit()
            unit = number.kind == "measure" and not glued
            behind = (_UNIT if unit else _LOOSE).match(self.text, number.end)
            at = self.at(self.offset + (behind.end() if behind else number.end) - 1)
            if at is not None and number.kind in kinds:
                yield at, number

    def _token_of(self, number: NumberMention) -> int:
        return self.at(self.offset + number.start) or 0

    @property
    def sizes(self) -> frozenset[int]:
        """The tokens of calibres, weights and lengths."""
        sizes = ((at, n) for at, n in self._sizes.items() if n.kind == "measure")
        return frozenset(t for at, n in sizes for t in range(self._token_of(n), at + 1))

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
        if token.text == ")" and left in self._amounts:
            bracket = self._token_of(self._amounts[left]) - 1
            return bracket if bracket > 0 and self.tokens[bracket].text == "(" else None
        if number - 1 in self._sizes:
            size = self._token_of(self._sizes[number - 1])  # "1,000 | 500-lb bombs"
            return (
                size - 1 if size > 0 and _NUMBERED.fullmatch(self.tokens[size - 1].text) else size
            )
        if token.text == "of" and number > 4 and self.tokens[left].text == "worth":
            return left - 2 if self.tokens[left - 1].tag == "POS" else None
        if token.text == "of" and self._measures(left):
            return number - 1 if left in self._amounts else left
        if (
            (token.pos == "DET" or token.tag == "PRP$")
            and left - 1 in self._amounts
            and self.tokens[left].text == "of"
        ):
            return left  # "30 of these tanks"
        if (token.pos == "CCONJ" or token.text == ",") and left >= 0:
            before = self.tokens[left]
            hyphened = left > 0 and self.tokens[left - 1].tag == "HYPH"
            more = token.pos == "CCONJ" or hyphened or before.tag in ("JJ", "VBN")
            return left if more and self._modifies(before, number) else None
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
        named = named or (not token.text.isupper() and country(token.text) is not None)
        return named and token.pos == "PROPN"

    def _measures(self, number: int) -> bool:
        """Tell whether token *number* counts what stands behind "of": "rounds of", "dozens of"."""
        return number >= 0 and (number in self._amounts or is_measure(self.tokens[number]))

    def _counts(self, amount: NumberMention) -> bool:
        """Tell whether a number counts the goods behind it: no calibre, no "two-seat"."""
        sized = is_size(amount, self.text) or _GLUED.match(self.text, amount.end)
        return not (sized or self._is_named(self._token_of(amount)))

    def _is_named(self, number: int) -> bool:
        """Tell whether a number is part of a name: "Dongfeng 5 missiles"."""
        name = self.tokens[number - 1]
        joined = name.dep in ("compound", "nmod") and name.head >= number > 0
        party = any(e.start <= name.start < e.end for e in self._people)
        party = party or self._is_owner(name) or bool(states_named(name.text))
        return joined and name.tag == "NNP" and not party

    def is_counted(self, number: int) -> bool:
        """Tell whether a number of goods stands right before token *number*."""
        amount = self._amounts.get(number - 1)
        return amount is not None and amount.kind == "count" and self._counts(amount)

    def _with_amount(self, amount: NumberMention) -> int:
        """Return where an amount begins, with the words that say how it is meant."""
        start = amount.start
        whole = _WHOLE.search(self.text, max(0, start - _REACH), start)
        if whole and (find_numbers(whole[1]) or whole[1] in listed("goods", "amounts", "part")):
            start = whole.start()  # "two of the 12 frigates"
        elif self.text.endswith(" to ", 0, start) and self._is_from(start):
            start = self.text.rindex("from", 0, start)
        for _ in range(2):  # "up to a total of"
            start = self._meant_from(start)
            before = _before().search(self.text, max(0, start - _REACH), start)
            start = before.start() if before else start
        return self.offset + start

    def _is_from(self, start: int) -> bool:
        """Tell whether a range begins before " to ": not in "rose from 10 to 15 tanks"."""
        lower = self._amounts.get(self.at(self.offset + start - len(" to ") - 1) or 0)
        word = _FROM.search(self.text, 0, lower.start) if lower else None
        return word is not None and self._of_supply(self.at(self.offset + word.start()))

    def _meant_from(self, start: int) -> int:
        """Return where the words begin that say how the number at *start* is meant."""
        meant = meant_from(self.text, start)
        first = self.at(self.offset + meant)
        if first is None or self.tokens[first].text.lower() not in _PLACES:
            return meant
        # "handed over two", "talks over two": not "more than two"
        dep, before = self.tokens[first].dep, self.tokens[max(0, first - 1)]
        place = dep == "prt" or (dep == "prep" and not self._of_supply(first))
        place = place and before.pos not in ("CCONJ", "PUNCT")
        return start if place else meant

    def _of_supply(self, number: int | None) -> bool:
        """Tell whether token *number* hangs on a verb of supply, whose goods come behind."""
        verbs = listed("events", "supply", "verbs")
        return number is not None and self.tokens[self.tokens[number].head].lemma in verbs


def is_measure(token: Token) -> bool:
    """Tell whether goods are counted in what *token* names: "batteries", "rounds"."""
    return is_unit(token.lemma)


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(sorted(entries("goods", "amounts", "before"), key=len, reverse=True))
    return re.compile(rf"(?:(?<!\w)(?:{words})\s(?:the\s|its\s)?)+$", re.IGNORECASE)
