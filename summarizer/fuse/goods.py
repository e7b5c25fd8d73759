"""Goods of pledges: items as reports name them in, whether they can be the same goods out.

A category is shared by goods of many models. Two items are told apart by their designations
(Leopard 1, Leopard 2) and pledges by counts that no report of one deal would give.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from summarizer.brief import Item, ItemCategory
from summarizer.equipment import find_words
from summarizer.fuse.words import stems
from summarizer.language.known import known_name
from summarizer.names import fold
from summarizer.numbers import find_numbers

Counts = Literal["same", "near", "other"]

CATEGORIES: frozenset[str] = frozenset(get_args(ItemCategory)) - {"other"}
# "CV90", "Mi-17", "Leopard 2A6", "Gripen": a name and the number that it may bear.
_DESIGNATION = re.compile(r"\b([A-ZÀ-Þ][A-Za-zÀ-ÿ]*)(?:[ -]?(\d+[A-Za-z0-9]*))?(?![A-Za-zÀ-ÿ])")
# Reports of one deal miscount by about so much.
_NEAR_COUNT = 0.2
_LEAST_NEAR = 2


@dataclass(frozen=True, slots=True)
class Good:
    """One item of a pledge; ``kinds`` is its category, or its words where it has none."""

    kinds: frozenset[str]
    models: frozenset[tuple[str, str]]
    low: int | None
    high: int | None


def read_good(item: Item) -> Good:
    """Return what an item is compared by."""
    kinds = frozenset([item.category]) if item.category != "other" else stems(item.text)
    high = item.quantity if item.quantity_max is None else item.quantity_max
    low = item.quantity if item.quantity is not None or high is None else 0
    return Good(kinds, _models(item.text), low, high)


def share_kinds(left: Iterable[Good], right: Iterable[Good]) -> frozenset[str]:
    """Return the kinds of goods that both lists have and that may be the same goods."""
    others = tuple(right)
    pairs = ((a, b) for a in left for b in others if not are_unlike(a, b))
    return frozenset(kind for a, b in pairs for kind in a.kinds & b.kinds)


def share_models(left: Iterable[Good], right: Iterable[Good]) -> bool:
    """Whether both lists name one model."""
    others = tuple(right)
    return any(a.models & b.models and not are_unlike(a, b) for a in left for b in others)


def are_unlike(one: Good, two: Good) -> bool:
    """Whether the designations of two items tell of other goods: Leopard 1 and Leopard 2."""
    if not one.models or not two.models:
        return False
    names = {name for name, _ in one.models} & {name for name, _ in two.models}
    if names:
        return not any(
            a == b and (m.startswith(n) or n.startswith(m))
            for a, m in one.models
            for b, n in two.models
        )
    # "HIMARS" may be "M142"; two plain names are two kinds of vehicle.
    marked = any(mark for _, mark in (*one.models, *two.models))
    return not marked or (one.high, one.low) != (two.high, two.low)


def compare_counts(left: Iterable[Good], right: Iterable[Good]) -> Counts | None:
    """Say how well the counts of shared goods agree; None where no item is counted in both."""
    others = tuple(right)
    found = {
        _compare(a, b) for a in left for b in others if a.kinds & b.kinds and not are_unlike(a, b)
    }
    order: tuple[Counts, ...] = ("same", "near", "other")
    return next((how for how in order if how in found), None)


def _compare(one: Good, two: Good) -> Counts | None:
    if one.low is None or one.high is None or two.low is None or two.high is None:
        return None
    if (one.low, one.high) == (two.low, two.high):
        return "same"
    gap = max(one.low, two.low) - min(one.high, two.high)
    bound = max(_LEAST_NEAR, _NEAR_COUNT * max(one.high, two.high))
    return "near" if gap <= bound else "other"


@lru_cache(maxsize=32768)
def _models(text: str) -> frozenset[tuple[str, str]]:
    """Return the designations in *text*: ("leopard", "2a6"), ("cv", "90"), ("gripen", "")."""
    for mention in reversed(find_numbers(text)):
        if mention.kind != "designation":
            blank = " " * (mention.end - mention.start)
            text = text[: mention.start] + blank + text[mention.end :]
    listed = {word.start for word in find_words(text) if word.word.kind == "model"}
    found: set[tuple[str, str]] = set()
    for match in _DESIGNATION.finditer(text):
        name, mark = fold(match[1]), (match[2] or "").casefold()
        known = known_name(match[1])
        about = known is not None and known.kind in ("country", "demonym", "state", "capital")
        # "Tanks" at the start of a sentence is no name.
        plain = not mark and match.start() == 0 and match.start() not in listed
        if name and not about and not plain:
            found.add((name.removesuffix("s") if not mark else name, mark))
    return frozenset(found)
