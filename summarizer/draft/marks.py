"""The types with which a draft says that a value is the source's own.

A draft is never trusted. A field typed ``Verbatim`` claims to hold words of the window: it
becomes a grammar where the engine takes one, a plain string in the JSON Schema elsewhere, and
is looked up in the source afterwards in both cases. A field typed ``SentenceId`` holds the number
of a sentence of the window. Any Pydantic model with such fields can serve as a draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True)
class VerbatimMark:
    """Marks a string that must be words of the window."""


@dataclass(frozen=True)
class SentenceMark:
    """Marks an integer that must be the id of a sentence of the window."""


Verbatim = Annotated[str, VerbatimMark()]
SentenceId = Annotated[int, SentenceMark()]
