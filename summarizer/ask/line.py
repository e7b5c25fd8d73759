"""The way to one model, as all see it who have something to ask."""

from __future__ import annotations

from collections.abc import Collection, Coroutine, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from summarizer.ask.body import Completion
from summarizer.ask.meter import Meter
from summarizer.ask.request import Question, WordQuestion
from summarizer.profile import Profile
from summarizer.settings import Settings

T = TypeVar("T")
Turn = dict[str, str]
EngineName = Literal["local", "openai"]


@dataclass(frozen=True)
class Posted:
    """What is asked: a conversation, what is to come of it, and whether an answer did not fit."""

    turns: Sequence[Turn]
    question: Question | WordQuestion
    reasked: bool = False


class Line(Protocol):
    """A connection, of this process or another one."""

    name: str
    label: str
    settings: Settings
    engine: EngineName
    profile: Profile

    @property
    def refused(self) -> Collection[str]:
        """The parameters that the endpoint has refused and no longer gets."""

    @property
    def defers(self) -> bool:
        """Whether questions are kept for a batch."""

    @property
    def spent(self) -> str | None:
        """Why nothing may be asked any more, when a limit is reached."""

    def submit(self, question: Coroutine[Any, Any, T]) -> Future[T]:
        """Start to work on *question*, which posts something."""

    def close(self) -> None:
        """Give up what is in flight."""

    async def post(self, posted: Posted, meter: Meter) -> Completion:
        """Return the endpoint's answer; raises ModelError, also at a limit."""
