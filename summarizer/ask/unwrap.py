"""Find the record in the text of an answer, whatever is wrapped around it.

Of several records the last whole one counts; one that breaks off only when none is whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.ask.lenient import Fault, Value, find_values
from summarizer.draft.shape import Listing, Maybe, Row, Shape

MAX_WRAPS = 6
"""Wrappings within each other that are looked through."""
_SEPARATORS = re.compile(r"[\s,]+")
_ARGUMENTS = ("arguments", "parameters", "input", "args")
_CALL = {"name", "type", "id", "function", "tool", *_ARGUMENTS}


@dataclass(frozen=True)
class Found:
    """A record, the *value* of the text that it is in, and whether it breaks off."""

    record: dict[str, Any]
    value: Value
    fault: Fault | None
    others: int = 0
    """Other records of the text, which do not count."""


def find_record(text: str, row: Row) -> Found | None:
    """Return the record in *text* that has fields of *row*, None when there is none."""
    text = _unquoted(text)
    values = list(find_values(text))
    found = [one for value in values for one in _within(value.data, value, _names(row), 0)]
    found = found or list(_elements(text, values, row))
    if found:
        best = next((one for one in reversed(found) if not one.fault), found[-1])
        others = sum(one.record != best.record for one in found)
        return Found(best.record, best.value, best.fault, others)
    blank = [value for value in values if value.data == {} and not value.fault]
    if blank and not any(part.required for part in row.parts):
        return Found({}, blank[-1], None)
    return None


def unwrapped(value: Any, row: Row) -> Any:
    """Return the record that *value* wraps; *value* itself when that is not clear."""
    within = _within(value, Value(value, "", None, frozenset(), False), _names(row), 0)
    records = [found.record for found in within if not found.fault]
    return records[0] if len(records) == 1 else value


def _within(data: Any, value: Value, names: set[str], depth: int) -> Iterator[Found]:
    """Yield the records within *data*: itself, under a name, in a list, or written as text."""
    if isinstance(data, dict) and names & data.keys() and not _is_call(data, names):
        yield Found(data, value, value.fault if id(data) in value.open else None)
    elif depth < MAX_WRAPS:
        for inside, source in _inside(data, value, names):
            yield from _within(inside, source, names, depth + 1)


def _inside(data: Any, value: Value, names: set[str]) -> Iterator[tuple[Any, Value]]:
    """Yield what *data* may wrap, each with the value that it is in."""
    if isinstance(data, dict):
        # Text beside other things may be a remark that quotes the article.
        alone = len(data) == 1 or _is_call(data, names)
        yield from ((one, value) for one in data.values() if alone or not isinstance(one, str))
    elif isinstance(data, list):
        yield from ((one, value) for one in data if isinstance(one, dict))
    elif isinstance(data, str) and data.lstrip()[:1] in ("{", "["):
        yield from ((inner.data, inner) for inner in find_values(data))


def _is_call(data: Mapping[str, Any], names: set[str]) -> bool:
    """Tell whether *data* is a tool call, which may have a name in common with the record."""
    given = [data[key] for key in _ARGUMENTS if key in data and key not in names]
    packed = (isinstance(one, dict) or str(one).lstrip().startswith("{") for one in given)
    return data.keys() <= _CALL and any(packed)


def _elements(text: str, values: Sequence[Value], row: Row) -> Iterator[Found]:
    """Yield records whose one list is given bare: as a list, an element, or an element a line."""
    lists = {part.name: part.shape.item for part in row.parts if isinstance(part.shape, Listing)}
    lists = {name: item for name, item in lists.items() if isinstance(item, Row)}
    needed = {p.name for p in row.parts if p.required and not isinstance(p.shape, Maybe)}
    if len(lists) != 1 or needed - lists.keys():
        return
    ((name, item),) = lists.items()
    names = _names(item)
    given = [value for value in values if any(names & one.keys() for one in _objects(value.data))]
    written = "".join(value.written for value in given)
    alone = _SEPARATORS.sub("", text) == _SEPARATORS.sub("", written)
    if len(given) > 1 and alone and all(isinstance(value.data, dict) for value in given):
        fault = next((value.fault for value in given if value.fault), None)
        opened = frozenset[int]().union(*(value.open for value in given))
        repeated = any(value.repeated for value in given)
        given = [Value([value.data for value in given], text, fault, opened, repeated)]
    for value in given:
        elements = value.data if isinstance(value.data, list) else [value.data]
        yield Found({name: elements}, value, value.fault)


def _objects(data: Any) -> list[dict[str, Any]]:
    return [one for one in (data if isinstance(data, list) else [data]) if isinstance(one, dict)]


def _names(shape: Shape) -> set[str]:
    return {part.name for part in shape.parts} if isinstance(shape, Row) else set()


def _unquoted(text: str) -> str:
    """Return the text that a text of JSON stands for, when it was packed twice."""
    if not text.startswith('"'):
        return text
    try:
        inner = json.loads(text)
    except ValueError:
        return text
    return inner if isinstance(inner, str) else text
