"""What tells how a cost grows: on a clock that counts what a step does, and on the true one."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

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
    "up to a cap": lambda size: min(size, 2_000) ** 2 / 2,
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

    assert clock.runs == 3


@pytest.mark.parametrize("cost", SQUARES.values(), ids=SQUARES)
def test_square_fails_in_every_round(
    cost: Callable[[int], float], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)

    with pytest.raises(AssertionError, match="far more than that"):
        assert_linear(lambda size: clock.does(cost(size)), int, LARGEST)

    assert clock.runs == 3 * ROUNDS


@pytest.mark.parametrize("speed", [0.01, 100.0])
@pytest.mark.parametrize("kind", ["line", "square"])
def test_speed_of_the_machine_changes_nothing(
    kind: str, speed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, (speed,) * 3 * ROUNDS)

    def step(size: int) -> None:
        clock.does({"line": 10_000 * size, "square": 10 * size**2}[kind])

    if kind == "line":
        assert_linear(step, int, LARGEST)
    else:
        with pytest.raises(AssertionError):
            assert_linear(step, int, LARGEST)


@pytest.mark.parametrize(
    "speeds",
    [(1, 0.2, 1), (1, 0.2, 0.2, 0.2, 0.2, 0.2), (1, 0.2, 1, 1, 0.2, 1), (0.1, 1, 1)],
    ids=["while the larger runs", "from then on", "twice", "at first"],
)
def test_machine_that_is_slow_for_a_while_fails_no_line(
    speeds: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, speeds)

    assert_linear(lambda size: clock.does(100 * size), int, LARGEST)


@pytest.mark.parametrize("speeds", [(0.1,), (1, 1, 0.1), (1, 0.5, 1), (1, 2, 1)])
def test_machine_that_is_slow_for_a_while_lets_no_square_pass(
    speeds: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, speeds * ROUNDS)

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
    with pytest.raises(AssertionError, match="far more than that"):
        assert_linear(lambda size: sum(1 for _ in range(size**2)), int, 2_000)


def test_text_is_of_the_size_asked_for() -> None:
    assert repeated("ab ")(7) == "ab ab a"
    assert repeated("ab", before="<", after=">")(3) == "<aba>"
