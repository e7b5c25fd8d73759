"""The words about a transfer of arms -> how far it has come.

The ladder is domain.md's: requested, discussed, offered, reported_planned, pledged, approved,
signed, partly_delivered, delivered; suspended, cancelled and denied stand beside it. A verb counts
by what governs it: "will be delivered" and "agreed to deliver" are no deliveries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.brief import Item, Kiel, PledgeStatus
from summarizer.resolve.realis import factuality, realis_of
from summarizer.resolve.status_cues import find_status_cues
from summarizer.resolve.status_words import LADDER

__all__ = [
    "StatusFound",
    "bear_out",
    "factuality",
    "kiel",
    "pledge_status",
    "realis_of",
    "sipri_eligible",
]

_BESIDE: frozenset[PledgeStatus] = frozenset({"suspended", "cancelled", "denied"})


@dataclass(frozen=True, slots=True)
class StatusFound:
    """What the words say: ``words == text[start:end]``; ``seen`` holds every cue's status."""

    status: PledgeStatus
    start: int
    end: int
    words: str
    seen: frozenset[PledgeStatus]


def pledge_status(
    text: str, *, official: bool | None = None, near: int | None = None
) -> StatusFound | None:
    """Find the status that *text* gives to a transfer; None when no word speaks of one.

    *official*: who announces it is on the record; False (a medium, unnamed officials) turns a
    promise into ``reported_planned``. *near* is the offset of the goods in *text*: then the verb
    they belong to decides, otherwise the strongest. Denials, cancellations and suspensions win.
    """
    cues = find_status_cues(text, official=official)
    if not cues:
        return None
    chosen = [cue for cue in cues if cue.status in _BESIDE] or cues
    if near is not None and chosen is cues:
        before = [cue for cue in cues if cue.start < near]
        chosen = [before[-1]] if before else cues[:1]
    best = max(chosen, key=lambda cue: (_rank(cue.status), -cue.start))
    seen = frozenset(cue.status for cue in cues)
    return StatusFound(best.status, best.start, best.end, text[best.start : best.end], seen)


def bear_out(claimed: PledgeStatus, found: StatusFound | None) -> PledgeStatus:
    """Give the status that the words found bear out of the one that was *claimed*.

    A claim stands if some word says it; otherwise what the words say takes its place, never more.
    Without any word of transfer nothing stronger than ``unclear`` is borne out.
    """
    if found is None:
        return "unclear"
    if found.status in _BESIDE or claimed not in found.seen:
        return found.status
    return claimed


def kiel(status: PledgeStatus, items: Sequence[Item]) -> Kiel:
    """Code the measure as the Kiel tracker does: an allocation names its amounts."""
    if status in ("partly_delivered", "delivered"):
        return "delivery"
    if status not in ("pledged", "approved", "signed"):
        return "none"
    counted = [item.quantity is not None or item.quantity_max is not None for item in items]
    return "allocation" if counted and all(counted) else "commitment"


def sipri_eligible(status: PledgeStatus) -> bool:
    """Say whether SIPRI's register would hold it: an order placed, or deliveries begun."""
    return status in ("signed", "partly_delivered", "delivered")


def _rank(status: PledgeStatus) -> int:
    return LADDER.index(status) if status in LADDER else len(LADDER)
