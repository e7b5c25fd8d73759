"""Cut a document into sentences with exact offsets, and sentences into windows for the model.

Lines come first, since a heading has no full stop; then sentencex (of six splitters compared the
one without a false cut on news lines); then what it cuts behind an abbreviation is joined again.
Every character that is not white space ends up in exactly one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.segment.boundaries import MAX_SENTENCE, apart, paragraphs, sentences_of
from summarizer.segment.kinds import kind_of, kinds_of
from summarizer.source import Document, Sentence, Window

__all__ = ["MAX_SENTENCE", "segment", "windows"]


def segment(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of *document* in order, with ids from 1.

    A line without end punctuation is a heading, unless it stands in a list or ends the report. What
    is not part of it (adverts, notices, by-lines, repeated lines) is kept, as ``boilerplate``.
    """
    text = document.text
    places = paragraphs(text)
    kinds = kinds_of([text[start:end] for start, end in places], apart(text, places))
    sentences: list[Sentence] = []
    for place, kind in zip(places, kinds, strict=True):
        for start, end in sentences_of(text, place, document.language or "en"):
            words = text[start:end]
            own_kind = kind_of(words) if kind == "body" else kind
            sentences.append(Sentence(len(sentences) + 1, start, end, words, own_kind))
    return tuple(sentences)


def windows(
    document: Document, sentences: Iterable[Sentence], *, size: int, max_characters: int
) -> tuple[Window, ...]:
    """Return runs of at most *size* consecutive sentences and *max_characters* characters.

    Boilerplate is in no window, and none spans it. One sentence alone may exceed the limit.
    """
    runs: list[list[Sentence]] = []
    follows = False
    for sentence in sentences:
        if sentence.kind == "boilerplate":
            follows = False
        elif (
            follows and len(runs[-1]) < size and sentence.end - runs[-1][0].start <= max_characters
        ):
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
            follows = True
    return tuple(Window(document, tuple(run)) for run in runs)
