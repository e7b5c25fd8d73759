"""The event loop that questions run in, and how it ends."""

from __future__ import annotations

import asyncio
import gc
import threading
import warnings
from concurrent.futures import CancelledError

import anyio
import pytest

from summarizer.ask.loop import Loop


def test_what_is_begun_while_a_loop_ends_is_given_up_whole() -> None:
    """A task that is cancelled before its first step never awaits what it was made for."""
    loop, begun = Loop(), threading.Event()

    async def beginning() -> None:
        async with anyio.create_task_group() as group:
            while True:
                group.start_soon(asyncio.sleep, 0)
                begun.set()
                await asyncio.sleep(0)

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        answer = loop.submit(beginning())
        assert begun.wait(10)
        loop.close(asyncio.sleep(0))
        gc.collect()

    assert [str(one.message) for one in told] == []
    with pytest.raises(CancelledError):
        answer.result(10)
