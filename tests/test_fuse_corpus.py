"""The dossier of the five corpus articles against its gold, from the embedded model's briefs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dossier_measures import CORPUS, GOLD, Measured

from summarizer.brief import Brief
from summarizer.cli import main
from summarizer.fuse import fuse

# Floors: they only rise. 88 of 91 pairs of names were joined when this was written.
LEAST_ENTITY_RECALL = 0.95
LEAST_DIFFERENCES = 16
LEAST_REPORTS = {"x1": 3, "x2": 1, "x3": 2, "x4": 4}
# Told in two records: one report's brief does not have the place of the visit.
SPLIT = {"x2"}


@pytest.fixture(scope="module")
def measured(briefs: dict[str, Brief]) -> Measured:
    own = {slug: briefs[slug] for slug in GOLD["docs"]}
    return Measured(fuse(own.values()), own)


def test_no_two_gold_entities_are_merged(measured: Measured) -> None:
    assert measured.mixed_entities() == {}


def test_entity_merge_recall(measured: Measured) -> None:
    joined, pairs = measured.entity_pairs()

    assert pairs > 80
    assert joined / pairs >= LEAST_ENTITY_RECALL


def test_no_two_gold_events_are_merged(measured: Measured) -> None:
    assert measured.wrong_events() == []


@pytest.mark.parametrize("gold", GOLD["events"], ids=lambda gold: gold["id"])
def test_all_reports_that_tell_an_event_are_joined(
    gold: dict[str, Any], measured: Measured
) -> None:
    joined, telling = measured.joined_reports(gold)

    assert joined == telling or gold["id"] in SPLIT
    assert joined >= LEAST_REPORTS.get(gold["id"], 0)


def test_the_bloomberg_pledge_is_one_with_one_origin(measured: Measured) -> None:
    merged = [pledge for pledge in measured.dossier.pledges if len(pledge.members) > 1]

    assert [pledge.documents for pledge in merged] == [
        ("turkish-delegation-in-damascus", "turkiye-syria-troop-mandate")
    ]
    assert len(merged[0].origins) == 1


def test_the_july_plans_come_before_the_october_plans(measured: Measured) -> None:
    documents = {pledge.id: pledge.documents for pledge in measured.dossier.pledges}
    links = [(documents[r.subject], documents[r.object]) for r in measured.dossier.relations]

    assert links == [
        (
            ("syria-requests-turkish-support",),
            ("turkish-delegation-in-damascus", "turkiye-syria-troop-mandate"),
        )
    ]


def test_the_odd_spelling_is_joined_flagged_and_left_to_the_user(measured: Measured) -> None:
    minister = next(a for a in measured.dossier.actors if a.name == "Murhaf Abu Qasra")
    outliers = {spelling.text for spelling in minister.spellings if spelling.outlier}

    assert outliers == {"Muharram Abu Qasra"}
    assert minister.doubtful


def test_differences_shown(measured: Measured) -> None:
    assert len(measured.shown_differences()) >= LEAST_DIFFERENCES


def test_nothing_of_unrelated_articles_is_merged(briefs: dict[str, Brief]) -> None:
    """Each article of tests/articles is a story of its own: only states and media recur."""
    apart = [brief for slug, brief in briefs.items() if slug not in GOLD["docs"]]
    dossier = fuse(apart)
    several = [event.id for event in dossier.events if len(event.members) > 1]
    several += [pledge.id for pledge in dossier.pledges if len(pledge.members) > 1]
    people = [a.id for a in dossier.actors if a.kind == "person" and len(a.documents) > 1]

    assert (several, people) == ([], [])


def test_no_internal_id_stands_in_a_reason(measured: Measured) -> None:
    dossier = measured.dossier
    reasons = [reason for event in dossier.events for reason in event.why_merged]
    reasons += [reason for pledge in dossier.pledges for reason in pledge.why_merged]
    reasons += [event.credibility.reason for event in dossier.events]
    reasons += [pledge.credibility.reason for pledge in dossier.pledges]

    assert not [r for r in reasons if any(actor.id in r for actor in dossier.actors)]


def test_the_dossier_holds_until_one_character_changes(
    measured: Measured, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for slug, brief in measured.briefs.items():
        (tmp_path / f"{slug}.brief.json").write_text(brief.model_dump_json(), encoding="utf-8")
    out = tmp_path / "story.dossier.json"
    sources = ["--source", str(CORPUS)]

    assert main(["fuse", str(tmp_path), "--out", str(out)]) == 0
    assert main(["check", str(out), *sources]) == 0

    changed = out.read_text(encoding="utf-8")
    quote = "rockets, and air defense systems"
    assert quote in changed
    out.write_text(changed.replace(quote, quote.replace("rockets", "rackets")), encoding="utf-8")
    assert main(["check", str(out), *sources]) == 1
    first, *failures = capsys.readouterr().out.splitlines()
    assert first.endswith("citations checked")
    assert failures
