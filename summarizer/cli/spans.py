"""Lengths of time as people say them, and how long something will still take."""

from __future__ import annotations

import time
from collections.abc import Callable


def span(seconds: float) -> str:
    """Return *seconds* in one or two units: ``40 s``, ``12 min``, ``2 h 05 min``."""
    if seconds < 59.5:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


class Pace:
    """How long the rest of some work takes, at the pace of what is done of it.

    It counts from when it is made, for what is *done* since; both may be parts of one thing.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()

    @property
    def age(self) -> float:
        """Seconds since it was made."""
        return self._clock() - self._began

    def left(self, done: float, rest: float) -> str:
        """Return how long the *rest* takes, in words; empty when nothing is known or left."""
        if done <= 0 or rest <= 0:
            return ""
        return f"about {span(self.age / done * rest)} left"
