"""The source and places in it: frozen values that every step hands forward.

Offsets are half-open ``[start, end)`` and count Unicode code points of ``Document.text``,
which is never changed after reading. Sentence ids are 1-based; so are pages, in a text each page of
which ends with a form feed.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Match = Literal["exact", "typography", "case", "folded"]
"""How words were found: as they stand; but for quote marks, dashes, white space, Unicode
composition, markup, a hyphen at a line's end or a Korean particle; but for case; but for
diacritics. There is no fuzzier class."""

PublishedBasis = Literal["given", "metadata", "inferred", "none"]
SentenceKind = Literal["body", "heading", "caption", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text: ``text[start:end]`` are the words found."""

    start: int
    end: int
    match: Match = "exact"

    def moved(self, by: int) -> Span:
        """Return the same place in a text that begins *by* characters earlier."""
        return Span(self.start + by, self.end + by, self.match)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading or caption of a document.

    ``text`` is ``document.text[start:end]``, without surrounding white space.
    """

    id: int
    start: int
    end: int
    text: str
    kind: SentenceKind = "body"


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read: its text, unchanged, and what is known about it.

    ``published`` is an ISO date (``YYYY-MM-DD``) or None; relative dates in the text are only
    resolved against it, never against today. ``warnings`` tell what reading it had to guess.
    """

    text: str = field(repr=False)
    id: str = "document"
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    published_basis: PublishedBasis = "none"
    warnings: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


PAGE_END = "\f"
"""Ends each page of a paged text, as in what pdftotext writes: the text itself says its pages."""


def page_ends(text: str) -> list[int]:
    """Return the offsets behind the pages of *text*, in order; none if it is not paged."""
    return [found.end() for found in re.finditer(PAGE_END, text)]


def page_at(ends: Sequence[int], offset: int) -> int | None:
    """Return the number of the page that *offset* lies on, from 1; None if the text is not paged.

    *ends* are those that ``page_ends`` returned.
    """
    return bisect_right(ends, offset) + 1 if ends else None


@dataclass(frozen=True, slots=True)
class Window:
    """A run of whole sentences of one document that the model sees at once."""

    document: Document
    sentences: tuple[Sentence, ...]

    @property
    def start(self) -> int:
        """Offset of the window's first character in ``document.text``."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Offset behind the window's last character in ``document.text``."""
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        """The window's own slice of ``document.text``."""
        return self.document.text[self.start : self.end]

    def sentence(self, number: int) -> Sentence | None:
        """Return the window's sentence with the id *number*, or None."""
        return next((s for s in self.sentences if s.id == number), None)


PASSAGE = 6_000
"""Characters of a list that counts as one passage; longer ones go on as single sentences."""

_BULLET = re.compile(r"^(?:[•▪●◦‣*·–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s*")


def passages(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """Yield the body's sentences; one that introduces a list comes with the list's items."""
    held: list[Sentence] = []
    for sentence in sentences:
        listed = bool(held) and held[0].text.endswith(":") and bool(_BULLET.match(sentence.text))
        if sentence.kind == "body" and listed and sentence.end - held[0].start < PASSAGE:
            held.append(sentence)
            continue
        if held:
            yield tuple(held)
        held = [sentence] if sentence.kind == "body" else []
    if held:
        yield tuple(held)
