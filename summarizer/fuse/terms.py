"""Terms of one brief's pledge: the field of a term in, what the brief holds of it out."""

from __future__ import annotations

from summarizer.brief import Cited, Place, Pledge


def told_terms(pledge: Pledge, field: str) -> tuple[Cited | Place, ...]:
    """Return what *pledge* has in *field*, be that one value or several."""
    value = getattr(pledge, field)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def term_text(told: Cited | Place) -> str:
    """Return the words of a term."""
    return told.name if isinstance(told, Place) else told.value
