"""Cut the words of a sentence into named chunks: known names, organisations, places, things.

Titles and persons are left to ``people``. Chunks don't overlap; word indices are half-open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from summarizer.brief import ActorKind
from summarizer.resolve.countries import single_words
from summarizer.resolve.lexicon import EntryKind, listed, match_name, with_plurals
from summarizer.resolve.words import Word

ChunkKind = EntryKind | Literal["government"]

LONGEST_ORGANISATION = 14
"""Words that an organisation's name may have; a guard against endless capitals in hostile text."""

_OPENERS = frozenset("\" “ ‘ ' ( [ : ; . ! ? – — • ...".split())
_ORGANISATION_KINDS: tuple[ActorKind, ...] = (
    "armed_group",
    "military",
    "government_body",
    "political_party",
    "igo",
    "company",
    "media",
    "other",
)
_ACTOR_KINDS = frozenset(_ORGANISATION_KINDS)
_TITLE_ONLY = frozenset(
    "chief president minister secretary commander spokesman spokesperson spokeswoman director head"
    " chairman governor ambassador leader king prince gen lt maj brig adm col former".split()
)
_ON = frozenset("council commission committee center centre institute panel office forum".split())


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words ``first`` to ``last`` name something; ``identity`` is set when its name is known."""

    first: int
    last: int
    kind: ChunkKind
    identity: str | None = None
    country: str | None = None

    @property
    def is_actor(self) -> bool:
        """Whether it names an organisation of any kind."""
        return self.kind in _ACTOR_KINDS


def starts_sentence(words: Sequence[Word], at: int) -> bool:
    """Tell whether the word's capital may be due to its place: first, or behind a mark."""
    return at == 0 or words[at - 1].key in _OPENERS or words[at - 1].text in _OPENERS


def is_common(word: Word) -> bool:
    """Tell whether *word* is an everyday word that a capital doesn't make a name."""
    key = word.key
    return (
        key in listed("never", "words")
        or key in listed("never", "months")
        or key in listed("never", "weekdays")
    )


def find_chunks(words: tuple[Word, ...]) -> tuple[Chunk, ...]:
    """Return the named chunks of a sentence in order; capitals only, but for bodies of a state."""
    chunks: list[Chunk] = []
    at = 0
    while at < len(words):
        chunk = _chunk_at(words, at, chunks[-1] if chunks else None)
        if chunk:
            chunks.append(chunk)
            at = chunk.last
        else:
            at += 1
    return tuple(chunks)


def _chunk_at(words: tuple[Word, ...], at: int, before: Chunk | None) -> Chunk | None:
    known = _known(words, at)
    candidates = [known, _organisation(words, at, before), _body_of_state(words, at, known)]
    found = [chunk for chunk in candidates if chunk]
    if found:
        best = max(found, key=lambda chunk: chunk.last)
        return _with_owner(words, best, before)
    return _equipment(words, at) or _place_or_thing(words, at)


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
    return (
        words[at].key in listed("people", "given")
        and follows is not None
        and follows.capital
        and not is_common(follows)
        and not match_name(words, at + 1)
        and not _organisation_kind(words, at, at + 2)
    )


def _organisation_kind(words: Sequence[Word], first: int, last: int) -> ActorKind | None:
    for size in (4, 3, 2, 1):
        if last - size < first:
            continue
        tail = " ".join(word.key for word in words[last - size : last])
        for kind in _ORGANISATION_KINDS:
            if tail in listed("organisations", kind):
                return kind
    return None


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
        organised = of and _organisation_kind(words, at, at + 1) is not None
        return named and (word.key in listed("titles", "modifiers") or organised)
    return True


def _organisation(words: tuple[Word, ...], at: int, before: Chunk | None) -> Chunk | None:
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
            kind = _organisation_kind(words, at, end + 1)
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
    while last < len(words) and words[last].capital and not _breaks(words, last, False):
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
    if key in ("and", "&", ","):
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


def _with_owner(words: tuple[Word, ...], chunk: Chunk, before: Chunk | None) -> Chunk:
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
_BODY_ADJECTIVES = frozenset(
    "new interim transitional caretaker civilian national ruling own current military central"
    " post-war federal democratic elected".split()
)


def _body_of_state(words: tuple[Word, ...], at: int, known: Chunk | None) -> Chunk | None:
    """Read a common noun behind a demonym or possessive: Syrian army, Syria's new government."""
    if known is None or known.kind not in ("demonym", "country", "capital"):
        return None
    head = known.last
    if known.kind != "demonym":
        if head >= len(words) or not words[head].is_possessive:
            return None
        head += 1
    limit = min(len(words), head + 3)
    while head < limit:
        for size in (4, 3, 2, 1):
            phrase = " ".join(word.key for word in words[head : head + size])
            for name, kind in _BODY_LISTS:
                if phrase in listed("organisations", name):
                    return _body(words, at, head + size, kind, known)
        if words[head].key not in _BODY_ADJECTIVES:
            return None
        head += 1
    return None


def _body(
    words: tuple[Word, ...], at: int, last: int, kind: ChunkKind, known: Chunk
) -> Chunk | None:
    follows = words[last] if last < len(words) else None
    if follows and follows.capital and _organisation_kind(words, at, last + 1):
        return None  # "Turkish Defense Ministry": the longer name is read elsewhere
    if follows and words[last - 1].capital and follows.key in ("of", "for"):
        return None  # "Turkey’s Presidency of Defense Industries"
    adjective = words[last - 1].key in ("military", "intelligence") and follows is not None
    if adjective and follows and follows.key in listed("organisations", "military_nouns"):
        return None
    return Chunk(at, last, kind, None, known.country)


def _equipment(words: tuple[Word, ...], at: int) -> Chunk | None:
    """Read a designation: letters with digits (F-16, TB2) and the capitals behind it."""
    text = words[at].text
    if not (any(c.isdigit() for c in text) and any(c.isupper() for c in text)):
        return None
    last = at + 1
    while last < len(words) and words[last].capital and not match_name(words, last):
        last += 1
    return Chunk(at, last if last - at <= 4 else at + 1, "thing")


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


def actor_kind(chunk: Chunk) -> ActorKind | None:
    """Return the actor kind of a chunk: states for countries and governments, None for the rest."""
    if chunk.kind in ("country", "demonym", "capital", "government"):
        return "state"
    return cast("ActorKind", chunk.kind) if chunk.is_actor else None
