"""Find ranks and positions: "Lt. Gen.", "Syrian Defense Minister", "head of the Wagner Group".

A position is a run of words around a head noun; ``people`` decides whom it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from summarizer.resolve.chunks import Chunk
from summarizer.resolve.lexicon import listed, with_plurals
from summarizer.resolve.words import Word, word_set

LONGEST_POSITION = 16
"""Words to either side of the head; a guard against endless lists in hostile text."""

_GENERAL = word_set("director secretary attorney inspector consul governor prosecutor")
_OWNING_KINDS = word_set(
    "country demonym capital government place military government_body armed_group igo company"
    " political_party media other"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A position: words ``first`` to ``last``, its head noun, and whose position it is."""

    first: int
    last: int
    head: int
    plural: bool
    affiliation: Chunk | None
    country: str | None


def find_titles(words: Sequence[Word], chunks: Sequence[Chunk]) -> tuple[Title, ...]:
    """Return the positions named in a sentence, in order, whether or not a person holds them."""
    heads = with_plurals("titles", "heads") | with_plurals("titles", "unnamed")
    starts = {chunk.first: chunk for chunk in chunks}
    ends = {chunk.last: chunk for chunk in chunks}
    covered = {at for chunk in chunks for at in range(chunk.first, chunk.last)}
    singular = listed("titles", "heads") | listed("titles", "unnamed")
    titles: list[Title] = []
    for at, word in enumerate(words):
        if word.key not in heads or at in covered:
            continue
        first = _left(words, at, ends)
        last = _right(words, at, starts)
        previous = titles[-1] if titles else None
        if previous and (first < previous.last or at < previous.last):
            titles.pop()
            if cut := _second_position(words, previous.head, at):
                titles.append(replace(previous, last=cut, affiliation=None, country=None))
                first = max(first, cut + 1)
            else:
                first, last = min(first, previous.first), max(last, previous.last)
        plural = word.key.endswith("s") and word.key not in singular
        owners = [c for c in chunks if first <= c.first and c.last <= last]
        country = next((c.country for c in owners if c.country), None)
        titles.append(Title(first, last, at, plural, _owner(owners), country))
    return tuple(titles)


def _second_position(words: Sequence[Word], head: int, at: int) -> int | None:
    """In "adviser to U.S. President" the preposition parts two persons' positions."""
    if not words[at].capital:
        return None
    return next((i for i in range(head + 1, at) if words[i].key in ("to", "of", "for")), None)


def _left(words: Sequence[Word], head: int, ends: Mapping[int, Chunk]) -> int:
    modifiers, heads = listed("titles", "modifiers"), with_plurals("titles", "heads")
    at = head
    while at > max(0, head - LONGEST_POSITION):
        before = words[at - 1]
        chunk = ends.get(at)
        if chunk and chunk.kind in _OWNING_KINDS:
            at = chunk.first
        elif (
            before.key in modifiers
            or before.key in heads
            or (before.is_possessive and at > 1 and _owns(words, at - 1, ends))
            or (before.key == "and" and at > 1 and _joins(words, at))
        ):
            at -= 1
        else:
            break
    return at


def _owns(words: Sequence[Word], at: int, ends: Mapping[int, Chunk]) -> bool:
    return at in ends or words[at - 1].key in listed("titles", "modifiers")


def _joins(words: Sequence[Word], at: int) -> bool:
    """Tell whether "and" before word *at* joins two heads or two portfolios of one position."""
    left, right = words[at - 2], words[at]
    modifiers, heads = listed("titles", "modifiers"), with_plurals("titles", "heads")
    both = left.key in modifiers and right.key in modifiers
    return (both or left.key in heads) and left.capital == right.capital


def _right(words: Sequence[Word], head: int, starts: Mapping[int, Chunk]) -> int:
    at = head + 1
    if words[head].key in _GENERAL and at < len(words) and words[at].key == "general":
        at += 1
    if at + 1 < len(words) and words[at].key == "in" and words[at + 1].key == "chief":
        at += 2
    if at < len(words) and words[at].key in ("of", "for", "to", "at"):
        behind = _phrase(words, at + 1, starts)
        at = behind or at
    return at


def _phrase(words: Sequence[Word], at: int, starts: Mapping[int, Chunk]) -> int | None:
    """Read what a position is over: "of the General Staff", "for Syria"; None when nothing."""
    modifiers, heads = listed("titles", "modifiers"), with_plurals("titles", "heads")
    limit = min(len(words), at + LONGEST_POSITION)
    end: int | None = None
    while at < limit:
        chunk = starts.get(at)
        if chunk and chunk.kind in _OWNING_KINDS:
            if end is not None and chunk.kind not in ("demonym",) and words[at - 1].key != "the":
                separated = words[at - 1].key in ("of", "for", "and", "at")
                if not separated and words[at - 1].key not in modifiers:
                    break
            if chunk.last < len(words) and words[chunk.last].text == "-":
                break  # the leader of the Iran-backed group
            at = end = chunk.last
        elif (words[at].key in modifiers or words[at].key == "affairs") and not _is_rank(words, at):
            at += 1
            end = at
        elif words[at].key in ("the", "of", "and", "for", "at", "its") or words[at].is_possessive:
            if words[at].key == "and" and at + 1 < limit and words[at + 1].key in heads:
                break
            at += 1
        else:
            break
    return end


def _is_rank(words: Sequence[Word], at: int) -> bool:
    """Gen. is a rank where "general" would be part of the position."""
    behind = words[at + 1].text if at + 1 < len(words) else ""
    return (
        words[at].key in listed("titles", "ranks")
        and (behind == "." or words[at].capital)
        and (words[at].key != "general" or not _followed_by_staff(words, at))
    )


def _followed_by_staff(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].key in ("staff", "assembly", "directorate")


def _owner(inside: Sequence[Chunk]) -> Chunk | None:
    """Prefer an organisation over a country as what the position belongs to."""
    bodies = [c for c in inside if c.is_actor]
    last = bodies or list(inside)
    return last[-1] if last else None


@cache
def rank_words() -> frozenset[str]:
    """Return every word that a rank is made of."""
    return frozenset(word for rank in listed("titles", "ranks") for word in rank.split())


def rank_before(words: Sequence[Word], at: int) -> int | None:
    """Return where the rank or honorific that ends right before word *at* starts, or None."""
    keys: list[str] = []
    best: int | None = None
    back = at
    while back > 0 and len(keys) < 4:
        back -= 1
        if words[back].text == ".":
            continue
        if not words[back].capital and not words[back].key.isalpha():
            break
        keys.insert(0, words[back].key)
        if " ".join(keys) in listed("titles", "ranks") and words[back].capital:
            best = back
    return best
