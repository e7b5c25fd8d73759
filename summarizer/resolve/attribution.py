"""Who says it, as a record: the model's words or the parse's, with citations."""

from __future__ import annotations

from summarizer.annotations import Reading, Speech
from summarizer.brief import Attribution, AttributionKind
from summarizer.resolve.actors import ActorBook
from summarizer.resolve.citing import Citer
from summarizer.source import Span
from summarizer.speakers import is_pronoun, kind_of_speaker


def attribution(
    reading: Reading, said_by: Span | None, book: ActorBook, cite: Citer
) -> Attribution:
    """Return who says what a sentence tells; *said_by* is whom the model named, which stands."""
    speech = reading.speech
    speaker = said_by or speech.speaker
    meant = _meant(speaker, book) if speaker else None
    via = None if said_by and _overlap(said_by, speech.via) else speech.via
    cited = [span for span in (speaker, meant, via, *speech.hedges) if span]
    name = meant or speaker
    return Attribution(
        kind=_kind(speech, speaker, meant, cite) if speaker else "own_voice",
        speaker=cite.words(name) if name else None,
        via=cite.words(via) if via else None,
        hedge=tuple(dict.fromkeys(cite.words(hedge) for hedge in speech.hedges)),
        citations=tuple(map(cite.span, cited))
        or (cite.at(reading.sentence.start, reading.sentence.end),),
    )


def _kind(speech: Speech, speaker: Span, meant: Span | None, cite: Citer) -> AttributionKind:
    if meant and is_pronoun(cite.words(speaker)):
        return kind_of_speaker(cite.words(meant))
    if _overlap(speaker, speech.speaker):
        return speech.kind  # the parse has the whole name, the model perhaps a part
    return kind_of_speaker(cite.words(speaker))


def _meant(span: Span, book: ActorBook) -> Span | None:
    """Return where the one is named whom a pronoun or description at *span* means."""
    if book.link(span.start, span.end):
        return None
    actor = book.antecedent(span.start, span.end)
    before = [n for n in book.named if n.actor == actor and n.end <= span.start]
    return Span(before[-1].start, before[-1].end) if before else None


def _overlap(one: Span, other: Span | None) -> bool:
    return other is not None and one.start < other.end and other.start < one.end
