"""From the words that a model offers as supplied goods to the items of a pledge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from summarizer.brief import Item, Rejection
from summarizer.resolve.actors import ActorBook
from summarizer.resolve.citing import Citer
from summarizer.dates import find_dates
from summarizer.resolve.equipment import (
    Classified,
    classify,
    find_equipment,
    quantity,
    split_items,
)
from summarizer.resolve.refusal import refusal
from summarizer.source import Span, Window

_JOINT = re.compile(
    r"(?:[\s,;•▪●◦&*–—-]|and\b|or\b|as well as\b|along(?:side| with)\b|plus\b|including\b|with\b)*"
)
_NOUN_LIKE = re.compile(r"[^\W\d_]{2,}$(?<!ed)(?<!ing)")
_WITHIN_PHRASE = re.compile(
    r"\s?(?:(?:of|for|with)\s(?:the\s|its\s|their\s)?)?(?:[\w-]{1,20}\s){0,2}"
)
_PART_OF = re.compile(
    r"\b(?P<part>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next|latest"
    r"|final|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}(?:st|nd|rd|th)?"
    r"|half|some|most|the rest)\s+of\s+(?:the\s|its\s|their\s)?$",
    re.IGNORECASE,
)
_NONE = re.compile(r"^no\s", re.IGNORECASE)
LONGEST_JOINT = 40
"""Characters between two members of a list."""


def find_goods(
    offered: Iterable[Span], window: Window, book: ActorBook
) -> tuple[tuple[Span, ...], tuple[Rejection, ...]]:
    """Return the spans of the goods in *window*, each with its number, and what is none.

    An offered value stands when it is equipment; the members of a list in which one stands all
    do, whether the model named them or not.
    """
    text = book.document.text
    known = [
        Span(window.start + e.start, window.start + e.end) for e in find_equipment(window.text)
    ]
    chosen: list[Span] = []
    rejections: list[Rejection] = []
    for span in offered:
        for piece in _pieces(text, span):
            over = [k for k in known if k.start < piece.end and piece.start < k.end]
            if over:
                chosen.extend(_whole(text, piece, over))
            elif reason := _no_goods(text, piece, known, book):
                rejections.append(_rejected(text, piece, reason))
            else:
                chosen.append(piece)
    for line in window.sentences[1:]:
        within = [k for k in known if line.start <= k.start and k.end <= line.end]
        if within and not any(line.start <= c.start < line.end for c in chosen):
            chosen.extend(_whole(text, within[0], within))
    goods = []
    for span in _with_list(text, chosen, known):
        if _NONE.match(_words(text, span)):
            rejections.append(_rejected(text, span, "says that there is none"))
        elif classify(_words(text, span)).is_equipment:
            goods.append(span)
        else:
            why = "is training, money, advice or an agreement, not equipment"
            rejections.append(_rejected(text, span, why))
    return tuple(goods), tuple(rejections)


def to_item(span: Span, text: str, cite: Citer) -> Item:
    """Return the item that the words at *span* name."""
    words = _words(text, span)
    codes = classify(words)
    count = quantity(words)
    if part := _PART_OF.search(text[max(0, span.start - 40) : span.start]):
        # "the second of eight submarines" is not eight; of "two of eight" the number is two.
        span = Span(span.start - len(part[0]), span.end)
        words, count = _words(text, span), quantity(part["part"])
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


def is_general(item: Item) -> bool:
    """Tell whether an item names no kind of equipment: "military equipment", "weapons"."""
    return item.category in ("other", "logistics_nonlethal") and item.quantity is None


def _whole(text: str, piece: Span, over: Sequence[Span]) -> list[Span]:
    """Return the goods in a piece: known words that one phrase holds are one good.

    "2.5 million rounds of small arms ammunition", "launchers for the NASAMS system"; adjectives in
    front that the model took in stay with them.
    """
    goods = [over[0]]
    for span in over[1:]:
        if _WITHIN_PHRASE.fullmatch(text, goods[-1].end, span.start):
            goods[-1] = Span(goods[-1].start, span.end)
        else:
            goods.append(span)
    if goods[0].end == piece.end and piece.start < goods[0].start:
        goods[0] = Span(piece.start, piece.end)
    return goods


def _pieces(text: str, span: Span) -> list[Span]:
    words = _words(text, span)
    return [
        Span(span.start + piece.start, span.start + piece.end) for piece in split_items(words)
    ] or [span]


def _no_goods(text: str, span: Span, known: Sequence[Span], book: ActorBook) -> str | None:
    """Return why words that no list of equipment holds are no goods, or None when they may be."""
    words = _words(text, span)
    codes: Classified = classify(words)
    if codes.known:
        return None
    if book.link(span.start, span.end) is not None:
        return "names an actor, not equipment"
    if find_dates(words):
        return "is a date, not equipment"
    count = quantity(words)
    counted = count.quantity is not None or count.quantity_max is not None
    if counted and _NOUN_LIKE.search(words) and len(words.split()) <= 8:
        return None
    if any(_are_joined(text, span, other) for other in known):
        return None
    return "names no equipment"


def _with_list(text: str, chosen: Iterable[Span], known: Iterable[Span]) -> list[Span]:
    """Add the known goods that stand in one list with a chosen one."""
    wanted = set(chosen)
    others = {k for k in known if not any(k.start < c.end and c.start < k.end for c in wanted)}
    runs: list[list[Span]] = []
    for span in sorted(wanted | others, key=_place):
        last = max(runs[-1], key=lambda other: other.end) if runs else None
        if last and (span.start < last.end or _are_joined(text, last, span)):
            runs[-1].append(span)
        else:
            runs.append([span])
    return [span for run in runs if not wanted.isdisjoint(run) for span in run]


def _are_joined(text: str, one: Span, other: Span) -> bool:
    """Tell whether two spans are members of one list; a blank alone joins nothing."""
    first, second = sorted((one, other), key=_place)
    if not 0 <= second.start - first.end <= LONGEST_JOINT:
        return False
    between = text[first.end : second.start]
    return bool(between.strip(" \u00a0")) and _JOINT.fullmatch(between) is not None


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _words(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _rejected(text: str, span: Span, why: str) -> Rejection:
    words = _words(text, span)
    return refusal("pledge", "items", words, f"“{words}” {why}")
