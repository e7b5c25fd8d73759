"""Where briefs and kept texts go: a report in, the file in a folder that is its alone out."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from summarizer.cli.files import brief_names, fitting, folded, write_whole
from summarizer.errors import InputError
from summarizer.read import Article, Source, is_address, path_of
from summarizer.source import Document

_BYTE_ORDER_MARK = "\ufeff"


class Targets:
    """Names the reports of a run, no two the same, whatever the order in which they are asked for.

    A report has the name of its file, and one of several in ``news.jsonl`` is ``news.ID``, with
    more dots where another file is called so.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._names = brief_names([path_of(source) for source in sources])
        self._sorted = sorted(map(folded, self._names.values()))
        self._files = {os.path.realpath(source) for source in sources if not is_address(source)}
        self._begin = lru_cache(self._start)

    def name_of(self, article: Article, document: Document) -> str:
        """Return the name of a report, without ending."""
        name = self._names[article.path]
        return name if article.part is None else f"{self._begin(name)}{document.id}"

    def _start(self, name: str) -> str:
        """Return *name* with as many dots as no other name has behind it."""
        name += "."
        while True:
            at = bisect_left(self._sorted, folded(name))
            if at == len(self._sorted) or not self._sorted[at].startswith(folded(name)):
                return name
            name += "."

    def keep_text(self, folder: Path, name: str, document: Document) -> None:
        """Write the text that offsets count in, so that reading the file gives it again.

        Raises:
            InputError: it cannot be written, or would overwrite one of the reports.
        """
        target = folder / fitting(name, ".txt")
        if os.path.realpath(target) in self._files:
            raise InputError(f"{target}: is a report itself; give --keep-text another folder")
        # What begins with a byte order mark loses it in reading, so it needs another one.
        mark = _BYTE_ORDER_MARK if document.text.startswith(_BYTE_ORDER_MARK) else ""
        write_whole(target, mark + document.text, option="--keep-text")
