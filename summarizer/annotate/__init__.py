"""Read each sentence once: sentences -> ``Annotations``.

A spaCy pipeline tells words, names and grammar; the field's own word lists (``language``) join it.
What comes out are facts about words. What they mean for a claim is decided in ``resolve``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from summarizer.annotate.dates import find_dates, with_order
from summarizer.annotate.goods import find_goods
from summarizer.annotate.names import find_names
from summarizer.annotate.parser import parse
from summarizer.annotate.predicates import find_predicates
from summarizer.annotate.speech import find_speech
from summarizer.annotations import Annotations, Entity, Reading, Token
from summarizer.source import Document, Sentence

__all__ = ["annotate"]


def annotate(document: Document, sentences: Sequence[Sentence]) -> Annotations:
    """Return what the words of *sentences* show.

    Raises ModelUnavailable when the parser's weights are missing or not those they should be.
    """
    parsed = zip(sentences, parse(sentences), strict=True)
    readings = with_order([_read(sentence, *words) for sentence, words in parsed], document.url)
    mentions, places = find_names(readings)
    readings = [replace(r, places=places.get(r.sentence.id, ())) for r in readings]
    return Annotations(document, tuple(readings), mentions)


def _read(sentence: Sentence, tokens: tuple[Token, ...], entities: tuple[Entity, ...]) -> Reading:
    """Return the grammar of a sentence and what rests on it alone.

    Predicates, speech and goods are found when somebody asks for them: in two of five sentences
    nobody does, and for goods in six of seven.
    """
    predicates = cache(partial(find_predicates, sentence, tokens))
    grammar = Reading(sentence, tokens, entities, find_predicates=predicates)
    return replace(
        grammar,
        dates=find_dates(grammar),
        find_speech=cache(partial(find_speech, grammar)),
        find_goods=cache(partial(find_goods, grammar)),
    )
