"""Claims by their words, as a model would make them, resolved in a report."""

from __future__ import annotations

from typing import Any

from summarizer.annotate import annotate
from summarizer.annotations import Annotations
from summarizer.claims import ActorClaim, Claims, EventClaim, PledgeClaim
from summarizer.profile import PROFILES, ProfileName
from summarizer.resolve import Resolved, resolve
from summarizer.segment import segment
from summarizer.source import Document, Sentence, Span


class Telling:
    """A report and what is claimed of it; words are looked for from the left."""

    def __init__(self, text: str, *, published: str | None = None) -> None:
        document = Document(text, published=published)
        self.annotations: Annotations = annotate(document, segment(document))
        self._claims = Claims()

    def span(self, words: str) -> Span:
        start = self.annotations.document.text.index(words)
        return Span(start, start + len(words))

    def spans(self, *words: str) -> tuple[Span, ...]:
        return tuple(map(self.span, words))

    def sentence(self, number: int) -> Sentence:
        return self.annotations.of(number).sentence

    def event(
        self,
        kind: Any,
        *,
        sentence: int = 1,
        who: tuple[str, ...] = (),
        to_whom: tuple[str, ...] = (),
        realis: Any = "actual",
        **words: str,
    ) -> Telling:
        claim = EventClaim(
            kind=kind,
            sentences=(self.sentence(sentence),),
            who=self.spans(*who),
            to_whom=self.spans(*to_whom),
            realis=realis,
            **{field: self.span(value) for field, value in words.items()},
        )
        self._claims += Claims(events=(claim,))
        return self

    def pledge(self, *items: str, sentence: int = 1, status: Any = None, **words: str) -> Telling:
        claim = PledgeClaim(
            sentences=(self.sentence(sentence),),
            items=self.spans(*items),
            status=status,
            **{"supplier": None, "recipient": None}
            | {field: self.span(value) for field, value in words.items()},
        )
        self._claims += Claims(pledges=(claim,))
        return self

    def actor(self, name: str, kind: Any) -> Telling:
        self._claims += Claims(actors=(ActorClaim(name=self.span(name), kind=kind),))
        return self

    def resolved(self, profile: ProfileName = "large") -> Resolved:
        return resolve(
            self.annotations, self._claims, PROFILES[profile], judge=lambda *_: ("supported", None)
        )
