"""Compare names across spellings: two names in, how well they agree out.

News spells one Arabic, Persian, Turkish, Slavic or Indic name in many Latin ways; ``spellings``
says whether two words are one. A shared word never makes two names one: all words of the shorter
name have to be met, in their order, and what the longer has more must not make another person:
a son's name before his father's, "Jr." behind it, a given name of two syllables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from anyascii import anyascii

from summarizer.spellings import (
    family_rows,
    given_names,
    given_rows,
    skeleton,
    sound_keys,
    sounds,
    tokens_agree,
)

__all__ = [
    "Agreement",
    "PersonName",
    "compare_people",
    "fold",
    "name_keys",
    "parse_person",
    "skeleton",
    "tokens_agree",
    "word_set",
]

Agreement = Literal["same", "surname", "family", "different"]
"""``same``: every token of the shorter name, two at least. ``surname``: one of the names is a part
of the other that can stand for it, most often the family name. ``family``: equal family names, but
the given names or the generations (Jr.) differ."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(words.split())


_ARTICLES = word_set("al el es as ad ar at az an ash esh ed er et ul ur ud")
_FATHERS = word_set("ibn bin bint ben ould")
_KINSHIP = _FATHERS | word_set("abu abou")
_PARTICLES = word_set("van von de da di do du del della der den dos das la le y e of")
_LEADING = word_set("van von de del der den dos das")
# Abdul, Abdel-, Abdur: the article behind "servant" takes the sound of what follows it.
_SERVANT = re.compile(r"^abd(?:[aeiou]{1,2}l|[aeiou]{1,2}(?=[rsnzdt]))(?=[a-z]{3})")
_SERVANTS = word_set("abd abdel abdul abdol abdal abdur abdu abdoul abdus")
# Sirajuddin, Safi al-Din, Nasreddine: one name of "of the faith".
_FAITH = re.compile(r"(?<=[a-z]{3})(?:i?e|u|a|o)?dd?(?:i|ee|ie)ne?$")
_FAITHS = word_set("din deen dine ddin uddin eddin eddine aldin")
_FATHER_OF = re.compile(r"^abou?(?=b[ae]k)|^abu(?=b[ae]k)")
_RUN_INITIAL = re.compile(r"(?<=\b\w)\.(?=\w\.)")
_GENERATIONS = {"jr": 2, "junior": 2, "sr": 1, "senior": 1, "ii": 2, "iii": 3, "iv": 4}
_HONORIFICS = word_set(
    "syed sayyid sayed sayyed seyyed seyed haji hajji alhaji khwaja khawaja mian"
)
_TITLES = word_set(
    """gen general maj major lt lieutenant col colonel capt captain cmdr commander adm admiral rear
    vice brig brigadier sgt sergeant marshal mr mrs ms dr prof sir dame lord president prime
    minister secretary senator sen rep representative gov governor king queen prince princess
    sheikh sheik shaikh emir sultan ambassador chancellor premier judge deputy former acting his
    her excellency imam ayatollah mullah mawlawi pope patriarch chief foreign defense defence
    interior spokesman spokesperson spokeswoman the"""
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return *text* as lower-case ASCII words: no diacritics, possessives or punctuation."""
    plain = anyascii(text).lower().replace("`", "'")
    plain = re.sub(r"'s\b|s'(?=\s|$)", lambda m: "s" if m[0] == "s'" else "", plain)
    plain = re.sub(r"['.]", "", plain)
    return " ".join(re.findall(r"[a-z0-9]+", plain))


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart: comparable tokens, family name last where that is known.

    ``generation`` is 2 for Jr. and 3 for III; ``fathered`` tells that a bin or ibn stands in it.
    """

    tokens: tuple[str, ...]
    generation: int = 0
    fathered: bool = False

    @property
    def family(self) -> str:
        """The token that is the family name, or the empty string."""
        return self.tokens[0 if self.people in _FAMILY_FIRST else -1] if self.tokens else ""

    @property
    def people(self) -> str | None:
        """The people whose names are not made of given names and a family name behind them."""
        return _people_of(self.tokens)

    @property
    def key(self) -> str:
        """The skeletons of all tokens in order: equal for most spellings of one name."""
        return "-".join(skeleton(token) or token for token in self.tokens)

    @property
    def short_forms(self) -> tuple[str, ...]:
        """The tokens that a report may use alone: the family name, the first of two, others.

        A first name only where it is none of the given names that many bear.
        """
        if len(self.tokens) < 2 or self.people in ("korean", "chinese"):
            return self.tokens[:1]
        if self.people == "vietnamese":
            return self.tokens[0], self.tokens[-1]
        forms = [self.tokens[-1]]
        if len(self.tokens) > 2 and len(self.tokens[-2]) > 1:
            forms.append(self.tokens[-2])
        first = self.tokens[0]
        if not (given_rows(first) or first.startswith("abd") or len(first) == 1):
            forms.append(first)
        return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=65536)
def parse_person(name: str) -> PersonName:
    """Take a person's name apart, without titles, articles and kinship words."""
    words = fold(_RUN_INITIAL.sub(". ", re.sub(r"\([^)]*\)", " ", name))).split()
    while len(words) > 1 and (words[0] in _TITLES or (words[0] in _HONORIFICS and len(words) > 2)):
        words = words[1:]
    generation = 0
    while len(words) > (1 if words[-1:] == ["jr"] else 2) and words[-1] in _GENERATIONS:
        generation = _GENERATIONS[words.pop()]
    tokens: list[str] = []
    servant = False
    for at, word in enumerate(words):
        if word in _SERVANTS and at + 1 < len(words):
            servant = True
        elif word in _FAITHS and tokens:
            tokens[-1] = _faith(tokens[-1] + "din")
        elif len(words) > 1 and _is_filler(word, at, len(words)):
            continue
        else:
            bare = _FATHER_OF.sub("", word if given_rows(word) else _SERVANT.sub("abd", word))
            tokens += _initials(f"abd{bare}" if servant else _faith(bare), at, len(words))
            servant = False
    return PersonName(tuple(tokens), generation, not _FATHERS.isdisjoint(words[1:]))


def compare_people(left: PersonName, right: PersonName) -> Agreement:
    """Say how well two people's names agree."""
    short, long = sorted((left, right), key=lambda name: (len(name.tokens), name.tokens))
    if not short.tokens:
        return "different"
    if len(short.tokens) == 1 and len(long.tokens) > 1 and short.tokens[0] != "".join(long.tokens):
        told = any(tokens_agree(short.tokens[0], form) for form in long.short_forms)
        return "surname" if told else "different"
    if len(long.tokens) == 1:
        return "surname" if tokens_agree(short.tokens[0], long.tokens[0]) else "different"
    if short.people or long.people:
        return _compare_whole(short, long)
    agreed = "".join(short.tokens) == "".join(long.tokens) or _all_met(short, long)
    if agreed and _one_generation(short, long):
        return "same"
    if agreed or tokens_agree(short.family, long.family):
        apart = agreed or not tokens_agree(short.tokens[0], long.tokens[0])
        return "family" if apart else "different"
    return "different"


def name_keys(name: PersonName) -> tuple[str, ...]:
    """Return blocking keys: two names that are the ``same`` nearly always share one.

    A key holds two tokens, so that a block stays small however common each of them is.
    """
    keys = {skeleton("".join(name.tokens))} if len(name.tokens) > 1 else set()
    for at, one in enumerate(name.tokens):
        for two in name.tokens[at + 1 :]:
            pairs = ((a, b) for a in sound_keys(one) for b in sound_keys(two))
            keys |= {"+".join(sorted(pair)) for pair in pairs}
    for one, two in pairwise(name.tokens):
        keys.add(f"{skeleton(one)}~{two[:3]}")
        keys.add(f"{one[:3]}~{skeleton(two)}")
    if len(name.tokens) > 1:
        keys.add(f"{name.tokens[0][0]}.~{skeleton(name.tokens[-1])}")
    return tuple(sorted(keys))


def _faith(word: str) -> str:
    return _FAITH.sub("din", word)


def _initials(word: str, at: int, count: int) -> list[str]:
    """J.D. Vance and JD Vance: two initials, where no name has two consonants."""
    both = len(word) == 2 and at + 1 < count and not set(word) & set("aeiouy") and word != "ng"
    return list(word) if both else [word]


def _is_filler(word: str, at: int, count: int) -> bool:
    """Whether a word of a name tells nothing: Ben Wallace keeps his Ben, Ben Gvir doesn't."""
    if word in _KINSHIP:
        return at + 1 < count and (at > 0 or word.startswith("ab"))
    if word in ("an", "ed"):
        return at > 0
    return word in _ARTICLES or word in _LEADING or (at > 0 and word in _PARTICLES)


_SYLLABLES = re.compile(
    r"(?:[bcdfghjklmnpqrstvwxz]{0,3}[aeiouy]{1,4}(?:ng|nh|rk|[ncklmrptbgh])?){1,2}"
)
_FAMILY_FIRST = ("korean", "chinese", "vietnamese")


@lru_cache(maxsize=65536)
def _people_of(tokens: tuple[str, ...]) -> str | None:
    """Tell by the first word whose name it is, where all words have an Eastern name's syllables."""
    if len(tokens) < 2 or not all(_SYLLABLES.fullmatch(token) for token in tokens):
        return None
    if any(given_rows(token) for token in tokens[1:]):
        return None
    burmese = family_rows("burmese")
    if tokens[0] in burmese and any(token in burmese for token in tokens[1:]):
        return "burmese"
    return next((kind for kind in _FAMILY_FIRST if tokens[0] in family_rows(kind)), None)


def _compare_whole(short: PersonName, long: PersonName) -> Agreement:
    """Compare names of which no word may be left out: Park Jin is not Park Jin-hee."""
    one, two = short.tokens, long.tokens
    if long.people == "burmese" and 1 < len(one) < len(two) and two[-len(one) :] == one:
        return "surname"
    if "".join(one) == "".join(two) or (len(one) == len(two) == 2 and one == two[::-1]):
        return "same"
    if short.people == long.people == "burmese":
        alike = len(one) == len(two) and all(map(tokens_agree, one, two))
        return "same" if alike else "different"
    rows = family_rows("korean")
    shared = rows.get(one[0], frozenset()) & rows.get(two[0], frozenset())
    left, right = ("".join(name[1:]) for name in (one, two))
    return "same" if shared and sounds("korean").between(left, right, 0) else "different"


def _all_met(short: PersonName, long: PersonName) -> bool:
    """Whether each token of *short* meets a token of *long*, in order, and no more is said."""
    one, two = short.tokens, long.tokens
    if len(one) == len(two) == 2 and not tokens_agree(one[0], two[0]):
        return _is_turned(one, two)
    places: list[int] = []
    for token in one:
        start = places[-1] + 1 if places else 0
        met = (at for at in range(start, len(two)) if tokens_agree(token, two[at]))
        places.append(next(met, -1))
        if places[-1] < 0:
            return False
    if not any(min(len(token), len(two[at])) > 1 for token, at in zip(one, places, strict=True)):
        return False
    return not (
        _names_a_child(two, places[0]) or _goes_on(short, two, places) or _other_initials(one, two)
    )


def _is_turned(one: Sequence[str], two: Sequence[str]) -> bool:
    """Orbán Viktor is Viktor Orbán; Ali Abdullah is not Abdullah Ali: one word is no given name."""
    if not (tokens_agree(one[0], two[1]) and tokens_agree(one[1], two[0])):
        return False
    given = sum(bool(given_rows(token)) for token in one)
    return given == 1 or any(token in family_rows("japanese") for token in one)


def _names_a_child(long: Sequence[str], first: int) -> bool:
    """Mahamat Idriss Déby is the son of Idriss Déby: in Arabic names the father's name follows."""
    arabic = given_names("arabic")
    return first > 0 and long[first - 1] in arabic and long[first] in arabic


def _goes_on(short: PersonName, long: Sequence[str], places: Sequence[int]) -> bool:
    """A second family name may follow; two words, or a grandfather's name, are another's."""
    more = len(long) - 1 - places[-1]
    arabic = given_names("arabic")
    chain = all(token in arabic for token in short.tokens) and not short.fathered
    return more > 1 or (more == 1 and chain)


def _other_initials(one: Sequence[str], two: Sequence[str]) -> bool:
    """George H. W. Bush is not George W. Bush."""
    left, right = ([t for t in name[1:-1] if len(t) == 1] for name in (one, two))
    return bool(left and right and left[0] != right[0])


def _one_generation(short: PersonName, long: PersonName) -> bool:
    """Jr. or III on one side only is left out where more of the formal name is: Joe Biden."""
    if short.generation == long.generation:
        return True
    formal, plain = sorted((short, long), key=lambda name: -name.generation)
    if plain.generation:
        return False
    initials = [sum(len(t) == 1 for t in name.tokens) for name in (formal, plain)]
    return formal.tokens[0] != plain.tokens[0] or initials[0] > initials[1]
