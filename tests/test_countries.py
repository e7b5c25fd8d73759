import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.resolve.countries import (
    LONGEST_COUNTRY,
    by_code,
    capital_of,
    countries,
    country,
    demonym,
    find_countries,
    match_country,
    single_words,
)
from summarizer.resolve.lexicon import LONGEST_NAME, known_names
from summarizer.resolve.words import fold, split_words


def test_table_has_every_code_once_and_well_formed() -> None:
    codes = [c.iso3 for c in countries()]
    assert len(codes) == len(set(codes)) == 249 + 1  # ISO 3166-1 and Kosovo
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in codes)


@pytest.mark.parametrize("form", ["names", "demonyms", "capitals"])
def test_no_form_belongs_to_two_countries(form: str) -> None:
    owners: dict[str, str] = {}
    for each in countries():
        for written in getattr(each, form):
            key = fold(written)
            assert owners.setdefault(key, each.iso3) == each.iso3, written


def test_longest_names_fit_the_windows_that_look_for_them() -> None:
    longest = max(len(split_words(n, names=single_words())) for c in countries() for n in c.names)
    assert longest <= LONGEST_COUNTRY
    assert max(map(len, known_names())) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("turkiye", "TUR"),
        ("the United States", "USA"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("UK", "GBR"),
        ("the Netherlands", "NLD"),
        ("Cote d'Ivoire", "CIV"),
        ("Democratic Republic of the Congo", "COD"),
        ("Republic of the Congo", "COG"),
        ("Kosovo", "XKX"),
        ("Palestine", "PSE"),
        ("Taiwan", "TWN"),
        ("South Korea", "KOR"),
        ("UKR", "UKR"),
    ],
)
def test_country_by_any_of_its_names(name: str, iso3: str) -> None:
    found = country(name)
    assert found is not None
    assert found.iso3 == iso3


@pytest.mark.parametrize("name", ["us", "EU", "NATO", "United Nations", "Kurdistan", ""])
def test_what_is_no_country_is_none(name: str) -> None:
    assert country(name) is None


@pytest.mark.parametrize(
    ("word", "iso3"),
    [
        ("Turkish", "TUR"),
        ("Filipino", "PHL"),
        ("Nigerien", "NER"),
        ("Nigerian", "NGA"),
        ("North Korean", "PRK"),
        ("Emirati", "ARE"),
        ("Dutch", "NLD"),
        ("Congolese", "COD"),
    ],
)
def test_demonyms(word: str, iso3: str) -> None:
    found = demonym(word)
    assert found is not None
    assert found.iso3 == iso3


def test_a_people_without_a_state_has_no_country() -> None:
    assert demonym("Kurdish") is None
    assert demonym("Korean") is None


@pytest.mark.parametrize(
    ("city", "iso3"), [("Ankara", "TUR"), ("Kyiv", "UKR"), ("Kiev", "UKR"), ("Washington", "USA")]
)
def test_capitals(city: str, iso3: str) -> None:
    found = capital_of(city)
    assert found is not None
    assert found.iso3 == iso3


def test_an_ambiguous_capital_never_stands_for_its_state() -> None:
    assert by_code()["SYC"].capitals == ("Victoria",)
    assert by_code()["SYC"].metonyms == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Turkish-Syrian ties", [("Turkish", "TUR"), ("Syrian", "SYR")]),
        ("the Israel-Hamas war", [("Israel", "ISR")]),
        ("an Iran-backed group", [("Iran", "IRN")]),
        ("It told us that the US agreed", [("US", "USA")]),
        ("South Sudanese troops left Sudan", [("South Sudanese", "SSD"), ("Sudan", "SDN")]),
        ("in N’Djamena, Chad’s capital", [("N’Djamena", "TCD"), ("Chad", "TCD")]),
        ("a polish finish, a turkey", []),
        ("Guinea-Bissau and Guinea", [("Guinea-Bissau", "GNB"), ("Guinea", "GIN")]),
    ],
)
def test_countries_in_a_text(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[m.start : m.end], m.country.iso3) for m in find_countries(text)] == found


@given(st.text(max_size=200))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    end = 0
    for mention in find_countries(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


def test_longest_form_wins() -> None:
    words = split_words("Democratic Republic of the Congo said")
    hit = match_country(words, 0)
    assert hit is not None
    assert (hit[0], hit[1].iso3) == (5, "COD")
