"""Events that tell a pledge: joined pledges in, the events that tell them joined too."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.brief import Citation
from summarizer.fuse.events import Stories
from summarizer.fuse.pledges import Deals, PledgeTraits
from summarizer.fuse.traits import Traits

# What reports call the telling of a supply; a strike in that sentence is another event.
_TELLING = frozenset(["supply", "report"])
# Of the words cited for a pledge's items an event that tells it cites at least half.
_MOST_OF_IT = 0.5


def join_tellings(
    events: Sequence[Traits], stories: Stories, pledges: Sequence[PledgeTraits], deals: Deals
) -> None:
    """Join the events in which different reports tell one pledge, by the words both cite."""
    by_document: dict[str, list[int]] = {}
    for number, event in enumerate(events):
        if event.family in _TELLING:
            by_document.setdefault(event.document, []).append(number)
    for cluster in deals.clusters():
        if len(cluster) < 2:
            continue
        told = [
            telling
            for n in cluster
            if (telling := _telling(pledges[n], events, by_document)) is not None
        ]
        parties = " and ".join(sorted(pledges[cluster[0]].supplier | pledges[cluster[0]].recipient))
        for left, right in pairwise(told):
            stories.join(left, right, f"both tell one pledge, between {parties}")


def _telling(
    pledge: PledgeTraits, events: Sequence[Traits], by_document: dict[str, list[int]]
) -> int | None:
    """The event of the pledge's report that cites most of its items, if it cites half of them."""
    want = _cited([c for item in pledge.pledge.items for c in item.citations])
    shares = {
        number: len(want & _cited(events[number].event.citations)) / max(1, len(want))
        for number in by_document.get(pledge.document, ())
    }
    best = max(shares, key=lambda number: (shares[number], -number), default=None)
    return best if best is not None and shares[best] >= _MOST_OF_IT else None


def _cited(citations: Sequence[Citation]) -> frozenset[int]:
    return frozenset(place for c in citations for place in range(c.start, c.end))
