import pytest

from summarizer.language.countries import by_code, countries, country, demonym
from summarizer.language.known import LONGEST_NAME, known_name, known_names
from summarizer.language.words import fold


def test_table_has_every_code_once_and_well_formed() -> None:
    codes = [c.iso3 for c in countries()]
    assert len(codes) == len(set(codes)) == 249 + 1  # ISO 3166-1 and Kosovo
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in codes)


@pytest.mark.parametrize("form", ["names", "demonyms", "capitals"])
def test_no_form_belongs_to_two_countries(form: str) -> None:
    owners: dict[str, str] = {}
    for each in countries():
        for written in getattr(each, form):
            assert owners.setdefault(fold(written), each.iso3) == each.iso3, written


def test_longest_name_fits_the_window_that_looks_for_it() -> None:
    assert max(map(len, known_names())) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("turkiye", "TUR"),
        ("the United States", "USA"),
        ("U.S.", "USA"),
        ("UK", "GBR"),
        ("the Netherlands", "NLD"),
        ("Cote d'Ivoire", "CIV"),
        ("Democratic Republic of the Congo", "COD"),
        ("Republic of the Congo", "COG"),
        ("Kosovo", "XKX"),
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


def test_an_ambiguous_capital_never_stands_for_its_state() -> None:
    assert by_code()["SYC"].capitals == ("Victoria",)
    assert by_code()["SYC"].metonyms == ()


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Reuters", "media", None),
        ("the Kremlin", "capital", "RUS"),
        ("Ankara", "capital", "TUR"),
        ("Syrian", "demonym", "SYR"),
        ("Odessa", "place", "UKR"),
        ("al Qaeda", "armed_group", None),
        ("al-Qaeda", "armed_group", None),
        ("Friday", "date", None),
    ],
)
def test_a_known_name_tells_its_kind_and_country(name: str, kind: str, country: str | None) -> None:
    entry = known_name(name)
    assert entry is not None
    assert (entry.kind, entry.country) == (kind, country)


@pytest.mark.parametrize("name", ["us", "who", "turkey", "polish", "Zorvax", "US$", ""])
def test_capitals_and_marks_count_in_a_known_name(name: str) -> None:
    assert known_name(name) is None
