"""Find the numbers that words and digits of a text state.

Written apart from the step that reads quantities, on purpose: what judges must not share its
mistakes. It errs towards seeing a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from anyascii import anyascii

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen"""
_SMALL = {word: value for value, word in enumerate(_UNITS.split())}
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: value * 10 for value, word in enumerate(_DECADES.split(), start=2)}
_ONES = {"a": 1, "an": 1, "single": 1, "first": 1, "couple": 2, "pair": 2, "both": 2}
_WORDS = _SMALL | _TENS | _ONES
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SCALES |= {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "trillion": 1e12}
_PLURALS = {f"{word}s": scale for word, scale in _SCALES.items() if len(word) > 2}
_SPACED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:\s[0-9]{3})+(?![0-9])")
_TOKENS = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[a-z]+")


def numbers_in(text: str) -> frozenset[float]:
    """Return every number that *text* can be read to state ("2.5 million": 2.5 and 2,500,000)."""
    plain = anyascii(text).lower()
    runs = (*_runs(plain), *_runs(_join_groups(plain)))
    return frozenset(value for run in runs for value in run)


def numbers_stated(text: str) -> frozenset[float]:
    """Return the numbers that *text* asserts ("2.5 million": 2,500,000 only; no articles)."""
    runs = _runs(_join_groups(anyascii(text).lower()))
    return frozenset(run[-1] for run in runs if run[-1] != 1)


def _join_groups(plain: str) -> str:
    return _SPACED.sub(lambda found: re.sub(r"\s", "", found[0]), plain)


def _runs(plain: str) -> Iterator[list[float]]:
    run: list[float] = []
    for token in _TOKENS.findall(re.sub(r"\bhalf an? ", "0.5 ", plain)):
        if token in _WORDS and run and _continues(run[-1], _WORDS[token]):
            run.append(run[-1] + _WORDS[token])
        elif token in _SCALES and run:
            run.append(round(run[-1] * _SCALES[token], 6))
        elif token == "and" and run:
            continue
        else:
            if run:
                yield run
            run = _start(token)
    if run:
        yield run


def _continues(value: float, addend: int) -> bool:
    """Whether "twenty" + "four", "two hundred" + "fifty" are one number."""
    return addend > 0 and (
        (value in _TENS.values() and addend < 10) or (value >= 100 and value % 100 == 0)
    )


def _start(token: str) -> list[float]:
    if token[0].isdigit():
        grouped = re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{3})+", token)
        decimal = re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", token) and not (grouped and "," in token)
        values = [float(token.replace(",", "."))] if decimal else []
        return [*values, float(re.sub(r"[.,]", "", token))] if grouped else values
    if token in _WORDS:
        return [float(_WORDS[token])]
    if token in _SCALES and len(token) > 2:
        return [float(_SCALES[token])]
    return [2 * _PLURALS[token], _PLURALS[token]] if token in _PLURALS else []
