"""The process that opens a PDF: its bytes in, a JSON value with the text of its pages out.

Run as a file, with only the standard library and pypdfium2. A file is hostile until it is read:
what it does to the native code, to memory or to time ends this process and no other. Lines end in
a line feed; where one ends in a hyphen, hard or soft, U+FFFE stands for both.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import pairwise
from statistics import median
from typing import Any

MEMORY = 2 << 30  # bytes of address space
PROCESSOR = 30  # seconds
GUTTER = 1.0  # points that a line may reach into the space between two columns
SIDE_LINES = 6  # that a column has at least
FULL = 0.6  # of a column's width: prose fills its lines, the cells of a table don't
LETTERS = 18  # characters of a column's usual line, at least
TURNS = 0.3  # changes of side a line from which on the columns are written line by line

Box = tuple[float, float, float, float]
"""Left, bottom, right and top of a line's piece, in points."""


def main() -> None:
    """Read the file that standard input holds; the options are the one argument, as JSON."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever native code prints must not be taken for the answer
    options = json.loads(sys.argv[1])
    _bound()
    try:
        import pypdfium2
    except ModuleNotFoundError as error:
        report: dict[str, Any] = {"missing": error.name}
    else:
        try:
            report = _read(pypdfium2, sys.stdin.buffer.read(), **options)
        except pypdfium2.PdfiumError as error:
            report = {"error": str(error)}
        except MemoryError:
            report = {"error": "needs too much memory"}
    json.dump(report, answer)
    answer.flush()
    answer.close()
    os._exit(0)  # closing a broken document may hang, and there is nothing to put in order


def _bound() -> None:
    try:
        import resource
    except ModuleNotFoundError:  # Windows; the parent's patience bounds it there
        return
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, PROCESSOR)):
        hard = resource.getrlimit(limit)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (soft, hard))


def _read(pdfium: Any, data: bytes, characters: int, pages: int) -> dict[str, Any]:
    """Return the pages' texts and the numbers of those read as two columns."""
    document = pdfium.PdfDocument(data)
    texts: list[str] = []
    columns: list[int] = []
    broken: list[int] = []
    known = {"title": document.get_metadata_value("Title"), "total": len(document)}
    for number in range(1, min(len(document), pages) + 1):
        try:
            page = document[number - 1]
            text = page.get_textpage()
            gutter = _gutter([text.get_rect(n) for n in range(text.count_rects())], text)
        except pdfium.PdfiumError:
            broken.append(number)
            texts.append("")
            continue
        if gutter is None:
            texts.append(_lines(text.get_text_range()))
        else:
            columns.append(number)
            texts.append(_by_column(text, *gutter, page.get_size()))
        characters -= len(texts[-1])
        if characters < 0:
            return {"too_long": True}
        text.close()
        page.close()
    return {"pages": texts, "columns": columns, "broken": broken, **known}


def _lines(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x02", "\ufffe").replace("\ufffe\n", "\ufffe")


def _gutter(boxes: list[Box], text: Any) -> tuple[float, list[Box]] | None:
    """Return where two columns part that are written line by line, and what spans both.

    None where there are no two columns of prose, or the file has them in the order of reading.
    """
    boxes = [box for box in boxes if box[2] - box[0] > GUTTER]
    if len(boxes) < 2 * SIDE_LINES:
        return None
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    width = right - left
    middle = [left + width * part / 100 for part in range(35, 66)]
    at = min(
        middle, key=lambda x: (sum(_spans(box, x) for box in boxes), abs(x - left - width / 2))
    )
    wide = [box for box in boxes if _spans(box, at)]
    sides = [box[0] >= at - GUTTER for box in boxes if not _spans(box, at)]
    turns = sum(one != other for one, other in pairwise(sides))
    halves = [
        _joined(box for box in boxes if not _spans(box, at) and (box[0] >= at - GUTTER) == side)
        for side in (False, True)
    ]
    few = min(map(len, halves)) < SIDE_LINES or len(wide) > len(boxes) / 4
    if few or turns < TURNS * sum(map(len, halves)) or not all(map(_is_prose, halves)):
        return None
    shortest = min(median(len(text.get_text_bounded(*line)) for line in half) for half in halves)
    return (at, wide) if shortest >= LETTERS else None


def _spans(box: Box, x: float) -> bool:
    return box[0] < x - GUTTER and box[2] > x + GUTTER


def _joined(boxes: Any) -> list[Box]:
    """Return the lines that *boxes* are pieces of, from top to bottom."""
    lines: list[Box] = []
    for box in sorted(boxes, key=lambda box: -(box[1] + box[3])):
        if lines and (box[1] + box[3]) / 2 > lines[-1][1]:
            old = lines[-1]
            low, high = min(old[1], box[1]), max(old[3], box[3])
            lines[-1] = (min(old[0], box[0]), low, max(old[2], box[2]), high)
        else:
            lines.append(box)
    return lines


def _is_prose(lines: list[Box]) -> bool:
    width = max(line[2] for line in lines) - min(line[0] for line in lines)
    return median(line[2] - line[0] for line in lines) >= FULL * width


def _by_column(text: Any, at: float, wide: list[Box], size: tuple[float, float]) -> str:
    """Return the page's text: down the left column, then the right, between what spans both."""
    parts = []
    top = size[1]
    for line in (*_joined(wide), None):
        bottom = line[3] if line else 0.0
        for side in ((0.0, bottom, at, top), (at, bottom, size[0], top)):
            parts.append(text.get_text_bounded(*side))
        if line:
            parts.append(text.get_text_bounded(0.0, line[1], size[0], line[3]))
            top = line[1]
    return "\n".join(_lines(part) for part in parts if part.strip())


if __name__ == "__main__":
    main()
