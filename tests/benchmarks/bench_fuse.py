"""Time and memory of fusing per brief, of 10,000 and of 100,000 made briefs, and merge quality.

Run: ``python tests/benchmarks/bench_fuse.py [SIZE...]``; each size in a process of its own. Exits
with 1 when a brief of the largest size costs more than 1.3 times one of the smallest, or the merges
of the largest size fall under the promised precision or recall; smaller sizes hold few pairs, so
their quality is printed and not judged. Time is the process's own, as other work on the machine
would count otherwise; memory is what the process grows by while it fuses. Only the ratios, and not
the times, tell something on another machine.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator import make_world

from summarizer.dossier import Entity, FusedEvent, FusedPledge
from summarizer.fuse import fuse

SIZES = (10_000, 100_000)
FLAT, PRECISION, RECALL = 1.3, 0.99, 0.95


@dataclass(frozen=True)
class Measured:
    """What fusing one world took a brief, and precision and recall of each kind of record."""

    milliseconds: float
    kibibytes: float
    quality: dict[str, tuple[float, float]]


def main(sizes: Sequence[int]) -> int:
    """Measure each size and say whether the promises hold."""
    found: list[Measured] = []
    for size in sorted(sizes):
        found.append(_in_a_process(size))
        one, first = found[-1], found[0]
        times = one.milliseconds / first.milliseconds, one.kibibytes / first.kibibytes
        sys.stdout.write(
            f"{size}: {one.milliseconds:.2f} ms (x {times[0]:.2f}), "
            f"{one.kibibytes:.1f} KiB (x {times[1]:.2f}) a brief\n"
        )
        for name, (precision, recall) in one.quality.items():
            sys.stdout.write(f"  {name}: precision {precision:.4f}, recall {recall:.4f}\n")
        sys.stdout.flush()
    flat = max(times) <= FLAT
    last = found[-1]
    right = all(p >= PRECISION and r >= RECALL for p, r in last.quality.values())
    return 0 if flat and right else 1


def measure(size: int) -> Measured:
    """Fuse a made world of *size* briefs."""
    # The words and rules of the language are read once, whatever the size.
    fuse(make_world(20).briefs)
    world = make_world(size, seed=1)
    before = _peak()
    start = time.process_time()
    dossier = fuse(world.briefs)
    seconds, memory = time.process_time() - start, _peak() - before
    people = [actor for actor in dossier.actors if actor.kind == "person"]
    quality = {
        "people": score(people, world.actors),
        "events": score(dossier.events, world.events),
        "pledges": score(dossier.pledges, world.pledges),
    }
    return Measured(1000 * seconds / size, memory / size, quality)


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


def _in_a_process(size: int) -> Measured:
    command = [sys.executable, __file__, "--one", str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout))


def _peak() -> int:
    """The most memory that this process has had, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        sys.stdout.write(json.dumps(asdict(measure(int(sys.argv[2])))))
    else:
        sys.exit(main([int(size) for size in sys.argv[1:]] or SIZES))
