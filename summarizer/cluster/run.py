"""Run a job on a Ray cluster: partitions handed to workers one by one, whoever of them is killed.

A partition whose worker ended is handed out again, by this process and not by Ray, which would not
tell: what the dead worker spent is then unknown and must be counted.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from summarizer.cluster.part import ENDING, about
from summarizer.cluster.place import Place, needed
from summarizer.cluster.plan import Partition, cut
from summarizer.cluster.share import Budget, fewest
from summarizer.cluster.work import Done, Job, made_of, work
from summarizer.errors import InputError, LimitReached, ModelError, SummarizerError
from summarizer.settings import Settings, report_no_usage

SIZE = 1_000
"""Reports a partition: its start of seconds is nothing to it, and a machine lost costs no more."""
JOBS_A_WORKER = 4
"""Requests in flight of a worker, unless the user tells how many there are in all."""
_TRIES = 3  # workers that may end while they are at one partition: its reports may be the cause
_LOCK = ".summarizer-cluster.lock"
_AT_ONCE = 16  # parts looked at; in a store of objects each takes some ten milliseconds
_STORE = 200 * 2**20  # bytes for what tasks return, which is little


@dataclass(frozen=True, slots=True)
class Cluster:
    """Which workers there are: *count* of them (None: one a processor, embedded: one a machine).

    *address* is that of a running Ray cluster, ``auto`` for the one that ``RAY_ADDRESS`` names or
    that runs on this machine; without it one is started here, for this run.
    """

    count: int | None = None
    address: str | None = None


def run_cluster(
    input: str,
    out: str,
    *,
    settings: Settings,
    jobs: int | None = None,
    size: int = SIZE,
    cluster: Cluster | None = None,
    ledgers: Path | None = None,
) -> Generator[Done, None, None]:
    """Write the briefs of the reports in *input* to Parquet files in *out*; yield each when done.

    Both are paths or URLs that fsspec knows, and must mean the same on every machine; *input* is a
    directory, a ``.jsonl`` or a ``.parquet`` file. A part that is done, of the same reports and
    settings, is yielded as ``kept``. *settings* are those of the whole run: its rates, money and
    tokens are divided among the workers, and so are the *jobs*, requests in flight (None: four a
    worker).

    Raises:
        InputError: *input* or *out* cannot be used.
        LimitReached: the run may use no more, or would only fail; tells how much is left.
        SummarizerError: what concerns all reports, such as wrong settings.
    """
    ray = needed("ray")
    place, files = Place.of_input(input)
    target = Place(out)
    job = Job(place.url, target.url, ledgers.absolute() if ledgers else None)
    with _alone(target):
        partitions = cut(place, files, size)
        kept, waiting = _sorted_out(target, partitions, settings)
        yield from kept
        if not waiting:
            return
        with _session(ray, cluster or Cluster()):
            yield from _Run(ray, job, settings, jobs, cluster or Cluster()).through(waiting)


def _sorted_out(
    target: Place, partitions: list[Partition], settings: Settings
) -> tuple[list[Done], deque[Partition]]:
    """Return what is done already, and what is to be done."""
    names = set(target.names())
    known = {partition.name + ENDING for partition in partitions}
    strange = sorted(name for name in names - known if name.endswith(ENDING))
    if strange:
        raise InputError(
            f"{target.url}: {strange[0]} is of another input, or cut otherwise; remove it or give "
            "another --out"
        )
    kept: list[Done] = []
    waiting: deque[Partition] = deque()
    with ThreadPool(_AT_ONCE) as pool:
        found = pool.imap(
            lambda each: about(target, each.name + ENDING) if each.name + ENDING in names else None,
            partitions,
        )
        for partition, part in zip(partitions, found, strict=True):
            if part and part.made == made_of(partition, settings) and not part.lacking:
                kept.append(Done(partition.name, part.reports, part.failed, kept=True))
            else:
                waiting.append(partition)
    return kept, waiting


class _Run:
    """Partitions under way, and what the run may still use."""

    def __init__(
        self, ray: Any, job: Job, settings: Settings, jobs: int | None, cluster: Cluster
    ) -> None:
        self._ray = ray
        self._job = job
        self._settings = settings
        self._workers, processors = _workers(ray, settings, cluster)
        in_flight = jobs or JOBS_A_WORKER * self._workers
        self._budget = Budget(settings.model_copy(update={"jobs": in_flight}), self._workers)
        self._task = ray.remote(work).options(
            num_cpus=processors, max_retries=0, name="summarizer.cluster"
        )
        self._under_way: dict[Any, tuple[Partition, Settings]] = {}
        self._lost: Counter[str] = Counter()
        self._ended: SummarizerError | None = None
        self._row: list[str] = []  # of partitions that could not be worked on, one after the other

    def through(self, waiting: deque[Partition]) -> Iterator[Done]:
        """Yield each partition when it is done, or cannot be."""
        try:
            while True:
                self._hand_out(waiting)
                if not self._under_way:
                    break
                (ready,), _ = self._ray.wait(list(self._under_way), num_returns=1)
                partition, share = self._under_way.pop(ready)
                done = self._taken(ready, partition, share)
                if done is None:
                    waiting.appendleft(partition)
                else:
                    yield done
        finally:
            for each in self._under_way:
                self._ray.cancel(each, force=True)
        if waiting:
            why = self._ended or LimitReached(self._budget.ended())
            message = f"stopped with {len(waiting)} partitions left: {why}"
            limit = isinstance(why, LimitReached | InputError)
            raise LimitReached(message) if limit else type(why)(message)

    def _hand_out(self, waiting: deque[Partition]) -> None:
        while waiting and not self._ended and len(self._under_way) < self._workers:
            idle = min(self._workers - len(self._under_way), len(waiting))
            share = self._budget.share(idle)
            if share is None:
                return
            partition = waiting.popleft()
            self._under_way[self._task.remote(partition, self._job, share)] = partition, share

    def _taken(self, ready: Any, partition: Partition, share: Settings) -> Done | None:
        """Return what became of a partition, None if it is to be worked on again."""
        try:
            done: Done = self._ray.get(ready)
        except self._ray.exceptions.RayError as error:
            self._budget.settle(share, None)
            self._lost[partition.name] += 1
            if self._lost[partition.name] < _TRIES:
                return None
            told = f"{_TRIES} workers ended while they were at it ({type(error).__name__})"
            done = Done(partition.name, stopped=SummarizerError(told))
        else:
            self._budget.settle(share, done.spent)
        if self._is_over(done):
            return replace(done, lost=self._lost[partition.name])
        return None

    def _is_over(self, done: Done) -> bool:
        """Tell whether a partition is not handed out again; take note if none is any more."""
        if done.stopped is None:
            self._row.clear()
            return True
        if isinstance(done.stopped, ModelError):
            if not done.used_up:
                self._ended = done.stopped
            return False
        self._row.append(str(done.stopped))
        if len(self._row) >= self._settings.max_failures:
            self._ended = done.stopped
        return True


def _workers(ray: Any, settings: Settings, cluster: Cluster) -> tuple[int, int]:
    """Return how many workers there are, and the processors of each."""
    machines = [
        int(node["Resources"].get("CPU", 0)) for node in ray.nodes() if node.get("Alive", False)
    ]
    machines = [processors for processors in machines if processors] or [1]
    embedded = settings.chosen_engine == "local"
    count = cluster.count or (len(machines) if embedded else sum(machines))
    count = max(1, fewest(settings, count))
    # The embedded model takes all processors of its machine, so it had better be alone there.
    return count, max(1, min(min(machines), sum(machines) // count)) if embedded else 1


@contextmanager
def _session(ray: Any, cluster: Cluster) -> Iterator[None]:
    """Connect to the cluster; one that is connected to already is used, and left as it is."""
    if ray.is_initialized():
        yield
        return
    report_no_usage()
    options: dict[str, Any] = {"address": cluster.address}
    if cluster.address is None:
        options = {"address": "local", "include_dashboard": False, "num_cpus": cluster.count}
        options["object_store_memory"] = _STORE
    try:
        ray.init(log_to_driver=False, logging_level="ERROR", **options)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise InputError(f"no Ray cluster can be reached or started ({error})") from error
    try:
        yield
    finally:
        ray.shutdown()


@contextmanager
def _alone(target: Place) -> Iterator[None]:
    """Make sure that parts can be written, and on a local disk that no other run writes them."""
    if not target.is_local:
        target.put(_LOCK, b"")  # before anything is asked and paid for
        target.remove(_LOCK)
        yield
        return
    path = target.path(_LOCK)
    lock = FileLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise InputError(
            f"{target.url}: another run is at work here; wait for it, or give another --out"
        ) from None
    except OSError as error:
        raise InputError(
            f"{target.url}: cannot be written ({error.strerror or error}); check --out"
        ) from error
    try:
        yield
    finally:
        lock.release()
