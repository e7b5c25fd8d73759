"""Take in the actors that a model offered: set each beside the mention that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.annotations import Annotations, Mention, Reading
from summarizer.claims import ActorClaim
from summarizer.language.known import known_name, terms, with_plurals
from summarizer.language.words import fold, key
from summarizer.source import Sentence, Span

MOST_WORDS = 12
"""Words of a name that a model may offer; longer ones are clauses."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A mention, and what the model says it is: nothing where no claim names it."""

    mention: Mention
    claim: ActorClaim | None = None


def offered(
    annotations: Annotations, claims: Sequence[ActorClaim], *, add_found: bool
) -> tuple[Offered, ...]:
    """Return the mentions found with the claims worked in, in order of place.

    With *add_found* a claim has to look like a name, for then the rules judge it.
    """
    found = [Offered(mention) for mention in annotations.mentions]
    for claim in claims:
        reading = _reading(annotations, claim.name)
        if reading is None:
            continue
        at = _named(found, reading, claim.name)
        if at is not None:
            mention = _filled(found[at].mention, claim, reading.sentence, add_found)
            if not add_found and mention.kind != "state":
                mention = _as_named(annotations, mention, claim.name)
            found[at] = Offered(mention, claim)
        elif new := _new(annotations, reading, claim, add_found):
            found.append(Offered(new, claim))
    return tuple(sorted(found, key=lambda o: (o.mention.start, o.mention.end)))


def party(annotations: Annotations, found: Sequence[Offered], span: Span) -> int | None:
    """Return which of *found* the words of a party name, if they name one of a known kind."""
    reading = _reading(annotations, span)
    at = None if reading is None else _named(found, reading, span)
    return None if at is None or found[at].mention.kind is None else at


def _reading(annotations: Annotations, span: Span) -> Reading | None:
    return next(
        (
            r
            for r in annotations.readings
            if r.sentence.start <= span.start and span.end <= r.sentence.end
        ),
        None,
    )


def _named(found: Sequence[Offered], reading: Reading, span: Span) -> int | None:
    """Return the mention that the claim's words name: it covers them, or their main word."""
    head = reading.head_of(span)
    over = [
        at
        for at, o in enumerate(found)
        if o.mention.start < span.end and span.start < o.mention.end
    ]
    fits = [at for at in over if _is_same(found[at].mention, span, head.start if head else -1)]
    return max(fits, key=lambda at: _shared(found[at].mention, span), default=None)


def _is_same(mention: Mention, span: Span, head: int) -> bool:
    within = mention.start <= span.start and span.end <= mention.end
    most = 2 * _shared(mention, span)[0] > span.end - span.start
    return (
        within
        or (mention.start <= head < mention.end and mention.form != "demonym")
        or (most and mention.end >= span.end)
    )


def _shared(mention: Mention, span: Span) -> tuple[int, bool, int]:
    overlap = min(mention.end, span.end) - max(mention.start, span.start)
    return overlap, mention.kind == "person", mention.start - mention.end


def _filled(mention: Mention, claim: ActorClaim, sentence: Sentence, add_found: bool) -> Mention:
    """The model's word stands, and the parse fills what it left open; a small one fills instead."""
    several = mention.form == "unnamed" and claim.kind != "person"
    if mention.kind != "person" or several:
        return replace(mention, kind=mention.kind or claim.kind)
    position, affiliation = (
        _inside(given, sentence) for given in (claim.position, claim.affiliation)
    )
    if add_found:
        position, affiliation = mention.position or position, mention.affiliation or affiliation
    return replace(
        mention,
        position=position or mention.position,
        affiliation=affiliation or mention.affiliation,
    )


def _as_named(annotations: Annotations, mention: Mention, span: Span) -> Mention:
    """Return the mention with the model's bounds of the name, where one holds the other."""
    within = mention.start <= span.start and span.end < mention.end
    if not (within or (span.start <= mention.start and mention.end <= span.end)):
        return mention
    return replace(mention, start=span.start, end=span.end, text=annotations.words(span))


def _inside(span: Span | None, sentence: Sentence) -> Span | None:
    """Return *span* if it lies in the sentence of the mention that it is said of."""
    if span is None:
        return None
    return span if sentence.start <= span.start and span.end <= sentence.end else None


def _new(
    annotations: Annotations, reading: Reading, claim: ActorClaim, add_found: bool
) -> Mention | None:
    text = annotations.words(claim.name)
    proper = any(token.pos == "PROPN" for token in reading.at(claim.name))
    if reading.sentence.kind == "boilerplate" or (add_found and not (proper and is_name(text))):
        return None
    person = claim.kind == "person"
    known = known_name(text)
    return Mention(
        reading.sentence.id,
        claim.name.start,
        claim.name.end,
        text,
        claim.kind,
        form="unnamed" if person and text[:1].islower() else "name",
        country=known.country if known else None,
        position=_inside(claim.position, reading.sentence) if person else None,
        affiliation=_inside(claim.affiliation, reading.sentence) if person else None,
    )


def is_name(text: str) -> bool:
    """Tell whether words can name an actor: capitals, and no date, thing, place or plain noun."""
    words = text.split()
    if not words or len(key(text)) > MOST_WORDS:
        return False
    if all(_is_plain(word) for word in words):
        return False
    known = known_name(text)
    return known is None or known.kind not in ("thing", "date", "place")


def _is_plain(word: str) -> bool:
    plain = not word[0].isupper() or any(map(str.isdigit, word))
    dated = fold(word) in terms("never", "months") or fold(word) in terms("never", "weekdays")
    return plain or dated or fold(word) in with_plurals("titles", "heads")
