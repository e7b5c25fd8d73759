"""Tell whether a country, people or capital takes part in what a sentence says, or is where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from summarizer.resolve.chunks import Chunk
from summarizer.resolve.lexicon import listed
from summarizer.resolve.words import Word, word_set

MOTION_REACH = 7
"""Words before "to" or "from" in which a visit or flight makes a capital a place."""

LONGEST_LIST = 20
"""Countries in a row that one preposition may govern."""

_ON_CAPITAL = word_set("on upon into through around over")
_REGION = word_set(
    "northern southern eastern western central northeast northwest southeast southwest northeastern"
    " northwestern southeastern southwestern coastal mainland rural downtown"
)
_NAMED_AFTER = word_set("capital city town port village province region")
_WITHIN = word_set("in inside within across throughout at near outside off over around beyond")
_PLACES = word_set("country capital place")
_LINKS = word_set(", and or & /")


def is_located(words: Sequence[Word], chunk: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Tell whether the country or capital is only where something is."""
    at = _phrase_start(words, chunk.first)
    if [word.key for word in words[chunk.last : chunk.last + 2]] == ["-", "based"]:
        return True
    if at == 0:
        return is_dateline(words, chunk)
    before = words[at - 1].key
    if before in _REGION or before in _NAMED_AFTER:
        return True
    if before in _LINKS:
        return is_dateline(words, chunk) or _after_located(words, at, chunk, chunks)
    if before in _WITHIN and not (before == "at" and chunk.kind != "place"):
        return True  # "at Israel" is a target
    if chunk.kind == "capital" or chunk.kind == "place":
        follows = words[chunk.last].key if chunk.last < len(words) else ""
        if before in ("to", "from", "for", "back"):
            return _moves(words, at)
        return before in _ON_CAPITAL or (follows == "," and _names_country(chunk, chunks))
    return False


def _phrase_start(words: Sequence[Word], at: int) -> int:
    while at and (words[at - 1].key == "the" or words[at - 1].key in ("post-war", "neighboring")):
        at -= 1
    return at


def _after_located(words: Sequence[Word], at: int, chunk: Chunk, chunks: Sequence[Chunk]) -> bool:
    """In "in Syria, Iraq and Yemen" the first word decides for all."""
    index = bisect_left(chunks, chunk.first, key=lambda c: c.first)
    for before in reversed(chunks[max(0, index - LONGEST_LIST) : index]):
        gap = words[before.last : at]
        if before.kind not in _PLACES or any(word.key not in _LINKS for word in gap):
            return False
        at = _phrase_start(words, before.first)
        if at == 0 or words[at - 1].key not in _LINKS:
            return is_located(words, before, ())
    return False


def _names_country(chunk: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Damascus, Syria: the country behind the comma says that the city is meant."""
    behind = [c for c in chunks if c.first == chunk.last + 1]
    return bool(behind) and behind[0].kind == "country" and behind[0].country == chunk.country


def is_dateline(words: Sequence[Word], chunk: Chunk) -> bool:
    """Tell whether the name is a dateline's: KYIV, Ukraine (AP) —."""
    if chunk.first > 3:
        return False
    shouted = words[chunk.first].is_acronym and len(words[chunk.first].text) > 3
    ahead = [word.text for word in words[chunk.last : chunk.last + 6]]
    marked = any(mark in ("—", "–", "-", "(", "--") for mark in ahead)
    return marked and (shouted or chunk.first > 0 or "," in ahead[:1] or "(" in ahead[:1])


def _moves(words: Sequence[Word], at: int) -> bool:
    reach = words[max(0, at - 1 - MOTION_REACH) : at - 1]
    return any(word.key in listed("locative", "motion") for word in reach)


def does(words: Sequence[Word], chunk: Chunk) -> bool:
    """Tell whether a demonym names a deed or force of its state: "Israeli air strikes"."""
    for word in words[chunk.last : chunk.last + 3]:
        if word.key in listed("organisations", "state_deeds"):
            return True
        if not word.key.isalpha() or word.capital:
            return False
    return False
