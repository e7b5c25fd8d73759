"""Cut words to the form in which a value and its source are compared.

Only inflection goes: plural, possessive, tense, and the spelling that differs between British and
American English. "Iran" and "Iranian" stay two words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from summarizer.names import word_set
from summarizer.validate.edges import REVERSING_PREFIXES
from summarizer.validate.fold import simplify

STOP_WORDS = word_set(
    "a an the this that these those and or but as at by for from in into of off on onto out over "
    "per to up upon via with within about around after again against all along also am among any "
    "are be because been before being between both can could did do does doing done down during "
    "each either else ever every had has have having he her hers here him his how i if is it its "
    "just many may me might more most much must my now only other our own said say saying says "
    "shall she should so some such than their them then there they through too under until us "
    "very was we were what when where which while who whom whose why will would yet you your "
    "according including amid toward towards since still several"
)
_IRREGULAR = {
    form: base
    for base, forms in {
        "give": "gave given",
        "send": "sent",
        "sell": "sold",
        "buy": "bought",
        "meet": "met",
        "hold": "held",
        "tell": "told",
        "build": "built",
        "make": "made",
        "take": "took taken",
        "leave": "left",
        "lead": "led",
        "begin": "began begun",
        "strike": "struck stricken",
        "shoot": "shot",
        "fight": "fought",
        "pay": "paid",
        "win": "won",
        "lose": "lost",
        "go": "went gone goes",
        "come": "came",
        "withdraw": "withdrew withdrawn",
        "fly": "flew flown",
        "write": "wrote written",
        "speak": "spoke spoken",
        "become": "became",
        "bring": "brought",
        "seek": "sought",
        "keep": "kept",
        "know": "knew known",
        "fall": "fell fallen",
        "rise": "rose risen",
        "man": "men",
        "woman": "women",
        "die": "died dying",
        "use": "used using",
        "find": "found",
        "get": "got gotten",
        "see": "saw seen",
        "show": "shown",
        "break": "broke broken",
        "flee": "fled",
        "choose": "chose chosen",
        "drive": "drove driven",
        "sink": "sank sunk",
    }.items()
    for form in forms.split()
}
_SPELLING = (
    (re.compile(r"(def|off|lic|pret)ence"), r"\1ense"),
    (re.compile(r"(arm|lab|harb|fav|neighb|hon|behavi)our"), r"\1or"),
    (re.compile(r"(?<=[a-z]{3})is(e[sd]?|ing|ations?)$"), r"iz\1"),
    (re.compile(r"programme"), "program"),
    (re.compile(r"centre"), "center"),
    (re.compile(r"manoeuvre"), "maneuver"),
    (re.compile(r"ll(ed|ing)$"), r"l\1"),
)
_UNCHANGED = word_set("news united states during bomb red bred need exceed")
_PREFIXED = re.compile(rf"\b({REVERSING_PREFIXES})-(?=\w)")
_WORD = re.compile(r"[^\W_]+(?:'t\b)?")
_VOWEL = re.compile("[aeiouy]")


class Word(NamedTuple):
    """A word of a text: its place, and the form in which it is compared."""

    start: int
    end: int
    stem: str
    content: bool


@lru_cache(maxsize=1024)  # one sentence is asked about for every value that cites it
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of *text*; offsets are those of ``plain(text)``."""
    return tuple(
        Word(match.start(), match.end(), stem(match[0]), match[0] not in STOP_WORDS)
        for match in _WORD.finditer(plain(text))
    )


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return *text* folded, with "non-lethal" and its like as one word."""
    return _PREFIXED.sub(r"\1", simplify(text, "folded"))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the folded *word* without inflection."""
    for pattern, replacement in _SPELLING:
        word = pattern.sub(replacement, word)
    word = _IRREGULAR.get(word, word)
    if word in _UNCHANGED or len(word) < 4 or not word.isalpha():
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and _VOWEL.search(base):
            doubled = base[-1] == base[-2] and base[-1] not in "aeiousl"
            base = base[:-1] if doubled else base
            base = base[:-1] + "y" if base.endswith("i") and len(base) > 3 else base
            return base if ending == "ed" else base.removesuffix("e")
    return word.removesuffix("e")


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
