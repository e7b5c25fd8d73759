"""Say which found record is which gold record: strictly (exact) and leniently (relaxed)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple, TypeVar

from summarizer.brief import Actor, Event, Item, Pledge
from summarizer.evaluate.assign import pair
from summarizer.evaluate.case import Case, contained, forms, words
from summarizer.evaluate.families import family_of
from summarizer.evaluate.gold import GoldActor, GoldEvent, GoldItem, GoldPledge
from summarizer.evaluate.numerals import numbers_in

Pairs = dict[int, int]
"""Index of a gold record -> index of the found record that is the same."""

Agreement = tuple[float | None, float | None]
"""How well two records agree in [0, 1], strictly and leniently; None when they are not one."""

GoldRecord = TypeVar("GoldRecord")
FoundRecord = TypeVar("FoundRecord")

# At least half of the shorter evidence, and of the shorter name, is shared.
_HALF = 0.5
# Words that modify a number and are no part of an item's name.
_QUANTIFYING = """about additional almost another approximately around as at few further least many
    more most nearly new of other over remaining roughly several some than to up worth"""
_QUANTIFIERS = frozenset(_QUANTIFYING.split())


@dataclass(frozen=True)
class Listed:
    """An item with the pledge it belongs to: gold and briefs may group items differently."""

    item: Item
    pledge: Pledge


@dataclass(frozen=True)
class GoldListed:
    """A gold item with its pledge."""

    item: GoldItem
    pledge: GoldPledge


class Paired(NamedTuple):
    """The pairs of one kind of record, strictly and leniently."""

    exact: Pairs
    relaxed: Pairs


@dataclass(frozen=True)
class Matches:
    """All pairings of one case; each is computed once."""

    case: Case

    @cached_property
    def gold_items(self) -> tuple[GoldListed, ...]:
        """All gold items of all pledges, in order."""
        golds = self.case.gold.pledges
        return tuple(GoldListed(item, pledge) for pledge in golds for item in pledge.items)

    @cached_property
    def found_items(self) -> tuple[Listed, ...]:
        """All found items of all pledges, in order."""
        founds = self.case.brief.pledges
        return tuple(Listed(item, pledge) for pledge in founds for item in pledge.items)

    @cached_property
    def actors(self) -> Paired:
        """Pair actors by their names."""
        golds, founds = self.case.gold.actors, self.case.brief.actors
        return _pair_both(golds, founds, _same_actor, _core(golds))

    @cached_property
    def events(self) -> Paired:
        """Pair events by their evidence and participants; exact also by type."""
        golds, founds = self.case.gold.events, self.case.brief.events
        return _pair_both(golds, founds, partial(_same_event, self.case), _core(golds))

    @cached_property
    def core_events(self) -> tuple[tuple[GoldEvent, Event], ...]:
        """Each core event of gold that is found, leniently, with what it is in the brief."""
        golds, founds = self.case.gold.events, self.case.brief.events
        pairs = ((golds[gold], founds[found]) for gold, found in self.events.relaxed.items())
        return tuple((gold, found) for gold, found in pairs if gold.salience == "core")

    @cached_property
    def items(self) -> Paired:
        """Pair items by name, relaxed: by half of it; ties by evidence, quantity and status."""
        core = _core([gold.pledge for gold in self.gold_items])
        return _pair_both(self.gold_items, self.found_items, partial(_same_item, self.case), core)

    @cached_property
    def pledges(self) -> Paired:
        """Pair pledges that share items; exact also by parties, status and half of the items."""
        golds, founds = self.case.gold.pledges, self.case.brief.pledges
        return _pair_both(golds, founds, partial(_same_pledge, self.case), _core(golds))

    @cached_property
    def partners(self) -> tuple[tuple[GoldPledge, Pledge], ...]:
        """Each (gold pledge, found pledge) that shares items, once, in the brief's order.

        A found pledge that mixes what gold keeps apart is judged against each part.
        """
        golds, founds = self.case.gold.pledges, self.case.brief.pledges
        gold_at = [at for at, pledge in enumerate(golds) for _ in pledge.items]
        found_at = [at for at, pledge in enumerate(founds) for _ in pledge.items]
        shared = {(found_at[found], gold_at[gold]) for gold, found in self.items.relaxed.items()}
        return tuple((golds[gold], founds[found]) for found, gold in sorted(shared))


def quantity_of(item: Item) -> frozenset[int]:
    """Return an item's quantity as a set of bounds, empty when there is none."""
    return frozenset(q for q in (item.quantity, item.quantity_max) if q is not None)


def name_agreement(gold: GoldItem, found: Item) -> float:
    """Return 1 for the same words, the shared share of the shorter name below that.

    Designations and calibres with digits must not differ: 105mm rounds are not 155mm rounds.
    """
    return max(_agreement(_item_words(name), _item_words(found.text)) for name in gold.names)


def wrong_parties(case: Case, gold: GoldPledge, found: Pledge) -> Iterator[str]:
    """Yield each supplier or recipient of *found* that isn't the one in *gold*."""
    sides = (
        ("supplier", found.supplier, gold.supplier, gold.supplier_accept),
        ("recipient", found.recipient, gold.recipient, gold.recipient_accept),
    )
    for role, parties, right, accepted in sides:
        for party in parties:
            names = (right, *accepted) if right else accepted
            if names and not case.same_party(names, party):
                yield f"{role} {party.name!r}, not {right!r}"


def _core(golds: Sequence[GoldActor] | Sequence[GoldEvent] | Sequence[GoldPledge]) -> list[bool]:
    return [gold.salience == "core" for gold in golds]


def _pair_both(
    golds: Sequence[GoldRecord],
    founds: Sequence[FoundRecord],
    agreement: Callable[[GoldRecord, FoundRecord], Agreement],
    core: Sequence[bool],
) -> Paired:
    agreements = [[agreement(gold, found) for found in founds] for gold in golds]
    strict = [[exact for exact, _ in row] for row in agreements]
    lenient = [[relaxed for _, relaxed in row] for row in agreements]
    return Paired(pair(strict, core), pair(lenient, core))


def _same_actor(gold: GoldActor, found: Actor) -> Agreement:
    name, named, known = forms([found.name]), forms([gold.name]), forms(gold.aliases)
    if name & (named | known):
        score = 1.0 if name & named else 0.9
        return score, score
    if forms((found.name, *found.aliases)) & (named | known):
        return None, 0.7
    # "China" is not the "China Coast Guard".
    differ = (gold.kind == "state") != (found.kind == "state")
    return None, 0.4 if contained(name, named) and not differ else None


def _same_event(case: Case, gold: GoldEvent, found: Event) -> Agreement:
    overlap = case.overlap(found.citations, gold.evidence)
    if not overlap:
        return None, None
    shared = any(
        case.same_participant(name, participant, exact=False)
        for name in gold.participants
        for participant in found.participants
    )
    family = family_of(gold.type)
    right_type = family is None or found.type in family
    score = 0.5 * overlap + 0.25 * shared + 0.25 * right_type
    strict = overlap >= _HALF and right_type and (shared or not gold.participants)
    return score if strict else None, score


def _same_item(case: Case, gold: GoldListed, found: Listed) -> Agreement:
    name = name_agreement(gold.item, found.item)
    overlap = case.overlap(found.item.citations, gold.pledge.evidence)
    if name < _HALF or (name < 1 and not overlap):
        return None, None
    score = 0.5 * name + 0.2 * overlap
    score += 0.2 * (quantity_of(found.item) == gold.item.numbers)
    score += 0.1 * (found.pledge.status in gold.pledge.statuses)
    return score if name == 1 else None, score


def _same_pledge(case: Case, gold: GoldPledge, found: Pledge) -> Agreement:
    names = [
        max((name_agreement(wanted, item) for item in found.items), default=0.0)
        for wanted in gold.items
    ]
    same, alike = (
        sum(name >= least for name in names) / max(1, len(names)) for least in (1, _HALF)
    )
    overlap = case.overlap(found.citations, gold.evidence)
    if not alike or not overlap:
        return None, None
    missing = (gold.supplier and not found.supplier) or (gold.recipient and not found.recipient)
    right_parties = not missing and not any(wrong_parties(case, gold, found))
    right_status = found.status in gold.statuses
    score = 0.4 * alike + 0.2 * right_parties + 0.2 * right_status + 0.2 * overlap
    return score if same >= _HALF and right_parties and right_status else None, score


def _item_words(name: str) -> tuple[str, ...]:
    """Return an item's words without what only counts them, plurals cut."""
    found = words(name)
    while len(found) > 1 and _counts(found[0]):
        found = found[1:]
    return tuple(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found)


def _counts(word: str) -> bool:
    number = word.isdigit() or (word.isalpha() and bool(numbers_in(word)))
    return number or word in _QUANTIFIERS


def _agreement(gold: tuple[str, ...], found: tuple[str, ...]) -> float:
    if gold == found:
        return 1.0
    left, right = set(gold), set(found)
    if not left or not right or _differ_in_code(left, right):
        return 0.0
    return 0.99 * len(left & right) / min(len(left), len(right))


def _differ_in_code(left: set[str], right: set[str]) -> bool:
    codes, others = (
        {word for word in side if any(map(str.isdigit, word))} for side in (left, right)
    )
    return bool(codes and others and not codes & others)
