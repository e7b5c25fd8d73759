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
_TOKEN = re.compile(
    r"\b(?:(?P<code>(?:[A-ZА-Я][A-Za-zА-я]{0,9}[-‐‑]\d|[A-Za-zА-я]{1,12}\d)"
    rf"(?:{_GLUED}|/){{0,20}}(?:-\d{{1,4}})?)"
    rf"|(?P<numbered>(?i:{NUMBERED})[ \u00a0](?P<model>\d{{1,4}}(?![\d.,]\d)\w{{0,6}}))"
    r"|(?P<stamp>(?:\d{4}-\d\d-\d\d|\d{1,4}(?:[:/]\d{1,4}){1,2})(?!\w))"
    rf"|(?P<word>(?i:{_WORDS}))\b"
    r"|(?P<vague>(?i:tens|dozens|scores|hundreds|thousands|millions|billions|several"
    r"|a (?:few|handful)))\b"
    r"|(?P<pair>(?i:a (?:pair|couple)))(?= of\b))"
    rf"|(?=[-−.]?\d)(?P<digits>(?:(?<![\w)\].,])[-−])?(?:{_DIGITS}|(?<!\w)\.\d{{1,9}}))"
    rf"(?P<glued>[A-Za-zА-я]{_GLUED}{{0,20}}|[%‰°])?"
    r"|(?P<long>\d+)"
)
# "72 105mm howitzers": a count and a calibre, where two groups of digits look like one number.
_CALIBRE = re.compile(rf"(?P<count>\d{{1,3}}(?:,\d{{3}})*){_SPACE}(?P<bore>\d{{2,3}})(?=[ -]?mm\b)")
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


def _tokens(text: str) -> Iterator[Part]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if match["digits"] is not None:
            if calibre := _CALIBRE.match(text, start):
                yield Part(start, calibre.end("count"), Decimal(calibre["count"].replace(",", "")))
                start = calibre.start("bore")
                yield Part(start, end, Decimal(calibre["bore"]), kind="measure", unit="mm")
            else:
                yield _digits(match)
        elif kind in ("code", "numbered", "long"):
            start = match.start("model") if kind == "numbered" else start
            yield Part(start, end, None, kind="designation")
        elif kind == "stamp":
            digits = re.sub(r"\D+", ".", match[0], count=1)
            yield Part(start, end, Decimal(re.sub(r"[^\d.]+", "", digits)), kind="date")
        elif kind == "vague":
            yield Part(start, end, None, kind="vague")
        elif kind == "pair":
            yield Part(start, end, Decimal(2))
        else:
            yield _word(match)


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
            joined[-1] = together
        elif part.word in SCALE:
            joined.append(_article_scale(part, text))
        else:
            joined.append(part)
    return joined


def _joined(last: Part, part: Part, between: str) -> Part | None:
    if last.kind == "vague" and part.word in SCALE and between in (" ", " of "):
        return replace(last, end=part.end)  # "several hundred", "tens of thousand"
    if last.kind == "vague" and part.kind == "vague" and between == " of ":
        return replace(last, end=part.end)  # "hundreds of thousands"
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
    half = re.search(r"\bhalf[ -](?:an? )?$", text[max(0, part.start - 8) : part.start], re.I)
    article = re.search(r"\ban? $", text[max(0, part.start - 3) : part.start], re.I)
    if half:
        start = part.start - len(half[0])
        return replace(part, start=start, value=Decimal("0.5"))
    return replace(part, start=part.start - len(article[0])) if article else part
