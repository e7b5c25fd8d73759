"""How well a dossier of the five corpus articles agrees with its gold, whoever wrote the briefs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from summarizer.brief import Actor, Brief, Event, Pledge
from summarizer.dossier import DecisionSide, Dossier, DossierCitation, Entity, FusedEvent
from summarizer.dossier import FusedPledge as Fused
from summarizer.evaluate.case import Case
from summarizer.evaluate.families import family_of
from summarizer.evaluate.gold import Gold, read_gold
from summarizer.evaluate.match import Matches

CORPUS = Path(__file__).parent.parent / "corpus"
GOLD: dict[str, Any] = json.loads((CORPUS / "dossier.gold.json").read_text(encoding="utf-8"))
_MOST = 0.5
Key = tuple[str, str]
Places = list[tuple[str, int, int]]


@lru_cache
def text_of(slug: str) -> str:
    return (CORPUS / f"{slug}.txt").read_bytes().decode("utf-8")


@lru_cache
def gold_of(slug: str) -> Gold:
    return read_gold(CORPUS / f"{slug}.gold.json", text_of(slug))


@lru_cache
def _paired_events(brief: Brief) -> dict[int, int]:
    slug = brief.document.id
    return Matches(Case(brief, text_of(slug), gold_of(slug))).events.exact


def everything(dossier: Dossier) -> list[Entity | FusedEvent | Fused]:
    return [*dossier.actors, *dossier.events, *dossier.pledges]


@dataclass(frozen=True)
class Measured:
    """A dossier and the briefs that it is made of, by document."""

    dossier: Dossier
    briefs: Mapping[str, Brief]

    def entity_of(self) -> dict[Key, str]:
        """Return the entity of each form in each document."""
        found: dict[Key, str] = {}
        for entity in self.dossier.actors:
            for member in entity.members:
                brief = self.briefs[member.document]
                actor = next(a for a in brief.actors if a.id == member.record)
                forms = (actor.name, *actor.aliases)
                found.update({(member.document, form): entity.id for form in forms})
        return found

    def mixed_entities(self) -> dict[str, set[str]]:
        """Return entities that stand for two of the gold."""
        found = self.entity_of()
        owners: dict[str, set[str]] = {}
        for entity in GOLD["entities"]:
            for doc, forms in entity["mentions"].items():
                for id_ in _names(found, doc, forms):
                    owners.setdefault(id_, set()).add(entity["canonical"])
        return {id_: names for id_, names in owners.items() if len(names) > 1}

    def entity_pairs(self) -> tuple[int, int]:
        """Return how many pairs of mentions in two documents are joined, of those found."""
        found = self.entity_of()
        joined = pairs = 0
        for entity in GOLD["entities"]:
            ids = [_names(found, doc, forms) for doc, forms in entity["mentions"].items()]
            for left, right in combinations([own for own in ids if own], 2):
                pairs += 1
                joined += bool(left & right)
        return joined, pairs

    def event_of(self) -> dict[Key, str]:
        """Return the fused event of each event of each brief."""
        return {(m.document, m.record): e.id for e in self.dossier.events for m in e.members}

    def told(self, doc: str, gold_id: str) -> list[str]:
        """Return the brief's events that the project's own measure takes for a gold event.

        Its pair comes first, then further events of fitting type that cite most of its evidence:
        a brief may tell one event of the gold in two, or two in one. Talks and statements don't
        count: they mention events of every kind.
        """
        case = Case(self.briefs[doc], text_of(doc), gold_of(doc))
        pairs = _paired_events(case.brief)
        at, gold = next((n, e) for n, e in enumerate(case.gold.events) if e.id == gold_id)
        own = [case.brief.events[pairs[at]].id] if at in pairs else []
        types = (family_of(gold.type) or frozenset()) - {"CONSULT"}
        return own + [
            event.id
            for event in case.brief.events
            if event.id not in own
            and event.type in types
            and case.overlap(event.citations, gold.evidence) > _MOST
        ]

    def joined_reports(self, gold: dict[str, Any]) -> tuple[int, int]:
        """Return how many reports of a gold event are joined at most, and how many tell it."""
        found = self.event_of()
        told = [
            {found[same["doc"], id_] for id_ in ids}
            for same in gold["same"]
            if (ids := self.told(same["doc"], same["event"]))
        ]
        count = Counter(fused for own in told for fused in own)
        return max(count.values(), default=0), len(told)

    def wrong_events(self) -> list[list[Key]]:
        """Return fused events whose members tell different gold events."""
        truth = {
            (same["doc"], id_): gold["id"]
            for gold in GOLD["events"]
            for same in gold["same"]
            for id_ in self.told(same["doc"], same["event"])
        }
        groups = [[(m.document, m.record) for m in e.members] for e in self.dossier.events]
        return [
            group
            for group in groups
            if len(group) > 1
            and (len({truth.get(key) for key in group}) > 1 or truth.get(group[0]) is None)
        ]

    def shown_differences(self) -> set[str]:
        """Return differences of the gold of which one conflict, topic or pair cites two reports."""
        shown: set[str] = set()
        for gold in GOLD["conflicts"]:
            spans = {
                value["doc"]: (start, start + len(value["evidence"]))
                for value in gold["values"]
                if (start := text_of(value["doc"]).find(value["evidence"])) >= 0
            }
            for places in self._cited_places():
                hit = {
                    doc
                    for doc, start, end in places
                    if doc in spans and start < spans[doc][1] and end > spans[doc][0]
                }
                if len(hit) > 1:
                    shown.add(gold["id"])
        return shown

    def _cited_places(self) -> list[Places]:
        records = everything(self.dossier)
        found = [
            _places(c for value in conflict.values for c in value.citations)
            for record in records
            for conflict in record.conflicts
        ]
        found += [
            _places(c for statement in claims.statements for c in statement.citations)
            for claims in self.dossier.claims
        ]
        for pair in self.dossier.doubtful:
            found.append([p for side in (pair.left, pair.right) for p in self._cited_by(side)])
        return found

    def _cited_by(self, side: DecisionSide) -> Places:
        brief = self.briefs[side.document or ""]
        records: list[Actor | Event | Pledge] = [*brief.actors, *brief.events, *brief.pledges]
        cited = [c for record in records if record.id == side.record for c in record.citations]
        return [(brief.document.id, citation.start, citation.end) for citation in cited]


def _names(entity_of: Mapping[Key, str], doc: str, forms: Iterable[str]) -> set[str]:
    """The entities of *forms* in *doc*; the gold writes ranks before names, briefs beside them."""
    bare = {form: form.removeprefix("Maj. Gen. ") for form in forms}
    found = {entity_of.get((doc, name)) for pair in bare.items() for name in pair}
    return {entity for entity in found if entity}


def _places(citations: Iterable[DossierCitation]) -> Places:
    return [(c.document, c.start, c.end) for c in citations]
