"""Contested topics: statements of different speakers on one thing, side by side.

Statements on one topic are not one event, and none of them is judged. A topic is a name that no
actor bears (a town, a law), or an armed group, party, company or organisation and a word that
statements in three reports share; of loaded words (terrorist, regime) two reports are enough.
Words that nearly all statements have make no topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.dossier import Claims, Statement
from summarizer.fuse.conflicts import cite
from summarizer.fuse.entities import Cast, Figure
from summarizer.fuse.states import is_demonym
from summarizer.fuse.traits import Traits
from summarizer.fuse.words import named_words, stems
from summarizer.names import fold, skeleton, word_set

_VERBAL = word_set("words request briefing")
_TOPICAL = word_set("armed_group political_party company igo")
_FLAT = stems(
    """group state ministry defense security military government president officials integration
    statement announced conference support continue reiterated forces general people countries"""
) - stems("integration")
# Words that judge whom they name: who uses them is itself a difference between reports.
_LOADED = stems(
    """terrorist terrorism separatist extremist jihadist insurgent rebel militant mercenary proxy
    puppet occupation occupier regime junta genocide aggression aggressor martyr liberation"""
)
# A topic shared by more statements than this is a subject area, not a topic.
_MOST_STATEMENTS = 12
_LEAST_REPORTS = 3


def collect_claims(
    traits: Sequence[Traits], cast: Cast, event_ids: dict[int, str]
) -> tuple[Claims, ...]:
    """Return the topics on which several reports have statements of several speakers."""
    groups: dict[tuple[str, str], list[int]] = {}
    topics = _Topics(cast)
    for number, event in enumerate(traits):
        for topic in topics.find(event):
            if event.family in _VERBAL or topic[1] in _LOADED:
                groups.setdefault(topic, []).append(number)
    kept: dict[tuple[str, frozenset[int]], str] = {}
    for (actor, word), numbers in sorted(groups.items()):
        reports = len({traits[n].document for n in numbers})
        speakers = len({_speaker(traits[n], cast) for n in numbers})
        least = _LEAST_REPORTS if actor and word not in _LOADED else 2
        enough = reports >= least and speakers > 1
        if enough and len(numbers) <= _MOST_STATEMENTS:
            kept.setdefault((actor, frozenset(numbers)), word)
    found = [
        Claims(
            actor=actor or None,
            topic=_readable(word, [traits[n] for n in sorted(numbers)]),
            statements=tuple(_statement(traits[n], event_ids[n], cast) for n in sorted(numbers)),
        )
        for (actor, numbers), word in kept.items()
    ]
    return tuple(sorted(found, key=lambda claims: (claims.actor or "", claims.topic)))


class _Topics:
    """Finds what a statement is about."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._forms: dict[str, list[tuple[str, Figure]]] = {}
        self._known: set[str] = set()
        for (document, name), id_ in cast.by_name.items():
            figure = cast.figures[id_]
            self._known.update(skeleton(word) for word in name.split())
            if figure.kinds & _TOPICAL:
                self._forms.setdefault(document, []).append((name, figure))

    def find(self, event: Traits) -> set[tuple[str, str]]:
        """Return pairs of an actor and a stem, or of the empty string and a name's skeleton."""
        quotes = [citation.quote for citation in event.event.citations]
        words = " ".join(f" {fold(quote)} " for quote in quotes)
        about = {f.id: f for name, f in self._forms.get(event.document, ()) if f" {name} " in words}
        for id_ in event.named:
            figure = self._cast.figures[id_]
            if figure.kinds & _TOPICAL:
                about[id_] = figure
        content = frozenset().union(*map(stems, quotes)) - _FLAT
        found = {
            (id_, stem)
            for id_ in about
            for stem in content
            if not is_demonym(stem) and skeleton(stem) not in self._known and not stem.isdecimal()
        }
        names = {fold(word) for quote in quotes for word in named_words(quote)}
        new = {n for n in names if not is_demonym(n) and not stems(n) & _FLAT}
        return found | {("", bones) for n in new if (bones := skeleton(n)) not in self._known}


def _readable(topic: str, members: Sequence[Traits]) -> str:
    """The words of the statements that the topic stands for, as written."""
    written: set[str] = set()
    for member in members:
        for citation in member.event.citations:
            for word in re.findall(r"[^\W\d_]{3,}", citation.quote):
                folded = fold(word)
                if topic in stems(word) or (word[0].isupper() and skeleton(folded) == topic):
                    written.add(word)
    return ", ".join(sorted(written)) or topic


def _statement(traits: Traits, event_id: str, cast: Cast) -> Statement:
    return Statement(
        event=event_id,
        speaker=_speaker(traits, cast),
        text=traits.event.summary,
        documents=(traits.document,),
        citations=cite(traits.document, traits.event.citations),
    )


def _speaker(traits: Traits, cast: Cast) -> str | None:
    if traits.event.attribution.speaker:
        return traits.event.attribution.speaker
    people = sorted(person for _, person in traits.people)
    return cast.figures[people[0]].name if people else None
