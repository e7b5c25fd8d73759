"""What a reader makes of a piece of a source: values that the other modules hand to each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands at ``[start, end)`` of the source reads as *text*."""

    start: int
    end: int
    text: str = ""
    joint: bool = False  # of a word; its hyphen may have been there before the line's end
    tied: bool = False  # behind a hyphen that stays: the two may yet be parts of one word
    address: bool = False  # of a link: no part of the text, but words of their own


@dataclass(frozen=True, slots=True)
class Pair:
    """A mark that opens and the one that closes it."""

    opening: Edit
    closing: Edit
