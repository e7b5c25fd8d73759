"""The dossier of the five corpus articles against its gold, from gold briefs."""

from __future__ import annotations

import itertools
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from gold_briefs import brief_from_gold

from summarizer.brief import Actor, Brief, Event, Pledge
from summarizer.dossier import DecisionSide, Dossier, Entity, FusedEvent, FusedPledge
from summarizer.evaluate.gold import read_gold
from summarizer.fuse import fuse

CORPUS = Path(__file__).parent.parent / "corpus"
GOLD: dict[str, Any] = json.loads((CORPUS / "dossier.gold.json").read_text(encoding="utf-8"))


@lru_cache
def text_of(slug: str) -> str:
    return (CORPUS / f"{slug}.txt").read_bytes().decode("utf-8")


@lru_cache
def brief_of(slug: str) -> Brief:
    text = text_of(slug)
    brief = brief_from_gold(text, read_gold(CORPUS / f"{slug}.gold.json", text))
    return brief.model_copy(update={"document": brief.document.model_copy(update={"id": slug})})


@lru_cache
def gold_dossier() -> Dossier:
    return fuse([brief_of(slug) for slug in GOLD["docs"]])


def everything(dossier: Dossier) -> list[Entity | FusedEvent | FusedPledge]:
    return [*dossier.actors, *dossier.events, *dossier.pledges]


def entity_of() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for entity in gold_dossier().actors:
        for member in entity.members:
            actor = next(a for a in brief_of(member.document).actors if a.id == member.record)
            found.update({(member.document, f): entity.id for f in (actor.name, *actor.aliases)})
    return found


def event_of() -> dict[tuple[str, str], str]:
    return {(m.document, m.record): e.id for e in gold_dossier().events for m in e.members}


def test_no_two_gold_entities_are_merged() -> None:
    found = entity_of()
    owners: dict[str, set[str]] = {}
    for entity in GOLD["entities"]:
        for doc, forms in entity["mentions"].items():
            for form in forms:
                if (doc, form) in found:
                    owners.setdefault(found[doc, form], set()).add(entity["canonical"])
    assert {id_: names for id_, names in owners.items() if len(names) > 1} == {}


def test_entity_merge_recall_on_the_gold() -> None:
    found = entity_of()
    joined = pairs = 0
    for entity in GOLD["entities"]:
        ids = [
            {found[doc, form] for form in forms if (doc, form) in found}
            for doc, forms in entity["mentions"].items()
        ]
        for left, right in itertools.combinations(ids, 2):
            pairs += 1
            joined += bool(left & right)
    assert joined / pairs >= 0.95


@pytest.mark.parametrize("gold", GOLD["events"], ids=lambda gold: gold["id"])
def test_an_event_told_by_several_articles_is_one(gold: dict[str, Any]) -> None:
    want = {(same["doc"], same["event"]) for same in gold["same"]}
    clusters = [{(m.document, m.record) for m in e.members} for e in gold_dossier().events]
    assert want in clusters


def test_no_other_events_are_merged() -> None:
    want = {frozenset((s["doc"], s["event"]) for s in gold["same"]) for gold in GOLD["events"]}
    got = {
        frozenset((m.document, m.record) for m in event.members)
        for event in gold_dossier().events
        if len(event.members) > 1
    }
    assert got == want


def test_the_bloomberg_pledge_is_one_and_has_one_origin() -> None:
    merged = [pledge for pledge in gold_dossier().pledges if len(pledge.members) > 1]
    want = {(s["doc"], f"p{s['pledge'] + 1}") for s in GOLD["pledges"][0]["same"]}
    assert [{(m.document, m.record) for m in pledge.members} for pledge in merged] == [want]
    assert len(merged[0].origins) == 1
    assert merged[0].credibility.grade > 1
    items = next(c for c in merged[0].conflicts if c.kind == "item")
    assert {value.value for value in items.values} == {"rockets", "missiles"}


@pytest.mark.parametrize(
    "gold", [g for g in GOLD["not_the_same"] if len(g["refs"]) > 1], ids=lambda g: g["what"][:40]
)
def test_records_that_are_easily_confused_stay_apart(gold: dict[str, Any]) -> None:
    found = event_of()
    first = found[gold["refs"][0]["doc"], gold["refs"][0]["event"]]
    assert all(found[ref["doc"], ref["event"]] != first for ref in gold["refs"][1:2])


def test_the_outlier_spelling_is_joined_flagged_and_left_to_the_user() -> None:
    minister = next(a for a in gold_dossier().actors if a.name == "Murhaf Abu Qasra")
    outliers = {spelling.text for spelling in minister.spellings if spelling.outlier}
    assert outliers == {"Muharram Abu Qasra"}
    assert minister.doubtful
    assert any("Muharram" in pair.left.name + pair.right.name for pair in gold_dossier().doubtful)


def test_the_july_plans_are_a_precursor_of_the_october_plans() -> None:
    pledges = {(m.document, m.record): p.id for p in gold_dossier().pledges for m in p.members}
    july = pledges["syria-requests-turkish-support", "p1"]
    october = pledges["turkiye-syria-troop-mandate", "p1"]
    links = {(r.subject, r.relation, r.object) for r in gold_dossier().relations}
    assert (july, "precursor_of", october) in links


def test_at_least_sixteen_of_eighteen_differences_are_shown() -> None:
    assert len(shown_differences()) >= 16


def shown_differences() -> set[str]:
    """Gold differences of which one conflict, topic or doubtful pair cites two articles' words."""
    shown: set[str] = set()
    for gold in GOLD["conflicts"]:
        spans = {
            value["doc"]: (start, start + len(value["evidence"]))
            for value in gold["values"]
            if (start := text_of(value["doc"]).find(value["evidence"])) >= 0
        }
        for places in cited_places():
            hit = {
                doc
                for doc, start, end in places
                if doc in spans and start < spans[doc][1] and end > spans[doc][0]
            }
            if len(hit) > 1:
                shown.add(gold["id"])
    return shown


@lru_cache
def cited_places() -> list[list[tuple[str, int, int]]]:
    dossier = gold_dossier()
    conflicts = [conflict for record in everything(dossier) for conflict in record.conflicts]
    found = [
        [(c.document, c.start, c.end) for value in conflict.values for c in value.citations]
        for conflict in conflicts
    ]
    found += [
        [(c.document, c.start, c.end) for s in claims.statements for c in s.citations]
        for claims in dossier.claims
    ]
    for pair in dossier.doubtful:
        sides = (pair.left, pair.right)
        found.append([place for side in sides for place in places_of(side)])
    return found


def places_of(side: DecisionSide) -> list[tuple[str, int, int]]:
    brief = brief_of(side.document or "")
    records: list[Actor | Event | Pledge] = [*brief.actors, *brief.events, *brief.pledges]
    cited = [c for record in records if record.id == side.record for c in record.citations]
    return [(brief.document.id, citation.start, citation.end) for citation in cited]


def test_every_citation_is_the_words_of_its_document() -> None:
    def walk(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, dict):
            own = [node] if {"document", "start", "quote"} <= node.keys() else []
            return own + [c for child in node.values() for c in walk(child)]
        return [c for child in node for c in walk(child)] if isinstance(node, list) else []

    citations = walk(gold_dossier().model_dump(mode="json"))
    assert len(citations) > 500
    for citation in citations:
        text = text_of(citation["document"])
        assert text[citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.parametrize("left_out", GOLD["docs"])
def test_ids_survive_adding_an_article(left_out: str) -> None:
    """But for names that only the added article spells out, and clashes that it brings."""
    before = fuse([brief_of(slug) for slug in GOLD["docs"] if slug != left_out])
    after = {(m.document, m.record): r.id for r in everything(gold_dossier()) for m in r.members}
    old = everything(before)
    kept = sum(any(after[m.document, m.record] == r.id for m in r.members) for r in old)
    assert kept / len(old) >= 0.95
