"""Words of records: folded content words to tell whether two texts speak of the same thing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

from summarizer.names import fold, word_set

_COMMON = word_set(
    """about after again against also although among because been before being between both
    could during each either from have having into more most much other over said same should
    since some such than that their them then there these they this those through under until
    very were what when where which while will with within without would says told according
    added including part made make take taken year years month week weeks today
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday first last next country countries
    """
)
# Cuts integrate, integrating and integration to one stem without a stemmer per language.
_STEM = 7
# Equal runs of words from here on are copied, not said twice by chance.
COPIED_WORDS = 8


@lru_cache(maxsize=32768)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the content words of *text* and its numbers."""
    return frozenset(
        word[:_STEM]
        for word in fold(text).split()
        if (len(word) > 3 and word not in _COMMON) or word.isdecimal()
    )


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the Jaccard overlap of two sets of stems; 0 when either is empty."""
    if not left or not right:
        return 0.0
    return len(left & right) / len(left | right)


@lru_cache(maxsize=32768)
def copied_text(quote: str) -> str | None:
    """Return a key that equal wordings share, or None for a quote too short to mean copying."""
    words = fold(quote).split()
    return digest(" ".join(words)) if len(words) >= COPIED_WORDS else None


@lru_cache(maxsize=32768)
def named_words(text: str) -> tuple[str, ...]:
    """Return the capitalised words inside sentences: what is likely a name, as written."""
    return tuple(re.findall(r"(?<=[a-z,;] )[\"“‘']?([A-ZÀ-ÞĀ-Ž][^\W\d_]{3,})", text))


def digest(*parts: str | Iterable[str]) -> str:
    """Return ten hexadecimal digits that stand for *parts*."""
    plain = "\x1f".join(part if isinstance(part, str) else "\x1e".join(part) for part in parts)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:10]
