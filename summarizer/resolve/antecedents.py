"""Find whom "he", "the group" or "the ministry" means, where only one actor fits.

The nearest sentence that names a fitting actor decides, the same one first (what stands before).
Of several in it, the one that speaks or acts is meant; if that leaves two, nobody is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from summarizer.brief import ActorKind
from summarizer.language.known import terms, with_plurals
from summarizer.language.words import key

REACH = 3
"""Sentences back that a pronoun or description may refer to; further back it is a guess."""
_KINDS = ("armed_group", "military", "company", "media", "igo", "state", "political_party")


@dataclass(frozen=True, slots=True)
class Named:
    """A mention as placed: where, of whom, and what the text calls the person's position."""

    sentence: int
    start: int
    end: int
    actor: str
    kind: ActorKind
    subject: bool
    naming: bool
    text: str
    position: str


def antecedent(text: str, sentence: int, start: int, named: Sequence[Named]) -> str | None:
    """Return the actor that the description *text* at *start* means, or None when unclear."""
    fits = _fitting(text)
    if fits is None:
        return None
    before = [n for n in named if n.end <= start and n.naming and sentence - n.sentence <= REACH]
    candidates = [n for n in before if fits(n)]
    if not candidates:
        return None
    nearest = [n for n in candidates if n.sentence == candidates[-1].sentence]
    actors = {n.actor for n in nearest}
    if len(actors) > 1:
        actors = {n.actor for n in nearest if n.subject}
    return actors.pop() if len(actors) == 1 else None


def _fitting(text: str) -> Callable[[Named], bool] | None:
    words = key(text)
    if len(words) == 1 and words[0] in terms("antecedents", "personal"):
        return lambda n: n.kind == "person"
    if len(words) > 1 and words[0] not in ("the", "this", "that", "its", "their"):
        return None
    return _by_head(words[-1]) if words and words != ("the",) else None


def _by_head(head: str) -> Callable[[Named], bool] | None:
    if head in terms("antecedents", "body"):
        return lambda n: n.kind in ("government_body", "igo") and head in n.text
    for kind in _KINDS:
        if head in terms("antecedents", kind):
            return lambda n: n.kind == cast("ActorKind", kind)
    if head in terms("titles", "heads") or head in terms("titles", "ranks"):
        return lambda n: n.kind == "person" and head in n.position
    return None


def is_plural(text: str) -> bool:
    """Tell whether a description means several: the two countries, both ministers, they."""
    words = key(text)
    return any(word in terms("antecedents", "several") for word in words) or (
        bool(words) and words[-1] in with_plurals("titles", "heads") and words[-1].endswith("s")
    )
