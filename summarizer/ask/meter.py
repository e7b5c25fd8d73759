"""Count what asking uses; every attempt counts, also the failed ones."""

from __future__ import annotations

import threading
import time
from typing import Self

from summarizer.brief import Usage
from summarizer.errors import SettingsError
from summarizer.settings import Settings


class Meter:
    """Running totals, safe to share between threads; a part's totals also count in the whole."""

    def __init__(self, settings: Settings, whole: Meter | None = None) -> None:
        prices = (settings.prompt_price, settings.completion_price)
        if settings.max_cost is not None and None in prices:
            raise SettingsError(
                "max_cost needs the model's prices, which are not known: set prompt_price and "
                "completion_price (--prompt-price, --completion-price)"
            )
        self._settings = settings
        self._whole = whole
        self._started = time.monotonic()
        self._lock = threading.Lock()
        self._requests = self._prompt = self._cached = self._completion = 0
        self._seconds = 0.0

    def part(self) -> Self:
        """Return a meter that starts at zero and whose counts are added here too."""
        return type(self)(self._settings, self)

    def add(self, seconds: float, prompt: int = 0, cached: int = 0, completion: int = 0) -> None:
        """Count one request."""
        seconds = round(seconds, 3)  # as it is kept, or kept answers would add up to other sums
        self._count(1, seconds, prompt, cached, completion)
        if self._whole:
            self._whole.add(seconds, prompt, cached, completion)

    def recall(self, usage: Usage) -> None:
        """Count what an answer cost when it was given; it costs this run nothing."""
        self._count(
            usage.requests,
            usage.seconds,
            usage.prompt_tokens,
            usage.cached_tokens,
            usage.completion_tokens,
        )

    @property
    def age(self) -> float:
        """Seconds since counting began."""
        return time.monotonic() - self._started

    @property
    def usage(self) -> Usage:
        """The totals so far; the cost is None unless prices and tokens are known."""
        with self._lock:
            told = self._prompt or self._completion or not self._requests
            return Usage(
                requests=self._requests,
                prompt_tokens=self._prompt,
                cached_tokens=self._cached,
                completion_tokens=self._completion,
                cost_usd=self.cost(self._prompt, self._completion) if told else None,
                seconds=round(self._seconds, 3),
            )

    def cost(self, prompt: float, completion: float) -> float | None:
        """Return what so many tokens cost, in dollars; None unless both prices are known."""
        prompt_price, completion_price = (
            self._settings.prompt_price,
            self._settings.completion_price,
        )
        if prompt_price is None or completion_price is None:
            return None
        # Cached tokens are counted at the full price: discounts differ, and a limit must hold.
        return (prompt * prompt_price + completion * completion_price) / 1e6

    def _count(
        self, requests: int, seconds: float, prompt: int, cached: int, completion: int
    ) -> None:
        with self._lock:
            self._requests += requests
            self._seconds += seconds
            self._prompt += prompt
            self._cached += cached
            self._completion += completion
