"""Keep the clients' own logs out of what this package asks: they hold the article, or its key.

``OPENAI_LOG=debug`` logs each request whole. What the same clients do for others is not touched.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_CLIENTS = frozenset({"openai", "httpx2", "httpcore2", "instructor"})
_asking: ContextVar[bool] = ContextVar("asking", default=False)


class _NotWhileAsking(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not _asking.get()


class _Hush:
    """Puts the filter on each of the clients' loggers; some are made as late as at a request."""

    def __init__(self) -> None:
        self._filter = _NotWhileAsking()
        self._seen = 0

    def __call__(self) -> None:
        known = logging.root.manager.loggerDict
        if len(known) == self._seen:
            return
        self._seen = len(known)
        for name in list(known):
            if name.partition(".")[0] in _CLIENTS:
                logging.getLogger(name).addFilter(self._filter)


_hush = _Hush()


@contextmanager
def silenced() -> Iterator[None]:
    """Let no client log what it does in this block."""
    _hush()
    token = _asking.set(True)
    try:
        yield
    finally:
        _asking.reset(token)
