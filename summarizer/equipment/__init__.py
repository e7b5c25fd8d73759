"""Words for military goods: what they name, by the lexicon, and how many there are."""

from __future__ import annotations

from summarizer.equipment.amounts import (
    Quantity,
    article_before,
    behind_item,
    is_size,
    is_unit,
    quantity,
)
from summarizer.equipment.words import Classified, Word, WordMention, classify, find_words

__all__ = [
    "Classified",
    "Quantity",
    "Word",
    "WordMention",
    "article_before",
    "behind_item",
    "classify",
    "find_words",
    "is_size",
    "is_unit",
    "quantity",
]
