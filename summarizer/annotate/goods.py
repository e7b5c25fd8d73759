"""A sentence -> the goods that it names, each with its amount.

A phrase is goods when its main word is in the lexicon of equipment, or carries such a word
("Patriot battery"). "Drone operators" and "arms embargo" are not: their main word is another. What
a verb of supply has for an object is offered as well, if nothing speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from summarizer.annotate.phrases import MODIFIES, Phrases, is_measure
from summarizer.annotations import Goods, Reading, Token
from summarizer.equipment import WordMention, behind_item, classify, find_words
from summarizer.language import listed, table
from summarizer.numbers import find_numbers
from summarizer.source import Span

_NO_NOUNS = frozenset(("VERB", "AUX", "ADP", "PRON", "ADV", "SCONJ"))
_PLURAL = frozenset(("NNS", "NNPS"))
_NAMES = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "LAW", "EVENT", "LANGUAGE"))
_NO_GOODS = _NAMES | {"DATE", "TIME", "MONEY", "PERCENT"}
_BETWEEN = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "CCONJ", "PUNCT"))
_TIED = re.compile(r"\s(?:of|for)\s(?:(?:the|its|their|a|an)\s)?")
_AND = re.compile(r",? (?:(?:and|or) )?")
_ACRONYM = re.compile(r"\s?\([A-Z][\w/-]{1,11}\)")


def find_goods(reading: Reading) -> tuple[Goods, ...]:
    """Return the goods that the sentence names, in order and without overlaps."""
    finder = _Finder(reading)
    known = finder.joined(finder.known())
    goods = [*filter(finder.is_equipment, known), *finder.supplied(known)]
    return tuple(sorted(goods, key=lambda g: g.span.start))


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.text = reading.sentence.text
        self.offset = reading.sentence.start
        self.phrases = Phrases(reading)
        self.mentions = [m for m in find_words(self.text) if m.word.against is None]
        self.sizes = self.phrases.sizes
        places = [(self.offset + m.start, self.offset + m.end) for m in self.mentions]
        self.held = frozenset(t.number for a, b in places for t in self.tokens if a <= t.start < b)

    def words(self, span: Span) -> str:
        return self.text[span.start - self.offset : span.end - self.offset]

    def is_equipment(self, goods: Goods) -> bool:
        """Tell whether the main word stands for equipment: not in "a round of talks"."""
        behind = self.text.startswith(" of ", goods.span.end - self.offset)
        if behind and is_measure(self.tokens[goods.head]):
            return False
        return classify(self.words(goods.span)).is_equipment

    def known(self) -> Iterator[Goods]:
        """Yield the phrases around the lexicon's words."""
        for mention in self.mentions:
            first = self.phrases.at(self.offset + mention.start)
            last = self.phrases.at(self.offset + mention.end - 1)
            if first is None or last is None:
                continue
            if not (self.phrases.is_counted(first) or self._is_noun(mention, self.tokens[last])):
                continue
            head = self._head(last)
            if head is None:
                continue
            span = self._span(first, head)
            if not (mention.word.ambiguous and self._is_name(span, last, head)):
                yield Goods(span, head, general=classify(self.words(span)).is_general)

    def supplied(self, known: Sequence[Goods]) -> Iterator[Goods]:
        """Yield the objects of supply that no lexicon has and that nothing speaks against."""
        objects = {
            argument.head: argument.span
            for predicate in self.reading.predicates
            if predicate.lemma in _supplies("nouns" if predicate.nominal else "verbs")
            for argument in predicate.of("object")
        }
        for number, span in objects.items():
            head = self.tokens[number]
            new = not any(_overlap(span, g.span) for g in known)
            if new and head.pos == "NOUN" and not self._is_against(head):
                yield Goods(self._span(number, number), number, known=False)

    def joined(self, found: Iterator[Goods]) -> list[Goods]:
        """Join what one phrase holds: "launchers for the NASAMS system", "M113 APCs"."""
        joined: list[Goods] = []
        for one in found:
            last = joined[-1] if joined else None
            head = self._shared_head(last, one) if last else None
            if last is None or head is None:
                joined.append(one)
                continue
            span = self._with_brackets(last.span, one.span)
            general = classify(self.words(span)).is_general
            joined[-1] = replace(one, span=span, head=head, general=general)
        return joined

    def _shared_head(self, last: Goods, one: Goods) -> int | None:
        """Return the main word of two phrases that are one, or None when they are two."""
        between = self.words(Span(last.span.end, max(last.span.end, one.span.start)))
        if one.span.start < last.span.end or between in (" ", "-", "‑", ") "):
            return one.head if one.span.end >= last.span.end else last.head
        if last.head in self.sizes and _AND.fullmatch(between):
            return one.head  # "105mm and 155mm ammunition"
        bracket = between == " (" and self.text.startswith(")", one.span.end - self.offset)
        return last.head if bracket or _TIED.fullmatch(between) else None

    def _with_brackets(self, one: Span, other: Span) -> Span:
        """Return both with the brackets that they open or close: "wire-guided (TOW) missiles"."""
        start, end = min(one.start, other.start), max(one.end, other.end)
        words = self.words(Span(start, end))
        if words.count("(") > words.count(")"):
            end += 1
        at = self.phrases.at(start - 1) if words.count(")") > words.count("(") else None
        return Span(self.phrases.start(at) if at is not None else start, end)

    def _is_noun(self, mention: WordMention, last: Token) -> bool:
        """Tell whether the lexicon's word is a noun here: not "to arm", not "mine"."""
        if mention.word.kind in ("no", "model"):
            return mention.word.kind == "model"
        if last.tag == "VBZ" and any(m.end + 1 == mention.start for m in self.mentions):
            behind = self.tokens[last.number + 1 : last.number + 2]
            return all(t.pos in ("PUNCT", "CCONJ", "ADP") for t in behind)  # "artillery rounds"
        return last.pos not in _NO_NOUNS or last.dep in MODIFIES

    def _is_name(self, span: Span, last: int, head: int) -> bool:
        """Tell whether a word that may be a name has no number, plural or noun beside it."""
        words = self.words(span)
        other = len(find_words(words)) > 1 or head != last
        return not (other or find_numbers(words) or self.tokens[last].tag in _PLURAL)

    def _is_against(self, head: Token) -> bool:
        if head.lemma in listed("goods", "hardly_goods", "words") or head.lemma in _no_goods():
            return True
        labels = {e.label for e in self.reading.entities if e.start <= head.start < e.end}
        return not labels.isdisjoint(_NO_GOODS)

    def _head(self, last: int) -> int | None:
        """Return the main word of the phrase that a lexicon word ending at *last* is in.

        None when that is no goods; of "tank deliveries" the goods are the tanks.
        """
        head = last
        while (above := self._noun_behind(head)) is not None:
            head = above
        token = self.tokens[head]
        if head in self.held or self._carries(token):
            return head
        return last if token.lemma in _supplies("nouns") - _no_goods() else None

    def _noun_behind(self, number: int) -> int | None:
        """Return the noun that token *number* modifies, over "and" and hyphens."""
        token = self.tokens[number]
        if token.dep == "conj":
            token = self.tokens[token.head]
        target = token.head
        if token.dep in ("compound", "nmod", "amod", "nummod", "poss") and target > number:
            between = self.tokens[number + 1 : target]
            if all(t.pos in _BETWEEN and t.text not in ",;()" for t in between) and not any(
                t.text == "/" and self.text[t.start - self.offset - 1] == " " for t in between
            ):
                return target
        behind = self.tokens[number + 1] if number + 1 < len(self.tokens) else None
        return behind.number if behind is not None and self._carries(behind) else None

    def _carries(self, token: Token) -> bool:
        """Tell whether a noun makes goods of the word before it: "battery", "launcher"."""
        noun = token.pos in ("NOUN", "PROPN")
        return noun and token.lemma in listed("goods", "amounts", "carriers")

    def _span(self, first: int, head: int) -> Span:
        end = self.tokens[head].end - self.offset
        acronym = _ACRONYM.match(self.text, end)
        end = behind_item(self.text, acronym.end() if acronym else end)
        return Span(self.phrases.start(first, known=self.held), self.offset + end)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _supplies(kind: str) -> frozenset[str]:
    return listed("events", "supply", kind)


@cache
def _no_goods() -> frozenset[str]:
    kinds = table("goods")["not_goods"]
    return frozenset().union(*(listed("goods", "not_goods", kind) for kind in kinds))
