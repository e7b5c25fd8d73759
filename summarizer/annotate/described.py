"""Find who acts without a name, by the words that tell who it is: "engineers from Norland".

A common noun for people or a body, with whose or of what kind they are. Whoever is only counted,
or meant as "the group" or "their forces", is told elsewhere and is nobody of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.annotate.lines import Chunk, Line
from summarizer.annotations import Token
from summarizer.language.known import terms

LONGEST_DESCRIPTION = 12
"""Tokens; what goes on longer is a clause."""
_KINDS = ("person", "military", "armed_group", "government_body", "other")
_BEFORE = ("amod", "compound", "nmod", "nummod", "poss")
_WITHIN = ("compound", "nmod", "amod", "poss")
_STATES = ("country", "demonym", "capital")


@dataclass(frozen=True, slots=True)
class Described:
    """Tokens ``first`` to ``last`` tell who it is; ``acts`` that the sentence has them do it."""

    first: int
    last: int
    kind: str
    owner: Chunk | None
    acts: bool


def find_described(
    line: Line, chunks: Sequence[Chunk], names: Sequence[range], offices: Sequence[range]
) -> Iterator[Described]:
    """Yield who is described outside the *names* and the *offices* of named persons."""
    taken = {at for words in (*names, *offices) for at in words}
    for head in line.tokens:
        kind = _kind(line, head)
        if kind is None or head.number in taken or head.dep in _WITHIN:
            continue
        first, last = _phrase(line, head)
        inside = [c for c in chunks if first <= c.first and c.last <= last]
        if last - first > LONGEST_DESCRIPTION or not _is_told(line, head, first, last, inside):
            continue
        owner = next((c for c in inside if c.country), None)
        yield Described(first, last, kind, owner, _acts(line, head, names))


@cache
def _kinds() -> dict[str, str]:
    return {noun: kind for kind in _KINDS for noun in terms("described", kind)}


def _kind(line: Line, head: Token) -> str | None:
    at = head.number
    if head.pos != "NOUN" or line.capital(at):
        return None
    return _kinds().get(head.lemma) or _kinds().get(line.key(at))


def _phrase(line: Line, head: Token) -> tuple[int, int]:
    """Return the words before *head* that say which, without an article, and "of X" behind it."""
    first = head.number
    parts = {head.number}
    for child in line.reading.children(head.number):
        if child.number < head.number and child.dep in _BEFORE:
            parts |= {t.number for t in line.below(child.number)}
    while first - 1 in parts or line.hyphen(first - 1):
        first -= 1
    last = head.number + 1
    told = bool(_telling(line, first, head.number))
    if (complement := _complement(line, head, told)) is not None:
        below = {t.number for t in line.below(complement.number)}
        while last in below and line.tokens[last].dep not in ("relcl", "acl", "punct"):
            last += 1
    return first, last


def _complement(line: Line, head: Token, told: bool) -> Token | None:
    """Return the preposition right behind *head* that says whose or of what they are.

    Where the words before have *told* it, only one with a name: "partners of the Alliance".
    """
    at = head.number + 1
    behind = line.tokens[at] if at < len(line) else None
    if behind is None or behind.dep != "prep":
        return None
    bound = f"{head.lemma} {line.key(at)}" in terms("described", "bound")
    if behind.head != head.number and not bound:
        return None
    if told:
        named = any(t.pos == "PROPN" for t in line.below(behind.number))
        return behind if named and line.key(at) == "of" else None
    return behind if line.key(at) in terms("described", "prepositions") else None


def _is_told(line: Line, head: Token, first: int, last: int, inside: Sequence[Chunk]) -> bool:
    """Tell whether the words say who it is, as a name would."""
    states = {c.country for c in inside if c.kind in _STATES}
    if len(states) > 1:
        return False  # the governments of X and Y: they are named
    before = line.tokens[first : head.number]
    article = line.key(first - 1)
    own = any((t.dep == "poss" and t.pos == "PRON") or t.tag == "JJS" for t in before)
    if own or article in terms("described", "pointing"):
        return False
    if states and line.key(head.number) in terms("organisations", "state_deeds"):
        return False  # their state acts
    if any(c.kind in ("armed_group", "media") and c.last <= head.number for c in inside):
        return _kind(line, head) == "person"  # the X rebels, the X news agency: X
    if last > head.number + 1 or inside:
        return True
    if any(line.key(t.number) in terms("described", "counting") for t in before):
        return False
    if any(t.pos == "NUM" for t in before):
        return head.lemma in terms("described", "related") and article != "the"
    return bool(_telling(line, first, head.number)) and article != "the"


def _telling(line: Line, first: int, last: int) -> list[Token]:
    """Return the words of tokens *first* to *last* that tell who somebody is."""
    words = (t for t in line.tokens[first:last] if t.text.isalpha() and t.pos != "NUM")
    return [t for t in words if line.key(t.number) not in terms("described", "vague")]


def _acts(line: Line, head: Token, names: Sequence[range]) -> bool:
    """Tell whether they do something, do it with somebody, or stand in a list with a name."""
    lead = line.lead(head)
    above = line.tokens[lead.head]
    if lead.number != head.number and any(lead.number in name for name in names):
        return True
    if lead.dep == "nsubj":
        return above.pos == "VERB" or any(
            t.dep == "xcomp" for t in line.reading.children(above.number)
        )
    if lead.dep != "pobj":
        return False
    by = above.dep == "agent" or above.lemma == "by"
    return by or (above.lemma == "with" and line.tokens[above.head].pos in ("VERB", "ADV"))
