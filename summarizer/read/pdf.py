"""Take the text out of a PDF: its bytes in, a paged text out; a form feed ends each page.

What a page shows is kept but for running heads, which are left out and told of, and hyphens at
line ends, which are taken away where the word is written without one elsewhere.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from summarizer.errors import InputError
from summarizer.read import pdf_child
from summarizer.read.metadata import Metadata, as_line
from summarizer.read.taken import Taken
from summarizer.source import PAGE_END

MAX_BYTES = 100 << 20
MAX_PAGES = 2_000
PATIENCE = 45.0
"""Seconds for one file; ten pages take well under one."""

_NAMED = 12  # pages that a warning names
_HEAD_PAGES = 3  # a line has to stand on so many, and on half of all, to be a running head
_HEAD_LINES = 3  # that a page's head or foot has at most
_BROKEN = re.compile(r"(\w+)\ufffe(\w+)([^\w\s\ufffe]*)[ \t]?")
_NUMBER = re.compile(r"\d+")
_HEAD = re.compile(r".{0,80}[^.,;:!?\s]$")  # no line of a sentence that happens to recur
_UNUSABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_PASSWORD = "Incorrect password"


def from_pdf(data: bytes, where: str, max_characters: int) -> Taken:
    """Return the text of a PDF, with its pages, and what could not be read of it.

    Raises:
        InputError: it is broken, encrypted, has no text, or the extra ``pdf`` is not installed.
    """
    report = _opened(data, where, max_characters)
    pages, heads = _without_heads([page.strip("\n") for page in report["pages"]])
    text, guessed = _unhyphenated("".join(f"{page}{PAGE_END}" for page in pages))
    if not text.strip():
        raise InputError(
            f"{where}: a PDF without text, only images; run it through OCR and give the result"
        )
    blank = [n for n, page in enumerate(pages, 1) if not page.strip() and n not in report["broken"]]
    told = [
        (blank, "without text, such as a scan; what it shows is not read"),
        (report["broken"], "broken, and left out"),
        (report["columns"], "read as two columns, which is a guess from where the lines stand"),
    ]
    warnings = [f"{_pages(numbers)}: {what}" for numbers, what in told if numbers]
    if report["total"] > len(pages):
        warnings.append(f"only the first {len(pages)} of {report['total']} pages are read")
    if heads:
        warnings.append(f"{heads} running heads and page numbers are left out")
    if guessed:
        warnings.append(
            f"{guessed} words broken at a line's end were put together, which is a guess: they "
            "stand nowhere else"
        )
    return Taken(text, Metadata(title=as_line(report["title"])), tuple(warnings))


def _opened(data: bytes, where: str, max_characters: int) -> dict[str, Any]:
    options = json.dumps({"characters": max_characters, "pages": MAX_PAGES})
    try:
        done = subprocess.run(
            # -P: the files beside it must not pass for modules that it imports.
            [sys.executable, "-P", pdf_child.__file__, options],
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        report: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise InputError(
            f"{where}: a PDF that cannot be read within bounds of time and memory; save its text "
            "as .txt and give that"
        ) from error
    if "missing" in report:
        raise InputError(f"{where}: a PDF needs {report['missing']}: pip install 'summarizer[pdf]'")
    if "too_long" in report:
        raise InputError(
            f"{where}: longer than {max_characters:,} characters; split it into single reports"
        )
    if _PASSWORD in report.get("error", ""):
        raise InputError(f"{where}: an encrypted PDF; save it without its password and give that")
    if "error" in report:
        raise InputError(f"{where}: a broken PDF ({report['error']}); get it again")
    return {**report, "pages": [_UNUSABLE.sub(_kept, page) for page in report["pages"]]}


def _kept(found: re.Match[str]) -> str:
    return found[0] if found[0] == "\ufffe" else " "


def _pages(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    named = ", ".join(map(str, numbers[:_NAMED]))
    return f"page{'s' * (len(numbers) > 1)} {named}{more}"


def _without_heads(pages: Sequence[str]) -> tuple[list[str], int]:
    """Return the pages without the first and last lines that recur, and how many went.

    Lines that differ in numbers alone are the same one: "3 of 12".
    """
    kept = [page.split("\n") for page in pages]
    most = max(_HEAD_PAGES, len(pages) / 2)
    before = sum(map(len, kept))
    for edge in (0, -1) * _HEAD_LINES:
        found = Counter(_key(lines[edge]) for lines in kept if len(lines) > 1)
        heads = {key for key, count in found.items() if count >= most and key}
        for lines in kept:
            if len(lines) > 1 and _key(lines[edge]) in heads:
                del lines[edge]
    return ["\n".join(lines) for lines in kept], before - sum(map(len, kept))


def _key(line: str) -> str:
    key = _NUMBER.sub("0", line.strip())
    return key if _HEAD.match(key) else ""


def _unhyphenated(text: str) -> tuple[str, int]:
    """Return *text* with the words whole that a line's end broke, and how many are a guess.

    A word that stands elsewhere with its hyphen, or without, is written so here; of the others
    those keep it whose second part begins like a name or a number: Su-27.
    """
    words = Counter(re.findall(r"\w+(?:-\w+)*", text.replace("\ufffe", "\n")))
    guessed = 0

    def whole(found: re.Match[str]) -> str:
        nonlocal guessed
        joined, hyphened = found[1] + found[2], f"{found[1]}-{found[2]}"
        known = words[joined] - words[hyphened]
        if not known:
            guessed += 1
            known = found[2][0].islower() and not found[1].isupper()
        return f"{joined if known > 0 else hyphened}{found[3]}\n"

    text = _BROKEN.sub(whole, text)
    return text.replace("\ufffe", "-\n"), guessed
