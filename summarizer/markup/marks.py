"""Find the marks of a source: entities, emphasis, code, links, escapes, footnotes, lines' ends."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

from summarizer.markup.edits import Edit, Pair
from summarizer.markup.lines import BREAK, LINE_END, Habits, line_end, quoted_lines

_ENTITY = r"&(?:amp;){0,3}(?P<name>(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,31});)"
# A sign of a mark, or a hyphen before a blank: few texts without marks have any.
_MAY_BE_MARKED = re.compile(r"[\\&*_`>\[\u2010\u00ad-](?:(?<=[^\u2010\u00ad-])|\s)")
_TOKEN = re.compile(
    r"(?P<escape>\\)[!-/:-@\[-`{-~]"
    rf"|(?P<entity>{_ENTITY})"
    rf"|(?P<line_end>{LINE_END})"
    r"|(?P<footnote>\[\^\w{1,20}\](?!:))"
    r"|(?P<code>(?<![\w`])(?P<tick>``?)(?![`\s])[^`\n]{1,200}(?<!\s)(?P=tick)(?![\w`]))"
    r"|(?P<run>\*+|_+)"
    rf"|(?P<blank>(?>\r\n|[{BREAK}])(?:(?![{BREAK}])\s)*[{BREAK}])"
)
_LINK = re.compile(
    r"(?<![!\\])\[(?!\^)(?P<label>[^\[\]]{1,300})(?<!\\)"
    r'(?P<target>\]\((?:[^()\s]|\([^()\s]{0,200}\)){1,2000}+(?: "[^"\n]{0,200}")?\))'
)
_LONGEST_RUN = 3
_FAR = 1_000  # characters between two marks of a pair


def read_marks(source: str, *, join_lines: bool) -> tuple[list[Edit], list[Pair]]:
    """Return what of *source* reads otherwise than it is written, in order, and pairs of marks.

    Without *join_lines* words are left as the lines have them.
    """
    if not _MAY_BE_MARKED.search(source):
        return [], []
    links = [
        Pair(Edit(match.start(), match.start("label")), Edit(*match.span("target"), address=True))
        for match in _LINK.finditer(source)
    ]
    marks = _Marks(source, links, Habits(source) if join_lines else None)
    edits = marks.edits + [edit for pair in marks.pairs for edit in (pair.opening, pair.closing)]
    edits += quoted_lines(source)
    return list(_apart(sorted(edits, key=lambda edit: (edit.start, edit.end)))), marks.pairs


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield *edits* but for those that begin within the one before."""
    done = 0
    for edit in edits:
        if edit.start >= done:
            yield edit
            done = edit.end


class _Marks:
    """Collects the edits and pairs of marks of a source, from its beginning to its end."""

    def __init__(self, source: str, links: list[Pair], habits: Habits | None) -> None:
        self.edits: list[Edit] = []
        self.pairs = list(links)
        self._source = source
        self._habits = habits
        self._open: list[Edit] = []
        self._count: Counter[str] = Counter()
        targets = [pair.closing for pair in links]
        starts = [target.start for target in targets]
        for match in _TOKEN.finditer(source):
            number = bisect_right(starts, match.start()) - 1
            if number < 0 or match.start() >= targets[number].end:
                self._take(match)

    def _take(self, match: re.Match[str]) -> None:
        start, end = match.span()
        if match["escape"]:
            self.edits.append(Edit(start, start + 1))
        elif match["footnote"]:
            self.edits.append(Edit(start, end))
        elif match["entity"]:
            self.edits += _entity(match)
        elif match["code"]:
            size = len(match["tick"])
            self.pairs.append(Pair(Edit(start, start + size), Edit(end - size, end)))
        elif match["blank"]:
            self._open.clear()
            self._count.clear()
        elif match["run"]:
            if end - start <= _LONGEST_RUN:
                self._run(start, end)
        elif self._habits:
            self.edits.append(line_end(match, self._habits))

    def _run(self, start: int, end: int) -> None:
        """Close what a run of stars or low lines closes; what is left of it may open."""
        opens, closes = _flanks(self._source, start, end)
        mark = self._source[start]
        while closes and start < end and self._count[mark]:
            opening = self._open.pop()
            self._count[self._source[opening.start]] -= 1
            if self._source[opening.start] != mark or not self._belong(opening, start, end):
                continue
            size = min(opening.end - opening.start, end - start)
            inner = Edit(opening.end - size, opening.end)
            self.pairs.append(Pair(inner, Edit(start, start + size)))
            start += size
            if opening.start < inner.start:
                self._push(Edit(opening.start, inner.start))
        if opens and start < end:
            self._push(Edit(start, end))

    def _belong(self, opening: Edit, start: int, end: int) -> bool:
        """Tell whether two runs may be a pair: inside a word, only around a part of that word."""
        if start - opening.end > _FAR:
            return False
        in_word = _in_word(self._source, opening.start, opening.end)
        between = self._source[opening.end : start]
        return not (in_word or _in_word(self._source, start, end)) or len(between.split()) == 1

    def _push(self, opening: Edit) -> None:
        self._open.append(opening)
        self._count[self._source[opening.start]] += 1


def _flanks(source: str, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether a run of marks may open and may close: as in CommonMark, but for numbers."""
    before, after = source[max(0, start - 1) : start] or " ", source[end : end + 1] or " "
    if _in_word(source, start, end):
        number = before.isnumeric() and after.isnumeric()
        joins = source[start] == "*" and end - start > 1 and not number
        return joins, joins
    return (
        not after.isspace() and not _is_word(before),
        not before.isspace() and not _is_word(after),
    )


def _in_word(source: str, start: int, end: int) -> bool:
    return start > 0 and end < len(source) and _is_word(source[start - 1]) and _is_word(source[end])


def _is_word(char: str) -> bool:
    return char.isalnum() or "\u0300" <= char <= "\u036f"


def _entity(match: re.Match[str]) -> Iterator[Edit]:
    """Yield what an entity reads as; "&amp;" before what is none stands for itself alone."""
    start, end = match.span()
    char = html.unescape(f"&{match['name']}")
    if char != f"&{match['name']}":
        yield Edit(start, end, char)
    elif match[0].startswith("&amp;"):
        yield Edit(start, start + len("&amp;"), "&")
