"""Countries: their names, demonyms and capitals, as a report may write them, to ISO 3166-1.

``countries.tsv`` lists states and territories; Kosovo has the user-assigned code XKX. The EU,
NATO and the UN are organisations and not in it. A capital marked ``*`` is also a common name of
persons or places and never stands for its state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from summarizer.language import rows
from summarizer.language.words import fold, pieces

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


def states_named(text: str) -> tuple[Country, ...]:
    """Return the countries that *text* names, by their people or their capital as well."""
    words = pieces(text)
    runs = (" ".join(words[at : at + length]) for length in (1, 2, 3) for at in range(len(words)))
    named = (country(run) or demonym(run) or _metonym(run) for run in runs if run[:1].isupper())
    return tuple({found.iso3: found for found in named if found}.values())


def _metonym(word: str) -> Country | None:
    """Return the country whose capital stands for it, unless that is a common name as well."""
    found = _index("capital").get(_key(word))
    return found if found and word in found.metonyms else None
