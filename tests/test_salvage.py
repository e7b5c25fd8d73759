from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from drafts import written
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, ValidationError, model_validator

from summarizer.ask.salvage import bare_json, salvage
from summarizer.draft import Draft, Verbatim


class Item(Draft):
    what: Verbatim
    count: int | None


class Offer(Draft):
    supplier: Verbatim
    items: Annotated[tuple[Item, ...], Field(max_length=4)]
    when: Verbatim | None
    sure: bool


class Report(Draft):
    title: Verbatim | None
    offers: Annotated[tuple[Offer, ...], Field(max_length=5)]
    places: tuple[Verbatim, ...]


class Relaxed(BaseModel):
    """A user's draft whose elements could be left half empty."""

    class Entry(BaseModel):
        name: Verbatim
        count: int = 0

    entries: list[Entry]


class Ordered(Draft):
    low: int
    high: int

    @model_validator(mode="after")
    def _in_order(self) -> Ordered:
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class Ranges(Draft):
    ranges: tuple[Ordered, ...]


REPORT = Report(
    title='Arms "deal"',
    offers=(
        Offer(
            supplier="Türkiye",
            items=(Item(what="tanks", count=120), Item(what="T-72 \\ “x”", count=None)),
            when="May 2025",
            sure=True,
        ),
        Offer(supplier="France", items=(), when=None, sure=False),
        Offer(supplier="😀", items=(Item(what="radars", count=-3),), when="x", sure=True),
    ),
    places=("Idlib", "Paris"),
)


def offers(count: int) -> list[dict[str, Any]]:
    return [{"supplier": f"S{i}", "items": [], "when": None, "sure": True} for i in range(count)]


def report(**change: Any) -> str:
    return json.dumps({"title": None, "offers": offers(3), "places": []} | change)


def is_beginning(kept: tuple[Any, ...], whole: tuple[Any, ...]) -> bool:
    return kept == whole[: len(kept)]


def test_sound_answer_is_kept_whole() -> None:
    got = salvage(Report, written(REPORT), truncated=False)

    assert (got.draft, got.problems) == (REPORT, ())


def test_wherever_an_answer_is_cut_only_what_was_finished_is_kept() -> None:
    answer = written(REPORT)
    most = 0
    for end in range(len(answer)):
        got = salvage(Report, answer[:end], truncated=True)

        assert "truncated" in {problem.reason for problem in got.problems}
        if got.draft is None:
            continue
        assert got.draft.title in (None, REPORT.title)
        assert is_beginning(got.draft.offers, REPORT.offers)
        assert is_beginning(got.draft.places, REPORT.places)
        assert len(got.draft.offers) >= most  # nothing once finished is lost again
        most = len(got.draft.offers)
    assert most == 3


class Event(Draft):
    who: Verbatim
    to_whom: tuple[Verbatim, ...]
    when: Verbatim | None = None


class Events(Draft):
    events: tuple[Event, ...]


def test_element_cut_inside_its_last_list_is_not_whole() -> None:
    first, cut_off = '{"who": "A", "to_whom": ["B"]}', '{"who": "C", "to_whom": ["D", "E]["'
    answer = f'{{"events": [{first}, {cut_off}'

    for cut in (answer, answer[:-1], answer[:-4], answer + ","):
        got = salvage(Events, cut, truncated=True)
        assert got.draft == Events(events=(Event(who="A", to_whom=("B",)),))
        assert [problem.reason for problem in got.problems] == ["truncated"]

    got = salvage(Events, answer + "]}", truncated=True)
    assert got.draft is not None
    assert got.draft.events[1] == Event(who="C", to_whom=("D", "E]["))


def test_element_cut_before_its_optional_fields_is_not_whole() -> None:
    answer = '{"entries": [{"name": "a", "count": 1}, {"name": "b"'

    got = salvage(Relaxed, answer, truncated=True)

    assert got.draft == Relaxed(entries=[Relaxed.Entry(name="a", count=1)])


@pytest.mark.parametrize(
    ("answer", "field", "detail"),
    [
        (report(offers=[*offers(3), 7]), "offers.3", "valid dictionary"),
        (report(offers=[*offers(3), {"supplier": "x"}]), "offers.3", "Field required"),
        (report(offers=[*offers(3), []]), "offers.3", "valid dictionary"),
        (report(places=[None]), "places.0", "valid string"),
        (report(title=["a"]), "title", "valid string"),
    ],
    ids=["no-object", "missing-field", "list", "null", "optional-field"],
)
def test_bad_value_is_dropped_alone_and_named(answer: str, field: str, detail: str) -> None:
    got = salvage(Report, answer, truncated=False)

    assert got.draft is not None
    assert [offer.supplier for offer in got.draft.offers] == ["S0", "S1", "S2"]
    (problem,) = got.problems
    assert (problem.field, problem.reason) == (field, "schema")
    assert detail in problem.detail


def test_bad_item_does_not_cost_its_offer() -> None:
    offer = offers(1)[0] | {
        "items": [{"what": "a", "count": 1}, {"what": 5, "count": 1}, {"what": "d", "count": "x"}],
        "when": 2025,
    }
    got = salvage(Report, report(offers=[offer]), truncated=False)

    assert got.draft is not None
    (kept,) = got.draft.offers
    assert kept.items == (Item(what="a", count=1), Item(what="d", count=None))
    assert kept.when is None
    assert {problem.field for problem in got.problems} == {
        "offers.0.items.1",
        "offers.0.items.2.count",
        "offers.0.when",
    }


def test_unasked_fields_are_left_out() -> None:
    answer = report(offers=[offers(1)[0] | {"comment": "sure!"}], comment="hi")

    got = salvage(Report, answer, truncated=False)

    assert got.draft is not None
    assert (len(got.draft.offers), got.problems) == (1, ())


def test_list_beyond_its_bound_is_cut_and_each_loss_named() -> None:
    got = salvage(Report, report(offers=offers(7)), truncated=False)

    assert got.draft is not None
    assert len(got.draft.offers) == 5
    assert [problem.field for problem in got.problems] == ["offers.5", "offers.6"]


def test_rule_of_an_element_costs_that_element_only() -> None:
    ranges = [{"low": low, "high": high} for low, high in ((1, 2), (3, 1), (5, 6))]

    got = salvage(Ranges, json.dumps({"ranges": ranges}), truncated=False)

    assert got.draft == Ranges(ranges=(Ordered(low=1, high=2), Ordered(low=5, high=6)))
    assert [problem.field for problem in got.problems] == ["ranges.1"]
    assert "low is above high" in got.problems[0].detail


@pytest.mark.parametrize(
    "answer",
    ['{"ranges": 5}', "5", "[", "", '{"ranges": [[1, 2]]', "{'ranges': []}", "[" * 9_999],
)
def test_hopeless_answer_gives_no_draft_and_one_problem(answer: str) -> None:
    got = salvage(Ranges, answer, truncated=False)

    assert got.draft is None
    assert [problem.reason for problem in got.problems] == ["schema"]
    assert len(got.problems[0].value) <= 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["title", "offers", "places", "supplier", "items", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON, st.booleans(), st.integers(0, 200))
def test_no_answer_makes_it_stumble(value: Any, truncated: bool, end: int) -> None:
    answer = json.dumps(value)
    got = salvage(Report, answer[:end] if truncated else answer, truncated=truncated)

    assert got.draft is not None or got.problems


@given(st.lists(st.tuples(st.booleans(), JSON), max_size=5))
def test_good_elements_survive_any_neighbours(elements: list[tuple[bool, Any]]) -> None:
    good = {"low": 1, "high": 2}
    answer = json.dumps({"ranges": [good if is_good else junk for is_good, junk in elements]})

    got = salvage(Ranges, answer, truncated=False)

    assert got.draft is not None
    sound = sum(is_good or fits(junk) for is_good, junk in elements)
    assert len(got.draft.ranges) == sound
    assert len(got.problems) == len(elements) - sound


def fits(junk: Any) -> bool:
    try:
        Ordered.model_validate(junk)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("content", "want"),
    [
        ('{"a": [1]}', '{"a": [1]}'),
        ("  [1]\n", "[1]"),
        ('```json\n{"a": "```"}\n``` done [x]', '{"a": "```"}'),
        ("```\n[1]\n```", "[1]"),
        ("Sure: [1]. And {2}.", "[1]"),
        ("<think>[0]</think>[1]", "[1]"),
        ("nothing", "nothing"),
        ("", ""),
    ],
)
def test_bare_json(content: str, want: str) -> None:
    assert bare_json(content, truncated=False) == want


def test_cut_answer_keeps_its_open_end() -> None:
    assert bare_json('```json\n{"a": [1, 2', truncated=True) == '{"a": [1, 2'
