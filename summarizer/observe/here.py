"""Which document and stage the code at work is in, and who counts: it goes where the code goes."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from summarizer.observe.counters import Counters


@dataclass(frozen=True, slots=True)
class Here:
    """Where the code at work is; *relay* takes what a process tells for another one that counts."""

    counters: Counters | None = None
    document: str | None = None
    stage: str | None = None
    relay: Callable[..., None] | None = None


HERE: ContextVar[Here] = ContextVar("here", default=Here())  # noqa: B039 (frozen)
