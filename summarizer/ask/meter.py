"""Count what asking uses; every attempt counts, also the failed ones."""

from __future__ import annotations

import threading
from typing import Self

from summarizer.brief import Usage
from summarizer.errors import ModelError, SettingsError
from summarizer.settings import Settings


class Meter:
    """Running totals, safe to share between threads; a part's totals also count in the whole."""

    def __init__(self, settings: Settings, whole: Meter | None = None) -> None:
        prices = (settings.prompt_price, settings.completion_price)
        if settings.max_cost is not None and None in prices:
            raise SettingsError("max_cost needs prompt_price and completion_price to be set too")
        self._settings = settings
        self._whole = whole
        self._lock = threading.Lock()
        self._requests = self._prompt = self._cached = self._completion = 0
        self._seconds = 0.0

    def part(self) -> Self:
        """Return a meter that starts at zero and whose counts are added here too."""
        return type(self)(self._settings, self)

    def add(self, seconds: float, prompt: int = 0, cached: int = 0, completion: int = 0) -> None:
        """Count one request."""
        with self._lock:
            self._requests += 1
            self._seconds += seconds
            self._prompt += prompt
            self._cached += cached
            self._completion += completion
        if self._whole:
            self._whole.add(seconds, prompt, cached, completion)

    def check(self) -> None:
        """Raise ModelError when the whole run has reached ``max_cost``."""
        if self._whole:
            return self._whole.check()
        spent, limit = self.usage.cost_usd, self._settings.max_cost
        if limit is not None and spent is not None and spent >= limit:
            raise ModelError(
                f"stopped: the run has cost ${spent:.4f}, max_cost is ${limit:.4f}; "
                "raise max_cost to go on"
            )
        return None

    @property
    def usage(self) -> Usage:
        """The totals so far; the cost is None unless both prices are set."""
        with self._lock:
            return Usage(
                requests=self._requests,
                prompt_tokens=self._prompt,
                cached_tokens=self._cached,
                completion_tokens=self._completion,
                cost_usd=self._cost(),
                seconds=round(self._seconds, 3),
            )

    def _cost(self) -> float | None:
        prompt, completion = self._settings.prompt_price, self._settings.completion_price
        if prompt is None or completion is None:
            return None
        # Cached tokens are counted at the full price: discounts differ, and a limit must hold.
        return (self._prompt * prompt + self._completion * completion) / 1e6
