"""Same person: mentions of people in, which of them are one out.

A merge is made by the name. Country and office can forbid it or support it, never create it. A
family name alone joins the only bearer that fits; a family name with another given name joins
only with the same office, country and circumstances, and is flagged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from summarizer.fuse.mentions import Mention, Ties
from summarizer.fuse.partition import Partition
from summarizer.names import PersonName, compare_people, name_keys, skeleton, tokens_agree
from summarizer.spellings import customary, sound_keys

# A block this large holds names too common to compare one by one for typing slips.
_LARGE_BLOCK = 200

People = Partition[Ties]
Circumstances = Callable[[int], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two mentions that may be one, and why that is not certain."""

    left: int
    right: int
    reason: str


def join_full_names(
    mentions: Sequence[Mention], numbers: Sequence[int], people: People
) -> list[Doubt]:
    """Join people whose full names agree, where that makes no two of one; return the doubts.

    Countries may forbid it; so may custom (a father's name that a son bears behind his own), and a
    short name that two longer ones fit which are not one.
    """
    agreeing: dict[int, list[int]] = {}
    doubts: list[Doubt] = []
    for left, right in _pairs(mentions, numbers):
        one, two = mentions[left], mentions[right]
        agreement = compare_people(one.person, two.person)
        junior = agreement == "family" and one.person.generation != two.person.generation
        if junior and tokens_agree(one.person.tokens[0], two.person.tokens[0]):
            doubts.append(Doubt(left, right, "names agree, but only one is called Jr."))
        if agreement == "same":
            short, long = sorted((left, right), key=lambda n: len(mentions[n].person.tokens))
            agreeing.setdefault(short, []).append(long)
    for short, longer in agreeing.items():
        doubts += _join_longer(mentions, short, longer, people)
    for number, known in _known_as(mentions, numbers):
        people.join(number, known, f"also known as {mentions[known].actor.name}")
    return doubts


def _known_as(mentions: Sequence[Mention], numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of which one has the other's name for another name of his."""
    blocks: dict[str, list[int]] = {}
    if any(mentions[number].others for number in numbers):
        for number in numbers:
            for key in name_keys(mentions[number].person):
                blocks.setdefault(key, []).append(number)
    for number in numbers:
        for name in mentions[number].others:
            for other in sorted({n for key in name_keys(name) for n in blocks.get(key, ())}):
                if compare_people(name, mentions[other].person) == "same":
                    yield number, other


def _join_longer(
    mentions: Sequence[Mention], short: int, longer: Sequence[int], people: People
) -> list[Doubt]:
    """Join a name to those that agree with it, unless these are several people's."""
    one = mentions[short]
    fuller = [n for n in longer if len(mentions[n].person.tokens) > len(one.person.tokens)]
    several = any(
        compare_people(mentions[left].person, mentions[right].person) != "same"
        for left, right in combinations(fuller, 2)
        if mentions[left].person.tokens != mentions[right].person.tokens
    )
    doubts: list[Doubt] = []
    for number in longer:
        other = mentions[number]
        told = bool(one.home and one.office) and (one.home, one.office) == (
            other.home,
            other.office,
        )
        if several and number in fuller and not told:
            reason = f"several people's names agree with {one.actor.name}"
        elif _may_be_son(one, other):
            reason = f"{one.actor.name} may be the father of {other.actor.name}"
        elif people.join(short, number, _full_reason(one, other)):
            continue
        else:
            reason = f"names agree, countries differ: {one.home}, {other.home}"
        doubts.append(Doubt(short, number, reason))
    return doubts


def _may_be_son(short: Mention, long: Mention) -> bool:
    """Tell whether the longer name has one more before the father's, as custom has it there."""
    first = not tokens_agree(short.person.tokens[0], long.person.tokens[0])
    more = len(long.person.tokens) > len(short.person.tokens)
    return first and more and bool({short.home, long.home} & customary("by_father"))


def join_family_names(
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    people: People,
    company: Mapping[str, frozenset[str]],
) -> list[Doubt]:
    """Join a family name alone to its only fitting bearer; *company* is whom each report names.

    Two family names of one report that fit two people of another report vouch for each other.
    """
    bearers = _bearers(mentions, numbers)
    # A leader is named in thousands of reports: what equal mentions ask for is looked up once.
    known: dict[tuple[str, str | None, str], list[int]] = {}
    only: dict[int, list[int]] = {}
    for number in numbers:
        mention = mentions[number]
        if len(mention.person.tokens) != 1:
            continue
        asked = mention.person.tokens[0], mention.home, mention.office
        if asked not in known:
            known[asked] = _only_fitting(mentions, number, bearers, people)
        if known[asked]:
            only[number] = known[asked]
    vouchers = _Vouchers(mentions, only)
    doubts: list[Doubt] = []
    for number in only:
        doubts += _join_bearer(mentions, number, only[number], people, company, vouchers)
    return doubts


def _only_fitting(
    mentions: Sequence[Mention],
    number: int,
    bearers: Mapping[str, Sequence[tuple[int, str]]],
    people: People,
) -> list[int]:
    """The full names of the one person that a family name can mean; none where several fit."""
    mention = mentions[number]
    token = mention.person.tokens[0]
    fitting: dict[int, list[int]] = {}
    for bearer, form in sorted({b for k in sound_keys(token) for b in bearers.get(k, ())}):
        if tokens_agree(token, form) and _may_be(mention, mentions[bearer]):
            fitting.setdefault(people.find(bearer), []).append(bearer)
    if len(fitting) > 1:
        fitting = {
            root: close
            for root, them in fitting.items()
            if (close := _close(mentions, number, them))
        }
    return next(iter(fitting.values())) if len(fitting) == 1 else []


def join_outliers(
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    people: People,
    circumstances: Circumstances,
) -> list[Doubt]:
    """Join names with one family name and unlike given names when all else is the same."""
    blocks: dict[tuple[str, str, str], dict[int, list[int]]] = {}
    figures: dict[int, list[int]] = {}
    for number in numbers:
        mention = mentions[number]
        figures.setdefault(people.find(number), []).append(number)
        if len(mention.person.tokens) > 1 and mention.home and mention.office:
            key = (skeleton(mention.person.family), mention.home, mention.office)
            blocks.setdefault(key, {}).setdefault(people.find(number), []).append(number)
    doubts: list[Doubt] = []
    for (_, home, office), clusters in sorted(blocks.items()):
        if len(clusters) != 2:
            continue
        few, many = sorted(clusters.values(), key=lambda members: (len(members), members))
        left, right = few[0], many[0]
        one, two = mentions[left].person, mentions[right].person
        if compare_people(one, two) != "family":
            continue
        shared = frozenset.intersection(
            *(_union(circumstances(n) for n in figures[people.find(at)]) for at in (left, right))
        )
        names = f"{mentions[left].actor.name} / {mentions[right].actor.name}"
        reason = f"family name, office and country agree ({names}; {office}, {home})"
        alike = one.tokens[0][0] == two.tokens[0][0] and one.generation == two.generation
        if shared and alike and len(one.tokens) == len(two.tokens):
            reason += f", and both take part in: {min(shared)}"
            people.join(left, right, reason, doubtful=True)
        doubts.append(Doubt(left, right, f"{reason}; given names differ"))
    return doubts


def _pairs(mentions: Sequence[Mention], numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs that share a blocking key; of equal names only the first stands for all of them."""
    first: dict[tuple[PersonName, str | None], int] = {}
    blocks: dict[str, list[int]] = {}
    for number in numbers:
        name = mentions[number].person
        if len(name.tokens) < 2:
            continue
        leader = first.setdefault((name, mentions[number].home), number)
        if leader != number:
            yield leader, number
            continue
        for key in name_keys(name):
            blocks.setdefault(key, []).append(number)
    seen: set[tuple[int, int]] = set()
    for key, block in sorted(blocks.items()):
        if "~" in key and len(block) > _LARGE_BLOCK:
            continue
        for at, left in enumerate(block):
            fresh = [(left, right) for right in block[at + 1 :] if (left, right) not in seen]
            seen.update(fresh)
            yield from fresh


def _full_reason(one: Mention, two: Mention) -> str:
    reason = f"names agree: {one.actor.name} / {two.actor.name}"
    if one.home and one.home == two.home:
        reason += f"; country {one.home}"
    if one.office and one.office == two.office:
        reason += f"; office {one.office}"
    return reason


def _bearers(
    mentions: Sequence[Mention], numbers: Sequence[int]
) -> dict[str, list[tuple[int, str]]]:
    """Index full names by the sound of what a report may call their bearers by."""
    bearers: dict[str, list[tuple[int, str]]] = {}
    for number in numbers:
        mention = mentions[number]
        name = mention.person
        if len(name.tokens) < 2:
            continue
        called_first = mention.home in customary("by_first_name")
        forms = {f for f in name.short_forms if f in (name.family, *name.tokens[1:])}
        for form in forms | set(name.tokens[: int(called_first)]) | mention.nicknames:
            for key in sound_keys(form):
                bearers.setdefault(key, []).append((number, form))
    return bearers


def _may_be(mention: Mention, bearer: Mention) -> bool:
    return not (mention.home and bearer.home and mention.home != bearer.home)


def _close(mentions: Sequence[Mention], number: int, bearers: Sequence[int]) -> list[int]:
    """The bearers of the same country and office, where both are known."""
    mention = mentions[number]
    told = mention.home and mention.office
    return [
        b
        for b in bearers
        if told and (mentions[b].home, mentions[b].office) == (mention.home, mention.office)
    ]


class _Vouchers:
    """Finds the bearer of a family name whom another one of its report meets in a third place."""

    def __init__(self, mentions: Sequence[Mention], bearers: Mapping[int, Sequence[int]]) -> None:
        self._mentions = mentions
        self._bearers = bearers
        self._together: dict[str, list[int]] = {}
        for number in bearers:
            self._together.setdefault(mentions[number].document, []).append(number)
        # Equal mentions share one list of bearers, which is read once.
        self._reports: dict[int, dict[str, int]] = {}

    def find(self, number: int) -> tuple[int, str] | None:
        """Return that bearer, and the names that vouch for him: of the first report that does."""
        mention = self._mentions[number]
        others = [
            (self._mentions[n].actor.name, self._told_in(n))
            for n in self._together[mention.document]
            if n != number and self._mentions[n].actor.name != mention.actor.name
        ]
        if not others:
            return None
        own = self._told_in(number)
        shared = {there for _, reports in others for there in own.keys() & reports.keys()}
        shared.discard(mention.document)
        if not shared:
            return None
        there = min(shared)
        names = {name for name, reports in others if there in reports}
        return own[there], ", ".join(sorted(names))

    def _told_in(self, number: int) -> dict[str, int]:
        """The reports that give a full name of the only bearer, and the first mention in each."""
        found = self._bearers[number]
        if id(found) not in self._reports:
            reports: dict[str, int] = {}
            for bearer in found:
                reports.setdefault(self._mentions[bearer].document, bearer)
            self._reports[id(found)] = reports
        return self._reports[id(found)]


def _join_bearer(
    mentions: Sequence[Mention],
    number: int,
    bearers: Sequence[int],
    people: People,
    company: Mapping[str, frozenset[str]],
    vouchers: _Vouchers,
) -> list[Doubt]:
    """Join when country and either office or company agree; else return the doubt."""
    mention = mentions[number]
    reason = f"only one {mention.actor.name} fits: {mentions[bearers[0]].actor.name}"
    for bearer in bearers:
        other = mentions[bearer]
        if other.document == mention.document:
            people.join(bearer, number, f"{reason}; named in the same report")
            return []
        if mention.person.tokens[0] in other.nicknames:
            people.join(bearer, number, f"{reason}, also known as {mention.actor.name}")
            return []
        home = bool(mention.home) and mention.home == other.home
        office = bool(mention.office) and mention.office == other.office
        known = company[mention.document] & company[other.document]
        if (home and (office or known)) or (office and known):
            support = f"office {mention.office}" if office else f"also in both: {min(known)}"
            people.join(bearer, number, f"{reason}; country {mention.home}; {support}")
            return []
    if vouched := vouchers.find(number):
        people.join(vouched[0], number, f"{reason}; like {vouched[1]}, in both reports")
        return []
    return [Doubt(bearers[0], number, f"{reason}, but neither country, office nor company agree")]


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
