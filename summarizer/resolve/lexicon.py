"""The word lists of ``names.toml`` and the table of known names, ready to look things up in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from summarizer.brief import ActorKind
from summarizer.language import rows, table
from summarizer.resolve.countries import countries, same_case, single_words
from summarizer.resolve.words import Word, fold, split_words

EntryKind = ActorKind | Literal["country", "demonym", "capital", "place", "thing", "date"]

LONGEST_NAME = 12
"""Words of the longest known name, marks included; a test holds it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A known name: one identity for all its forms, the words as written for the capitals."""

    kind: EntryKind
    identity: str
    country: str | None
    written: tuple[str, ...]


def _file() -> Mapping[str, Mapping[str, str]]:
    return table("names")


def entries(section: str, name: str) -> Iterator[str]:
    """Yield the entries of one list as written."""
    for part in _file()[section][name].replace("\n", " ").split(","):
        if part.strip():
            yield part.strip()


@cache
def listed(section: str, name: str) -> frozenset[str]:
    """Return one list, folded."""
    return frozenset(fold(entry) for entry in entries(section, name))


@cache
def with_plurals(section: str, name: str) -> frozenset[str]:
    """Return one list of nouns, folded, with their plurals."""
    nouns = listed(section, name)
    irregular = {"chiefs of staff", "secretaries", "spokesmen", "spokeswomen", "attorneys general"}
    return nouns | {noun + "s" for noun in nouns} | irregular


@cache
def known_names() -> Mapping[tuple[str, ...], Entry]:
    """Return every known name by its folded words; countries win over what is added later."""
    table: dict[tuple[str, ...], Entry] = {}
    for kind, identity, country, form in (
        *_country_names(),
        *_listed_names(),
        *_country_forms(),
        *_places(),
        *_never(),
    ):
        words = split_words(form, names=single_words())
        entry = Entry(kind, identity, country, tuple(word.text for word in words))
        table.setdefault(tuple(word.key for word in words), entry)
    return table


@cache
def _first_words() -> frozenset[str]:
    return frozenset(key[0] for key in known_names())


def match_name(words: tuple[Word, ...], at: int) -> tuple[int, Entry] | None:
    """Return the longest known name that starts at word *at*, and the word behind it."""
    if words[at].key not in _first_words():
        return None
    table = known_names()
    for end in range(min(len(words), at + LONGEST_NAME), at, -1):
        entry = table.get(tuple(word.key for word in words[at:end]))
        if entry and same_case(words[at:end], entry.written):
            return end, entry
    return None


def _bare(key: str) -> str:
    """Return a folded name without the Arabic article before it: al-shaibani, shaibani."""
    head, mark, rest = key.partition("-")
    return rest if mark and head in listed("people", "particles") and len(head) <= 3 else key


def name_key(text: str) -> tuple[str, ...]:
    """Return a name's words for comparing: folded, articles off, marks and particles dropped."""
    keys = (_bare(word.key) for word in split_words(text))
    short = frozenset(("al", "el", "as", "es", "ash"))
    return tuple(key for key in keys if key[:1].isalnum() and key not in short)


Row = tuple[EntryKind, str, str | None, str]


def _country_names() -> Iterator[Row]:
    for each in countries():
        for form in each.names:
            yield "country", each.iso3, each.iso3, form


def _country_forms() -> Iterator[Row]:
    for each in countries():
        for body, kind in each.bodies:
            entry_kind = "capital" if kind == "state" else cast("EntryKind", kind)
            yield entry_kind, body, each.iso3, body
        for form in each.demonyms:
            yield "demonym", each.iso3, each.iso3, form
        for form in each.metonyms:
            yield "capital", each.iso3, each.iso3, form
        for form in each.capitals:
            yield "place", form, each.iso3, form


def _listed_names() -> Iterator[Row]:
    for kind in _file()["known"]:
        for entry in entries("known", kind):
            forms, _, code = entry.partition(" = ")
            identity, *others = (form.strip() for form in forms.split(" | "))
            for form in (identity, *others):
                yield cast("EntryKind", kind), identity, code.strip() or None, form


def _places() -> Iterator[Row]:
    for name, others, code in rows("places"):
        for form in (name, *others.split("|")):
            if form:
                yield "place", name, code or None, form


def _never() -> Iterator[Row]:
    for name in ("things", "events", "acronyms"):
        for entry in entries("never", name):
            yield "thing", entry, None, entry
    for name in ("months", "weekdays"):
        for entry in entries("never", name):
            yield "date", entry, None, entry.capitalize()
