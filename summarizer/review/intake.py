"""What the page sends, held against the reports that it shows: bytes in, decisions or values out.

Nothing that does not fit exactly is written, and no refusal repeats a word of a report.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from summarizer.annotate import annotate
from summarizer.annotations import Annotations
from summarizer.errors import InputError, SummarizerError
from summarizer.review.decisions import Decision, Entry, Journal
from summarizer.review.record import Kind
from summarizer.review.values import derive
from summarizer.segment import segment
from summarizer.source import Document, Span

_ANNOTATED = 16  # reports whose annotations are kept: marking comes back to the same few
_OTHER_WORDS = "these are not the words of the report at that place"
_QUOTED = re.compile("“.*”", re.DOTALL)
_M = TypeVar("_M", bound=BaseModel)


class Refused(Exception):
    """A request that is not served; *line* is all that is said about it, *status* is HTTP's."""

    def __init__(self, status: int, line: str) -> None:
        super().__init__(line)
        self.status = status
        self.line = line


class Marked(BaseModel):
    """Words marked for a field: what would its value be?"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc: str
    kind: Kind
    field: Annotated[str, Field(pattern="^[a-z_.]{1,40}$")]
    start: Annotated[int, Field(ge=0, strict=True)]
    end: Annotated[int, Field(strict=True)]
    words: Annotated[str, Field(min_length=1)]


class Intake:
    """Takes decisions on the reports of one page, for one reviewer.

    ``decide`` is for one thread, ``derive`` for any.
    """

    def __init__(
        self, documents: Mapping[str, Document], journal: Journal, *, reviewer: str
    ) -> None:
        self._documents = {document.sha256: document for document in documents.values()}
        self._journal = journal
        self._reviewer = reviewer
        self._written = {decision.id: decision for decision in journal.decisions}
        self._annotated = lru_cache(_ANNOTATED)(_annotated)
        self._parsing = threading.Lock()  # one report at a time: the parser is not made to share

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions on the reports shown."""
        return tuple(each for each in self._written.values() if each.doc in self._documents)

    def decide(self, body: bytes) -> tuple[Decision, bool]:
        """Return the decision in *body* as it stands in the file, and whether it is new there.

        Raises:
            Refused: It is none, or it does not fit the reports or the decisions made so far; then
                nothing is written. Or it could not be written.
        """
        entry = self._entry(body)
        if before := self._written.get(entry.id):
            if _content(before) != _content(entry):
                raise Refused(409, "another decision has this id already")
            return before, False
        self._check(entry)
        try:
            decision = self._journal.append(entry)
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else type(error).__name__
            raise Refused(500, f"not saved: {why}") from error
        except InputError as error:
            raise Refused(409, f"not saved: {error}") from error
        self._written[decision.id] = decision
        return decision, True

    def derive(self, body: bytes) -> dict[str, Any]:
        """Return what marked words come to as the ``value`` of a field, and a line to ``show``.

        Raises:
            Refused: The words are not the report's, or cannot be the value of that field.
        """
        asked = _parsed(Marked, _fields(body))
        document = self._document(asked.doc)
        if document.text[asked.start : asked.end] != asked.words:
            raise Refused(409, _OTHER_WORDS)
        span = Span(asked.start, asked.end)
        try:
            with self._parsing:
                annotations = self._annotated(document)
                value = derive(asked.kind, asked.field, span, document, annotations)
        except SummarizerError as error:
            raise Refused(422, _without_words(str(error), asked.field)) from error
        return {"value": value, "show": _shown(asked.words, value)}

    def _entry(self, body: bytes) -> Entry:
        fields = _fields(body)
        if "by" in fields:
            raise Refused(422, "not a decision: by")
        return _parsed(Entry, {**fields, "by": self._reviewer})

    def _check(self, entry: Entry) -> None:
        text = self._document(entry.doc).text
        worths = [worth for worth in (entry.old, entry.new) if worth]
        places = [*entry.anchor, *entry.at_item, *(at for worth in worths for at in worth.cite)]
        if any(end > len(text) for _, end in places):
            raise Refused(409, "a place is not in the report")
        if entry.new and entry.new.words != tuple(text[start:end] for start, end in entry.new.cite):
            raise Refused(409, _OTHER_WORDS)
        if entry.of is not None:
            undone = self._written.get(entry.of)
            if entry.action != "undo" or undone is None or undone.doc != entry.doc:
                raise Refused(409, "there is no such decision to undo")

    def _document(self, sha256: str) -> Document:
        if sha256 not in self._documents:
            raise Refused(409, "this report is not on the page")
        return self._documents[sha256]


def _annotated(document: Document) -> Annotations:
    return annotate(document, segment(document))


def _fields(body: bytes) -> dict[str, Any]:
    try:
        data = from_json(body)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise Refused(422, "not a JSON object")
    return data


def _parsed(wanted: type[_M], fields: Mapping[str, Any]) -> _M:
    """Return *fields* as the type wanted; of a fault only a field that the type has is named."""
    try:
        return wanted.model_validate(fields)
    except ValidationError as error:
        places = {fault["loc"][:1] for fault in error.errors(include_input=False)}
    named = ", ".join(name for name in wanted.model_fields if (name,) in places)
    what = "a decision" if wanted is Entry else "a question"
    raise Refused(422, f"not {what}: {named or 'as a whole'}")


def _content(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in Entry.model_fields if name != "by"}


def _without_words(message: str, field: str) -> str:
    """Return *message* without the words of the report that it quotes."""
    return _QUOTED.sub("what is marked", message.replace(f"“{field}”", field))


def _shown(words: str, value: Mapping[str, Any]) -> str:
    """Return in one line what code makes of *words*."""
    line = " ".join(words.split())
    if "edtf" in value:
        return f"{line} = {value['edtf']}" if value["edtf"] else f"{line} (left open)"
    if code := next((value[name] for name in ("label", "kind", "country") if value.get(name)), ""):
        return f"{line} = {code}"
    least, most = value.get("quantity"), value.get("quantity_max")
    if least is None:
        return line
    return f"{line} ({least})" if most in (None, least) else f"{line} ({least} to {most})"
