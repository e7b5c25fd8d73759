"""The words of an item -> how many there are.

Only the number of the item itself counts, never one of what it is for, has or is part of: "spares
for 12 tanks" has none. A number that can be read in two ways stays open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarizer.equipment.words import classify, find_words, singular
from summarizer.language import entries
from summarizer.numbers import NumberMention, find_numbers, meant_from


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count: None where the words give none; ``quantity_max`` alone for "up to 20"."""

    quantity: int | None = None
    quantity_max: int | None = None
    is_estimate: bool = False
    unit: str | None = None


_WEIGHTS = frozenset({"ton", "litre", "gallon", "barrel", "kg", "pound"})
"""Measures that goods are counted in: "500 tonnes of ammunition"."""

_MILLIONS = frozenset({"ammunition", "small_arms", "unmanned_aircraft"})
"""Kinds that come in millions: "2m shells" are no shells of two metres, "20m boats" are boats."""

_MILLION = 10**6
_ONE_MORE = re.compile(
    r"an? (?:single|\d{1,2}(?:st|nd|rd|th)|[a-z]{3,8}(?:th|rd|nd)) (?!(?:.* )?of )", re.IGNORECASE
)
_ARTICLE = re.compile(r"\ban? $", re.IGNORECASE)
_NO_COUNT = re.compile(  # "a two-seat jet", "three quarters of"
    r"-(?!odd\b|plus\b|strong\b)[a-z]|[ -](?:quarters|thirds|halves|fifths|tenths)\b"
)
# Behind these words a number counts something else than the item.
_ELSE = re.compile(
    r"[\w)] (?:(?<!along )(?<!together )with|(?<!up )(?<!close )(?<!addition )to|and|or|for|in|at"
    r"|on|by|from|under|over|plus|including|such as|against|that|which|who|worth|capable|number"
    r"|no\.)(?!\w)|[,;]",
    re.IGNORECASE,
)
# "Dongfeng 5 missiles": a number behind a name is part of it.
_NAME = re.compile(
    r"\b(?!(?:Of|The|Its|Their|All|Another|Additional|Further|Extra|Remaining|First|Last|Only|Just"
    r"|Exactly|These|Those)\b)[A-Z][\w-]* $"
)
_ALONE = re.compile(r"(?:\s(?:units?|pieces?|pcs\.?|items?|systems?|each|in (?:all|total)))?\)")
_OF = re.compile(r"(?: ?[A-Za-z]+)? of\b")
_BEHIND = re.compile(r"\)?(?: of)? ?((?:[\w.-]{1,20} ){0,3}[\w-]{1,20})")
_BOUND = re.compile(r" (?:or (?:fewer|less|more)|at (?:the )?(?:most|least)|maximum)\b(?! than)")
_BRACKET = re.compile(r"\s?\(([^()]{1,40})\)")
_LISTED = re.compile(r"(?::| [-–x×])\s?[\d,]{1,9}(?![\w%.-]|,\d| [A-Z\d])")
_AT_MOST = re.compile(r"(?:\bor (?:fewer|less)|\bat (?:the )?most|\bmaximum|\bmax\.?)\)?$")
_LOOSELY = re.compile(r"(?:\bor (?:more|so)|\bat (?:the )?least|\bminimum|\bmin\.?)\)?$")


def quantity(text: str) -> Quantity:
    """Read how many of the item *text* names: counts, ranges, "up to", number words.

    Money, calibres and designations are no quantities. "dozens of" is an estimate without a
    number; nothing at all is an empty Quantity.
    """
    if _part().match(text):
        return Quantity()  # "the second of eight submarines" is not eight
    mentions = find_numbers(text)
    for number, mention in enumerate(mentions):
        if _counts_item(mention, text):
            return _read(mention, mentions[number + 1 : number + 2], text)
    return Quantity(1) if _ONE_MORE.match(text) else Quantity()


@cache
def _part() -> re.Pattern[str]:
    parts = "|".join(entries("goods", "amounts", "part"))
    ordinal = r"[a-z]{2,6}(?:st|nd|rd|th)|second|\d{1,3}(?:st|nd|rd|th)|thirds|quarters|fifths"
    share = r"(?:the |an? |one[ -]|two[ -]|three[ -])?"
    return re.compile(rf"{share}(?:{parts}|{ordinal}) of (?!an? )\w+ ", re.IGNORECASE)


def _counts_item(mention: NumberMention, text: str) -> bool:
    """Tell whether a number counts the item, by what stands around it."""
    lead = text[: meant_from(text, mention.start)]
    if mention.kind == "measure":
        return not is_size(mention, text) or _is_millions(mention, text)
    if mention.kind not in ("count", "vague") or _NO_COUNT.match(text, mention.end):
        return False
    if lead.count("(") > lead.count(")"):
        return lead.endswith("(") and bool(_ALONE.match(text, mention.end))
    return not (_ELSE.search(lead) or _NAME.search(lead))


def is_size(mention: NumberMention, text: str) -> bool:
    """Tell whether a number is part of what the item is: "155mm", "500-lb", "M142".

    Of a weight of something it is the amount: "500 tonnes of ammunition".
    """
    weight = mention.unit in _WEIGHTS and _OF.match(text, mention.end)
    return mention.kind == "designation" or (mention.kind == "measure" and not weight)


def _is_millions(mention: NumberMention, text: str) -> bool:
    """Tell whether "2m" is two million: no number or article before, many things behind."""
    glued = mention.unit == "m" and text[mention.end - 1 : mention.end + 1] in ("m ", "M ")
    first = not text[: meant_from(text, mention.start)].strip()
    return glued and first and classify(text[mention.end :]).category in _MILLIONS


def _read(mention: NumberMention, behind: tuple[NumberMention, ...], text: str) -> Quantity:
    if mention.kind == "vague":
        return Quantity(is_estimate=True, unit=_unit(text, mention))
    low, high = mention.low, mention.high
    unit = mention.unit if mention.unit in _WEIGHTS else _unit(text, mention)
    if mention.unit == "m":
        low, high = (None if n is None else round(n * _MILLION) for n in (low, high))
    estimate = mention.estimate or bool(_LOOSELY.search(text))
    starts = text[: mention.start].lower().endswith("from ")
    if starts and behind and text[mention.end : behind[0].start] == " to ":
        high, estimate, unit = behind[0].low, True, _unit(text, behind[0])  # "from 30 to 40 tanks"
    if high is None and _AT_MOST.search(text):
        high, estimate = low, True
    return _bounded(_whole(low), _whole(high), estimate, unit)


def _bounded(low: int | None, high: int | None, estimate: bool, unit: str | None) -> Quantity:
    if low is not None and high is not None and (low == high or _shares_thousands(low, high)):
        return Quantity(None, high, True, unit)  # "up to 20"
    return Quantity(low, high, estimate, unit)


def _shares_thousands(low: int, high: int) -> bool:
    """Tell whether the lower end may be in thousands as well: "10 to 15,000 shells"."""
    return 0 < low < 1000 and high % 1000 == 0 and low * 1000 < high


def _unit(text: str, mention: NumberMention) -> str | None:
    """Return what is counted when it is a measure: "batteries", "rounds"."""
    words = _BEHIND.match(text, mention.end)
    for word in words[1].split() if words else ():
        if is_unit(singular(word)):
            return word.casefold()
        if word == "of":
            return None
    return None


def is_unit(word: str) -> bool:
    """Tell whether goods are counted in what *word* names: "battery", "round", "truckload"."""
    return word.endswith("load") or word in entries("goods", "amounts", "units")


def article_before(text: str, start: int) -> int:
    """Return where the article begins that makes the item at *start* one: "a | fifth battery"."""
    article = _ARTICLE.search(text, max(0, start - 3), start)
    return article.start() if article and _ONE_MORE.match(text, article.start()) else start


def behind_item(text: str, end: int) -> int:
    """Return where an amount ends that is written behind the item that ends at *end*.

    "missiles (500)", "missiles: 6,000", "missiles x 300", "tanks or fewer"; else *end*.
    """
    if bound := _BOUND.match(text, end):
        return bound.end()
    if bracket := _BRACKET.match(text, end):
        words = bracket[1]
        number = next(iter(find_numbers(words)), None)
        if number and number.kind == "count" and meant_from(words, number.start) == 0:
            return bracket.end() if _ALONE.match(words + ")", number.end) else end
        return end
    listed = _LISTED.match(text, end)
    if listed and not any(m.start == listed.end() + 1 for m in find_words(text)):
        return listed.end()
    return end


def _whole(number: float | None) -> int | None:
    return int(number) if number is not None and number == int(number) else None
