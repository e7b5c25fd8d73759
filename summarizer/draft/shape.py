"""Read a draft type once, as a small tree of shapes that grammar, schema and salvage share."""

from __future__ import annotations

import enum
import json
import types
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo

from summarizer.draft.marks import SentenceMark, VerbatimMark
from summarizer.errors import SummarizerError


class DraftTypeError(SummarizerError, TypeError):
    """A draft type has a field that cannot be asked of a model."""


@dataclass(frozen=True)
class Words:
    """Words of the window, as they stand there; at most *most* characters if it is stated."""

    most: int | None


@dataclass(frozen=True)
class SentenceNumber:
    """The id of one of the window's sentences."""


@dataclass(frozen=True)
class Text:
    """A free string; of at most *most* characters if it is stated."""

    most: int | None


@dataclass(frozen=True)
class Number:
    """A number, whole or not."""

    whole: bool


@dataclass(frozen=True)
class Choice:
    """One of several fixed values, each of which JSON can express."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class Maybe:
    """A value or null."""

    item: Shape


@dataclass(frozen=True)
class Listing:
    """At least *least* values of one shape; at most *most* if it is stated."""

    item: Shape
    least: int
    most: int | None


@dataclass(frozen=True)
class Part:
    """One field of a row."""

    name: str
    shape: Shape
    description: str | None
    required: bool

    @cached_property
    def tells_sentence(self) -> bool:
        """Whether it holds the number of a sentence, or several."""
        shape = self.shape
        while isinstance(shape, Maybe | Listing):
            shape = shape.item
        return isinstance(shape, SentenceNumber)


@dataclass(frozen=True)
class Row:
    """The fields of a model, in order."""

    model: type[BaseModel]
    parts: tuple[Part, ...]


Shape: TypeAlias = "Words | SentenceNumber | Text | Number | Choice | Maybe | Listing | Row"


def shape_of(draft: type[BaseModel]) -> Row:
    """Return the shape of *draft*; raises DraftTypeError on what cannot be asked for."""
    if not isinstance(draft, type) or not issubclass(draft, BaseModel):
        raise DraftTypeError(f"a draft must be a class made from BaseModel, not {_named(draft)}")
    return _shape_of(draft)


def _named(thing: object) -> str:
    if get_origin(thing):
        return str(thing)
    name = getattr(thing, "__name__", None)
    return name if isinstance(name, str) else f"a value of the type {type(thing).__name__}"


@cache
def _shape_of(draft: type[BaseModel]) -> Row:
    return _row(draft, ())


def _row(model: type[BaseModel], above: tuple[type[BaseModel], ...]) -> Row:
    if issubclass(model, RootModel):
        raise DraftTypeError(
            f"draft {model.__name__} is a RootModel, which has no fields by name; use a BaseModel "
            "with a field for it"
        )
    if model in above:
        raise DraftTypeError(f"draft {model.__name__} contains itself; drafts must be finite")
    if not model.model_fields:
        raise DraftTypeError(f"draft {model.__name__} has no fields")
    return Row(
        model,
        tuple(
            Part(
                name,
                _field(model, name, field, (*above, model)),
                field.description,
                field.is_required(),
            )
            for name, field in model.model_fields.items()
        ),
    )


def _field(
    model: type[BaseModel], name: str, field: FieldInfo, above: tuple[type[BaseModel], ...]
) -> Shape:
    shape = _shape(field.annotation, field.metadata, above)
    if shape is None or field.validation_alias is not None:
        what = "an alias" if shape else f"the type {field.annotation}"
        raise DraftTypeError(
            f"field {name!r} of draft {model.__name__} has {what}, which cannot be asked for; use "
            "str, Verbatim, SentenceId, int, float, bool, a Literal or Enum of values that JSON "
            "knows, a draft, a list or tuple[X, ...] of one of these, or one of these or None"
        )
    return shape


def _shape(
    annotation: Any, marks: Iterable[object], above: tuple[type[BaseModel], ...]
) -> Shape | None:
    """Return the shape of an annotation and its metadata, None when there is none."""
    if get_origin(annotation) is Annotated:
        annotation, *inner = get_args(annotation)
        return _shape(annotation, (*marks, *inner), above)
    marks = tuple(bare for mark in marks for bare in _unpacked(mark))
    if (scalar := _scalar(annotation, marks)) is not None:
        return scalar
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _row(annotation, above)
    if origin in (Union, types.UnionType) and len(arguments) == 2 and type(None) in arguments:
        (other,) = (a for a in arguments if a is not type(None))
        item = _shape(other, marks, above)
        return item and Maybe(item)
    if origin is list or (origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis):
        item = _shape(arguments[0], (), above)
        least = max((getattr(m, "min_length", None) or 0 for m in marks), default=0)
        return item and Listing(item, least, _bound(marks))
    return None


def _scalar(annotation: Any, marks: tuple[object, ...]) -> Shape | None:
    if get_origin(annotation) is Literal:
        given = get_args(annotation)
        # Pydantic reads no value as a member of an enum within a Literal, unless it is one.
        if any(isinstance(v, enum.Enum) and not isinstance(v, str | int) for v in given):
            return None
        return _choice(v.value if isinstance(v, enum.Enum) else v for v in given)
    if not isinstance(annotation, type):
        return None
    if issubclass(annotation, enum.Enum):
        return _choice(member.value for member in annotation)
    if annotation is bool:
        return Choice((True, False))
    if annotation is str:
        most = _bound(marks)
        return Words(most) if _marked(marks, VerbatimMark) else Text(most)
    if annotation is int:
        return SentenceNumber() if _marked(marks, SentenceMark) else Number(whole=True)
    return Number(whole=False) if annotation is float else None


def _choice(given: Iterable[object]) -> Choice | None:
    """Return the choice between *given* values, None when there are none or JSON lacks one."""
    values = tuple(given)
    try:
        same = json.loads(json.dumps(values, allow_nan=False)) == list(values)
    except (TypeError, ValueError):
        return None
    return Choice(values) if values and same else None


def _unpacked(mark: object) -> Iterable[object]:
    return mark.metadata if isinstance(mark, FieldInfo) else (mark,)


def _marked(marks: tuple[object, ...], kind: type) -> bool:
    return any(isinstance(mark, kind) for mark in marks)


def _bound(marks: tuple[object, ...]) -> int | None:
    """Return the tightest ``max_length`` among *marks*."""
    stated = (getattr(mark, "max_length", None) for mark in marks)
    return min((most for most in stated if most is not None), default=None)
