"""Which English words there are: the list and the counts of ``pyspellchecker``."""

from __future__ import annotations

import re
from functools import cache

from spellchecker import SpellChecker

_AMERICAN = {"fence": "fense", "our": "or", "tre": "ter", "is": "iz", "amme": "am"}
_BRITISH = re.compile(r"(?<=de|of)fence|our(?!ce)|tre(?=s?$)|(?<=..)is(?=e|ing|ation)|amme(?=s?$)")
_ORDINARY = 600
"""Counts of a word that is written as one more often than with a hyphen: aircraft, ceasefire."""
_WORD, _LONG_WORD, _LONG = 500, 200, 5
"""Counts from which a half is a word: of few letters the list has syllables and names too."""
_ENDINGS = frozenset("al ally an ed en er ers es ing in ish ist ists on or ors".split())
_SUSPENDED = frozenset(("and", "or", "to"))
"""What follows a hyphen that the next one shares: "short- and long-range"."""
_CLOSED = frozenset("under over out fore with mis dis un".split())
"""What goes without a hyphen before another word."""


def is_one_word(before: str, after: str) -> bool:
    """Tell whether two halves, in lower case, are rather one word than two with a hyphen.

    A whole that is not in the list is a name or another language's word if its second half is
    none either: "Shai-bani", but "so-called" and "state-run".
    """
    whole = _count(before + after)
    if after in _SUSPENDED:
        return whole > 0
    if whole >= _ORDINARY or not _is_word(after):
        return True
    return whole > 0 and (before in _CLOSED or not _is_word(before))


def is_suspended(before: str, after: str) -> bool:
    """Tell whether the hyphen behind *before* is shared with what follows *after*."""
    return after in _SUSPENDED and not is_one_word(before, after)


def _is_word(half: str) -> bool:
    count = _count(half)
    return half not in _ENDINGS and count >= (_LONG_WORD if len(half) >= _LONG else _WORD)


def _count(word: str) -> int:
    """Return how often the list counts *word*, which it has as Americans write it."""
    return _english()[word] or _english()[_BRITISH.sub(lambda match: _AMERICAN[match[0]], word)]


@cache
def _english() -> SpellChecker:
    """Return the list; loaded, in a third of a second, by the first text that needs it."""
    return SpellChecker(language="en")
