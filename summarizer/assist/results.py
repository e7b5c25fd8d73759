"""What the tools give back, each a published shape of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from summarizer.brief import Citation, RejectionReason, Usage
from summarizer.source import Match


class Result(BaseModel):
    """Base of them: frozen, and no field that the schema doesn't name."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class Text(Result):
    """The text that offsets count in; they count Unicode code points, ends excluded."""

    sha256: str
    characters: int


class Place(Result):
    """Where one quote stands; all but ``quote`` and ``occurrences`` is null if it does not."""

    quote: Annotated[str, Field(description="as it was given")]
    occurrences: Annotated[int, Field(description="places in the strictest class; 0: not there")]
    start: int | None = None
    end: int | None = None
    words: Annotated[
        str | None, Field(description="the text's own words there: cite these, not the quote")
    ] = None
    match: Match | None = None
    page: int | None = None


class Places(Result):
    """An answer for each quote, in order."""

    text: Text
    all_found: bool
    places: tuple[Place, ...]


class Fault(Result):
    """One thing that does not hold."""

    path: str
    problem: str
    detail: str


class Checks(Result):
    """What a check found; ``unplaced`` are quotes without offsets, which nobody could check."""

    text: Text
    ok: bool
    checked: Annotated[int, Field(description="citations that were looked at")]
    unplaced: int
    findings: tuple[Fault, ...]


class Rejected(Result):
    """A value that is in no record, and why."""

    path: str
    value: str
    reason: RejectionReason
    detail: str


class CitedRecord(Result):
    """One record, with the citations of each of its strings by path, as ``items[0].name``."""

    record: dict[str, Any]
    citations: Mapping[str, tuple[Citation, ...]]


class Records(Result):
    """What was extracted; values that do not stand in the text are rejected, not in it."""

    text: Text
    records: tuple[CitedRecord, ...]
    rejections: tuple[Rejected, ...]
    warnings: tuple[str, ...]
    usage: Usage
