"""Join the mentions of one actor within a document: never on a shared token alone.

A short form joins a full name when it is part of that name and of no other; bodies join by
country and portfolio; acronyms by their definition in the text before what a list says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from summarizer.annotations import Mention
from summarizer.language import entries
from summarizer.language.countries import by_code, country, demonym
from summarizer.language.known import known_names, name_key, terms
from summarizer.language.words import fold, key
from summarizer.names import PersonName, compare_people, parse_person, tokens_agree
from summarizer.source import Span

Key = Hashable
NameKey = tuple[str, ...]

MOST_COMPARED = 150
"""Persons compared pairwise for spelling variants; beyond it only equal words join."""


def group(mentions: Sequence[Mention], text: str) -> tuple[tuple[int, ...], ...]:
    """Return the mentions of each actor, as indices, in order of first mention.

    A mention whose name fits several actors belongs to none of the groups.
    """
    people = _People(text, [m for m in mentions if m.kind == "person" and m.form != "unnamed"])
    ministries, acronyms = _ministries(mentions), _acronyms(mentions)
    groups: dict[Key, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        found: Key | None
        if mention.form == "unnamed":
            found = ("unnamed", fold(mention.text))
        elif mention.kind == "person":
            found = people.of(mention)
        elif mention.kind == "state":
            found = ("state", mention.country or key(mention.text))
        else:
            found = ministries.get(index) or acronyms.get(key(mention.text)) or _plain(mention)
        if found is not None:
            groups[found].append(index)
    joined = _joined(_alone(_owned(groups, mentions), mentions), mentions)
    return tuple(sorted((tuple(sorted(indices)) for indices in joined), key=lambda g: g[0]))


@dataclass
class _People:
    """The persons of a document by their names; ``of`` tells which of them a mention is."""

    text: str
    mentions: Sequence[Mention]
    target: dict[NameKey, NameKey | None] = field(default_factory=dict)
    persons: dict[NameKey, PersonName] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the fullest name of each person; names that fit two are left out."""
        by_name: dict[NameKey, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            by_name[name_key(mention.text)].append(mention)
        self.persons = {name: parse_person(them[0].text) for name, them in by_name.items()}
        also = _nicknames(self.mentions)
        full: list[NameKey] = []
        for name in sorted(by_name.keys() - also.keys(), key=lambda k: (-len(k), k)):
            fits = self._fits(name, full)
            bearers = {o for o in fits if self._may_be(by_name[name], by_name[o], len(fits))}
            if len(bearers) > 1:
                offices = self._offices(by_name[name])
                telling = {o for o in bearers if offices & self._offices(by_name[o])}
                bearers = telling if len(telling) == 1 else bearers
            self.target[name] = (
                name if not bearers else bearers.pop() if len(bearers) == 1 else None
            )
            if self.target[name] == name:
                full.append(name)
        self.target |= {name: self.target.get(of) for name, of in also.items()}

    def of(self, mention: Mention) -> Key | None:
        """Return the key of the person that *mention* names, or None when it may be two."""
        found = self.target.get(name_key(mention.text))
        return ("person", found) if found else None

    def _fits(self, name: NameKey, full: Sequence[NameKey]) -> set[NameKey]:
        """Return the longer names that *name* may be a form of."""
        person = self.persons[name]
        near = [one for one in full if set(name) & set(one)]
        if len(person.tokens) > 1:
            others = [*near, *full[:MOST_COMPARED]]
            return {o for o in others if compare_people(person, self.persons[o]) == "same"}
        spelled = [o for o in full[:MOST_COMPARED] if _bears(self.persons[o], person)]
        found = {o for o in near if _bears(self.persons[o], person)} | set(spelled)
        return found or {one for one in near if name[0] in one[:-1]}

    def _may_be(self, short: Sequence[Mention], full: Sequence[Mention], fitting: int) -> bool:
        """Tell whether a surname with its own office may be that of the bearer of a full name.

        Reports give the full name first: an office before it, and another with it, are two
        persons', as are a leader and the relative named after him.
        """
        own = self._offices(short)
        if any(m.kin for m in full) and own - self._offices(full):
            return False
        if self._differ(short, full):
            return not any(m.country for m in short) and self._follows(short, full)
        return self._follows(short, full) or not own or fitting == 1

    def _follows(self, short: Sequence[Mention], full: Sequence[Mention]) -> bool:
        return min(m.start for m in full) < min(m.start for m in short)

    def _differ(self, short: Sequence[Mention], full: Sequence[Mention]) -> bool:
        one, other = self._offices(short), self._offices(full)
        if not (one and other):
            return False
        homes = {m.country for m in short} - {None}, {m.country for m in full} - {None}
        if homes[0] and homes[1] and not homes[0] & homes[1]:
            return True
        return not one & other and min(m.start for m in short) < min(m.start for m in full)

    def _offices(self, mentions: Sequence[Mention]) -> set[str]:
        words: set[str] = set()
        for mention in mentions:
            for span in (mention.position, mention.rank):
                words |= set(key(self._words(span)) if span else ())
        heads = terms("titles", "heads") | terms("titles", "ranks")
        return words & heads - terms("titles", "honorifics")

    def _words(self, span: Span) -> str:
        return self.text[span.start : span.end]


def _nicknames(mentions: Sequence[Mention]) -> Mapping[NameKey, NameKey]:
    """Map what a person is "known as" to the person named right before."""
    return {
        name_key(m.text): name_key(before.text)
        for before, m in pairwise(mentions)
        if m.nickname and not before.nickname and before.sentence == m.sentence
    }


def _bears(full: PersonName, short: PersonName) -> bool:
    """Tell whether a lone name is the family name of *full*, the first of two included."""
    if len(full.tokens) < 2 or not short.tokens:
        return False
    families = [f for f in full.short_forms if f in (full.family, *full.tokens[1:])]
    return any(tokens_agree(short.tokens[0], family) for family in families)


def _ministries(mentions: Sequence[Mention]) -> Mapping[int, Key]:
    """Map ministries to country and portfolio; the nearest fits where none is named."""
    keys: dict[int, Key] = {}
    unowned: list[tuple[int, frozenset[str]]] = []
    seen: dict[frozenset[str], list[tuple[int, str]]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        portfolio = _portfolio(mention)
        if portfolio and mention.country:
            keys[index] = ("ministry", mention.country, portfolio)
            seen[portfolio].append((index, mention.country))
        elif portfolio:
            unowned.append((index, portfolio))
    for index, portfolio in unowned:
        keys[index] = ("ministry", _owner(mentions, index, seen[portfolio]), portfolio)
    return keys


@cache
def _synonyms() -> Mapping[str, str]:
    pairs = (entry.partition(" = ") for entry in entries("names", "portfolios", "same"))
    return {word: same for word, _, same in pairs}


def _portfolio(mention: Mention) -> frozenset[str]:
    if mention.kind != "government_body" or mention.identity:
        return frozenset()
    words = key(mention.text)
    if "ministry" not in words and "department" not in words:
        return frozenset()
    own = [w for w in words if w not in terms("portfolios", "noise")]
    return frozenset(
        _synonyms().get(word, word) for word in own if not demonym(word) and not country(word)
    )


def _owner(mentions: Sequence[Mention], index: int, seen: Sequence[tuple[int, str]]) -> str | None:
    """Return whose body it is: the only one, that of the sentence's state, the last one."""
    countries = {country for _, country in seen}
    if len(countries) <= 1:
        return next(iter(countries), None)
    sentence = mentions[index].sentence
    states = (m for m in mentions if m.sentence == sentence and m.kind == "state" and m.acts)
    first = next((m.country for m in states), None)
    if first in countries:
        return first
    before = [country for at, country in seen if at < index]
    return before[-1] if before else None


def _acronyms(mentions: Sequence[Mention]) -> Mapping[tuple[str, ...], Key]:
    """Map acronyms to what the text itself says they stand for."""
    by_place = {m.start: m for m in mentions}
    defined: dict[tuple[str, ...], Key] = {}
    for mention in mentions:
        if mention.acronym and mention.kind not in ("person", "state"):
            short = by_place.get(mention.acronym.start)
            if short and short.end == mention.acronym.end:
                defined.setdefault(key(short.text), _plain(mention))
    return defined


def _plain(mention: Mention) -> Key:
    if mention.identity:
        return ("known", mention.identity)
    words = [word for word in key(mention.text) if word not in ("the", "s")]
    owner = by_code().get(mention.country or "")
    if owner and owner.demonyms:
        own = {w for form in (*owner.names, *owner.demonyms, *owner.capitals) for w in key(form)}
        body = tuple(word for word in words if word not in own)
        known = known_names().get((*key(owner.demonyms[0]), *body))
        if known and known.kind == mention.kind:
            return ("known", known.identity)
        return ("body", owner.iso3, body)
    return ("name", tuple(words))


def _owned(groups: Mapping[Key, list[int]], mentions: Sequence[Mention]) -> dict[Key, list[int]]:
    """Join "the army" to the one army that the text names with its country."""
    joined = {found: list(indices) for found, indices in groups.items()}
    bodies: dict[frozenset[str], dict[str, tuple[int, Key]]] = defaultdict(dict)
    for found, indices in groups.items():
        for mention in (mentions[i] for i in indices):
            if mention.country and mention.kind in ("military", "government_body"):
                own = _own_words(mention)
                bodies[own].setdefault(mention.country, (indices[0], found))
    for found, indices in groups.items():
        bare = mentions[indices[0]]
        fits = bodies.get(_own_words(bare), {})
        if bare.country or bare.identity or not fits or bare.text[0].isupper():
            continue
        owner = _owner(mentions, indices[0], [(at, land) for land, (at, _) in fits.items()])
        if owner in fits and fits[owner][1] in joined and found in joined:
            joined[fits[owner][1]] += joined.pop(found)
    return joined


def _alone(groups: Mapping[Key, list[int]], mentions: Sequence[Mention]) -> dict[Key, list[int]]:
    """Join "the Council" to the one council that the text names; of two it may be neither's."""
    joined = {found: list(indices) for found, indices in groups.items()}
    bodies = [
        (found, {word for i in indices for word in key(mentions[i].text)})
        for found, indices in groups.items()
        if mentions[indices[0]].kind in ("government_body", "igo")
    ]
    for found, own in bodies:
        if len(own) > 1 or own.isdisjoint(terms("organisations", "lone")):
            continue
        longer = [other for other, words in bodies if own < words]
        if longer:
            indices = joined.pop(found)
        if len(longer) == 1:
            joined[longer[0]] += indices
    return joined


def _own_words(mention: Mention) -> frozenset[str]:
    """Return the words of a body's name without its state's."""
    owner = by_code().get(mention.country or "")
    forms = (*owner.names, *owner.demonyms, *owner.capitals) if owner else ()
    state = {word for form in forms for word in key(form)}
    own = (word for word in key(mention.text) if word not in state)
    return frozenset(_synonyms().get(w, w) for w in own if w not in terms("portfolios", "noise"))


def _joined(groups: Mapping[Key, list[int]], mentions: Sequence[Mention]) -> Iterable[list[int]]:
    """Join a name of two words or more to the only longer name that contains it whole.

    A firm is called by its first word, too.
    """
    names: dict[Key, NameKey] = {
        k: k[1] for k in groups if isinstance(k, tuple) and k[0] == "name" and k[1]
    }
    firms = {k for k, indices in groups.items() if mentions[indices[0]].kind == "company"}
    names |= {k: key(mentions[groups[k][0]].text) for k in firms - names.keys()}
    by_word: dict[str, list[Key]] = defaultdict(list)
    for found, words in names.items():
        for word in set(words):
            by_word[word].append(found)
    joined = {found: list(indices) for found, indices in groups.items()}
    for found, words in sorted(names.items(), key=lambda item: len(item[1])):
        if len(words) < 2 and found not in firms:
            continue
        longer = [k for k in by_word[words[0]] if k in joined and _contains(names[k], words)]
        if len(words) < 2:
            longer = [k for k in longer if names[k][0] == words[0]]
        if len(longer) == 1 and _one_kind(mentions, groups[found], groups[longer[0]]):
            joined[longer[0]] += joined.pop(found)
    return joined.values()


def _one_kind(mentions: Sequence[Mention], left: Sequence[int], right: Sequence[int]) -> bool:
    return mentions[left[0]].kind == mentions[right[0]].kind


def _contains(long: NameKey, short: NameKey) -> bool:
    if len(long) <= len(short):
        return False
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))
