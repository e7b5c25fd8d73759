"""Keep of one answer what the source bears out, cited by path.

What stands nowhere is taken out with the smallest part of the answer that cannot do without it: a
list loses the element, an optional field becomes its default, a record lacks a required field and
is rejected whole.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.ask.salvage import is_empty
from summarizer.brief import Citation, RejectionReason
from summarizer.draft.shape import Listing, Maybe, Row, SentenceNumber, Shape, Words, shape_of
from summarizer.extract.records import Extracted, FieldRejection, M
from summarizer.resolve.citing import Citer
from summarizer.source import Window
from summarizer.validate.places import Places, is_given, joined

Citations = dict[str, tuple[Citation, ...]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that the source bears out, with its citations by path from here."""

    value: Any
    citations: Citations


@dataclass
class Keeper:
    """Goes through one answer whose *places* are known; collects what is rejected on the way."""

    window: Window
    places: Places
    cite: Citer
    rejections: list[FieldRejection] = field(default_factory=list)

    def record(self, draft: M) -> Extracted[M] | None:
        """Return what the source bears out of a whole answer, None when that is nothing."""
        kept = self.keep(draft, shape_of(type(draft)))
        if kept and kept.citations:
            return Extracted(kept.value, kept.citations)
        if kept and not is_empty(kept.value):
            detail = "no words of the text are cited for it"
            self._reject("", _as_json(draft), "not_supported", detail)
        return None

    def keep(self, value: Any, shape: Shape, path: str = "") -> Kept | None:
        """Return what the source bears out of *value*, None when nothing is left of it."""
        match shape:
            case Words():
                return self._words(path)
            case SentenceNumber():
                return self._sentence(value, path)
            case Maybe(item):
                kept = None if value is None else self.keep(value, item, path)
                return kept or Kept(None, {})
            case Listing(item):
                return self._list(value, item, path)
            case Row():
                return self._row(value, shape, path)
        return Kept(value, {})

    def _reject(self, path: str, value: str, reason: RejectionReason, detail: str) -> None:
        self.rejections.append(FieldRejection(path, value, reason, detail))

    def _refuse(self, path: str) -> None:
        """Reject the value at *path* unless it is blank."""
        if refusal := self.places.refusals.get(path):
            self._reject(path, refusal.value, refusal.reason, refusal.detail)

    def _words(self, path: str) -> Kept | None:
        span = self.places.spans.get(path)
        if span is None:
            self._refuse(path)
            return None
        citation = self.cite.span(span)
        return Kept(citation.quote, {"": (citation,)})

    def _sentence(self, number: int, path: str) -> Kept | None:
        sentence = self.window.sentence(number)
        if sentence is None:
            self._refuse(path)
            return None
        return Kept(number, {"": self.cite.whole((sentence,))})

    def _list(self, values: Any, item: Shape, path: str) -> Kept:
        offered = (self.keep(value, item, f"{path}[{at}]") for at, value in enumerate(values))
        kept = [one for one in offered if one]
        citations = {
            joined(f"[{at}]", inner): cited
            for at, one in enumerate(kept)
            for inner, cited in one.citations.items()
        }
        return Kept(type(values)(one.value for one in kept), citations)

    def _row(self, row: BaseModel, shape: Row, path: str) -> Kept | None:
        values: dict[str, Any] = {}
        citations: Citations = {}
        for part in filter(lambda part: is_given(row, part), shape.parts):
            kept = self.keep(getattr(row, part.name), part.shape, joined(path, part.name))
            if kept:
                values[part.name] = kept.value
                citations |= {joined(part.name, p): cited for p, cited in kept.citations.items()}
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


def _as_json(row: BaseModel) -> str:
    """Return *row* on one line, as a rejection shows it."""
    return json.dumps(row.model_dump(), ensure_ascii=False, default=str)
