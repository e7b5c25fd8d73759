"""Tell which passages tell of a supply of equipment, and which go on about one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.equipment import find_equipment
from summarizer.resolve.status import pledge_status
from summarizer.source import Sentence

_SAME_SUPPLY = re.compile(
    r"^(?:[“\"']?)(?:the|these|those|such|all|both|this|its|their)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:equipment|weapons|arms|systems?|vehicles|aircraft|jets|drones|missiles|helicopters|ships?"
    r"|vessels|boats|guns|howitzers|tanks|shipments?|deliver(?:y|ies)|suppl(?:y|ies)|packages?"
    r"|transfers?|sale|deal|order|batch|hardware|materiel|munitions|remaining|rest)\b"
    r"|^deliver(?:y|ies)\b|^shipments?\b|^they will\b|^it (?:will|also) (?:includes?|be)\b",
    re.IGNORECASE,
)
_INCLUDES = re.compile(r"\b(?:includ|compris|consist|contain)\w*", re.IGNORECASE)


def goes_on_about_supply(text: str) -> bool:
    """Tell whether a sentence goes on about the supply told of before: "The package ..."."""
    return _SAME_SUPPLY.search(text) is not None


def tells_of_supply(passage: Sequence[Sentence]) -> bool:
    """Tell whether *passage* may tell of a supply of equipment, so that asking pays.

    A sentence does with words for equipment and for its transfer, or if it says what a supply
    includes; a list does with equipment in two of its lines.
    """
    first, *listed = passage
    if sum(bool(find_equipment(line.text)) for line in listed) > 1:
        return True
    transfers = pledge_status(first.text) is not None
    includes = goes_on_about_supply(first.text) and _INCLUDES.search(first.text) is not None
    return (transfers or includes) and any(find_equipment(s.text) for s in passage)
