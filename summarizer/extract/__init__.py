"""Take records of a user's own type out of a text: a Pydantic model in, cited records out.

Any model with ``Verbatim`` fields gets what the built-in drafts get: windows, prompt, grammar or
JSON Schema, a look-up of every word in the source, a second chance, and citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from summarizer import observe
from summarizer.ask import UNANSWERED, Answer, Model, Problem, Series
from summarizer.draft.shape import DraftTypeError, SentenceNumber, Words, shape_of
from summarizer.errors import CitationError
from summarizer.extract.fields import describe, holds, purpose
from summarizer.extract.kept import Keeper
from summarizer.extract.records import Extracted, Extraction, FieldRejection, M
from summarizer.interview import LOST, SecondChance, numbered, shown_as
from summarizer.pipeline import open_engine
from summarizer.prompt import Messages, render
from summarizer.read import read
from summarizer.resolve.citing import Citer
from summarizer.segment import segment, windows
from summarizer.settings import Settings
from summarizer.source import Document, Sentence, Window
from summarizer.validate import Index, find_places

__all__ = ["Extracted", "Extraction", "FieldRejection", "extract"]

REPAIRS = 12
"""Second chances a document, of a small model too: it is asked once a passage, so they are few."""

_INDEX = re.compile(r"(?:^|\.)(\d+)(?=\.|$)")


def extract(
    source: Document | Path | str,
    into: type[M],
    *,
    instruction: str | None = None,
    settings: Settings | None = None,
    model: Model | None = None,
    counters: observe.Counters | None = None,
) -> Extraction[M]:
    """Return what *source* says, as records of the Pydantic model *into*.

    *into* has fields of the types ``Verbatim``, ``SentenceId``, str, int, float, bool, Literal,
    Enum, models of such fields, lists of these, and any of them or None. Its docstrings and
    descriptions are told to the model, as is *instruction*. A large model sees the whole text, a
    small one a passage at a time; each window that says something gives one record, so ask for
    lists where there is more than one of a thing.

    A window that the model cannot be asked about, or whose answer is of no use, costs no other;
    its warning begins with ``no answer``. *counters* get what was done.

    Raises DraftTypeError when *into* cannot be asked for or has no ``Verbatim`` field, and what
    ``summarize`` raises.
    """
    if not holds(shape_of(into), Words):
        raise DraftTypeError(f"{into.__name__} has no Verbatim field, so nothing could be cited")
    document = source if isinstance(source, Document) else read(Path(source))
    settings = settings or Settings.from_env()
    with (
        nullcontext(model) if model else open_engine(settings) as opened,
        observe.document(document.id, counters),
        observe.stage("extract") as seen,
    ):
        found = _extraction(document, into, instruction, opened.part())
        seen.note(rejections=len(found.rejections), warnings=len(found.warnings))
    if settings.strict:
        _refuse_losses(document, found)
    return found


def _refuse_losses(document: Document, found: Extraction[M]) -> None:
    if found.rejections:
        first = found.rejections[0]
        raise CitationError(
            f"{document.id}: {len(found.rejections)} values were rejected, the first being "
            f"{first.path} “{first.value}”: {first.detail}"
        )
    if lacking := next((w for w in found.warnings if w.startswith(UNANSWERED)), None):
        raise CitationError(f"{document.id}: {lacking}")


def _extraction(
    document: Document, into: type[M], instruction: str | None, model: Model
) -> Extraction[M]:
    # What is noise in a news report, such as a line that is repeated, may matter elsewhere.
    sentences = [replace(sentence, kind="body") for sentence in segment(document)]
    index, cite = Index(document.text), Citer(document, sentences)
    second, series = SecondChance(model, REPAIRS), Series()
    records: list[Extracted[M]] = []
    rejections: list[FieldRejection] = []
    warnings: list[str] = []
    for window in _windows(document, sentences, model.profile.window_characters):
        answer = series.ask(shown_as(window), partial(_ask, model, window, into, instruction))
        if answer is None:
            continue
        rejections += map(_lost, answer.problems)
        warnings += answer.notes
        if answer.is_lost:
            series.lacks(shown_as(window), LOST)
        if answer.draft is None:
            continue
        places = find_places(answer.draft, window, index, second)
        keeper = Keeper(window, places, cite)
        if record := keeper.record(answer.draft):
            records.append(record)
        rejections += keeper.rejections
        warnings += places.warnings
    series.conclude()
    warnings += (*series.warnings, *second.warnings)
    return Extraction(tuple(records), tuple(rejections), tuple(warnings), model.usage)


def _ask(model: Model, window: Window, into: type[M], instruction: str | None) -> Answer[M]:
    return model.ask(
        _messages(window, into, instruction),
        into,
        text=window.text,
        sentence_ids=[sentence.id for sentence in window.sentences],
        max_tokens=model.profile.answer_tokens,
    )


def _windows(document: Document, sentences: Sequence[Sentence], most: int) -> Iterator[Window]:
    """Yield the windows of at most *most* characters that have words in them."""
    for window in windows(document, sentences, size=len(sentences), max_characters=most):
        if any(map(str.isalnum, window.text)):
            yield window


def _messages(window: Window, into: type[BaseModel], instruction: str | None) -> Messages:
    shape = shape_of(into)
    plain = "\n".join(" ".join(sentence.text.split()) for sentence in window.sentences)
    return render(
        "extract",
        instruction="\n\n".join(filter(None, (purpose(into), instruction))),
        fields=describe(shape),
        report=numbered(window) if holds(shape, SentenceNumber) else plain,
    )


def _lost(problem: Problem) -> FieldRejection:
    path = _INDEX.sub(r"[\1]", problem.field)
    return FieldRejection(path, problem.value, problem.reason, problem.detail)
