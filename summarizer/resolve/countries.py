"""Countries: their names, demonyms and capitals, as a report may write them, to ISO 3166-1.

The table ``countries.tsv`` lists states and territories; Kosovo has the user-assigned code XKX.
The EU, NATO and the UN are organisations and not in it. A capital marked ``*`` is also a common
name of persons or places and never stands for its state.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from summarizer.language import rows
from summarizer.resolve.words import Word, fold, split_words

CountryForm = Literal["name", "demonym", "capital"]


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory; all forms as usually written, the usual English name first."""

    iso3: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]
    bodies: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CountryMention:
    """Where a text names a country, and by what; offsets into the text given."""

    start: int
    end: int
    country: Country
    form: CountryForm


@cache
def countries() -> tuple[Country, ...]:
    """Return the whole table."""
    return tuple(map(_row, rows("countries")))


def _row(cells: Sequence[str]) -> Country:
    iso3, name, names, demonyms, capitals, bodies = (_list(cell) for cell in cells)
    return Country(
        iso3=iso3[0],
        name=name[0],
        names=(name[0], *names),
        demonyms=demonyms,
        capitals=tuple(capital.removesuffix("*") for capital in capitals),
        metonyms=tuple(capital for capital in capitals if not capital.endswith("*")),
        bodies=tuple((body, kind) for body, _, kind in (b.partition("=") for b in bodies)),
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def by_code() -> dict[str, Country]:
    """Return the table by ISO code."""
    return {country.iso3: country for country in countries()}


@cache
def _index(form: CountryForm) -> dict[str, Country]:
    def forms(c: Country) -> tuple[str, ...]:
        return {"name": c.names, "demonym": c.demonyms, "capital": c.capitals}[form]

    return {_key(written): c for c in reversed(countries()) for written in forms(c)}


def _key(text: str) -> str:
    return fold(" ".join(text.split())).removeprefix("the ")


def country(name: str) -> Country | None:
    """Return the country of that name or ISO code ("Turkey", "the US", "UKR"), or None."""
    stripped = name.strip()
    if len(stripped) == 2 and not stripped.isupper():
        return None  # "us" is a pronoun
    return by_code().get(stripped) or _index("name").get(_key(stripped))


def demonym(word: str) -> Country | None:
    """Return the country that an adjective or noun of people belongs to ("Turkish"), or None."""
    return _index("demonym").get(_key(word))


def capital_of(city: str) -> Country | None:
    """Return the country whose capital or seat of government *city* is, or None."""
    return _index("capital").get(_key(city))


@cache
def _forms() -> dict[tuple[str, ...], tuple[Country, CountryForm, tuple[str, ...]]]:
    table: dict[tuple[str, ...], tuple[Country, CountryForm, tuple[str, ...]]] = {}
    for each in countries():
        lists: Iterable[tuple[CountryForm, tuple[str, ...]]] = (
            ("capital", each.capitals),
            ("demonym", each.demonyms),
            ("name", each.names),
        )
        for form, written in lists:
            for text in written:
                words = split_words(text)
                key = tuple(word.key for word in words)
                if form == "name" or key not in table:
                    table[key] = (each, form, tuple(word.text for word in words))
    return table


@cache
def _first_words() -> frozenset[str]:
    return frozenset(key[0] for key in _forms())


LONGEST_COUNTRY = 8
"""Words of the longest name in the table, marks included; a test holds it."""


def match_country(words: tuple[Word, ...], at: int) -> tuple[int, Country, CountryForm] | None:
    """Return the longest country form that starts at word *at*: (word behind it, what, how)."""
    if not words[at].capital or words[at].key not in _first_words():
        return None
    for end in range(min(len(words), at + LONGEST_COUNTRY), at, -1):
        found = _forms().get(tuple(word.key for word in words[at:end]))
        if found and same_case(words[at:end], found[2]):
            return end, found[0], found[1]
    return None


def same_case(words: Iterable[Word], written: Iterable[str]) -> bool:
    """Tell whether *words* carry the capitals of *written*: "us" is not the US, nor who the WHO."""
    for word, form in zip(words, written, strict=True):
        if form[:1].isupper() and not word.capital:
            return False
        if len(form) <= 4 and form.isupper() and word.text != word.text.upper():
            return False
    return True


@cache
def single_words() -> frozenset[str]:
    """Return the folded one-word names and demonyms: what "Israel-Hamas" may be split at."""
    return frozenset(key[0] for key, (_, form, _) in _forms().items() if len(key) == 1)


def find_countries(text: str) -> tuple[CountryMention, ...]:
    """Return where *text* names countries, peoples and capitals, in order, longest form first."""
    words = split_words(text, names=single_words())
    found: list[CountryMention] = []
    at = 0
    while at < len(words):
        if hit := match_country(words, at):
            end, which, form = hit
            found.append(CountryMention(words[at].start, words[end - 1].end, which, form))
            at = end
        else:
            at += 1
    return tuple(found)
