"""What the tools do, whoever calls them: arguments in, results out, SummarizerError if not."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Self

from summarizer.ask import Model
from summarizer.assist.folders import Folders
from summarizer.assist.results import (
    Checks,
    CitedRecord,
    Fault,
    Place,
    Places,
    Records,
    Rejected,
    Text,
)
from summarizer.assist.wanted import model_of
from summarizer.awaited import aextract, asummarize, twin
from summarizer.brief import Brief
from summarizer.errors import InputError, ModelUnavailable
from summarizer.pipeline import Watch, open_engine
from summarizer.read import MAX_CHARACTERS, Given, document_at, read, read_text
from summarizer.segment import segment
from summarizer.settings import Settings
from summarizer.source import Document, page_at, page_ends
from summarizer.tree import walk
from summarizer.validate import Index, check


class Tools:
    """The tools over some folders; the engine is opened when it is first needed, and kept.

    Use as a context manager, which puts the engine away.
    """

    def __init__(self, folders: Folders, settings: Settings) -> None:
        self._folders = folders
        self._settings = settings
        self._lock = threading.Lock()
        self._opened = ExitStack()
        self._model: Model | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._put_away()

    def locate(self, quotes: Sequence[str], text: str, path: str) -> Places:
        """Return where each of *quotes* stands in the text, or in the file."""
        document = self._as_it_is(text, path)
        index, ends = Index(document.text), page_ends(document.text)
        places = tuple(_place(quote, index, ends) for quote in quotes)
        found = bool(places) and all(place.occurrences for place in places)
        return Places(text=_told(document), all_found=found, places=places)

    def check(self, citations: object, citations_path: str, text: str, path: str) -> Checks:
        """Hold JSON with citations, such as a brief, against the text, or the file."""
        if (citations is None) == (not citations_path):
            raise InputError("give citations or citations_path, one of them")
        data = self._folders.json(citations_path) if citations_path else citations
        if isinstance(data, dict) and "documents" in data and "document" not in data:
            raise InputError(
                "a dossier cites several reports: summarizer check FILE --source FOLDER does it"
            )
        document = self._as_it_is(text, path)
        is_brief = isinstance(data, dict) and {"document", "engine"} <= data.keys()
        report = check(data, document.text, sentences=segment(document), schema=is_brief)
        unplaced = 0 if is_brief else sum(1 for _ in _unplaced(data))
        return Checks(
            text=_told(document),
            ok=report.ok and not unplaced,
            checked=report.checked,
            unplaced=unplaced,
            findings=tuple(map(Fault.model_validate, report.findings)),
        )

    async def summarize(
        self, text: str, path: str, about: Mapping[str, str], progress: Watch
    ) -> Brief:
        """Return the brief of the text, or of the file; *about* is what is known of it."""
        document = await twin(self._report)(text, path, about)
        model = await twin(self._engine)()
        try:
            return await asummarize(
                document, settings=self._settings, model=model, progress=progress
            )
        except ModelUnavailable:
            await twin(self._renew)(model)
            raise

    async def extract(
        self, schema: Mapping[str, Any], instruction: str, text: str, path: str
    ) -> Records:
        """Return what the text, or the file, says, as records of *schema*."""
        into = model_of(schema)
        document = await twin(self._report)(text, path, {})
        model = await twin(self._engine)()
        try:
            found = await aextract(
                document,
                into,
                instruction=instruction or None,
                settings=self._settings,
                model=model,
            )
        except ModelUnavailable:
            await twin(self._renew)(model)
            raise
        return Records(
            text=_told(document),
            records=tuple(
                CitedRecord(record=one.record.model_dump(mode="json"), citations=one.citations)
                for one in found.records
            ),
            rejections=tuple(map(Rejected.model_validate, found.rejections)),
            warnings=(*document.warnings, *found.warnings),
            usage=found.usage,
        )

    def _as_it_is(self, text: str, path: str) -> Document:
        """Return the file's report, or any text: also what is no report may be quoted."""
        _one_of(text, path)
        if path:
            return read(self._folders.file(path))
        if len(text) > MAX_CHARACTERS:
            raise InputError(f"the text given: longer than {MAX_CHARACTERS:,} characters; part it")
        return Document(text)

    def _report(self, text: str, path: str, about: Mapping[str, str]) -> Document:
        _one_of(text, path)
        if path:
            given = {name: value or None for name, value in about.items()}
            return document_at(self._folders.file(path), Given(given))
        return read_text(
            text,
            title=about.get("title") or None,
            publisher=about.get("publisher") or None,
            url=about.get("url") or None,
            published=about.get("published") or None,
        )

    def _engine(self) -> Model:
        with self._lock:
            if self._model is None:
                self._model = self._opened.enter_context(open_engine(self._settings))
            return self._model

    def _renew(self, failed: Model) -> None:
        """Have the embedded engine started anew when it has died; an endpoint is only asked again.

        A new model would forget what has been used of the limits.
        """
        if failed is self._model and failed.engine == "local":
            self._put_away()

    def _put_away(self) -> None:
        with self._lock:
            self._model = None
            self._opened.close()


def _one_of(text: str, path: str) -> None:
    if bool(text) == bool(path):
        raise InputError("give text or path, one of them")


def _told(document: Document) -> Text:
    return Text(sha256=document.sha256, characters=len(document.text))


def _place(quote: str, index: Index, ends: Sequence[int]) -> Place:
    found = index.locate(quote)
    if found is None:
        return Place(quote=quote, occurrences=0)
    span = found.span
    return Place(
        quote=quote,
        occurrences=found.occurrences,
        start=span.start,
        end=span.end,
        words=index.text[span.start : span.end],
        match=span.match,
        page=page_at(ends, span.start),
    )


def _unplaced(data: object) -> Iterator[object]:
    """Yield each object of *data* that quotes something without saying where."""
    for _, value in walk(data):
        if isinstance(value.get("quote"), str) and not {"start", "end"} <= value.keys():
            yield value
