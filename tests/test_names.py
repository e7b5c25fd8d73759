from __future__ import annotations

import pytest
from case_tables import cases
from hypothesis import given
from hypothesis import strategies as st

from summarizer.names import compare_people, fold, name_keys, parse_person, skeleton

AGREEMENTS = {"one": ("same",), "part": ("surname",), "two": ("different", "family")}


@pytest.mark.parametrize("row", [*cases("names")])
def test_two_names_are_one_only_where_all_that_tells_them_apart_agrees(
    row: dict[str, str],
) -> None:
    left, right = parse_person(row["name"]), parse_person(row["other name"])
    assert compare_people(left, right) in AGREEMENTS[row["people"]]
    assert compare_people(right, left) in AGREEMENTS[row["people"]]
    if row["people"] == "one":
        assert set(name_keys(left)) & set(name_keys(right))


@pytest.mark.parametrize(
    ("left", "right", "want"),
    [
        ("Shaibani", "Asaad al-Shaibani", "surname"),
        ("Abu Qasra", "Murhaf Abu Kasra", "surname"),
        ("Assad", "Assad al-Shaibani", "different"),
        ("Muharram Abu Qasra", "Murhaf Abu Qasra", "family"),
    ],
)
def test_a_family_name_alone_agrees_only_with_its_bearers(left: str, right: str, want: str) -> None:
    assert compare_people(parse_person(left), parse_person(right)) == want


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("President Ahmad al-Sharaa", ("ahmad", "sharaa")),
        ("Ben Wallace", ("ben", "wallace")),
        ("Itamar Ben Gvir", ("itamar", "gvir")),
        ("Abu Qasra", ("qasra",)),
        ("", ()),
    ],
)
def test_titles_articles_and_kinship_words_are_no_names(name: str, tokens: tuple[str, ...]) -> None:
    assert parse_person(name).tokens == tokens


def test_fold_drops_diacritics_possessives_and_punctuation() -> None:
    assert fold("Türkiye’s Mr. Aktürk") == "turkiye mr akturk"


@given(st.text(), st.text())
def test_any_two_texts_compare_the_same_both_ways(left: str, right: str) -> None:
    one, two = parse_person(left), parse_person(right)
    assert compare_people(one, two) == compare_people(two, one)


@given(st.text())
def test_a_name_agrees_with_itself(text: str) -> None:
    name = parse_person(text)
    want = {0: "different", 1: "surname"}.get(len(name.tokens), "same")
    assert compare_people(name, name) == want


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(skeleton(word) for word in fold(text).split() if word.isalpha())
