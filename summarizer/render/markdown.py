"""The pieces that Markdown pages are put together from; all text that goes in is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from summarizer.escape import for_markdown

if TYPE_CHECKING:
    from summarizer.brief import Citation, DateValue, Item, Place
    from summarizer.dossier import LedgerRow

NONE = "–"
_ID = re.compile(r"[\w.+-]+")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table; its cells must be escaped already."""
    body = ["| " + " | ".join(row) + " |" for row in rows]
    if not body:
        return []
    return ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head), *body, ""]


def section(title: str, lines: Sequence[str]) -> list[str]:
    """Return *lines* under a heading, or nothing when there are none."""
    return [f"## {title}", "", *lines, *([""] if lines[-1] else [])] if lines else []


def field(name: str, value: str | None) -> list[str]:
    """Return a list entry *name*: *value*, or nothing when it is unknown."""
    return [f"- {name}: {value}"] if value else []


def marks(citations: Iterable[Citation]) -> str:
    """Return the marks of the sentences cited, each once, in order: ``[S3] [S5]``."""
    ordered = sorted(citations, key=lambda citation: citation.sentence)
    return " ".join(dict.fromkeys(map(mark, ordered)))


def mark(citation: Citation) -> str:
    """Return the mark of one citation: its sentence."""
    return f"[S{citation.sentence}]"


def quotes(citations: Iterable[Citation]) -> Iterator[str]:
    """Yield the quoted words as block quotes, each once."""
    for line in dict.fromkeys(f"> “{for_markdown(c.quote)}” {mark(c)}" for c in citations):
        yield line
        yield ""


def date(value: DateValue | None) -> str | None:
    """Return the words of a date and what they come to."""
    if value is None:
        return None
    meaning = for_markdown(value.edtf or "left open")
    return f"“{for_markdown(value.text)}” ({meaning}) {marks(value.citations)}"


def place(value: Place | None) -> str | None:
    """Return the name of a place and its country."""
    if value is None:
        return None
    country = f" ({value.country})" if value.country else ""
    return f"{for_markdown(value.name)}{country} {marks(value.citations)}"


def quantity(item: Item | LedgerRow) -> str:
    """Return how many of an item there are: ``20–40 pieces``, ``about 3``, or a dash."""
    if item.quantity is None:
        return NONE
    upper = f"–{item.quantity_max:,}" if item.quantity_max not in (None, item.quantity) else ""
    about = "about " if getattr(item, "quantity_is_estimate", False) else ""
    unit = f" {for_markdown(item.unit)}" if item.unit else ""
    return f"{about}{item.quantity:,}{upper}{unit}"


def code(name: str) -> str:
    """Return an id in code type; one that could end the code span, as plain text."""
    return f"`{name}`" if _ID.fullmatch(name) else for_markdown(name)


def in_words(code: str) -> str:
    """Return a code of the contract as words: ``media report`` for ``media_report``."""
    return code.replace("_", " ")
