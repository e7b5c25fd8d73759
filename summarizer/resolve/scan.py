"""Cut the words of a sentence into named chunks: known names, organisations, places, things.

Titles and persons are left to ``people``. Chunks don't overlap; word indices are half-open.
"""

from __future__ import annotations

from summarizer.resolve.chunks import Chunk, is_common, starts_sentence
from summarizer.resolve.countries import single_words
from summarizer.resolve.cues import read_cued
from summarizer.resolve.lexicon import listed, match_name
from summarizer.resolve.organisations import (
    LONGEST_ORGANISATION,
    organisation_kind,
    read_body,
    read_organisation,
    read_plain_ministry,
    with_owner,
)
from summarizer.resolve.words import Word

DATELINE_REACH = 6
"""Words before the brackets of a dateline: CITY, Country (Source) –."""


def find_chunks(words: tuple[Word, ...], *, heading: bool = False) -> tuple[Chunk, ...]:
    """Return the named chunks of a sentence in order; capitals only, but for bodies of a state.

    In a *heading* capitals mean nothing, so that only known names are read.
    """
    chunks: list[Chunk] = []
    at = 0
    while at < len(words):
        before = chunks[-1] if chunks else None
        chunk = _known(words, at) if heading else _chunk_at(words, at, before)
        if chunk:
            chunks.append(chunk)
            at = chunk.last
        else:
            at += 1
    return tuple(chunks)


def _chunk_at(words: tuple[Word, ...], at: int, before: Chunk | None) -> Chunk | None:
    known = _known(words, at)
    candidates = [
        known,
        read_plain_ministry(words, at),
        read_organisation(words, at, before),
        read_body(words, at, known),
    ]
    found = [chunk for chunk in candidates if chunk]
    if found:
        best = max(found, key=lambda chunk: chunk.last)
        return with_owner(words, best, before)
    cued = read_cued(words, at) or _dateline_source(words, at)
    return cued or _equipment(words, at) or _place_or_thing(words, at)


def _dateline_source(words: tuple[Word, ...], at: int) -> Chunk | None:
    """NAIROBI (Test Agency) –: who stands in brackets at a report's head is its source."""
    if not 0 < at <= DATELINE_REACH or words[at - 1].text != "(" or not words[at].capital:
        return None
    last = at
    while last < min(len(words), at + LONGEST_ORGANISATION) and words[last].capital:
        last += 1
    marks = [word.text for word in words[last : last + 2]]
    if len(marks) == 2 and marks[0] == ")" and marks[1] in ("–", "—", "-", "--"):
        return Chunk(at, last, "media")
    return None


def _known(words: tuple[Word, ...], at: int) -> Chunk | None:
    hit = match_name(words, at)
    if not hit:
        return None
    end, entry = hit
    if end - at == 1 and _is_given_name(words, at):
        return None
    if end - at == 1 and entry.kind not in ("country", "demonym") and _behind_given(words, at):
        return None  # Theresa May, Yair Golan
    return Chunk(at, end, entry.kind, entry.identity, entry.country)


def _behind_given(words: tuple[Word, ...], at: int) -> bool:
    before = words[at - 1] if at else None
    if before is None or not before.capital or before.key in single_words():
        return False
    return before.key in listed("people", "given") and not words[at].is_acronym


def _is_given_name(words: tuple[Word, ...], at: int) -> bool:
    """Jordan Bardella, Chad Brown: a known name that a surname follows."""
    follows = words[at + 1] if at + 1 < len(words) else None
    key = words[at].key
    return (
        (key in listed("people", "given") or key in listed("people", "family_first"))
        and follows is not None
        and follows.capital
        and not is_common(follows)
        and not match_name(words, at + 1)
        and not organisation_kind(words, at, at + 2)
    )


def _equipment(words: tuple[Word, ...], at: int) -> Chunk | None:
    """Read a designation: letters with digits (F-16, TB2) and the capitals behind it."""
    text = words[at].text
    if not (any(c.isdigit() for c in text) and any(c.isupper() for c in text)):
        return None
    last, limit = at + 1, min(len(words), at + 5)
    while last < limit and words[last].capital and not match_name(words, last):
        last += 1
    return Chunk(at, last if last < limit else at + 1, "thing")


def _place_or_thing(words: tuple[Word, ...], at: int) -> Chunk | None:
    """Read a run of capitals that ends as a place, an event or equipment does."""
    if not words[at].capital or (starts_sentence(words, at) and is_common(words[at])):
        return None
    last = at + 1
    limit = min(len(words), at + LONGEST_ORGANISATION)
    while last < limit and words[last].capital and not match_name(words, last):
        last += 1
    tail = words[last - 1].key
    if last - at > 1 and tail in listed("never", "place_nouns"):
        return Chunk(at, last, "place")
    if last - at > 1 and tail in listed("never", "thing_nouns"):
        return Chunk(at, last, "thing")
    if last < len(words):
        follows = words[last].key
        if last - at <= 3 and follows in listed("organisations", "equipment"):
            return Chunk(at, last, "thing")
        named = words[at].key in listed("people", "given")
        if last - at <= 3 and follows in listed("never", "place_nouns") and not named:
            return Chunk(at, last, "place")
    return None
