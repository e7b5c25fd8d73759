"""One brief beside its gold, and what matching asks: same name, same party, same words cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pydantic import BaseModel

from summarizer.brief import Actor, Brief, Citation, Participant, Party
from summarizer.evaluate.gold import Gold
from summarizer.names import fold

Form = tuple[str, ...]
_BRACKETS = re.compile(r"[()]")
_JOINED = re.compile(r"[,;]| and ")
_STATE_ORGANS = {"state", "government_body", "military"}


def words(text: str) -> Form:
    """Return the folded words of *text*, without an article in front."""
    found = fold(text).split()
    return tuple(found[1:] if found[:1] in (["the"], ["a"], ["an"]) else found)


def forms(names: Iterable[str]) -> frozenset[Form]:
    """Return names as folded words; "X (Y)" stands for itself, X and Y."""
    return frozenset[Form]().union(*map(_forms_of, names))


def contained(left: frozenset[Form], right: frozenset[Form]) -> bool:
    """Whether all words of a form of one side stand in a form of the other."""
    return any(set(a) <= set(b) or set(b) <= set(a) for a in left for b in right)


def citations_in(value: BaseModel) -> Iterator[Citation]:
    """Walk all citations of a published value, however deep."""
    if isinstance(value, Citation):
        yield value
        return
    for name in type(value).model_fields:
        part = getattr(value, name)
        for one in part if isinstance(part, tuple) else (part,):
            if isinstance(one, BaseModel):
                yield from citations_in(one)


@dataclass(frozen=True)
class Case:
    """A brief, the text it is about, and the gold annotation of that text."""

    brief: Brief
    text: str
    gold: Gold

    def overlap(self, citations: Iterable[Citation], evidence: Iterable[str]) -> float:
        """Return the shared characters as a share of the shorter side, in [0, 1].

        The shorter side, since gold may cite a clause where a brief cites its whole sentence.
        """
        cited = {at for c in citations for at in range(c.start, min(c.end, len(self.text)))}
        given = {at for quote in evidence for at in self._occurrences(quote)}
        shorter = min(len(cited), len(given))
        return len(cited & given) / shorter if shorter else 0.0

    def same_party(self, gold_names: Iterable[str], party: Party | Participant) -> bool:
        """Whether *party* is one of *gold_names*, by any of its names or by its state."""
        right = self._party_forms(gold_names)
        actor = self._actors_by_id.get(party.actor or "")
        mine = forms((party.name, *((actor.name, *actor.aliases) if actor else ())))
        if mine & right:
            return True
        return bool(
            actor
            and actor.country
            and actor.kind in _STATE_ORGANS
            and actor.country in self._countries(right)
        )

    def same_participant(self, gold_name: str, found: Participant, *, exact: bool) -> bool:
        """Whether *found* is who gold names; not *exact*: or one name is part of the other."""
        if self.same_party([gold_name], found):
            return True
        return not exact and contained(forms([gold_name]), forms([found.name]))

    def same_speaker(self, gold_names: Iterable[str], said: Iterable[str]) -> bool:
        """Whether one of the names *said* is one of *gold_names*, or part of it."""
        return contained(forms(said), self._party_forms(gold_names))

    @cached_property
    def _actors_by_id(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.brief.actors}

    def _occurrences(self, quote: str) -> Iterator[int]:
        at = self.text.find(quote)
        while at >= 0:
            yield from range(at, at + len(quote))
            at = self.text.find(quote, at + len(quote))

    def _party_forms(self, names: Iterable[str]) -> frozenset[Form]:
        """Return all forms of the gold actors so named, and of those they act for or through.

        A ministry speaks for its state and a company sells for it: neither is a wrong party.
        """
        mine = forms(part for name in names for part in (name, *_JOINED.split(name)))
        heads = mine.union(*(above for own, above in self._gold_forms if own & mine))
        return heads.union(*(own for own, above in self._gold_forms if own & heads or above & mine))

    @cached_property
    def _gold_forms(self) -> tuple[tuple[frozenset[Form], frozenset[Form]], ...]:
        """The forms of each gold actor and of what it is affiliated with."""
        return tuple(
            (forms((actor.name, *actor.aliases)), forms([actor.affiliation or ""]))
            for actor in self.gold.actors
        )

    def _countries(self, right: frozenset[Form]) -> set[str]:
        """Return the countries that code gave to the brief's states among *right*."""
        return {
            actor.country
            for actor in self.brief.actors
            if actor.country
            and actor.kind == "state"
            and forms((actor.name, *actor.aliases)) & right
        }


@lru_cache(maxsize=4096)
def _forms_of(name: str) -> frozenset[Form]:
    parts = _BRACKETS.split(name) if "(" in name else ()
    return frozenset(form for part in (name, *parts) if (form := words(part)))
