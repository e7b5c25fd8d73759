"""Take in the actors that a model offered: add what no rule found, fill what a rule left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarizer.claims import ActorClaim
from summarizer.resolve.chunks import is_common
from summarizer.resolve.lexicon import match_name, with_plurals
from summarizer.resolve.mentions import Mention
from summarizer.resolve.words import Word, split_words
from summarizer.source import Document, Sentence, Span

MOST_WORDS = 10
"""Words of a name that a model may offer; longer ones are clauses."""


def claimed_mentions(
    document: Document,
    sentences: Sequence[Sentence],
    found: Sequence[Mention],
    claims: Sequence[ActorClaim],
) -> list[Mention]:
    """Return the mentions found with the claims worked in, in order of place."""
    mentions = list(found)
    by_id = {sentence.id: sentence for sentence in sentences}
    for claim in claims:
        over = [
            at
            for at, m in enumerate(mentions)
            if m.start < claim.name.end and claim.name.start < m.end
        ]
        if over:
            best = max(over, key=lambda at: _shared(mentions[at], claim.name))
            sentence = by_id.get(mentions[best].sentence)
            mentions[best] = _filled(mentions[best], claim, sentence)
        elif new := _new(document, sentences, claim):
            mentions.append(new)
    return sorted(mentions, key=lambda m: (m.start, m.end))


def _shared(mention: Mention, span: Span) -> tuple[int, bool]:
    overlap = min(mention.end, span.end) - max(mention.start, span.start)
    return overlap, mention.kind == "person"


def _filled(mention: Mention, claim: ActorClaim, sentence: Sentence | None) -> Mention:
    """A rule's finding stands; the model's word counts where the rules are silent."""
    if mention.kind != "person":
        return replace(mention, kind=mention.kind or claim.kind)
    return replace(
        mention,
        position=mention.position or _inside(claim.position, sentence),
        affiliation=mention.affiliation or _inside(claim.affiliation, sentence),
    )


def _inside(span: Span | None, sentence: Sentence | None) -> Span | None:
    """Return *span* if it lies in the sentence of the mention that it is said of."""
    if span is None or sentence is None:
        return None
    return span if sentence.start <= span.start and span.end <= sentence.end else None


def _new(document: Document, sentences: Sequence[Sentence], claim: ActorClaim) -> Mention | None:
    text = document.text[claim.name.start : claim.name.end]
    sentence = next(
        (s for s in sentences if s.start <= claim.name.start and claim.name.end <= s.end), None
    )
    if sentence is None or sentence.kind == "boilerplate" or not is_name(text):
        return None
    return Mention(
        sentence.id,
        claim.name.start,
        claim.name.end,
        text,
        claim.kind,
        position=claim.position if claim.kind == "person" else None,
        affiliation=claim.affiliation if claim.kind == "person" else None,
    )


def is_name(text: str) -> bool:
    """Tell whether words can name an actor: capitals, and no date, thing, place or plain noun."""
    words = split_words(text)
    if not words or len(words) > MOST_WORDS:
        return False
    if all(not word.capital or _is_plain(word) for word in words):
        return False
    known = match_name(words, 0)
    return not (known and known[0] == len(words) and known[1].kind in ("thing", "date", "place"))


def _is_plain(word: Word) -> bool:
    digits = any(map(str.isdigit, word.text))
    return digits or is_common(word) or word.key in with_plurals("titles", "heads")
