"""One sentence read, for tests of what its words show."""

from __future__ import annotations

from functools import cache

from summarizer.annotate import annotate
from summarizer.annotations import Reading
from summarizer.source import Document, Sentence, Span


@cache
def read(text: str) -> Reading:
    """Return *text* read as one sentence."""
    return annotate(Document(text), [Sentence(1, 0, len(text), text)]).readings[0]


def words_at(text: str, spans: list[Span]) -> list[str]:
    """Return the words of *text* at *spans*."""
    return [text[span.start : span.end] for span in spans]


def span_of(words: str, text: str) -> Span:
    """Return where *words* stand in *text*."""
    start = text.index(words)
    return Span(start, start + len(words))
