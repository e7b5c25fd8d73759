"""The data of the dossier's views: dates, totals, conflicts, who with whom, and hostile words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pytest
from generator import World, make_world
from hypothesis import given
from hypothesis import strategies as st
from page_articles import gold_articles
from sample_briefs import HOSTILE, SAMPLE, hostile_brief, sample_brief

from summarizer.dossier import Dossier
from summarizer.errors import InputError
from summarizer.fuse import fuse
from summarizer.page.dossier import Shown, dossier_data, views
from summarizer.page.dossier.shapes import ConflictRow, DossierData, Telling, Total
from summarizer.page.dossier.timeline import MANY, read_edtf
from summarizer.page.dossier.who import MATRIX
from summarizer.segment import segment
from summarizer.source import Document

FIRST, SECOND, THIRD = "first", "second", "third"
DOCUMENTS = (FIRST, SECOND, THIRD)
NUMBERS = {name: Shown(number) for number, name in enumerate(DOCUMENTS, start=1)}


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((sentence.start, sentence.end) for sentence in segment(Document(text)))


@lru_cache
def corpus() -> tuple[DossierData, dict[int, str], Dossier]:
    """The views of the five articles' gold briefs, and the texts by their numbers."""
    articles = gold_articles()
    dossier = fuse([article.brief for article in articles])
    texts = {n: article.text or "" for n, article in enumerate(articles, start=1)}
    shown = {
        article.brief.document.id: Shown(n, article.brief, sentences(texts[n]))
        for n, article in enumerate(articles, start=1)
    }
    return views(dossier, shown), texts, dossier


@lru_cache
def world() -> World:
    return make_world(300, seed=3)


@lru_cache
def large() -> tuple[DossierData, dict[int, str]]:
    """The views of 300 made reports, and the texts by their numbers."""
    made = world()
    numbers = {brief.document.id: n for n, brief in enumerate(made.briefs, start=1)}
    shown = {
        brief.document.id: Shown(
            numbers[brief.document.id], brief, sentences(made.texts[brief.document.id])
        )
        for brief in made.briefs
    }
    texts = {numbers[id_]: text for id_, text in made.texts.items()}
    return views(fuse(made.briefs), shown), texts


def tellings(data: object) -> Iterator[Telling]:
    """Yield every telling in *data*, however deep."""
    if isinstance(data, dict):
        if "passages" in data:
            yield data  # type: ignore[misc]
        for value in data.values():
            yield from tellings(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from tellings(value)


def lit(telling: Telling, texts: Mapping[int, str]) -> list[str]:
    return [texts[telling["n"]][start:end] for start, end in telling["cites"]]


# Made dossiers: just what a rule needs.
def citation(document: str, quote: str = "words", start: int = 0) -> dict[str, Any]:
    end = start + len(quote)
    found = {"sentence": 1, "start": start, "end": end, "quote": quote, "match": "exact"}
    return {**found, "document": document}


def party(name: str, actor: str | None = None) -> dict[str, Any]:
    cited = [citation(FIRST, name)]
    return {
        "name": name,
        "actor": actor,
        "role": "other",
        "documents": [FIRST],
        "citations": cited,
    }


def item(
    text: str = "drones",
    quantity: int | None = None,
    most: int | None = None,
    *,
    category: str = "unmanned_aircraft",
    unit: str | None = None,
    estimate: bool = False,
    told: Sequence[str] = (FIRST,),
) -> dict[str, Any]:
    own = {name: value for name, value in citation(told[0], text).items() if name != "document"}
    return {
        "item": {
            "text": text,
            "category": category,
            "unroca": "undetermined",
            "quantity": quantity,
            "quantity_max": most,
            "quantity_is_estimate": estimate,
            "unit": unit,
            "citations": [own],
        },
        "documents": list(told),
        "citations": [citation(document, text) for document in told],
    }


def account(document: str, record: str = "p1", origin: str = "", **more: Any) -> dict[str, Any]:
    return {
        "document": document,
        "record": record,
        "text": "will supply",
        "attribution": "own_voice",
        "speaker": None,
        "via": None,
        "origin": origin or f"origin of {document}",
        "realis": None,
        "factuality": "CT+",
        "citations": [citation(document)],
        **more,
    }


def pledge(
    id: str,
    *items: dict[str, Any],
    sides: tuple[str, str] = ("Norland", "Sudoria"),
    status: str = "pledged",
    told: Sequence[str] = (FIRST,),
    origins: Sequence[str] = (),
    **more: Any,
) -> dict[str, Any]:
    origins = origins or [f"origin of {id}"]
    step = {"status": status, "words": "will", "reported": None, "origin": origins[0]}
    return {
        "id": id,
        "supplier": [party(sides[0])] if sides[0] else [],
        "recipient": [party(sides[1])] if sides[1] else [],
        "items": list(items),
        "status": status,
        "history": [{**step, "document": told[0], "citations": [citation(told[0])]}],
        "delivery": None,
        "kiel": "commitment",
        "sipri_eligible": False,
        "accounts": [account(document, id, origins[0]) for document in told],
        "members": [{"document": document, "record": id} for document in told],
        "documents": list(told),
        "origins": list(origins),
        "credibility": {"grade": 6, "reason": "one report"},
        "why_merged": [],
        "doubtful": False,
        "conflicts": [],
        **more,
    }


def event(id: str, edtf: str | None = None, words: str | None = "then", **more: Any) -> Any:
    date = {"text": words, "edtf": edtf, "precision": "day", "citations": [citation(FIRST)]}
    return {
        "id": id,
        "type": "CONSULT",
        "label": "talks",
        "summary": id,
        "date": date if words else None,
        "place": None,
        "participants": [],
        "realis": "actual",
        "accounts": [account(FIRST, id)],
        "members": [{"document": FIRST, "record": id}],
        "documents": [FIRST],
        "origins": ["origin"],
        "credibility": {"grade": 6, "reason": "one report"},
        "why_merged": [],
        "doubtful": False,
        "conflicts": [],
        **more,
    }


def dossier(**more: Any) -> Dossier:
    sources = [
        {
            "document": {
                "id": document,
                "sha256": f"{number:064x}",
                "title": None,
                "publisher": f"Paper {number}",
                "url": None,
                "language": "en",
                "published": None,
                "published_basis": "none",
                "characters": 100,
            },
            "reliability": "F",
        }
        for number, document in enumerate(DOCUMENTS, start=1)
    ]
    empty: dict[str, Any] = dict.fromkeys(
        ("actors", "events", "pledges", "relations", "ledger", "claims", "doubtful", "warnings"), ()
    )
    apart = {"timeline": {"dated": (), "open": ()}, "since": None}
    return Dossier.model_validate({"version": 1, "documents": sources, **empty, **apart, **more})


def totals(*pledges: dict[str, Any], **more: Any) -> list[Total]:
    return views(dossier(pledges=pledges, **more), NUMBERS)["totals"]


# Totals.
def test_pledges_alike_are_added() -> None:
    (total,) = totals(pledge("a", item("drones", 20)), pledge("b", item("attack drones", 5)))

    assert (total["low"], total["high"]) == (25, 25)
    assert total["items"] == ["drones", "attack drones"]
    assert total["pledges"] == [0, 1]
    assert total["origins"] == 2
    assert not total["linked"]


@pytest.mark.parametrize(
    "other",
    [
        pledge("b", item("drones", 5, unit="batteries")),
        pledge("b", item("tanks", 5, category="armoured_vehicle")),
        pledge("b", item("drones", 5), status="delivered"),
        pledge("b", item("drones", 5), sides=("Norland", "Westmark")),
        pledge("b", item("drones", 5), sides=("Sudoria", "Norland")),
        pledge("b", item("drones")),
    ],
    ids=["unit", "category", "status", "recipient", "direction", "no number"],
)
def test_what_is_not_alike_is_never_added(other: dict[str, Any]) -> None:
    assert totals(pledge("a", item("drones", 20)), other) == []


@pytest.mark.parametrize("sides", [("", "Sudoria"), ("Norland", ""), ("", "")])
def test_sides_that_nobody_names_are_not_the_same(sides: tuple[str, str]) -> None:
    one, two = (pledge(id, item("drones", 20), sides=sides) for id in ("a", "b"))

    assert totals(one, two) == []


def test_things_without_a_category_are_added_only_in_the_same_words() -> None:
    one = pledge("a", item("field kitchens", 4, category="other"))
    two = pledge("b", item("uniforms", 900, category="other"))
    three = pledge("c", item("field kitchens", 6, category="other"))

    assert [total["high"] for total in totals(one, two, three)] == [10]


def test_tellings_that_differ_make_a_range_and_are_not_added() -> None:
    differ = pledge(
        "a",
        item("drones", 50, told=(FIRST,)),
        item("drones", 55, told=(SECOND,)),
        told=(FIRST, SECOND),
    )

    (total,) = totals(differ, pledge("b", item("drones", 10)))

    assert (total["low"], total["high"]) == (60, 65)


def test_items_of_one_report_are_added() -> None:
    listed = pledge("a", item("attack drones", 20), item("scout drones", 30))

    (total,) = totals(listed, pledge("b", item("drones", 1)))

    assert (total["low"], total["high"]) == (51, 51)


def test_up_to_a_number_may_be_none() -> None:
    (total,) = totals(
        pledge("a", item("drones", None, 20, estimate=True)), pledge("b", item("drones", 10, 15))
    )

    assert (total["low"], total["high"], total["estimate"]) == (10, 35, True)


def test_only_an_estimate_that_is_counted_marks_the_total() -> None:
    vague = item("drones", None, estimate=True)

    (total,) = totals(
        pledge("a", item("drones", 20)), pledge("b", item("drones", 5)), pledge("c", vague)
    )

    assert not total["estimate"]
    assert total["uncounted"] == 1


def test_pledges_that_may_be_one_are_counted_once_at_least() -> None:
    step = {"subject": "a", "relation": "precursor_of", "object": "b", "reason": ""}
    one, two = pledge("a", item("drones", 20)), pledge("b", item("drones", 30))

    (total,) = totals(one, two, relations=[step])

    assert (total["low"], total["high"], total["linked"]) == (20, 50, True)


def test_a_pair_in_doubt_is_counted_once_at_least() -> None:
    doubt = {
        "kind": "pledge",
        "left": {"name": "", "document": FIRST, "record": "a"},
        "right": {"name": "", "document": SECOND, "record": "b"},
        "verdict": "undecided",
    }
    one, two = pledge("a", item("drones", 20)), pledge("b", item("drones", 30), told=(SECOND,))

    assert totals(one, two, doubtful=[doubt])[0]["low"] == 20
    assert totals(one, two, doubtful=[{**doubt, "verdict": "not_same"}])[0]["low"] == 50


def test_two_reports_on_one_word_are_counted_once_at_least() -> None:
    one = pledge("a", item("drones", 20), origins=["wire"])
    two = pledge("b", item("drones", 20), origins=["wire"], told=(SECOND,))
    same_report = pledge("c", item("drones", 20), origins=["wire"])

    (total,) = totals(one, two)
    assert (total["low"], total["high"], total["origins"]) == (20, 40, 1)
    assert totals(one, same_report)[0]["low"] == 40


_KINDS = st.tuples(
    st.sampled_from(["unmanned_aircraft", "artillery", "other"]),
    st.sampled_from([None, "units", "tons"]),
    st.sampled_from(["pledged", "delivered"]),
    st.sampled_from([("Norland", "Sudoria"), ("Norland", "Westmark"), ("", "Sudoria")]),
)


@given(st.lists(st.tuples(_KINDS, st.integers(0, 500), st.booleans()), max_size=8))
def test_a_total_holds_only_what_is_alike(given: list[tuple[Any, int, bool]]) -> None:
    made = dossier(
        pledges=[
            pledge(
                f"p{number}",
                item("goods", amount, category=category, unit=unit, estimate=estimate),
                sides=sides,
                status=status,
            )
            for number, ((category, unit, status, sides), amount, estimate) in enumerate(given)
        ]
    )

    for total in views(made, NUMBERS)["totals"]:
        rows = [given[number] for number in total["pledges"]]
        assert len({kind for kind, _, _ in rows}) == 1
        assert rows[0][0][3][0]
        assert total["low"] <= sum(amount for _, amount, _ in rows) == total["high"]
        assert total["estimate"] == any(estimate for _, _, estimate in rows)


# The ledger.
def test_a_row_has_its_items_with_the_articles_that_give_them() -> None:
    data = views(
        dossier(
            pledges=[
                pledge(
                    "a",
                    item("drones", 20, 40, unit="pieces", estimate=True, told=(SECOND,)),
                    told=(FIRST, SECOND),
                    status="signed",
                )
            ]
        ),
        NUMBERS,
    )

    (row,) = data["ledger"]
    assert row["rung"] == 6
    assert row["items"] == [
        {
            "words": "drones",
            "category": "unmanned aircraft",
            "within": [2],
            "low": 20,
            "high": 40,
            "estimate": True,
            "unit": "pieces",
        }
    ]
    assert [telling["n"] for telling in row["tellings"]] == [1, 2]


def test_a_status_beside_the_steps_has_no_rung() -> None:
    data = views(dossier(pledges=[pledge("a", item(), status="suspended")]), NUMBERS)

    assert data["ledger"][0]["rung"] is None


def test_every_pledge_of_the_dossier_is_a_row() -> None:
    data, _, whole = corpus()

    assert len(data["ledger"]) == len(whole.pledges)


# The timeline.
@pytest.mark.parametrize(
    ("edtf", "told"),
    [
        ("2025-10-17", "17 Oct 2025"),
        ("2025-10", "Oct 2025"),
        ("2025", "2025"),
        ("2025-24", "winter 2025"),
        ("XXXX-08-13", "13 Aug"),
        ("XXXX-08", "Aug"),
        ("2025-10-XX", "Oct 2025"),
        ("2024-09~/2024-12~", "about Sep to about Dec 2024"),
        ("2025-10?", "perhaps Oct 2025"),
        ("2024-12-28/2025-01-03", "28 Dec 2024 to 3 Jan 2025"),
        ("2025-01-01/2025-01-07", "1 Jan to 7 Jan 2025"),
        ("2011/..", "from 2011"),
        ("../2010", "until 2010"),
        ("someday", "someday"),
    ],
)
def test_a_date_is_told_in_words(edtf: str, told: str) -> None:
    assert read_edtf(edtf) == told


def test_events_stand_by_their_first_day_and_open_dates_apart() -> None:
    data = views(
        dossier(
            events=[
                event("without", None, None),
                event("in words", None, "last week"),
                event("year open", "XXXX-08-13"),
                event("month open", "XXXX-03"),
                event("late", "2025-10-17"),
                event("month", "2025-10"),
                event("since", "2011/.."),
                event("until", "../2010"),
            ]
        ),
        NUMBERS,
    )
    names = [row["summary"] for row in data["events"]]
    timeline = data["timeline"]

    assert [names[at] for at in timeline["dated"]] == ["until", "since", "month", "late"]
    assert [(apart["kind"], [names[at] for at in apart["rows"]]) for apart in timeline["open"]] == [
        ("year", ["month open", "year open"]),
        ("words", ["in words"]),
        ("none", ["without"]),
    ]
    bounds = {row["summary"]: row["when"] for row in data["events"]}
    assert bounds["since"] is not None
    assert (bounds["since"]["first"], bounds["since"]["last"]) == ("2011-01-01", None)
    assert bounds["until"] is not None
    assert (bounds["until"]["first"], bounds["until"]["last"]) == (None, "2010-12-31")


@pytest.mark.parametrize("edtf", ["2025/2024", "XXXX/..", "../XXXX-10", "XXXX/2025", "2025/soon"])
def test_a_date_that_has_no_bound_is_never_placed(edtf: str) -> None:
    data = views(dossier(events=[event("e", edtf)]), NUMBERS)

    assert data["timeline"]["dated"] == []
    assert data["timeline"]["axis"] is None


def test_uncertain_dates_are_marked() -> None:
    data = views(dossier(events=[event("a", "2025-10?"), event("b", "2025-10")]), NUMBERS)

    assert {row["summary"]: row["when"] and row["when"]["vague"] for row in data["events"]} == {
        "a": True,
        "b": False,
    }


def test_one_far_date_does_not_stretch_the_axis() -> None:
    near = [event(f"e{day}", f"2025-10-{day:02}") for day in range(1, 21)]

    timeline = views(dossier(events=[*near, event("old", "1945-05-08")]), NUMBERS)["timeline"]

    assert timeline["axis"] == ("2025-10-01", "2025-10-20")
    assert len(timeline["dated"]) == 21


def test_many_dates_are_told_by_months_and_long_ones_by_years() -> None:
    days = [event(f"e{n:02}", f"2025-{1 + n % 3:02}-10") for n in range(MANY)]
    long = [event("year", "2025"), event("since", "2024-03/..")]

    data = views(dossier(events=[*days, *long]), NUMBERS)
    bands = data["timeline"]["bands"]

    assert [(band["name"], len(band["rows"])) for band in bands] == [
        ("2024, over a month", 1),
        ("2025, over a month", 1),
        ("January 2025", 20),
        ("February 2025", 20),
        ("March 2025", 20),
    ]
    assert bands[3]["axis"] == ("2025-02-01", "2025-02-28")
    assert sorted(at for band in bands for at in band["rows"]) == data["timeline"]["dated"]


def test_few_dates_are_not_banded() -> None:
    days = [event(f"e{n:02}", f"2025-{1 + n % 3:02}-10") for n in range(MANY)]

    assert views(dossier(events=days), NUMBERS)["timeline"]["bands"] == []


@pytest.mark.parametrize("made", [corpus, large])
def test_every_event_is_on_the_timeline_once(made: Any) -> None:
    data: DossierData = made()[0]
    timeline = data["timeline"]

    placed = [*timeline["dated"], *(at for apart in timeline["open"] for at in apart["rows"])]

    assert sorted(placed) == list(range(len(data["events"])))


# What a row rests on.
@pytest.mark.parametrize("made", [corpus, large])
def test_passages_are_whole_sentences_that_hold_all_lit_words(made: Any) -> None:
    data, texts, *_ = made()
    bounds = {n: sentences(text) for n, text in texts.items()}

    found = list(tellings(data))

    assert found
    for telling in found:
        own = bounds[telling["n"]]
        assert telling["passages"]
        assert all(own[number - 1] == (start, end) for number, start, end in telling["passages"])
        for start, end in telling["cites"]:
            covered = {at for _, s, e in telling["passages"] for at in range(s, e)}
            words = texts[telling["n"]][start:end]
            assert all(start + at in covered or char.isspace() for at, char in enumerate(words))
        assert telling["quotes"] is None


def test_an_event_lights_its_date_place_and_people_in_each_article() -> None:
    brief = sample_brief()
    data = views(fuse([brief]), {"drones": Shown(1, brief, sentences(SAMPLE))})

    (telling,) = data["events"][0]["tellings"]

    assert lit(telling, {1: SAMPLE}) == ["Yaşar Güler", "Damascus", "on Friday"]
    assert telling["said"] == "Example Wire, citing an official"
    assert data["events"][0]["summary"] is None  # it is the sentence itself


def test_without_the_text_the_quotes_come_along() -> None:
    brief = sample_brief()

    data = views(fuse([brief]), {"drones": Shown(1, brief)})

    (telling,) = data["events"][0]["tellings"]
    (passage,) = telling["passages"]
    assert telling["quotes"] is not None
    (quote,) = telling["quotes"]
    assert quote == SAMPLE[passage[1] : passage[2]]
    assert lit(telling, {1: SAMPLE}) == ["Yaşar Güler", "Damascus", "on Friday"]


@pytest.mark.parametrize("changed", ["text", "run"])
def test_a_brief_that_is_not_the_dossiers_own_gives_no_words(changed: str) -> None:
    brief = sample_brief()
    made = fuse([brief])
    if changed == "text":
        info = brief.document.model_copy(update={"sha256": "0" * 64})
        other = brief.model_copy(update={"document": info})
    else:  # a new run has other records by the same ids
        moved = brief.events[0].model_copy(update={"citations": brief.pledges[0].citations})
        other = brief.model_copy(update={"events": (moved,)})

    data = views(made, {"drones": Shown(1, other, sentences(SAMPLE))})

    (telling,) = data["events"][0]["tellings"]
    assert lit(telling, {1: SAMPLE}) == ["Yaşar Güler", "Damascus", "on Friday"]
    assert (telling["quotes"] is None) == (changed == "run")


def test_articles_that_the_page_has_not_are_numbered_behind_the_others() -> None:
    data = views(dossier(), {SECOND: Shown(1)})

    assert [(row["id"], row["n"]) for row in data["documents"]] == [
        (SECOND, 1),
        (FIRST, 2),
        (THIRD, 3),
    ]


def test_a_document_that_is_not_in_the_dossier_is_an_input_error() -> None:
    stray = event("e", accounts=[account("elsewhere", "e")])

    with pytest.raises(InputError, match="elsewhere"):
        views(dossier(events=[stray]), NUMBERS)


# Conflicts.
def value(words: str, *told: tuple[str, str, int]) -> dict[str, Any]:
    """A value of a conflict; *told* are document, quote and start."""
    return {
        "value": words,
        "documents": sorted({document for document, _, _ in told}),
        "origins": ["x"],
        "against_majority": False,
        "citations": [citation(*one) for one in told],
    }


def conflict(kind: str, field: str, *values: dict[str, Any], **more: Any) -> dict[str, Any]:
    open_ = {"resolution": "open", "preferred": None, "reason": ""}
    return {"kind": kind, "field": field, "values": values, **open_, **more}


def conflicts_of(**more: Any) -> list[ConflictRow]:
    return views(dossier(**more), NUMBERS)["conflicts"]


def test_facts_come_before_wording_and_spelling_and_open_ones_before_settled() -> None:
    pair = value("one", (FIRST, "one", 0)), value("two", (SECOND, "two", 0))
    settled = {"resolution": "more_precise", "preferred": "XXXX-08-13", "reason": "it fits"}
    made = pledge(
        "a",
        item(),
        told=(FIRST, SECOND),
        conflicts=[
            conflict("attribution", "attribution", *pair),
            conflict("date", "delivery", *pair, **settled),
            conflict("status", "status", *pair),
        ],
    )

    rows = conflicts_of(pledges=[made])

    assert [(row["group"], row["field"]) for row in rows] == [
        ("fact", "status"),
        ("fact", "delivery"),
        ("telling", "attribution"),
    ]
    assert rows[1]["settled"] == "13 Aug: it fits"
    assert rows[0]["title"] == "Norland → Sudoria"


def test_repeats_of_one_origin_share_a_column() -> None:
    differs = conflict(
        "item",
        "items",
        value("missiles", (FIRST, "missiles", 5), (SECOND, "missiles", 9), (THIRD, "missiles", 2)),
        value("rockets", (THIRD, "rockets", 30)),
    )
    made = pledge("a", item(), told=DOCUMENTS, conflicts=[differs])
    made["accounts"] = [
        account(FIRST, "a", "wire"),
        account(SECOND, "a", "wire"),
        account(THIRD, "a", f"document {3:064x}"[:21]),
    ]

    (row,) = conflicts_of(pledges=[made])

    told = [
        [
            (column["origin"], [each["n"] for each in column["tellings"]])
            for column in side["columns"]
        ]
        for side in row["sides"]
    ]
    assert told == [[("wire", [1, 2]), (None, [3])], [(None, [3])]]


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        ("purpose", "terms", ["if parliament agrees"]),
        ("status", "status", ["plans to send"]),
        ("attribution", "attribution", ["an official reportedly told Example Wire"]),
        ("account", "account", []),
    ],
)
def test_the_words_that_differ_are_those_that_the_brief_cites(
    kind: str, field: str, words: list[str]
) -> None:
    brief = sample_brief()
    made = fuse([brief]).model_dump()
    whole = [made["pledges"][0]["accounts"][0]["citations"][0]]  # the sentence, as a dossier cites
    sides = [
        {**value(name, ("drones", "", 0)), "documents": ["drones"], "citations": whole}
        for name in ("one", "other")
    ]
    made["pledges"][0]["conflicts"] = [conflict(kind, field, *sides)]
    shown = {"drones": Shown(1, brief, sentences(SAMPLE))}

    (row,) = views(Dossier.model_validate(made), shown)["conflicts"]

    for telling in tellings(row):
        assert lit(telling, {1: SAMPLE}) == words
        assert [number for number, *_ in telling["passages"]] == [1]


def test_a_conflict_shows_full_sentences() -> None:
    data, texts, _ = corpus()

    for row in data["conflicts"]:
        for telling in tellings(row):
            for _, start, end in telling["passages"]:
                words = texts[telling["n"]][start:end]
                assert words == words.strip()
                assert (start, end) in sentences(texts[telling["n"]])


def test_where_all_is_cited_nothing_is_lit() -> None:
    data, texts, _ = corpus()

    for telling in tellings(data):
        whole = {texts[telling["n"]][start:end] for _, start, end in telling["passages"]}
        assert whole.isdisjoint(lit(telling, texts))


def test_accounts_that_differ_show_no_value_but_their_sentences() -> None:
    data, _, _ = corpus()
    accounts = [row for row in data["conflicts"] if row["field"] == "account"]

    assert accounts
    assert all(side["value"] is None for row in accounts for side in row["sides"])


def test_every_conflict_of_the_dossier_is_a_row() -> None:
    data, _, whole = corpus()

    count = sum(
        len(record.conflicts)
        for records in (whole.actors, whole.events, whole.pledges)
        for record in records
    )

    assert len(data["conflicts"]) == count > 0
    assert all(side["columns"] for row in data["conflicts"] for side in row["sides"])


def test_pairs_in_doubt_are_told_and_decided_ones_are_not() -> None:
    sides = {
        "left": {"name": "one", "document": FIRST, "record": "a1"},
        "right": {"name": "two"},
    }
    doubtful = [
        {"kind": "actor", **sides, "verdict": verdict, "reason": "names differ"}
        for verdict in ("undecided", "same")
    ]

    assert views(dossier(doubtful=doubtful), NUMBERS)["doubts"] == [
        {
            "kind": "actor",
            "left": {"name": "one", "n": 1, "record": "a1"},
            "right": {"name": "two", "n": None, "record": None},
            "reason": "names differ",
        }
    ]


# Who with whom.
def actor(id: str, cited: int = 1, country: str | None = None) -> dict[str, Any]:
    words = [citation(FIRST, id, start) for start in range(cited)]
    spelling = {"text": id, "documents": [FIRST], "outlier": False, "citations": words}
    return {
        "id": id,
        "kind": "state",
        "name": id,
        "country": country,
        "spellings": [spelling],
        **dict.fromkeys(("ranks", "positions", "affiliations", "labels"), ()),
        "members": [{"document": FIRST, "record": id}],
        "documents": [FIRST],
        "why_merged": [],
        "doubtful": False,
        "conflicts": [],
    }


def taking_part(id: str, **roles: str) -> Any:
    involved = [{**party(name, name), "role": role} for name, role in roles.items()]
    return event(id, participants=involved)


def test_pairs_count_events_by_who_does_what_to_whom() -> None:
    data = views(
        dossier(
            actors=[actor("a"), actor("b"), actor("c")],
            events=[
                taking_part("1", a="perpetrator", b="victim"),
                taking_part("2", b="speaker", a="recipient"),
                taking_part("3", a="signatory", b="signatory"),
                taking_part("4", a="actor", c="other"),
            ],
        ),
        NUMBERS,
    )
    named = {row["name"]: row for row in data["actors"]}
    places = {row["name"]: at for at, row in enumerate(data["actors"])}

    assert named["a"]["acts"] == [(places["b"], [0])]
    assert named["a"]["undergoes"] == [(places["b"], [1])]
    assert named["a"]["beside"] == [(places["b"], [2])]
    assert named["b"]["undergoes"] == [(places["a"], [0])]
    assert named["c"]["acts"] is None  # it is only about c
    (cell,) = data["who"]["cells"]
    assert cell[2] == [0, 1, 2]


def test_the_matrix_holds_the_most_cited_by_country() -> None:
    data = views(
        dossier(
            actors=[
                actor("quiet", 1, "SYR"),
                actor("loud", 9, "SYR"),
                actor("nowhere", 50),
                actor("alone", 99, "TUR"),
                actor("host", 5, "TUR"),
            ],
            events=[
                taking_part("1", quiet="actor", host="actor"),
                taking_part("2", loud="actor", nowhere="actor"),
                taking_part("3", alone="actor"),
            ],
        ),
        NUMBERS,
    )

    order = [data["actors"][at]["name"] for at in data["who"]["matrix"]]

    assert order == ["loud", "quiet", "host", "nowhere"]
    assert [data["actors"][at]["country"] for at in data["who"]["matrix"]] == [
        "Syria",
        "Syria",
        "Türkiye",
        None,
    ]


@pytest.mark.parametrize("made", [corpus, large])
def test_the_matrix_is_small_and_has_no_empty_row(made: Any) -> None:
    data: DossierData = made()[0]
    who = data["who"]

    assert len(who["matrix"]) <= MATRIX
    assert {at for one, other, _ in who["cells"] for at in (one, other)} == set(
        range(len(who["matrix"]))
    )
    assert all(one < other and events for one, other, events in who["cells"])


# The articles.
def test_an_origin_that_articles_share_is_told_once() -> None:
    made = pledge("a", item(), told=(FIRST, SECOND), origins=["wire"])
    made["accounts"] = [account(FIRST, "a", "wire"), account(SECOND, "a", "wire")]

    data = views(dossier(pledges=[made, pledge("b", item(), told=(THIRD,))]), NUMBERS)

    assert data["shared"] == [{"origin": "wire", "articles": [1, 2], "records": 1}]
    assert [row["pledges"] for row in data["documents"]] == [1, 1, 1]


def test_news_since_an_earlier_dossier_come_along() -> None:
    change = {"kind": "new", "record_kind": "event", "record": "e", "name": "talks", "detail": "d"}

    assert views(dossier(), NUMBERS)["since"] is None
    assert views(dossier(since=[change]), NUMBERS)["since"] == [
        {"change": "new", "kind": "event", "name": "talks", "detail": "d"}
    ]


# The JSON.
def test_what_is_not_known_is_left_out_of_the_json() -> None:
    data = dossier_data(dossier(events=[event("e", None, None)]), NUMBERS)

    (row,) = data["events"]
    assert set(row) == {"label", "who", "tellings", "summary"}
    assert json.loads(json.dumps(data)) == data


def test_hostile_words_stay_as_they_are() -> None:
    brief = hostile_brief()
    data = dossier_data(fuse([brief]), {"drones": Shown(1, brief, sentences(SAMPLE))})
    strings = set(_strings(data))

    assert HOSTILE in strings
    assert {
        key for string in strings if HOSTILE not in string for key in "<>" if key in string
    } == set()


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for each in data.values():
            yield from _strings(each)
    elif isinstance(data, list | tuple):
        for each in data:
            yield from _strings(each)


def test_data_stay_small() -> None:
    data, *_ = corpus()
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    assert len(text.encode()) / len(data["documents"]) < 15 * 1024
