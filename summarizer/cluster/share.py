"""Divide what a run may use among its workers: limits in, a share a task out, what is used back."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from summarizer.settings import Settings


@dataclass(frozen=True, slots=True)
class Spent:
    """What was paid for: tokens, and dollars where prices are known."""

    tokens: int = 0
    cost: float = 0.0


NOTHING = Spent()


def fewest(settings: Settings, workers: int) -> int:
    """Return how many workers the rates allow; each asks at least once a minute."""
    return min(workers, settings.requests_per_minute or workers)


def used_up(share: Settings, spent: Spent, seconds: float = 0.0) -> bool:
    """Tell whether a task has come to the end of its *share*."""
    return (
        (share.max_cost is not None and spent.cost >= share.max_cost)
        or (share.max_tokens is not None and spent.tokens >= share.max_tokens)
        or (share.max_seconds is not None and seconds >= share.max_seconds)
    )


class Budget:
    """What *workers* may use together, told out task by task.

    Rates and requests in flight are divided evenly. Of money and tokens a task gets its part of
    what is neither spent nor held by another one, and gives back what it did not need.
    """

    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings = settings
        self._workers = workers
        self._began = time.monotonic()
        self._spent = Spent()
        self._held: list[Settings] = []

    def share(self, tasks: int) -> Settings | None:
        """Return what one of so many *tasks* may use; None when there is nothing left just now."""
        whole, update = self._settings, self._even()
        if whole.max_cost is not None:
            held = sum(share.max_cost or 0.0 for share in self._held)
            left = whole.max_cost - self._spent.cost - held
            if left <= 0:
                return None
            update["max_cost"] = left / tasks
        if whole.max_tokens is not None:
            tokens = whole.max_tokens - self._spent.tokens
            tokens -= sum(share.max_tokens or 0 for share in self._held)
            if tokens <= 0:
                return None
            update["max_tokens"] = math.ceil(tokens / tasks)
        if whole.max_seconds is not None:
            seconds = whole.max_seconds - (time.monotonic() - self._began)
            if seconds <= 0:
                return None
            update["max_seconds"] = seconds
        share = whole.model_copy(update=update)
        self._held.append(share)
        return share

    def settle(self, share: Settings, spent: Spent | None) -> None:
        """Take a share back; what nobody can tell of, of a worker that was killed, counts whole."""
        self._held = [each for each in self._held if each is not share]
        spent = spent or Spent(share.max_tokens or 0, share.max_cost or 0.0)
        self._spent = Spent(self._spent.tokens + spent.tokens, self._spent.cost + spent.cost)

    def ended(self) -> str:
        """Return why there is nothing left."""
        whole, spent = self._settings, self._spent
        if whole.max_cost is not None and spent.cost >= whole.max_cost:
            return f"the run has cost ${spent.cost:.4f}, max_cost is ${whole.max_cost:.4f}"
        if whole.max_tokens is not None and spent.tokens >= whole.max_tokens:
            return f"the run has used {spent.tokens:,} tokens, max_tokens is {whole.max_tokens:,}"
        return f"the run has taken its time, max_seconds is {whole.max_seconds:g}"

    def _even(self) -> dict[str, int | float | None]:
        whole, update = self._settings, dict[str, int | float | None]()
        update["jobs"] = max(1, whole.jobs // self._workers)
        update["workers"] = 0  # the task is the process that reads
        if whole.requests_per_minute:
            update["requests_per_minute"] = max(1, whole.requests_per_minute // self._workers)
        if whole.tokens_per_minute:
            update["tokens_per_minute"] = max(1, whole.tokens_per_minute // self._workers)
        return update
