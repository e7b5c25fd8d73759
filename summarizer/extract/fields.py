"""Tell a model in plain words which fields are wanted: an engine may not show it the schema."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator

from pydantic import BaseModel

from summarizer.draft.shape import (
    Choice,
    Listing,
    Maybe,
    Number,
    Row,
    SentenceNumber,
    Shape,
    Text,
    Words,
)


def describe(row: Row) -> str:
    """Return the fields of *row*, one a line, with their types and descriptions."""
    return "\n".join(_lines(row, ""))


def purpose(model: type[BaseModel]) -> str:
    """Return the docstring of *model*, as one line; empty when it has none of its own."""
    return _one_line(inspect.cleandoc(model.__dict__.get("__doc__") or ""))


def holds(shape: Shape, kind: type[Shape]) -> bool:
    """Tell whether *shape* has a part of this *kind* at any depth."""
    match shape:
        case Maybe(item) | Listing(item, _, _):
            return holds(item, kind)
        case Row(_, parts):
            return any(holds(part.shape, kind) for part in parts)
    return isinstance(shape, kind)


def _lines(row: Row, indent: str) -> Iterator[str]:
    for part in row.parts:
        told = f": {_one_line(part.description)}" if part.description else ""
        yield f"{indent}- {part.name} ({_kind(part.shape)}){told}"
        inner = part.shape
        while isinstance(inner, Maybe | Listing):
            inner = inner.item
        if isinstance(inner, Row):
            yield from _lines(inner, indent + "  ")


def _kind(shape: Shape) -> str:
    match shape:
        case Words():
            return "exact words of the text"
        case SentenceNumber():
            return "number of the sentence"
        case Text():
            return "text"
        case Number(whole):
            return "whole number" if whole else "number"
        case Choice(values):
            return " or ".join(v if isinstance(v, str) else json.dumps(v) for v in values)
        case Maybe(item):
            return f"{_kind(item)}, or null"
        case Listing(item):
            return f"list, each: {_kind(item)}"
        case Row(model):
            about = purpose(model)
            return f"object: {about}" if about else "object"


def _one_line(text: str) -> str:
    return " ".join(text.split())
