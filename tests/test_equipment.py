"""Words for equipment: their codes, what is none, and how many there are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from case_tables import cases
from growing import assert_linear, repeated
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import read

from summarizer.equipment import Quantity, classify, find_words, quantity


@pytest.mark.parametrize("row", [*cases("equipment")])
def test_codes_say_no_more_than_the_words(row: dict[str, str]) -> None:
    got = classify(row["words"])
    assert (got.category, got.unroca, got.against) == (row["category"], row["unroca"], None)


AGAINST = [
    ("training", "training"),
    ("officer-level courses", "training"),
    ("F-16 pilot training", "training"),
    ("$300 million in funds", "money"),
    ("advice", "advice"),
    ("a memorandum of understanding", "agreement"),
    ("intelligence sharing", "information"),
    ("200 soldiers", "people"),
    ("maintenance", "services"),
    ("humanitarian aid", "help"),
]


@pytest.mark.parametrize(("text", "against"), AGAINST)
def test_what_is_not_equipment_is_named(text: str, against: str) -> None:
    assert classify(text).against == against


@pytest.mark.parametrize(
    ("text", "general"),
    [("military equipment", True), ("weapons", True), ("military aid package", True),
     ("radars", False), ("something unheard of", False)],
)  # fmt: skip
def test_general_words_name_no_kind(text: str, general: bool) -> None:
    assert classify(text).is_general == general


def _written(row: dict[str, str]) -> Quantity:
    number, most = (int(row[cell]) if row[cell] else None for cell in ("number", "most"))
    return Quantity(number, most, row["about"] == "yes", row["unit"] or None)


@pytest.mark.parametrize("row", [*cases("quantities")])
def test_quantities_are_what_the_words_give(row: dict[str, str]) -> None:
    assert quantity(row["words"]) == _written(row)


@pytest.mark.parametrize("row", [*cases("quantities")])
def test_a_sentence_gives_no_other_number_than_the_words(row: dict[str, str]) -> None:
    text = f"Canada will send Kenya {row['words']}, the ministry said."
    goods = read(text).goods[:1]
    got = [quantity(text[g.span.start : g.span.end]) for g in goods]
    want = _written(row)
    assert [(q.quantity, q.quantity_max) for q in got if q.quantity or q.quantity_max] in (
        [],
        [(want.quantity, want.quantity_max)],
    )


@given(st.text() | st.text(alphabet="12 ,-aekmnrst\u0301\u202e🚀\r\nTANKF"))
@settings(max_examples=200)
def test_any_text_gives_words_in_order(text: str) -> None:
    end = 0
    for mention in find_words(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
    classify(text)
    quantity(text)


@pytest.mark.parametrize("step", [classify, quantity])
@pytest.mark.parametrize("unit", ["tank and ", " ", "(", "light "], ids=repr)
def test_long_hostile_text_is_read_in_linear_time(unit: str, step: Callable[[str], object]) -> None:
    assert_linear(step, repeated(unit, after="tank"), 200_000)
