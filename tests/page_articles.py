"""Articles to make pages of: the corpus with its gold briefs, and any text at all."""

from __future__ import annotations

from functools import cache

from conftest import FOLDERS
from gold_briefs import brief_from_gold
from sample_briefs import sample_brief

from summarizer.evaluate.gold import read_gold
from summarizer.page import Article
from summarizer.read import read
from summarizer.source import Document


@cache
def gold_articles() -> tuple[Article, ...]:
    """Return the five articles of the corpus with the briefs that a perfect reader would write."""
    made = []
    for path in sorted(FOLDERS["corpus"].glob("*.txt")):
        text = read(path).text
        brief = brief_from_gold(text, read_gold(path.with_suffix(".gold.json"), text))
        info = brief.document.model_copy(update={"id": path.stem})
        made.append(Article(brief.model_copy(update={"document": info}), text))
    return tuple(made)


def of_text(text: str, **about: str) -> Article:
    """Return an article whose brief has nothing in it but what is known about the text."""
    brief = sample_brief()
    known = {"sha256": Document(text).sha256, "characters": len(text), **about}
    info = brief.document.model_copy(update=known)
    empty = {"summary": (), "actors": (), "events": (), "pledges": (), "rejections": ()}
    return Article(brief.model_copy(update={"document": info, "warnings": (), **empty}), text)
