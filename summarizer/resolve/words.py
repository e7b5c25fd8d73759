"""Cut a text into words with their offsets, and fold them for comparing.

Offsets are those of the text given, moved by ``offset``. A possessive ending is a word of its
own, and so is the second half of "Iran-backed" or "Israel-Hamas", for the name is what counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list written as one string."""
    return frozenset(text.split())


_JOIN = "'’ʼ‘\\-‐‑"
_MARKS = "\u0300-\u036f"
# One alternative a character class, no nesting: linear on any input.
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|\d[\d.,]*\d(?!\w)|[^\W_](?:[\w{_MARKS}]|[{_JOIN}](?=[^\W_]))*|\S"
)
_POSSESSIVE = re.compile(r"['’ʼ]s$", re.IGNORECASE)
_HYPHEN = re.compile("[-‐‑]")
_PARTICLE_NAME = re.compile(r"^(?:al|el|ul|as|es|ash|ad|ed|ar|at|an|az|d|l|o)[-‐‑'’ʼ](.)", re.I)
_LOWER_TAILS = word_set(
    "aligned allied affiliated backed based born brokered built controlled designed dominated era"
    " friendly funded held installed led linked made majority mediated occupied owned proposed"
    " related run speaking sponsored style supplied supported trained"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark: ``key`` is folded for comparing, ``capital`` says it looks like a name."""

    text: str
    start: int
    end: int
    key: str
    capital: bool

    @property
    def is_possessive(self) -> bool:
        """Whether it is the ending of a possessive: 's, or the mark behind a plural."""
        return self.key in ("'s", "'")

    @property
    def is_acronym(self) -> bool:
        """Whether it is written in capitals only, two letters at least."""
        return sum(map(str.isalpha, self.text)) > 1 and self.text == self.text.upper()


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return *text* in lower-case ASCII, for comparing only: its length may differ."""
    return anyascii(text).casefold().replace("`", "'")


def split_words(
    text: str, offset: int = 0, names: frozenset[str] = frozenset()
) -> tuple[Word, ...]:
    """Return the words and marks of *text* in order.

    A hyphenated word is split where its first part is one of *names* (folded) or its tail is
    one that attaches to names ("-led").
    """
    return tuple(_words(text, offset, names))


def _words(text: str, offset: int, names: frozenset[str]) -> Iterator[Word]:
    for match in _TOKEN.finditer(text):
        start, token = offset + match.start(), match.group()
        tail = _POSSESSIVE.search(token)
        stem = token[: tail.start()] if tail and tail.start() else token
        for part_start, part in _hyphen_parts(stem, names):
            yield _word(part, start + part_start)
        if len(stem) < len(token):
            yield _word(token[len(stem) :], start + len(stem))


def _hyphen_parts(token: str, names: frozenset[str]) -> list[tuple[int, str]]:
    marks = [m.start() for m in _HYPHEN.finditer(token)]
    if not marks or fold(token) in names:
        return [(0, token)]
    first, last = marks[0], marks[-1]
    if fold(token[first + 1 :]) and fold(token[:first]) in names:
        cut = first
    elif token[last + 1 :] in _LOWER_TAILS:
        cut = last
    else:
        return [(0, token)]
    return [(0, token[:cut]), (cut, token[cut]), (cut + 1, token[cut + 1 :])]


def _word(text: str, start: int) -> Word:
    capital = text[0].isupper() or text[0].istitle()
    if not capital and (particle := _PARTICLE_NAME.match(text)):
        capital = particle.group(1).isupper()
    return Word(text, start, start + len(text), fold(text), capital)
