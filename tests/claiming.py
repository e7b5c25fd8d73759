"""Claims by their words, as a model would make them, resolved in a report."""

from __future__ import annotations

from typing import Any

from sample_briefs import NO_ENGINE, NO_USAGE

from summarizer.annotate import annotate
from summarizer.annotations import Annotations
from summarizer.brief import Brief, DocumentInfo, Event, Pledge, Support
from summarizer.claims import ActorClaim, Claims, EventClaim, PledgeClaim, StatementClaim
from summarizer.profile import PROFILES, ProfileName
from summarizer.resolve import Resolved, resolve
from summarizer.resolve.summary import Judge
from summarizer.segment import segment
from summarizer.source import Document, Sentence, Span


class Telling:
    """A report and what is claimed of it; words are looked for from their sentence on."""

    def __init__(self, text: str, *, published: str | None = None) -> None:
        document = Document(text, published=published)
        self.annotations: Annotations = annotate(document, segment(document))
        self._claims = Claims()

    def span(self, words: str, sentence: int = 1) -> Span:
        start = self.annotations.document.text.index(words, self.sentence(sentence).start)
        return Span(start, start + len(words))

    def sentence(self, number: int) -> Sentence:
        return self.annotations.of(number).sentence

    def event(
        self, kind: Any, *, sentence: int = 1, realis: Any = "actual", **words: Any
    ) -> Telling:
        """Claim an event of this kind; who, to_whom, when, where, said_by by their words."""
        given = {"who": (), "to_whom": ()} | self._spans(words, sentence)
        told = (self.sentence(sentence),)
        self._claims += Claims(
            events=(EventClaim(kind=kind, sentences=told, realis=realis, **given),)
        )
        return self

    def pledge(self, *items: str, sentence: int = 1, status: Any = None, **words: Any) -> Telling:
        """Claim a transfer of *items*; the other fields by their words."""
        given = {"supplier": None, "recipient": None} | self._spans(words, sentence)
        given |= self._spans({"items": items}, sentence)
        told = (self.sentence(sentence),)
        self._claims += Claims(pledges=(PledgeClaim(sentences=told, status=status, **given),))
        return self

    def actor(self, name: str, kind: Any) -> Telling:
        self._claims += Claims(actors=(ActorClaim(name=self.span(name), kind=kind),))
        return self

    def line(self, text: str, *sentences: int) -> Telling:
        """Claim a line of the summary."""
        cited = tuple(map(self.sentence, sentences))
        self._claims += Claims(statements=(StatementClaim(text, cited),))
        return self

    def resolved(self, profile: ProfileName = "large", judge: Judge | None = None) -> Resolved:
        judge = judge or in_the_same_words
        return resolve(self.annotations, self._claims, PROFILES[profile], judge=judge)

    def brief(self, id: str) -> Brief:
        """Return what is left of the claims as the brief of a report with this id."""
        document, resolved = self.annotations.document, self.resolved()
        about = DocumentInfo(
            id=id,
            sha256=document.sha256,
            title=None,
            publisher=f"Paper {id}",
            url=None,
            language="en",
            published=document.published,
            published_basis="given" if document.published else "none",
            characters=len(document.text),
        )
        return Brief(
            version=1,
            document=about,
            engine=NO_ENGINE,
            usage=NO_USAGE,
            summary=(),
            actors=resolved.actors,
            events=resolved.events,
            pledges=resolved.pledges,
            rejections=(),
            warnings=(),
        )

    def events(self, profile: ProfileName = "large") -> tuple[Event, ...]:
        return self.resolved(profile).events

    def pledges(self, profile: ProfileName = "large") -> tuple[Pledge, ...]:
        return self.resolved(profile).pledges

    def _spans(self, words: dict[str, Any], sentence: int) -> dict[str, Any]:
        return {
            field: self.span(said, sentence)
            if isinstance(said, str)
            else tuple(self.span(one, sentence) for one in said)
            for field, said in words.items()
        }


def in_the_same_words(statement: str, cited: str, _: str) -> tuple[Support, str | None]:
    """Only what the cited sentences say in the same words is supported."""
    return ("supported", None) if statement in cited else ("unsupported", None)
