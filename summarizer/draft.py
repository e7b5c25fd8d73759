"""What a model fills in: flat frames, closed choices, and words of the window.

A draft is never trusted. A field typed ``Verbatim`` claims to hold words of the window: it
becomes a grammar where the engine takes one, a plain string in the JSON Schema elsewhere, and
is looked up in the source afterwards in both cases. A field typed ``SentenceId`` holds the number
of a sentence of the window. Any Pydantic model with such fields can serve as a draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, model_validator


@dataclass(frozen=True)
class VerbatimMark:
    """Marks a string that must be words of the window."""


@dataclass(frozen=True)
class SentenceMark:
    """Marks an integer that must be the id of a sentence of the window."""


Verbatim = Annotated[str, VerbatimMark()]
SentenceId = Annotated[int, SentenceMark()]


class Draft(BaseModel):
    """Base of the built-in drafts.

    An array is accepted for an object, its elements being the fields in order: a small model pays
    for every key it writes, so the embedded engine's grammar leaves them out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _from_row(cls, data: Any) -> Any:
        if isinstance(data, list) and len(data) == len(cls.model_fields):
            return dict(zip(cls.model_fields, data, strict=True))
        return data
