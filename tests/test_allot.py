"""Repeated values: each mention has its own place, near the rest of its record, in order."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer import SentenceId, Verbatim
from summarizer.draft import EventDraft, EventsDraft, PledgeDraft, PledgesDraft
from summarizer.segment import segment
from summarizer.source import Document, Span, Window
from summarizer.validate import Index, find_places
from summarizer.validate.allot import Mention, allot


class Medicine(BaseModel):
    name: Verbatim
    dose: Verbatim | None = None
    sentence: SentenceId | None = None


class Visit(BaseModel):
    medicines: list[Medicine] = []
    doses: list[Verbatim] = []


class Change(BaseModel):
    before: Verbatim
    after: Verbatim


def places(draft: BaseModel, text: str) -> dict[str, int]:
    """Return by path which occurrence of its words in *text* each value has, from 0 on."""
    document = Document(text)
    found = find_places(draft, Window(document, segment(document)), Index(text))
    assert found.refusals == {}
    return {path: _occurrence(text, span) for path, span in found.spans.items()}


def _occurrence(text: str, span: Span) -> int:
    words = re.escape(text[span.start : span.end])
    starts = [match.start() for match in re.finditer(rf"\b{words}\b", text, re.IGNORECASE)]
    return starts.index(span.start)


def visit(*medicines: tuple[str, str]) -> Visit:
    return Visit(medicines=[Medicine(name=name, dose=dose) for name, dose in medicines])


A, I, C = ("aspirin", "75 mg"), ("ibuprofen", "75 mg"), ("codeine", "75 mg")  # noqa: E741


@pytest.mark.parametrize(
    ("text", "medicines", "doses"),
    [
        ("Took aspirin 75 mg, ibuprofen 75 mg.", (A, I), [0, 1]),
        ("Took aspirin 75 mg, ibuprofen 75 mg.", (I, A), [1, 0]),
        ("Took aspirin 75 mg, ibuprofen 75 mg.", (I,), [1]),
        ("75 mg of aspirin, 75 mg of ibuprofen.", (A, I), [0, 1]),
        ("75 mg of aspirin, 75 mg of ibuprofen.", (A,), [0]),
        ("75 mg of the pain killer aspirin and 75 mg of ibuprofen.", (A, I), [0, 1]),
        ("Took aspirin 75 mg.\nTook ibuprofen 75 mg.", (A, I), [0, 1]),
        ("Aspirin 75 mg, ibuprofen 75 mg, codeine 75 mg.", (A, C), [0, 2]),
        ("Aspirin and ibuprofen. Doses: 75 mg and 75 mg.", (A, I), [0, 1]),
        ("Aspirin and ibuprofen, 75 mg each.", (A, I), [0, 0]),
        ("Aspirin 75 mg, ibuprofen and codeine 75 mg.", (A, I, C), [0, 1, 1]),
        ("Took aspirin 75 mg at 8, aspirin 75 mg at 20.", (A, A), [0, 1]),
        ("Took aspirin 75 mg, ibuprofen 75 mg, aspirin 75 mg.", (A, I, A), [0, 1, 2]),
        ("Aspirin, ibuprofen: 75 mg. " + "He rests well. " * 20 + "75 mg.", (A, I), [0, 0]),
    ],
)
def test_record_has_the_place_nearest_to_its_other_values(
    text: str, medicines: tuple[tuple[str, str], ...], doses: list[int]
) -> None:
    got = places(visit(*medicines), text)

    assert [got[f"medicines[{n}].dose"] for n in range(len(medicines))] == doses


@pytest.mark.parametrize(
    ("offered", "got"), [(1, [0]), (2, [0, 1]), (3, [0, 1, 2]), (5, [0, 1, 2, 2, 2])]
)
def test_equal_words_of_a_list_come_in_order_and_the_last_is_used_again(
    offered: int, got: list[int]
) -> None:
    found = places(Visit(doses=["75 mg"] * offered), "75 mg at 8. 75 mg at noon. 75 mg at 20.")

    assert [found[f"doses[{n}]"] for n in range(offered)] == got


def test_equal_words_of_two_fields_are_two_places() -> None:
    text = "It went from 50 tanks to 50 tanks."

    assert places(Change(before="50 tanks", after="50 tanks"), text) == {"before": 0, "after": 1}


def test_named_sentence_comes_before_what_is_near() -> None:
    medicines = [Medicine(name="aspirin", dose="75 mg", sentence=n) for n in (3, 1)]
    text = "Aspirin 75 mg.\nWater.\nAspirin, that is 75 mg."

    got = places(Visit(medicines=medicines), text)

    assert [got[f"medicines[{n}].dose"] for n in (0, 1)] == [1, 0]


def pledge(supplier: str, recipient: str, *items: str) -> PledgeDraft:
    return PledgeDraft(supplier=supplier, recipient=recipient, items=items, sentence=1)


@pytest.mark.parametrize(
    ("text", "pledges", "got"),
    [
        (
            "Poland gave 50 tanks to Ukraine while Norway gave 50 tanks to Moldova.",
            [pledge("Poland", "Ukraine", "50 tanks"), pledge("Norway", "Moldova", "50 tanks")],
            {"[0].items[0]": 0, "[1].items[0]": 1},
        ),
        (
            "Poland gave 50 tanks to Ukraine while Norway gave 50 tanks to Moldova.",
            [pledge("Norway", "Moldova", "50 tanks"), pledge("Poland", "Ukraine", "50 tanks")],
            {"[0].items[0]": 1, "[1].items[0]": 0},
        ),
        (
            "Norway gave 50 tanks to Ukraine and 50 tanks to Moldova.",
            [pledge("Norway", "Ukraine", "50 tanks"), pledge("Norway", "Moldova", "50 tanks")],
            {"[0].supplier": 0, "[1].supplier": 0, "[0].items[0]": 0, "[1].items[0]": 1},
        ),
        (
            "Norway gave Ukraine 50 tanks, 30 guns and 50 tanks.",
            [pledge("Norway", "Ukraine", "50 tanks", "30 guns", "50 tanks")],
            {"[0].items[0]": 0, "[0].items[2]": 1},
        ),
        (
            "Ukraine got 50 tanks from Poland, Moldova got 50 tanks from Poland.",
            [pledge("Poland", "Ukraine", "50 tanks"), pledge("Poland", "Moldova", "50 tanks")],
            {"[0].supplier": 0, "[1].supplier": 1, "[0].items[0]": 0, "[1].items[0]": 1},
        ),
    ],
)
def test_pledges_of_one_sentence_have_their_own_words_and_share_a_party(
    text: str, pledges: list[PledgeDraft], got: dict[str, int]
) -> None:
    found = places(PledgesDraft(pledges=tuple(pledges)), text)

    assert {path: found[f"pledges{path}"] for path in got} == got


def test_name_that_stands_only_in_an_earlier_sentence_is_shared() -> None:
    text = "Norway met Denmark.\nThey agreed on ships.\nThey agreed on tanks."
    events = [
        EventDraft(kind="agreement", who=("Norway", "Denmark"), to_whom=(), sentence=number)
        for number in (2, 3)
    ]

    assert set(places(EventsDraft(events=tuple(events)), text).values()) == {0}


@given(
    st.lists(st.sampled_from("ab cd ef , . \n".split(" ")), min_size=1, max_size=30),
    st.lists(st.tuples(st.sampled_from(["ab", "cd"]), st.sampled_from(["cd", "ef"])), max_size=6),
)
@example(["cd", "cd"], [("ab", "cd"), ("cd", "ef"), ("cd", "cd")])
def test_places_are_used_up_before_any_is_used_twice_in_a_record(
    words: list[str], pairs: list[tuple[str, str]]
) -> None:
    text = " ".join(words)
    index = Index(text)
    mentions = [
        Mention(f"rows[{at}].{name}", f"rows.{name}", f"rows[{at}]", index.locate_all(value))
        for at, pair in enumerate(pairs)
        for name, value in zip(("one", "two"), pair, strict=True)
    ]

    found = allot(mentions, text)

    assert found.keys() == {mention.path for mention in mentions if mention.spans}
    assert all(found[m.path] in m.spans for m in mentions if m.spans)
    for at, (one, two) in enumerate(pairs):
        if one == two and text.count(one) > 1:
            assert found[f"rows[{at}].one"] != found[f"rows[{at}].two"]
