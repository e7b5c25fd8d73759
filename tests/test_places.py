import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.annotate import annotate
from summarizer.annotations import PlaceMention
from summarizer.language.known import known_names
from summarizer.source import Document, Sentence


def places_of(text: str) -> tuple[PlaceMention, ...]:
    read = annotate(Document(""), [Sentence(1, 7, 7 + len(text), text)])
    return read.readings[0].places


@pytest.mark.parametrize(
    ("text", "located"),
    [
        ("Strikes hit the southern port of Odesa.", [("Odesa", "UKR")]),
        ("It was deployed in northern Syria.", [("northern Syria", "SYR")]),
        ("They went to the Syrian capital Damascus.", [("Damascus", "SYR")]),
        ("Unrest grew in Sweida.", [("Sweida", "SYR")]),
        ("They signed it in Ankara.", [("Ankara", "TUR")]),
        ("Clashes near El Fasher, Sudan.", [("El Fasher", "SDN"), ("Sudan", "SDN")]),
        ("Gunmen attacked a post at Dargol, Niger.", [("Dargol", "NER"), ("Niger", "NER")]),
        ("The ship sank off Venezuela.", [("Venezuela", "VEN")]),
        ("Fighting spread across the Sahel.", [("Sahel", None)]),
        ("The shop in Athens, Georgia, was raided.", [("Athens", "USA"), ("Georgia", "USA")]),
        ("Police were called in Gori, Georgia.", [("Gori", "GEO"), ("Georgia", "GEO")]),
        ("Two people died in Hyderabad, Pakistan.", [("Hyderabad", "PAK"), ("Pakistan", "PAK")]),
        ("Gunmen attacked a village in Niger State.", [("Niger State", None)]),
        ("They hope to seize Kyiv and Odesa.", [("Kyiv", "UKR"), ("Odesa", "UKR")]),
        ("Ankara warned Damascus.", []),
        ("He spoke in March in the Senate.", []),
        ("KYIV, Ukraine (AP) — Troops left.", []),
    ],
)
def test_where_a_sentence_is_set(text: str, located: list[tuple[str, str | None]]) -> None:
    places = [p for p in places_of(text) if p.located]
    assert [(p.name, p.country) for p in places] == located


def test_every_known_place_is_in_a_country_of_the_table() -> None:
    codes = {entry.country for entry in known_names().values() if entry.kind == "country"}
    assert {e.country for e in known_names().values() if e.kind == "place"} <= codes | {None}


@given(st.text(max_size=300))
def test_names_are_the_sources_own_slices(text: str) -> None:
    for place in places_of(text):
        assert text[place.start - 7 : place.end - 7] == place.name
