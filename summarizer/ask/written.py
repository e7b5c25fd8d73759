"""The body of a request as JSON: as it is sent, and as it is known by; what recurs is made once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

# As openai's client writes: cassettes match on the bytes.
_SENT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_KNOWN = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True)
class Written:
    """A part that many requests share, as JSON: as it is sent, and in order, as it is known by."""

    sent: str
    known: str

    @classmethod
    def of(cls, value: object) -> Self:
        """Write *value*."""
        return cls(_SENT.encode(value), _KNOWN.encode(value))


def as_sent(body: Mapping[str, object]) -> str:
    """Return the JSON of a request's *body*."""
    parts = (
        f"{_SENT.encode(name)}:{value.sent if isinstance(value, Written) else _SENT.encode(value)}"
        for name, value in body.items()
    )
    return f"{{{','.join(parts)}}}"


def as_known(body: Mapping[str, object]) -> str:
    """Return the JSON of a request's *body* in an order of its own, which tells it apart."""
    parts = (
        f"{_KNOWN.encode(name)}: "
        f"{value.known if isinstance(value, Written) else _KNOWN.encode(value)}"
        for name, value in sorted(body.items())
    )
    return f"{{{', '.join(parts)}}}"
