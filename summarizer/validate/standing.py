"""Judge another tool's citation: do its words stand where it says, elsewhere, or nowhere?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from summarizer.source import Match
from summarizer.tree import cut
from summarizer.validate.fold import strip_blank
from summarizer.validate.locate import Index

Standing = Match | Literal["unplaced", "elsewhere", "not_in_source"]
"""A class of match where the words stand at the place given; ``unplaced`` where they stand in the
text and no place was given."""
STANDINGS: tuple[str, ...] = (*get_args(Match), "unplaced", "elsewhere", "not_in_source")


@dataclass(frozen=True, slots=True)
class Judged:
    """How a citation stands, and what is wrong with it, if it is."""

    standing: Standing
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether the words are in the text, and where the tool says, if it says where."""
        return self.standing not in ("elsewhere", "not_in_source")


def standing(quote: str, start: int | None, end: int | None, index: Index) -> Judged:
    """Judge *quote*, said to be ``[start:end]`` of the text of *index*, in code points.

    Both offsets None mean that the tool gave no place; one that lies outside is a wrong one.
    """
    if start is None and end is None:
        found = index.locate(quote)
        if found is None:
            return Judged("not_in_source", f"“{cut(quote)}” is not in the source, no place given")
        return Judged("unplaced")
    text = index.text
    if start is None or end is None or not 0 <= start < end <= len(text):
        return _misplaced(quote, start, end, index, inside=False)
    if end - start == len(quote) and text.startswith(quote, start):
        return Judged("exact")
    for span in index.locate_all(quote, (start, end)):
        if (span.start, span.end) == strip_blank(text, start, end):
            return Judged(span.match)
    return _misplaced(quote, start, end, index, inside=True)


def _misplaced(
    quote: str, start: int | None, end: int | None, index: Index, *, inside: bool
) -> Judged:
    there = f"“{cut(index.text[start:end])}”" if inside else "no such place"
    at = f"at {start}:{end} the source has {there}"
    found = index.locate(quote, near=start)
    if found is None:
        return Judged("not_in_source", f"“{cut(quote)}” is not in the source; {at}")
    place = f"{found.span.start}:{found.span.end}"
    return Judged("elsewhere", f"“{cut(quote)}” stands at {place}; {at}")
