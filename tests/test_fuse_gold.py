"""The dossier of the five corpus articles against its gold, from gold briefs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from dossier_measures import CORPUS, GOLD, Measured, everything, text_of
from gold_briefs import brief_from_gold

from summarizer.brief import Brief
from summarizer.dossier import Dossier
from summarizer.evaluate.gold import read_gold
from summarizer.fuse import fuse


@lru_cache
def brief_of(slug: str) -> Brief:
    text = text_of(slug)
    brief = brief_from_gold(text, read_gold(CORPUS / f"{slug}.gold.json", text))
    return brief.model_copy(update={"document": brief.document.model_copy(update={"id": slug})})


@lru_cache
def measured() -> Measured:
    briefs = {slug: brief_of(slug) for slug in GOLD["docs"]}
    return Measured(fuse(briefs.values()), briefs)


def gold_dossier() -> Dossier:
    return measured().dossier


def test_no_two_gold_entities_are_merged() -> None:
    assert measured().mixed_entities() == {}


def test_entity_merge_recall_on_the_gold() -> None:
    joined, pairs = measured().entity_pairs()
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
    found = measured().event_of()
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
    assert len(measured().shown_differences()) >= 16


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
