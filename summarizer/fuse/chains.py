"""Stages of one undertaking: pledge clusters in, links from each to the next later one out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.dossier import Relation
from summarizer.fuse.pledges import STAGES, Deals, PledgeTraits, stage_of


def chain_pledges(
    traits: Sequence[PledgeTraits], deals: Deals, ids: dict[int, str]
) -> list[Relation]:
    """Link each pledge to the next later stage between the same parties."""
    chains: dict[tuple[frozenset[str], frozenset[str]], dict[int, PledgeTraits]] = {}
    for number, pledge in enumerate(traits):
        if pledge.supplier and pledge.recipient:
            root = deals.find(number)
            chain = chains.setdefault((pledge.supplier, pledge.recipient), {})
            if root not in chain or _first_told(pledge, chain[root]):
                chain[root] = pledge
    found: list[Relation] = []
    for _, chain in sorted(chains.items(), key=lambda c: min(ids[deals.find(n)] for n in c[1])):
        ordered = sorted(chain, key=lambda root: (_when(chain[root]), ids[root]))
        for earlier, later in pairwise(ordered):
            if reason := _precursor_reason(chain[earlier], chain[later]):
                found.append(
                    Relation(
                        subject=ids[earlier],
                        relation="precursor_of",
                        object=ids[later],
                        reason=reason,
                    )
                )
    return found


def _precursor_reason(earlier: PledgeTraits, later: PledgeTraits) -> str | None:
    one, two = earlier.pledge.status, later.pledge.status
    if one not in STAGES or two not in STAGES:
        return None
    dated = bool(earlier.told_on and later.told_on and earlier.told_on < later.told_on)
    asked = stage_of(earlier) < min(stage_of(later), STAGES.index("reported_planned"))
    if stage_of(earlier) > stage_of(later) or not (dated or asked):
        return None
    when = f"{earlier.told_on} before {later.told_on}" if dated else "an earlier stage"
    return f"same supplier and recipient, {one} then {two}; {when}"


def _first_told(pledge: PledgeTraits, other: PledgeTraits) -> bool:
    """Whether *pledge* dates its cluster better: the first published, else the latest told."""
    if pledge.published or other.published:
        return (pledge.published or "9999", pledge.key) < (other.published or "9999", other.key)
    return (pledge.told_on or "") > (other.told_on or "")


def _when(pledge: PledgeTraits) -> tuple[str, int, tuple[str, str]]:
    return pledge.told_on or "9999", stage_of(pledge), pledge.key
