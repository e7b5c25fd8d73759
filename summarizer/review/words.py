"""The words of one report that decisions cite: checked, and read by the parsers when needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from summarizer.annotate import annotate
from summarizer.annotations import Annotations
from summarizer.brief import DocumentInfo
from summarizer.errors import InputError
from summarizer.resolve.citing import Citer
from summarizer.review.decisions import Worth
from summarizer.review.record import Kind, Spans
from summarizer.review.values import derive
from summarizer.segment import segment
from summarizer.source import Document, Sentence, Span


class Words:
    """A report's text, as the brief about it tells that it was read."""

    def __init__(self, text: str, info: DocumentInfo) -> None:
        self.document = Document(
            text, id=info.id, language=info.language, published=_day(info.published)
        )

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences of the text."""
        return segment(self.document)

    @cached_property
    def annotations(self) -> Annotations:
        """What the parsers read; it takes seconds, and many decisions never need it."""
        return annotate(self.document, self.sentences)

    @cached_property
    def citer(self) -> Citer:
        """What makes citations of the text."""
        return Citer(self.document, self.sentences)

    def sentence_at(self, offset: int) -> int:
        """Return the id of the sentence that *offset* lies in; of a text without any, 1."""
        return self.citer.sentence_at(offset).id if self.sentences else 1

    def places(self, worth: Worth, *, exactly: bool) -> tuple[Span, ...]:
        """Return the places that *worth* cites, without white space around them.

        Raises:
            InputError: a place is not in the text, or there is nothing but white space; the words
                written down with it are others, or with *exactly* missing.
        """
        text = self.document.text
        if worth.words or exactly:
            words = tuple(text[start:end] for start, end in worth.cite)
            if words != worth.words:
                raise InputError("the words written down are not those of the text")
        found = [trimmed(place, text) for place in worth.cite]
        if None in found:
            raise InputError("a place is not in the text, or has no words")
        return tuple(Span(*place) for place in found if place)

    def derived(self, kind: Kind, field: str, spans: Sequence[Span]) -> dict[str, Any]:
        """Return the value that the first of *spans* comes to, citing all of them."""
        made = derive(kind, field, spans[0], self.document, self.annotations)
        cited = {(one["start"], one["end"]) for one in made["citations"]}
        more = (span for span in spans[1:] if (span.start, span.end) not in cited)
        own = [self.citer.span(span).model_dump(mode="json") for span in more]
        return {**made, "citations": [*made["citations"], *own]}


def trimmed(place: tuple[int, int], text: str) -> tuple[int, int] | None:
    """Return *place* without white space around its words; None where it has none."""
    start, end = place
    words = text[start:end]
    if end > len(text) or not words.strip():
        return None
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _day(published: str | None) -> str | None:
    """Return the day of publication if it is one: a brief may come from another program."""
    try:
        return date.fromisoformat(published).isoformat() if published else None
    except ValueError:
        return None


def overlap(one: Spans, other: Spans) -> bool:
    """Tell whether any place of *one* shares a character with any of *other*."""
    return any(a < d and c < b for a, b in one for c, d in other)
