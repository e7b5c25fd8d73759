"""Find whom "he", "the group" or "the ministry" means, where only one actor fits.

The nearest sentence that names a fitting actor decides, the same one first (what stands before).
Of several in it, the one that speaks or acts is meant; if that leaves two, nobody is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarizer.brief import ActorKind
from summarizer.resolve.lexicon import listed, with_plurals
from summarizer.resolve.words import split_words, word_set

REACH = 3
"""Sentences back that a pronoun or description may refer to; further back it is a guess."""


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


_PERSONAL = word_set("he him his she her hers himself herself")
_GROUP = word_set("group militia organisation organization faction militants movement rebels")
_GROUP |= {"insurgents", "militias", "cartel", "fighters", "guerrillas", "junta"}
_ARMY = word_set("army military navy forces command")
_FIRM = word_set("company firm manufacturer shipyard contractor producer maker")
_MEDIA = word_set("newspaper outlet broadcaster agency channel daily website network")
_BODY = word_set("ministry department agency parliament congress presidency commission")


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
    words = [word.key for word in split_words(text) if word.key[:1].isalpha()]
    if len(words) == 1 and words[0] in _PERSONAL:
        return lambda n: n.kind == "person"
    if not words or words[0] not in ("the", "this", "that", "its", "their"):
        if len(words) != 1:
            return None
    elif len(words) > 1:
        words = words[1:]
    else:
        return None
    return _by_head(words[-1])


def _by_head(head: str) -> Callable[[Named], bool] | None:
    if head in _GROUP:
        return lambda n: n.kind == "armed_group"
    if head in _BODY:
        return lambda n: n.kind in ("government_body", "igo") and head in n.text
    if head in _ARMY:
        return lambda n: n.kind == "military"
    if head in _FIRM:
        return lambda n: n.kind == "company"
    if head in _MEDIA:
        return lambda n: n.kind == "media"
    if head in ("alliance", "bloc", "union"):
        return lambda n: n.kind == "igo"
    if head in ("country", "nation", "kingdom", "republic", "government"):
        return lambda n: n.kind == "state"
    if head == "party":
        return lambda n: n.kind == "political_party"
    if head in listed("titles", "heads") or head in listed("titles", "ranks"):
        return lambda n: n.kind == "person" and head in n.position
    return None


def is_plural(text: str) -> bool:
    """Tell whether a description means several: the two countries, both ministers, they."""
    words = [word.key for word in split_words(text) if word.key[:1].isalnum()]
    several = {"they", "them", "their", "both", "two", "three", "sides", "countries", "parties"}
    return bool(several.intersection(words)) or (
        bool(words) and words[-1] in with_plurals("titles", "heads") and words[-1].endswith("s")
    )
