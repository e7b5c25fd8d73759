"""What a reviewer chooses from: the closed lists of codes, and the fields of each kind."""

from __future__ import annotations

from typing import Any

from summarizer.language.countries import countries
from summarizer.resolve.kinds import KINDS
from summarizer.review.fields import LISTS, OPTIONAL, REQUIRED, codes


def choices() -> dict[str, Any]:
    """Return the codes of each kind's fields, which fields may be added, and names of countries.

    ``codes`` has "country" instead of the long list itself; ``types`` are the PLOVER codes of
    kinds of event.
    """
    return {
        "codes": {
            kind: {field: _codes(codes(kind, field)) for field in sorted(fields)}
            for kind, fields in ((k, LISTS[k] | OPTIONAL[k] | REQUIRED[k]) for k in LISTS)
        },
        "lists": {kind: sorted(fields) for kind, fields in LISTS.items()},
        "optional": {kind: sorted(fields) for kind, fields in OPTIONAL.items()},
        "countries": {each.iso3: each.name for each in countries()},
        "types": {label: codes_[0] for label, codes_ in KINDS.items()},
    }


def _codes(listed: tuple[str, ...]) -> str | tuple[str, ...]:
    return "country" if "TUR" in listed else listed
