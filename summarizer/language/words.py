"""Fold words for comparing: another spelling or another alphabet's marks are no other word."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

_PIECE = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return *text* in lower-case ASCII, for comparing only: its length may differ."""
    return anyascii(text).casefold().replace("`", "'")


def pieces(text: str) -> tuple[str, ...]:
    """Return the runs of letters and digits of *text* as written: U.S. has two."""
    return tuple(_PIECE.findall(text))


@lru_cache(maxsize=16384)
def key(text: str) -> tuple[str, ...]:
    """Return the folded pieces of *text*: what stays of a name in every spelling of its marks."""
    return tuple(fold(piece) for piece in pieces(text))
