"""Time and memory of fusing per brief, from 500 to 5,000 made briefs, and merge quality.

Run: ``python tests/benchmarks/bench_fuse.py``; exits with 1 when the cost per brief grows more
than twofold, or the merges of the largest size fall under the promised precision or recall;
smaller sizes hold few pairs, so their quality is printed and not judged. Time is the process's
own, as other work on the machine would count otherwise.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator import make_world

from summarizer.dossier import Entity, FusedEvent, FusedPledge
from summarizer.fuse import fuse

SIZES = (500, 1000, 2000, 5000)
FLAT, PRECISION, RECALL = 2.0, 0.99, 0.95


def main() -> int:
    """Measure each size and say whether the promises hold."""
    costs: list[tuple[float, float]] = []
    good = True
    for size in SIZES:
        world = make_world(size, seed=1)
        start = time.process_time()
        dossier = fuse(world.briefs)
        seconds = time.process_time() - start
        tracemalloc.start()
        fuse(world.briefs)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        costs.append((seconds / size, peak / size))
        sys.stdout.write(f"{size}: {1000 * seconds / size:.2f} ms, {peak / size / 1024:.1f} KiB\n")
        people = [actor for actor in dossier.actors if actor.kind == "person"]
        for name, records, truth in (
            ("people", people, world.actors),
            ("events", dossier.events, world.events),
            ("pledges", dossier.pledges, world.pledges),
        ):
            precision, recall = score(records, truth)
            if size == SIZES[-1]:
                good = good and precision >= PRECISION and recall >= RECALL
            sys.stdout.write(f"  {name}: precision {precision:.4f}, recall {recall:.4f}\n")
    for measure in zip(*costs, strict=True):
        good = good and max(measure) / min(measure) <= FLAT
    return 0 if good else 1


def score(
    records: Sequence[Entity | FusedEvent | FusedPledge], truth: Mapping[tuple[str, str], str]
) -> tuple[float, float]:
    """Return pairwise precision and recall of the merges."""
    members = [(r.id, truth[m.document, m.record]) for r in records for m in r.members]
    right, made, wanted = (
        _pairs(Counter(keys).values())
        for keys in (members, [m[0] for m in members], [m[1] for m in members])
    )
    return right / made, right / wanted


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


if __name__ == "__main__":
    sys.exit(main())
