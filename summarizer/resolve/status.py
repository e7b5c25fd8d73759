"""How far a transfer of arms has come: the ladder, what grammar allows of it, and trackers' codes.

The ladder is domain knowledge: requested, discussed, offered, reported_planned, pledged, approved,
signed, partly_delivered, delivered; suspended, cancelled and denied stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.brief import LADDER, Item, Kiel, PledgeStatus, Realis

DELIVERED: frozenset[PledgeStatus] = frozenset(("partly_delivered", "delivered"))

RUNG_OF: Mapping[str, PledgeStatus] = {
    "denial": "denied",
    "cancellation": "cancelled",
    "request": "requested",
    "talks": "discussed",
    "pledge": "pledged",
    "approval": "approved",
    "procurement": "signed",
    "agreement": "signed",
}
"""Kind of a word -> how far it says that a transfer has come; those of supply say nothing."""


def is_above(status: PledgeStatus, other: PledgeStatus) -> bool:
    """Tell whether *status* claims more than *other*; what stands beside the ladder claims less."""
    return status in LADDER and (other not in LADDER or LADDER.index(status) > LADDER.index(other))


def kiel(status: PledgeStatus, items: Sequence[Item]) -> Kiel:
    """Code the measure as the Kiel tracker does: an allocation names its amounts."""
    if status in DELIVERED:
        return "delivery"
    if status not in ("pledged", "approved", "signed"):
        return "none"
    counted = [item.quantity is not None or item.quantity_max is not None for item in items]
    return "allocation" if counted and all(counted) else "commitment"


def sipri_eligible(status: PledgeStatus) -> bool:
    """Say whether SIPRI's register would hold it: an order placed, or deliveries begun."""
    return status in ("signed", "partly_delivered", "delivered")


REALIS_OF: Mapping[PledgeStatus, Realis] = {
    "requested": "hypothetical",
    "discussed": "hypothetical",
    "offered": "hypothetical",
    "unclear": "hypothetical",
    "reported_planned": "planned",
    "pledged": "planned",
    "approved": "planned",
    "signed": "planned",
    "partly_delivered": "ongoing",
    "delivered": "actual",
    "suspended": "denied",
    "cancelled": "denied",
    "denied": "denied",
}
"""How real the transfer itself is that has come no further than a status."""
