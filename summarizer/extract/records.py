"""What ``extract`` gives back: records of the user's own type, cited, and what was rejected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from summarizer.brief import Citation, RejectionReason, Usage

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class FieldRejection:
    """A value that is in no record, where the model gave it (``items[0].name``), and why."""

    path: str
    value: str
    reason: RejectionReason
    detail: str


@dataclass(frozen=True, slots=True)
class Extracted(Generic[M]):
    """One record; its ``Verbatim`` values are the source's own words.

    ``citations`` has an entry for each of them, and for each ``SentenceId``, by path:
    ``items[0].name``. Fields of other types are the model's own words: nothing is cited for them.
    """

    record: M
    citations: Mapping[str, tuple[Citation, ...]]


@dataclass(frozen=True, slots=True)
class Extraction(Generic[M]):
    """All that was taken out of one text; ``warnings`` name what was repaired or not answered."""

    records: tuple[Extracted[M], ...]
    rejections: tuple[FieldRejection, ...]
    warnings: tuple[str, ...]
    usage: Usage
