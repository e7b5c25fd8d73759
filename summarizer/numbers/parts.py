"""Cut a text into the parts of its numbers, and join those that belong to one number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from summarizer.numbers.vocabulary import (
    CODES,
    MEASURE,
    MONEY_SCALE,
    NUMBERED,
    ORDINAL,
    SCALE,
    SHORT_SCALE,
    SIGNS,
    SIZES,
    SMALL,
    TENS,
)

Kind = Literal["count", "money", "percent", "ordinal", "measure", "date", "vague", "designation"]
Number = int | float

_SPACE = "[ \u00a0\u2009\u202f]"
_DIGITS = (
    r"\d{1,3}(?:,\d{2,3}){0,6},\d{3}(?!\d)(?:\.\d{1,9}(?!\d))?"
    rf"|\d{{1,3}}(?:{_SPACE}\d{{3}}){{1,5}}(?!\d)"
    r"|\d{1,18}(?!\d)(?:\.\d{1,9}(?!\d))?"
)
_GLUED = "[^\\W\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af]"  # "F-16을": Korean and Han end a number
_WORDS = "|".join([*SMALL, *SCALE, *ORDINAL])
_SCALES = "|".join(SCALE)
# "Leopard 1 and 2 tanks": two models of as many digits share a noun.
_MODELS = "|".join(
    rf"\d{{{n}}} (?:and|or) \d{{{n}}}(?= [a-z]|[).,;]|$)(?! (?:more|of|other|additional)\b)"
    for n in (1, 2, 3)
)
_TOKEN = re.compile(
    r"\b(?:(?P<code>(?!x\d{1,7}\b)(?:[A-ZА-Я][A-Za-zА-я]{0,9}[-‐‑]\d|[A-Za-zА-я]{1,12}\d)"
    rf"(?:{_GLUED}|/){{0,20}}(?:-\d{{1,4}})?)"
    rf"|(?P<numbered>(?i:{NUMBERED})[ \u00a0](?P<model>{_MODELS}|\d{{1,4}}(?![\d.,]\d)\w{{0,6}}))"
    r"|(?P<stamp>(?:\d{4}-\d\d-\d\d|\d{1,4}(?:[:/]\d{1,4}){1,2})(?!\w))"
    rf"|(?P<word>(?i:{_WORDS}))\b"
    rf"|(?P<vague>(?i:tens|scores|several|a (?:few|handful)|(?:{_SCALES})s"
    rf"|(?:a )?couple(?: of)?(?= (?:{_SCALES})\b)))\b"
    r"|(?P<pair>(?i:(?:a )?(?:pair|couple)))(?= of\b)"
    r"|(?P<wheels>(?:4|6|8|10|12) [x×] (?:2|4|6|8|10|12))\b(?! ?mm| \d))"  # "8 x 8 vehicles"
    rf"|(?=[-−.]?\d)(?P<digits>(?:(?<![\w)\].,])[-−])?(?:{_DIGITS}|(?<!\w)\.\d{{1,9}}))"
    rf"(?P<glued>[A-Za-zА-я]{_GLUED}{{0,20}}|[%‰°])?"
    r"|(?P<long>\d+)"
)
_WORDS_THAT_BEGIN = frozenset(
    (*SMALL, *SCALE, *ORDINAL, *(f"{word}s" for word in SCALE), *NUMBERED.split("|"))
) | {"tens", "scores", "several", "a", "pair", "couple"}
# All places at which a token may begin; few words are among those that do.
_BEGINNING = re.compile(r"[-−.](?=\d)|\d|\b(?:(?P<plain>[A-Za-z]++(?!\w|[-‐‑]\d))|[^\W\d_])")
# "72 105mm howitzers": a count and a size, where two groups of digits look like one number.
_SIZED = re.compile(
    rf"(?P<count>\d{{1,3}}(?:(?:,|{_SPACE})\d{{3}})*){_SPACE}(?P<size>\d{{2,3}})"
    rf"(?=[ -]?(?:mm|millimet(?:er|re)s?)\b|-(?:{'|'.join(SIZES)})\b)"
)
_SHARE = re.compile(
    r"\b(?:(?P<half>half)|(?:an? |one[ -])?quarter)(?:[ -]| of )(?:an? )?$", re.IGNORECASE
)
_SHARES = re.compile(
    r"\b(?:quarters|thirds?|fifths?|tenths?)(?:[ -]| of )(?:an? )?$", re.IGNORECASE
)
_ARTICLE = re.compile(r"\ban? $", re.IGNORECASE)
_HALF = re.compile(r" and a half\b", re.IGNORECASE)
CURRENCY_BEFORE = re.compile(
    rf"(?:\b(?:{'|'.join(CODES.split())}|Rs\.?){_SPACE}?"
    rf"|(?:\b(?:US|A|AU|C|CA|NZ|HK|S|NT|R))?[{SIGNS}]{_SPACE}?)$"
)
_JOINT = re.compile(r"[ \u00a0-]|(?:,? and )")
_LARGEST = 10**18
"""The largest scale that words make: "million million million" is a count, more of it is none."""


@dataclass(frozen=True, slots=True)
class Part:
    """A mention before its surroundings are read: ``total + value * scale``."""

    start: int
    end: int
    value: Decimal | None
    scale: int = 1
    kind: Kind = "count"
    unit: str | None = None
    word: str | None = None
    total: Decimal = Decimal(0)

    @property
    def number(self) -> Number:
        """What the mention comes to: an int when it is whole."""
        number = self.total + (self.value or 0) * self.scale
        return int(number) if number == number.to_integral_value() else float(number)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what ``_TOKEN`` finds in *text*; it is tried only where it may be met."""
    done = 0
    for beginning in _BEGINNING.finditer(text):
        word, start = beginning["plain"], beginning.start()
        if start < done or (word and word.lower() not in _WORDS_THAT_BEGIN):
            continue
        if match := _TOKEN.match(text, start):
            yield match
            done = match.end()


def _tokens(text: str) -> Iterator[Part]:
    for match in _matches(text):
        start, end = match.span()
        kind = match.lastgroup
        if match["digits"] is not None:
            yield from _sized(match) or (_digits(match),)
        elif kind in ("code", "numbered", "long", "wheels"):
            start = match.start("model") if kind == "numbered" else start
            yield Part(start, end, None, kind="designation")
        elif kind == "stamp":
            digits = re.sub(r"\D+", ".", match[0], count=1)
            yield Part(start, end, Decimal(re.sub(r"[^\d.]+", "", digits)), kind="date")
        elif kind == "vague":
            word = match[0].lower().removesuffix("s")
            yield Part(start, end, None, SCALE.get(word, 1), kind="vague", word=word)
        elif kind == "pair":
            yield Part(start, end, Decimal(2))
        else:
            yield _word(match)


def _sized(match: re.Match[str]) -> tuple[Part, ...]:
    """Return the count and the size of "72 105mm howitzers"; "10 500-km" is one number."""
    start = match.start()
    sized = _SIZED.match(match.string, start)
    if not sized or sized.end("size") != match.end("digits"):
        return ()
    at, end = sized.start("size"), match.end()
    size = Part(at, end, Decimal(sized["size"]))
    if match["glued"]:
        size = replace(size, kind="measure", unit=MEASURE[match["glued"].lower()])
    count = Decimal(re.sub(rf",|{_SPACE}", "", sized["count"]))
    return Part(start, sized.end("count"), count), size


def _word(match: re.Match[str]) -> Part:
    word = match[0].lower()
    start, end = match.span()
    if word in ORDINAL:
        return Part(start, end, Decimal(ORDINAL[word]), kind="ordinal", word=word)
    return Part(start, end, Decimal(SMALL.get(word, 1)), SCALE.get(word, 1), word=word)


def _digits(match: re.Match[str]) -> Part:
    glued = match["glued"] or ""
    start, end = match.span()
    raw = re.sub(rf",|{_SPACE}", "", match["digits"]).replace("−", "-")
    value = Decimal(raw)
    lower = glued.lower()
    before = match.string[max(0, start - 6) : start]
    if not glued:
        return Part(start, end, value)
    if glued == "x":  # a capital one belongs to a name: "777X"
        return Part(start, end - 1, value)  # "2x NASAMS"
    if lower in ("st", "nd", "rd", "th"):
        return Part(start, end, value, kind="ordinal")
    if lower == "s":
        return Part(start, end, value, kind="date")
    if lower in MONEY_SCALE and CURRENCY_BEFORE.search(before):
        return Part(start, end, value, MONEY_SCALE[lower])
    if lower in SHORT_SCALE or lower in SCALE:
        return Part(start, end, value, (SHORT_SCALE | SCALE)[lower])
    if glued in "%‰":
        return Part(start, end, value, kind="percent", unit=glued)
    if glued == "°" or lower in MEASURE:
        return Part(start, end, value, kind="measure", unit=MEASURE.get(lower, glued))
    return Part(start, end, None, kind="designation")


def read_parts(text: str) -> list[Part]:
    """Join number words and scales: "two hundred and fifty", "1.5 million", "half a dozen"."""
    joined: list[Part] = []
    for part in _tokens(text):
        last = joined[-1] if joined else None
        between = text[last.end : part.start] if last else ""
        together = _joined(last, part, between) if last else None
        if together is not None:
            joined.pop()
        elif part.word in SCALE and part.kind == "count":
            together = _article_scale(part, text)
        joined.append(_and_a_half(together or part, text))
    return joined


def _joined(last: Part, part: Part, between: str) -> Part | None:
    if last.kind == "vague" and part.word in SCALE and between in (" ", " of "):
        return replace(last, end=part.end)  # "several hundred", "tens of thousands"
    if part.kind == "vague" and between != " ":
        return None  # "2 lakhs" is a number, "a thousand and dozens" is none
    if last.kind != "count" or last.value is None or not _JOINT.fullmatch(between):
        return None
    if part.word in SCALE and "and" not in between and last.unit is None:
        if last.scale * part.scale > _LARGEST:
            return None
        below = last.total % part.scale  # "one hundred forty-four thousand"
        return replace(
            last,
            end=part.end,
            scale=last.scale * part.scale,
            word=part.word,
            total=last.total - below + below * part.scale,
        )
    if part.word is None or part.value is None or part.kind not in ("count", "ordinal"):
        return None
    tens = last.scale == 1 and last.word in TENS.split() and part.value < 10 and part.scale == 1
    after_scale = last.word in SCALE and last.word != "dozen" and part.value < 100
    if not (tens and between in (" ", "-")) and not (after_scale and last.scale >= 100):
        return None
    if tens:
        value = last.value + part.value
        return replace(last, end=part.end, value=value, kind=part.kind, word=part.word)
    total = last.total + last.value * last.scale
    return replace(part, start=last.start, total=total)


def _article_scale(part: Part, text: str) -> Part:
    """Read what stands before a scale word that has no number: "a dozen", "half a million"."""
    before = text[max(0, part.start - 20) : part.start]
    share = _SHARE.search(before)
    if share:
        value = Decimal("0.5") if share["half"] else Decimal("0.25")
        return replace(part, start=part.start - len(share[0]), value=value)
    if _SHARES.search(before):
        return replace(part, value=None, kind="vague")  # "two thirds of a million"
    article = _ARTICLE.search(before)
    return replace(part, start=part.start - len(article[0])) if article else part


def _and_a_half(part: Part, text: str) -> Part:
    """Read "two and a half", "a million and a half"."""
    half = _HALF.match(text, part.end)
    if not half or part.kind != "count" or part.value is None or part.total:
        return part
    return replace(part, end=half.end(), value=part.value + Decimal("0.5"))
