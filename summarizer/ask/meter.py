"""Count what asking uses; every attempt counts, also the failed ones."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from summarizer.brief import Usage
from summarizer.errors import ModelError, SettingsError
from summarizer.settings import Settings

_CHARACTERS_A_TOKEN = 3.0  # of prompts in English 4 or more; a guess must rather be too high


class Meter:
    """Running totals, safe to share between threads; a part's totals also count in the whole."""

    def __init__(self, settings: Settings, whole: Meter | None = None) -> None:
        prices = (settings.prompt_price, settings.completion_price)
        if settings.max_cost is not None and None in prices:
            raise SettingsError("max_cost needs prompt_price and completion_price to be set too")
        self._settings = settings
        self._whole = whole
        self._changed = threading.Condition()
        self._requests = self._prompt = self._cached = self._completion = 0
        self._seconds = 0.0
        self._dearest = 0.0
        self._in_flight: list[float] = []

    def part(self) -> Self:
        """Return a meter that starts at zero and whose counts are added here too."""
        return type(self)(self._settings, self)

    def add(self, seconds: float, prompt: int = 0, cached: int = 0, completion: int = 0) -> None:
        """Count one request."""
        with self._changed:
            self._requests += 1
            self._seconds += seconds
            self._prompt += prompt
            self._cached += cached
            self._completion += completion
            self._dearest = max(self._dearest, self._cost(prompt, completion) or 0.0)
        if self._whole:
            self._whole.add(seconds, prompt, cached, completion)

    @contextmanager
    def reserved(self, characters: int) -> Iterator[None]:
        """Keep back what a request with a prompt of so many *characters* may cost.

        Waits while that and what is in flight could go beyond ``max_cost`` together. What a
        request costs is known from the first one that was answered; until then they go one by one.
        Raises ModelError when the whole run has reached the limit.
        """
        if self._whole:
            with self._whole.reserved(characters):
                yield
            return
        share = self._reserve(self._cost(characters / _CHARACTERS_A_TOKEN, 0) or 0.0)
        try:
            yield
        finally:
            with self._changed:
                self._in_flight.remove(share)
                self._changed.notify_all()

    def _reserve(self, least: float) -> float:
        limit = self._settings.max_cost
        with self._changed:
            while limit is not None:
                spent = self._cost(self._prompt, self._completion) or 0.0
                if spent >= limit:
                    raise ModelError(
                        f"stopped: the run has cost ${spent:.4f}, max_cost is ${limit:.4f}; "
                        "raise max_cost to go on"
                    )
                least = max(least, self._dearest)
                answered = self._prompt + self._completion > 0
                fits = spent + sum(self._in_flight) + least <= limit
                if not self._in_flight or (answered and fits):
                    break
                self._changed.wait()
            self._in_flight.append(least)
            return least

    @property
    def usage(self) -> Usage:
        """The totals so far; the cost is None unless both prices are set."""
        with self._changed:
            return Usage(
                requests=self._requests,
                prompt_tokens=self._prompt,
                cached_tokens=self._cached,
                completion_tokens=self._completion,
                cost_usd=self._cost(self._prompt, self._completion),
                seconds=round(self._seconds, 3),
            )

    def _cost(self, prompt: float, completion: float) -> float | None:
        prompt_price, completion_price = (
            self._settings.prompt_price,
            self._settings.completion_price,
        )
        if prompt_price is None or completion_price is None:
            return None
        # Cached tokens are counted at the full price: discounts differ, and a limit must hold.
        return (prompt * prompt_price + completion * completion_price) / 1e6
