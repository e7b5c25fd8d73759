"""Read organisations: runs of capitals around a head noun, and common nouns behind a demonym."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from summarizer.brief import ActorKind
from summarizer.resolve.chunks import (
    ORGANISATION_KINDS,
    Chunk,
    ChunkKind,
    is_common,
    starts_sentence,
)
from summarizer.resolve.lexicon import listed, match_name, with_plurals
from summarizer.resolve.words import Word, word_set

LONGEST_ORGANISATION = 14
"""Words that an organisation's name may have; a guard against endless capitals in hostile text."""

_TITLE_ONLY = word_set(
    "chief president minister secretary commander spokesman spokesperson spokeswoman director head"
    " chairman governor ambassador leader king prince gen lt maj brig adm col former"
)
_ON = word_set("council commission committee center centre institute panel office forum")


@cache
def _heads() -> dict[str, ActorKind]:
    kinds = reversed(ORGANISATION_KINDS)
    return {head: kind for kind in kinds for head in listed("organisations", kind)}


@cache
def _last_words() -> frozenset[str]:
    return frozenset(head.rpartition(" ")[2] for head in _heads())


def organisation_kind(words: Sequence[Word], first: int, last: int) -> ActorKind | None:
    """Return the kind that the last words of ``first`` to ``last`` give an organisation."""
    if last > len(words) or words[last - 1].key not in _last_words():
        return None
    tails = (" ".join(w.key for w in words[at:last]) for at in range(max(first, last - 4), last))
    return next((_heads()[tail] for tail in tails if tail in _heads()), None)


def _may_start(words: tuple[Word, ...], at: int) -> bool:
    word = words[at]
    if word.text[0].isdigit():
        ordinal = word.key.endswith(("st", "nd", "rd", "th"))
        return ordinal and at + 1 < len(words) and words[at + 1].capital
    if not word.capital or word.key in listed("never", "weekdays"):
        return False
    if word.key in listed("never", "months") or word.key in ("the", "a", "an"):
        return False
    if word.key in _TITLE_ONLY:
        return False
    if starts_sentence(words, at) and is_common(word):
        follows = words[at + 1] if at + 1 < len(words) else None
        of = follows is not None and follows.key in ("of", "for")
        named = follows is not None and (follows.capital or of)
        organised = of and organisation_kind(words, at, at + 1) is not None
        return named and (word.key in listed("titles", "modifiers") or organised)
    return True


def read_organisation(words: tuple[Word, ...], at: int, before: Chunk | None) -> Chunk | None:
    """Read a run of capitals that holds an organisation's head: X Ministry, Ministry of X."""
    if not _may_start(words, at):
        return None
    best: tuple[int, ActorKind] | None = None
    in_phrase = False  # behind "of": every capital belongs to the name
    end = at
    while end < min(len(words), at + LONGEST_ORGANISATION):
        if words[end].capital or end == at:
            if end > at and _breaks(words, end, in_phrase):
                break
            kind = organisation_kind(words, at, end + 1)
            opens = end + 1 < len(words) and words[end + 1].key in ("of", "for", "on")
            if kind and (end > at or opens) and not (in_phrase and best):
                best = (end + 1, kind)
            elif in_phrase and best:
                best = (end + 1, best[1])
            end += 1
        elif _connects(words, at, end, in_phrase, best is not None):
            in_phrase = in_phrase or (words[end].key in ("of", "for", "on") and best is not None)
            end += 1
        else:
            break
    if best is None or best[0] - at < 2 or _goes_on_as_thing(words, best[0]):
        return None
    return Chunk(at, best[0], best[1], None, _country_inside(words, at, best[0]))


def _goes_on_as_thing(words: tuple[Word, ...], at: int) -> bool:
    """An organisation's words inside a longer name: Intelligence Studies Conference."""
    last = at
    limit = min(len(words), at + LONGEST_ORGANISATION)
    while last < limit and words[last].capital and not _breaks(words, last, False):
        last += 1
    tail = words[last - 1].key if last > at else ""
    return tail in listed("never", "place_nouns") or tail in listed("never", "thing_nouns")


def _breaks(words: tuple[Word, ...], at: int, in_phrase: bool) -> bool:
    """A title, date, thing or given name ends the name of an organisation."""
    key = words[at].key
    if key in with_plurals("titles", "heads") or key in listed("never", "weekdays"):
        return True
    if key in listed("never", "months"):
        return True
    known = match_name(words, at)
    if known and known[1].kind in ("thing", "date", "media"):
        return True
    if known and in_phrase and known[1].kind == "armed_group":
        return True  # Guerrillas of the National Liberation Army
    named = at + 1 < len(words) and words[at + 1].capital and not is_common(words[at + 1])
    return named and key in listed("people", "given") and not in_phrase


def _connects(words: tuple[Word, ...], first: int, at: int, in_phrase: bool, headed: bool) -> bool:
    if at + 1 >= len(words):
        return False
    key, follows, before = words[at].key, words[at + 1], words[at - 1]
    if key in ("of", "for"):
        if not headed:
            return False
        after = words[at + 2] if at + 2 < len(words) else None
        behind_the = follows.key == "the" and after is not None and after.capital
        return follows.capital or behind_the
    if key == "on":
        return before.key in _ON and follows.capital
    if key == "the":
        return before.key in ("of", "for", "on") and follows.capital
    if key in ("and", "&"):
        portfolio = follows.key in listed("titles", "modifiers")
        return follows.capital and (key == "&" or (in_phrase and portfolio))
    if words[at].is_possessive:
        return follows.capital and not _is_country(words, first, at)
    return key in listed("people", "particles") and follows.capital and at > first


def _is_country(words: tuple[Word, ...], first: int, last: int) -> bool:
    hit = match_name(words, first)
    return hit is not None and hit[0] == last and hit[1].kind in ("country", "capital")


def _country_inside(words: tuple[Word, ...], first: int, last: int) -> str | None:
    for at in range(first, last):
        hit = match_name(words, at)
        if hit and hit[1].kind in ("country", "demonym"):
            return hit[1].country
    return None


def with_owner(words: tuple[Word, ...], chunk: Chunk, before: Chunk | None) -> Chunk:
    """Give a body the country whose possessive stands before it: Syria's Ministry of Defense."""
    if chunk.country or not chunk.is_actor or before is None:
        return chunk
    gap = words[before.last : chunk.first]
    owned = len(gap) == 1 and gap[0].is_possessive
    if owned and before.kind in ("country", "capital"):
        return replace(chunk, country=before.country)
    return chunk


_BODY_LISTS: tuple[tuple[str, ChunkKind], ...] = (
    ("lower_bodies", "government_body"),
    ("lower_military", "military"),
    ("lower_media", "media"),
    ("lower_government", "government"),
)
_BODY_ADJECTIVES = word_set(
    "new interim transitional caretaker civilian national ruling own current military central"
    " post-war federal democratic elected"
)


def read_body(words: tuple[Word, ...], at: int, known: Chunk | None) -> Chunk | None:
    """Read a common noun behind a demonym or possessive: Syrian army, Syria's new government."""
    if known is None or known.kind not in ("demonym", "country", "capital"):
        return None
    head = known.last
    owned = known.kind != "demonym"
    if known.kind != "demonym":
        if head >= len(words) or not words[head].is_possessive:
            return None
        head += 1
    limit = min(len(words), head + 3)
    while head < limit:
        if (end := _ministry_end(words, head)) is not None:
            return _body(words, at, end, "government_body", known)
        if body := _listed_body(words, head, owned):
            return _body(words, at, body[0], body[1], known)
        if words[head].key not in _BODY_ADJECTIVES:
            return None
        head += 1
    return None


def _listed_body(words: tuple[Word, ...], at: int, owned: bool) -> tuple[int, ChunkKind] | None:
    for size in (3, 2, 1):
        if owned and size > 1 and words[at].capital:
            continue  # a name of its own: Ukraine's Supreme Court
        phrase = " ".join(word.key for word in words[at : at + size])
        for name, kind in _BODY_LISTS:
            if phrase in listed("organisations", name):
                return at + size, kind
    return None


def _ministry_end(words: tuple[Word, ...], at: int) -> int | None:
    """Return the end of "defence ministry" or "ministry of defence" in lower case."""
    modifiers = listed("titles", "modifiers")
    end = at
    while end < min(len(words), at + 3) and words[end].key in modifiers and not words[end].capital:
        if words[end].key == "ministry":
            break
        end += 1
    if end >= len(words) or words[end].key != "ministry" or words[end].capital:
        return None
    if end > at:
        return end + 1
    if end + 1 >= len(words) or words[end + 1].key not in ("of", "for"):
        return None
    end += 2
    while end < len(words) and (words[end].key in modifiers or words[end].key == "the"):
        end += 1
    return end if words[end - 1].key in modifiers and words[end - 1].key != "ministry" else None


def _body(
    words: tuple[Word, ...], at: int, last: int, kind: ChunkKind, known: Chunk
) -> Chunk | None:
    follows = words[last] if last < len(words) else None
    titles = with_plurals("titles", "heads")
    if follows and follows.capital and organisation_kind(words, at, last + 1):
        return None  # "Turkish Defense Ministry": the longer name is read elsewhere
    if follows and words[last - 1].capital and follows.key in ("of", "for"):
        return None  # "Turkey’s Presidency of Defense Industries"
    adjective = words[last - 1].key in ("military", "intelligence") and follows is not None
    if words[last - 1].key == "military" and follows and follows.key in titles:
        return None
    if adjective and follows and follows.key in listed("organisations", "military_nouns"):
        return None
    return Chunk(at, last, kind, None, known.country)


def read_plain_ministry(words: tuple[Word, ...], at: int) -> Chunk | None:
    """Read "the defence ministry": a ministry in lower case whose country the text leaves out."""
    if at == 0 or words[at - 1].key != "the" or words[at].capital:
        return None
    end = _ministry_end(words, at)
    return Chunk(at, end, "government_body") if end else None
