import pytest
from case_tables import cases
from hypothesis import given
from hypothesis import strategies as st

from summarizer.annotate import annotate
from summarizer.annotations import PlaceMention
from summarizer.language import rows
from summarizer.language.known import known_name, known_names
from summarizer.source import Document, Sentence


def places_of(text: str) -> tuple[PlaceMention, ...]:
    read = annotate(Document(""), [Sentence(1, 7, 7 + len(text), text)])
    return read.readings[0].places


@pytest.mark.parametrize("row", [*cases("places")])
def test_where_a_sentence_is_set(row: dict[str, str]) -> None:
    places = [p for p in places_of(row["sentence"]) if p.located]
    told = "; ".join(f"{p.name} = {p.country}" if p.country else p.name for p in places)
    assert told == row["places"]


def test_every_region_is_a_known_place_of_its_country() -> None:
    wrong = {
        name: code
        for name, _, code in rows("regions")
        for entry in [known_name(name)]
        if entry is None or (entry.kind == "place" and entry.country != code)
    }
    assert not wrong


def test_every_known_place_is_in_a_country_of_the_table() -> None:
    codes = {entry.country for entry in known_names().values() if entry.kind == "country"}
    assert {e.country for e in known_names().values() if e.kind == "place"} <= codes | {None}


@given(st.text(max_size=300))
def test_names_are_the_sources_own_slices(text: str) -> None:
    for place in places_of(text):
        assert text[place.start - 7 : place.end - 7] == place.name
