"""Take the article out of a file of any kind that holds one: its ending or first bytes tell how."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from summarizer.errors import InputError
from summarizer.read import content, feed, page, pdf
from summarizer.read.content import PDF, refuse_unusable, text_of
from summarizer.read.taken import Taken

Kind = Literal["text", "page", "pdf", "lines", "feed"]

ENDINGS: dict[str, Kind] = {
    **dict.fromkeys((".txt", ".md"), "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "page"),
    **dict.fromkeys((".jsonl", ".ndjson"), "lines"),
    **dict.fromkeys((".rss", ".atom", ".xml"), "feed"),
    ".pdf": "pdf",
}
"""Endings of files, in lower case, that tell their kind; of others the first bytes tell."""

_FIRST = 4_000  # bytes in which a page or feed shows itself
_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_FEED = re.compile(rb"\s*(?:<!--.*?-->\s*|<\?[^>]*>\s*)*<(?:rss|feed|rdf:RDF)[\s>]", re.I | re.S)


def kind_of(path: Path) -> Kind | None:
    """Return the kind that the ending of *path* tells, if it does."""
    return ENDINGS.get(path.suffix.lower())


def kind_by_content(data: bytes) -> Kind:
    """Return the kind that the first bytes of a file tell; a text if nothing speaks against it."""
    start = data[:_FIRST].removeprefix(b"\xef\xbb\xbf")
    if start.startswith(PDF):
        return "pdf"
    if _FEED.match(start):
        return "feed"
    return "page" if _PAGE.match(start) else "text"


def most_bytes(kind: Kind, max_characters: int) -> int:
    """Return how many bytes of a file of this kind are read at most; so many are too many."""
    if kind == "text":
        return content.most_bytes(max_characters)
    return {"page": page.MAX_BYTES, "pdf": pdf.MAX_BYTES, "feed": feed.MAX_BYTES}[kind] + 1


def taken(data: bytes, kind: Kind, where: str, max_characters: int, encoding: str | None) -> Taken:
    """Return what *data*, a file of this kind, holds as a report.

    Raises:
        InputError: nothing that can be used; the message begins with *where*.
    """
    if kind == "text":
        text, guessed = text_of(data, where, max_characters, encoding)
        told = f"read as {guessed}, which is a guess: the file does not say how it is encoded; if "
        return Taken(
            text, warnings=(f"{told}words look wrong, say it: --encoding NAME",) if guessed else ()
        )
    module = pdf if kind == "pdf" else page
    if len(data) > module.MAX_BYTES:
        raise InputError(
            f"{where}: larger than {module.MAX_BYTES >> 20} MB; save its text as .txt and give that"
        )
    if kind == "pdf":
        found = pdf.from_pdf(data, where, max_characters)
    else:
        found = page.from_page(data, where, encoding)
    refuse_unusable(found.text, where, max_characters)
    return found
