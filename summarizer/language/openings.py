"""A regular expression -> the words that its matches may begin with.

An expression of a hundred forms costs as much at every word as at the few that can begin one. What
its matches begin with is read off the expression, so that a form added later needs no second list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from string import ascii_letters, ascii_lowercase, digits, punctuation, whitespace

_ATOM = re.compile(
    r"\(\?(?P<look><?[=!])|(?P<group>\((?:\?(?:P<\w+>|(?P<exact>-i)?:))?)|(?P<close>\))|(?P<or>\|)"
    r"|(?P<edge>\\b|\^|\$)|(?P<class>\\.|\[(?:\\.|[^\]])+\]|\.)|(?P<literal>.)",
    re.DOTALL,
)
_REPEAT = re.compile(r"(?:(?P<once>\?)|(?P<any>\*|\{0?,\d*\})|\+|\{\d+(?:,\d*)?\})[?+]?")
_CASES = frozenset("\u017f\u212a\u0131\u0130")
"""Long s, Kelvin sign and Turkish i: without regard to case they are ASCII's s, k and i."""
_OTHERS = digits + punctuation + whitespace


class Openings:
    """Which of several expressions may match where a word stands.

    They are matched without regard to case but in ``(?-i:)``.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._whole: dict[str, set[int]] = {}
        self._begun: dict[str, set[int]] = {}
        self._others: list[re.Pattern[str]] = []
        for number, pattern in enumerate(patterns):
            reader = _Reader(pattern)
            for word in reader.alternatives({""}, exact=False) | reader.ended:
                self._whole.setdefault(word, set()).add(number)
            for word in reader.begun:
                self._begun.setdefault(word, set()).add(number)
            self._others.append(re.compile("|".join(sorted(reader.others)) or "(?!)"))
        self._sizes = sorted({len(word) for word in self._begun})

    def of(self, word: str) -> list[int]:
        """Return the numbers of those that may begin with *word*, one of those ``words`` finds."""
        if not word[0].isalpha():
            return [number for number, other in enumerate(self._others) if other.match(word)]
        if not _CASES.isdisjoint(word):
            return list(range(len(self._others)))
        found: set[int] = set()
        for each in {word, word.lower()}:
            found.update(self._whole.get(each, ()))
            for size in self._sizes:
                found.update(self._begun.get(each[:size], ()))
        return sorted(found)


words = re.compile(r"[^\W\d_]+|\d+|[^\w\s]").finditer
"""Find the words, figures and marks of a text: a match begins with one of them, or is empty."""


class _Reader:
    """Reads an expression from left to right, with the words that lead up to each place.

    Only letters make words; whatever else may follow ends them, or leaves them ``begun`` if it can
    be a letter too.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.ended: set[str] = set()
        self.begun: set[str] = set()
        self.others: set[str] = set()

    def alternatives(self, before: set[str], *, exact: bool) -> set[str]:
        """Return the words that may stand before what follows a group, or the whole."""
        behind: set[str] = set()
        now = before
        while self.at < len(self.pattern):
            atom = _ATOM.match(self.pattern, self.at)
            assert atom is not None
            self.at = atom.end()
            if atom["close"]:
                break
            if atom["or"]:
                behind |= now
                now = before
                continue
            after = self._after(atom, now, exact=exact)
            repeat = _REPEAT.match(self.pattern, self.at)
            self.at = repeat.end() if repeat else self.at
            if repeat and not repeat["once"]:
                self.begun |= after  # once more
            now = after | now if repeat and (repeat["once"] or repeat["any"]) else after
        return behind | now

    def _after(self, atom: re.Match[str], now: set[str], *, exact: bool) -> set[str]:
        if atom["look"]:
            self.alternatives(set(), exact=exact)
            return now
        if atom["group"]:
            return self.alternatives(now, exact=exact or atom["exact"] is not None)
        if atom["edge"]:
            return now
        letters, wide, others = _takes(atom[0], exact=exact)
        if wide:
            self.begun |= now
        if others:
            self.ended |= now
            self.others |= {atom[0]} if "" in now else set()
        return set() if wide else {word + letter for word in now for letter in letters}


@cache
def _takes(atom: str, *, exact: bool) -> tuple[str, bool, bool]:
    """Return which letters of ASCII *atom* matches, whether others too, and what is no letter."""
    one = re.compile(atom, 0 if exact else re.IGNORECASE)
    letters = filter(one.fullmatch, ascii_letters if exact else ascii_lowercase)
    wide = one.fullmatch("é") is not None
    return "".join(letters), wide, any(map(one.fullmatch, _OTHERS))
