"""Lengths of time as people say them."""

from __future__ import annotations


def span(seconds: float) -> str:
    """Return *seconds* in one or two units: ``40 s``, ``12 min``, ``2 h 05 min``."""
    if seconds < 59.5:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"
