"""Same event: traits in, clusters of events that several reports tell out.

Two events are one when family, date, place and people agree (the rules below). An open date is
compatible with every date, but weakly: then the people named have to be the same ones, and kinds
of events that recur (meetings, visits, statements) need an equal date expression as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Literal

from summarizer.dossier import Decision, DecisionSide
from summarizer.fuse.blocks import pairs
from summarizer.fuse.dates import OPEN, Day, intersect
from summarizer.fuse.decisions import decided_pairs
from summarizer.fuse.partition import Partition
from summarizer.fuse.places import Relation, is_told_in, relate
from summarizer.fuse.traits import Traits
from summarizer.fuse.words import overlap
from summarizer.names import skeleton, word_set

# Shared content words support a merge, they never make one: on the corpus, accounts of one event
# overlap by 0.05 to 0.60, events that are easily confused by 0.08 to 0.33. So these two bounds are
# only asked for where people, place and date expression (or the relayed medium) agree already.
_SAME_STORY = 0.15
_SAME_WORDS = 0.34
# Things that the same people do again and again; without a date they cannot be told apart.
_RECURRENT = word_set("meeting briefing words request report exercise attack supply")
# What happens on one spot: other reports of the day that name another one tell another event.
_SPOT = word_set("attack assault coercion protest mobilisation exercise retreat")
# What happens to a country once in a month at most.
_SINGULAR = frozenset(["turnover"])
# What rarely happens twice on one day in one place.
_RARE = frozenset(["accord", "turnover"])
_SAME_WEEK = 7
_NO_SIDE = "one names no side"
_OPEN_PLACE = "one names no place"
# Of a day with more attacks, so many are enough to show that an account may tell another one.
_MOST_STORIES = 16
# Of a large meeting, the pairs of this many people are enough to find it again.
_MOST_PAIRED = 4


@dataclass(frozen=True, slots=True)
class Story:
    """What the events of one cluster say together; reports tell an event once each."""

    documents: frozenset[str]
    day: Day
    members: tuple[Traits, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """Why two events are one; lower *rank* is stronger."""

    rank: int
    reason: str


Stories = Partition[Story]
_Places = Relation | Literal["open"]


def fuse_events(
    traits: Sequence[Traits], decisions: Sequence[Decision]
) -> tuple[Stories, tuple[Decision, ...]]:
    """Join the events of all briefs; return the clusters and the pairs left in doubt."""
    numbers = {event.key: n for n, event in enumerate(traits)}
    same, apart = decided_pairs(numbers, decisions, "event")
    facts = [Story(frozenset([event.document]), event.day, (event,)) for event in traits]
    stories = Partition(facts, combine_stories, apart)
    for left, right in same:
        stories.force(left, right, "decided by the user")
    rulings: dict[tuple[int, int], Ruling] = {}
    doubts: list[Decision] = []
    compared = pairs(map(_keys, traits), lambda one, two: same_event(traits[one], traits[two]))
    for left, right in compared:
        ruling = same_event(traits[left], traits[right])
        if ruling:
            rulings[left, right] = ruling
        elif reason := nearly_same(traits[left], traits[right]):
            doubts.append(_doubt(traits[left], traits[right], reason))
    for (left, right), ruling in sorted(rulings.items(), key=lambda r: (r[1].rank, r[0])):
        stories.join(left, right, ruling.reason, doubtful=ruling.rank > 3)
    doubts += _without_place(traits, stories)
    return stories, tuple(sorted(doubts, key=lambda d: d.model_dump_json()))


def _without_place(traits: Sequence[Traits], stories: Stories) -> Iterator[Decision]:
    """Yield an account that names no place with each story of the day that it may tell as well."""
    days: dict[tuple[object, ...], list[int]] = {}
    for number, event in enumerate(traits):
        if event.family in _SPOT and event.day.is_day:
            for side in event.sides:
                key = event.family, side, event.day.month, event.day.day
                days.setdefault(key, []).append(number)
    seen: set[tuple[int, int]] = set()
    for numbers in days.values():
        located = {stories.find(n): n for n in reversed(numbers) if traits[n].where is not None}
        for number in (n for n in numbers if traits[n].where is None):
            own = stories.find(number)
            for root, other in list(located.items())[:_MOST_STORIES]:
                ruling = same_event(traits[number], traits[other]) if root != own else None
                if ruling and (number, root) not in seen:
                    seen.add((number, root))
                    reason = f"{ruling.reason}, other reports name several"
                    yield _doubt(traits[number], traits[other], reason)


def combine_stories(left: Story, right: Story) -> Story | None:
    """Return both as one, or None when a report would tell it twice or dates or places differ.

    So an account that names no place does not make two attacks in two towns one.
    """
    day = intersect(left.day, right.day)
    if day is None or left.documents & right.documents:
        return None
    if any(_places(one, two) == "apart" for one in left.members for two in right.members):
        return None
    return Story(left.documents | right.documents, day, left.members + right.members)


def same_event(left: Traits, right: Traits) -> Ruling | None:
    """Say whether two events of two reports are one, and by which rule."""
    if left.document == right.document or left.family != right.family:
        return None
    day = intersect(left.day, right.day)
    places = _places(left, right)
    if day is None or places == "apart":
        return None
    alike = overlap(left.stems, right.stems)
    if left.copies & right.copies and left.event.label == right.event.label:
        return Ruling(0, "both cite the same words")
    if _same_relay(left, right):
        return Ruling(1, f"both relay {left.origin}, with the same sides")
    if left.day.is_day and right.day.is_day:
        ruling = _same_day(left, right, alike)
        return _at_one_place(ruling, places, alike) if ruling else None
    if left.family in _SINGULAR and left.day.month and right.day.month and left.where:
        return Ruling(4, "a change of power in one place, with compatible dates")
    return _open_date(left, right, alike)


def _at_one_place(ruling: Ruling, places: _Places, alike: float) -> Ruling | None:
    """Weaken what speaks for one event when one of its places may only hold the other."""
    if places == "open":
        # Joined behind those that name their places, so that it makes no two of them one.
        return Ruling(max(ruling.rank, 3), f"{ruling.reason}; {_OPEN_PLACE}")
    if places != "holds":
        return ruling
    if alike < _SAME_STORY:
        return None
    return Ruling(max(ruling.rank, 4), f"{ruling.reason}; one place may lie in the other")


def nearly_same(left: Traits, right: Traits) -> str | None:
    """Say why two events that the rules keep apart are easily confused."""
    if left.document == right.document or left.family != right.family:
        return None
    if left.family in _SPOT and left.day.is_day and right.day.is_day:
        return _same_spot(left, right)
    if not left.named:
        return None
    shared = {person for _, person in left.people} & {person for _, person in right.people}
    if not shared or not _near_days(left.day, right.day):
        return None
    if len(shared) < 2 and OPEN in (left.day, right.day):
        return None
    if left.family == "words" and overlap(left.stems, right.stems) < _SAME_STORY:
        return None
    return f"within a day or undated, both {left.family}, both with {', '.join(sorted(shared))}"


def _same_spot(left: Traits, right: Traits) -> str | None:
    """Say what two events of one day have in common that may have happened at one place."""
    if intersect(left.day, right.day) is None:
        return None
    small, large = sorted((left.sides, right.sides), key=len)
    if _places(left, right) == "holds" and small and small <= large:
        return f"same day, kind of event ({left.family}) and sides; one place may lie in the other"
    if not small and _one_place(left, right):
        return f"same day, kind of event ({left.family}) and place; {_NO_SIDE}"
    return None


def _same_day(left: Traits, right: Traits, alike: float) -> Ruling | None:
    if left.family in ("words", "request", "report"):
        speakers = left.named & right.named or left.origin == right.origin
        if speakers and alike >= _SAME_WORDS:
            return Ruling(2, "same day, speaker and words")
        return None
    if _people_differ(left, right):
        return None
    if not left.sides or not right.sides:
        if left.family in _SPOT and _one_place(left, right) and alike >= _SAME_WORDS:
            return Ruling(4, f"same day, place and kind of event ({left.family}); {_NO_SIDE}")
        if left.family in _RARE and (_one_place(left, right) or alike >= _SAME_WORDS):
            return Ruling(4, f"same day and kind of event ({left.family}); {_NO_SIDE}")
        return None
    small, large = sorted((left.sides, right.sides), key=len)
    if not small <= large:
        return None
    if left.family == "attack" and not (left.where and right.where) and alike < _SAME_WORDS:
        return None
    shared = ", ".join(sorted(small))
    return Ruling(2, f"same day, kind of event ({left.family}) and sides ({shared})")


def _open_date(left: Traits, right: Traits, alike: float) -> Ruling | None:
    """Without a day on both sides: the same people, and for what recurs the same expression."""
    if len(left.named) < 2 or not (left.where and right.where):
        return None
    one, two = ({person for _, person in event.people} for event in (left, right))
    nested = one & two in (one, two) and len(one & two) > 1
    if left.family in _RARE and nested and one != two and _published_near(left, right):
        shared = ", ".join(sorted(one & two))
        return Ruling(4, f"same kind of event ({left.family}), place and {shared}; a date is open")
    if one != two or not (one or left.named == right.named):
        return None
    if left.family not in _RECURRENT:
        return Ruling(3, f"same kind of event ({left.family}), place and people; a date is open")
    if left.date_text and left.date_text == right.date_text and alike >= _SAME_STORY:
        return Ruling(3, f"same place, people and date expression ({left.date_text})")
    same_weekday = left.weekday and left.weekday == right.weekday
    if same_weekday and alike >= _SAME_WORDS and _published_near(left, right):
        return Ruling(3, f"same place, people and words, both on a {left.weekday}")
    return None


def _published_near(left: Traits, right: Traits) -> bool:
    """Whether both reports, where dated, appeared within a week of each other."""
    days = [date.fromisoformat(t.published[:10]) for t in (left, right) if t.published]
    return len(days) < 2 or abs((days[0] - days[1]).days) <= _SAME_WEEK


def _same_relay(left: Traits, right: Traits) -> bool:
    """Whether both retell what one medium reported about the same sides."""
    medium = left.media or left.origin
    if medium != (right.media or right.origin) or not medium.startswith("body-"):
        return False
    planned = left.event.realis == right.event.realis
    return planned and left.sides == right.sides and overlap(left.stems, right.stems) >= _SAME_STORY


def _places(left: Traits, right: Traits) -> _Places:
    """Say whether both can have happened at one place: one decides where both name one."""
    one, two = left.where, right.where
    spot = left.family in _SPOT
    if one is None or two is None:
        unlike = spot and left.names and right.names and not left.names & right.names
        return "apart" if unlike else "open" if spot and (one or two) else "same"
    found = relate(one, two)
    if found != "same" and is_told_in(one, two, (*left.quotes, *right.quotes)):
        return "same"
    if found == "unlike":
        return "apart" if spot else "same"
    return found if spot or found == "apart" else "same"


def _one_place(left: Traits, right: Traits) -> bool:
    one, two = left.where, right.where
    return bool(one and two and relate(one, two) == "same" and not (one.whole or two.whole))


def _people_differ(left: Traits, right: Traits) -> bool:
    """Whether both name people of one country, and nobody in common: two delegations."""
    for home in {home for home, _ in left.people}:
        one = {person for at, person in left.people if at == home}
        two = {person for at, person in right.people if at == home}
        if one and two and not one & two:
            return True
    return False


def _near_days(left: Day, right: Day) -> bool:
    if left == OPEN or right == OPEN:
        return True
    if intersect(replace(left, day=None), replace(right, day=None)) is None:
        return False
    return left.day is None or right.day is None or abs(left.day - right.day) <= 1


def _keys(event: Traits) -> Iterator[tuple[object, ...]]:
    for copy in event.copies:
        yield "copy", copy
    yield from _day_keys(event)
    people = tuple(sorted(person for _, person in event.people)) or tuple(sorted(event.named))
    if len(event.named) > 1:
        recurs = event.family in _RECURRENT
        yield "people", event.family, people, event.date_text if recurs else ""
        if event.weekday and recurs:
            yield "weekday", event.family, people, event.weekday
    yield from _near_keys(event)
    if (event.media or event.origin).startswith("body-"):
        yield "relay", event.family, event.media or event.origin, tuple(sorted(event.sides))


def _day_keys(event: Traits) -> Iterator[tuple[object, ...]]:
    """Keys shared by events of one day, and of one month where that is enough."""
    day, family = event.day, event.family
    tokens = event.where.tokens if event.where else ()
    if day.is_day:
        for side in event.sides | event.named:
            yield "day", family, side, day.month, day.day
        for word in tokens if family in _SPOT else ():
            yield "spot", family, skeleton(word), day.month, day.day
        if family in _RARE:
            yield "rare", family, day.month, day.day
    if family in _SINGULAR and day.month:
        for word in tokens:
            yield "month", family, skeleton(word), day.month


def _near_keys(event: Traits) -> Iterator[tuple[object, ...]]:
    """Keys shared by events that are easily confused: same people, a day apart or undated."""
    if event.family not in ("meeting", "accord"):
        return
    day = event.day
    persons = sorted(person for _, person in event.people)
    for pair in combinations(persons[:_MOST_PAIRED], 2):
        yield "pair", event.family, *pair
    for person in persons if day.is_day else ():
        yield "near", event.family, person, day.month, day.day
        yield "near", event.family, person, day.month, (day.day or 0) + 1


def _doubt(left: Traits, right: Traits, reason: str) -> Decision:
    one, two = sorted((left, right), key=lambda event: event.key)
    return Decision(
        kind="event",
        left=DecisionSide(name=one.event.summary, document=one.document, record=one.event.id),
        right=DecisionSide(name=two.event.summary, document=two.document, record=two.event.id),
        verdict="undecided",
        reason=reason,
    )
