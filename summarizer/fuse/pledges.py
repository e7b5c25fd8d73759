"""Same pledge: pledges of all briefs in, clusters and chains of stages out.

One pledge has one supplier, one recipient, goods that can be the same, and one origin or
announcements within two weeks. Otherwise an earlier stage between the same parties is a precursor.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.brief import Brief, Party, Pledge, PledgeStatus
from summarizer.dossier import Decision, DecisionSide
from summarizer.fuse.blocks import pairs
from summarizer.fuse.dates import date_bounds, read_day
from summarizer.fuse.decisions import decided_pairs
from summarizer.fuse.entities import Cast
from summarizer.fuse.goods import Good, compare_counts, read_good, share_kinds, share_models
from summarizer.fuse.origins import find_origin
from summarizer.fuse.partition import Partition
from summarizer.fuse.states import home_named
from summarizer.fuse.words import copied_text

_SAME_PLEDGE_DAYS = 14
# The same goods, told as planned by one report and as promised by another, are one announcement.
_SAME_NEWS_DAYS = 7
_TO_COME: tuple[PledgeStatus, ...] = ("reported_planned", "pledged", "approved")
# Reports of one announcement may give other counts; later ones tell of further goods.
_MISCOUNT_DAYS = 3
# No chain of reports stretches one pledge further: an office announces its next package then.
_LONGEST_STORY_DAYS = 30
_SAME_ITEMS = 0.5
# Where no year is known: one in which every day is a day.
_LEAP_YEAR = 2024
STAGES: tuple[PledgeStatus, ...] = (
    "requested", "discussed", "offered", "reported_planned", "pledged", "approved", "signed",
    "partly_delivered", "delivered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PledgeTraits:
    """One pledge of one brief, as the rules see it."""

    document: str
    pledge: Pledge
    published: str | None
    told_on: str | None
    supplier: frozenset[str]
    recipient: frozenset[str]
    items: frozenset[str]
    goods: tuple[Good, ...]
    origin: str
    copies: frozenset[str]
    stories: frozenset[int]

    @property
    def key(self) -> tuple[str, str]:
        """Document and pledge id."""
        return self.document, self.pledge.id


@dataclass(frozen=True, slots=True)
class _Deal:
    documents: frozenset[str]
    days: frozenset[int]
    lists: frozenset[tuple[Good, ...]]


Deals = Partition[_Deal]


def collect_pledges(
    briefs: Sequence[Brief], cast: Cast, told: Mapping[str, Mapping[int, frozenset[str]]]
) -> tuple[PledgeTraits, ...]:
    """Return the pledges of all briefs in order.

    *told* gives for each document the fused events that others tell too, and their sides.
    """
    return tuple(
        _traits(brief, pledge, cast, told.get(brief.document.id, {}))
        for brief in briefs
        for pledge in brief.pledges
    )


def _traits(
    brief: Brief,
    pledge: Pledge,
    cast: Cast,
    told: Mapping[int, frozenset[str]],
) -> PledgeTraits:
    supplier, recipient = (_sides(brief, p, cast) for p in (pledge.supplier, pledge.recipient))
    goods = tuple(map(read_good, pledge.items))
    return PledgeTraits(
        document=brief.document.id,
        pledge=pledge,
        published=brief.document.published,
        told_on=brief.document.published or _latest_day(brief),
        supplier=supplier,
        recipient=recipient,
        items=frozenset().union(*(good.kinds for good in goods)),
        goods=goods,
        origin=find_origin(brief, pledge.attribution, (), cast),
        copies=frozenset(k for c in pledge.citations if (k := copied_text(c.quote))),
        stories=frozenset(n for n, sides in told.items() if supplier | recipient <= sides),
    )


def fuse_pledges(
    traits: Sequence[PledgeTraits], decisions: Sequence[Decision]
) -> tuple[Deals, tuple[Decision, ...]]:
    """Join the pledges of all briefs; return the clusters and the pairs left in doubt."""
    numbers = {pledge.key: n for n, pledge in enumerate(traits)}
    same, apart = decided_pairs(numbers, decisions, "pledge")
    deals = Partition([_deal(pledge) for pledge in traits], _combine, apart)
    for left, right in same:
        deals.force(left, right, "decided by the user")
    doubts: list[Decision] = []
    compared = pairs(map(_keys, traits), lambda one, two: same_pledge(traits[one], traits[two]))
    for left, right in compared:
        one, two = traits[left], traits[right]
        reason = same_pledge(one, two)
        if reason:
            deals.join(left, right, reason)
        elif goods_agree(one, two) and one.document != two.document:
            other = compare_counts(one.goods, two.goods) == "other"
            lacks = "the numbers differ" if other else "neither origin nor time agree"
            doubts.append(_doubt(one, two, lacks))
    return deals, tuple(sorted(doubts, key=lambda d: d.model_dump_json()))


def same_pledge(left: PledgeTraits, right: PledgeTraits) -> str | None:
    """Say why two pledges are one, or None."""
    if left.document == right.document or not _parties_agree(left, right):
        return None
    if left.copies & right.copies:
        return "same parties, and both cite the same words"
    counts = compare_counts(left.goods, right.goods)
    days = _days_apart(left, right)
    if not goods_agree(left, right) or (days is not None and days > _SAME_PLEDGE_DAYS):
        return None
    if counts == "other" and (left.items != right.items or days is None or days > _MISCOUNT_DAYS):
        return None
    if left.origin == right.origin:
        return f"same parties and items, both go back to {left.origin}"
    if left.stories & right.stories:
        return "same parties and items, and both reports tell the same event between them"
    if days is None:
        same = counts == "same" and left.items == right.items
        return "same parties, items and quantities; a report is undated" if same else None
    if stage_of(left) == stage_of(right):
        return "same parties, items and status, reported within two weeks"
    to_come = left.pledge.status in _TO_COME and right.pledge.status in _TO_COME
    same = counts == "same" or (counts is None and share_models(left.goods, right.goods))
    if to_come and same and days <= _SAME_NEWS_DAYS:
        return "same parties and goods, both to come, reported within a week"
    return None


def stage_of(pledge: PledgeTraits) -> int:
    """Return how far a pledge has come, as its place in ``STAGES``; their number if it has none."""
    status = pledge.pledge.status
    return STAGES.index(status) if status in STAGES else len(STAGES)


def _sides(brief: Brief, parties: Sequence[Party], cast: Cast) -> frozenset[str]:
    """The states of the parties, or the parties themselves where they have none."""
    found: set[str] = set()
    for party in parties:
        figure = cast.find_figure(brief.document.id, party.actor, party.name)
        if figure:
            found.add(figure.home or figure.id)
        elif home := home_named(party.name, cast.states):
            found.add(home)
    return frozenset(found)


def goods_agree(left: PledgeTraits, right: PledgeTraits) -> bool:
    """Whether most goods of both can be the same."""
    shared = share_kinds(left.goods, right.goods)
    return len(shared) >= _SAME_ITEMS * len(left.items | right.items) > 0


def _parties_agree(left: PledgeTraits, right: PledgeTraits) -> bool:
    return (
        bool(left.supplier and left.recipient)
        and left.supplier == right.supplier
        and left.recipient == right.recipient
    )


def _days_apart(left: PledgeTraits, right: PledgeTraits) -> int | None:
    if not (left.published and right.published):
        return None
    one, two = (datetime.date.fromisoformat(p[:10]) for p in (left.published, right.published))
    return abs((one - two).days)


def _keys(pledge: PledgeTraits) -> Iterator[tuple[object, ...]]:
    for copy in pledge.copies:
        yield "copy", copy
    if not (pledge.supplier and pledge.recipient):
        return
    parties = (tuple(sorted(pledge.supplier)), tuple(sorted(pledge.recipient)))
    for story in pledge.stories:
        yield *parties, "story", story
    for item in pledge.items:
        yield *parties, item, pledge.origin
        for window in _windows(pledge.published) if pledge.published else ():
            yield *parties, item, "weeks", window
        if not pledge.published:
            yield *parties, item, "undated"


def _windows(published: str) -> tuple[int, int]:
    week = datetime.date.fromisoformat(published[:10]).toordinal() // _SAME_PLEDGE_DAYS
    return week, week + 1


def _deal(pledge: PledgeTraits) -> _Deal:
    told = [datetime.date.fromisoformat(pledge.published[:10])] if pledge.published else []
    days = frozenset(day.toordinal() for day in told)
    return _Deal(frozenset([pledge.document]), days, frozenset([pledge.goods]))


def _combine(left: _Deal, right: _Deal) -> _Deal | None:
    days = left.days | right.days
    if left.documents & right.documents or (days and max(days) - min(days) > _LONGEST_STORY_DAYS):
        return None
    # "Leopards" may be Leopard 1 or 2, but never makes those two one.
    if not all(share_kinds(one, two) for one in left.lists for two in right.lists if one and two):
        return None
    bounds = frozenset({min(days), max(days)}) if days else days
    return _Deal(left.documents | right.documents, bounds, left.lists | right.lists)


def _latest_day(brief: Brief) -> str | None:
    """The latest day of which a report without a publication date tells something done.

    Days without a year are put in the latest year that the report gives; the year stays open.
    """
    dates = [event.date.edtf for event in brief.events if event.date and event.realis == "actual"]
    days = [day for day in map(read_day, dates) if day.is_day]
    year = max((day.year for day in days if day.year), default=_LEAP_YEAR)
    placed = {replace(day, year=day.year or year).edtf: day.edtf for day in days}
    return placed[max(real)] if (real := [day for day in placed if date_bounds(day)]) else None


def _doubt(left: PledgeTraits, right: PledgeTraits, lacks: str) -> Decision:
    one, two = sorted((left, right), key=lambda pledge: pledge.key)
    sides = [
        DecisionSide(
            name="; ".join(item.text for item in p.pledge.items) or p.pledge.status_words.value,
            document=p.document,
            record=p.pledge.id,
        )
        for p in (one, two)
    ]
    return Decision(
        kind="pledge",
        left=sides[0],
        right=sides[1],
        verdict="undecided",
        reason=f"same parties and items; {lacks}",
    )
