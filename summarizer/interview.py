"""Ask the model about one document, and ground what it says: which questions, in which order.

A large model gets the whole article and writes; a small one chooses among what the parse proposes
(``choose``). Both come to claims of the same kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from summarizer.annotations import Annotations
from summarizer.ask import Answer, Model, Problem, Series
from summarizer.brief import Rejection, RejectionKind
from summarizer.choose import choose
from summarizer.claims import Claims
from summarizer.draft import (
    ActorsDraft,
    Draft,
    EventsDraft,
    PledgesDraft,
    RepairDraft,
    SummaryDraft,
)
from summarizer.errors import Deferred, ModelError, ModelUnavailable
from summarizer.prompt import render
from summarizer.segment import windows
from summarizer.source import Document, Sentence, Window
from summarizer.validate import Index, ground

LOST = "nothing of the model's answer could be kept"
"""Why a question has no answer although the model gave one; the rejections show it."""
_CHANCE_TOKENS = 200  # a few words; an endpoint's model may think first, and has no such limit

Step = Callable[[str, int, int], None]
"""Told before each question: what it is about, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask of one window."""

    template: str
    draft: type[Draft]
    kind: RejectionKind
    window: Window


def interview(model: Model, annotations: Annotations, *, step: Step) -> Claims:
    """Return what *model* claims about the document of *annotations*, grounded.

    Its profile says whether it is to write or to choose. What it answers wrongly becomes
    rejections, a question that it cannot be asked a warning. Raises ModelError when it answers
    nothing at all.
    """
    profile = model.profile
    if not profile.whole:
        return choose(model, annotations, step=step)
    document, most = annotations.document, profile.window_characters
    questions = list(_about_article(document, annotations.sentences, most))
    index = Index(document.text)
    # In a batch each second chance would take as long as all questions together.
    second = SecondChance(model, 0 if model.defers else profile.repairs)
    series, claims = Series(), Claims()
    started: dict[int, Future[Answer[Draft]]] = {}
    waiting: Deferred | None = None
    for done, question in enumerate(questions):
        step(question.kind, done, len(questions))
        asked = started.pop(done, None) or _start(model, question)
        try:
            answer = series.ask(_called(question), asked.result)
        except Deferred as error:
            waiting, answer = error, None
        if (series.answered or waiting) and not started:
            # The first answer has warmed the endpoint's prefix cache for all the others at once.
            rest = enumerate(questions[done + 1 :], done + 1)
            started = {number: _start(model, each) for number, each in rest}
        claims += _grounded(answer, question, index, second, series)
    if waiting:
        raise waiting
    series.conclude()
    return claims + Claims(warnings=(*series.warnings, *second.warnings))


def _about_article(
    document: Document, sentences: Sequence[Sentence], most: int
) -> Iterator[Question]:
    told = [sentence for sentence in sentences if sentence.kind != "boilerplate"]
    # Boilerplate between them is not shown; it must not part an article that fits as a whole.
    whole = told and told[-1].end - told[0].start <= most
    size = len(sentences)
    for window in (
        [Window(document, tuple(told))]
        if whole
        else windows(document, sentences, size=size, max_characters=most)
    ):
        yield Question("actors", ActorsDraft, "actor", window)
        yield Question("events", EventsDraft, "event", window)
        yield Question("pledges", PledgesDraft, "pledge", window)
        yield Question("summary", SummaryDraft, "summary", window)


def _start(model: Model, question: Question) -> Future[Answer[Draft]]:
    window = question.window
    return model.start(
        render(question.template, report=numbered(window)),
        question.draft,
        text=window.text,
        sentence_ids=[sentence.id for sentence in window.sentences],
    )


def _called(question: Question) -> str:
    return f"{question.template}, {shown_as(question.window)}"


def _grounded(
    answer: Answer[Draft] | None,
    question: Question,
    index: Index,
    repair: SecondChance,
    series: Series,
) -> Claims:
    if answer is None:
        return Claims()
    if answer.is_lost:
        series.lacks(_called(question), LOST)
    lost = Claims(
        rejections=tuple(_lost(question.kind, problem) for problem in answer.problems),
        warnings=tuple(f"{question.template}: {note}" for note in answer.notes),
    )
    return (
        lost
        if answer.draft is None
        else ground(answer.draft, question.window, index, repair) + lost
    )


def shown_as(window: Window) -> str:
    """Return which sentences a window shows, as a warning names them."""
    first, last = window.sentences[0].id, window.sentences[-1].id
    return f"sentence {first}" if first == last else f"sentences {first} to {last}"


def numbered(window: Window) -> str:
    """Return the window's sentences, one a line, each behind its number."""
    lines = (f"[{s.id}] {' '.join(s.text.split())}" for s in window.sentences)
    return "\n".join(lines)


def _lost(kind: RejectionKind, problem: Problem) -> Rejection:
    return Rejection(
        kind=kind,
        field=problem.field,
        value=problem.value,
        quote="",
        reason=problem.reason,
        detail=problem.detail,
    )


class SecondChance:
    """Asks for a rejected value once more, alone, with the reason.

    A chance that fails leaves the value rejected; ``warnings`` tell of it.
    """

    def __init__(self, model: Model, chances: int) -> None:
        self._model = model
        self._left = chances
        self._missed: dict[str, list[str]] = {}

    def __call__(self, window: Window, wanted: str, value: str, reason: str) -> str | None:
        """Return other words for *value*, or None when there are none or no chance is left."""
        if not self._left:
            return None
        self._left -= 1
        messages = render(
            "repair", passage=numbered(window), wanted=wanted, value=value, reason=reason
        )
        most = _CHANCE_TOKENS if self._model.engine == "local" else None
        try:
            answer = self._model.ask(messages, RepairDraft, text=window.text, max_tokens=most)
        except ModelError as error:
            self._missed.setdefault(str(error), []).append(wanted)
            if isinstance(error, ModelUnavailable):
                self._left = 0  # each further chance would only wait as long again
            return None
        return answer.draft.words if answer.draft else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """Which values could not be asked for again, and why."""
        missed = self._missed.items()
        return tuple(f"{', '.join(paths)}: no second chance: {why}" for why, paths in missed)
