"""Stages that are gone through in another process, told here as if they were in this one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import replace
from typing import Any, TypeVar

from summarizer.observe.here import HERE
from summarizer.observe.steps import Stage, stage

T = TypeVar("T")
Relay = Callable[..., None]
"""Takes what a stage tells: it must come to ``Replay.take`` of its document, in order."""


@contextmanager
def relaying(relay: Relay) -> Iterator[None]:
    """Give what happens in this block to *relay* instead of telling it here."""
    token = HERE.set(replace(HERE.get(), relay=relay))
    try:
        yield
    finally:
        HERE.reset(token)


class Replay:
    """One document that another process works on, in the context in which it was handed over."""

    def __init__(self) -> None:
        self._context = copy_context()
        self._lock = threading.Lock()  # no context can be entered twice at once
        self._stage: Stage | None = None

    def run(self, work: Callable[[], T]) -> T:
        """Do *work* in the stage that the document is at."""
        with self._lock:
            return self._context.run(work)

    def take(self, how: str, *told: Any) -> None:
        """Take what the relay of the other process was given."""
        self.run(lambda: getattr(self, f"_{how}")(*told))

    def break_off(self) -> None:
        """Take note that nothing more will come."""
        if self._stage:
            self.take("end", None, 0.0, {}, "ProcessEnded")

    def _begin(self, name: str, at: int) -> None:
        self._stage = stage(name, began=at)
        self._stage.__enter__()

    def _end(
        self, at: int | None, seconds: float, noted: Mapping[str, object], error: str | None
    ) -> None:
        if self._stage:
            self._stage.note(**noted)
            self._stage.end(seconds, error, at)
        self._stage = None
