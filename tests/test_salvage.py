from __future__ import annotations

import json
import re
from typing import Annotated, Any, TypeVar

import pytest
from drafts import written
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, ValidationError, model_validator

from summarizer.ask.salvage import Salvage, salvage
from summarizer.ask.spoken import Spoken, aloud
from summarizer.draft import Draft, Verbatim

D = TypeVar("D", bound=BaseModel)


def salvaged(draft: type[D], answer: str, *, truncated: bool) -> Salvage[D]:
    text, thought = aloud(answer)
    return salvage(draft, Spoken(text, truncated, thought))


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
    got = salvaged(Report, written(REPORT), truncated=False)

    assert (got.draft, got.problems) == (REPORT, ())


def test_wherever_an_answer_is_cut_only_what_was_finished_is_kept() -> None:
    answer = written(REPORT)
    most = 0
    for end in range(len(answer)):
        got = salvaged(Report, answer[:end], truncated=True)

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
        got = salvaged(Events, cut, truncated=True)
        assert got.draft == Events(events=(Event(who="A", to_whom=("B",)),))
        assert [problem.reason for problem in got.problems] == ["truncated"]

    got = salvaged(Events, answer + "]}", truncated=True)
    assert got.draft is not None
    assert got.draft.events[1] == Event(who="C", to_whom=("D", "E]["))


def test_element_cut_before_its_optional_fields_is_not_whole() -> None:
    answer = '{"entries": [{"name": "a", "count": 1}, {"name": "b"'

    got = salvaged(Relaxed, answer, truncated=True)

    assert got.draft == Relaxed(entries=[Relaxed.Entry(name="a", count=1)])


@pytest.mark.parametrize(
    ("answer", "field", "detail"),
    [
        (report(offers=[*offers(3), 7]), "offers.3", "should be an object"),
        (report(offers=[*offers(3), {"supplier": "x"}]), "offers.3", "Field required"),
        (report(offers=[*offers(3), []]), "offers.3", "should be an object"),
        (report(places=[None]), "places.0", "valid string"),
        (report(title=["a"]), "title", "valid string"),
    ],
    ids=["no-object", "missing-field", "list", "null", "optional-field"],
)
def test_bad_value_is_dropped_alone_and_named(answer: str, field: str, detail: str) -> None:
    got = salvaged(Report, answer, truncated=False)

    assert got.draft is not None
    assert [offer.supplier for offer in got.draft.offers] == ["S0", "S1", "S2"]
    (problem,) = got.problems
    assert (problem.field, problem.reason) == (field, "schema")
    assert detail in problem.detail


def test_bad_item_does_not_cost_its_offer() -> None:
    offer = offers(1)[0] | {
        "items": [{"what": "a", "count": 1}, {"what": [], "count": 1}, {"what": "d", "count": "x"}],
        "when": ["2025"],
    }
    got = salvaged(Report, report(offers=[offer]), truncated=False)

    assert got.draft is not None
    (kept,) = got.draft.offers
    assert kept.items == (Item(what="a", count=1), Item(what="d", count=None))
    assert kept.when is None
    assert {problem.field for problem in got.problems} == {
        "offers.0.items.1",
        "offers.0.items.2.count",
        "offers.0.when",
    }


def test_unasked_fields_are_left_out_and_named() -> None:
    answer = report(offers=[offers(1)[0] | {"comment": "sure!"}], comment="hi", mood=7)

    got = salvaged(Report, answer, truncated=False)

    assert got.draft is not None
    assert (len(got.draft.offers), got.problems) == (1, ())
    assert got.notes == (
        "the answer has fields that nobody asked for, left out: “comment”, “mood”",
    )


def test_list_beyond_its_bound_is_cut_and_each_loss_named() -> None:
    got = salvaged(Report, report(offers=offers(7)), truncated=False)

    assert got.draft is not None
    assert len(got.draft.offers) == 5
    assert [problem.field for problem in got.problems] == ["offers.5", "offers.6"]


def test_rule_of_an_element_costs_that_element_only() -> None:
    ranges = [{"low": low, "high": high} for low, high in ((1, 2), (3, 1), (5, 6))]

    got = salvaged(Ranges, json.dumps({"ranges": ranges}), truncated=False)

    assert got.draft == Ranges(ranges=(Ordered(low=1, high=2), Ordered(low=5, high=6)))
    assert [problem.field for problem in got.problems] == ["ranges.1"]
    assert "low is above high" in got.problems[0].detail


@pytest.mark.parametrize(
    "answer",
    ['{"ranges": 5}', "5", "[", "", '{"other": [[1, 2]]}', "{}", "null", "[" * 9_999],
)
def test_hopeless_answer_gives_no_draft_and_one_problem(answer: str) -> None:
    got = salvaged(Ranges, answer, truncated=False)

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
    got = salvaged(Report, answer[:end] if truncated else answer, truncated=truncated)

    assert got.draft is not None or got.problems


@given(st.lists(st.tuples(st.booleans(), JSON), max_size=5))
def test_good_elements_survive_any_neighbours(elements: list[tuple[bool, Any]]) -> None:
    good = {"low": 1, "high": 2}
    answer = json.dumps({"ranges": [good if is_good else junk for is_good, junk in elements]})

    got = salvaged(Ranges, answer, truncated=False)

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


# The same record, as models and servers wrap it. Nothing of it is lost, so nothing is said.

RANGES = Ranges(ranges=(Ordered(low=1, high=2), Ordered(low=5, high=6)))
FIRST = '{"low": 1, "high": 2}'
GOOD = '{"ranges": [{"low": 1, "high": 2}, {"low": 5, "high": 6}]}'
OTHER = '{"ranges": [{"low": 3, "high": 4}]}'
WRAPPED = {
    "fence": f"```json\n{GOOD}\n``` done [x]",
    "fence without its name": f"```\n{GOOD}\n```",
    "fence not closed": f"```json\n{GOOD}",
    "fence not opened": f"{GOOD}\n```",
    "prose around": f"Sure [1]: {GOOD}. And {{2}}.",
    "prose with brackets in front": f"[one case]: {GOOD}",
    "bracket too many": f"{GOOD}}}",
    "doubled brackets": f"{{{GOOD}}}",
    "end of a turn": f"{GOOD}<|im_end|>",
    "end of a text": f"{GOOD}</s>",
    "twice": GOOD * 2,
    "byte order mark": f"\ufeff{GOOD}",
    "reasoning": f"<think>[0] {OTHER}</think>{GOOD}",
    "in a list": f"[{GOOD}]",
    "under its name": f'{{"Ranges": {GOOD}}}',
    "under a name among others": f'{{"thought": "so", "answer": {GOOD}}}',
    "as if it were the schema": f'{{"type": "object", "properties": {GOOD}}}',
    "as a call": f'<tool_call>{{"name": "Ranges", "arguments": {GOOD}}}</tool_call>',
    "as a call in words": f'[TOOL_CALLS][{{"name": "Ranges", "arguments": {GOOD}}}]',
    "as a text": json.dumps(GOOD),
    "as a text within": json.dumps({"arguments": GOOD}),
    "elements without their list's name": GOOD[11:-1],
    "elements line by line": '{"low": 1, "high": 2}\n{"low": 5, "high": 6}\n',
    "elements under their names": GOOD.replace(FIRST, f'[{{"x": {FIRST}}}]'),
    "comma too many": GOOD.replace("]", ",]"),
    "comma too few": GOOD.replace("}, {", "} {"),
    "single quotes": GOOD.replace('"', "'"),
    "comments": GOOD.replace("{", "{ // so\n"),
    "numbers as text": GOOD.replace("5", '"5"'),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_wrapping_costs_nothing(name: str) -> None:
    got = salvaged(Ranges, WRAPPED[name], truncated=False)

    assert (got.draft, got.problems, got.notes) == (RANGES, (), ())
    assert Ranges.model_validate_json(got.fitting) == RANGES


@pytest.mark.parametrize(
    "answer",
    [
        f"{OTHER} Wait, corrected: {GOOD}",
        f"{OTHER}\n{GOOD}\n{OTHER[:-9]}",
        f"[{OTHER}, {GOOD}]",
        f'{{"draft": {OTHER}, "final": {GOOD}}}',
    ],
    ids=["corrected", "third-one-cut", "list", "under-names"],
)
def test_last_whole_record_counts_and_that_is_said(answer: str) -> None:
    got = salvaged(Ranges, answer, truncated=False)

    assert (got.draft, got.problems) == (RANGES, ())
    (note,) = got.notes
    assert note.endswith("the last whole one counts")


def test_json_that_a_remark_quotes_is_no_answer() -> None:
    answer = json.dumps({"remark": GOOD, "mood": "good"})

    assert salvaged(Ranges, answer, truncated=False).draft is None


def test_name_given_twice_is_said() -> None:
    got = salvaged(Ranges, '{"ranges": [], ' + GOOD[1:], truncated=False)

    assert got.draft == RANGES
    assert got.notes == ("the answer names a field of a record twice; the last one counts",)


@pytest.mark.parametrize("answer", [f"<think>{GOOD}", f"maybe {GOOD}</think>", "<think>hm</think>"])
def test_draft_in_the_reasoning_is_no_answer(answer: str) -> None:
    got = salvaged(Ranges, answer, truncated=False)

    assert got.draft is None
    assert [problem.detail for problem in got.problems] == ["nothing but reasoning"]


class Loose(BaseModel):
    """A user's model: lists and optional fields of all kinds."""

    class Part(BaseModel):
        names: list[Verbatim]
        count: int | None

    title: Verbatim
    parts: list[Part]
    names: tuple[Verbatim, ...] = ("default",)
    note: Verbatim | None
    mood: str = "calm"


@pytest.mark.parametrize(
    ("answer", "want"),
    [
        (
            {"title": "t", "parts": None, "names": None},
            Loose(title="t", parts=[], names=(), note=None),
        ),
        ({"title": "t"}, Loose(title="t", parts=[], note=None)),
        ({"title": "t", "mood": None}, Loose(title="t", parts=[], note=None)),
        (
            {"title": "t", "parts": {"names": "n"}, "names": "n"},
            Loose(title="t", parts=[Loose.Part(names=["n"], count=None)], names=("n",), note=None),
        ),
        (
            {"title": "t", "parts": [{"names": None}, {"count": 3}]},
            Loose(
                title="t",
                parts=[Loose.Part(names=[], count=None), Loose.Part(names=[], count=3)],
                note=None,
            ),
        ),
    ],
    ids=["null", "no-key", "null-for-a-default", "no-list", "within"],
)
def test_what_is_left_out_or_null_is_nothing_and_costs_nothing(
    answer: dict[str, Any], want: Loose
) -> None:
    got = salvaged(Loose, json.dumps(answer), truncated=False)

    assert (got.draft, got.problems) == (want, ())


def test_number_where_words_are_asked_for_is_taken_as_it_was_written() -> None:
    answer = '{"title": 2.50, "parts": [], "names": [1e3, 400, 007], "note": 5e-1, "mood": 7.0}'

    got = salvaged(Loose, answer, truncated=False)

    assert got.problems == ()
    assert got.draft == Loose(
        title="2.50", parts=[], names=("1e3", "400", "007"), note="5e-1", mood="7.0"
    )


@pytest.mark.parametrize("number", ["9" * 5_000, "1e999", "-1.5", "NaN"])
def test_number_that_is_none_costs_its_field_only(number: str) -> None:
    answer = f'{{"title": "t", "parts": [{{"names": [], "count": {number}}}]}}'

    got = salvaged(Loose, answer, truncated=False)

    assert got.draft is not None
    assert [part.count for part in got.draft.parts] == [None]
    assert [problem.field for problem in got.problems] == ["parts.0.count"]


def test_bad_value_of_a_field_with_a_default_costs_that_value_only() -> None:
    answer = {"title": "t", "parts": [], "names": {"a": 1}, "note": [1], "mood": ["wild"]}

    got = salvaged(Loose, json.dumps(answer), truncated=False)

    assert got.draft == Loose(title="t", parts=[], note=None)
    assert [problem.field for problem in got.problems] == ["note", "names", "mood"]


def test_bound_that_nobody_set_is_none() -> None:
    names = [f"name {n}" for n in range(500)]
    answer = {"title": "t" * 5_000, "parts": [], "names": names, "note": None, "mood": "m" * 5_000}

    got = salvaged(Loose, json.dumps(answer), truncated=False)

    assert got.problems == ()
    assert got.draft is not None
    assert (got.draft.names, len(got.draft.title), len(got.draft.mood)) == (
        tuple(names),
        5_000,
        5_000,
    )


def test_answer_that_breaks_off_is_kept_to_where_it_does_whatever_is_told_of_its_end() -> None:
    whole = '{"ranges": [{"low": 1, "high": 2}, {"low": 5, "high": 6'
    for answer in (whole, f"```json\n{whole}\n```", f"{whole}</s>", f'{{"Ranges": {whole}'):
        for truncated in (True, False):
            got = salvaged(Ranges, answer, truncated=truncated)

            assert got.draft == Ranges(ranges=(Ordered(low=1, high=2),))
            assert [problem.reason for problem in got.problems] == ["truncated"]


def test_answer_that_is_no_json_from_a_place_on_is_kept_up_to_there() -> None:
    answer = (
        '{"ranges": [{"low": 1, "high": 2}, {"low": 3 or so, "high": 4}, {"low": 5, "high": 6}]}'
    )

    got = salvaged(Ranges, answer, truncated=False)

    assert got.draft == Ranges(ranges=(Ordered(low=1, high=2),))
    assert [(p.reason, p.detail) for p in got.problems] == [("schema", "what follows is no JSON")]


def test_whole_answer_at_the_token_limit_has_lost_nothing() -> None:
    got = salvaged(Ranges, GOOD, truncated=True)

    assert (got.draft, got.problems) == (RANGES, ())


def test_record_with_nothing_in_it_is_one_where_nothing_is_required() -> None:
    class Optional(BaseModel):
        name: Verbatim | None = None

    assert salvaged(Optional, "{}", truncated=False).draft == Optional()
    assert salvaged(Loose, "{}", truncated=False).draft is None


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_make_it_stumble(answer: bytes, truncated: bool) -> None:
    got = salvaged(Report, answer.decode("utf-8", "replace"), truncated=truncated)

    assert got.draft is not None or got.problems


SLIPS = st.sampled_from(['"', ",", "}", "{", "]", "\n", "</think>", "<think>", "```", "\ud800"])


@given(st.integers(0, 200), st.integers(0, 200), SLIPS)
def test_no_slip_of_the_pen_makes_words_up(start: int, end: int, slip: str) -> None:
    """Of any damage to an answer, each value that is kept stands in the damaged answer."""
    answer = written(REPORT)
    damaged = answer[:start] + slip + answer[end:]

    got = salvaged(Report, damaged, truncated=False)

    said = re.sub(r"\\(.)", r"\1", damaged, flags=re.DOTALL)
    for offer in got.draft.offers if got.draft else ():
        assert offer.supplier in said
        for item in offer.items:
            assert item.what in said
            assert item.count is None or str(item.count) in said
