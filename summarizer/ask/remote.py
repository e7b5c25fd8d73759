"""An endpoint to which another process holds the way: questions go there, answers come back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from summarizer.ask.body import Completion
from summarizer.ask.line import EngineName, Posted
from summarizer.ask.loop import Loop
from summarizer.ask.meter import Meter
from summarizer.brief import Usage
from summarizer.profile import Profile
from summarizer.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True)
class About:
    """What there is to know of a model without asking it."""

    name: str
    label: str
    engine: EngineName
    profile: Profile
    settings: Settings
    defers: bool


@dataclass(frozen=True)
class Reply:
    """What came of it: a completion as JSON, or an error; what it cost, and what is refused now."""

    answer: str | BaseException
    usage: Usage
    refused: Collection[str]


class RemoteLine:
    """What ``Connection`` is to the models of the process that holds it, for those of this one.

    *send* takes what is posted there. Limits, refusals and the ledger are minded there, too.
    """

    spent = None

    def __init__(self, about: About, send: Callable[[Posted], Future[Reply]]) -> None:
        self.name = about.name
        self.label = about.label
        self.engine = about.engine
        self.profile = about.profile
        self.settings = about.settings
        self.defers = about.defers
        self.refused: Collection[str] = ()
        self._send = send
        self._loop = Loop()

    def submit(self, question: Coroutine[Any, Any, T]) -> Future[T]:
        """Start to work on *question*, which posts something."""
        return self._loop.submit(question)

    def close(self) -> None:
        """Give up what is being asked."""
        self._loop.close(asyncio.sleep(0))

    async def post(self, posted: Posted, meter: Meter) -> Completion:
        """Return the endpoint's answer, or raise, as ``Connection.post`` does there."""
        reply = await asyncio.wrap_future(self._send(posted))
        meter.recall(reply.usage)
        self.refused = reply.refused
        if isinstance(reply.answer, BaseException):
            raise reply.answer
        return Completion.of(reply.answer)
