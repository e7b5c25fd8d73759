"""How the cost of a step grows with its input: told by a ratio within one run, never by seconds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from itertools import count
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

    What is far from linear is so on a smaller input already, and told there within seconds.

    Args:
        step: What is measured, by the time that the processor spends on this process.
        made: Makes the input of a size, unmeasured; each run gets another.
        largest: The size of the larger input.
    """
    for size in (largest // TIMES, largest):
        _assert_linear_up_to(size, step, made)


def repeated(unit: str, *, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return what makes a text of a size: *unit* again and again, between the other two.

    The last one breaks off in its middle, at every size alike: to end in a string is dearer than to
    end behind it. Each text has one more than it would have had before: some steps remember texts.
    """
    made_before = count()

    def made(size: int) -> str:
        times = size // len(unit) + next(made_before)
        return before + unit * times + unit[: len(unit) // 2] + after

    return made


def _assert_linear_up_to(
    large: int, step: Callable[[Made], object], made: Callable[[int], Made]
) -> None:
    """Fail if *step* costs too much on the *large* input, held against a small one.

    A machine that is slow for a while spoils a round, so it has to cost too much in every one. In
    a round the small input is run before and after the large one, and the cheaper run counts.
    """
    small, told = large // TIMES, list[str]()
    for _ in range(ROUNDS):
        before, cost, after = (_cost(step, made(size)) for size in (small, large, small))
        least = min(before, after)
        if cost < MOST * least + NOTHING:
            return
        told.append(f"{least:.3f} and {cost:.3f} seconds")
    raise AssertionError(f"sizes of {small} and {large} cost {', '.join(told)}: not linear")


def _cost(step: Callable[[Made], object], made: Made) -> float:
    """Return the processor's seconds that *step* takes, without those of the garbage collector."""
    gc.disable()
    try:
        start = time.process_time()
        step(made)
        return time.process_time() - start
    finally:
        gc.enable()
