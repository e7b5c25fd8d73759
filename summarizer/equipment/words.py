"""Words for military goods: what they name, by the lexicon.

A category and a UN Register class are given only where the words settle them: "drones" may or may
not be armed, "rockets" need a model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, cast

from summarizer.brief import ItemCategory, Unroca
from summarizer.language import entries, table

Kind = Literal["model", "noun", "head", "against", "no"]


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of the lexicon; ``shape`` holds its tokens as they must be capitalised.

    ``against`` names what the word says that is not equipment: "training", "money".
    """

    shape: tuple[str, ...]
    kind: Kind
    category: ItemCategory = "training_services"
    unroca: Unroca = "none"
    against: str | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class WordMention:
    """A word of the lexicon in a text: ``text[start:end]``."""

    start: int
    end: int
    word: Word


@dataclass(frozen=True, slots=True)
class Classified:
    """The codes of an item; without a known word it is ``other`` and may be equipment."""

    category: ItemCategory = "other"
    unroca: Unroca = "undetermined"
    known: bool = False
    against: str | None = None

    @property
    def is_equipment(self) -> bool:
        """Whether nothing says that it is something else."""
        return self.against is None

    @property
    def is_general(self) -> bool:
        """Whether the words name no kind of equipment: "military equipment", "weapons"."""
        return self.known and self.category == "other"


_PIECE = re.compile(r"\d+|[^\W\d_]+")
# The main word of an item stands before these; of "a battery of Patriots" behind "of".
_END_OF_HEAD = re.compile(
    r"\b(?:for|with|including|such as|from|against|that|which|who|in|at|on|by|worth|under|plus|to)"
    r"\b|[(,;:–—]"
)
_OF = re.compile(r"\bof\b")


def classify(text: str) -> Classified:
    """Code the item that *text* names.

    A model decides over a common noun ("Patriot missiles" are air defence), a noun such as
    "shells" or "spare parts" over both.
    """
    for part in _heads(text):
        if words := [m.word for m in find_words(part) if m.word.kind != "no"]:
            return _decided(words)
    return Classified()


def _heads(text: str) -> tuple[str, ...]:
    """Give the stretches of *text* that may hold the main word, the likeliest first."""
    end = _END_OF_HEAD.search(text)
    head = text[: end.start()] if end and end.start() > 0 else text
    of = _OF.search(head)
    return (head, text) if of is None else (head[of.end() :], head[: of.start()], text)


def _decided(words: list[Word]) -> Classified:
    last = words[-1]
    models = [word for word in words if word.kind == "model"]
    decisive = last
    if models and last.kind not in ("head", "against"):
        rockets = models[0].category == "artillery" and last.category == "missile_rocket"
        decisive = last if rockets else models[0]
    return Classified(decisive.category, decisive.unroca, True, decisive.against)


def find_words(text: str) -> tuple[WordMention, ...]:
    """Find the lexicon's words in *text*, the longest first, without overlaps."""
    table, longest = _lexicon(), _longest()
    pieces = tuple(_PIECE.finditer(text))
    forms = tuple([singular(piece[0]) for piece in pieces])
    found: list[WordMention] = []
    done = 0
    for index, form in enumerate(forms):
        if form not in longest or index < done:
            continue
        for length in range(min(longest[form], len(pieces) - index), 0, -1):
            words = table.get(forms[index : index + length])
            if words is None:
                continue
            run = pieces[index : index + length]
            word = next((w for w in words if _capitalised_as(w.shape, run)), None)
            if word and all(b.start() - a.end() <= 2 for a, b in pairwise(run)):
                found.append(WordMention(run[0].start(), run[-1].end(), word))
                done = index + length
                break
    return tuple(found)


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """Return a word in lower case, without a plural's ending."""
    folded = word.casefold()
    if len(folded) > 4 and folded.endswith("ies"):
        return folded[:-3] + "y"
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss"):
        return folded[:-1]
    return folded


@cache
def _lexicon() -> dict[tuple[str, ...], tuple[Word, ...]]:
    """Read the table."""
    data = table("equipment")
    ambiguous = frozenset(name.strip() for name in data["ambiguous"].split(";"))
    words: dict[tuple[str, ...], tuple[Word, ...]] = {}

    def add(entry: str, kind: Kind, *codes: str, against: str | None = None) -> None:
        shape = tuple(_PIECE.findall(entry))
        category, unroca = codes or ("training_services", "none")
        word = Word(
            shape, kind, cast("ItemCategory", category), cast("Unroca", unroca), against,
            entry.strip() in ambiguous,
        )  # fmt: skip
        key = tuple(map(singular, shape))
        words[key] = (*words.get(key, ()), word)

    for group in data["group"]:
        for entry in group["words"].split(";"):
            add(entry, group["kind"], group["category"], group["unroca"])
    for against in table("goods")["not_goods"]:
        for entry in entries("goods", "not_goods", against):
            add(entry, "against", against=against)
    return words


@cache
def _longest() -> dict[str, int]:
    """Return the length of the longest entry that begins with each word."""
    lengths: dict[str, int] = {}
    for words in _lexicon():
        lengths[words[0]] = max(len(words), lengths.get(words[0], 0))
    return lengths


def _capitalised_as(shape: tuple[str, ...], run: tuple[re.Match[str], ...]) -> bool:
    for want, piece in zip(shape, run, strict=True):
        got = piece.group()
        if want.isupper() and not (got.isupper() or (len(got) > 2 and got[:-1].isupper())):
            return False
        if want[0].isupper() and not got[0].isupper():
            return False
    return True
