"""Join the mentions of one actor within a document: never on a shared token alone.

A short form joins a full name when it is the end of that name and of no other; bodies join by
country and portfolio; acronyms by their definition in the text before what a list says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise

from summarizer.names import compare_people, parse_person
from summarizer.resolve.countries import by_code, demonym
from summarizer.resolve.countries import country as country_named
from summarizer.resolve.lexicon import known_names, listed, name_key
from summarizer.resolve.mentions import Mention
from summarizer.resolve.words import fold, split_words, word_set

Key = Hashable
NameKey = tuple[str, ...]

MOST_COMPARED = 150
"""Persons compared pairwise for spelling variants; beyond it only equal words join."""

_PORTFOLIO_NOISE = word_set("ministry department of the national federal and for a")
_PORTFOLIO_SAME = {"defence": "defense", "affairs": "foreign", "interior": "interior"}


def group(mentions: Sequence[Mention]) -> tuple[tuple[int, ...], ...]:
    """Return the mentions of each actor, as indices, in order of first mention.

    A mention whose name fits several actors belongs to none of the groups.
    """
    people = _person_keys(mentions)
    ministries = _ministry_keys(mentions)
    acronyms = _acronyms(mentions)
    groups: dict[Key, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        key: Key | None
        if mention.form == "unnamed":
            key = ("unnamed", fold(mention.text))
        elif mention.kind == "person":
            key = people.get(name_key(mention.text))
        elif mention.kind == "state":
            key = ("state", mention.country)
        else:
            key = ministries.get(index) or _body_key(mention, acronyms)
        if key is not None:
            groups[key].append(index)
    joined = _join_contained(groups, mentions)
    return tuple(sorted((tuple(sorted(indices)) for indices in joined), key=lambda g: g[0]))


def _person_keys(mentions: Sequence[Mention]) -> Mapping[NameKey, Key]:
    """Map each name to the fullest name of the same person; names that fit two are left out."""
    named = (m for m in mentions if m.kind == "person" and m.form != "unnamed")
    names = {name_key(m.text): m.text for m in named}
    by_word: dict[str, list[NameKey]] = defaultdict(list)
    full: list[NameKey] = []
    target: dict[NameKey, NameKey | None] = {}
    also = _nicknames(mentions)
    for key in sorted(names.keys() - also.keys(), key=lambda k: (-len(k), k)):
        near = by_word[key[-1]]
        fits = {target[other] or other for other in near if _is_short_form(key, other)}
        if not fits and len(key) > 1:
            fits = {target[o] or o for o in full[:MOST_COMPARED] if _same(names[key], names[o])}
        if not fits and len(key) == 1:
            fits = {target[other] or other for other in near if key[0] in other[1:-1]}
        target[key] = None if len(fits) > 1 else fits.pop() if fits else key
        if target[key] == key:
            full.append(key)
            for word in set(key):
                by_word[word].append(key)
    target |= {key: target.get(of) for key, of in also.items()}
    return {key: ("person", found) for key, found in target.items() if found}


def _nicknames(mentions: Sequence[Mention]) -> Mapping[NameKey, NameKey]:
    """Map what a person is "known as" to the person named right before."""
    people = [m for m in mentions if m.kind == "person" and m.form != "unnamed"]
    return {
        name_key(m.text): name_key(before.text)
        for before, m in pairwise(people)
        if m.nickname and not before.nickname and before.sentence == m.sentence
    }


def _is_short_form(short: NameKey, full: NameKey) -> bool:
    if len(short) >= len(full):
        return False
    if full[-len(short) :] == short:
        return True
    if len(short) == 1:
        return full[0] == short[0] and short[0] in listed("people", "family_first")
    return short[0] == full[0] and short[-1] == full[-1]


def _same(left: str, right: str) -> bool:
    return compare_people(parse_person(left), parse_person(right)) == "same"


def _ministry_keys(mentions: Sequence[Mention]) -> Mapping[int, Key]:
    """Map ministries to country and portfolio; the nearest fits where none is named."""
    keys: dict[int, Key] = {}
    open_: list[tuple[int, frozenset[str]]] = []
    seen: dict[frozenset[str], list[tuple[int, str]]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        portfolio = _portfolio(mention)
        if not portfolio:
            continue
        if mention.country:
            keys[index] = ("ministry", mention.country, portfolio)
            seen[portfolio].append((index, mention.country))
        else:
            open_.append((index, portfolio))
    for index, portfolio in open_:
        owner = _owner(mentions, index, seen[portfolio])
        keys[index] = ("ministry", owner, portfolio)
    return keys


def _portfolio(mention: Mention) -> frozenset[str]:
    if mention.kind != "government_body" or mention.identity:
        return frozenset()
    keys = [word.key for word in split_words(mention.text) if word.key[:1].isalnum()]
    if "ministry" not in keys and "department" not in keys:
        return frozenset()
    return frozenset(
        _PORTFOLIO_SAME.get(key, key)
        for key in keys
        if key not in _PORTFOLIO_NOISE and not demonym(key) and not country_named(key)
    )


def _owner(mentions: Sequence[Mention], index: int, seen: Sequence[tuple[int, str]]) -> str | None:
    """Return whose ministry it is: the only one, that of the sentence's state, the last one."""
    countries = {country for _, country in seen}
    if len(countries) <= 1:
        return next(iter(countries), None)
    sentence = mentions[index].sentence
    here = {m.country for m in mentions if m.sentence == sentence and m.kind == "state" and m.acts}
    before = [country for at, country in seen if at < index]
    of_sentence = {c for c in countries if c in here and _first_state(mentions, sentence) == c}
    if of_sentence:
        return of_sentence.pop()
    return before[-1] if before else None


def _first_state(mentions: Sequence[Mention], sentence: int) -> str | None:
    states = (m for m in mentions if m.sentence == sentence and m.kind == "state" and m.acts)
    return next((m.country for m in states), None)


def _acronyms(mentions: Sequence[Mention]) -> Mapping[str, Key]:
    """Map acronyms to what the text itself says they stand for."""
    texts = {m.start: m for m in mentions}
    defined: dict[str, Key] = {}
    for mention in mentions:
        if mention.acronym and mention.kind not in ("person", "state"):
            short = texts.get(mention.acronym.start)
            if short and short.end == mention.acronym.end:
                defined.setdefault(fold(short.text), _plain_key(mention))
    return defined


def _body_key(mention: Mention, acronyms: Mapping[str, Key]) -> Key:
    return acronyms.get(fold(mention.text)) or _plain_key(mention)


def _plain_key(mention: Mention) -> Key:
    if mention.identity:
        return ("known", mention.identity)
    words = [word.key for word in split_words(mention.text) if word.key[:1].isalnum()]
    owner = by_code().get(mention.country or "")
    if owner and owner.demonyms:
        own = {fold(form) for form in (*owner.names, *owner.demonyms, *owner.capitals)}
        body = [word for word in words if word not in own]
        known = known_names().get((fold(owner.demonyms[0]), *body))
        if known and known.kind == mention.kind:
            return ("known", known.identity)
        return ("body", owner.iso3, tuple(body))
    return ("name", tuple(word for word in words if word != "the"))


def _join_contained(
    groups: Mapping[Key, list[int]], mentions: Sequence[Mention]
) -> Iterable[list[int]]:
    """Join a name of two words or more to the only longer name that contains it whole."""
    names = {key: words for key in groups if (words := _name_words(key))}
    by_word: dict[str, list[Key]] = defaultdict(list)
    for key, words in names.items():
        for word in set(words):
            by_word[word].append(key)
    joined = {key: list(indices) for key, indices in groups.items()}
    for key, words in sorted(names.items(), key=lambda item: len(item[1])):
        if len(words) < 2:
            continue
        longer = [k for k in by_word[words[0]] if k in joined and _contains(names[k], words)]
        if (
            len(longer) == 1
            and mentions[groups[key][0]].kind == mentions[groups[longer[0]][0]].kind
        ):
            joined[longer[0]] += joined.pop(key)
    return joined.values()


def _name_words(key: Key) -> NameKey:
    if isinstance(key, tuple) and key[0] == "name" and isinstance(key[1], tuple):
        return key[1]
    return ()


def _contains(long: NameKey, short: NameKey) -> bool:
    if len(long) <= len(short):
        return False
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))
