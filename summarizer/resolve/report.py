"""The report that claims are resolved in: its text, annotations and actors, and how to cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.annotations import Annotations, Predicate, Reading
from summarizer.brief import Actor, Attribution, Cited, DateValue, Place
from summarizer.language.known import terms
from summarizer.profile import Profile
from summarizer.resolve.actors import ActorBook
from summarizer.resolve.attribution import attribution
from summarizer.resolve.citing import Citer
from summarizer.resolve.dates import date_at, resolve_date
from summarizer.source import Document, Sentence, Span
from summarizer.speakers import is_pronoun


@dataclass(frozen=True)
class Report:
    """What resolving one claim needs to know of the report around it."""

    annotations: Annotations
    book: ActorBook
    cite: Citer
    profile: Profile

    @property
    def document(self) -> Document:
        """The document."""
        return self.annotations.document

    @property
    def published(self) -> date | None:
        """The day of publication, if known."""
        day = self.document.published
        return date.fromisoformat(day) if day else None

    def words(self, span: Span) -> str:
        """Return the words at *span*."""
        return self.document.text[span.start : span.end]

    def reading(self, span: Span) -> Reading:
        """Return the reading of the sentence that *span* begins in."""
        return self.annotations.of(self.cite.sentence_at(span.start))

    def actor(self, identifier: str | None) -> Actor | None:
        """Return the actor with this id."""
        return self.book.by_id.get(identifier) if identifier else None

    def link(self, span: Span) -> str | None:
        """Return the id of the actor that *span* names or, as a pronoun or description, means."""
        return self.book.link(span.start, span.end) or self.book.antecedent(span.start, span.end)

    def naming(self, span: Span) -> tuple[Span, ...]:
        """Return *span*; before a pronoun the place where the one is named whom it means."""
        if not is_pronoun(self.words(span)):
            return (span,)
        actor = self.link(span)
        before = [n for n in self.book.named if n.actor == actor and n.naming]
        before = [n for n in before if n.end <= span.start]
        return (Span(before[-1].start, before[-1].end), span) if before else (span,)

    def cited(self, span: Span) -> Cited:
        """Return the words at *span* as a value with its citation."""
        return Cited(value=self.words(span), citations=(self.cite.span(span),))

    def dates(self, sentence: Sentence) -> tuple[Span, ...]:
        """Return the date expressions of *sentence*."""
        return tuple(found.span for found in self.annotations.of(sentence).dates)

    def date(self, span: Span) -> DateValue:
        """Return what the date expression at *span* means."""
        words = self.words(span)
        found = resolve_date(date_at(span, self.reading(span)), published=self.published)
        return DateValue(
            text=words,
            edtf=found.edtf,
            precision=found.precision,
            basis=found.basis,
            anchor=found.anchor,
            citations=(self.cite.span(span),),
        )

    def date_of(self, anchors: Sequence[Predicate], sentence: Sentence) -> Span | None:
        """Return the one date that hangs on one of *anchors* and on nothing between."""
        reading = self.annotations.of(sentence)
        heads = {anchor.head for anchor in anchors}
        found = [
            d
            for d in self.dates(sentence)
            if reading.says_when(d, heads) and reading.hangs_on(d, heads)
        ]
        return found[0] if len(found) == 1 else None

    def place(self, span: Span) -> Place:
        """Return the place that the words at *span* name."""
        country = next(
            (
                place.country
                for place in self.reading(span).places
                if place.start < span.end and span.start < place.end
            ),
            None,
        )
        return Place(name=self.words(span), country=country, citations=(self.cite.span(span),))

    def place_of(self, anchors: Sequence[Predicate], sentence: Sentence) -> Span | None:
        """Return the first place that hangs on one of *anchors* and on nothing between."""
        reading = self.annotations.of(sentence)
        heads = {anchor.head for anchor in anchors}
        for place in reading.places:
            span = Span(place.start, place.end)
            if _is_located(span, reading) and reading.hangs_on(span, heads):
                return span
        return None

    def attribution_of(
        self, sentences: Sequence[Sentence], said_by: Span | None = None
    ) -> Attribution:
        """Return who says what the first of *sentences* tells, or else one of the others."""
        found = [self.attribution(sentence, said_by) for sentence in sentences]
        return next((one for one in found if one.kind != "own_voice"), found[0])

    def attribution(self, sentence: Sentence, said_by: Span | None = None) -> Attribution:
        """Return who says what *sentence* tells; *said_by* is whom the model named."""
        return attribution(self.annotations.of(sentence), said_by, self.book, self.cite)


def _is_located(span: Span, reading: Reading) -> bool:
    """Tell whether something is said to be at the place: in, at, near it."""
    head = reading.head_of(span)
    if head is None or head.head == head.number:
        return False
    above = reading.tokens[head.head]
    return head.dep == "pobj" and above.lemma in terms("places", "within")
