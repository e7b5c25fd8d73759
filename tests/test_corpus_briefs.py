"""The briefs of the corpus and of the articles written for this project.

What the embedded model answered was recorded over HTTP and is replayed here without it. To record
anew, with weights installed: ``pytest -n 0 --record-mode=rewrite tests/test_corpus_briefs.py``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ARTICLES, FOLDERS

from summarizer.brief import Brief
from summarizer.evaluate import check_floors, evaluate_directory, read_floors
from summarizer.read import read
from summarizer.validate import check

CORPUS = sorted(path.stem for path in FOLDERS["corpus"].glob("*.txt"))

# Generated tokens that a report of 500 words may cost (issue 4), and prompt tokens read anew.
MOST_GENERATED = 900
MOST_FRESH_TIMES = 3


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_citation_is_the_source_s_own_words(path: Path, briefs: dict[str, Brief]) -> None:
    report = check(briefs[path.stem], read(path).text)

    assert report.ok, report.findings
    assert report.checked > 50


@pytest.mark.parametrize("folder", FOLDERS)
def test_quality_never_falls_below_its_floors(
    folder: str, briefs: dict[str, Brief], tmp_path: Path
) -> None:
    for path in FOLDERS[folder].glob("*.txt"):
        brief = briefs[path.stem].model_dump_json()
        (tmp_path / f"{path.stem}.brief.json").write_text(brief, encoding="utf-8")

    scores = evaluate_directory(FOLDERS[folder], tmp_path).total

    assert not check_floors(scores, read_floors(FOLDERS[folder] / "floors.json"))


@pytest.mark.parametrize("stem", ["turkiye-syria-troop-mandate", "turkish-delegation-in-damascus"])
def test_planned_supplies_are_told_item_by_item_and_as_planned(
    stem: str, briefs: dict[str, Brief]
) -> None:
    rockets = "rockets" if "mandate" in stem else "missiles"
    (pledge,) = (p for p in briefs[stem].pledges if len(p.items) > 2)

    assert [item.category for item in pledge.items] == [
        "armoured_vehicle",
        "unmanned_aircraft",
        "artillery",
        "missile_rocket",
        "air_defence",
    ]
    assert pledge.items[3].text == rockets
    assert pledge.status == "reported_planned"
    assert [party.name for party in pledge.supplier] == ["Türkiye"]
    assert pledge.recipient[0].name in ("Syria", "Damascus")
    assert pledge.attribution.speaker == "Bloomberg"
    assert pledge.deployment
    assert pledge.deployment.name == "northern Syria"
    assert not pledge.sipri_eligible


def test_what_was_pledged_on_the_record_stays_apart_from_what_is_planned(
    briefs: dict[str, Brief],
) -> None:
    statuses = {
        item.text: pledge.status
        for pledge in briefs["turkiye-syria-troop-mandate"].pledges
        for item in pledge.items
    }

    assert statuses["military and logistical equipment"] == "pledged"
    assert statuses["drones"] == "reported_planned"


@pytest.mark.parametrize(
    "stem", ["turkey-syria-defense-industry-talks", "turkiye-syria-training-memorandum"]
)
def test_training_and_talks_are_no_pledge(stem: str, briefs: dict[str, Brief]) -> None:
    assert briefs[stem].pledges == ()


@pytest.mark.parametrize("stem", CORPUS)
def test_an_article_costs_few_tokens(stem: str, briefs: dict[str, Brief]) -> None:
    brief = briefs[stem]
    words = len((FOLDERS["corpus"] / f"{stem}.txt").read_text(encoding="utf-8").split())
    fresh = brief.usage.prompt_tokens - brief.usage.cached_tokens

    assert brief.usage.completion_tokens <= MOST_GENERATED * words / 500
    assert fresh <= MOST_FRESH_TIMES * 1.5 * words


@pytest.mark.parametrize("stem", CORPUS)
def test_no_year_is_made_up(stem: str, briefs: dict[str, Brief]) -> None:
    text = (FOLDERS["corpus"] / f"{stem}.txt").read_text(encoding="utf-8")
    dates = [event.date for event in briefs[stem].events]

    for date in filter(None, dates):
        year = (date.edtf or "XXXX")[:4]
        assert year in ("XXXX", "../X") or year in text
