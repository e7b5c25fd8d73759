"""Tables as CSV that a spreadsheet shows and does not run.

A cell that a spreadsheet would take for a formula gets an apostrophe in front: one that begins with
``= + - @``, also in their wide and small forms and after blanks, invisible characters or quote
marks. The same within a cell after ``;``, a tab or a line's end, where a spreadsheet that splits by
other signs than commas would begin a new cell. ``unguarded`` takes the apostrophes out again.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Sequence

Cell = str | int | None

_OPENS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")
_SPLITS = frozenset(";\t\r\n")
_GUARD = "'"


def guarded(text: str) -> str:
    """Return *text* as a cell that no spreadsheet runs; ``unguarded`` gives it back."""
    acts = _acts(text)
    return "".join(_GUARD + char if at in acts else char for at, char in enumerate(text))


def unguarded(cell: str) -> str:
    """Return the text that ``guarded`` made *cell* of."""
    acts = _acts(cell)
    return "".join(char for at, char in enumerate(cell) if not (at in acts and char == _GUARD))


def _acts(text: str) -> frozenset[int]:
    """Return where a cell may begin that acts: only what does not show stands before its sign."""
    found, acts = [], False
    for at in range(len(text) - 1, -1, -1) if _OPENS.intersection(text) else ():
        acts = text[at] in _OPENS or (acts and _is_passed_over(text[at]))
        if acts and _begins(text, at):
            found.append(at)
    return frozenset(found)


def _begins(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in _SPLITS


def _is_passed_over(char: str) -> bool:
    return char in "\"'" or char.isspace() or unicodedata.category(char) in ("Cc", "Cf")


def to_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    r"""Return a table as CSV: commas, double quotes as in RFC 4180, ``\n`` at a line's end."""
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow(head)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return "".join(lines)


class _Lines(list[str]):
    r"""Takes the rows of a writer that ends them as RFC 4180 has it.

    Told to end them otherwise, it would leave a cell with a bare ``\r`` without quotes.
    """

    def write(self, line: str) -> None:
        self.append(line.removesuffix("\r\n") + "\n")
