"""Read a text past its markup: what the page shows, and where in the source it comes from.

HTML entities become their characters, Markdown's marks fall away, and a word that a line's end
cut in two is one word again. What could change the sense stays: 2*3 is not 23, a lone star is a
footnote's, struck-out words are not read, and "re-signed" at a line's end is not "resigned".
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from summarizer.markup.marks import read_marks

__all__ = ["Unmarked"]


class Unmarked:
    """What a text reads like, with the way back: offsets of ``text`` to those of the source.

    At ``joints`` (offsets of ``text``) two parts of a word were joined; a hyphen may belong there.
    At those of ``tied`` nothing should be cut: they are around a hyphen that may be none.
    """

    def __init__(self, source: str, *, join_lines: bool = True) -> None:
        self._edits, pairs = read_marks(source, join_lines=join_lines)
        self._opened = {pair.opening.end: pair for pair in pairs}
        self._closed = {pair.closing.start: pair for pair in pairs}
        self._starts = [edit.start for edit in self._edits]
        self._ends: list[int] = []  # of what the edits read as, in ``text``
        self.text, self.joints, self.tied = source, tuple[int, ...](), frozenset[int]()
        if not self._edits:
            return
        parts, done, size = [], 0, 0
        for edit in self._edits:
            parts += [source[done : edit.start], edit.text]
            size += edit.start - done + len(edit.text)
            self._ends.append(size)
            done = edit.end
        self.text = "".join((*parts, source[done:]))
        edits = list(zip(self._edits, self._ends, strict=True))
        self.joints = tuple(end for edit, end in edits if edit.joint)
        self.tied = frozenset(at for edit, end in edits if edit.tied for at in (end - 1, end))

    @property
    def differs(self) -> bool:
        """Whether the text reads otherwise than it is written."""
        return bool(self._edits)

    def offset(self, at: int) -> int:
        """Return the offset in ``text`` of the source's offset *at*; inside a mark, that behind."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return at
        edit, end = self._edits[number], self._ends[number]
        return end - len(edit.text) if at == edit.start else end + max(0, at - edit.end)

    def inside(self, at: int) -> Literal["text", "mark", "address"]:
        """Tell what the source's offset *at* is inside of, not at the edge of."""
        number = bisect_right(self._starts, at) - 1
        if number < 0 or not self._edits[number].start < at < self._edits[number].end:
            return "text"
        return "address" if self._edits[number].address else "mark"

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where ``text[start:end]`` stands in the source; None when it cuts a character.

        Marks around it are left out, unless their other half is in it.
        """
        first, last = self._source(start), self._source(end - 1, ending=True)
        if first is None or last is None:
            return None
        while (pair := self._opened.get(first)) and pair.closing.start < last:
            first = pair.opening.start
        while (pair := self._closed.get(last)) and pair.opening.end > first:
            last = pair.closing.end
        return first, last

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands, with the whole of a character that it cuts."""
        if not self._edits:
            return start, end
        widths = ((start - before, end + after) for before in (0, 1) for after in (0, 1))
        found = (self.place(*width) for width in widths)
        return next(place for place in found if place)

    def _source(self, at: int, *, ending: bool = False) -> int | None:
        """Return where the character ``text[at]`` begins in the source, or where it ends."""
        number = bisect_right(self._ends, at)
        if number < len(self._edits):
            edit, behind = self._edits[number], self._ends[number]
            if behind - len(edit.text) <= at:
                if ending:
                    return edit.end if at == behind - 1 else None
                return edit.start if at == behind - len(edit.text) else None
        shift = self._edits[number - 1].end - self._ends[number - 1] if number else 0
        return at + shift + ending
