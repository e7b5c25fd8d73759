"""What a process and its children use, as Linux tells it: processor time and memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_EVERY = 0.25  # seconds between two looks


@dataclass
class Use:
    """The most memory that a process had with all its children, and the processor time so far."""

    most_bytes: int = 0
    seconds: float = 0.0


def tree(pid: int) -> Iterator[int]:
    """Yield *pid* and all processes that come from it."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from tree(int(child))


def cpu_seconds(pid: int) -> float:
    """Return the processor time of *pid* and of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def watched(pid: int) -> Iterator[Use]:
    """Watch *pid* and its children for as long as the block lasts."""
    use, over = Use(), threading.Event()
    seconds: dict[int, float] = {}

    def look() -> None:
        while not over.wait(_EVERY):
            memory = 0
            for each in list(tree(pid)):
                with suppress(OSError):
                    memory += _resident(each)
                    seconds[each] = cpu_seconds(each)
            use.most_bytes = max(use.most_bytes, memory)
            use.seconds = sum(seconds.values())

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield use
    finally:
        over.set()
        thread.join()
