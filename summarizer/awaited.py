"""The async twins: the same calls for programs that run an event loop.

Each works in a thread, as much of the time goes into parsing, and holds up no loop. Cancelling it
gives up at once what it asks, and nothing else that is asked of the same model; its thread ends at
the next step, puts away what it opened, and is not waited for; of reports that processes of their
own read (``Settings.workers``), one is finished first. A function given as *progress* is called in
that thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextvars import copy_context
from functools import cache, partial, wraps
from itertools import islice
from types import FunctionType
from typing import Any, ParamSpec, TypeVar

from summarizer.ask import Stop
from summarizer.errors import ModelUnavailable
from summarizer.extract import extract
from summarizer.pipeline import summarize, verify
from summarizer.run import summarize_many

P = ParamSpec("P")
T = TypeVar("T")

MOST_AT_ONCE = 32
"""Calls that are worked on at a time; more wait for their turn."""


def twin(call: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Return *call* to be awaited; it takes the same arguments and raises the same errors."""

    @wraps(call)
    async def awaited(*args: P.args, **kwargs: P.kwargs) -> T:
        stop = Stop()
        work = partial(stop.over, partial(_unmistaken, partial(call, *args, **kwargs)))
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(_threads(), copy_context().run, work)
        finally:
            stop.now()

    _call_twin(awaited, "await")
    return awaited


def _twin_of_run(call: Callable[P, Iterator[T]]) -> Callable[P, AsyncIterator[T]]:
    """Return *call*, which yields, for ``async for``."""

    @wraps(call)
    async def awaited(*args: P.args, **kwargs: P.kwargs) -> AsyncIterator[T]:
        def yielding() -> Generator[T, None, None]:
            yield from call(*args, **kwargs)

        stop, context, run = Stop(), copy_context(), yielding()
        step = partial(stop.over, partial(_unmistaken, lambda: tuple(islice(run, 1))))
        loop = asyncio.get_running_loop()
        # One thread, so that the run is closed behind the step that it is at.
        thread = ThreadPoolExecutor(1, thread_name_prefix="summarizer")
        try:
            while found := await loop.run_in_executor(thread, context.run, step):
                yield found[0]
        finally:
            stop.now()
            thread.submit(context.run, run.close)
            thread.shutdown(wait=False)

    _call_twin(awaited, "async for")
    return awaited


@cache
def _threads() -> ThreadPoolExecutor:
    """Return threads of our own: those of the loop look up addresses for all of the program."""
    return ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="summarizer")


def _unmistaken(call: Callable[[], T]) -> T:
    try:
        return call()
    except CancelledError:
        # Passed on, it would be taken for the caller's own wish, and the loss be silent.
        raise ModelUnavailable("the model was closed while it was asked") from None


def _call_twin(made: object, how: str) -> None:
    assert isinstance(made, FunctionType)
    own, rest = made.__name__, made.__doc__
    made.__module__ = __name__
    made.__name__ = made.__qualname__ = f"a{own}"
    made.__doc__ = f"Do by ``{how}`` what ``{own}`` does, holding up no event loop.\n\n    {rest}"


asummarize = twin(summarize)
asummarize_many = _twin_of_run(summarize_many)
aextract = twin(extract)
averify = twin(verify)
