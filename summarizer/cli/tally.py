"""How far a run over reports is, in reports and parts of them, and how long the rest takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from summarizer.cli.spans import span

if TYPE_CHECKING:
    from summarizer.pipeline import Progress
    from summarizer.run import Outcome


class Tally:
    """Counts reports, *total* of them if that is known; safe to share between threads.

    The time left is told by the pace so far. It runs from the first question on: making the engine
    ready is over by then. What is done in no time, as nobody was asked, says nothing about it.
    """

    def __init__(self, total: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._clock = clock
        self._lock = threading.Lock()
        self._began: float | None = None
        self._shares: dict[str, float] = {}
        self._finished = self._idle = 0

    def step(self, progress: Progress) -> None:
        """Take note of how far a report is."""
        share = progress.done / progress.total if progress.total else 0.0
        with self._lock:
            self._began = self._clock() if self._began is None else self._began
            self._shares[progress.document] = min(share, 1.0)

    def finish(self, outcome: Outcome) -> None:
        """Count a report that is done, or has failed."""
        with self._lock:
            document = outcome.document
            asked = document is not None and self._shares.pop(document.id, None) is not None
            self._finished += 1
            self._idle += not asked

    @property
    def done(self) -> float:
        """Reports that are done, each under way counting by its share."""
        with self._lock:
            return self._finished + sum(self._shares.values())

    @property
    def reports(self) -> str:
        """Reports that are done, of all: ``3/10``, or ``3``."""
        return f"{self._finished}/{self._total}" if self._total else str(self._finished)

    @property
    def left(self) -> str:
        """How long the rest takes, in words; empty when nobody knows or nothing is left."""
        done, began = self.done, self._began
        rest, paced = (self._total or 0) - done, done - self._idle
        if began is None or rest <= 0 or paced <= 0:
            return ""
        seconds = (self._clock() - began) / paced * rest
        return f"about {span(seconds)} left" if seconds >= 1 else ""
