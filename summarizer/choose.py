"""Let a small model choose among what the parse proposes: annotations -> claims.

A small model writes badly and reads well. So the parse and the lexicon propose what each sentence
tells of and who supplies what to whom; asked for one word, the model chooses where they leave it
open: the kind of an event whose words are of several kinds or of none that is known, and which
way round goods go. All spans are the parse's own, and need no looking up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from summarizer.annotations import Annotations
from summarizer.ask import Model, Series
from summarizer.claims import Claims, EventClaim, PledgeClaim
from summarizer.language import listed, table
from summarizer.profile import Profile
from summarizer.prompt import render
from summarizer.propose.happenings import Happening, as_named, find_happenings, tells_nothing
from summarizer.propose.sides import company
from summarizer.propose.supplies import Supply, find_supplies
from summarizer.source import Sentence, Span, passages

Step = Callable[[str, int, int], None]
"""Told before each question: what it is about, how many are done, how many there are."""

ENOUGH = 0.5
"""Share of a kind that no word speaks for, below which the model's word is not taken: of 37 such
sentences its kind was right in 9, wrong in 12, and nothing happened in 16; above it 4, 3 and 8."""
MARGIN = 0.1
"""How much likelier one way round must be than the other; by less the model was wrong as often
as right, by more it was right in 7 of 7 (development set and tests' articles)."""
MOST = 20
"""Questions an article; what is beyond stays as the parse proposes it."""
_WORDS = {
    "procurement": "purchase",
    "industrial cooperation": "industry",
    "accident": "crash",
}
"""What the model is to say for a kind whose own first token is another's."""

_DEEDS = {
    "strike": "attacked",
    "clash": "attacked",
    "offensive": "attacked",
    "arrest": "arrested",
    "expulsion": "expelled",
    "sanctions": "punished",
}
"""How each forceful kind is put to the model."""


@dataclass(frozen=True, slots=True)
class Told:
    """One happening that is proposed, and whether the model is to choose its kind."""

    sentences: tuple[Sentence, ...]
    happening: Happening
    is_open: bool
    is_aside: bool


def choose(model: Model, annotations: Annotations, *, step: Step) -> Claims:
    """Return what *model* claims of the document, of what its parse proposes.

    Where it cannot be asked, that stays as it is proposed and a warning says so. Raises ModelError
    when it answers nothing at all.
    """
    told = list(_proposed(annotations))
    supplies = find_supplies(annotations, _goods(annotations))
    chooser = _Chooser(model, annotations, step)
    chooser.total = sum(one.is_open for one in told) + 2 * sum(map(chooser.is_open, supplies))
    # All questions of one kind follow each other, so that an engine reads their prefix once.
    kinds = [chooser.kind(one) for one in told]
    events = tuple(
        chooser.event(one, kind)
        for one, kind in zip(told, kinds, strict=True)
        if kind not in (None, "background")
        and not tells_nothing(kind, one.happening, annotations.of(one.sentences[0]))
    )
    pledges = tuple(map(chooser.pledge, supplies))
    chooser.series.conclude()
    return Claims(events=events, pledges=pledges, warnings=tuple(chooser.series.warnings))


def _goods(annotations: Annotations) -> dict[int, tuple[Span, ...]]:
    return {
        reading.sentence.id: tuple(g.span for g in reading.goods if g.known)
        for reading in annotations.readings
    }


def _proposed(annotations: Annotations) -> Iterator[Told]:
    """Yield the happenings of the body, the main one of a sentence first."""
    goods = _goods(annotations)
    for run in passages(annotations.sentences):
        found = find_happenings(annotations.of(run[0]), goods[run[0].id])
        for number, happening in enumerate(found):
            several = len(happening.kinds) > 1
            unknown = not happening.kinds and happening.word.lemma not in _states()
            is_open = number == 0 and (several or unknown)
            yield Told(run[:1], happening, is_open, number > 0 and happening.word.nominal)


@cache
def _states() -> frozenset[str]:
    return listed("proposals", "verbs", "states")


@cache
def _words() -> dict[str, str]:
    """Return the word that the model says for each kind."""
    return {kind: _WORDS.get(kind, kind) for kind in (*table("events"), "background")}


@cache
def _allowed(kinds: tuple[str, ...], profile: Profile) -> tuple[str, ...]:
    """Return which kinds may be chosen: *kinds*, else all that the model's word is enough for."""
    free = "violence" in profile.may_claim
    forceful = frozenset() if free else listed("proposals", "kinds", "forceful")
    return tuple(k for k in _words() if (k in kinds if kinds else k not in forceful))


class _Chooser:
    """Asks the model, as often as it may be asked."""

    def __init__(self, model: Model, annotations: Annotations, step: Step) -> None:
        self._model = model
        self._annotations = annotations
        self._step = step
        self._asked = 0
        self.series = Series()
        self.total = 0

    def kind(self, told: Told) -> str | None:
        """Return the kind of *told*: the model's choice where it is open; None when not known.

        Without a word for a kind, only one that is likely enough.
        """
        kinds = told.happening.kinds
        proposed = kinds[0] if kinds else None
        if not told.is_open or self._asked >= MOST:
            return proposed
        self._count("event")
        words, sentence = _words(), told.sentences[0]
        messages = render("kind", sentence=sentence.text)
        shares = self.series.ask(
            f"the kind of event in sentence {sentence.id}",
            lambda: self._model.weigh(messages, tuple(words.values())),
        )
        if shares is None:
            return proposed
        best = max(_allowed(kinds, self._model.profile), key=lambda kind: shares[words[kind]])
        likely = shares[words[best]]
        return best if likely >= ENOUGH or (kinds and likely > 0) else proposed

    def event(self, told: Told, kind: str) -> EventClaim:
        """Return *told* as a claim."""
        happening = proposed = told.happening
        if kind in listed("proposals", "kinds", "forceful"):
            proposed = as_named(happening, self._annotations.of(told.sentences[0]))
            happening = self._right_way_round(replace(told, happening=proposed), kind)
        who, to_whom = self._named(happening.who), self._named(happening.to_whom)
        if kind in listed("proposals", "kinds", "together"):
            who = self._with_company(who, to_whom, happening, told)
        given = {"label": not told.is_open, "participants": happening is proposed}
        given |= {"date": happening.when is not None, "place": happening.where is not None}
        return EventClaim(
            proposed=(*(field for field, by_code in given.items() if by_code), "realis"),
            kind=kind,  # type: ignore[arg-type]  # the lexicon's kinds are those of the draft
            sentences=told.sentences,
            who=who,
            to_whom=to_whom,
            when=happening.when,
            where=happening.where,
            realis=happening.realis,
            clause=happening.word.clause if told.is_aside else None,
        )

    def _with_company(
        self, who: tuple[Span, ...], to_whom: tuple[Span, ...], happening: Happening, told: Told
    ) -> tuple[Span, ...]:
        """Return *who* with all others whom the words of a meeting or an accord name inside.

        "Talks between delegations led by X and Y", "a meeting that brought X together with Y".
        """
        reading = self._annotations.of(told.sentences[0])
        inside = company(happening.word, happening.verb, reading)
        offices = [m.position for m in self._annotations.mentions if m.position]
        named = [
            Span(m.start, m.end)
            for m in self._annotations.mentions
            if m.sentence == reading.sentence.id
            and m.acts
            and m.kind != "media"
            and any(t.start < m.end and m.start < t.end for t in inside)
            and not any(o.start <= m.start and m.end <= o.end for o in offices)
        ]
        known = (*who, *to_whom)
        new = [n for n in named if not any(n.start < k.end and k.start < n.end for k in known)]
        return (*who, *new)

    def _named(self, phrases: Sequence[Span]) -> tuple[Span, ...]:
        """Return the names in noun phrases: every person, else the name that the phrase ends in.

        "The President of Norland, Anna Kest" is Anna Kest; "the rebels" stay as they are.
        """
        found: list[Span] = []
        for phrase in phrases:
            inside = [
                m
                for m in self._annotations.mentions
                if phrase.start <= m.start and m.end <= phrase.end
            ]
            names = [m for m in inside if m.kind == "person"] or [
                m for m in inside if m.end == phrase.end
            ][:1]
            found += [Span(m.start, m.end) for m in names] or [phrase]
        return tuple(dict.fromkeys(found))

    def _right_way_round(self, told: Told, kind: str) -> Happening:
        """Turn the sides of a forceful deed that a noun names, when the model reads it so.

        With both sides named the grammar tells; "suffered an attack" has a subject that is none.
        """
        one = told.happening
        deed = _DEEDS.get(kind)
        if not deed or not one.word.nominal or bool(one.who) == bool(one.to_whom):
            return one
        own = [a.span for a in one.word.arguments]
        if any(s.start < o.end and o.start < s.end for s in (*one.who, *one.to_whom) for o in own):
            return one  # "the rebels' attacks": the noun itself says whose they are
        if self._asked + 2 > MOST:
            return one
        words, sentence = self._annotations.words, told.sentences[0]
        who = words(one.who[0]) if one.who else "Somebody"
        whom = words(one.to_whom[0]) if one.to_whom else "somebody"
        claims = f"{who} {deed} {whom}.", f"{whom} {deed} {who}."
        so, turned = self._either("event", sentence, claims)
        return replace(one, who=one.to_whom, to_whom=one.who) if turned - so > MARGIN else one

    def pledge(self, supply: Supply) -> PledgeClaim:
        """Return the supply as a claim, with a side that the model chose where it was open."""
        sides = {"supplier": supply.supplier, "recipient": supply.recipient}
        if self.is_open(supply):
            supply = self._with_side(supply)
        return PledgeClaim(
            proposed=(*(side for side, span in sides.items() if span), "items", "status"),
            sentences=self._told_in(supply),
            supplier=supply.supplier,
            recipient=supply.recipient,
            items=supply.items,
            status=supply.status or "unclear",
        )

    def _told_in(self, supply: Supply) -> tuple[Sentence, ...]:
        """Return the main sentence and those of a list that it opens."""
        listed = (
            sentence
            for sentence in self._annotations.sentences
            if any(sentence.start <= item.start < sentence.end for item in supply.items)
        )
        return tuple(dict.fromkeys((supply.sentence, *listed, *supply.more)))

    @staticmethod
    def is_open(supply: Supply) -> bool:
        """Tell whether a party of the sentence may be the side that is missing."""
        return bool(supply.loose) and not (supply.supplier and supply.recipient)

    def _with_side(self, supply: Supply) -> Supply:
        """Let the first loose party be the side that the model finds clearly likelier."""
        if self._asked + 2 > MOST:
            return supply
        party, known = supply.loose[0], supply.supplier or supply.recipient
        gives, gets = self._both_ways(supply, party, known)
        if gives - gets > MARGIN and not supply.supplier:
            return replace(supply, supplier=party)
        if gets - gives > MARGIN and not supply.recipient:
            return replace(supply, recipient=party)
        return supply

    def _both_ways(self, supply: Supply, party: Span, known: Span | None) -> tuple[float, float]:
        """Return how likely *party* gives the goods to the other side, and how likely it gets them.

        A side of another sentence is no help: the passage does not name it.
        """
        words = self._annotations.words
        sentence = supply.sentence
        told = known is not None and sentence.start <= known.start < sentence.end
        other = words(known) if known and told else "another country"
        goods, one = words(supply.items[0]), words(party)
        claims = f"{one} provides {goods} to {other}.", f"{other} provides {goods} to {one}."
        return self._either("pledge", sentence, claims)

    def _either(
        self, about: str, sentence: Sentence, claims: tuple[str, str]
    ) -> tuple[float, float]:
        """Return how likely *sentence* says each of *claims*; 0 both when that is not answered."""

        def says(claim: str) -> float:
            self._count(about)
            return self._model.p_yes(render("says", passage=sentence.text, claim=claim))

        told = self.series.ask(
            f"the sides of the {about} in sentence {sentence.id}",
            lambda: (says(claims[0]), says(claims[1])),
        )
        return told or (0.0, 0.0)

    def _count(self, about: str) -> None:
        self._step(about, self._asked, min(MOST, max(self.total, self._asked + 1)))
        self._asked += 1
