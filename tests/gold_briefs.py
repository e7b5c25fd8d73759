"""Make the brief that a perfect reader would write: gold annotation in, valid ``Brief`` out."""

from __future__ import annotations

from sample_briefs import NO_ENGINE, NO_USAGE

from summarizer.brief import (
    Actor,
    ActorKind,
    Attribution,
    Brief,
    Citation,
    Cited,
    DateValue,
    DocumentInfo,
    Event,
    Item,
    Participant,
    Party,
    Place,
    Pledge,
    Plover,
)
from summarizer.evaluate.dates import has_year
from summarizer.evaluate.families import family_of
from summarizer.evaluate.gold import Gold, GoldActor, GoldEvent, GoldItem, GoldPledge
from summarizer.segment import segment
from summarizer.source import Document, Sentence

_KINDS: dict[str, ActorKind] = {
    "person": "person",
    "state": "state",
    "armed_group": "armed_group",
    "media": "media",
}


def brief_from_gold(text: str, gold: Gold, *, published: str | None = None) -> Brief:
    """Return the brief that says all that *gold* says of *text*, minor records included."""
    return _Writer(text, gold, published).brief()


class _Writer:
    def __init__(self, text: str, gold: Gold, published: str | None) -> None:
        self.document = Document(text, gold.doc.rpartition(".")[0], published=published)
        self.gold = gold
        self.sentences: tuple[Sentence, ...] = segment(self.document)
        self.ids = {
            name: f"a{number}"
            for number, actor in enumerate(gold.actors, 1)
            for name in (actor.name, *actor.aliases)
        }

    def brief(self) -> Brief:
        document = self.document
        return Brief(
            version=1,
            document=DocumentInfo(
                id=document.id,
                sha256=document.sha256,
                title=None,
                publisher=None,
                url=None,
                language="en",
                published=document.published,
                published_basis="given" if document.published else "none",
                characters=len(document.text),
            ),
            engine=NO_ENGINE,
            usage=NO_USAGE,
            summary=(),
            actors=tuple(self.actor(a, n) for n, a in enumerate(self.gold.actors, 1)),
            events=tuple(self.event(e, n) for n, e in enumerate(self.gold.events, 1)),
            pledges=tuple(self.pledge(p, n) for n, p in enumerate(self.gold.pledges, 1)),
            rejections=(),
            warnings=(),
        )

    def cite(self, *quotes: str) -> tuple[Citation, ...]:
        found = []
        for quote in quotes:
            start = self.document.text.index(quote)
            sentence = max(s.id for s in self.sentences if s.start <= start)
            end = start + len(quote)
            found.append(
                Citation(sentence=sentence, start=start, end=end, quote=quote, match="exact")
            )
        return tuple(found)

    def words(self, words: str, evidence: tuple[str, ...]) -> tuple[Citation, ...]:
        """Cite *words* where they stand in the text, else the whole evidence."""
        quotes = (words,) if words and words in self.document.text else evidence
        return self.cite(*quotes)

    def cited(self, value: str | None, citations: tuple[Citation, ...]) -> Cited | None:
        return Cited(value=value, citations=citations) if value else None

    def actor(self, gold: GoldActor, number: int) -> Actor:
        cited = self.cite(*gold.evidence)
        return Actor(
            id=f"a{number}",
            kind=_KINDS.get(gold.kind, "other"),
            name=gold.name,
            aliases=gold.aliases,
            rank=None,
            position=Cited(value=gold.role, citations=cited) if gold.role else None,
            affiliation=Cited(value=gold.affiliation, citations=cited)
            if gold.affiliation
            else None,
            country=None,
            labels=(),
            citations=cited,
        )

    def event(self, gold: GoldEvent, number: int) -> Event:
        cited = self.cite(*gold.evidence)
        families: list[Plover] = sorted(family_of(gold.type) or {"CONSULT"})
        return Event(
            id=f"e{number}",
            type=families[0],
            label=gold.type,
            summary=gold.evidence[0],
            date=self.date(gold),
            place=Place(name=gold.place, country=None, citations=cited) if gold.place else None,
            participants=tuple(
                Participant(name=name, actor=self.ids.get(name), role="actor", citations=cited)
                for name in gold.participants
            ),
            realis="actual",
            factuality="CT+",
            attribution=self.said_by(None, cited),
            support="supported",
            citations=cited,
        )

    def date(self, gold: GoldEvent) -> DateValue | None:
        if not gold.date_text:
            return None
        accepted = gold.accepted_dates(published=self.document.published is not None)
        return DateValue(
            text=gold.date_text,
            edtf=next(
                (d for d in accepted if d and (self.document.published or not has_year(d))),
                accepted[0],
            ),
            precision="unknown",
            basis="none",
            anchor=None,
            citations=self.words(gold.date_text, gold.evidence),
        )

    def pledge(self, gold: GoldPledge, number: int) -> Pledge:
        cited = self.cite(*gold.evidence)
        return Pledge(
            id=f"p{number}",
            supplier=self.party(gold.supplier, cited),
            recipient=self.party(gold.recipient, cited),
            items=tuple(self.item(item, gold.evidence) for item in gold.items),
            status=gold.status,
            status_words=Cited(value=gold.evidence[0], citations=cited),
            delivery=None,
            deployment=None,
            purpose=self.cited(gold.purpose, cited),
            conditions=(Cited(value=gold.conditions, citations=cited),) if gold.conditions else (),
            exclusions=(),
            value=self.cited(gold.value, self.words(gold.value or "", gold.evidence)),
            attribution=self.said_by(gold.reported_by, cited),
            factuality="Uu",
            kiel="none",
            sipri_eligible=False,
            support="supported",
            citations=cited,
        )

    def party(self, name: str | None, cited: tuple[Citation, ...]) -> tuple[Party, ...]:
        if name is None:
            return ()
        return (Party(name=name, actor=self.ids.get(name), citations=cited),)

    def item(self, gold: GoldItem, evidence: tuple[str, ...]) -> Item:
        naming = tuple(quote for quote in evidence if gold.name in quote) or evidence
        return Item(
            text=gold.name,
            category="other",
            unroca="undetermined",
            quantity=gold.quantity,
            quantity_max=gold.quantity_max,
            quantity_is_estimate=gold.quantity_is_estimate,
            unit=None,
            citations=self.cite(*naming),
        )

    def said_by(self, speaker: str | None, cited: tuple[Citation, ...]) -> Attribution:
        return Attribution(
            kind="media_report" if speaker else "own_voice",
            speaker=speaker,
            via=None,
            hedge=(),
            citations=cited,
        )
