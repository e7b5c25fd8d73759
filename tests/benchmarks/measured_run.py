"""A run of the command over a directory, measured from within, once everything is warm.

    python measured_run.py WARM_DIRECTORY ARGUMENT...

WARM_DIRECTORY holds a few reports that load parser, templates and client; then ``summarize`` is run
with ARGUMENT and told as JSON: processor seconds of this process and its workers, those of reading
a report's sentences and of annotating them (where this process does it), and how long it took.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from summarizer import annotate, pipeline
from summarizer.cli import main


class Stopwatch:
    """Adds up the processor time that some functions take in the threads that call them.

    One that another of them calls is not counted twice.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self._lock = threading.Lock()
        self._here = threading.local()

    def around(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any) -> Any:
            if getattr(self._here, "runs", False):
                return step(*given)
            self._here.runs, began = True, time.thread_time()
            try:
                return step(*given)
            finally:
                self._here.runs = False
                with self._lock:
                    self.seconds += time.thread_time() - began

        return timed


def run(warm: Path, arguments: list[str]) -> dict[str, float]:
    """Return what the run took."""
    with tempfile.TemporaryDirectory() as out:
        _summarize([str(warm), "--out", out, *arguments[arguments.index("--base-url") :]])
    annotating = Stopwatch()
    # The last three are called when what they find is first asked for.
    for module, names in (
        (pipeline, ("segment", "annotate")),
        (annotate, ("find_predicates", "find_speech", "find_goods")),
    ):
        for name in names:
            setattr(module, name, annotating.around(getattr(module, name)))
    before, began = os.times(), time.monotonic()
    _summarize(arguments)
    after = os.times()
    return {
        "seconds": time.monotonic() - began,
        "annotating": annotating.seconds,
        "cpu": sum(after[:4]) - sum(before[:4]),
    }


def _summarize(arguments: list[str]) -> None:
    if code := main(["summarize", *arguments, "--quiet"]):
        raise SystemExit(code)


if __name__ == "__main__":
    sys.stdout.write(f"{json.dumps(run(Path(sys.argv[1]), sys.argv[2:]))}\n")
