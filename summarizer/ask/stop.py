"""Give up from outside what one call asks: of whatever model, and nothing that others ask of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_STOP: ContextVar[Stop | None] = ContextVar("stop", default=None)


class Stop:
    """A way to end a call that runs in another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = False
        self._asked: set[Future[Any]] = set()

    def over(self, call: Callable[[], T]) -> T:
        """Return what *call* returns; all that is asked in its context can be given up."""
        token = _STOP.set(self)
        try:
            return call()
        finally:
            _STOP.reset(token)

    def now(self) -> None:
        """Give up what is being asked, and refuse what comes; whoever waits gets CancelledError."""
        with self._lock:
            self._stopped = True
            asked = tuple(self._asked)
        for question in asked:
            question.cancel()

    def watch(self, question: Future[Any]) -> None:
        """Take charge of *question* until it is answered."""
        with self._lock:
            self._asked.add(question)
            stopped = self._stopped
        question.add_done_callback(self._forget)
        if stopped:
            question.cancel()

    def _forget(self, question: Future[Any]) -> None:
        with self._lock:
            self._asked.discard(question)


def stoppable(question: Future[T]) -> Future[T]:
    """Return *question*, which is given up when the call that it belongs to is."""
    if stop := _STOP.get():
        stop.watch(question)
    return question
