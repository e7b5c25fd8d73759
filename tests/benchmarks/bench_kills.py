"""Kill runs at random moments, resume them, and see what is lost and what is asked again."""

from __future__ import annotations

import json
import math
import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from bench_run import write_reports
from load_server import MODEL, Request, requests_of, serving
from processes import tree
from rows import Row

JOBS = 16
_REPORTS = 64
_LATENCY = 0.05
_KILLS_A_FOLDER = 5
_SEED = 14
_MOMENT = 0.1  # seconds that an answer may take to the disk
_PATIENCE = 300.0  # seconds for a run to begin to ask, or to end


@dataclass
class _Gap:
    """When nobody ran: from a kill to the next start."""

    kill: float
    until: float = math.inf


@dataclass
class _Found:
    """What all the kills came to."""

    kills: int = 0
    folders: int = 0
    alike: int = 0
    altered: int = 0
    left_over: int = 0
    answered: int = 0
    again: list[float] = field(default_factory=list)  # seconds from an answer to the kill after it


def kills(work: Path, count: int) -> Iterator[Row]:
    """Kill *count* runs of 16 jobs, five in a folder, and resume each where it was."""
    reports = write_reports(work / "in", _REPORTS)
    dice = random.Random(_SEED)
    found = _Found()
    with serving(_LATENCY, work / "reference.log") as endpoint:
        began = time.monotonic()
        _finish(_started(reports, work / "reference", endpoint.base_url))
        span = time.monotonic() - began
        first = min(one.asked for one in requests_of(work / "reference.log"))
        span -= first - began
    wanted = _briefs(work / "reference")
    while found.kills < count:
        found.folders += 1
        log = work / f"kills{found.folders}.log"
        gaps: list[_Gap] = []
        with serving(_LATENCY, log) as endpoint:
            out = work / f"out{found.folders}"
            for _ in range(min(_KILLS_A_FOLDER, count - found.kills)):
                # What is left of the run gets shorter with each kill.
                wait = dice.uniform(0.0, span / _KILLS_A_FOLDER)
                run = _started(reports, out, endpoint.base_url, gaps)
                _reach(run, log, wait)
                if run.poll() is None:
                    moment, left_over = _killed(run)
                    gaps.append(_Gap(moment))
                    found.left_over += left_over
                    found.kills += 1
                else:
                    _finish(run)  # it was done before its time came
            before = {path.name: path.read_bytes() for path in out.glob("*.brief.json")}
            _finish(_started(reports, out, endpoint.base_url, gaps))
        found.altered += sum((out / name).read_bytes() != had for name, had in before.items())
        found.alike += _briefs(out) == wanted
        asked = requests_of(log)
        found.answered += sum(_heard(one, gaps) is not None for one in asked)
        found.again += _asked_again(asked, gaps)
    yield Row("runs killed at 16 jobs", f"{found.kills} in {found.folders} folders")
    yield Row(
        "resumed to the briefs of a run that was not killed (but for seconds)",
        f"{found.alike} of {found.folders}",
        "all",
    )
    yield Row("briefs that were there and changed by a byte", str(found.altered), "0")
    yield Row("processes that outlived a kill", str(found.left_over), "0")
    again = len(found.again)
    yield Row("answered requests that were asked again", f"{again} of {found.answered}", "0")
    late = sum(age > _MOMENT for age in found.again)
    yield Row(f"of these out for over {1e3 * _MOMENT:.0f} ms before the kill", str(late), "0")
    oldest = f"{1e3 * max(found.again):.0f} ms" if found.again else "—"
    yield Row("the longest time that such an answer was out before the kill", oldest)


def _started(
    reports: Path, out: Path, url: str, gaps: Sequence[_Gap] = ()
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "summarizer", "summarize", str(reports), "--out", str(out)]
    command += ["--base-url", url, "--model", MODEL, "--jobs", str(JOBS), "--quiet"]
    if gaps:
        gaps[-1].until = min(gaps[-1].until, time.monotonic())
    return subprocess.Popen(command)


def _finish(run: subprocess.Popen[bytes]) -> None:
    if code := run.wait(_PATIENCE):
        raise SystemExit(f"a run that nobody killed ended with {code}")


def _reach(run: subprocess.Popen[bytes], log: Path, wait: float) -> None:
    """Wait until *run* has begun to ask, and some time more."""
    known, patience = _size(log), time.monotonic() + _PATIENCE
    while _size(log) == known and run.poll() is None and time.monotonic() < patience:
        time.sleep(0.002)
    with suppress(subprocess.TimeoutExpired):
        run.wait(wait)


def _killed(run: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Kill *run*; return when, and how many of its processes were still there afterwards."""
    family = list(tree(run.pid))
    moment = time.monotonic()
    run.send_signal(signal.SIGKILL)
    run.wait()
    patience = time.monotonic() + 5
    while (left := [pid for pid in family if _lives(pid)]) and time.monotonic() < patience:
        time.sleep(0.05)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    return moment, len(left)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _asked_again(requests: Sequence[Request], gaps: Sequence[_Gap]) -> Iterator[float]:
    """Yield, for each request that was answered and asked again, how old its answer was.

    What arrives within the last milliseconds before a kill nobody can have kept; so the time from
    the answer's last byte to the kill tells whether anything was lost that could have been kept.
    What was in flight at a kill was answered to nobody.
    """
    by_body: dict[str, list[Request]] = defaultdict(list)
    for one in requests:
        by_body[one.body].append(one)
    for same in by_body.values():
        for earlier, later in pairwise(same):
            if (at := _heard(earlier, gaps)) is not None:
                kill = next((gap.kill for gap in gaps if gap.kill > at), later.asked)
                yield min(kill, later.asked) - at


def _heard(request: Request, gaps: Sequence[_Gap]) -> float | None:
    """Return when somebody who was alive had the answer to *request*, if ever.

    The server may come to a request when whoever asked is gone already: it answers, to nobody.
    """
    at = request.answered
    lost = at is not None and any(request.asked <= gap.until and gap.kill <= at for gap in gaps)
    return None if lost else at


def _briefs(out: Path) -> dict[str, str]:
    """Return the briefs of *out* by name, without what clocks say."""
    found = {}
    for path in sorted(out.glob("*.brief.json")):
        brief = json.loads(path.read_bytes())
        for usage in (brief["usage"], (brief["second_reading"] or {}).get("usage", {})):
            usage.pop("seconds", None)
        found[path.name] = json.dumps(brief)
    return found
