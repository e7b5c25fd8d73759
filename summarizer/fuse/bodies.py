"""Same body: ministries, armies, armed groups, companies and media in, which are one out.

Names are compared by their words without country adjectives and words for the kind of body; a
name that has only such words (Ministry of Defense) needs the same country. An acronym joins the
one body that bears it. SDF, YPG and PKK stay three: nothing is joined on a shared word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.fuse.mentions import Mention, Ties, combine_ties
from summarizer.fuse.partition import Partition
from summarizer.fuse.people import Doubt
from summarizer.fuse.states import States, is_demonym
from summarizer.language.countries import by_code
from summarizer.language.known import known_name
from summarizer.names import fold, word_set

_EMPTY = word_set("the a an of and for in to on led backed so called s")
_KIND_WORDS = word_set(
    """agency news television tv newspaper channel community group movement organisation
    organization militia company corp corporation inc ltd plc gmbh militants rebels"""
)
_GENERIC = word_set(
    """ministry department office presidency parliament assembly government army navy police guard
    force air coast border military armed forces intelligence service security council defense
    foreign affair interior finance justice general staff headquarter command court central bank
    cabinet state national federal party opposition union defence administration authority
    president prime minister public prosecutor embassy delegation democratic ground
    """
)
_ACRONYM = re.compile(r"^[A-ZÇĞİÖŞÜ][A-ZÇĞİÖŞÜ0-9&.-]{1,7}$")
_IN_BRACKETS = re.compile(r"\(([^()]{2,12})\)")


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name taken apart."""

    core: frozenset[str]
    acronyms: frozenset[str]
    initials: str
    peoples: frozenset[str]
    state: frozenset[str]
    """Its own state's name in it: the National Liberation Army of Algeria."""
    identity: str | None

    @property
    def is_generic(self) -> bool:
        """Whether only the country tells such a body from others (Ministry of Defense)."""
        return not self.core - _GENERIC


Bodies = Partition[Ties]


def parse_body(mention: Mention, states: States) -> BodyName:
    """Take the names and aliases of a body apart; aliases count only as acronyms."""
    forms = [mention.actor.name, *mention.actor.aliases]
    acronyms = {a for form in forms for a in (form, *_IN_BRACKETS.findall(form))}
    name = _IN_BRACKETS.sub(" ", mention.actor.name)
    words = [_singular(word) for word in fold(name).split() if word not in _EMPTY]
    own = _state_words(mention.home)
    peoples = {w for w in words if is_demonym(w) or states.word_home(w) or w in own}
    named = [word for word in words if word not in peoples] or words
    core = [word for word in named if word not in _KIND_WORDS] or named
    if "ministry" in core:
        core = [word for word in core if word != "national"]
    if core == ["army"] and "army" in name.split():
        core = ["armed", "force"]  # "the Malian army"; the Army is one of the forces
    written = [w for w in re.findall(r"[^\W\d_]+", name) if w[:1].isupper()]
    return BodyName(
        frozenset(core),
        frozenset(fold(a).replace(" ", "") for a in acronyms if _ACRONYM.match(a)),
        fold("".join(w[0] for w in written)).replace(" ", "") if len(written) > 1 else "",
        frozenset(peoples),
        frozenset(w for w in words if w in own and not is_demonym(w)),
        _identity(mention),
    )


@cache
def _state_words(home: str | None) -> frozenset[str]:
    """The words of a state's names and adjectives, by its ISO code."""
    state = by_code().get(home or "")
    forms = (*state.names, *state.demonyms) if state else ()
    return frozenset(_singular(word) for form in forms for word in fold(form).split()) - _EMPTY


def _identity(mention: Mention) -> str | None:
    """The usual name of a body that is known by this one: IRGC for Revolutionary Guards."""
    known = known_name(mention.actor.name)
    if known is None or known.kind != mention.actor.kind:
        return None
    foreign = known.country and mention.home and known.country != mention.home
    return None if foreign else known.identity


def join_bodies(
    mentions: Sequence[Mention], names: dict[int, BodyName], bodies: Bodies
) -> list[Doubt]:
    """Join bodies by equal names, then acronyms to the one body that bears them."""
    _join_equal_names(mentions, names, bodies)
    return _join_acronyms(mentions, names, bodies)


def _join_equal_names(
    mentions: Sequence[Mention], names: dict[int, BodyName], bodies: Bodies
) -> None:
    first: dict[tuple[frozenset[str], str | None], int] = {}
    unplaced: dict[frozenset[str], set[int]] = {}
    for number, name in names.items():
        home = mentions[number].home
        if name.is_generic and not home:
            for people in sorted(name.peoples):
                leader = first.setdefault((name.core, f"~{people}"), number)
                bodies.join(leader, number, _reason("names agree", mentions, leader, number))
            continue
        leader = first.setdefault((name.core, home), number)
        unplaced.setdefault(name.core | name.state, set()).add(leader)
        bodies.join(leader, number, _reason("names agree", mentions, leader, number))
    known: dict[str, int] = {}
    for number, name in names.items():
        if name.identity:
            leader = known.setdefault(name.identity, number)
            bodies.join(
                leader, number, _reason(f"both are {name.identity}", mentions, leader, number)
            )
    for core, leaders in unplaced.items():
        ordered = sorted(leaders)
        homes = {mentions[n].home for n in ordered} - {None}
        if len(ordered) > 1 and len(homes) < 2 and core - _GENERIC:
            for other in ordered[1:]:
                reason = _reason("names agree", mentions, ordered[0], other)
                bodies.join(ordered[0], other, reason)


def _join_acronyms(
    mentions: Sequence[Mention], names: dict[int, BodyName], bodies: Bodies
) -> list[Doubt]:
    bearers: dict[str, dict[int, int]] = {}
    initials: dict[str, dict[int, int]] = {}
    for number, name in names.items():
        if name.core == name.acronyms:
            continue
        for acronym in name.acronyms:
            bearers.setdefault(acronym, {}).setdefault(bodies.find(number), number)
        if len(name.initials) > 2:
            initials.setdefault(name.initials, {}).setdefault(bodies.find(number), number)
    doubts: list[Doubt] = []
    for acronym, found in sorted(bearers.items()):
        ordered = sorted(found.values())
        for other in ordered[1:]:
            small, large = sorted((names[ordered[0]].core, names[other].core), key=len)
            if small <= large:
                bodies.join(ordered[0], other, f"acronym {acronym.upper()} and words agree")
            else:
                doubts.append(Doubt(ordered[0], other, f"both are called {acronym.upper()}"))
    for number, name in names.items():
        if name.core == name.acronyms:
            doubts += _join_bare(mentions, number, name, bodies, (bearers, initials))
    return doubts


def _join_bare(
    mentions: Sequence[Mention],
    number: int,
    name: BodyName,
    bodies: Bodies,
    known: tuple[dict[str, dict[int, int]], dict[str, dict[int, int]]],
) -> list[Doubt]:
    """Join an acronym that stands alone to the only body that bears or spells it."""
    for acronym in sorted(name.acronyms):
        for index, how in zip(known, ("acronym", "initials"), strict=True):
            roots = {bodies.find(bearer) for bearer in index.get(acronym, {}).values()}
            fitting = sorted(r for r in roots if combine_ties(bodies.fact(r), bodies.fact(number)))
            if len(fitting) == 1:
                reason = _reason(how, mentions, fitting[0], number)
                bodies.join(fitting[0], number, reason)
                return []
            if fitting:
                return [Doubt(fitting[0], number, f"several bodies are called {acronym.upper()}")]
    return []


def _reason(what: str, mentions: Sequence[Mention], left: int, right: int) -> str:
    reason = f"{what}: {mentions[left].actor.name} / {mentions[right].actor.name}"
    home = mentions[left].home
    return f"{reason}; country {home}" if home and home == mentions[right].home else reason


def _singular(word: str) -> str:
    if word == "defence":
        return "defense"
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
