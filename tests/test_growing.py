"""What tells how a cost grows: on a clock that counts what a step does, and on the true one."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from functools import cache

import pytest
from growing import NOTHING, ROUNDS, assert_linear, repeated

LARGEST = 8_000


class Clock:
    """Counts what a step does, each deed a millionth of a second on a machine of some speed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, speeds: tuple[float, ...] = ()) -> None:
        self.seconds = 0.0
        self.runs = 0
        self.speeds = speeds
        monkeypatch.setattr(time, "process_time", lambda: self.seconds)

    def does(self, deeds: float) -> None:
        speed = self.speeds[self.runs] if self.runs < len(self.speeds) else 1.0
        self.runs += 1
        self.seconds += deeds / speed / 1e6


LINES: dict[str, Callable[[int], float]] = {
    "nothing": lambda _: 0,
    "the same": lambda _: 500_000,
    "line": lambda size: 100 * size,
    "sorted": lambda size: 20 * size * math.log2(size),
    "line on cold memory": lambda size: (100 if size < LARGEST else 220) * size,
    "up to a cap": lambda size: 1_000 * min(size, 2_000),
}
SQUARES: dict[str, Callable[[int], float]] = {
    "square": lambda size: size**2 / 100,
    "square behind a line": lambda size: 100 * size + size**2 / 20,
    "cube": lambda size: size**3 / 100_000,
    "square from a size on": lambda size: 10 * size + max(0, size - 2_000) ** 2 / 10,
}


@pytest.mark.parametrize("cost", LINES.values(), ids=LINES)
def test_line_passes_at_once(cost: Callable[[int], float], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)

    assert_linear(lambda size: clock.does(cost(size)), int, LARGEST)

    assert clock.runs == 6


@pytest.mark.parametrize("cost", SQUARES.values(), ids=SQUARES)
def test_square_fails(cost: Callable[[int], float], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)

    with pytest.raises(AssertionError, match="not linear"):
        assert_linear(lambda size: clock.does(cost(size)), int, LARGEST)


def test_what_would_take_hours_is_told_on_a_smaller_input(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, sizes = Clock(monkeypatch), list[int]()

    def step(size: int) -> None:
        sizes.append(size)
        clock.does(1_000 * size**2)

    with pytest.raises(AssertionError, match="not linear"):
        assert_linear(step, int, LARGEST)

    assert sizes == [125, 1_000, 125] * ROUNDS


@pytest.mark.parametrize("speed", [0.01, 100.0])
def test_speed_of_the_machine_changes_nothing(
    speed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, (speed,) * 6 * ROUNDS)

    assert_linear(lambda size: clock.does(10_000 * size), int, LARGEST)
    with pytest.raises(AssertionError):
        assert_linear(lambda size: clock.does(10 * size**2), int, LARGEST)


@pytest.mark.parametrize("sound", [0, 3], ids=["at the smaller", "at the largest"])
@pytest.mark.parametrize(
    "speeds",
    [(1, 0.2, 1), (1, 0.2, 0.2, 0.2, 0.2, 0.2), (1, 0.2, 1, 1, 0.2, 1), (0.1, 1, 1)],
    ids=["while the large input runs", "from then on", "twice", "at first"],
)
def test_machine_that_is_slow_for_a_while_fails_no_line(
    speeds: tuple[float, ...], sound: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, (*(1.0,) * sound, *speeds))

    assert_linear(lambda size: clock.does(1_000 * size), int, LARGEST)


@pytest.mark.parametrize("speeds", [(0.1,), (1, 1, 0.1), (0.1, 1, 1), (1, 0.5, 1), (1, 2, 1)])
def test_machine_that_is_slow_for_a_while_lets_no_square_pass(
    speeds: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, speeds * 6 * ROUNDS)

    with pytest.raises(AssertionError):
        assert_linear(lambda size: clock.does(size**2 / 10), int, LARGEST)


def test_what_costs_next_to_nothing_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    square = NOTHING / LARGEST**2 * 1e6

    assert_linear(lambda size: clock.does(square * size**2), int, LARGEST)
    with pytest.raises(AssertionError):
        assert_linear(lambda size: clock.does(2 * square * size**2), int, LARGEST)


@pytest.mark.parametrize("slope", [2_000, 1])
def test_line_passes_by_the_true_clock(slope: int) -> None:
    assert_linear(lambda size: sum(1 for _ in range(slope * size)), int, 2_000)


def test_square_fails_by_the_true_clock() -> None:
    with pytest.raises(AssertionError, match="not linear"):
        assert_linear(lambda size: sum(1 for _ in range(size**2)), int, 2_000)


def test_step_that_remembers_what_it_has_read_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    step = cache(lambda text: clock.does(100 * len(text)))

    assert_linear(step, repeated("a"), LARGEST)

    assert clock.runs == 6


def test_texts_of_a_size_break_off_alike_and_none_is_made_twice() -> None:
    made = repeated("ab ", before="<", after=">")

    assert [made(7), made(7), made(2)] == ["<ab ab a>", "<ab ab ab a>", "<ab ab a>"]
