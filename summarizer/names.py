"""Compare names across spellings: two names in, how well they agree out.

News spells one Arabic, Persian, Turkish, Slavic or Indic name in many Latin ways. A token is
compared by its *consonant skeleton* (Qasra, Kasra: ``ksr``) and then by its vowels in order, where
only vowels that transliterations really exchange may differ (Salama is Seleme, Hassan is not
Hussein). A shared token never makes two names one: all tokens of the shorter name have to be met.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

Agreement = Literal["same", "surname", "family", "different"]
"""``same``: every token of the shorter name, two at least. ``surname``: one of the names is the
other's family name alone. ``family``: equal family names, but the given names differ."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(words.split())


_ARTICLES = word_set("al el es as ad ar at az an ash esh ed er et ul ur")
_KINSHIP = word_set("abu abou ibn bin bint ben ould")
_PARTICLES = word_set("van von de da di del della der den dos das du la le y e of")
_SERVANT = re.compile(r"^abd(?:el|ul|ol|al|ur|us)(?=[a-z]{3})")
_SERVANTS = word_set("abd abdel abdul abdol abdal abdur abdu")
_TITLES = word_set(
    """gen general maj major lt lieutenant col colonel capt captain cmdr commander adm admiral rear
    vice brig brigadier sgt sergeant marshal mr mrs ms dr prof sir dame lord president prime
    minister secretary senator sen rep representative gov governor king queen prince princess
    sheikh sheik shaikh emir sultan ambassador chancellor premier judge deputy former acting his
    her excellency imam ayatollah mullah mawlawi pope patriarch chief foreign defense defence
    interior spokesman spokesperson spokeswoman the"""
)
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
_VOWELS = "aeiouyw"
_VOWEL_CLASS = {"a": "A", "e": "E", "i": "I", "y": "I", "o": "U", "u": "U", "w": "U"}
# Equal skeletons and unlike vowels: one name only when the letters nearly agree (Aleksandr is
# Alexander at 0.98; Karim and Karam reach 0.91, Jan and Jana 0.94).
_CLOSE_LETTERS = 0.95
# One letter lost or swapped in a long token (Zelenskyy, Zelesky); short tokens get no such grace.
_TYPING_SLIP = 0.955
_LONG_TOKEN = 6


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart: comparable tokens, family name last where that is known."""

    tokens: tuple[str, ...]

    @property
    def family(self) -> str:
        """The last token, or the empty string."""
        return self.tokens[-1] if self.tokens else ""

    @property
    def key(self) -> str:
        """The skeletons of all tokens in order: equal for most spellings of one name."""
        return "-".join(skeleton(token) or token for token in self.tokens)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return *text* as lower-case ASCII words: no diacritics, possessives or punctuation."""
    plain = anyascii(text).lower().replace("`", "'")
    plain = re.sub(r"'s\b|s'(?=\s|$)", lambda m: "s" if m[0] == "s'" else "", plain)
    plain = re.sub(r"['.]", "", plain)
    return " ".join(re.findall(r"[a-z0-9]+", plain))


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
def parse_person(name: str) -> PersonName:
    """Take a person's name apart, without titles, articles and kinship words."""
    words = fold(re.sub(r"\([^)]*\)", " ", name)).split()
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    tokens: list[str] = []
    servant = False
    for at, word in enumerate(words):
        if word in _SERVANTS and at + 1 < len(words):
            servant = True
        elif len(words) > 1 and _is_filler(word, at, len(words)):
            continue
        else:
            bare = _SERVANT.sub("abd", word)
            tokens.append(f"abd{bare}" if servant else bare)
            servant = False
    return PersonName(tuple(tokens))


def compare_people(left: PersonName, right: PersonName) -> Agreement:
    """Say how well two people's names agree."""
    short, long = sorted((left.tokens, right.tokens), key=len)
    if not short:
        return "different"
    if len(long) > 1 and "".join(short) == "".join(long):
        return "same"
    if len(short) == 1:
        return "surname" if tokens_agree(short[0], long[-1]) else "different"
    if _all_met(short, long):
        return "same"
    if tokens_agree(short[-1], long[-1]) and not tokens_agree(short[0], long[0]):
        return "family"
    return "different"


@lru_cache(maxsize=262144)
def tokens_agree(left: str, right: str) -> bool:
    """Whether two folded tokens are spellings of one name."""
    if left == right:
        return True
    if min(len(left), len(right)) == 1:
        return left[:1] == right[:1]
    similarity = JaroWinkler.similarity(_merged_letters(left), _merged_letters(right))
    if skeleton(left) == skeleton(right):
        return similarity >= _CLOSE_LETTERS or _vowels_agree(left, right)
    return similarity >= _TYPING_SLIP and min(len(left), len(right)) >= _LONG_TOKEN


def name_keys(name: PersonName) -> tuple[str, ...]:
    """Return blocking keys: two names that are the ``same`` nearly always share one.

    A key holds two tokens, so that a block stays small however common each of them is.
    """
    bones = sorted({skeleton(token) for token in name.tokens})
    exact = {f"{one}+{two}" for at, one in enumerate(bones) for two in bones[at + 1 :]}
    if len(name.tokens) > 1:
        exact.add(skeleton("".join(name.tokens)))
    slips: set[str] = set()
    for one, two in pairwise(name.tokens):
        slips.add(f"{skeleton(one)}~{two[:3]}")
        slips.add(f"{one[:3]}~{skeleton(two)}")
    return tuple(sorted(exact | slips))


def _is_filler(word: str, at: int, count: int) -> bool:
    """Whether a word of a name tells nothing: Ben Wallace keeps his Ben, Ben Gvir doesn't."""
    if word in _KINSHIP:
        return at + 1 < count and (at > 0 or word.startswith("ab"))
    return word in _ARTICLES or (at > 0 and word in _PARTICLES)


def _merged_letters(token: str) -> str:
    plain = token[1:] if token.startswith("ye") else token
    for written, sound in _DIGRAPHS:
        plain = plain.replace(written, sound)
    return re.sub(r"(.)\1+", r"\1", plain)


def _all_met(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each token of *short* meets its own token of *long*; initials need one full token."""
    free = list(long)
    full = 0
    for token in short:
        met = next((other for other in free if tokens_agree(token, other)), None)
        if met is None:
            return False
        free.remove(met)
        full += min(len(token), len(met)) > 1
    return full > 0


def _vowels_agree(left: str, right: str) -> bool:
    few, many = sorted((_vowel_groups(left), _vowel_groups(right)), key=len)
    if len(many) == len(few) + 1 and many[-1] == "I":
        # A last i or y comes and goes: Shmyhal, Zelenskyi.
        many = many[:-1]
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
