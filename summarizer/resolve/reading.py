"""Read a sentence: its words, and what in them may name an actor or a position."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.resolve.chunks import Chunk
from summarizer.resolve.countries import single_words
from summarizer.resolve.people import Run, find_runs
from summarizer.resolve.scan import find_chunks
from summarizer.resolve.titles import Title, find_titles
from summarizer.resolve.words import Word, split_words
from summarizer.source import Sentence, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence cut into words, named chunks, positions and runs that may be persons."""

    sentence: Sentence
    words: tuple[Word, ...]
    chunks: tuple[Chunk, ...]
    titles: tuple[Title, ...]
    runs: tuple[Run, ...]

    def text(self, first: int, last: int) -> str:
        """Return the source's slice from word *first* to word *last*."""
        offset = self.sentence.start
        return self.sentence.text[
            self.words[first].start - offset : self.words[last - 1].end - offset
        ]

    def span(self, first: int, last: int) -> Span:
        """Return the offsets of words *first* to *last*."""
        return Span(self.words[first].start, self.words[last - 1].end)


def read_sentence(sentence: Sentence) -> Reading:
    """Cut *sentence* into what may name someone."""
    words = split_words(sentence.text, sentence.start, single_words())
    chunks = find_chunks(words, heading=sentence.kind == "heading")
    titles = find_titles(words, chunks)
    return Reading(sentence, words, chunks, titles, find_runs(words, chunks, titles))
