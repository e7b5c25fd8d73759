"""What two reports tell, one event or two, one pledge or two: the tables of ``tests/cases``."""

from __future__ import annotations

from typing import Any

import pytest
from case_tables import cases
from claiming import Telling

from summarizer.brief import Brief
from summarizer.dossier import Dossier, RecordKind
from summarizer.fuse import fuse


def verdict(dossier: Dossier, kind: RecordKind) -> str:
    """Say in the words of the tables what became of the records of two reports."""
    records = dossier.events if kind == "event" else dossier.pledges
    if len(records) == 1:
        return "doubtful" if records[0].doubtful else "one"
    if dossier.relations:
        return "related"
    return "doubt" if any(pair.kind == kind for pair in dossier.doubtful) else "two"


def event_brief(id: str, kind: str, text: str, who: str, where: str) -> Brief:
    telling = Telling(text, published="2024-05-15")
    named = [part.split(" = ") for part in who.split("; ")] if who else []
    place = {"where": where} if where else {}
    telling.event(kind, who=[name for name, _ in named], when="14 May", **place)
    for name, sort in named:
        telling.actor(name, sort)
    return telling.brief(id)


@pytest.mark.parametrize("row", [*cases("events_fused")])
def test_two_reports_tell_one_event_or_two(row: dict[str, str]) -> None:
    briefs = [
        event_brief(n, row["kind"], row[n], row[f"{n} who"], row[f"{n} where"])
        for n in ("first", "second")
    ]

    assert verdict(fuse(briefs), "event") == row["are"]


def pledge_brief(id: str, row: dict[str, str]) -> Brief:
    def of(column: str) -> str:
        both = row[column].split(" / ")
        return both[-1] if id == "second" else both[0]

    published = of("published")
    telling = Telling(row[id], published=None if published == "undated" else published)
    parties: dict[str, Any] = {side: of(side) for side in ("supplier", "recipient")}
    telling.pledge(row[f"{id} goods"], status=of("status"), **parties)
    for name in parties.values():
        telling.actor(name, "state")
    return telling.brief(id)


@pytest.mark.parametrize("row", [*cases("pledges_fused")])
def test_two_reports_tell_one_pledge_or_two(row: dict[str, str]) -> None:
    briefs = [pledge_brief(n, row) for n in ("first", "second")]

    assert verdict(fuse(briefs), "pledge") == row["are"]


def test_an_account_without_a_place_does_not_join_two_towns() -> None:
    told = [
        ("Russian missiles hit Dnipro on 14 May, killing six people.", "Dnipro"),
        ("Russian missiles hit people on 14 May, killing six people.", ""),
        ("Russian missiles hit Mykolaiv on 14 May, killing six people.", "Mykolaiv"),
    ]
    briefs = [
        event_brief(str(n), "strike", text, "Russian = state", place)
        for n, (text, place) in enumerate(told)
    ]

    dossier = fuse(briefs)

    assert sorted(len(event.members) for event in dossier.events) == [1, 2]
    assert any("names no place" in pair.reason for pair in dossier.doubtful)


def test_a_dossier_keeps_the_terms_of_each_report_once() -> None:
    def brief(id: str, text: str, **terms: Any) -> Brief:
        telling = Telling(text, published="2024-05-15")
        telling.actor("Norway", "state").actor("Latvia", "state")
        telling.pledge(
            "18 trucks", supplier="Norway", recipient="Latvia", status="pledged", **terms
        )
        return telling.brief(id)

    text = "Norway will send Latvia 18 trucks worth $4 million to guard the border at Daugavpils"
    first = brief("a", f"{text}.", value="$4 million", purpose="to guard the border")
    second = brief(
        "b",
        f"{text}, excluding spare parts, if parliament agrees.",
        value="$4 million",
        deployment="Daugavpils",
        exclusions=("excluding spare parts",),
        conditions=("if parliament agrees",),
    )

    (pledge,) = fuse([first, second]).pledges

    kept = {
        field: [(term.text, term.documents) for term in getattr(pledge, field)]
        for field in ("purpose", "conditions", "exclusions", "value", "deployment")
    }
    assert kept == {
        "purpose": [("to guard the border", ("a",))],
        "conditions": [("if parliament agrees", ("b",))],
        "exclusions": [("excluding spare parts", ("b",))],
        "value": [("$4 million", ("a", "b"))],
        "deployment": [("Daugavpils", ("b",))],
    }
