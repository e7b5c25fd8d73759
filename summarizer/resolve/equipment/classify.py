"""The words of one item -> its category, its UN Register class, and whether it is equipment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.brief import ItemCategory, Unroca
from summarizer.resolve.equipment.lexicon import WordMention, find_words, tokens_of


@dataclass(frozen=True, slots=True)
class Classified:
    """The codes of an item; without a known word it is ``other`` and counts as equipment."""

    category: ItemCategory
    unroca: Unroca
    is_equipment: bool
    known: bool


# The head of an item stands before these; of "a battery of Patriots" behind "of".
_END_OF_HEAD = re.compile(
    r"\b(?:for|with|including|such as|from|against|that|which|who|in|at|on|by|worth|under|plus|to)"
    r"\b|[(,;:–—]"
)
_OF = re.compile(r"\bof\b")
_UNKNOWN = Classified("other", "undetermined", is_equipment=True, known=False)
_NO_EQUIPMENT = Classified("training_services", "none", is_equipment=False, known=True)


def classify(text: str) -> Classified:
    """Code the item that *text* names.

    A model decides over a common noun ("Patriot missiles" are air defence), a noun such as
    "shells" or "spare parts" over both. Training, money, advice and agreements are no equipment.
    """
    for part in _heads(text):
        if decided := _decide(find_words(tokens_of(part))):
            return decided
    return _UNKNOWN


def _heads(text: str) -> tuple[str, ...]:
    """Give the stretches of *text* that may hold the head, the likeliest first."""
    end = _END_OF_HEAD.search(text)
    head = text[: end.start()] if end and end.start() > 0 else text
    of = _OF.search(head)
    if of is None:
        return (head, text)
    return (head[of.end() :], head[: of.start()], text)


def _decide(found: tuple[WordMention, ...]) -> Classified | None:
    words = [mention.word for mention in found if mention.word.kind != "no"]
    if not words:
        return None
    last = words[-1]
    models = [word for word in words if word.kind == "model"]
    decisive = last
    if models and last.kind not in ("head", "service"):
        rockets = models[0].category == "artillery" and last.category == "missile_rocket"
        decisive = last if rockets else models[0]
    if decisive.kind == "service":
        return _NO_EQUIPMENT
    return Classified(decisive.category, decisive.unroca, is_equipment=True, known=True)
