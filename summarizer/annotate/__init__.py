"""Read each sentence once: sentences -> ``Annotations``.

A spaCy pipeline tells words, names and grammar; the field's own word lists (``language``) join it.
What comes out are facts about words. What they mean for a claim is decided in ``resolve``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarizer.annotate.names import find_names
from summarizer.annotate.parser import parse
from summarizer.annotate.predicates import find_predicates
from summarizer.annotations import Annotations, Reading
from summarizer.source import Document, Sentence

__all__ = ["annotate"]


def annotate(document: Document, sentences: Sequence[Sentence]) -> Annotations:
    """Return what the words of *sentences* show.

    Raises ModelUnavailable when the parser's weights are missing or not those they should be.
    """
    parsed = parse(sentences)
    readings = [
        Reading(sentence, tokens, entities, find_predicates(sentence, tokens))
        for sentence, (tokens, entities) in zip(sentences, parsed, strict=True)
    ]
    mentions, places = find_names(readings)
    readings = [replace(r, places=places.get(r.sentence.id, ())) for r in readings]
    return Annotations(document, tuple(readings), mentions)
