"""Make the most of an answer: what fits the draft is kept, the rest is named as problems."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.ask.lenient import Numeral
from summarizer.ask.spoken import Spoken
from summarizer.ask.unwrap import Found, find_record, unwrapped
from summarizer.draft.shape import (
    Choice,
    Listing,
    Maybe,
    Part,
    Row,
    SentenceNumber,
    Shape,
    Text,
    Words,
    shape_of,
)

D = TypeVar("D", bound=BaseModel)
Path = tuple[str | int, ...]

Reason = Literal["schema", "truncated"]

_EXCERPT = 200  # characters of a rejected value worth showing
_NAMED, _NAME = 5, 40  # fields that nobody asked for worth naming, and characters of each
_DIGITS = 300  # of a number that still is one
_CUT: Any = object()
_NULLABLE = (Maybe, Listing, Choice)


@dataclass(frozen=True)
class Problem:
    """A part of an answer that could not be kept, as JSON text in *value*."""

    field: str
    value: str
    reason: Reason
    detail: str


@dataclass(frozen=True)
class Salvage(Generic[D]):
    """What could be kept, if anything, and what could not.

    ``notes`` tell how the answer was read where that might be doubted. ``fitting`` is what was
    kept, as JSON.
    """

    draft: D | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    fitting: str = ""


def salvage(draft: type[D], spoken: Spoken) -> Salvage[D]:
    """Return the parts of an answer that fit *draft*.

    A list element that does not fit is dropped alone, an optional field becomes None. Of an answer
    that breaks off only what was written to its end is kept: no half number, name or element.
    """
    row = shape_of(draft)
    found = find_record(spoken.text, row)
    if found is None:
        return Salvage(None, (_nothing(spoken),))
    reading = _Reading(found)
    named = reading.named(found.record, row, ())
    if found.fault:
        reading.problems.append(_broken_off(found, spoken))
    return _fitted(draft, named, reading.problems, tuple(reading.notes(found)))


def is_empty(value: object) -> bool:
    """Tell whether *value* says nothing: null, no text, no element, no field but with defaults."""
    if isinstance(value, BaseModel):
        return all(is_empty(getattr(value, name)) for name in value.model_fields_set)
    if isinstance(value, list | tuple):
        return all(map(is_empty, value))
    return value is None or value == ""


class _Reading:
    """Keeps what a draft has room for and notes what it has none for."""

    def __init__(self, found: Found) -> None:
        self.problems: list[Problem] = []
        self._open = found.value.open
        self._unasked: dict[str, None] = {}

    def notes(self, found: Found) -> Iterator[str]:
        """Yield how the answer was read."""
        if found.others:
            yield f"the answer was given {found.others + 1} times; the last whole one counts"
        if found.value.repeated:
            yield "the answer names a field of a record twice; the last one counts"
        if names := list(self._unasked):
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            shown = ", ".join(f"“{' '.join(name.split())[:_NAME]}”" for name in names[:_NAMED])
            yield f"the answer has fields that nobody asked for, left out: {shown}{more}"

    def named(self, value: Any, shape: Shape, path: Path) -> Any:
        """Return *value* as JSON for *shape*, ``_CUT`` for objects below the top that are open."""
        match shape:
            case Maybe(item) if value is not None:
                return self.named(value, item, path)
            case Listing(item):
                return self._list(value, item, shape.most, path)
            case Row():
                return self._row(value, shape, path)
            case Words() | Text() if isinstance(value, Numeral):
                return str(value)
        return _plain(value)

    def _list(self, value: Any, item: Shape, most: int | None, path: Path) -> Any:
        if value is None:
            return []
        alone = dict if isinstance(item, Row) else str
        if isinstance(value, alone) and isinstance(item, Row | Words | SentenceNumber):
            value = [value]  # the only one, given without a list
        if not isinstance(value, list):
            return _plain(value)
        for index, extra in enumerate(value[most:] if most is not None else (), most or 0):
            problem = _problem((*path, index), _plain(extra), "schema", f"more than {most}")
            self.problems.append(problem)
        kept = (self.named(v, item, (*path, i)) for i, v in enumerate(value[:most]))
        return [one for one in kept if one is not _CUT]

    def _row(self, value: Any, row: Row, path: Path) -> Any:
        names = {part.name for part in row.parts}
        if path and not (isinstance(value, dict) and names & value.keys()):
            value = unwrapped(value, row)
        if not isinstance(value, dict):
            return _plain(value)
        if path and id(value) in self._open:
            return _CUT
        self._unasked |= dict.fromkeys(name for name in value if name not in names)
        read = {
            part.name: self.named(value[part.name], part.shape, (*path, part.name))
            for part in row.parts
            if part.name in value and not _is_default(value[part.name], part)
        }
        given = {name: inner for name, inner in read.items() if inner is not _CUT}
        return _left_out(row, given) | given if given else _plain(value)


def _is_default(value: Any, part: Part) -> bool:
    """Tell whether *value* is a null that leaves a field which takes none to its default."""
    return value is None and not part.required and not isinstance(part.shape, _NULLABLE)


def _left_out(row: Row, given: dict[str, Any]) -> dict[str, Any]:
    """Return what stands for the fields that were left out because nothing is to be said there."""
    missing = [part for part in row.parts if part.required and part.name not in given]
    loose = [part for part in missing if isinstance(part.shape, Listing | Maybe)]
    return {part.name: [] if isinstance(part.shape, Listing) else None for part in loose}


def _plain(value: Any) -> Any:
    """Return *value* with numbers in place of how they were written."""
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if not isinstance(value, Numeral) or len(value) > _DIGITS:
        return value
    return int(value) if value.lstrip("+-").isdecimal() else float(value)


def _fitted(
    draft: type[D], data: Any, problems: list[Problem], notes: tuple[str, ...]
) -> Salvage[D]:
    """Drop what does not validate until the rest does; each round drops something."""
    while True:
        text = json.dumps(data)
        try:
            return Salvage(draft.model_validate_json(text), tuple(problems), notes, text)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False)
        doomed: dict[Path, tuple[bool, str]] = {}
        for detail in details:
            if part := _droppable(data, shape_of(draft), detail["loc"]):
                doomed.setdefault(part[0], (part[1], detail["msg"]))
        if not doomed:
            first = details[0]
            problems.append(_problem(first["loc"], first["input"], "schema", first["msg"]))
            return Salvage(None, tuple(problems), notes)
        outermost = [p for p in doomed if not any(p[:n] in doomed for n in range(len(p)))]
        # From the back: what is in front of a dropped element keeps its index.
        for path in sorted(outermost, key=_in_order, reverse=True):
            is_needed, why = doomed[path]
            dropped = _drop(data, path, is_needed=is_needed)
            problems.append(_problem(path, dropped, "schema", why))


def _droppable(data: Any, shape: Shape, location: Path) -> tuple[Path, bool] | None:
    """Return the path of the smallest part around *location* that the draft can do without.

    With it, whether null must stand in its place.
    """
    path: Path = ()
    smallest: tuple[Path, bool] | None = None
    for step in location:
        shape = shape.item if isinstance(shape, Maybe) else shape
        if isinstance(shape, Row) and isinstance(data, dict):
            part = next((part for part in shape.parts if part.name == step), None)
            if part is None:
                break
            path, shape = (*path, step), part.shape
            can_be_null = isinstance(shape, Maybe) and data.get(step) is not None
            if can_be_null if part.required else step in data:
                smallest = path, part.required
            data = data.get(step)
        elif isinstance(shape, Listing) and isinstance(data, list) and isinstance(step, int):
            path = (*path, step)
            smallest = path, False
            data, shape = data[step], shape.item
        else:
            break
    return smallest


def _drop(data: Any, path: Path, *, is_needed: bool) -> Any:
    """Take a list element or a field out, or make the field null; return what was there."""
    *way, last = path
    for step in way:
        data = data[step]
    dropped = data.pop(last)
    if is_needed:
        data[last] = None
    return dropped


def _in_order(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (0, step) for step in path)


def _nothing(spoken: Spoken) -> Problem:
    """Say why an answer holds no record."""
    if not spoken.text:
        detail = "nothing but reasoning" if spoken.thought else "an empty answer"
    elif not any(bracket in spoken.text for bracket in "{["):
        detail = "no JSON"
    else:
        detail = "no JSON with a field that was asked for"
    return _problem((), spoken.text, "truncated" if spoken.cut else "schema", detail)


def _broken_off(found: Found, spoken: Spoken) -> Problem:
    """Say where an answer ends before its record does."""
    end = found.value.written[-_EXCERPT:]
    if found.fault == "broken":
        return _problem((), end, "schema", "what follows is no JSON")
    where = "cut off at the token limit" if spoken.cut else "the answer breaks off there"
    return _problem((), end, "truncated", where)


def _problem(path: Path, value: object, reason: Reason, detail: str) -> Problem:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return Problem(".".join(map(str, path)), text[:_EXCERPT], reason, detail)
