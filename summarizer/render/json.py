"""Records as JSON: the published contract, for files and for streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.brief import Record

# JSON may hold them as they are, but readers that split lines by Unicode's rules would cut there.
_LINE_ENDS = str.maketrans({c: f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"})


def to_json(record: Record) -> str:
    """Return *record* as indented JSON with a line end."""
    return record.model_dump_json(indent=2) + "\n"


def to_jsonl(record: Record) -> str:
    """Return *record* as one line of JSON with a line end."""
    return record.model_dump_json().translate(_LINE_ENDS) + "\n"
