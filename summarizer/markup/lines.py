"""Words that go over a line's end, and the marks that each line of a quotation begins with.

A hyphen at a line's end is a mere break of a word or a compound's own. Where it may be a break the
text reads as one word, and a quote of it may have the hyphen or not. Where the two halves are
words and the whole is hardly one, where the text has the compound elsewhere, and where the hyphen
tells two meanings apart it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from summarizer.markup.edits import Edit
from summarizer.markup.lexicon import is_one_word, is_suspended

BREAK = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_ACCENT = "\u0300-\u036f"
LINE_END = (  # a hyphen, also a soft one, and one line break inside a word
    rf"(?<=[^\W_]|[{_ACCENT}])(?P<hyphen>[-\u2010\u00ad])"
    rf"(?:(?![{BREAK}])\s)*(?:\r\n|[{BREAK}])(?:(?![{BREAK}])\s)*(?=[^\W_])"
)
_QUOTED_LINE = re.compile(rf"(?:\A|(?<=[{BREAK}]))[ \t]{{0,3}}(?:>[ \t]?){{1,9}}")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LETTERS = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"([^\W\d_]{1,30})[-\u2010](?=([^\W\d_]{1,30}))")
_WORD_REACH = 30
# Without their hyphen they are other words.
_OTHER_WORD = re.compile(
    r"re-(?:sign|sent|form|cover|creat|collect)\w*|un-ioni[sz]\w*", re.IGNORECASE
)


class Habits:
    """What a source writes as words of their own, and with a hyphen inside a line; without case."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _lines(self) -> str:
        return " ".join(_within_lines(self._source)).casefold()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that stand within a line."""
        return frozenset(_LETTERS.findall(self._lines))

    @cached_property
    def compounds(self) -> frozenset[str]:
        """What stands on both sides of a hyphen within a line."""
        return frozenset(f"{match[1]}-{match[2]}" for match in _COMPOUND.finditer(self._lines))

    def is_word(self, before: str, after: str) -> bool:
        """Tell whether the two make a word without a hyphen: what the text itself writes counts."""
        parts = before.casefold(), after.casefold()
        if "-".join(parts) in self.compounds or _OTHER_WORD.fullmatch("-".join(parts)):
            return False
        return "".join(parts) in self.words or is_one_word(*parts)

    def are_words(self, *parts: str) -> bool:
        """Tell whether each of *parts* stands for itself elsewhere."""
        return all(part.casefold() in self.words for part in parts)


def _within_lines(source: str) -> Iterator[str]:
    """Yield *source* but for words that go over a line's end."""
    done = 0
    for match in re.finditer(LINE_END, source):
        before = _LETTERS_BEFORE.search(source, max(0, match.start() - _WORD_REACH), match.start())
        after = _LETTERS.match(source, match.end())
        yield source[done : before.start() if before else match.start()]
        done = after.end() if after else match.end()
    yield source[done:]


def line_end(match: re.Match[str], habits: Habits) -> Edit:
    """Return what a hyphen and a line break read as: nothing, or the hyphen where it must stay."""
    source, (start, end) = match.string, match.span()
    if match["hyphen"] == "\u00ad":
        return Edit(start, end)
    before = _LETTERS_BEFORE.search(source, max(0, start - _WORD_REACH), start)
    after = _LETTERS.match(source, end, end + _WORD_REACH)
    if not (before and after) or not _goes_on(before[0], after[0]):
        return Edit(start + 1, end)
    if habits.is_word(before[0], after[0]):
        return Edit(start, end, joint=True)
    suspended = source[after.end() : after.end() + 1] != "-"  # unlike "surface-/to-air"
    if suspended and is_suspended(before[0].casefold(), after[0]):
        return Edit(start + 1, end, " ")
    return Edit(start + 1, end, tied=not habits.are_words(before[0], after[0]))


def _goes_on(before: str, after: str) -> bool:
    """Tell whether the two are written as parts of one word may be: al-/Sharaa is not."""
    acronym = len(before) > 1 and before.isupper()
    return after.isupper() if acronym else after[0].islower()


def quoted_lines(source: str) -> Iterator[Edit]:
    """Yield the marks of a quotation's lines but its first: "> " before a number may be "over"."""
    for above, mark in pairwise(_QUOTED_LINE.finditer(source)):
        line = source[above.end() : mark.start()]
        if len(line.splitlines()) == 1 and not source[mark.end() : mark.end() + 1].isdigit():
            yield Edit(*mark.span())
