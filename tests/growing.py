"""How the cost of a step grows with its input: told by a ratio within one run, never by seconds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")

TIMES = 8
"""How many times as large the larger input is: a linear step costs 8 times as much, a square 64."""
MOST = 20
"""How many times as much the larger may cost: noise and cold memory can more than double a line."""
NOTHING = 0.05
"""Seconds that tell nothing: a larger input that costs no more cannot be told from noise."""
ROUNDS = 3


def assert_linear(
    step: Callable[[Made], object], made: Callable[[int], Made], largest: int
) -> None:
    """Fail if *step* costs on the input of size *largest* what a square would cost.

    A machine that is slow for a while spoils a round, so the larger input has to cost too much in
    every one. In a round the smaller one is run before and after it, and the cheaper run counts.

    Args:
        step: What is measured, by the time that the processor spends on this process.
        made: Makes the input of a size, unmeasured; each run gets one of its own.
        largest: The size of the larger input.
    """
    smallest, told = largest // TIMES, list[str]()
    for _ in range(ROUNDS):
        before, cost, after = (_cost(step, made(n)) for n in (smallest, largest, smallest))
        small = min(before, after)
        if cost < MOST * small + NOTHING:
            return
        told.append(f"{small:.3f} and {cost:.3f} seconds")
    raise AssertionError(f"{TIMES} times the input costs far more than that: {', '.join(told)}")


def repeated(unit: str, *, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return what makes a text of a size: *unit* again and again, between the other two."""
    return lambda size: before + (unit * (size // len(unit) + 1))[:size] + after


def _cost(step: Callable[[Made], object], made: Made) -> float:
    """Return the processor's seconds that *step* takes, without those of the garbage collector."""
    gc.disable()
    try:
        start = time.process_time()
        step(made)
        return time.process_time() - start
    finally:
        gc.enable()
