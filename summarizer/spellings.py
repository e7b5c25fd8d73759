"""One word of a name, two spellings: a table of given names and of sounds says whether they agree.

``spellings.toml`` has what transliterations exchange. Where both words are given names that it
lists, the list decides; else a word is compared by its *consonant skeleton* (Qasra, Kasra: ``ksr``)
and its vowels in order (Salama is Seleme, Hassan is not Hussein), and then sound by sound.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import permutations

from rapidfuzz.distance import JaroWinkler

from summarizer.language import entries
from summarizer.language.words import fold

_VOWELS = "aeiouyw"
_PLAIN_VOWELS = "aeiou"
_DIGRAPHS = (
    ("tch", "c"),
    ("sch", "s"),
    ("shch", "s"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("sh", "s"),
    ("ch", "c"),
    ("zh", "z"),
    ("dj", "j"),
    ("ck", "k"),
    ("q", "k"),
    ("c", "k"),
    ("x", "ks"),
)
_VOWEL_CLASS = {"a": "A", "e": "E", "i": "I", "y": "I", "o": "U", "u": "U", "w": "U"}
# Equal skeletons and unlike vowels: one name only when the letters nearly agree (Aleksandr is
# Alexander at 0.98; Karim and Karam reach 0.91, Jan and Jana 0.94).
_CLOSE_LETTERS = 0.95
# One letter lost or swapped in a long token (Zelenskyy, Zelesky); short tokens get no such grace.
_TYPING_SLIP = 0.955
_LONG_TOKEN = 6
# Rare exchanges that a token of so many letters may have: Gaddafi, Kadhafi, but not Gan, Kan.
_LOOSE_LETTERS = (6, 9)
# Letters that some spelling writes with no letter in common, so that no key can hold them.
_UNSURE = re.compile(
    r"tsch|dsch|tch|dzh|sch|sh|zh|ch|cz|sz|rz|ts|tz|dj|kh|gh|ff|[aeiouywvhkgqcxjf]"
)
# Sounds that agree without leaving the same letters in a key.
_KEYED_APART = (("tchi", "ti"), ("z", "ts"), ("dh", "z"), ("th", "d"))
_LONGEST = 24
"""Letters of the longest word compared sound by sound."""


@dataclass(frozen=True)
class Sounds:
    """What may stand for what, at which cost: 0 for the usual, 1 for the rare."""

    costs: Mapping[str, Mapping[str, int]]
    longest: int

    def between(self, left: str, right: str, budget: int) -> bool:
        """Tell whether *left* can be read as *right* sound by sound within *budget*."""
        if max(len(left), len(right)) > _LONGEST:
            return False
        best: dict[tuple[int, int], int] = {(0, 0): 0}
        for at in range(len(left) + 1):
            for to in range(len(right) + 1):
                cost = best.get((at, to))
                if cost is None or cost > budget:
                    continue
                for ahead, beyond, more in self._steps(left, right, at, to):
                    if cost + more < best.get((ahead, beyond), budget + 1):
                        best[ahead, beyond] = cost + more
        return best.get((len(left), len(right)), budget + 1) <= budget

    def _steps(self, left: str, right: str, at: int, to: int) -> Iterator[tuple[int, int, int]]:
        if at < len(left) and to < len(right) and left[at] == right[to]:
            yield at + 1, to + 1, 0
        for one in range(at + 1, min(at + self.longest, len(left)) + 1):
            for sound, cost in self.costs.get(left[at:one], {}).items():
                if right.startswith(sound, to):
                    yield one, to + len(sound), cost
        if _is_mute(left, at):
            yield at + 1, to, 0
        if _is_mute(right, to):
            yield at, to + 1, 0
        if _is_slurred(left, at):
            yield at + 1, to, 1
        if _is_slurred(right, to):
            yield at, to + 1, 1
        if _is_closed(left, at) and _is_closed(right, to):
            yield at + 1, to + 1, 0


def _is_mute(word: str, at: int) -> bool:
    """An h at the end or before a consonant is not heard: Haniyeh, Mahdi."""
    return at > 0 and word[at : at + 1] == "h" and word[at + 1 : at + 2] not in tuple(_PLAIN_VOWELS)


def _is_slurred(word: str, at: int) -> bool:
    """A short vowel between two consonants comes and goes: Dagalo, Daglo."""
    if not 0 < at < len(word) - 1 or word[at] not in _PLAIN_VOWELS:
        return False
    return not {word[at - 1], word[at + 1]} & {*_PLAIN_VOWELS, "y"}


def _is_closed(word: str, at: int) -> bool:
    """A short a, e or i before two consonants is heard as any of them: Haftar, Hifter."""
    behind = word[at + 1 : at + 3]
    return (
        word[at : at + 1] in ("a", "e", "i")
        and len(behind) == 2
        and not set(behind) & {*_VOWELS, "h"}
    )


@cache
def sounds(*kinds: str) -> Sounds:
    """Return the exchanges of these lists; those of ``loose`` cost one."""
    costs: dict[str, dict[str, int]] = defaultdict(dict)
    for kind in kinds:
        for row in entries("spellings", "sounds", kind):
            for left, right in permutations(fold(row).split(), 2):
                costs[left].setdefault(right, int(kind == "loose"))
    return Sounds(dict(costs), max(map(len, costs)))


@cache
def given_names(kind: str) -> Mapping[str, frozenset[str]]:
    """Return the listed given names of one tradition with the rows each stands in."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in entries("spellings", "given", kind):
        words = fold(row).split()
        for word in words:
            found[word].add(f"{kind}-{words[0]}")
    return {word: frozenset(rows) for word, rows in found.items()}


@lru_cache(maxsize=65536)
def given_rows(word: str) -> frozenset[str]:
    """Return the rows of given names that a folded word stands in."""
    kinds = ("slavic", "arabic", "english")
    return frozenset().union(*(given_names(kind).get(word, frozenset()) for kind in kinds))


@cache
def family_rows(kind: str) -> Mapping[str, frozenset[int]]:
    """Return the listed family names of one people with the rows each stands in."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(entries("spellings", "families", kind)):
        for word in fold(row).split():
            found[word].add(number)
    return {word: frozenset(rows) for word, rows in found.items()}


@cache
def customary(custom: str) -> frozenset[str]:
    """Return the countries, by ISO code, that have this custom of naming."""
    return frozenset(entries("spellings", "customs", custom))


@lru_cache(maxsize=65536)
def skeleton(token: str) -> str:
    """Return the consonants of a folded token as transliterations share them.

    The first letter of a vowel-initial token stands as ``a``: Asaad is not Saad.
    """
    plain = _merged_letters(token)
    bones = [letter for at, letter in enumerate(plain) if at == 0 or letter not in _VOWELS + "h"]
    if bones and bones[0] in "aeiou":
        bones[0] = "a"
    return "".join(bones)


@lru_cache(maxsize=65536)
def sound_keys(token: str) -> tuple[str, ...]:
    """Return keys of which two tokens that agree share one, but for typing slips."""
    forms = {token, *(token.replace(one, other) for one, other in _KEYED_APART if one in token)}
    firm = {re.sub(r"(.)\1+", r"\1", _UNSURE.sub("", f).replace("z", "s")) or "~" for f in forms}
    return (*sorted(firm), *sorted(given_rows(token)))


@lru_cache(maxsize=262144)
def tokens_agree(left: str, right: str) -> bool:
    """Whether two folded tokens are spellings of one name."""
    if left == right:
        return True
    if min(len(left), len(right)) == 1:
        return left[:1] == right[:1]
    one, two = given_rows(left), given_rows(right)
    if one and two:
        return not one.isdisjoint(two)
    if _ends_apart(left, right):
        return False
    similarity = JaroWinkler.similarity(_merged_letters(left), _merged_letters(right))
    if skeleton(left) == skeleton(right):
        if similarity >= _CLOSE_LETTERS or _vowels_agree(left, right):
            return True
    elif similarity >= _TYPING_SLIP and min(len(left), len(right)) >= _LONG_TOKEN:
        return True
    return _sound_alike(left, right)


def _sound_alike(left: str, right: str) -> bool:
    if set(sound_keys(left)).isdisjoint(sound_keys(right)):
        return False
    budget = sum(min(len(left), len(right)) >= letters for letters in _LOOSE_LETTERS)
    return sounds("sure", "loose").between(_single(left), _single(right), budget)


def _ends_apart(left: str, right: str) -> bool:
    """A last a, i or s makes another name: Samir and Samira, Bagher and Bagheri, Andreas."""
    short, long = sorted((left.removesuffix("h"), right.removesuffix("h")), key=len)
    ends = {word[-1:] for word in (short, long) if word[-2:-1] not in tuple(_VOWELS)}
    if ends == {"e", "i"}:
        return True  # Seleme, Salami
    if long[:-1] != short:
        return False
    return long.endswith("s") or (long[-1:] in ("a", "i") and short[-1:] not in tuple(_VOWELS))


def _single(token: str) -> str:
    return re.sub(r"(.)\1+", r"\1", token)


def _merged_letters(token: str) -> str:
    plain = token[1:] if token.startswith("ye") else token
    for written, sound in _DIGRAPHS:
        plain = plain.replace(written, sound)
    return re.sub(r"(.)\1+", r"\1", plain)


def _vowels_agree(left: str, right: str) -> bool:
    few, many = sorted((_vowel_groups(left), _vowel_groups(right)), key=len)
    return len(few) == len(many) and all(map(_groups_agree, few, many))


@lru_cache(maxsize=65536)
def _vowel_groups(token: str) -> tuple[str, ...]:
    plain = _merged_letters(token)
    if plain[:1] in ("y", "w"):
        plain = plain[1:]
    plain = plain.removesuffix("h")
    runs = re.findall(f"[{_VOWELS}]+", plain)
    return tuple(re.sub(r"(.)\1+", r"\1", "".join(_VOWEL_CLASS[v] for v in run)) for run in runs)


def _groups_agree(left: str, right: str) -> bool:
    if len(left) == len(right):
        return all(
            a == b or {a, b} in ({"A", "E"}, {"E", "I"}) for a, b in zip(left, right, strict=True)
        )
    short, long = sorted((left, right), key=len)
    return short in ("E", "I") and "I" in long and "U" not in long
