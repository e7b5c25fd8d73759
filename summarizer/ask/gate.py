"""Let requests through: so many at once, a minute and in all as they may be, first come first.

What may be used in all is used at all endpoints of a run together: their gates know each other.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from summarizer.ask.meter import Meter
from summarizer.errors import LimitReached
from summarizer.settings import Settings

_BURST_SECONDS = 2.0  # of a minute's share that may be used at once
_CHARACTERS_A_TOKEN = 3.0  # of prompts in English 4 or more; a guess must rather be too high


@dataclass(frozen=True)
class Reserve:
    """What is kept back for a request in flight: tokens, and dollars where prices are known."""

    tokens: float = 0.0
    cost: float = 0.0


@dataclass(eq=False)
class Pass:
    """A place that one request waits for and then has."""

    reserved: Reserve
    entered: asyncio.Future[None]
    since: float = 0.0


class Gate:
    """The way to one endpoint, for the one event loop that its requests run in.

    It opens less wide after each "too many requests", and wider again with what is answered. What
    a run may cost counts what went through the gates *beside* it, too.
    """

    def __init__(
        self, settings: Settings, meter: Meter, *, most: int, beside: Gate | None = None
    ) -> None:
        self._all: list[Gate] = beside._all if beside else []
        self._all.append(self)
        self._settings = settings
        self._meter = meter
        self._most = most
        self._width = float(most)
        self._narrowed = -math.inf  # when it last was, by the loop's clock
        self._resting = 0
        self._next = -math.inf  # when the rates let the next request in, but for a burst
        self._waiting: deque[Pass] = deque()
        self._inside: set[Pass] = set()
        self._dearest = Reserve()
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def entered(self, characters: int) -> AsyncIterator[Pass]:
        """Hold a place for a request with a prompt of so many *characters*.

        Raises LimitReached when the run has used up what it may.
        """
        tokens = characters / _CHARACTERS_A_TOKEN
        reserved = Reserve(tokens, self._meter.cost(tokens, 0) or 0.0)
        one = Pass(reserved, asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        self._admit()
        try:
            await one.entered
            yield one
        finally:
            if one in self._inside:
                self._inside.discard(one)
            elif one in self._waiting:
                self._waiting.remove(one)
            self._admit()

    def answered(self, one: Pass, prompt: int, completion: int) -> None:
        """Take note of what the request of *one* used in fact."""
        self._width = min(self._width + 1 / self._width, self._most)
        used = prompt + completion
        self._dearest = Reserve(
            max(self._dearest.tokens, used),
            max(self._dearest.cost, self._meter.cost(prompt, completion) or 0.0),
        )
        if per_minute := self._settings.tokens_per_minute:
            self._next += (used - one.reserved.tokens) * 60 / per_minute

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Let nobody in while a request rests that the endpoint wants to be asked again later."""
        self._resting += 1
        try:
            yield
        finally:
            self._resting -= 1
            self._admit()

    def turned_away(self, one: Pass) -> None:
        """Take note that the endpoint had too many requests."""
        now = self._now()
        if one.since >= self._narrowed:  # what was sent before it opened less wide tells nothing
            self._width = max(1.0, self._width / 2)
            self._narrowed = now

    def _admit(self) -> None:
        """Let in who may be, in order; set a timer for what only time allows."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        now = self._now()
        while self._waiting and self._is_open():
            one = self._waiting[0]
            if one.entered.done():  # given up
                self._waiting.popleft()
                continue
            if why := self.used_up():
                self._waiting.popleft()
                one.entered.set_exception(LimitReached(why))
                continue
            if not self._affordable(one):
                return  # until something in flight is answered
            if (wait := self._next - _BURST_SECONDS - now) > 0:
                self._timer = asyncio.get_running_loop().call_later(wait, self._admit)
                return
            self._waiting.popleft()
            self._count(one, now)
            one.since = now
            self._inside.add(one)
            one.entered.set_result(None)

    def used_up(self) -> str | None:
        """Return why nothing may be asked any more, if so."""
        limits = self._settings
        if limits.max_cost is None and limits.max_tokens is None and limits.max_seconds is None:
            return None
        used = self._used()
        if limits.max_cost is not None and used.cost >= limits.max_cost:
            return (
                f"the run has cost ${used.cost:.4f}, max_cost is ${limits.max_cost:.4f}; "
                "raise max_cost to go on"
            )
        if limits.max_tokens is not None and used.tokens >= limits.max_tokens:
            return (
                f"the run has used {used.tokens:,} tokens, max_tokens is {limits.max_tokens:,}; "
                "raise max_tokens to go on"
            )
        age = max(gate._meter.age for gate in self._all)
        if limits.max_seconds is not None and age >= limits.max_seconds:
            return (
                f"the run has taken {age:.0f} s, max_seconds is {limits.max_seconds:g}; raise "
                "max_seconds to go on"
            )
        return None

    def _used(self) -> Reserve:
        """Return what all requests of the run have used."""
        usages = [gate._meter.usage for gate in self._all]
        return Reserve(
            sum(usage.prompt_tokens + usage.completion_tokens for usage in usages),
            sum(usage.cost_usd or 0.0 for usage in usages),
        )

    def _held(self, *more: Pass) -> Reserve:
        """Return what the requests in flight here, and some *more*, may come to use."""
        held = [one.reserved for one in (*self._inside, *more)]
        return Reserve(
            sum(max(reserve.tokens, self._dearest.tokens) for reserve in held),
            sum(max(reserve.cost, self._dearest.cost) for reserve in held),
        )

    def _affordable(self, one: Pass) -> bool:
        """Tell whether the limits allow *one* beside all that is in flight.

        What a request costs is known from the first one that was answered; until then they go one
        by one, as does the last one at each endpoint.
        """
        limits = self._settings
        if (limits.max_cost is None and limits.max_tokens is None) or not self._inside:
            return True
        if not self._dearest.tokens:
            return False
        others = [gate._held() for gate in self._all if gate is not self]
        sums = [self._used(), self._held(one), *others]
        cost, tokens = sum(each.cost for each in sums), sum(each.tokens for each in sums)
        return (limits.max_cost is None or cost <= limits.max_cost) and (
            limits.max_tokens is None or tokens <= limits.max_tokens
        )

    def _is_open(self) -> bool:
        return not self._resting and len(self._inside) < max(1, int(self._width))

    def _count(self, one: Pass, now: float) -> None:
        seconds = 0.0
        if per_minute := self._settings.requests_per_minute:
            seconds = 60 / per_minute
        if per_minute := self._settings.tokens_per_minute:
            seconds = max(seconds, 60 * one.reserved.tokens / per_minute)
        self._next = max(self._next, now) + seconds

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
