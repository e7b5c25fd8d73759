"""The fields of a record that a person may decide on, and the closed lists that some choose from.

"items.quantity" is a part of a value. A code given for a value of words is that of its part: what
a participant's role is, what an item counts as, in which country a place lies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from summarizer.brief import (
    ActorKind,
    AttributionKind,
    ItemCategory,
    PledgeStatus,
    Realis,
    Role,
    Unroca,
)
from summarizer.errors import InputError
from summarizer.language.countries import by_code
from summarizer.resolve.kinds import KINDS
from summarizer.review.decisions import CODED_PART, SEVERAL
from summarizer.review.record import Kind

LISTS: Mapping[Kind, frozenset[str]] = {
    "actor": SEVERAL & {"labels"},
    "event": SEVERAL & {"participants"},
    "pledge": SEVERAL - {"labels", "participants"},
    "summary": frozenset(),
}
"""Fields with several values, each named by its words."""

OPTIONAL: Mapping[Kind, frozenset[str]] = {
    "actor": frozenset({"rank", "position", "affiliation"}),
    "event": frozenset({"date", "place"}),
    "pledge": frozenset({"delivery", "deployment", "purpose", "value"}),
    "summary": frozenset(),
}
"""Fields with one value of words or none."""

REQUIRED: Mapping[Kind, frozenset[str]] = {
    "actor": frozenset({"name", "kind", "country"}),  # an open country is null
    "event": frozenset({"label", "realis", "attribution"}),
    "pledge": frozenset({"status", "status_words", "attribution"}),
    "summary": frozenset({"text"}),
}

PARTS: frozenset[str] = frozenset(
    (*(f"{field}.{part}" for field, part in CODED_PART.items()), "items.quantity", "items.unroca")
)
"""What of a value can be decided on alone."""

OPEN_LABEL = "event"
"""The label of an event whose kind a reviewer rejected: that something happened is all."""


def split(kind: Kind, field: str) -> tuple[str, str | None]:
    """Return the field of a record and the part of its value that *field* names.

    Raises:
        InputError: records of this kind have no such field.
    """
    base, _, part = field.partition(".")
    known = LISTS[kind] | OPTIONAL[kind] | REQUIRED[kind]
    if base not in known or (part and field not in PARTS):
        raise InputError(f"the {kind} has no field “{field}” to decide on")
    return base, part or None


def codes(kind: Kind, field: str) -> tuple[str, ...]:
    """Return the closed list that a code of *field* is chosen from; empty where there is none."""
    base, _, part = field.partition(".")
    match kind, base, part or CODED_PART.get(base, ""):
        case "actor", "kind", _:
            return get_args(ActorKind)
        case "event", "label", _:
            return tuple(label for label in KINDS if label != "background")
        case "event", "realis", _:
            return get_args(Realis)
        case "pledge", "status", _:
            return get_args(PledgeStatus)
        case _, "participants", "role":
            return get_args(Role)
        case _, "attribution", _:
            return get_args(AttributionKind)
        case _, "items", "category":
            return get_args(ItemCategory)
        case _, "items", "unroca":
            return get_args(Unroca)
        case ("actor", "country", _) | (_, "place" | "deployment", "country"):
            return tuple(sorted(by_code()))
        case _:
            return ()


def code_named(kind: Kind, field: str, words: str | None) -> str | None:
    """Return the code of the list that *words* name, be it as the page spells it, or None."""
    wanted = _plain(words or "")
    return next((code for code in codes(kind, field) if _plain(code) == wanted), None)


def is_same_code(code: str, words: str) -> bool:
    """Tell whether *words* are how a page spells *code*: "media report" for "media_report"."""
    return _plain(code) == _plain(words)


def _plain(code: str) -> str:
    return " ".join(code.replace("_", " ").split()).casefold()
