"""The names that are known: states, their capitals, bodies, forces, firms, media, places.

One identity stands for all forms of a name. Capitals count, so that WHO is not who.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from summarizer.language import entries, rows, table
from summarizer.language.countries import countries
from summarizer.language.words import fold, key, pieces

LONGEST_NAME = 12
"""Words of the longest known name; a test holds it."""

_CURRENCIES = frozenset("$€£%@#")
Row = tuple[str, str, str | None, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A known name. *kind* is that of an actor, or country, demonym, capital, place, thing, date.

    ``written`` are the words as usually spelled, ``form`` the whole, marks included.
    """

    kind: str
    identity: str
    country: str | None
    written: tuple[str, ...]
    form: str


@cache
def known_names() -> Mapping[tuple[str, ...], Entry]:
    """Return every known name by its folded words; countries win over what is added later."""
    found: dict[tuple[str, ...], Entry] = {}
    for kind, identity, country, form in (
        *_country_names(),
        *_listed_names(),
        *_country_forms(),
        *_places(),
        *_never(),
    ):
        found.setdefault(key(form), Entry(kind, identity, country, pieces(form), form))
    return found


def known_name(text: str) -> Entry | None:
    """Return the entry of exactly this name ("the" before it aside), or None."""
    bare = text.strip() if _CURRENCIES.isdisjoint(text) else ""
    for name in (bare, bare[4:] if bare[:4].casefold() == "the " else ""):
        entry = known_names().get(key(name)) if name else None
        if entry and _same_capitals(pieces(name), entry.written):
            return entry
    return None


@cache
def _beginnings() -> frozenset[tuple[str, ...]]:
    """Return how known names begin, so that no more words are looked at than may be one."""
    return frozenset(words[:size] for words in known_names() for size in range(1, len(words) + 1))


@lru_cache(maxsize=16384)
def _may_begin(text: str) -> bool:
    """Tell whether a known name may begin with the token *text*: few words begin one."""
    return key(text)[:1] in _beginnings()


def match_known(texts: Sequence[str], at: int) -> tuple[int, Entry] | None:
    """Return the longest known name that starts at token *at* of *texts*, and the token behind."""
    if not _may_begin(texts[at]):
        return None
    best: tuple[int, Entry] | None = None
    words: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    marks: list[str] = []
    for end in range(at, min(len(texts), at + 2 * LONGEST_NAME)):
        added = pieces(texts[end])
        if not _CURRENCIES.isdisjoint(texts[end]):
            break
        if not added:
            marks.append(texts[end])
            continue
        words, written = words + key(texts[end]), written + added
        if words not in _beginnings():
            break
        entry = known_names().get(words)
        if entry and _same_capitals(written, entry.written) and _same_marks(marks, entry.form):
            best = end + 1, entry
    return best


def _same_marks(marks: Sequence[str], form: str) -> bool:
    return all(mark in "-‐‑'’." or mark in form for mark in marks)


def _same_capitals(words: Sequence[str], written: Sequence[str]) -> bool:
    for word, form in zip(words, written, strict=False):
        if form[:1].isupper() and not (word[:1].isupper() or word[:1].istitle()):
            return False
        if len(form) <= 4 and form.isupper() and not word.isupper() and len(form) > 1:
            return False
    return len(words) == len(written)


def _country_names() -> Iterator[Row]:
    for each in countries():
        for form in each.names:
            yield "country", each.iso3, each.iso3, form


def _country_forms() -> Iterator[Row]:
    for each in countries():
        for body, kind in each.bodies:
            yield "capital" if kind == "state" else kind, body, each.iso3, body
        for form in each.demonyms:
            yield "demonym", each.iso3, each.iso3, form
        for form in each.metonyms:
            yield "capital", each.iso3, each.iso3, form
        for form in each.capitals:
            yield "place", form, each.iso3, form


def _listed_names() -> Iterator[Row]:
    for kind in table("names")["known"]:
        for entry in entries("names", "known", kind):
            forms, _, code = entry.partition(" = ")
            identity, *others = (form.strip() for form in forms.split(" | "))
            for form in (identity, *others):
                yield kind, identity, code.strip() or None, form


def _places() -> Iterator[Row]:
    for name, others, code in rows("places"):
        for form in (name, *others.split("|")):
            if form:
                yield "place", name, code or None, form
    for name, _, code in rows("regions"):
        yield "place", name, code, name


def _never() -> Iterator[Row]:
    for name in ("things", "events", "acronyms"):
        for entry in entries("names", "never", name):
            yield "thing", entry, None, entry
    for name in ("months", "weekdays"):
        for entry in entries("names", "never", name):
            yield "date", entry, None, entry.capitalize()


@cache
def terms(*keys: str) -> frozenset[str]:
    """Return one list of ``names.toml``, folded, for looking words up in."""
    return frozenset(fold(entry) for entry in entries("names", *keys))


@cache
def with_plurals(*keys: str) -> frozenset[str]:
    """Return one list of nouns of ``names.toml``, folded, with their plurals."""
    nouns = terms(*keys)
    return nouns | {noun + "s" for noun in nouns} | terms("titles", "plurals")


def name_key(text: str) -> tuple[str, ...]:
    """Return a name's words for comparing, without the Arabic article: al-Shaibani, Shaibani."""
    words = [word for word in key(text) if word not in terms("people", "articles")]
    return tuple(words[:-1] if len(words) > 1 and words[-1] == "s" else words)
