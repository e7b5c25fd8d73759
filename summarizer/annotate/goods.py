"""A sentence -> the goods that it names, each with its amount.

A phrase is goods when its main word is in the lexicon of equipment, or carries such a word
("Patriot battery"). "Drone operators" and "arms embargo" are not: their main word is another. What
a verb of supply has for an object is offered as well, if nothing speaks against it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from summarizer.annotations import Goods, Reading, Token
from summarizer.equipment import WordMention, classify, find_words
from summarizer.language import entries, listed, table
from summarizer.numbers import NumberMention, find_numbers
from summarizer.source import Span

_MODIFIES = frozenset(("compound", "nmod", "amod", "nummod", "npadvmod", "advmod", "punct"))
_NOT_NOUNS = frozenset(("VERB", "AUX", "ADP", "PRON", "ADV", "SCONJ"))
_PLURAL = frozenset(("NNS", "NNPS"))
_NAMES = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"))
_NOT_GOODS = _NAMES | {"DATE", "TIME", "MONEY", "PERCENT", "LAW", "EVENT", "LANGUAGE"}
_TIED = re.compile(r"\s(?:of|for)\s(?:(?:the|its|their|a|an)\s)?")
_LOOSE = re.compile(r"\+|-(?:plus|odd|strong)\b")
_GLUED = re.compile(r"[-‑](?!plus|odd|strong)")
_INSIDE = frozenset(("ADJ", "NUM", "NOUN", "PROPN", "ADV"))
_WHOLE = re.compile(r"\b([\w-]+) of (?:the |its |their )?$")
_IN_BRACKETS = re.compile(r"\s?\((?:[\d,]{1,9}|[A-Z][\w/-]{1,11})\)|:\s[\d,]{1,9}(?!\d)")


def find_goods(reading: Reading) -> tuple[Goods, ...]:
    """Return the goods that the sentence names, in order and without overlaps."""
    phrases = _Phrases(reading)
    known = _tied_together(list(phrases.known()), phrases)
    goods = [g for g in known if phrases.is_equipment(g)]
    goods += phrases.supplied(known)
    return tuple(sorted(goods, key=lambda g: g.span.start))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _tied_together(goods: list[Goods], phrases: _Phrases) -> list[Goods]:
    """Join what one phrase holds: "launchers for the NASAMS system", "tank and gun ammunition"."""
    joined: list[Goods] = []
    for one in goods:
        last = joined[-1] if joined else None
        if last is None:
            joined.append(one)
        elif one.span.start < last.span.end:
            end = max(last.span.end, one.span.end)
            head = one.head if one.span.end >= last.span.end else last.head
            joined[-1] = phrases.goods(Span(min(last.span.start, one.span.start), end), head)
        elif _TIED.fullmatch(between := phrases.words(Span(last.span.end, one.span.start))):
            joined[-1] = phrases.goods(Span(last.span.start, one.span.end), last.head)
        elif between in (" ", "-", "‑"):
            joined[-1] = phrases.goods(Span(last.span.start, one.span.end), one.head)
        else:
            joined.append(one)
    return joined


class _Phrases:
    """The noun phrases of one sentence around words for goods and behind verbs of supply."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.text = reading.sentence.text
        self.offset = reading.sentence.start
        self._starts = [t.start for t in self.tokens]
        self._numbers = {
            at: number
            for number in find_numbers(self.text)
            if number.kind in ("count", "vague", "measure")
            and (at := self._at(self.offset + self._end_of(number) - 1)) is not None
        }
        self._mentions = [m for m in find_words(self.text) if m.word.against is None]
        self._names = [e for e in reading.entities if e.label in _NAMES]

    def _end_of(self, number: NumberMention) -> int:
        """Return where a number ends with what makes it loose: "100-plus", "300+"."""
        loose = _LOOSE.match(self.text, number.end)
        return loose.end() if loose else number.end

    def words(self, span: Span) -> str:
        return self.text[span.start - self.offset : span.end - self.offset]

    def goods(self, span: Span, head: int, *, known: bool = True) -> Goods:
        return Goods(span, head, known, classify(self.words(span)).is_general)

    def is_equipment(self, goods: Goods) -> bool:
        """Tell whether the main word stands for equipment: not in "a round of talks"."""
        behind = self.text[goods.span.end - self.offset :]
        measure = self.tokens[goods.head].lemma in entries("goods", "amounts", "units")
        if measure and behind.startswith(" of "):
            return False
        return classify(self.words(goods.span)).is_equipment

    def known(self) -> Iterator[Goods]:
        """Yield the phrases around the lexicon's words."""
        mentions = self._mentions
        for mention in mentions:
            first, last = (
                self._at(self.offset + mention.start),
                self._at(self.offset + mention.end - 1),
            )
            if mention.word.kind == "no" or first is None or last is None:
                continue
            if mention.word.kind != "model" and self._is_no_noun(self.tokens[last]):
                continue
            head = self._head(last, mentions)
            if head is None:
                continue
            span = self._phrase(first, head)
            if not (mention.word.ambiguous and self._is_name_alone(span, last, head)):
                yield self.goods(span, head)

    def _is_name_alone(self, span: Span, last: int, head: int) -> bool:
        """Tell whether a word that may be a name has no number, plural or noun beside it."""
        words = self.words(span)
        other = len(find_words(words)) > 1 or head != last
        return not (other or find_numbers(words) or self.tokens[last].tag in _PLURAL)

    def supplied(self, known: Sequence[Goods]) -> Iterator[Goods]:
        """Yield the objects of supply that no lexicon has and that nothing speaks against."""
        objects = {
            argument.head: argument.span
            for predicate in self.reading.predicates
            if predicate.lemma
            in listed("events", "supply", "nouns" if predicate.nominal else "verbs")
            for argument in predicate.of("object")
        }
        for number, span in objects.items():
            head = self.tokens[number]
            new = not any(_overlap(span, g.span) for g in known)
            if new and head.pos == "NOUN" and not self._is_against(head):
                yield self.goods(self._phrase(number, number), number, known=False)

    def _is_against(self, head: Token) -> bool:
        lemma = head.lemma
        if lemma in listed("goods", "hardly_goods", "words") or lemma in _against():
            return True
        named = [e for e in self.reading.entities if e.start <= head.start and head.end <= e.end]
        return any(e.label in _NOT_GOODS for e in named)

    def _at(self, place: int) -> int | None:
        """Return the number of the token at *place*."""
        number = bisect_right(self._starts, place) - 1
        return number if number >= 0 and place < self.tokens[number].end else None

    def _is_no_noun(self, token: Token) -> bool:
        return token.pos in _NOT_NOUNS and token.dep not in _MODIFIES

    def _head(self, last: int, mentions: Sequence[WordMention]) -> int | None:
        """Return the main word of the phrase that a lexicon word ending at *last* is in.

        None when that is no goods.
        """
        head = last
        while (above := self._next_noun(head)) is not None:
            head = above
        if head == last:
            return last
        token = self.tokens[head]
        if token.lemma in listed("events", "supply", "nouns") and token.lemma not in _against():
            known = _holds(mentions, token, self.offset)
            return head if known else self._next_but(head, last)
        if _holds(mentions, token, self.offset) or token.lemma in listed(
            "goods", "amounts", "carriers"
        ):
            return head
        return None

    def _next_noun(self, number: int) -> int | None:
        """Return the noun right behind that token *number* modifies, over "and" and a hyphen."""
        token, end = self.tokens[number], number + 1
        if token.dep not in ("compound", "nmod", "amod", "nummod", "conj", "poss"):
            return self._carrier(number)
        if token.dep == "conj":
            above = self.tokens[token.head]
            if above.dep not in ("compound", "nmod", "amod") or above.head <= number:
                return self._carrier(number)
            target = above.head
        else:
            target = token.head
        between = self.tokens[end:target]
        if target <= number or not all(
            t.pos in ("NOUN", "PROPN", "ADJ", "NUM", "CCONJ") or t.text in "-‑‐/" for t in between
        ):
            return self._carrier(number)
        return target

    def _carrier(self, number: int) -> int | None:
        """Return the word behind when it only carries the goods: "Patriot battery"."""
        behind = self.tokens[number + 1] if number + 1 < len(self.tokens) else None
        if behind is None or behind.pos not in ("NOUN", "PROPN"):
            return None
        return number + 1 if behind.lemma in listed("goods", "amounts", "carriers") else None

    def _next_but(self, head: int, last: int) -> int:
        return last if head > last else head

    def _phrase(self, first: int, head: int) -> Span:
        start = self._left(first)
        end = self.tokens[head].end
        if extra := _IN_BRACKETS.match(self.text, end - self.offset):
            end = self.offset + extra.end()
        return Span(start, end)

    def _left(self, first: int) -> int:
        """Return where the phrase begins that token *first* belongs to."""
        number = first
        while number > 0:
            amount = self._numbers.get(number - 1)
            if amount and self._counts(amount):
                start = self._with_amount(amount)
                number = (self._at(start) or 0) - 2
                if (
                    number < 1
                    or self.tokens[number + 1].text != "of"
                    or not (self._measures(number) and number - 1 in self._numbers)
                ):
                    return start
                continue  # "three batches of 36 grenades"
            before = self._step(number)
            if before is None:
                break
            number = before
        return self.tokens[number].start

    def _step(self, number: int) -> int | None:
        """Return the next token to the left that belongs to the phrase, or None at its edge."""
        token, left = self.tokens[number - 1], number - 2
        if token.text in ("×", "x", "X") or token.tag in ("HYPH", "SYM"):
            return number - 1
        if token.text == ")" and number > 3 and self.tokens[number - 3].text == "(":
            return number - 3  # "three (03) frigates"
        if token.text == "of" and self._measures(left):
            return number - 1 if left in self._numbers else left
        if token.pos == "CCONJ" and left >= 0:
            return left if self._modifies(self.tokens[left], number) else None
        if self._is_name(token) or not self._modifies(token, number):
            return None
        return number - 1 if token.pos in _INSIDE or token.tag in ("VBN", "VBG") else None

    def _modifies(self, token: Token, number: int) -> bool:
        """Tell whether *token* modifies something from token *number* on, or joins what does."""
        if token.dep == "conj" and token.head < token.number:
            return self._modifies(self.tokens[token.head], number)
        return token.dep in _MODIFIES and token.head >= number

    def _measures(self, number: int) -> bool:
        """Tell whether token *number* counts what stands behind "of": "rounds of", "dozens of"."""
        if number < 0:
            return False
        return self.tokens[number].lemma in entries("goods", "amounts", "units") or (
            number in self._numbers
        )

    def _counts(self, amount: NumberMention) -> bool:
        """Tell whether a number counts the goods behind it: no calibre, no "two-seat"."""
        if amount.kind == "measure":
            return amount.unit in ("ton", "litre", "gallon", "barrel", "kg")
        return not _GLUED.match(self.text, amount.end)

    def _with_amount(self, amount: NumberMention) -> int:
        """Return where an amount begins, with the words that say how it is meant."""
        start = amount.start
        whole = _WHOLE.search(self.text[max(0, start - 40) : start])
        if whole and (find_numbers(whole[1]) or whole[1] in listed("goods", "amounts", "part")):
            start -= len(whole[0])  # "two of the 12 frigates"
        before = _meant().search(self.text[max(0, start - 40) : start])
        first = self._at(self.offset + start - len(before[0])) if before else None
        if before and first is not None and self.tokens[first].dep != "prt":  # "handed over two"
            start -= len(before[0])
        return self.offset + start

    def _is_name(self, token: Token) -> bool:
        """Tell whether a token names who has the goods and not which they are."""
        if token.pos != "PROPN" or _holds(self._mentions, token, self.offset):
            return False
        return token.dep in ("poss", "dative", "nsubj", "appos") or any(
            e.label == "GPE" and e.start <= token.start < e.end for e in self._names
        )


def _holds(mentions: Sequence[WordMention], token: Token, offset: int) -> bool:
    return any(
        m.word.kind != "no" and offset + m.start <= token.start < offset + m.end for m in mentions
    )


@cache
def _against() -> frozenset[str]:
    return frozenset().union(
        *(listed("goods", "not_goods", k) for k in table("goods")["not_goods"])
    )


@cache
def _meant() -> re.Pattern[str]:
    words = "|".join(sorted(entries("goods", "amounts", "before"), key=len, reverse=True))
    return re.compile(rf"(?:(?<!\w)(?:{words})\s(?:the\s|its\s)?)+$", re.IGNORECASE)
