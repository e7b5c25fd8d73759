"""Make the brief's actors of one document: what is named and what a model offered, joined.

Everyone and everything that acts has one entry, with the fullest name, the other forms as
written, and exact citations. A state that is only a place has none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from summarizer.annotations import Annotations, Mention, is_quoted
from summarizer.brief import Actor, ActorKind, Citation, Cited, Label
from summarizer.claims import ActorClaim
from summarizer.language.countries import by_code, demonym
from summarizer.language.known import name_key
from summarizer.language.words import fold
from summarizer.resolve.antecedents import Named, antecedent, is_plural
from summarizer.resolve.citing import Citer
from summarizer.resolve.claimed import Offered, offered, party
from summarizer.resolve.grouping import group
from summarizer.source import Document, Sentence, Span

MOST_CITATIONS = 3
"""Mentions that an actor cites: enough to check, few enough to read."""
_SPEAKERS = ("person", "state", "government_body", "armed_group", "military", "media", "igo")


@dataclass(frozen=True)
class ActorBook:
    """The actors of a document and where it mentions them."""

    actors: tuple[Actor, ...]
    named: tuple[Named, ...]
    annotations: Annotations
    _links: dict[tuple[int, int], str | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What ``link`` has found: each place is asked about for several values."""

    @property
    def document(self) -> Document:
        """The document that they are the actors of."""
        return self.annotations.document

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """Its sentences."""
        return self.annotations.sentences

    def link(self, start: int, end: int) -> str | None:
        """Return the id of the actor that ``text[start:end]`` names, or None.

        A mention that overlaps decides, the one with most in common; else the name does.
        """
        if (start, end) not in self._links:
            self._links[start, end] = self._link(start, end)
        return self._links[start, end]

    def _link(self, start: int, end: int) -> str | None:
        over = [n for n in self.named if n.start < end and start < n.end]
        naming = [n for n in over if n.naming] or over
        if naming:
            return max(naming, key=lambda n: min(n.end, end) - max(n.start, start)).actor
        return self.link_text(self.document.text[start:end], start)

    def link_text(self, name: str, near: int) -> str | None:
        """Return the id of the actor called *name*, the one mentioned nearest to *near* if two."""
        wanted = _comparable(name)
        found = self._by_form.get(wanted, ())
        places = [n for n in self.named if n.actor in found]
        return min(places, key=lambda n: abs(n.start - near)).actor if places and wanted else None

    @cached_property
    def _by_form(self) -> Mapping[str, set[str]]:
        """The ids of the actors by each of their names, as compared."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for actor in self.actors:
            for form in (actor.name, *actor.aliases):
                found[_comparable(form)].add(actor.id)
        return found

    @cached_property
    def by_id(self) -> Mapping[str, Actor]:
        """The actors by their ids."""
        return {actor.id: actor for actor in self.actors}

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
    annotations: Annotations,
    claims: Sequence[ActorClaim],
    *,
    add_found: bool,
    parties: Sequence[Span] = (),
) -> ActorBook:
    """Return the document's actors in order of first mention, ids "a1" onwards.

    With *add_found* they are all who are named and act, and those of *claims* that no rule found;
    without it they are the claims' alone, in the claims' kinds, joined where the names show two
    to be one, with all that the text says of them elsewhere, and those whom *parties* name: whom
    a model has take part in an event or a pledge.
    """
    document = annotations.document
    found = offered(annotations, claims, add_found=add_found)
    taking_part = {party(annotations, found, span) for span in parties}
    groups = [
        [found[index] for index in indices]
        for indices in group([o.mention for o in found], document.text)
        if any(
            found[i].claim or i in taking_part or (add_found and found[i].mention.acts)
            for i in indices
        )
    ]
    members = [
        _Members(
            tuple(o.mention for o in g),
            _kind(g, add_found),
            tuple(o.claim for o in g if o.claim),
            () if add_found else tuple(annotations.words(o.claim.name) for o in g if o.claim),
        )
        for g in groups
    ]
    named = tuple(sorted(_placed(document, members), key=lambda n: (n.start, n.end)))
    places = {(n.start, n.end): n.actor for n in named}
    cite = Citer(document, annotations.sentences)
    resolver = _Resolver(annotations, members, named, places, cite)
    actors = tuple(resolver.actor(f"a{at}", one) for at, one in enumerate(members, start=1))
    return ActorBook(actors, named, annotations)


@dataclass(frozen=True)
class _Members:
    """The mentions of one actor."""

    mentions: tuple[Mention, ...]
    kind: ActorKind
    claims: tuple[ActorClaim, ...]
    given: tuple[str, ...]
    """The names that the model gave it, where its word is enough."""


def _kind(group: Sequence[Offered], add_found: bool) -> ActorKind:
    claimed = [o.claim.kind for o in group if o.claim and o.claim.kind]
    if claimed and not add_found:
        return Counter(claimed).most_common(1)[0][0]
    kinds = Counter(o.mention.kind for o in group if o.mention.kind)
    return kinds.most_common(1)[0][0] if kinds else "other"


def _placed(document: Document, groups: Sequence[_Members]) -> Iterable[Named]:
    for at, members in enumerate(groups, start=1):
        positions = " ".join(
            fold(document.text[m.position.start : m.position.end])
            for m in members.mentions
            if m.position
        )
        for mention in members.mentions:
            yield Named(
                mention.sentence,
                mention.start,
                mention.end,
                f"a{at}",
                members.kind,
                mention.subject,
                mention.acts and mention.form != "demonym",
                fold(mention.text),
                positions,
            )


def _name(members: _Members) -> str:
    """Return the fullest name: most words of a person, the state's usual name, no acronym."""
    if members.given:
        return max(members.given, key=lambda name: len(name_key(name)))
    mentions = members.mentions
    named = [m for m in mentions if m.form != "demonym"] or list(mentions)
    if all(m.kind == "state" for m in mentions):
        names = Counter(m.text for m in mentions if m.form == "name")
        usual = by_code().get(mentions[0].country or "")
        return names.most_common(1)[0][0] if names else usual.name if usual else named[0].text
    if members.kind == "person":
        return max(named, key=lambda m: len(name_key(m.text))).text
    long = [m.text for m in named if m.text != m.text.upper()] or [m.text for m in named]
    return max(long, key=len)


def _aliases(name: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    forms = (m.text for m in mentions if m.form != "demonym" and (m.acts or m.form == "name"))
    return tuple(form for form in dict.fromkeys(forms) if form != name)


def _filled(found: Mapping[str, object], claims: Sequence[ActorClaim]) -> tuple[str, ...]:
    """Return the fields that code, not the model, filled."""
    own = () if claims else ("name", "kind")
    asked = [field for field in ("position", "affiliation") if found[field]]
    asked = [field for field in asked if not any(getattr(claim, field) for claim in claims)]
    added = [field for field in ("aliases", "rank", "labels") if found[field]]
    return (*own, *asked, *added)


@dataclass(frozen=True)
class _Resolver:
    """What building one actor needs to know of the others."""

    annotations: Annotations
    groups: Sequence[_Members]
    named: tuple[Named, ...]
    places: Mapping[tuple[int, int], str]
    cite: Citer

    def actor(self, identifier: str, members: _Members) -> Actor:
        """Return the actor of these mentions."""
        name, mentions = _name(members), members.mentions
        acting = [m for m in mentions if m.acts] or list(mentions)
        cited = sorted(acting, key=lambda m: (m.form == "demonym", m.start))[:MOST_CITATIONS]
        affiliation = self._affiliation(mentions)
        found: dict[str, Any] = {
            "aliases": _aliases(name, mentions),
            "rank": self._cited(mentions, "rank"),
            "position": self._cited(mentions, "position"),
            "affiliation": affiliation,
            "labels": tuple(self._labels(mentions)),
        }
        return Actor(
            id=identifier,
            kind=members.kind,
            name=name,
            country=self._country(mentions, affiliation),
            filled=_filled(found, members.claims),
            citations=tuple(self._citation(m.sentence, Span(m.start, m.end)) for m in cited),
            **found,
        )

    def _country(self, mentions: Sequence[Mention], affiliation: Cited | None) -> str | None:
        """Return the country that a mention gives, else that of the body it belongs to."""
        own = next((m.country for m in mentions if m.country), None)
        if own or affiliation is None:
            return own
        bodies = (one for one in self.groups if _name(one) == affiliation.value)
        return next((m.country for one in bodies for m in one.mentions if m.country), None)

    def _citation(self, sentence: int, span: Span) -> Citation:
        citation = self.cite.span(span)
        if citation.sentence == sentence:
            return citation
        return citation.model_copy(update={"sentence": sentence})

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
        text = self.annotations.words(span)
        people = demonym(text)
        return people.name if people else text

    def _actor_name(self, identifier: str) -> str:
        return _name(self.groups[int(identifier[1:]) - 1])

    def _described_owner(self, mention: Mention) -> Cited | None:
        """The ministry's director, the ministry spokesman: the ministry named before is meant."""
        if not mention.position:
            return None
        window = Span(max(0, mention.position.start - 12), mention.position.end)
        text = self.annotations.document.text
        at = _find(text, "ministry", window)
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
                    speaker = _speaker(self.annotations, mention.sentence, span)
                    yield Label(text=citation.quote, speaker=speaker, citations=(citation,))


def _find(text: str, word: str, window: Span) -> Span | None:
    """Return the first place of the lower-case *word* in the window, whatever its capitals."""
    at = text[window.start : window.end].lower().find(word)
    return None if at < 0 else Span(window.start + at, window.start + at + len(word))


def _speaker(annotations: Annotations, sentence: int, span: Span) -> str | None:
    """Return who says the words at *span*: None for the report's own voice."""
    text = annotations.document.text
    if not is_quoted(text, span.start):
        return None
    speakers = [
        m
        for m in annotations.mentions
        if m.sentence == sentence
        and m.subject
        and m.kind in _SPEAKERS
        and not is_quoted(text, m.start)
    ]
    return min(speakers, key=lambda m: abs(m.start - span.start)).text if speakers else None
