"""Look up every ``Verbatim`` value of one answer in the source; keep what stands there.

What is not there is taken out with the smallest part of the answer that cannot do without it: a
list loses the element, an optional field becomes its default, a record lacks a required field and
is rejected whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.brief import Citation, RejectionReason
from summarizer.engine.shape import Listing, Maybe, Row, SentenceNumber, Shape, Words, shape_of
from summarizer.extract.records import Extracted, FieldRejection, M
from summarizer.resolve.citing import Citer
from summarizer.source import Sentence, Span, Window
from summarizer.validate import Index

Citations = dict[str, tuple[Citation, ...]]
Repair = Callable[[str, str, str], str | None]
"""Asks once more: what is wanted, the rejected value, why -> other words, or None."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that the source bears out, with its citations by path from here."""

    value: Any
    citations: Citations


@dataclass
class Grounding:
    """Grounds one answer about one window; collects what is rejected or repaired on the way."""

    window: Window
    index: Index
    cite: Citer
    repair: Repair
    rejections: list[FieldRejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _last: int = 0

    def record(self, draft: M) -> Extracted[M] | None:
        """Return what the source bears out of a whole answer, None when that is nothing."""
        kept = self.keep(draft, shape_of(type(draft)))
        if kept and kept.citations:
            return Extracted(kept.value, kept.citations)
        if kept and not _is_empty(kept.value):
            detail = "no words of the text are cited for it"
            self._reject("", _as_json(draft), "not_supported", detail)
        return None

    def keep(
        self, value: Any, shape: Shape, path: str = "", near: Sentence | None = None
    ) -> Kept | None:
        """Return what the source bears out of *value*, None when it cannot stand without the rest.

        Of several places of a value the one in the sentence *near* counts, else the one closest
        to the value before it.
        """
        match shape:
            case Words():
                return self._words(value, path, near)
            case SentenceNumber():
                return self._sentence(value, path)
            case Maybe(item):
                absent = value is None or (isinstance(item, Words) and not value.strip())
                kept = None if absent else self.keep(value, item, path, near)
                return kept or Kept(None, {})
            case Listing(item):
                return self._list(value, item, path, near)
            case Row():
                return self._row(value, shape, path, near)
        return Kept(value, {})

    def _reject(self, path: str, value: str, reason: RejectionReason, detail: str) -> None:
        self.rejections.append(FieldRejection(path, value, reason, detail))

    def _words(self, value: str, path: str, near: Sentence | None) -> Kept | None:
        span = self._find(value, near)
        if span is None:
            detail = f"“{value}” does not stand in the text"
            words = self.repair(path, value, detail)
            span = self._find(words, near) if words else None
            if span is None:
                self._reject(path, value, "not_in_source", detail)
                return None
            self.warnings.append(
                f"{path}: “{value}” is not in the text; asked again, the model gave “{words}”"
            )
        self._last = span.start
        citation = self.cite.span(span)
        return Kept(citation.quote, {"": (citation,)})

    def _find(self, value: str, near: Sentence | None) -> Span | None:
        here = near and self.index.locate(value, (near.start, near.end))
        around = near.start if near else self._last
        found = here or self.index.locate(value, (self.window.start, self.window.end), around)
        return found.span if found else None

    def _sentence(self, number: int, path: str) -> Kept | None:
        sentence = self.window.sentence(number)
        if sentence is None:
            self._reject(path, str(number), "bad_sentence", f"the text has no sentence {number}")
            return None
        return Kept(number, {"": self.cite.whole((sentence,))})

    def _list(self, values: Any, item: Shape, path: str, near: Sentence | None) -> Kept:
        offered = (self.keep(v, item, f"{path}[{at}]", near) for at, v in enumerate(values))
        kept = [one for one in offered if one]
        citations = {
            _joined(f"[{at}]", inner): cited
            for at, one in enumerate(kept)
            for inner, cited in one.citations.items()
        }
        return Kept(type(values)(one.value for one in kept), citations)

    def _row(self, row: BaseModel, shape: Row, path: str, near: Sentence | None) -> Kept | None:
        near = self._named_sentence(row, shape) or near
        values: dict[str, Any] = {}
        citations: Citations = {}
        for part in shape.parts:
            value = getattr(row, part.name)
            if not part.required and (part.name not in row.model_fields_set or value == ""):
                continue
            kept = self.keep(value, part.shape, _joined(path, part.name), near)
            if kept:
                values[part.name] = kept.value
                citations |= {_joined(part.name, p): cited for p, cited in kept.citations.items()}
        lacking = [part.name for part in shape.parts if part.required and part.name not in values]
        if lacking:
            detail = f"{', '.join(lacking)}: required, and not in the text"
            self._reject(path, _as_json(row), "not_supported", detail)
            return None
        if all(values.get(name, row) == getattr(row, name) for name in row.model_fields_set):
            return Kept(row, citations)
        try:
            return Kept(shape.model.model_validate(values), citations)
        except ValidationError as error:
            self._reject(path, _as_json(row), "schema", error.errors()[0]["msg"])
            return None

    def _named_sentence(self, row: BaseModel, shape: Row) -> Sentence | None:
        """Return the sentence that *row* itself says it is from."""
        numbers = (getattr(row, part.name) for part in shape.parts if _is_sentence(part.shape))
        return next((s for n in numbers if n is not None and (s := self.window.sentence(n))), None)


def _is_empty(value: object) -> bool:
    if isinstance(value, BaseModel):
        return all(_is_empty(inner) for _, inner in value)
    if isinstance(value, list | tuple):
        return all(map(_is_empty, value))
    return value is None or value == ""


def _as_json(row: BaseModel) -> str:
    """Return *row* on one line, as a rejection shows it."""
    return json.dumps(row.model_dump(), ensure_ascii=False, default=str)


def _is_sentence(shape: Shape) -> bool:
    return isinstance(shape.item if isinstance(shape, Maybe) else shape, SentenceNumber)


def _joined(path: str, step: str) -> str:
    return f"{path}.{step}" if path and step and not step.startswith("[") else path + step
