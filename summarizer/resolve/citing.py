"""Cite places of a document: offsets -> citations with their sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from summarizer.brief import Citation
from summarizer.source import Document, Match, Sentence, Span, page_at, page_ends


class Citer:
    """Makes citations of one document; each quote is the document's own slice."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._text = document.text
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._page_ends = page_ends(document.text)
        self._made: dict[tuple[int, int, Match], Citation] = {}

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that *offset* lies in."""
        return self._sentences[max(0, bisect_right(self._starts, offset) - 1)]

    def words(self, span: Span) -> str:
        """Return the words at *span*."""
        return self._text[span.start : span.end]

    def at(self, start: int, end: int, match: Match = "exact") -> Citation:
        """Return the citation of ``text[start:end]``; records that cite one place share it."""
        key = start, end, match
        if key not in self._made:
            self._made[key] = Citation(
                sentence=self.sentence_at(start).id,
                start=start,
                end=end,
                quote=self._text[start:end],
                match=match,
                page=page_at(self._page_ends, start),
            )
        return self._made[key]

    def span(self, span: Span) -> Citation:
        """Return the citation of *span*."""
        return self.at(span.start, span.end, span.match)

    def whole(self, sentences: Iterable[Sentence]) -> tuple[Citation, ...]:
        """Return a citation of each of *sentences*, in order."""
        return tuple(self.at(s.start, s.end) for s in sorted(set(sentences), key=lambda s: s.id))
