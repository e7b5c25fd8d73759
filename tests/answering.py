"""A model that answers what a test writes: all that happens on this side of the wire.

The request is built in full, grammar or schema included, and the answer is read as any other. Only
the endpoint is left out. The answers are invented.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache

from summarizer.ask import Completion, Dialect, Model
from summarizer.ask.connection import Connection
from summarizer.ask.line import Posted, Turn
from summarizer.ask.meter import Meter
from summarizer.ask.request import Question, WordQuestion, parameters
from summarizer.ask.written import as_sent
from summarizer.draft import (
    ActorsDraft,
    EventsDraft,
    PledgesDraft,
    RepairDraft,
    SummaryDraft,
    VerdictsDraft,
)
from summarizer.settings import Settings

Say = str | Callable[[str], str]
"""An answer, or what makes it of the window's text; of the question where a word is asked for."""

NOTHING: Mapping[type, Say] = {
    ActorsDraft: '{"actors": []}',
    EventsDraft: '{"events": []}',
    PledgesDraft: '{"pledges": []}',
    SummaryDraft: '{"statements": []}',
    RepairDraft: '{"words": null}',
    VerdictsDraft: '{"verdicts": []}',
    WordQuestion: "background",
}


class _Answering(Connection):
    def __init__(self, dialect: Dialect) -> None:
        settings = Settings()
        super().__init__(
            *("http://llm.test/v1", None, "m"),
            dialect=dialect,
            settings=settings,
            meter=Meter(settings),
        )
        self.turns: list[list[Turn]] = []
        self.answers: Mapping[type, Say] = NOTHING
        self._spoken: Dialect = dialect

    async def post(self, posted: Posted, meter: Meter) -> Completion:
        turns, question = list(posted.turns), posted.question
        sent = {"messages": turns} | parameters(question, self._spoken, self.settings, ())
        as_sent(sent).encode()
        self.turns.append(turns)
        meter.add(seconds=0.0)
        if isinstance(question, Question):
            return _completion(_said(self.answers[question.draft], question.text))
        return _completion(_said(self.answers[WordQuestion], turns[-1]["content"]), weighed=True)


def _said(say: Say, text: str) -> str:
    return say if isinstance(say, str) else say(text)


def _completion(said: str, *, weighed: bool = False) -> Completion:
    """Return the answer *said*; *weighed* as one word that the model is sure of."""
    rivals = [{"token": said, "logprob": 0.0}]
    choice = {
        "finish_reason": "stop",
        "message": {"role": "assistant", "content": said},
        "logprobs": {"content": [{"top_logprobs": rivals}]} if weighed else None,
    }
    return Completion(json.dumps({"choices": [choice]}), choice, (0, 0, 0))


@cache
def _connection(dialect: Dialect) -> _Answering:
    return _Answering(dialect)  # its client takes longer to make than all questions to answer


def answering(answers: Mapping[type, Say], dialect: Dialect) -> tuple[Model, list[list[Turn]]]:
    """Return a model that gives *answers* by draft type, else nothing, and what it is told.

    One at a time: the next call changes what the last model answers.
    """
    connection = _connection(dialect)
    connection.answers = {**NOTHING, **answers}
    connection.turns = []
    return Model(connection, Meter(Settings())), connection.turns
