"""The invented articles hold what their gold says of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from summarizer.evaluate.gold import GoldActor, GoldEvent, GoldItem, GoldPledge, read_gold
from summarizer.evaluate.numerals import numbers_in
from summarizer.names import fold
from summarizer.read import read

ARTICLES = Path(__file__).parent / "articles"
TEXTS = sorted(ARTICLES.glob("*.txt"))
each_article = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)


def test_there_are_ten_and_sources_name_each() -> None:
    sources = (ARTICLES / "SOURCES.md").read_text("utf-8")
    assert len(TEXTS) == 10
    assert [path.stem for path in TEXTS if f"| {path.stem} |" not in sources] == []


@each_article
def test_article_has_the_length_of_a_short_report(path: Path) -> None:
    assert 150 <= len(read(path).text.split()) <= 450


@each_article
def test_evidence_and_words_of_gold_stand_in_the_text(path: Path) -> None:
    text = read(path).text
    gold = read_gold(path.with_suffix(".gold.json"), text)
    words = [name for actor in gold.actors for name in (actor.name, *actor.aliases)]
    words += [event.date_text for event in gold.events if event.date_text]
    words += [item.name for pledge in gold.pledges for item in pledge.items]
    words += [w for p in gold.pledges for w in (p.value, p.timeframe, p.purpose) if w]
    # A sentence may begin with what is named in its middle: "A senior official".
    assert [word for word in words if fold(word) not in fold(text)] == []


@each_article
def test_gold_quantities_stand_in_the_evidence(path: Path) -> None:
    gold = read_gold(path.with_suffix(".gold.json"), read(path).text)
    for pledge in gold.pledges:
        stated = numbers_in("\n".join(pledge.evidence))
        assert [i.name for i in pledge.items if not i.numbers <= stated] == []


@each_article
def test_parties_and_participants_are_actors_of_gold_or_words_of_the_text(path: Path) -> None:
    text = read(path).text
    gold = read_gold(path.with_suffix(".gold.json"), text)
    names = {fold(n) for actor in gold.actors for n in (actor.name, *actor.aliases)}
    parties = {n for p in gold.pledges for n in (p.supplier, p.recipient, *p.supplier_accept) if n}
    assert {name for name in parties if fold(name) not in names} == set()
    taking_part = {name for event in gold.events for name in event.participants}
    assert {name for name in taking_part if fold(name) not in fold(text)} == set()


@each_article
def test_gold_has_no_misspelt_field(path: Path) -> None:
    gold = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
    pledges = gold["pledges"]
    records: list[tuple[type[BaseModel], list[dict[str, object]]]] = [
        (GoldActor, gold["actors"]),
        (GoldEvent, gold["events"]),
        (GoldPledge, pledges),
        (GoldItem, [item for pledge in pledges for item in pledge["items"]]),
    ]
    for model, found in records:
        known = {*model.model_fields, "note"}
        assert {field for record in found for field in record} - known == set()
    assert gold["doc"] == path.name
    assert gold["traps"]


def test_kinds_of_articles_that_the_field_brings_are_there() -> None:
    golds = {
        path.stem: read_gold(path.with_suffix(".gold.json"), read(path).text) for path in TEXTS
    }
    free = {slug for slug, gold in golds.items() if not gold.pledges}
    assert free == {"ceasefire_talks", "contested_strike", "sahel_clash"}
    statuses = {pledge.status for gold in golds.values() for pledge in gold.pledges}
    assert statuses >= {
        *("requested", "discussed", "offered", "pledged", "approved", "signed", "delivered"),
        *("suspended", "cancelled", "denied"),
    }
    undated = {path.stem for path in TEXTS if read(path).published is None}
    assert undated == {"cancelled_deal", "contested_strike", "drone_denial"}
