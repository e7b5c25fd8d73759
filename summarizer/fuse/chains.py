"""Stages of one undertaking: pledge clusters in, links from each to the next later one out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from summarizer.dossier import Relation
from summarizer.fuse.goods import CATEGORIES, share_kinds
from summarizer.fuse.pledges import STAGES, Deals, PledgeTraits, goods_agree, stage_of

# Two days without a year are put in order only where the other order is much less likely.
_HALF_A_YEAR = 183
_LEAP_YEAR = "2000"
# Of a pledge without a supplier: so many kinds of items, and so much of the shorter list.
_LEAST_KINDS = 2
_MOST_ITEMS = 0.5
_Parties = tuple[frozenset[str], frozenset[str]]


def chain_pledges(
    traits: Sequence[PledgeTraits], deals: Deals, ids: dict[int, str]
) -> list[Relation]:
    """Link each pledge to the next later stage between the same parties."""
    chains: dict[_Parties, dict[int, PledgeTraits]] = {}
    sellers = _known_suppliers(traits)
    for number, pledge in enumerate(traits):
        supplier = pledge.supplier or _only_supplier(sellers.get(pledge.recipient, set()))
        if supplier and pledge.recipient:
            root = deals.find(number)
            chain = chains.setdefault((supplier, pledge.recipient), {})
            if root not in chain or _first_told(pledge, chain[root]):
                chain[root] = pledge
    found: list[Relation] = []
    for _, chain in sorted(chains.items(), key=lambda c: min(ids[deals.find(n)] for n in c[1])):
        years = {(pledge.told_on or "XXXX")[:4] for pledge in chain.values()} - {"XXXX"}
        year = max(years, default=_LEAP_YEAR)
        ordered = sorted(chain, key=lambda root: (_when(chain[root], year), ids[root]))
        for at, earlier in enumerate(ordered):
            steps = ((n, _precursor_reason(chain[earlier], chain[n])) for n in ordered[at + 1 :])
            later, reason = next(((n, why) for n, why in steps if why), (earlier, None))
            if reason:
                found.append(
                    Relation(
                        subject=ids[earlier],
                        relation="precursor_of",
                        object=ids[later],
                        reason=reason,
                    )
                )
    return found


def _known_suppliers(traits: Sequence[PledgeTraits]) -> dict[frozenset[str], set[frozenset[str]]]:
    """The suppliers that reports name for each recipient."""
    known: dict[frozenset[str], set[frozenset[str]]] = {}
    for pledge in traits:
        if pledge.supplier and pledge.recipient:
            known.setdefault(pledge.recipient, set()).add(pledge.supplier)
    return known


def _only_supplier(known: set[frozenset[str]]) -> frozenset[str]:
    """The only one of the suppliers *known*; empty for none or several."""
    return next(iter(known)) if len(known) == 1 else frozenset()


def _precursor_reason(earlier: PledgeTraits, later: PledgeTraits) -> str | None:
    one, two = earlier.pledge.status, later.pledge.status
    # First what costs nothing: between two states there may be thousands of pledges.
    if one not in STAGES or two not in STAGES or stage_of(earlier) > stage_of(later):
        return None
    parties = "same supplier and recipient"
    if not (earlier.supplier and later.supplier):
        if not _items_shared(earlier, later):
            return None
        parties = "same recipient and kinds of items, one names no supplier"
    if not _goods_go_on(earlier, later):
        return None
    dated = _is_before(earlier.told_on, later.told_on)
    asked = stage_of(earlier) < min(stage_of(later), STAGES.index("reported_planned"))
    # Nobody delivers before signing; when an open date lies is then told by the goods alone.
    undated = not (earlier.told_on and later.told_on)
    staged = undated and goods_agree(earlier, later) and stage_of(earlier) < stage_of(later)
    if not (dated or asked or staged):
        return None
    when = f"{earlier.told_on} before {later.told_on}" if dated else "an earlier stage"
    return f"{parties}, {one} then {two}; {when}"


def _goods_go_on(earlier: PledgeTraits, later: PledgeTraits) -> bool:
    """Whether both can tell of the same goods: of the same kind, or one names no kind."""
    lists = (earlier.goods, later.goods)
    if any(not all(good.kinds & CATEGORIES for good in goods) for goods in lists):
        return True
    return bool(share_kinds(*lists))


def _items_shared(left: PledgeTraits, right: PledgeTraits) -> bool:
    shared = len(left.items & right.items)
    shorter = min(len(left.items), len(right.items))
    return shared >= _LEAST_KINDS and shared / shorter >= _MOST_ITEMS


def _is_before(one: str | None, two: str | None) -> bool:
    """Whether day *one* comes before *two*; of days without a year, by less than half a year."""
    if not one or not two:
        return False
    if not (one + two).count("X"):
        return one < two
    days = [datetime.date.fromisoformat(f"{_LEAP_YEAR}{day[4:10]}") for day in (one, two)]
    return 0 < (days[1] - days[0]).days < _HALF_A_YEAR


def _first_told(pledge: PledgeTraits, other: PledgeTraits) -> bool:
    """Whether *pledge* dates its cluster better: the first published, else the latest told."""
    if pledge.published or other.published:
        return (pledge.published or "9999", pledge.key) < (other.published or "9999", other.key)
    return (pledge.told_on or "") > (other.told_on or "")


def _when(pledge: PledgeTraits, year: str) -> tuple[str, int, tuple[str, str]]:
    """What a chain is ordered by; a day without a year is put in *year*."""
    told_on = (pledge.told_on or "9999").replace("XXXX", year)
    return told_on, stage_of(pledge), pledge.key
