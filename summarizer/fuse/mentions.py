"""Actors of all briefs as mentions: what the rules compare, taken apart once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.brief import Actor, Brief
from summarizer.fuse.states import States, find_homes, is_demonym
from summarizer.names import PersonName, fold, parse_person, tokens_agree, word_set

Group = Literal["person", "unnamed", "state", "body"]

_NOBODY = word_set(
    """official officials source sources adviser advisor advisers aide aides spokesman spokesperson
    spokeswoman analyst analysts expert experts observer observers diplomat diplomats officer
    officers soldier soldiers civilian civilians resident residents minister ministers commander
    commanders leader leaders member members people person witness witnesses delegation
    delegations reporter reporters troops fighter fighters militant militants lawmaker lawmakers
    authorities government group forces someone unnamed anonymous"""
)

_SHORTEST_NICKNAME = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """One actor of one brief."""

    document: str
    actor: Actor
    group: Group
    home: str | None
    person: PersonName
    office: str
    nicknames: frozenset[str] = frozenset()
    others: tuple[PersonName, ...] = ()
    """Full names that the person has besides, known as another."""

    @property
    def key(self) -> tuple[str, str]:
        """Document and actor id."""
        return self.document, self.actor.id


@dataclass(frozen=True, slots=True)
class Ties:
    """What the mentions of one figure may not contradict: home, peoples in its names, identity."""

    home: str | None
    peoples: frozenset[str] = frozenset()
    identity: str | None = None


def combine_ties(left: Ties, right: Ties) -> Ties | None:
    """Return both as one, or None when countries, peoples or known bodies differ."""
    if left.identity and right.identity and left.identity != right.identity:
        return None
    if left.home and right.home and left.home != right.home:
        return None
    # Turkey's and Turkish ministry are other words for one country, if that is known.
    same_home = left.home and left.home == right.home
    if left.peoples and right.peoples and not left.peoples & right.peoples and not same_home:
        return None
    peoples = left.peoples | right.peoples
    return Ties(left.home or right.home, peoples, left.identity or right.identity)


def collect_mentions(briefs: Sequence[Brief], states: States) -> tuple[Mention, ...]:
    """Return the actors of all briefs in order, with their homes."""
    found: list[Mention] = []
    for brief in briefs:
        homes = find_homes(brief, states)
        for actor in brief.actors:
            home = homes[actor.id]
            group = _group(actor)
            person = _fullest(actor) if group == "person" else PersonName(())
            office = _office(actor) if group == "person" else ""
            also = _nicknames(actor, person) if group == "person" else frozenset()
            others = _others(actor, person) if group == "person" else ()
            found.append(
                Mention(brief.document.id, actor, group, home, person, office, also, others)
            )
    return tuple(found)


def _group(actor: Actor) -> Group:
    if actor.kind == "state":
        return "state"
    if actor.kind != "person":
        return "body"
    words = fold(actor.name).split()
    named = re.search(r"[^\W\d_]", actor.name) and not set(words) & _NOBODY
    return "person" if named else "unnamed"


def _fullest(actor: Actor) -> PersonName:
    """The form with most tokens among the name and those aliases that have its family name."""
    name = parse_person(actor.name)
    forms = [form for form in map(parse_person, actor.aliases) if form.tokens]
    fuller = [form for form in forms if name.family in form.tokens]
    return max([name, *fuller], key=lambda form: len(form.tokens))


def _nicknames(actor: Actor, person: PersonName) -> frozenset[str]:
    """The aliases of one capitalised word that is no part of the name: Hemedti."""
    words = {w for alias in actor.aliases if alias[:1].isupper() for w in [fold(alias)]}
    told = {word for word in words if len(word) > _SHORTEST_NICKNAME and " " not in word}
    plain = {t for t in told if not any(tokens_agree(t, token) for token in person.tokens)}
    return frozenset(plain - _NOBODY)


def _others(actor: Actor, person: PersonName) -> tuple[PersonName, ...]:
    """The aliases that are full names and share no word with the name: al-Golani, al-Sharaa."""
    names = (parse_person(alias) for alias in actor.aliases if alias[:1].isupper())
    return tuple(
        name
        for name in names
        if len(name.tokens) > 1
        and not any(tokens_agree(o, t) for o in name.tokens for t in person.tokens)
    )


def _office(actor: Actor) -> str:
    """The position as sorted words, without the country's adjective; empty when not given."""
    if actor.position is None:
        return ""
    words = fold(actor.position.value).replace("defence", "defense").split()
    return " ".join(sorted({word for word in words if not is_demonym(word) and len(word) > 2}))
