"""Rules of fusing on made briefs: order, identity, decisions, origins, changes; and on pairs."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pytest
from case_tables import cases
from claiming import Telling
from generator import World, make_world
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.brief import Brief
from summarizer.dossier import (
    Decision,
    DecisionSide,
    Dossier,
    Entity,
    FusedEvent,
    FusedPledge,
    RecordKind,
    Verdict,
)
from summarizer.errors import InputError
from summarizer.fuse import fuse
from summarizer.fuse.dates import date_bounds
from summarizer.render import dossier_to_markdown


@lru_cache
def world(count: int) -> World:
    return make_world(count, seed=3)


@lru_cache
def small() -> Dossier:
    return fuse(world(40).briefs)


def everything(dossier: Dossier) -> list[Entity | FusedEvent | FusedPledge]:
    return [*dossier.actors, *dossier.events, *dossier.pledges]


def pair_count(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def precision_and_recall(
    records: Sequence[Entity | FusedEvent | FusedPledge], truth: Mapping[tuple[str, str], str]
) -> tuple[float, float]:
    members = [(r.id, truth[m.document, m.record]) for r in records for m in r.members]
    right = pair_count(Counter(members).values())
    made = pair_count(Counter(id_ for id_, _ in members).values())
    wanted = pair_count(Counter(true for _, true in members).values())
    return right / made, right / wanted


def test_made_reports_are_merged_with_high_precision_and_recall() -> None:
    made = world(600)
    dossier = fuse(made.briefs)
    people = [actor for actor in dossier.actors if actor.kind == "person"]
    for records, truth in (
        (people, made.actors),
        (dossier.actors, made.actors),
        (dossier.events, made.events),
        (dossier.pledges, made.pledges),
    ):
        precision, recall = precision_and_recall(records, truth)
        assert precision >= 0.99
        assert recall >= 0.95


@settings(max_examples=40)  # each fuses forty reports
@given(st.randoms(use_true_random=False))
def test_any_order_of_reports_gives_the_same_bytes(dice: random.Random) -> None:
    briefs = list(world(40).briefs)
    dice.shuffle(briefs)
    assert fuse(briefs).model_dump_json() == small().model_dump_json()


def test_every_record_of_every_brief_is_in_the_dossier_once() -> None:
    dossier = small()
    got = Counter((m.document, m.record) for r in everything(dossier) for m in r.members)
    want = Counter(
        (brief.document.id, record)
        for brief in world(40).briefs
        for record in (
            *(actor.id for actor in brief.actors),
            *(event.id for event in brief.events),
            *(pledge.id for pledge in brief.pledges),
        )
    )
    assert got == want


def test_ids_are_unique_and_refer_to_records() -> None:
    dossier = small()
    ids = [record.id for record in everything(dossier)]
    assert len(ids) == len(set(ids))
    assert {p.actor for e in dossier.events for p in e.participants} - {None} <= set(ids)
    timeline = [entry.event for entry in dossier.timeline.dated] + [*dossier.timeline.open]
    assert sorted(timeline) == sorted(event.id for event in dossier.events)


def test_the_timeline_is_in_order_and_open_dates_stay_apart() -> None:
    dossier = small()
    starts = [entry.earliest for entry in dossier.timeline.dated]
    assert starts == sorted(starts)
    events = {event.id: event for event in dossier.events}
    for id_ in dossier.timeline.open:
        date = events[id_].date
        assert date is None or date_bounds(date.edtf) is None


def test_the_same_brief_twice_counts_once() -> None:
    briefs = world(40).briefs
    assert fuse([*briefs, briefs[0]]) == small()


def test_two_briefs_with_one_document_id_are_refused() -> None:
    first, second = world(40).briefs[:2]
    twin = second.model_copy(update={"document": first.document})
    with pytest.raises(InputError, match=first.document.id):
        fuse([first, twin])


def decision(left: Entity, right: Entity, verdict: Verdict) -> Decision:
    sides = [
        DecisionSide(name=e.name, document=e.members[0].document, record=e.members[0].record)
        for e in (left, right)
    ]
    return Decision(kind="actor", left=sides[0], right=sides[1], verdict=verdict)


def of_member(dossier: Dossier, side: DecisionSide) -> str:
    return next(
        actor.id
        for actor in dossier.actors
        if any((m.document, m.record) == (side.document, side.record) for m in actor.members)
    )


def test_a_users_word_joins_what_the_rules_keep_apart() -> None:
    left, right = [actor for actor in small().actors if actor.kind == "person"][:2]
    word = decision(left, right, "same")
    dossier = fuse(world(40).briefs, decisions=[word])
    assert of_member(dossier, word.left) == of_member(dossier, word.right)


def test_a_users_word_parts_what_the_rules_join() -> None:
    person = next(a for a in small().actors if a.kind == "person" and len(a.members) > 1)
    sides = [
        DecisionSide(name=person.name, document=m.document, record=m.record)
        for m in person.members[:2]
    ]
    word = Decision(kind="actor", left=sides[0], right=sides[1], verdict="not_same")
    dossier = fuse(world(40).briefs, decisions=[word])
    assert of_member(dossier, word.left) != of_member(dossier, word.right)


def test_a_users_word_parts_events() -> None:
    event = next(event for event in small().events if len(event.members) > 1)
    sides = [DecisionSide(name="", document=m.document, record=m.record) for m in event.members[:2]]
    word = Decision(kind="event", left=sides[0], right=sides[1], verdict="not_same")
    owners = {
        (m.document, m.record): e.id
        for e in fuse(world(40).briefs, decisions=[word]).events
        for m in e.members
    }
    first, second = ((side.document or "", side.record or "") for side in sides)
    assert owners[first] != owners[second]


def test_decisions_that_contradict_each_other_are_refused() -> None:
    left, right = small().actors[:2]
    words = [decision(left, right, "same"), decision(right, left, "not_same")]
    with pytest.raises(InputError, match="both the same and not the same"):
        fuse(world(40).briefs, decisions=words)


def test_a_decided_pair_is_not_asked_again() -> None:
    dossier = fuse(world(600).briefs)
    pair = dossier.doubtful[0].model_copy(update={"verdict": "not_same"})
    again = fuse(world(600).briefs, decisions=[pair])
    assert dossier.doubtful[0] not in again.doubtful


def test_reports_that_relay_one_agency_have_one_origin() -> None:
    relayed = [
        event
        for event in small().events
        if len(event.members) > 1 and all(account.speaker for account in event.accounts)
    ]
    assert relayed
    for event in relayed:
        assert len(event.origins) == len({account.speaker for account in event.accounts})
        assert event.credibility.grade != 1


def test_reliability_comes_from_the_users_table_only() -> None:
    briefs = world(40).briefs
    assert {source.reliability for source in small().documents} == {"F"}
    known = briefs[0].document.publisher or ""
    graded = fuse(briefs, reliability={known: "B"})
    assert {s.reliability for s in graded.documents if s.document.publisher == known} == {"B"}
    assert {s.reliability for s in graded.documents if s.document.publisher != known} == {"F"}


def test_since_tells_what_is_new_and_what_is_gone() -> None:
    briefs = world(40).briefs
    old, new = fuse(briefs[:30]), fuse(briefs[10:], since=fuse(briefs[:30]))
    assert new.since is not None
    kinds = Counter(change.kind for change in new.since)
    assert set(kinds) >= {"new", "gone", "changed"}
    before = {record.id for record in everything(old)}
    after = {record.id for record in everything(new)}
    assert {c.record for c in new.since if c.kind == "new"} == after - before
    assert {c.record for c in new.since if c.kind == "gone"} == before - after


def test_nothing_is_new_since_the_same_dossier() -> None:
    assert fuse(world(40).briefs, since=small()).since == ()


@pytest.mark.parametrize("count", [31, 35, 39])
def test_every_id_is_kept_since_an_earlier_dossier(count: int) -> None:
    briefs = world(40).briefs
    old = fuse(briefs[:count])
    new = fuse(briefs, since=old)
    owners = {(m.document, m.record): r.id for r in everything(new) for m in r.members}
    for record in everything(old):
        assert {owners[m.document, m.record] for m in record.members} == {record.id}


def test_no_briefs_give_an_empty_dossier() -> None:
    dossier = fuse([])
    assert (dossier.actors, dossier.events, dossier.pledges) == ((), (), ())


def test_a_dossier_survives_its_json() -> None:
    assert Dossier.model_validate_json(small().model_dump_json()) == small()


def test_markdown_shows_every_record_and_escapes_markup() -> None:
    brief: Brief = world(40).briefs[0]
    hostile = brief.events[0].model_copy(update={"summary": "<script>*x*</script>\n# y | z"})
    text = dossier_to_markdown(fuse([brief.model_copy(update={"events": (hostile,)})]))
    assert "<script>" not in text.replace("\\<", "")
    assert "\n# y" not in text
    shown = dossier_to_markdown(small())
    for record in everything(small()):
        assert f"`{record.id}`" in shown


@pytest.mark.parametrize(
    ("edtf", "want"),
    [
        ("2025-10-17", ("2025-10-17", "2025-10-17")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025~", ("2025-01-01", "2025-12-31")),
        ("2025-22", ("2025-06-01", "2025-08-31")),
        ("2025-07-01/2025-07-05", ("2025-07-01", "2025-07-05")),
        ("2025-07/..", None),
        ("XXXX-10-12", None),
        ("2025-13-45", None),
        ("soon", None),
        (None, None),
    ],
)
def test_bounds_of_edtf_dates(edtf: str | None, want: tuple[str, str] | None) -> None:
    assert date_bounds(edtf) == want


@given(st.text())
def test_any_text_as_a_date_is_open_or_bounded(text: str) -> None:
    bounds = date_bounds(text)
    assert bounds is None or bounds[0] <= bounds[1]


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
    place: dict[str, Any] = {"where": where} if where else {}
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
