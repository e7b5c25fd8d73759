"""Ask a model whether passages say what statements claim: all at once, or one by one.

A large model gets all claims of an article in one request, in a conversation of its own. A small
one is asked for one word a claim, and how likely it is to say it is its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.ask import Model
from summarizer.draft import VerdictsDraft
from summarizer.prompt import render

Says = Literal["yes", "weaker", "no"]
Step = Callable[[int, int], None]
"""Told before each request: how many are done, how many there are."""

MOST = 200
"""Claims a request: more than any article comes to; a longer list is parted."""


@dataclass(frozen=True, slots=True)
class Question:
    """A statement, the numbered sentences that are to say so, and whom their pronouns mean."""

    statement: str
    passage: tuple[tuple[int, str], ...]
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader says; ``probability`` that it says yes, where it is weighed.

    ``says`` is None where a large model left the claim out, and where a small one only weighs.
    """

    says: Says | None = None
    probability: float | None = None


def read(model: Model, questions: Sequence[Question], *, step: Step) -> tuple[Answer, ...]:
    """Return *model*'s answer to each of *questions*, in order; raises ModelError."""
    if not model.profile.whole:
        return tuple(
            _weighed(model, question, at, len(questions), step)
            for at, question in enumerate(questions)
        )
    parts = [questions[at : at + MOST] for at in range(0, len(questions), MOST)]
    answers: list[Answer] = []
    for number, part in enumerate(parts):
        step(number, len(parts))
        answers += _at_once(model, part)
    return tuple(answers)


def _weighed(model: Model, question: Question, at: int, total: int, step: Step) -> Answer:
    step(at, total)
    passage = " ".join([*(text for _, text in question.passage), *_meant(question.names)])
    messages = render("says", passage=passage, claim=question.statement)
    return Answer(probability=model.p_yes(messages))


def _at_once(model: Model, questions: Sequence[Question]) -> list[Answer]:
    sentences = dict(sorted({line for question in questions for line in question.passage}))
    lines = [f"[{number}] {' '.join(text.split())}" for number, text in sentences.items()]
    claims = [
        f"{number} {_numbers(question)} {' '.join([question.statement, *_meant(question.names)])}"
        for number, question in enumerate(questions, start=1)
    ]
    messages = render("verify", sentences="\n".join(lines), claims="\n".join(claims))
    answer = model.ask(messages, VerdictsDraft, text="", sentence_ids=())
    verdicts = answer.draft.verdicts if answer.draft else ()
    said: dict[int, Says] = {}
    for one in verdicts:
        said.setdefault(one.claim, one.verdict)
    return [Answer(said.get(number)) for number in range(1, len(questions) + 1)]


def _numbers(question: Question) -> str:
    return "".join(f"[{number}]" for number, _ in question.passage)


def _meant(names: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f"(“{word}” means {name}.)" for word, name in names)
