"""Make the brief's actors of one document: what code found and what a model offered, joined.

Everyone and everything that acts has one entry, with the fullest name, the other forms as
written, and exact citations. A state that is only a place has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.brief import Actor, ActorKind, Citation, Cited, Label
from summarizer.claims import ActorClaim
from summarizer.resolve.antecedents import Named, antecedent, is_plural
from summarizer.resolve.claims import claimed_mentions
from summarizer.resolve.countries import by_code, demonym
from summarizer.resolve.grouping import group
from summarizer.resolve.lexicon import name_key
from summarizer.resolve.mentions import Mention, find_mentions
from summarizer.resolve.quotations import speaker_of
from summarizer.resolve.words import fold
from summarizer.source import Document, Sentence, Span

MOST_CITATIONS = 3
"""Mentions that an actor cites: enough to check, few enough to read."""


@dataclass(frozen=True)
class ActorBook:
    """The actors of a document and where it mentions them."""

    actors: tuple[Actor, ...]
    named: tuple[Named, ...]
    document: Document
    sentences: tuple[Sentence, ...]

    def link(self, start: int, end: int) -> str | None:
        """Return the id of the actor that ``text[start:end]`` names, or None.

        A mention that overlaps decides, the one with most in common; else the name does.
        """
        over = [n for n in self.named if n.start < end and start < n.end]
        naming = [n for n in over if n.naming] or over
        if naming:
            return max(naming, key=lambda n: min(n.end, end) - max(n.start, start)).actor
        return self.link_text(self.document.text[start:end], start)

    def link_text(self, name: str, near: int) -> str | None:
        """Return the id of the actor called *name*, the one mentioned nearest to *near* if two."""
        wanted = _comparable(name)
        found = {
            actor.id
            for actor in self.actors
            if wanted in {_comparable(form) for form in (actor.name, *actor.aliases)}
        }
        places = [n for n in self.named if n.actor in found]
        return min(places, key=lambda n: abs(n.start - near)).actor if places and wanted else None

    def antecedent(self, start: int, end: int) -> str | None:
        """Return the id of the actor that a pronoun or description means, if only one fits."""
        text = self.document.text[start:end]
        sentence = next((s.id for s in reversed(self.sentences) if s.start <= start), None)
        if sentence is None or is_plural(text):
            return None
        return antecedent(text, sentence, start, self.named)


def _comparable(name: str) -> str:
    words = fold(" ".join(name.split())).removeprefix("the ")
    return words.removesuffix("'s").strip(" '\".,")


def resolve_actors(
    document: Document, sentences: Sequence[Sentence], claims: Sequence[ActorClaim]
) -> ActorBook:
    """Return the document's actors in order of first mention, ids "a1" onwards.

    *claims* add actors that no rule found and fill positions and affiliations that it missed.
    """
    found = find_mentions(sentences)
    mentions = claimed_mentions(document, sentences, found, claims)
    groups = [
        [mentions[index] for index in indices]
        for indices in group(mentions)
        if any(mentions[index].acts for index in indices)
    ]
    named = tuple(sorted(_placed(document, groups), key=lambda n: (n.start, n.end)))
    places = {(n.start, n.end): n.actor for n in named}
    resolver = _Resolver(document, tuple(mentions), groups, named, places)
    actors = tuple(resolver.actor(f"a{at}", members) for at, members in enumerate(groups, start=1))
    return ActorBook(actors, named, document, tuple(sentences))


def _placed(document: Document, groups: Sequence[Sequence[Mention]]) -> Iterable[Named]:
    for at, members in enumerate(groups, start=1):
        positions = " ".join(
            fold(document.text[m.position.start : m.position.end]) for m in members if m.position
        )
        kind = _kind(members)
        for mention in members:
            naming = mention.acts and mention.form != "demonym"
            yield Named(
                mention.sentence,
                mention.start,
                mention.end,
                f"a{at}",
                kind,
                mention.subject,
                naming,
                fold(mention.text),
                positions,
            )


def _kind(members: Sequence[Mention]) -> ActorKind:
    kinds = Counter(m.kind for m in members if m.kind)
    return kinds.most_common(1)[0][0] if kinds else "other"


def _name(members: Sequence[Mention]) -> str:
    """Return the fullest name: most words of a person, the state's usual name, no acronym."""
    kind = _kind(members)
    if kind == "state":
        names = Counter(m.text for m in members if m.form == "name")
        return names.most_common(1)[0][0] if names else by_code()[members[0].country or ""].name
    if kind == "person":
        return max(members, key=lambda m: len(name_key(m.text))).text
    long = [m.text for m in members if m.text != m.text.upper()] or [m.text for m in members]
    return max(long, key=len)


def _aliases(name: str, members: Sequence[Mention]) -> tuple[str, ...]:
    forms = (m.text for m in members if m.form != "demonym" and (m.acts or m.form == "name"))
    return tuple(form for form in dict.fromkeys(forms) if form != name)


@dataclass(frozen=True)
class _Resolver:
    """What building one actor needs to know of the others."""

    document: Document
    mentions: tuple[Mention, ...]
    groups: Sequence[Sequence[Mention]]
    named: tuple[Named, ...]
    places: Mapping[tuple[int, int], str]

    def actor(self, identifier: str, members: Sequence[Mention]) -> Actor:
        """Return the actor of these mentions."""
        name = _name(members)
        acting = [m for m in members if m.acts] or list(members)
        cited = sorted(acting, key=lambda m: (m.form == "demonym", m.start))[:MOST_CITATIONS]
        return Actor(
            id=identifier,
            kind=_kind(members),
            name=name,
            aliases=_aliases(name, members),
            rank=self._cited(members, "rank"),
            position=self._cited(members, "position"),
            affiliation=self._affiliation(members),
            country=next((m.country for m in members if m.country), None),
            labels=tuple(self._labels(members)),
            citations=tuple(self._citation(m.sentence, Span(m.start, m.end)) for m in cited),
        )

    def _citation(self, sentence: int, span: Span) -> Citation:
        quote = self.document.text[span.start : span.end]
        return Citation(
            sentence=sentence, start=span.start, end=span.end, quote=quote, match=span.match
        )

    def _cited(self, members: Sequence[Mention], field: str) -> Cited | None:
        for mention in members:
            span: Span | None = getattr(mention, field)
            if span:
                citation = self._citation(mention.sentence, span)
                return Cited(value=citation.quote, citations=(citation,))
        return None

    def _affiliation(self, members: Sequence[Mention]) -> Cited | None:
        """Return whom the person belongs to, by the name that the brief uses for it."""
        for mention in members:
            if mention.affiliation:
                citation = self._citation(mention.sentence, mention.affiliation)
                return Cited(value=self._named_as(mention.affiliation), citations=(citation,))
        for mention in members:
            if cited := self._described_owner(mention):
                return cited
        return None

    def _named_as(self, span: Span) -> str:
        same = self.places.get((span.start, span.end))
        if same:
            return self._actor_name(same)
        text = self.document.text[span.start : span.end]
        people = demonym(text)
        return people.name if people else text

    def _actor_name(self, identifier: str) -> str:
        return _name(self.groups[int(identifier[1:]) - 1])

    def _described_owner(self, mention: Mention) -> Cited | None:
        """The ministry's director, the ministry spokesman: the ministry named before is meant."""
        if not mention.position:
            return None
        window = Span(max(0, mention.position.start - 12), mention.position.end)
        text = self.document.text
        at = fold_find(text, "ministry", window)
        if at is None:
            return None
        owner = antecedent("the ministry", mention.sentence, at.start, self.named)
        if owner is None:
            return None
        citation = self._citation(mention.sentence, at)
        return Cited(value=self._actor_name(owner), citations=(citation,))

    def _labels(self, members: Sequence[Mention]) -> Iterable[Label]:
        seen: set[str] = set()
        for mention in members:
            for span in mention.labels:
                citation = self._citation(mention.sentence, span)
                if fold(citation.quote) not in seen:
                    seen.add(fold(citation.quote))
                    speaker = speaker_of(self.document, self.mentions, mention.sentence, span)
                    yield Label(text=citation.quote, speaker=speaker, citations=(citation,))


def fold_find(text: str, word: str, window: Span) -> Span | None:
    """Return the first place of the lower-case *word* in the window, whatever its capitals."""
    at = text[window.start : window.end].lower().find(word)
    return None if at < 0 else Span(window.start + at, window.start + at + len(word))
