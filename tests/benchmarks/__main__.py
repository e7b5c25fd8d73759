"""Measure what is promised about runs, and print one table.

    python tests/benchmarks [PART ...] [--reports N] [--kills N] [--articles N]
        [--keep DIR]

Parts: overhead, speed, rate (against a made server of this machine), kills, embedded and
langextract (with the embedded model); all of them unless named. Figures that depend on the machine
are compared within one run only. The sizes that stand behind the README's table are the defaults
but for ``--reports``, which is 10000 there.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import bench_embedded
import bench_kills
import bench_run
from rows import HEAD, Row

Part = Callable[[Path], Iterator[Row]]


def main() -> None:
    """Print the rows of each part as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python tests/benchmarks")
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--reports", type=int, default=1_000, help="reports of a run")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--articles", type=int, default=5, help="of the corpus")
    parser.add_argument("--keep", type=Path, help="keep inputs, outputs and logs here")
    given = parser.parse_args()
    parts = _parts(given.reports, given.kills, given.articles)
    if unknown := set(given.parts) - parts.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}; choose among {', '.join(parts)}")
    sys.stdout.write(f"{HEAD}\n")
    for name in given.parts or parts:
        with tempfile.TemporaryDirectory() as temporary:
            work = (given.keep or Path(temporary)) / name
            work.mkdir(parents=True)
            for row in parts[name](work):
                sys.stdout.write(f"{row}\n")
                sys.stdout.flush()


def _parts(reports: int, kills: int, articles: int) -> Mapping[str, Part]:
    return {
        "overhead": partial(bench_run.overhead, count=reports),
        "speed": partial(bench_run.speed, count=reports),
        "rate": partial(bench_run.rate, count=reports),
        "kills": partial(bench_kills.kills, count=kills),
        "embedded": partial(bench_embedded.embedded, count=articles),
        "langextract": partial(bench_embedded.langextract, count=articles),
    }


if __name__ == "__main__":
    main()
