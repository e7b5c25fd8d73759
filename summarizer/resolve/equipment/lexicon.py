"""Words for equipment, from ``lexicon.toml``, and where they stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, cast

from summarizer import language
from summarizer.brief import ItemCategory, Unroca

Kind = Literal["model", "noun", "head", "service", "no"]


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of the lexicon; ``shape`` holds its tokens as they must be capitalised."""

    shape: tuple[str, ...]
    kind: Kind
    category: ItemCategory
    unroca: Unroca


@dataclass(frozen=True, slots=True)
class Token:
    """Letters or digits of a text, folded and in the singular: ``text[start:end]``."""

    start: int
    end: int
    text: str
    form: str


@dataclass(frozen=True, slots=True)
class WordMention:
    """A lexicon word found in a text; ``first`` and ``last`` count tokens, ``last`` included."""

    start: int
    end: int
    first: int
    last: int
    word: Word


_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_Table = dict[tuple[str, ...], tuple[Word, ...]]


def tokens_of(text: str) -> tuple[Token, ...]:
    """Split *text* where letters, digits and everything else meet: "F-16s" is F, 16, s."""
    return tuple(
        Token(m.start(), m.end(), m.group(), _singular(m.group())) for m in _TOKEN.finditer(text)
    )


def _singular(word: str) -> str:
    folded = word.casefold()
    if len(folded) > 4 and folded.endswith("ies"):
        return folded[:-3] + "y"
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss"):
        return folded[:-1]
    return folded


@cache
def _lexicon() -> tuple[_Table, frozenset[str], int]:
    """Read the table, the ambiguous names, and the length of the longest word in tokens."""
    data = language.table("equipment")
    table: dict[tuple[str, ...], tuple[Word, ...]] = {}
    for group in data["group"]:
        kind, category = cast("Kind", group["kind"]), cast("ItemCategory", group["category"])
        for entry in group["words"].split(";"):
            tokens = tokens_of(entry)
            word = Word(tuple(t.text for t in tokens), kind, category, group["unroca"])
            key = tuple(token.form for token in tokens)
            table[key] = (*table.get(key, ()), word)
    ambiguous = frozenset(_singular(name.strip()) for name in data["ambiguous"].split(";"))
    return table, ambiguous, max(map(len, table))


def find_words(tokens: tuple[Token, ...]) -> tuple[WordMention, ...]:
    """Find the lexicon's words in *tokens*, the longest first, without overlaps."""
    table, _, longest = _lexicon()
    found: list[WordMention] = []
    index = 0
    while index < len(tokens):
        mention = None
        for length in range(min(longest, len(tokens) - index), 0, -1):
            run = tokens[index : index + length]
            words = table.get(tuple(token.form for token in run), ())
            word = next((w for w in words if _capitalised_as(w.shape, run)), None)
            if word and _hangs_together(run):
                last = index + length - 1
                mention = WordMention(run[0].start, run[-1].end, index, last, word)
                break
        if mention:
            found.append(mention)
        index = mention.last + 1 if mention else index + 1
    return tuple(found)


def is_ambiguous(mention: WordMention) -> bool:
    """Say whether the word alone may as well name a person or a firm ("Bradley")."""
    return len(mention.word.shape) == 1 and _singular(mention.word.shape[0]) in _lexicon()[1]


def _capitalised_as(shape: tuple[str, ...], run: tuple[Token, ...]) -> bool:
    for want, token in zip(shape, run, strict=True):
        got = token.text
        if want.isupper() and not (got.isupper() or (len(got) > 2 and got[:-1].isupper())):
            return False
        if want[0].isupper() and not got[0].isupper():
            return False
    return True


def _hangs_together(run: tuple[Token, ...]) -> bool:
    """Accept blanks, hyphens, slashes and apostrophes between the tokens of one word, no more."""
    return all(b.start - a.end <= 2 for a, b in pairwise(run))
