"""Make the most of an answer: what fits the draft is kept, the rest is named as problems."""

from __future__ import annotations

import json
import re
import string
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from summarizer.draft.shape import Listing, Maybe, Row, Shape, shape_of

D = TypeVar("D", bound=BaseModel)
Path = tuple[str | int, ...]

Reason = Literal["schema", "truncated"]

_EXCERPT = 200  # characters of a rejected value worth showing
_SCALAR = string.ascii_letters + string.digits + "+-."
_FENCE = re.compile(r"```(?:json)?\s*(?=[\[{])")
_CUT: Any = object()
_LOOSE = (Listing, Maybe)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)', re.DOTALL)


@dataclass(frozen=True)
class Problem:
    """A part of an answer that could not be kept, as JSON text in *value*."""

    field: str
    value: str
    reason: Reason
    detail: str


@dataclass(frozen=True)
class Salvage(Generic[D]):
    """What could be kept, if anything, and what could not."""

    draft: D | None
    problems: tuple[Problem, ...]


def bare_json(content: str, *, truncated: bool) -> str:
    """Return the JSON of an answer that wraps it in reasoning, prose or a code fence."""
    content = content.rpartition("</think>")[2].strip()
    if content.startswith(("{", "[")):
        return content
    if fence := _FENCE.search(content):
        content = content[fence.end() :]
    content = content[min((i for i in map(content.find, "{[") if i >= 0), default=0) :]
    if truncated:
        return content
    try:
        _, end = json.JSONDecoder().raw_decode(content)
    except (ValueError, RecursionError):
        return content
    return content[:end]


def salvage(draft: type[D], answer: str, *, truncated: bool) -> Salvage[D]:
    """Return the parts of *answer* that fit *draft*.

    A list element that does not fit is dropped alone, an optional field becomes None. Of a
    *truncated* answer only what was written to its end is kept: no half number, name or element.
    """
    try:
        # An open string is left out by the parser; an open number would pass for a whole one.
        whole = answer.rstrip(_SCALAR) if truncated else answer
        data = from_json(whole, allow_partial=truncated)
    except ValueError as error:
        reason: Reason = "truncated" if truncated else "schema"
        return Salvage(None, (_problem((), answer, reason, f"no JSON: {error}"),))
    reading = _Reading(_open_containers(whole, data) if truncated else frozenset())
    named = reading.named(data, shape_of(draft), ())
    if truncated:
        end = answer[-_EXCERPT:]
        reading.problems.append(_problem((), end, "truncated", "cut off at the token limit"))
        if isinstance(named, dict):
            named = _empty(shape_of(draft)) | named
    return _fitted(draft, named, reading.problems)


class _Reading:
    """Keeps what a draft has room for and notes what it has none for."""

    def __init__(self, open_containers: frozenset[int]) -> None:
        self.problems: list[Problem] = []
        self._open = open_containers

    def named(self, value: Any, shape: Shape, path: Path) -> Any:
        """Return *value* without extras, ``_CUT`` for objects below the top that were cut off."""
        match shape:
            case Maybe(item) if value is not None:
                return self.named(value, item, path)
            case Listing(item, _, most) if isinstance(value, list):
                for index, extra in enumerate(value[most:], most):
                    problem = _problem((*path, index), extra, "schema", f"more than {most}")
                    self.problems.append(problem)
                return [self.named(v, item, (*path, i)) for i, v in enumerate(value[:most])]
            case Row() if isinstance(value, dict):
                return _CUT if path and id(value) in self._open else self._row(value, shape, path)
        return value

    def _row(self, value: dict[str, Any], row: Row, path: Path) -> dict[str, Any]:
        return {
            part.name: self.named(value[part.name], part.shape, (*path, part.name))
            for part in row.parts
            if part.name in value
        }


def _open_containers(answer: str, data: Any) -> frozenset[int]:
    """Return the ids of the lists and objects in *data* that the cut-off *answer* left open."""
    brackets = _STRING.sub("", answer)
    depth = sum(map(brackets.count, "[{")) - sum(map(brackets.count, "]}"))
    found = []
    for _ in range(depth):
        found.append(id(data))
        data = list(data.values() if isinstance(data, dict) else data)[-1:]
        data = data[0] if data else None
    return frozenset(found)


def _empty(row: Row) -> dict[str, Any]:
    """Return what stands for the fields that a cut-off draft no longer got."""
    kinds = {part.name: type(part.shape) for part in row.parts}
    return {name: [] if kind is Listing else None for name, kind in kinds.items() if kind in _LOOSE}


def _fitted(draft: type[D], data: Any, problems: list[Problem]) -> Salvage[D]:
    """Drop what does not validate until the rest does; each round drops something."""
    while True:
        try:
            return Salvage(draft.model_validate(data), tuple(problems))
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False)
        doomed: dict[Path, str] = {}
        for detail in details:
            if path := _droppable(data, shape_of(draft), detail["loc"]):
                doomed.setdefault(path, detail["msg"])
        if not doomed:
            first = details[0]
            problems.append(_problem(first["loc"], first["input"], "schema", first["msg"]))
            return Salvage(None, tuple(problems))
        outermost = [p for p in doomed if not any(p[:n] in doomed for n in range(len(p)))]
        # From the back: what is in front of a dropped element keeps its index.
        for path in sorted(outermost, key=_in_order, reverse=True):
            dropped = _drop(data, path)
            if dropped is not _CUT:
                problems.append(_problem(path, dropped, "schema", doomed[path]))


def _droppable(data: Any, shape: Shape, location: Path) -> Path | None:
    """Return the path of the smallest part around *location* that the draft can do without."""
    path: Path = ()
    smallest: Path | None = None
    for step in location:
        shape = shape.item if isinstance(shape, Maybe) else shape
        if isinstance(shape, Row) and isinstance(data, dict):
            inner = next((part.shape for part in shape.parts if part.name == step), None)
            if inner is None:
                break
            path, shape = (*path, step), inner
            if isinstance(inner, Maybe) and data.get(step, _CUT) is not None:
                smallest = path
            data = data.get(step)
        elif isinstance(shape, Listing) and isinstance(data, list) and isinstance(step, int):
            smallest = path = (*path, step)
            data, shape = data[step], shape.item
        else:
            break
    return smallest


def _drop(data: Any, path: Path) -> Any:
    """Take a list element out, or make a field None; return what was there."""
    *way, last = path
    for step in way:
        data = data[step]
    if isinstance(last, int):
        return data.pop(last)
    dropped = data.get(last)
    data[last] = None
    return dropped


def _in_order(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (0, step) for step in path)


def _problem(path: Path, value: object, reason: Reason, detail: str) -> Problem:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return Problem(".".join(map(str, path)), text[:_EXCERPT], reason, detail)
