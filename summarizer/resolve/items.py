"""The words that a model offers as supplied goods -> the items of a pledge.

Nothing is left out because a list doesn't have it. What speaks against an item is its main word:
money, training, advice, agreements, information, people and services are not equipment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from summarizer.annotations import Goods, Reading, Token
from summarizer.brief import Item
from summarizer.equipment import article_before, classify, is_unit, quantity
from summarizer.language import listed, table
from summarizer.numbers import find_numbers, meant_from
from summarizer.numbers.vocabulary import CURRENCY_WORDS
from summarizer.resolve.citing import Citer
from summarizer.source import Span

_NONE = re.compile(r"no(?:ne of)? (?!(?:fewer|less|more) than)", re.IGNORECASE)
_UNIT = re.compile(r"an? ([a-z]+) of \w")
_SEPARATORS = frozenset((",", ";", "and", "or", "&", "plus", "including"))


def split_items(span: Span, reading: Reading) -> tuple[Span, ...]:
    """Return the members of the list at *span*, each with its amount; one phrase is one item.

    An amount and adjectives that the offered words leave out are taken in.
    """
    goods = [g for g in reading.goods if _overlap(g.span, span) and _in_list(g, span, reading)]
    members = [g.span for g in goods]
    members += [_member(token, span, reading) for token in _other_members(span, goods, reading)]
    members += [
        one
        for one in _segments(span, reading)
        if _is_counted(one, reading) and not any(_overlap(one, other) for other in members)
    ]
    if len(members) < 2:
        ends = [span, *(g.span for g in goods)]
        members = [Span(min(one.start for one in ends), max(one.end for one in ends))]
    members.sort(key=lambda one: one.start)
    return tuple(_with_article(one, reading) for one in members)


def _with_article(span: Span, reading: Reading) -> Span:
    """Take in the article that makes the item at *span* one: "a fifth battery"."""
    start = reading.sentence.start
    first = article_before(reading.sentence.text, span.start - start)
    return Span(start + first, span.end) if start + first < span.start else span


def to_item(span: Span, text: str, cite: Citer) -> Item:
    """Return the item that the words of *text* at *span* name."""
    words = text[span.start : span.end]
    codes, count = classify(words), quantity(words)
    return Item(
        text=words,
        category=codes.category,
        unroca=codes.unroca,
        quantity=count.quantity,
        quantity_max=count.quantity_max,
        quantity_is_estimate=count.is_estimate,
        unit=count.unit,
        citations=(cite.span(span),),
    )


def not_goods(span: Span, reading: Reading) -> tuple[str, str] | None:
    """Return what the words at *span* are instead of equipment, and the word that says so.

    "money", "training", "advice", "agreement", "information", "people", "services", "a number",
    or "none" for what the report says is not there. Help of no named kind is not spoken against.
    """
    words = _words(span, reading)
    if _NONE.match(words):
        return "none", words.split()[0]
    if not any(map(str.isalpha, words)):
        return "a number", words
    head = reading.head_of(span)
    if head is not None and _is_sum(head, reading):
        return "money", words
    against = classify(words).against
    if against and against != "help":
        return against, words
    known = head is not None and any(g.head == head.number for g in reading.goods if g.known)
    if head is None or known or head.pos not in ("NOUN", "PROPN"):
        return None
    for kind in table("goods")["not_goods"]:
        if kind != "help" and head.lemma in listed("goods", "not_goods", kind):
            return kind, head.text
    return None


def _is_sum(head: Token, reading: Reading) -> bool:
    """Tell whether a main word is a sum or its currency: not that of "a $40 million radar"."""
    start = reading.sentence.start
    sums = [n for n in find_numbers(reading.sentence.text) if n.kind == "money"]
    currency = head.lemma.lower() in CURRENCY_WORDS
    return any(
        n.start <= head.start - start < n.end or (currency and n.end < head.end - start)
        for n in sums
    )


def is_general(item: Item) -> bool:
    """Tell whether an item names no kind of equipment: "military equipment", "weapons"."""
    return item.quantity is None and classify(item.text).is_general


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _in_list(goods: Goods, span: Span, reading: Reading) -> bool:
    """Tell whether goods at *span* are a member of its list: not in "trucks to tow howitzers"."""
    inside = {t.number for t in reading.at(span)}
    if any(one.start == goods.span.start for one in _segments(span, reading)):
        return True
    for token in reading.above(goods.head):
        if token.number not in inside or token.dep == "conj":
            return True
        if token.pos in ("VERB", "AUX") and token.dep != "prep":
            return False
    return True


def _segments(span: Span, reading: Reading) -> Iterator[Span]:
    """Yield what stands between the separators at *span*, if there are any."""
    tokens = reading.at(span)
    edges = [i for i, t in enumerate(tokens) if t.text.lower() in _SEPARATORS]
    for edge, end in pairwise((-1, *edges, len(tokens)) if edges else ()):
        if edge + 1 < end:
            yield Span(tokens[edge + 1].start, min(span.end, tokens[end - 1].end))


def _is_counted(span: Span, reading: Reading) -> bool:
    """Tell whether the words at *span* begin with a number of something: not "12 of them new"."""
    words = _words(span, reading)
    if (unit := _UNIT.match(words)) and is_unit(unit[1]):
        return True
    number = next(iter(find_numbers(words)), None)
    if number is None or number.kind not in ("count", "vague") or meant_from(words, number.start):
        return False
    behind = next(iter(reading.at(Span(span.start + number.end + 1, span.end))), None)
    return behind is not None and behind.pos in ("NOUN", "PROPN", "ADJ", "NUM")


def _words(span: Span, reading: Reading) -> str:
    start = reading.sentence.start
    return reading.sentence.text[span.start - start : span.end - start]


def _other_members(span: Span, goods: list[Goods], reading: Reading) -> Iterator[Token]:
    """Yield the nouns at *span* that stand in one list with its main word and are no goods yet."""
    inside = reading.at(span)
    numbers = {t.number for t in inside}
    members = {t.number for t in inside if t.head not in numbers or t.head == t.number}
    for token in inside:
        if token.dep in ("conj", "appos") and token.head in members:
            members.add(token.number)
    for token in inside:
        taken = any(g.span.start <= token.start < g.span.end for g in goods)
        measure = reading.sentence.text.startswith(" of ", token.end - reading.sentence.start)
        if token.number in members and not (taken or measure) and token.pos in ("NOUN", "PROPN"):
            yield token


def _member(token: Token, span: Span, reading: Reading) -> Span:
    """Return the phrase of one member of a list, from separator to separator."""
    inside = reading.at(span)
    index = inside.index(token)
    first = last = index
    while first > 0 and inside[first - 1].text.lower() not in _SEPARATORS:
        first -= 1
    while last + 1 < len(inside) and inside[last + 1].text.lower() not in _SEPARATORS:
        last += 1
    return Span(max(span.start, inside[first].start), min(span.end, inside[last].end))
