"""A run on a Ray cluster of this machine: workers that are killed, limits, what is done already."""

from __future__ import annotations

import gc
import json
import os
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from scripted import Reply, Script, failure
from test_cluster import ANSWER, QUESTIONS, bodies, news, rows, script, settings, told

ray = pytest.importorskip("ray", reason="needs the extra ray")

from summarizer.cli import main  # noqa: E402
from summarizer.cluster import Cluster, Done, run_cluster  # noqa: E402
from summarizer.errors import InputError, LimitReached  # noqa: E402
from summarizer.settings import Settings, report_no_usage  # noqa: E402

__all__ = ["script"]  # the fixture
pytestmark = [
    pytest.mark.block_network(allowed_hosts=[".*"]),  # Ray binds the machine's own address
    pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="finds the worker by /proc"),
]
WORKERS = 2


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    report_no_usage()
    ray.init(
        address="local",
        num_cpus=WORKERS,
        include_dashboard=False,
        object_store_memory=100 * 2**20,
        log_to_driver=False,
        logging_level="ERROR",
    )
    yield
    ray.shutdown()
    with warnings.catch_warnings():  # Ray ends its processes, but waits for none of them
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def run(url: str, out: Path, given: Settings, size: int = 4, jobs: int = WORKERS) -> list[Done]:
    return list(
        run_cluster(url, str(out), settings=given, size=size, jobs=jobs, cluster=Cluster(WORKERS))
    )


def briefs(out: Path) -> list[str]:
    """Return the briefs of all parts; what took how long is nobody's business."""
    found = []
    for part in sorted(out.glob("*.parquet")):
        for row in rows(part):
            brief = json.loads(row["brief"])
            brief["usage"].pop("seconds")
            found.append(json.dumps(brief))
    return found


def at_work(out: Path, partition: int) -> int:
    """Return the process that has the ledger of a partition open."""
    ledger = str(out / f"part-{partition:05}.ledger")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            files = [str(each.readlink()) for each in (process / "fd").iterdir()]
        except OSError:
            continue
        if any(file.startswith(ledger) for file in files) and int(process.name) != os.getpid():
            return int(process.name)
    raise AssertionError(f"nobody works on {ledger}")


def test_worker_that_is_killed_costs_nothing_that_was_answered(
    script: Script, tmp_path: Path
) -> None:
    url, out = news(tmp_path, 24), tmp_path / "out"
    script.will_reply(*[ANSWER] * 30, Reply(hangs=True), ANSWER)
    killed: list[int] = []

    def kill() -> None:
        while len(script.requests) < 31:
            time.sleep(0.01)
        asked = json.dumps(script.requests[30])
        number = next(n for n in range(24) if told(n) in asked)
        killed.append(at_work(out, number // 4))
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    done = run(url, out, settings(script))
    killer.join()

    assert sorted(each.name for each in done) == [f"part-{n:05}" for n in range(6)]
    assert [each.lost for each in done].count(1) == 1
    assert sum(each.reports for each in done) == 24
    assert not any(each.stopped or each.failed or each.lacking for each in done)
    counts = bodies(script)
    hung = json.dumps(script.requests[30], sort_keys=True)
    assert counts.pop(hung) == 2
    assert set(counts.values()) == {1}
    assert len(counts) == 24 * QUESTIONS - 1

    script.will_reply(ANSWER)
    run(url, tmp_path / "undisturbed", settings(script))
    assert briefs(out) == briefs(tmp_path / "undisturbed")


def test_what_is_done_is_not_done_again_but_what_is_half_written_is(
    script: Script, tmp_path: Path
) -> None:
    url, out = news(tmp_path, 8), tmp_path / "out"
    run(url, out, settings(script))
    asked, whole = len(script.requests), briefs(out)
    half = out / "part-00001.parquet"
    half.write_bytes(half.read_bytes()[:500])

    again = run(url, out, settings(script))

    assert [(each.name, each.kept) for each in again] == [
        ("part-00000", True),
        ("part-00001", False),
    ]
    assert len(script.requests) == asked
    assert briefs(out) == whole
    assert run(url, out, settings(script, seed=1))[0].asked == 4 * QUESTIONS


def test_run_ends_at_its_limit_and_goes_on_from_there(script: Script, tmp_path: Path) -> None:
    url, out = news(tmp_path, 12), tmp_path / "out"
    whole = 12 * QUESTIONS * 110

    with pytest.raises(LimitReached, match=r"partitions left: the run has used [\d,]+ tokens"):
        run(url, out, settings(script, max_tokens=whole // 2))
    assert len(script.requests) * 110 <= whole // 2 + WORKERS * 110

    done = run(url, out, settings(script))
    assert sum(each.reports for each in done) == 12
    assert set(bodies(script).values()) == {1}


def test_run_that_only_fails_is_ended(script: Script, tmp_path: Path) -> None:
    script.will_reply(failure(401, "no such key"))

    with pytest.raises(LimitReached, match="3 partitions left: 2 reports in a row failed alike"):
        run(news(tmp_path, 12), tmp_path / "out", settings(script, max_failures=2))


@pytest.mark.slow
def test_partition_that_kills_every_worker_is_given_up(script: Script, tmp_path: Path) -> None:
    url, out = news(tmp_path, 8), tmp_path / "out"
    deadly = json.dumps(told(0))[1:-1]
    stop = threading.Event()

    def kill() -> None:
        seen = 0
        while not stop.wait(0.01):
            for request in script.requests[seen:]:
                seen += 1
                if deadly in json.dumps(request):
                    os.kill(at_work(out, 0), signal.SIGKILL)

    script.will_reply(Reply(hangs=True))
    killer = threading.Thread(target=kill)
    killer.start()
    try:
        done = run(url, out, settings(script, timeout=3), size=7)
    finally:
        stop.set()
        killer.join()

    lost = next(each for each in done if each.name == "part-00000")
    assert "3 workers ended while they were at it" in str(lost.stopped)
    assert lost.lost == 3


def test_parts_of_another_cut_are_told(tmp_path: Path) -> None:
    url, out = news(tmp_path, 8), tmp_path / "out"
    out.mkdir()
    (out / "part-00001.parquet").write_bytes(b"")

    with pytest.raises(InputError, match=r"part-00001.parquet is of another input, or cut"):
        run(url, out, Settings(), size=8)


def test_second_run_in_one_folder_is_refused(tmp_path: Path) -> None:
    url, out = news(tmp_path, 8), tmp_path / "out"
    out.mkdir()
    lock = FileLock(out / ".summarizer-cluster.lock")
    with lock, pytest.raises(InputError, match="another run is at work here"):
        run(url, out, Settings())


def test_command_tells_what_came_of_it(
    script: Script, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = news(tmp_path, 3)
    with Path(url).open("a", encoding="utf-8") as stream:
        stream.write("{}\n")
    asked = ["cluster", url, "--out", str(tmp_path / "out"), "--base-url", script.base_url]
    asked += ["--model", "m", "--verify", "off", "--workers", "2", "--size", "2"]

    assert main(asked) == 1
    told = capsys.readouterr().err
    assert "part-00001: 2 reports, 1 failed; 4 answers paid for" in told
    assert "2 parts: 4 reports, 12 answers paid for, 1,320 tokens" in told
    assert main(asked) == 1
    assert "2 parts, 2 of them up to date: 4 reports, 0 answers" in capsys.readouterr().err
