"""How many requests are let through, and when: by a clock that runs as fast as it is asked to."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.ask.gate import Gate
from summarizer.ask.meter import Meter
from summarizer.errors import LimitReached
from summarizer.settings import Settings

T = TypeVar("T")


class _Selector(selectors.SelectSelector):
    """Waits for nothing: what it is to wait is added to ``now``."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        self.now += timeout or 0.0
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.clock = _Selector()
        super().__init__(self.clock)

    def time(self) -> float:
        return self.clock.now


def run(work: Coroutine[Any, Any, T]) -> T:
    loop = _Loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


class Traffic:
    """Requests that each take a second; keeps when each began, and how many were in flight."""

    def __init__(self, most: int = 4, beside: Traffic | None = None, **given: Any) -> None:
        self.settings = Settings(**given)
        self.meter = Meter(self.settings)
        gate = beside.gate if beside else None
        self.gate: Gate = Gate(self.settings, self.meter, most=most, beside=gate)
        self.began: list[float] = []
        self.now = self.peak = 0

    async def ask(self, *, characters: int = 300, tokens: int = 100, seconds: float = 1.0) -> None:
        async with self.gate.entered(characters) as place:
            self.began.append(asyncio.get_running_loop().time())
            self.now += 1
            self.peak = max(self.peak, self.now)
            await asyncio.sleep(seconds)
            self.now -= 1
            self.meter.add(seconds, tokens, 0, 0)
            self.gate.answered(place, tokens, 0)

    async def many(self, count: int) -> list[BaseException | None]:
        return await asyncio.gather(*(self.ask() for _ in range(count)), return_exceptions=True)


def failures(results: list[BaseException | None]) -> list[str]:
    assert all(isinstance(each, LimitReached) for each in results if each)
    return [str(each) for each in results if each]


def test_no_more_are_in_flight_than_may_be_and_none_waits_for_nothing() -> None:
    traffic = Traffic(most=4)
    run(traffic.many(12))

    assert traffic.peak == 4
    assert traffic.began == [0.0] * 4 + [1.0] * 4 + [2.0] * 4


def test_requests_a_minute_are_kept_to_after_a_burst() -> None:
    traffic = Traffic(most=100, requests_per_minute=60)
    run(traffic.many(63))

    assert [at for at in traffic.began if at == 0.0] == [0.0] * 3
    assert max(traffic.began) == 60.0


def test_tokens_a_minute_are_kept_to() -> None:
    traffic = Traffic(most=100, tokens_per_minute=6_000)
    run(traffic.many(61))

    # A hundred tokens a second, as the prompts of 300 characters are taken to have.
    assert max(traffic.began) == pytest.approx(58.0, abs=2.5)


def test_endpoint_that_turns_away_is_asked_less_at_once_and_more_again_later() -> None:
    async def work() -> tuple[int, int]:
        traffic = Traffic(most=8)
        async with traffic.gate.entered(1) as place:
            traffic.gate.turned_away(place)
        await traffic.many(8)
        narrow, traffic.peak = traffic.peak, 0
        await traffic.many(60)
        return narrow, traffic.peak

    narrow, wide = run(work())

    assert narrow in (4, 5)
    assert wide == 8


def test_nobody_is_let_in_while_one_rests() -> None:
    async def work() -> Traffic:
        traffic = Traffic()
        with traffic.gate.shut():
            asked = asyncio.gather(traffic.ask(), traffic.ask())
            await asyncio.sleep(30)
        await asked
        return traffic

    assert run(work()).began == [30.0, 30.0]


def test_who_gives_up_while_waiting_holds_up_nobody() -> None:
    async def work() -> Traffic:
        traffic = Traffic(most=1)
        first, second, third = (asyncio.ensure_future(traffic.ask()) for _ in range(3))
        await asyncio.sleep(0.5)
        second.cancel()
        await asyncio.gather(first, second, third, return_exceptions=True)
        return traffic

    assert run(work()).began == [0.0, 1.0]


PRICES: dict[str, Any] = {"prompt_price": 10.0, "completion_price": 10.0}


@given(st.integers(1, 40), st.integers(1, 16), st.integers(1, 30))
def test_cost_is_never_beyond_its_limit(count: int, most: int, affordable: int) -> None:
    """Each costs a dollar; what is in flight is counted before it is answered."""
    traffic = Traffic(most=most, max_cost=affordable + 0.5, **PRICES)

    async def dear() -> list[BaseException | None]:
        asked = (traffic.ask(characters=300_000, tokens=100_000) for _ in range(count))
        return await asyncio.gather(*asked, return_exceptions=True)

    told = failures(run(dear()))

    spent = traffic.meter.usage.cost_usd
    assert spent is not None
    assert spent <= affordable + 1
    assert len(told) == max(0, count - affordable - 1)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(1, 8), st.integers(1, 30))
def test_limits_of_a_run_hold_for_all_its_models_together(
    first: int, second: int, most: int, affordable: int
) -> None:
    """Each costs a dollar; the last one at either endpoint may be one too many."""
    limits: dict[str, Any] = {"max_cost": affordable + 0.5, **PRICES}
    model = Traffic(most=most, **limits)
    reader = Traffic(most=most, beside=model, **limits)

    async def both() -> list[BaseException | None]:
        asked = [
            traffic.ask(characters=300_000, tokens=100_000)
            for traffic, count in ((model, first), (reader, second))
            for _ in range(count)
        ]
        return await asyncio.gather(*asked, return_exceptions=True)

    told = failures(run(both()))

    spent = sum(traffic.meter.usage.cost_usd or 0.0 for traffic in (model, reader))
    assert spent <= affordable + 2
    assert len(told) == first + second - spent
    if told:
        assert spent > affordable


def test_tokens_and_seconds_of_a_run_are_limited() -> None:
    traffic = Traffic(most=1, max_tokens=250)
    told = failures(run(traffic.many(5)))
    assert len(traffic.began) == 3
    assert told == ["the run has used 300 tokens, max_tokens is 250; raise max_tokens to go on"] * 2

    spent = Traffic(most=1, max_seconds=1e-9)
    assert len(failures(run(spent.many(2)))) == 2
