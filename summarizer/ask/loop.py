"""An event loop in a thread of its own: whoever asks hands a question in and waits in their own."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from summarizer.ask.stop import stoppable

T = TypeVar("T")
_ROUND = 0.01  # seconds


class Loop:
    """Runs coroutines for any number of threads; started by the first one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Start *coroutine*; raises RuntimeError once the loop is closed."""
        with self._lock:
            if self._closed:
                coroutine.close()
                raise RuntimeError("the model is closed")
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                # A daemon: a program that forgets to close it must end all the same.
                self._thread = threading.Thread(target=self._run, args=(self._loop,), daemon=True)
                self._thread.start()
        return stoppable(asyncio.run_coroutine_threadsafe(coroutine, self._loop))

    def close(self, last: Coroutine[Any, Any, object]) -> None:
        """End all that runs, then run *last*, and stop."""
        with self._lock:
            self._closed = True
            loop, thread, self._loop = self._loop, self._thread, None
        if loop is None or thread is None:
            last.close()
            return
        asyncio.run_coroutine_threadsafe(_end(last), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    @staticmethod
    def _run(loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        loop.run_forever()


async def _end(last: Coroutine[Any, Any, object]) -> None:
    """Give up all that runs, and what it begins meanwhile, such as a second way to connect.

    What has not begun is let begin first: a task group's child that is cancelled before loses the
    coroutine that it was to await.
    """
    given_up: set[asyncio.Task[Any]] = set()
    while running := asyncio.all_tasks() - {asyncio.current_task()}:
        for task in running - given_up:
            if inspect.getcoroutinestate(task.get_coro()) != inspect.CORO_CREATED:  # type: ignore[arg-type]
                task.cancel()
                given_up.add(task)
        await asyncio.wait(running, timeout=_ROUND)
    await last
