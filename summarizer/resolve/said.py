"""Where and when something is said to be, and by whom: places of a sentence -> brief values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from summarizer.annotations import PlaceMention
from summarizer.brief import Attribution, DateValue, Place
from summarizer.resolve.actors import ActorBook
from summarizer.resolve.attribution import AttributionFound, find_attribution, kind_of_speaker
from summarizer.resolve.citing import Citer
from summarizer.resolve.dates import find_dates, resolve_date
from summarizer.resolve.places import find_place
from summarizer.source import Document, Sentence, Span

_DATELINE = re.compile(
    r"[A-Z][A-Z.,’' ]{2,40}(?:, [A-Z][\w. ]{1,20})?\s?(?:\([^()\n]{1,40}\))?\s?[-–—]\s"
)


def dateline_end(sentence: Sentence) -> int:
    """Return the offset behind "KHARTOUM (Desert News) -", where the sentence itself begins."""
    match = _DATELINE.match(sentence.text)
    return sentence.start + match.end() if match else sentence.start


@dataclass(frozen=True)
class Report:
    """The report that claims are resolved in: its text, its actors, and how to cite it."""

    document: Document
    sentences: tuple[Sentence, ...]
    book: ActorBook
    cite: Citer

    @property
    def published(self) -> date | None:
        """The day of publication, if known."""
        day = self.document.published
        return date.fromisoformat(day) if day else None

    def words(self, span: Span) -> str:
        """Return the words at *span*."""
        return self.document.text[span.start : span.end]

    def dates(self, sentence: Sentence) -> tuple[Span, ...]:
        """Return the date expressions of *sentence*."""
        found = find_dates(sentence.text)
        return tuple(Span(sentence.start + d.start, sentence.start + d.end) for d in found)

    def date(self, span: Span, sentence: Sentence) -> DateValue:
        """Return what the date expression at *span* means."""
        words = self.words(span)
        found = resolve_date(words, published=self.published, context=sentence.text)
        return DateValue(
            text=words,
            edtf=found.edtf,
            precision=found.precision,
            basis=found.basis,
            anchor=found.anchor,
            citations=(self.cite.span(span),),
        )

    def place(self, found: PlaceMention) -> Place:
        """Return *found* with its citation."""
        citation = self.cite.at(found.start, found.end)
        return Place(name=citation.quote, country=found.country, citations=(citation,))

    def place_near(
        self,
        near: int,
        sentence: Sentence,
        *,
        within: Span | None = None,
        outside: Sequence[Span] = (),
    ) -> Place | None:
        """Return where what is told of at *near* happened, if the sentence says."""
        clause = (within.start, within.end) if within else None
        found = find_place(
            self.book.annotations.of(sentence), near=near, within=clause, outside=outside
        )
        return self.place(found) if found else None

    def place_named(self, span: Span, sentence: Sentence) -> Place:
        """Return the place that the words at *span* name."""
        places = self.book.annotations.of(sentence).places
        over = [p for p in places if p.start < span.end and span.start < p.end]
        country = over[0].country if over else None
        return Place(name=self.words(span), country=country, citations=(self.cite.span(span),))

    def speaker(self, sentence: Sentence) -> Span | None:
        """Return who says what *sentence* tells, if it attributes it."""
        return self._found(sentence).speaker

    def _found(self, sentence: Sentence) -> AttributionFound:
        """Return what the sentence attributes, in offsets of the document.

        The dateline before it is no part of a name.
        """
        start = dateline_end(sentence)
        found = find_attribution(sentence.text[start - sentence.start :])
        return replace(
            found,
            speaker=found.speaker and found.speaker.moved(start),
            via=found.via and found.via.moved(start),
            hedges=tuple(hedge.moved(start) for hedge in found.hedges),
        )

    def attribution(self, sentence: Sentence, said_by: Span | None = None) -> Attribution:
        """Return who says what *sentence* tells; *said_by* is whom the model named."""
        found = self._found(sentence)
        speaker = said_by or found.speaker
        via = found.via
        kind = kind_of_speaker(self.words(said_by)) if said_by else found.kind
        meant = self._meant(speaker) if speaker else None
        cited = [span for span in (speaker, meant, via, *found.hedges) if span]
        return Attribution(
            kind=kind,
            speaker=self._name_of(speaker) if speaker else None,
            via=self.words(via) if via else None,
            hedge=tuple(dict.fromkeys(map(self.words, found.hedges))),
            citations=tuple(map(self.cite.span, cited))
            or (self.cite.at(sentence.start, sentence.end),),
        )

    def _meant(self, span: Span) -> Span | None:
        """Return where the one is named whom a pronoun or description at *span* means."""
        if self.book.link(span.start, span.end):
            return None
        actor = self.book.antecedent(span.start, span.end)
        before = [n for n in self.book.named if n.actor == actor and n.end <= span.start]
        return Span(before[-1].start, before[-1].end) if before else None

    def _name_of(self, span: Span) -> str:
        return self.words(self._meant(span) or span)
