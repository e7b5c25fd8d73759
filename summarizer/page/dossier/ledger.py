"""The ledger: the dossier's pledges in, a row each and totals of what is alike out.

Numbers are added only where category, unit, sides and status are the same. Reports of one pledge
are never added: where they differ, the total is a range. So it is where two pledges may be one:
steps of one supply, a pair left in doubt, or two reports on the word of one origin.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from summarizer.brief import LADDER, Item
from summarizer.dossier import (
    TERMS,
    Dossier,
    FusedDate,
    FusedItem,
    FusedPledge,
    FusedTerm,
    Involved,
    StatusStep,
    Term,
)
from summarizer.fuse.words import stems
from summarizer.names import fold
from summarizer.page.dossier.shapes import Goods, PledgeRow, Total
from summarizer.page.dossier.sources import Sources
from summarizer.page.dossier.timeline import read_date
from summarizer.render.markdown import in_words

_LIT = (
    *("supplier", "recipient", "items", "status_words", "delivery"),
    *(term.field for term in TERMS),
)
_UNKNOWN = "unknown"
_Cited = Involved | FusedItem | StatusStep | FusedDate | FusedTerm


def pledge_rows(dossier: Dossier, sources: Sources) -> list[PledgeRow]:
    """Return a row for each pledge, in the dossier's order."""
    return [_row(pledge, sources) for pledge in dossier.pledges]


def _row(pledge: FusedPledge, sources: Sources) -> PledgeRow:
    parts: tuple[_Cited, ...] = (*pledge.supplier, *pledge.recipient, *pledge.items)
    parts += (*pledge.history, *((pledge.delivery,) if pledge.delivery else ()))
    parts += tuple(told for _, told in _terms(pledge))
    words = [c for part in parts for c in part.citations]
    delivery = read_date(pledge.delivery)
    steps = [(in_words(s.status), sources.number(s.document), s.reported) for s in pledge.history]
    moved = len({status for status, *_ in steps}) > 1
    return PledgeRow(
        supplier=_names(pledge.supplier),
        recipient=_names(pledge.recipient),
        status=in_words(pledge.status),
        items=[_goods(item, sources) for item in pledge.items],
        origins=[name for origin in pledge.origins if (name := sources.origin(origin))],
        credibility=f"{pledge.credibility.grade}: {pledge.credibility.reason}",
        tellings=sources.accounts(pledge.accounts, _LIT, words),
        rung=LADDER.index(pledge.status) if pledge.status in LADDER else None,
        steps=[f"{status} ({when or 'undated'}, article {n})" for status, n, when in steps]
        if moved
        else None,
        reported=pledge.history[-1].reported,
        delivery=(delivery["means"] or delivery["words"]) if delivery else None,
        terms=[f"{term.label.lower()}: {told.text}" for term, told in _terms(pledge)] or None,
        differs=[conflict.field for conflict in pledge.conflicts] or None,
    )


def _terms(pledge: FusedPledge) -> Iterator[tuple[Term, FusedTerm]]:
    for term in TERMS:
        yield from ((term, told) for told in getattr(pledge, term.field))


def _names(side: Iterable[Involved]) -> str:
    return "; ".join(party.name for party in side) or _UNKNOWN


def _goods(fused: FusedItem, sources: Sources) -> Goods:
    item = fused.item
    low, high = _bounds(item) or (None, None)
    return Goods(
        words=item.text,
        category=in_words(item.category),
        within=sources.numbers(fused.documents),
        low=low,
        high=high,
        estimate=item.quantity_is_estimate,
        unit=item.unit,
    )


def _bounds(item: Item) -> tuple[int, int] | None:
    """Return the least and the most that an item may be; "up to 20" may be none."""
    if item.quantity is None:
        return None if item.quantity_max is None else (0, item.quantity_max)
    return item.quantity, max(item.quantity, item.quantity_max or 0)


@dataclass(slots=True)
class _Alike:
    """Pledges alike, by their rows: what each comes to, None where it gives no number."""

    bounds: dict[int, tuple[int, int] | None] = field(default_factory=dict)
    words: dict[str, None] = field(default_factory=dict)
    estimate: bool = False


def totals(dossier: Dossier) -> list[Total]:
    """Return what pledges alike come to, the largest groups first; one pledge is no total."""
    links = _links(dossier)
    found: list[Total] = []
    for key, alike in _group(dossier.pledges).items():
        counted = {row: bounds for row, bounds in alike.bounds.items() if bounds}
        if len(counted) < 2:
            continue
        first = dossier.pledges[min(counted)]
        low, linked = _least(counted, [*links, *_one_voice(dossier.pledges, list(counted))])
        found.append(
            Total(
                supplier=_names(first.supplier),
                recipient=_names(first.recipient),
                status=in_words(first.status),
                category=in_words(str(key[0])),
                low=low,
                high=sum(high for _, high in counted.values()),
                items=list(alike.words),
                pledges=sorted(counted),
                origins=len({o for row in counted for o in dossier.pledges[row].origins}),
                unit=_unit(dossier.pledges, counted, key),
                estimate=alike.estimate,
                uncounted=len(alike.bounds) - len(counted) or None,
                linked=linked,
            )
        )
    return sorted(found, key=lambda total: (-len(total["pledges"]), total["pledges"]))


_Key = tuple[Hashable, ...]


def _group(pledges: Sequence[FusedPledge]) -> Mapping[_Key, _Alike]:
    groups: dict[_Key, _Alike] = {}
    for row, pledge in enumerate(pledges):
        if not (pledge.supplier and pledge.recipient):
            continue  # two sides that nobody names need not be the same
        sides = (_side(pledge.supplier), _side(pledge.recipient), pledge.status)
        told: dict[_Key, list[FusedItem]] = {}
        for fused in pledge.items:
            told.setdefault((*_kind(fused.item), *sides), []).append(fused)
        for key, items in told.items():
            alike = groups.setdefault(key, _Alike())
            alike.bounds[row] = _sum(items)
            alike.words |= {fused.item.text: None for fused in items if _bounds(fused.item)}
            alike.estimate |= any(f.item.quantity_is_estimate for f in items if _bounds(f.item))
    return groups


def _side(parties: Iterable[Involved]) -> frozenset[str]:
    return frozenset(party.actor or f"~{fold(party.name)}" for party in parties)


def _kind(item: Item) -> tuple[str, str, frozenset[str]]:
    """Return category and unit; what has no category is alike only in the same words."""
    own = frozenset[str]()
    if item.category == "other":
        own = stems(item.text) or frozenset([fold(item.text)])
    return item.category, fold(item.unit or ""), own


def _sum(items: Sequence[FusedItem]) -> tuple[int, int] | None:
    """Return the least and the most that any one report adds up to, or None without a number."""
    sums = [
        (sum(low for low, _ in told), sum(high for _, high in told))
        for document in sorted({document for fused in items for document in fused.documents})
        if (
            told := [
                bounds
                for fused in items
                if document in fused.documents and (bounds := _bounds(fused.item))
            ]
        )
    ]
    if not sums:
        return None
    return min(low for low, _ in sums), max(high for _, high in sums)


def _one_voice(pledges: Sequence[FusedPledge], rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return pairs that different reports tell on the word of one origin."""
    return [
        (left, right)
        for left, right in combinations(rows, 2)
        if set(pledges[left].origins) & set(pledges[right].origins)
        and not set(pledges[left].documents) & set(pledges[right].documents)
    ]


def _least(
    counted: Mapping[int, tuple[int, int]], links: Iterable[tuple[int, int]]
) -> tuple[int, bool]:
    """Return the least that pledges come to if those that may be one are, and whether any may."""
    same = {row: row for row in counted}

    def root(row: int) -> int:
        while same[row] != row:
            row = same[row]
        return row

    linked = False
    for left, right in links:
        if left in same and right in same and left != right:
            linked = True
            same[root(left)] = root(right)
    least: dict[int, int] = {}
    for row, (low, _) in counted.items():
        least[root(row)] = min(low, least.get(root(row), low))
    return sum(least.values()), linked


def _links(dossier: Dossier) -> list[tuple[int, int]]:
    """Return pairs of pledges that are steps of one supply, or left in doubt."""
    rows = {pledge.id: row for row, pledge in enumerate(dossier.pledges)}
    members = {
        (member.document, member.record): row
        for row, pledge in enumerate(dossier.pledges)
        for member in pledge.members
    }
    pairs = [(rows.get(link.subject), rows.get(link.object)) for link in dossier.relations]
    for pair in dossier.doubtful:
        if pair.kind == "pledge" and pair.verdict == "undecided":
            keys = [(side.document or "", side.record or "") for side in (pair.left, pair.right)]
            pairs.append((members.get(keys[0]), members.get(keys[1])))
    return [(left, right) for left, right in pairs if left is not None and right is not None]


def _unit(pledges: Sequence[FusedPledge], rows: Iterable[int], key: _Key) -> str | None:
    """Return the unit of a group as its first pledge writes it."""
    units = (fused.item.unit for row in rows for fused in pledges[row].items)
    return next((unit for unit in units if unit and fold(unit) == key[1]), None)
