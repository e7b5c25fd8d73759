"""What a run costs beside the model: processor time, speed, memory, share of the ideal rate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from load_server import MODEL, Endpoint, requests_of, serving
from made_reports import made
from processes import cpu_seconds, watched
from rows import Row

PROCESSORS = len(os.sched_getaffinity(0))
_AT_ONCE = 50
_LATENCY = 1.0
_MIDDLE = 0.8  # of a run: without its start, and the end where few are left


@dataclass(frozen=True)
class Measured:
    """What one run took, and what its server did meanwhile."""

    reports: int
    seconds: float
    cpu: float
    annotating: float
    most_bytes: int
    server_cpu: float


def write_reports(folder: Path, count: int) -> Path:
    """Write *count* made reports, and return the folder."""
    folder.mkdir()
    for number in range(count):
        (folder / f"r{number:06}.txt").write_text(made(number).text, "utf-8")
    return folder


def overhead(work: Path, count: int) -> Iterator[Row]:
    """Processor time a report, in one process, so that annotation can be told apart."""
    with serving(0.0, work / "overhead.log") as endpoint:
        took = _measured(work, "overhead", count, endpoint, jobs=16, workers=0)
    beside = took.cpu - took.annotating
    asked = len(requests_of(work / "overhead.log"))
    yield Row("requests a report", f"{asked / (count + _WARM):.2f}")
    yield Row("CPU a report, all", f"{1e3 * took.cpu / count:.1f} ms")
    yield Row("CPU a report, annotation", f"{1e3 * took.annotating / count:.1f} ms")
    yield Row("CPU a report, beside annotation", f"{1e3 * beside / count:.1f} ms", "<= 15 ms")
    yield Row("the same / annotation", f"{beside / took.annotating:.2f}")


def speed(work: Path, count: int) -> Iterator[Row]:
    """Reports a second with a process a processor, and memory against a run of 100."""
    runs = []
    for number in (100, count):
        with serving(0.05, work / f"speed{number}.log") as endpoint:
            name = f"speed{number}"
            runs.append(_measured(work, name, number, endpoint, jobs=_AT_ONCE, workers=PROCESSORS))
    few, many = runs
    busy = (many.cpu + many.server_cpu) / many.seconds / PROCESSORS
    yield Row("reports/s, annotation in processes", f"{count / many.seconds:.1f}", ">= 18")
    yield Row("processors busy", f"{100 * busy:.0f} % of {PROCESSORS}")
    yield Row("the server's share of them", f"{100 * many.server_cpu / many.seconds:.0f} % of one")
    yield Row("CPU a report, all processes", f"{1e3 * many.cpu / count:.1f} ms")
    yield Row("most memory, 100 reports", f"{few.most_bytes / 2**20:.0f} MB")
    yield Row(f"most memory, {count:,} reports", f"{many.most_bytes / 2**20:.0f} MB")
    yield Row("memory / that of 100", f"{many.most_bytes / few.most_bytes:.2f}", "<= 1.3")


def rate(work: Path, count: int) -> Iterator[Row]:
    """Share of the rate that a server of 1 s latency gives to 50 in flight."""
    log = work / "rate.log"
    with serving(_LATENCY, log) as endpoint:
        _measured(work, "rate", count, endpoint, jobs=_AT_ONCE, workers=PROCESSORS)
    # Of the warm-up, which ran before, nothing was asked at the run's own time.
    answered = sorted(one.answered for one in requests_of(log)[_WARM * 5 :] if one.answered)
    ideal = _AT_ONCE / _LATENCY
    whole = (len(answered) - 1) / (answered[-1] - answered[0] + _LATENCY) / ideal
    cut = int(len(answered) * (1 - _MIDDLE) / 2)
    middle = answered[cut:-cut]
    steady = (len(middle) - 1) / (middle[-1] - middle[0]) / ideal
    yield Row("share of the ideal rate, 1 s latency, 50 in flight", f"{100 * whole:.1f} %")
    yield Row("the same, middle 80 % of the run", f"{100 * steady:.1f} %", ">= 95 %")


_WARM = 4


def _measured(
    work: Path, name: str, count: int, endpoint: Endpoint, *, jobs: int, workers: int
) -> Measured:
    reports = write_reports(work / f"{name}-in", count)
    warm = work / "warm"
    if not warm.exists():
        write_reports(warm, _WARM)
    command = [sys.executable, str(Path(__file__).with_name("measured_run.py")), str(warm)]
    command += [str(reports), "--out", str(work / f"{name}-out"), "--base-url", endpoint.base_url]
    command += ["--model", MODEL, "--jobs", str(jobs), "--workers", str(workers)]
    before = cpu_seconds(endpoint.pid)
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process,
        watched(process.pid) as use,
    ):
        assert process.stdout
        told = json.loads(process.stdout.read())
    return Measured(
        reports=count,
        most_bytes=use.most_bytes,
        server_cpu=cpu_seconds(endpoint.pid) - before,
        **told,
    )
