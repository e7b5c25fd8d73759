"""Records as JSON: the published contract, for files and for streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.escape import for_one_line

if TYPE_CHECKING:
    from summarizer.brief import Record


def to_json(record: Record) -> str:
    """Return *record* as indented JSON with a line end."""
    return record.model_dump_json(indent=2) + "\n"


def to_jsonl(record: Record) -> str:
    """Return *record* as one line of JSON with a line end."""
    return for_one_line(record.model_dump_json()) + "\n"
