"""The words of one item -> how many."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.numbers import NumberMention, find_numbers


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count: None where the words give none; ``quantity_max`` alone for "up to 20"."""

    quantity: int | None = None
    quantity_max: int | None = None
    is_estimate: bool = False
    unit: str | None = None


# "three batteries of Patriots", "10,000 rounds of ammunition", "a squadron of F-16s".
_UNIT = re.compile(
    r"\s?(?:\w{1,20}[ -]){0,2}(?P<unit>batter(?:y|ies)|boxes|(?:squadron|regiment|battalion|round"
    r"|piece|(?:fire )?unit|set|pair|ton|tonne|kit|container|truckload|crate|pallet|system"
    r"|launcher)s?)\b",
    re.IGNORECASE,
)
_MEASURES_OF_GOODS = frozenset({"ton", "tonne", "litre", "liter", "gallon", "barrel", "kg"})


def quantity(text: str) -> Quantity:
    """Read how many of the item *text* names: counts, ranges, "up to", number words.

    Money, calibres and designations are no quantities. "dozens of" is an estimate without a
    number; nothing at all is an empty Quantity.
    """
    for mention in find_numbers(text):
        if mention.kind == "vague":
            return Quantity(is_estimate=True, unit=_unit(text, mention))
        counts = mention.kind == "count"
        if counts or (mention.kind == "measure" and mention.unit in _MEASURES_OF_GOODS):
            return _counted(text, mention, None if counts else mention.unit)
    return Quantity()


def _counted(text: str, mention: NumberMention, measure: str | None) -> Quantity:
    unit = measure or _unit(text, mention)
    low, high = _whole(mention.low), _whole(mention.high)
    if high is not None and low == high:
        return Quantity(None, high, is_estimate=True, unit=unit)  # "up to 20"
    return Quantity(low, high, mention.estimate, unit)


def _unit(text: str, mention: NumberMention) -> str | None:
    match = _UNIT.match(text, mention.end)
    return match["unit"].casefold() if match else None


def _whole(number: float | None) -> int | None:
    return int(number) if number is not None and number == int(number) else None
