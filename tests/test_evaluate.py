"""A perfect brief scores 1; each single fault moves its own figure and no other."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, get_args

import pytest
from gold_briefs import brief_from_gold
from growing import assert_linear, repeated
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.brief import Actor, Brief, Citation, Event, Item, Pledge, PledgeStatus, Statement
from summarizer.draft import EventKind
from summarizer.errors import InputError
from summarizer.evaluate import (
    Evaluation,
    Floors,
    Scores,
    add_up,
    check_floors,
    evaluate,
    evaluate_directory,
    raise_floors,
    read_floors,
    read_gold,
    render_differences,
    render_documents,
    render_table,
)
from summarizer.evaluate.assign import pair
from summarizer.evaluate.case import citations_in
from summarizer.evaluate.dates import is_borne_out
from summarizer.evaluate.families import kin_of
from summarizer.evaluate.feared import LADDER
from summarizer.evaluate.numerals import numbers_in, numbers_stated
from summarizer.evaluate.scores import KINDS, Counts
from summarizer.read import read

ROOT = Path(__file__).parent
ARTICLES = ROOT / "articles"
TEXTS = sorted(
    text
    for folder in (ARTICLES, ROOT.parent / "corpus")
    for text in folder.glob("*.txt")
    if text.with_suffix(".gold.json").exists()
)


def perfect(path: Path) -> Brief:
    document = read(path)
    gold = read_gold(path.with_suffix(".gold.json"), document.text)
    return brief_from_gold(document.text, gold, published=document.published)


def score(brief: Brief, path: Path) -> Scores:
    text = read(path).text
    return evaluate(brief, text, read_gold(path.with_suffix(".gold.json"), text))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_perfect_brief_scores_one_everywhere(path: Path) -> None:
    scores = score(perfect(path), path)
    assert {
        (kind, mode, rate): value
        for kind in KINDS
        for mode in ("exact", "relaxed")
        for rate in ("precision", "recall", "f1")
        if (value := getattr(getattr(scores.tallies[kind], mode), rate)) != 1
    } == {}
    assert scores.findings == ()
    assert [d for d in scores.differences if d.missed or d.extra] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_brief_without_publication_date_may_leave_dates_open(path: Path) -> None:
    text = read(path).text
    gold = read_gold(path.with_suffix(".gold.json"), text)
    scores = evaluate(brief_from_gold(text, gold), text, gold)
    assert scores.tallies["dates"].relaxed.f1 == 1
    assert scores.feared["invented_dates"] == 0


# One fault each ---------------------------------------------------------------------------------

Fault = Callable[[Brief], Brief]
Record = TypeVar("Record", Actor, Event, Pledge, Item)


def actor(name: str, **change: object) -> Fault:
    return lambda brief: brief.model_copy(
        update={"actors": _changed(brief.actors, lambda a: a.name == name, change)}
    )


def event(words: str, **change: object) -> Fault:
    return lambda brief: brief.model_copy(
        update={"events": _changed(brief.events, lambda e: words in e.summary, change)}
    )


def event_date(words: str, edtf: str | None) -> Fault:
    def fault(brief: Brief) -> Brief:
        found = next(e for e in brief.events if words in e.summary)
        assert found.date
        return event(words, date=found.date.model_copy(update={"edtf": edtf}))(brief)

    return fault


def pledge(item: str, **change: object) -> Fault:
    return lambda brief: brief.model_copy(
        update={"pledges": _changed(brief.pledges, lambda p: _has(p, item), change)}
    )


def item(named: str, **change: object) -> Fault:
    def fault(brief: Brief) -> Brief:
        found = next(p for p in brief.pledges if _has(p, named))
        items = _changed(found.items, lambda i: i.text == named, change)
        return pledge(named, items=items)(brief)

    return fault


def party(item_text: str, side: str, name: str) -> Fault:
    def fault(brief: Brief) -> Brief:
        found = next(p for p in brief.pledges if _has(p, item_text))
        wrong = getattr(found, side)[0].model_copy(
            update={"name": name, "actor": next(a.id for a in brief.actors if a.name == name)}
        )
        return pledge(item_text, **{side: (wrong,)})(brief)

    return fault


def speaker(item_text: str, name: str | None) -> Fault:
    def fault(brief: Brief) -> Brief:
        said = next(p for p in brief.pledges if _has(p, item_text)).attribution
        changed = said.model_copy(update={"speaker": name})
        return pledge(item_text, attribution=changed)(brief)

    return fault


def dropped(collection: str, key: str, words: str) -> Fault:
    def fault(brief: Brief) -> Brief:
        records = getattr(brief, collection)
        kept = tuple(r for r in records if words not in str(getattr(r, key)))
        assert len(kept) == len(records) - 1
        return brief.model_copy(update={collection: kept})

    return fault


def doubled(collection: str, **change: object) -> Fault:
    def fault(brief: Brief) -> Brief:
        records = getattr(brief, collection)
        again = records[0].model_copy(update=change)
        return brief.model_copy(update={collection: (*records, again)})

    return fault


def foreign_pledge(brief: Brief) -> Brief:
    other = perfect(ARTICLES / "naval_incident.txt").pledges[0]
    cited = brief.events[0].citations
    bare = other.items[0].model_copy(update={"quantity": None, "citations": cited})
    alien = other.model_copy(update={"items": (bare,), "citations": cited})
    words = alien.status_words.model_copy(update={"citations": cited})
    parts = {"status_words": words, "supplier": (), "recipient": ()}
    said = alien.attribution.model_copy(update={"citations": cited})
    return brief.model_copy(
        update={"pledges": (alien.model_copy(update={**parts, "attribution": said}),)}
    )


def cited_elsewhere(slug: str, words: str) -> tuple[Citation, ...]:
    start = read(ARTICLES / f"{slug}.txt").text.index(words)
    end = start + len(words)
    return (Citation(sentence=1, start=start, end=end, quote=words, match="exact"),)


def borrowed_date(words: str, edtf: str) -> Fault:
    def fault(brief: Brief) -> Brief:
        date = next(e.date for e in brief.events if e.date)
        return event(words, date=date.model_copy(update={"edtf": edtf}))(brief)

    return fault


def mixed_pledge(brief: Brief) -> Brief:
    """Let Sweden also give what Denmark gives."""
    denmark, sweden, *others = brief.pledges
    shells = denmark.items[1]
    less = denmark.model_copy(update={"items": denmark.items[:1]})
    more = sweden.model_copy(
        update={
            "items": (*sweden.items, shells),
            "citations": (*sweden.citations, *shells.citations),
        }
    )
    return brief.model_copy(update={"pledges": (less, more, *others)})


def shifted_citation(brief: Brief) -> Brief:
    cited = brief.actors[0].position
    assert cited
    wrong = cited.citations[0].model_copy(update={"start": cited.citations[0].start + 1})
    return actor(brief.actors[0].name, position=cited.model_copy(update={"citations": (wrong,)}))(
        brief
    )


def boasting_summary(brief: Brief) -> Brief:
    cited = brief.events[0].citations
    line = Statement(text="Some 4,711 howitzers were handed over.", citations=cited)
    return brief.model_copy(update={"summary": (line,)})


def _has(found: Pledge, text: str) -> bool:
    return any(i.text == text for i in found.items)


def _changed(
    records: tuple[Record, ...], is_meant: Callable[[Record], bool], change: dict[str, object]
) -> tuple[Record, ...]:
    assert any(map(is_meant, records))
    return tuple(r.model_copy(update=change) if is_meant(r) else r for r in records)


FAULTS: dict[str, tuple[str, Fault, set[str]]] = {
    "actor missing": ("howitzer_handover", dropped("actors", "name", "Kim Hye-won"), {"actors"}),
    "actor twice": ("howitzer_handover", doubled("actors"), {"actors"}),
    "actor invented": ("howitzer_handover", doubled("actors", name="Bo", aliases=()), {"actors"}),
    "alias of another actor": (
        "howitzer_handover",
        actor("Romania", aliases=("Bucharest", "Hanwha")),
        {"aliases"},
    ),
    "alias missing": ("cancelled_deal", actor("Spain", aliases=()), {"aliases"}),
    "event missing": (
        "cancelled_deal",
        dropped("events", "summary", "no formal"),
        {"events", "kinds", "participants"},  # these are counted for what is found only
    ),
    "event twice": ("contested_strike", doubled("events"), {"events"}),
    "event of another type": (
        "contested_strike",
        event("UNAMA, called", type="SANCTION"),
        {"events", "kinds"},
    ),
    "event by another word": (
        "contested_strike",
        event("UNAMA, called", label="phone call"),
        {"kinds"},
    ),
    "request told as a strike": (
        "contested_strike",
        event("UNAMA, called", label="strike"),
        {"kinds", "invented_violence"},
    ),
    "request coded as an assault": (
        "contested_strike",
        event("UNAMA, called", type="ASSAULT"),
        {"events", "kinds", "invented_violence"},
    ),
    "event without its participants": (
        "contested_strike",
        event("UNAMA, called", participants=()),
        {"events", "participants"},
    ),
    "item missing": (
        "conditional_sale",
        item("spare parts", text="a wholly different thing"),
        {"items"},
    ),
    "item of another calibre": (
        "us_aid_package",
        item("155mm artillery rounds", text="203mm artillery rounds"),
        {"items", "quantities"},
    ),
    "item with fewer words": (
        "conditional_sale",
        item("M240H machine guns", text="guns"),
        {"items"},
    ),
    "quantity of a neighbour": (
        "donor_joint_statement",
        item("shells", quantity=12),
        {"quantities"},
    ),
    "quantity missing": (
        "cancelled_deal",
        item("offshore patrol vessels", quantity=None),
        {"quantities"},
    ),
    "quantity invented": (
        "cancelled_deal",
        item("offshore patrol vessels", quantity=7),
        {"quantities", "numbers_not_in_citation"},
    ),
    "upper bound missing": (
        "donor_joint_statement",
        item("CAESAR self-propelled howitzers", quantity_max=None),
        {"quantities"},
    ),
    "plan told as delivery": (
        "donor_joint_statement",
        pledge("reconnaissance drones", status="delivered"),
        {"statuses", "pledges", "over_claims"},
    ),
    "promise told as approval": (
        "donor_joint_statement",
        pledge("reconnaissance drones", status="approved"),
        {"statuses", "pledges", "over_claims"},
    ),
    "request told as talks": (
        "naval_incident",
        pledge("coastal radars", status="discussed"),
        {"statuses", "pledges"},
    ),
    "denial told as delivery": (
        "drone_denial",
        pledge("drones", status="delivered"),
        {"statuses", "pledges", "over_claims"},
    ),
    "cancelled deal told as signed": (
        "cancelled_deal",
        pledge("A-29 Super Tucano light attack aircraft", status="signed"),
        {"statuses", "pledges", "over_claims"},
    ),
    "delivery told as plan": (
        "cancelled_deal",
        pledge("armoured personnel carriers", status="reported_planned"),
        {"statuses", "pledges"},
    ),
    "other accepted status": (
        "howitzer_handover",
        pledge("K9 Thunder self-propelled howitzers", status="partly_delivered"),
        {"statuses"},
    ),
    "parties swapped": (
        "naval_incident",
        party("coastal radars", "supplier", "Philippines"),
        {"pledges", "wrong_supplier_or_recipient"},
    ),
    "supplier missing": ("naval_incident", pledge("coastal radars", supplier=()), {"pledges"}),
    "bystander as recipient": (
        "drone_denial",
        party("drones", "recipient", "Egypt"),
        {"pledges", "wrong_supplier_or_recipient"},
    ),
    "speaker lost": (
        "conditional_sale",
        speaker("used Cougar helicopters", None),
        {"wrong_attribution"},
    ),
    "speaker wrong": (
        "conditional_sale",
        speaker("used Cougar helicopters", "Julián Toro"),
        {"wrong_attribution"},
    ),
    "own voice given a speaker": (
        "cancelled_deal",
        speaker("offshore patrol vessels", "Efua Quartey"),
        {"wrong_attribution"},
    ),
    "year from nowhere": (
        "drone_denial",
        event_date("alleged that at least", "2019-09"),
        {"dates", "invented_dates"},
    ),
    "wrong day": (
        "us_aid_package",
        event_date("announced on Tuesday", "2024-05-13"),
        {"dates", "invented_dates"},
    ),
    "date left open": ("us_aid_package", event_date("announced on Tuesday", None), {"dates"}),
    "date less precise": (
        "us_aid_package",
        event_date("announced on Tuesday", "2024-05"),
        {"dates"},
    ),
    "date of another event": (
        "us_aid_package",
        borrowed_date("no decision had been made", "2024-05-14"),
        {"dates"},
    ),
    "year far from publication": (
        "us_aid_package",
        borrowed_date("no decision had been made", "2015-05-14"),
        {"dates", "invented_dates"},
    ),
    "event cited by a sliver": (
        "contested_strike",
        event(
            "UNAMA, called",
            citations=cited_elsewhere(
                "contested_strike", "an investigation. China urged both neigh"
            ),
        ),
        {"events"},
    ),
    "like item from elsewhere": (
        "us_aid_package",
        item(
            "field equipment",
            text="vehicles",
            citations=cited_elsewhere("us_aid_package", "4,100 vehicles"),
        ),
        {"items"},
    ),
    "one supplier's item in another's pledge": (
        "donor_joint_statement",
        mixed_pledge,
        {"wrong_supplier_or_recipient"},
    ),
    "citation shifted": ("howitzer_handover", shifted_citation, {"invalid_citations"}),
    "number in the summary": ("howitzer_handover", boasting_summary, {"numbers_not_in_citation"}),
    "pledge in a text without": (
        "sahel_clash",
        foreign_pledge,
        {"pledges", "items", "pledges_in_pledge_free"},
    ),
}


@pytest.mark.parametrize(("slug", "fault", "want"), FAULTS.values(), ids=FAULTS)
def test_one_fault_moves_its_own_figures_only(slug: str, fault: Fault, want: set[str]) -> None:
    path = ARTICLES / f"{slug}.txt"
    brief = perfect(path)
    before, after = score(brief, path), score(fault(brief), path)
    moved = {kind for kind in KINDS if before.tallies[kind] != after.tallies[kind]}
    feared = {kind for kind, number in after.feared.items() if number}
    assert moved | feared == want


@pytest.mark.parametrize(
    ("fault", "mode"),
    [
        (dropped("events", "summary", "Tallinn will train"), "exact"),
        (dropped("actors", "name", "LRT"), "relaxed"),
    ],
    ids=["event", "actor"],
)
def test_minor_record_missing_is_no_miss(fault: Fault, mode: str) -> None:
    path = ARTICLES / "donor_joint_statement.txt"
    scores = score(fault(perfect(path)), path)
    assert [getattr(t, mode).f1 for t in scores.tallies.values()] == [1.0] * len(KINDS)


def test_pledge_split_by_item_keeps_items_and_statuses() -> None:
    path = ARTICLES / "us_aid_package.txt"
    brief = perfect(path)
    first, *others = brief.pledges
    split = tuple(first.model_copy(update={"items": (one,)}) for one in first.items)
    scores = score(brief.model_copy(update={"pledges": (*split, *others)}), path)
    assert scores.tallies["items"].exact.f1 == 1
    assert scores.tallies["statuses"].exact.f1 == 1
    assert scores.tallies["pledges"].relaxed.recall == 1
    assert scores.tallies["pledges"].relaxed.precision < 0.2


def test_same_item_in_two_pledges_is_told_apart() -> None:
    path = ARTICLES / "howitzer_handover.txt"
    short = item("K9 Thunder self-propelled howitzers", text="howitzers")(perfect(path))
    scores = score(short, path)
    assert scores.tallies["quantities"].exact.f1 == 1
    assert scores.feared["over_claims"] == 0


def test_state_named_by_its_country_code_is_the_same_party() -> None:
    path = ARTICLES / "naval_incident.txt"
    brief = perfect(path)
    ministry = brief.actors[0].model_copy(
        update={
            "id": "z1",
            "kind": "government_body",
            "name": "Filipino government",
            "aliases": (),
            "country": "PHL",
        }
    )
    brief = actor("Philippines", country="PHL")(brief)
    brief = brief.model_copy(update={"actors": (*brief.actors, ministry)})
    brief = party("coastal radars", "recipient", "Filipino government")(brief)
    assert score(brief, path).feared["wrong_supplier_or_recipient"] == 0


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_records_does_not_matter(random: object) -> None:
    path = ARTICLES / "donor_joint_statement.txt"
    brief = perfect(path)
    shuffled = {
        name: tuple(random.sample(getattr(brief, name), len(getattr(brief, name))))  # type: ignore[attr-defined]
        for name in ("actors", "events", "pledges")
    }
    got = score(brief.model_copy(update=shuffled), path)
    assert got.tallies == score(brief, path).tallies
    assert got.findings == ()


# Parts ------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 4).flatmap(
        lambda width: st.lists(
            st.tuples(
                st.booleans(),
                st.lists(
                    st.none() | st.integers(0, 8).map(lambda n: n / 8),
                    min_size=width,
                    max_size=width,
                ),
            ),
            max_size=4,
        )
    )
)
def test_pairing_is_the_best_there_is(rows: list[tuple[bool, list[float | None]]]) -> None:
    width = len(rows[0][1]) if rows else 0

    def worth(pairs: dict[int, int]) -> tuple[int, int, float]:
        scores = [rows[g][1][f] for g, f in pairs.items()]
        assert None not in scores
        return (
            len(pairs),
            sum(rows[g][0] for g in pairs),
            round(sum(s for s in scores if s is not None), 3),
        )

    got = pair([scores for _, scores in rows], [is_core for is_core, _ in rows])
    assert len(set(got.values())) == len(got)
    every = (
        {g: f for g, f in enumerate(choice) if f is not None}
        for choice in itertools.product((None, *range(width)), repeat=len(rows))
    )
    valid = (
        worth(pairs)
        for pairs in every
        if len(set(pairs.values())) == len(pairs)
        and all(rows[g][1][f] is not None for g, f in pairs.items())
    )
    assert worth(got) == max(valid)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12 M119 howitzers", 12),
        ("more than 1,200 Stingers", 1200),
        ("20 000 rounds", 20000),
        ("2.5 million rounds", 2_500_000),
        ("two million rounds", 2_000_000),
        ("1.07 billion dollars", 1_070_000_000),
        ("€150 million", 150_000_000),
        ("$50m", 50_000_000),
        ("twenty-four vehicles", 24),
        ("two hundred and fifty trucks", 250),
        ("Three dozen boats", 36),
        ("half a dozen jets", 6),
        ("a battery", 1),
        ("hundreds of goggles", 100),
        ("١٢ tanks", 12),
        ("1.200 Raketen", 1200),
    ],
)
def test_number_is_seen_in(text: str, number: float) -> None:
    assert number in numbers_in(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2.5 million rounds", {2_500_000}),
        ("a ship and an army", set()),
        ("between eight and twelve guns", {8, 12}),
        ("in 2026 300 tanks", {2026, 300}),
        ("up to twenty-five", {25}),
    ],
)
def test_number_is_stated_by(text: str, numbers: set[float]) -> None:
    assert numbers_stated(text) == numbers


@settings(max_examples=200)
@given(st.text())
def test_stated_numbers_are_among_those_in_any_text(text: str) -> None:
    assert numbers_stated(text) <= numbers_in(text)


def test_long_text_of_digits_is_read_in_linear_time() -> None:
    def step(text: str) -> None:
        assert numbers_in(text) >= {1234.0}

    assert_linear(step, repeated("1 234 "), 240_000)


@pytest.mark.parametrize(
    ("edtf", "right", "want"),
    [
        ("2025-10-17", "2025-10-17", True),
        ("2025-10", "2025-10-17", True),
        ("2025", "2025-10-17", True),
        ("XXXX-10-17", "2025-10-17", True),
        ("2025-10-17", "2025-10", False),
        ("2025-10-17", "XXXX-10-17", False),
        ("2025-10-18", "2025-10-17", False),
        ("2025-10-13/2025-10-19", "2025-10-17", True),
        ("2025-06-01/2025-06-30", "2025-06", True),
        ("2023-04/..", "2023-04", True),
        ("2023-04", "2023-04/..", False),
        ("2025-23", "2025-10", True),
        ("not a date", "2025-10", False),
        ("2025-13", "2025-12", False),
    ],
)
def test_date_is_borne_out_by_the_same_or_a_narrower_one(edtf: str, right: str, want: bool) -> None:
    assert is_borne_out(edtf, right) is want


@settings(max_examples=200)
@given(st.text(), st.text())
def test_any_text_can_stand_for_a_date(edtf: str, right: str) -> None:
    assert is_borne_out(edtf, edtf)
    assert is_borne_out(edtf, right) in (True, False)


# Gold, directories, floors, tables ---------------------------------------------------------------


def _gold_file(folder: Path, **change: object) -> Path:
    record = {
        "supplier": "A",
        "recipient": "B",
        "items": [{"name": "tanks", "quantity": None}],
        "status": "planned",
        "evidence": ["A plans to give B tanks"],
        "salience": "core",
    }
    gold = {"doc": "x.txt", "events": [], "actors": [], "pledges": [{**record, **change}]}
    path = folder / "x.gold.json"
    path.write_text(json.dumps(gold), "utf-8")
    return path


def test_planned_is_read_as_reported_planned(tmp_path: Path) -> None:
    gold = read_gold(_gold_file(tmp_path), "A plans to give B tanks.")
    assert gold.pledges[0].status == "reported_planned"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"evidence": ["A gave B tanks"]}, "evidence is not in the text: 'A gave B tanks'"),
        ({"evidence": []}, "pledges.0.evidence"),
        ({"evidence": [""]}, "pledges.0.evidence.0"),
        ({"status": "maybe"}, "pledges.0.status"),
        ({"salience": None}, "pledges.0.salience"),
    ],
    ids=["not a substring", "none", "empty", "status", "salience"],
)
def test_broken_gold_is_refused(tmp_path: Path, change: dict[str, object], message: str) -> None:
    path = _gold_file(tmp_path, **change)
    with pytest.raises(InputError, match=message):
        read_gold(path, "A plans to give B tanks.")


def unchanged(brief: Brief) -> Brief:
    return brief


def _evaluation(folder: Path, faults: dict[str, Fault]) -> Evaluation:
    for path in sorted(ARTICLES.glob("*.txt")):
        brief = faults.get(path.stem, unchanged)(perfect(path))
        (folder / f"{path.stem}.brief.json").write_text(brief.model_dump_json(), "utf-8")
    return evaluate_directory(ARTICLES, folder)


def test_directory_is_scored_as_the_sum_of_its_documents(tmp_path: Path) -> None:
    got = _evaluation(tmp_path, {"sahel_clash": foreign_pledge})
    assert [scores.name for scores in got.documents] == [
        p.stem for p in sorted(ARTICLES.glob("*.txt"))
    ]
    assert got.total == add_up(got.documents)
    assert got.total.documents == 10
    items = got.total.tallies["items"].relaxed
    assert (items.found, items.right) == (items.right + 1, items.right)
    assert got.total.feared["pledges_in_pledge_free"] == 1
    assert json.loads(got.model_dump_json())["total"]["feared"]["pledges_in_pledge_free"] == 1


def test_missing_brief_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cancelled_deal\.brief\.json: cannot read the brief"):
        evaluate_directory(ARTICLES, tmp_path)


def test_brief_of_another_text_is_an_input_error(tmp_path: Path) -> None:
    other = perfect(ARTICLES / "sahel_clash.txt")
    (tmp_path / "cancelled_deal.brief.json").write_text(other.model_dump_json(), "utf-8")
    with pytest.raises(InputError, match="this brief is not of"):
        evaluate_directory(ARTICLES, tmp_path)


def test_directory_without_gold_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="to score against"):
        evaluate_directory(tmp_path)


def test_tables_show_figures_and_words(tmp_path: Path) -> None:
    faults = {"cancelled_deal": dropped("actors", "name", "Ghana"), "sahel_clash": foreign_pledge}
    got = _evaluation(tmp_path, faults)
    table = render_table(got.total)
    assert "total (10 documents)" in table
    assert "     1  pledges in pledge free" in table
    assert "dates of core events: 18 right, 0 wrong, 0 left open" in table
    differences = render_differences(got)
    assert "cancelled_deal\n  - actors: Ghana\n" in differences
    assert "  + items: 97-metre patrol vessels\n  ! pledges in pledge free: 97" in differences
    assert len(render_documents(got).splitlines()) == 12


@pytest.mark.parametrize(
    ("counts", "want"),
    [
        (Counts(), (1, 1, 1)),
        (Counts(core=2), (1, 0, 0)),
        (Counts(found=2), (0, 1, 0)),
        (Counts(found=4, right=3, core=4, core_found=2), (0.75, 0.5, 0.6)),
    ],
    ids=["nothing to find", "nothing found", "all invented", "some of each"],
)
def test_rates_follow_from_counts(counts: Counts, want: tuple[float, float, float]) -> None:
    assert (counts.precision, counts.recall, round(counts.f1, 6)) == want


def test_event_may_cite_the_sentence_of_which_gold_cites_a_clause() -> None:
    slug = "sahel_clash"
    sentence = next(
        line
        for line in read(ARTICLES / f"{slug}.txt").text.splitlines()
        if line.startswith("No group has claimed")
    )
    path = ARTICLES / f"{slug}.txt"
    wide = event("have raided villages", citations=cited_elsewhere(slug, sentence))(perfect(path))
    assert score(wide, path).tallies["events"].exact.f1 == 1


def test_vehicles_of_another_sentence_are_not_those_given() -> None:
    path = ARTICLES / "us_aid_package.txt"
    text = "High Mobility Multipurpose Wheeled Vehicles (HMMWVs)"
    elsewhere = cited_elsewhere("us_aid_package", "4,100 vehicles")
    brief = item(text, text="vehicles", citations=elsewhere, quantity=4100)(perfect(path))
    counts = score(brief, path).tallies["items"].relaxed
    assert (counts.found - counts.right, counts.core - counts.core_found) == (1, 1)


def test_item_of_another_calibre_is_no_match_even_leniently() -> None:
    path = ARTICLES / "us_aid_package.txt"
    scores = score(FAULTS["item of another calibre"][1](perfect(path)), path)
    counts = scores.tallies["items"].relaxed
    assert (counts.found - counts.right, counts.core - counts.core_found) == (1, 1)


@pytest.mark.parametrize(
    ("fault", "want"),
    [
        pytest.param(unchanged, (0, 0), id="none"),
        pytest.param(event_date("announced on Tuesday", None), (0, 1), id="left open"),
        pytest.param(event_date("announced on Tuesday", "2023-01-01"), (1, 0), id="wrong"),
    ],
)
def test_dates_of_core_events_are_right_wrong_or_left_open(
    fault: Fault, want: tuple[int, int]
) -> None:
    path = ARTICLES / "us_aid_package.txt"
    before, after = score(perfect(path), path).dates, score(fault(perfect(path)), path).dates

    assert (after["dates_wrong"], after["dates_left_open"]) == want
    assert after["dates_right"] == before["dates_right"] - sum(want)


def test_date_is_not_missed_where_the_report_cannot_give_it() -> None:
    text = read(ARTICLES / "us_aid_package.txt").text
    gold = read_gold(ARTICLES / "us_aid_package.gold.json", text)

    scores = evaluate(brief_from_gold(text, gold), text, gold)

    assert scores.dates["dates_left_open"] == scores.dates["dates_wrong"] == 0


def test_denied_violence_is_not_invented() -> None:
    path = ARTICLES / "contested_strike.txt"
    denied = event("UNAMA, called", label="strike", realis="denied")(perfect(path))

    assert score(denied, path).feared["invented_violence"] == 0


@pytest.mark.parametrize(
    ("found", "want"),
    [("UNAMA", (1, 1)), ("The UNAMA mission", (0, 1)), ("Kabul", (0, 0))],
)
def test_participant_is_who_gold_names_or_leniently_part_of_the_name(
    found: str, want: tuple[int, int]
) -> None:
    path = ARTICLES / "contested_strike.txt"
    brief = perfect(path)
    asked = next(e for e in brief.events if "UNAMA, called" in e.summary)
    other = asked.participants[0].model_copy(update={"name": found, "actor": None})
    changed = event("UNAMA, called", participants=(other,))(brief)

    whole = score(brief, path).tallies["participants"]
    got = score(changed, path).tallies["participants"]
    missing = whole.exact.core_found - got.exact.core_found
    missing_leniently = whole.relaxed.core_found - got.relaxed.core_found
    assert (1 - missing, 1 - missing_leniently) == want


@pytest.mark.parametrize("kind", get_args(EventKind))
def test_every_word_for_an_event_has_kin(kind: str) -> None:
    assert kin_of(kind)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_word_of_gold_has_kin(path: Path) -> None:
    gold = read_gold(path.with_suffix(".gold.json"), read(path).text)

    assert [event.type for event in gold.events if not kin_of(event.type)] == []


def test_counts_of_dates_have_floors_too() -> None:
    path = ARTICLES / "us_aid_package.txt"
    good = score(perfect(path), path)
    bad = score(event_date("announced on Tuesday", "2023-01-01")(perfect(path)), path)

    told = check_floors(bad, raise_floors(good, Floors()))

    assert "dates_wrong is 1, above 0" in told
    assert any(line.startswith("dates_right is ") for line in told)


def test_every_status_has_its_place_on_the_ladder() -> None:
    assert set(LADDER) == set(get_args(PledgeStatus))


def test_floors_only_rise(tmp_path: Path) -> None:
    path = ARTICLES / "cancelled_deal.txt"
    good = score(perfect(path), path)
    bad = score(FAULTS["cancelled deal told as signed"][1](perfect(path)), path)
    low = raise_floors(bad, Floors())
    assert check_floors(bad, low) == ()
    assert check_floors(good, low) == ()
    high = raise_floors(good, low)
    assert raise_floors(bad, high) == high
    assert "over_claims is 1, above 0" in check_floors(bad, high)
    assert "statuses.exact.f1 is 0.667, below its floor 1.000" in check_floors(bad, high)
    file = tmp_path / "floors.json"
    file.write_text(high.model_dump_json(), "utf-8")
    assert read_floors(file) == high


def test_floor_for_no_figure_is_told() -> None:
    path = ARTICLES / "cancelled_deal.txt"
    floors = Floors(at_least={"itms.exact.f1": 0.5}, at_most={"lies": 0})
    assert check_floors(score(perfect(path), path), floors) == (
        "itms.exact.f1 is no figure of the scores",
        "lies is no figure of the scores",
    )


def test_broken_floors_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    file.write_text('{"at_least": {"items.exact.f1": "high"}}', "utf-8")
    with pytest.raises(InputError, match="not floors"):
        read_floors(file)


def test_citation_is_walked_wherever_it_stands() -> None:
    brief = perfect(ARTICLES / "us_aid_package.txt")

    def count(value: object) -> int:
        if isinstance(value, dict):
            return (set(value) == set(Citation.model_fields)) + sum(map(count, value.values()))
        return sum(map(count, value)) if isinstance(value, list | tuple) else 0

    assert len(list(citations_in(brief))) == count(brief.model_dump())
