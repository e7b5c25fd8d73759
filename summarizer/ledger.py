"""The ledger of a directory of briefs: what was asked and answered, and what became of each report.

An answer is on disk before anything is made of it, so that a run which is killed, or fails, asks
nothing again that was answered and paid for. It is found again by all that it may depend on: the
prompt with the words of the report in it, the model, the schema, the settings.
"""

from __future__ import annotations

import asyncio
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from summarizer.ask import Kept
from summarizer.brief import Usage
from summarizer.errors import InputError

FILE = ".summarizer.sqlite"
"""Its name within the directory."""

_VERSION = 1
_BUSY_SECONDS = 30.0
_SCHEMA = """
create table answers (
    asked text primary key, completion text not null, requests integer not null,
    prompt_tokens integer not null, cached_tokens integer not null,
    completion_tokens integer not null, seconds real not null, run integer not null
) without rowid;
create table runs (
    id integer primary key, began text not null, ended text, state text not null,
    model text not null
);
create table reports (
    run integer not null, name text not null, sha256 text, file text, error text,
    primary key (run, name)
) without rowid;
create table deferred (
    asked text primary key, body text not null, batch text, failures integer not null default 0
) without rowid;
"""
_KEEP = "insert or replace into answers values (?, ?, ?, ?, ?, ?, ?, ?)"
_Row = Sequence[Any]
_Told = Callable[[InputError | None], object]
_Job = tuple[str, _Row, _Told | None]


@dataclass(frozen=True)
class Run:
    """One run over some reports, as it stands in the ledger."""

    id: int
    began: str
    ended: str | None
    state: str
    model: str
    briefs: int
    failed: int
    answers: int


class Ledger:
    """The ledger of *directory*, which is this run's alone; use as a context manager.

    Raises InputError when another run is at work there, or nothing can be written; a file that is
    no ledger, or a broken one, is set aside under another name, which ``warning`` tells. A *fresh*
    one finds no answer of an earlier run; one that *defers* takes questions for a batch.
    """

    def __init__(self, directory: Path, *, fresh: bool = False, defers: bool = False) -> None:
        self.defers = defers
        self._fresh = fresh
        self.path = directory / FILE
        self.warning: str | None = None
        self.fault: str | None = None
        """Why nothing can be written any more, once that is so."""
        self._directory = directory
        self._lock = FileLock(directory / f"{FILE}.lock")
        with _told(directory):
            directory.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                raise InputError(
                    f"{directory}: another run is at work here; wait for it, or give another --out"
                ) from None
        try:
            with _told(directory):
                self._writer = self._opened()
        except BaseException:
            self._lock.release()
            raise
        self._reader = sqlite3.connect(self.path, check_same_thread=False, timeout=_BUSY_SECONDS)
        self._reading = threading.Lock()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()
        self._run = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is to be written, and leave the directory to others."""
        self._jobs.put(None)
        self._thread.join()
        self._reader.close()
        with suppress(sqlite3.Error):
            self._writer.close()
        self._lock.release()

    def begin(self, model: str) -> None:
        """Take note that a run begins; one that did not end was killed."""
        self._do("update runs set state = 'killed' where state = 'running'")
        self._do("insert into runs (began, state, model) values (?, 'running', ?)", (_now(), model))
        with self._reading:
            self._run = self._reader.execute("select max(id) from runs").fetchone()[0]

    def end(self, state: str) -> None:
        """Take note of how the run ended: done, stopped or interrupted."""
        self._do("update runs set ended = ?, state = ? where id = ?", (_now(), state, self._run))

    def note(self, name: str, sha256: str | None, file: str | None, error: str | None) -> None:
        """Take note of what became of the report *name*: its brief's *file*, or an *error*."""
        row = (self._run, name, sha256, file, error)
        self._submit("insert or replace into reports values (?, ?, ?, ?, ?)", row)

    async def find(self, asked: str) -> Kept | None:
        """Return the answer to what was *asked* before."""
        with self._reading:
            row = self._reader.execute(
                "select completion, requests, prompt_tokens, cached_tokens, completion_tokens, "
                "seconds, run from answers where asked = ?",
                (asked,),
            ).fetchone()
        if row is None or (self._fresh and row[-1] != self._run):
            return None
        if row[-1] != self._run:  # what no run needs any more can be cleaned away
            self._submit("update answers set run = ? where asked = ?", (self._run, asked))
        return Kept(
            row[0],
            Usage(
                requests=row[1],
                prompt_tokens=row[2],
                cached_tokens=row[3],
                completion_tokens=row[4],
                cost_usd=None,
                seconds=row[5],
            ),
        )

    async def keep(self, asked: str, kept: Kept) -> None:
        """Keep an answer; it is on disk when this returns.

        Raises:
            InputError: it cannot be written.
        """
        await self._written(_KEEP, self._row(asked, kept))

    async def defer(self, asked: str, body: str) -> None:
        """Take the JSON of a request that is to be sent in a batch, once."""
        await self._written(
            "insert or ignore into deferred (asked, body) values (?, ?)", (asked, body)
        )

    def unsent(self) -> Iterator[tuple[str, str]]:
        """Yield key and JSON of each request that waits for a batch and is in none."""
        last = ""
        while rows := self._rows(
            "select asked, body from deferred where batch is null and asked > ? order by asked "
            "limit 1000",
            (last,),
        ):
            yield from rows
            last = rows[-1][0]

    def batches(self) -> list[str]:
        """Return the ids of the batches that were sent and not collected."""
        rows = self._rows("select distinct batch from deferred where batch is not null")
        return [row[0] for row in rows]

    def sent(self, asked: Sequence[str], batch: str) -> None:
        """Take note that what was *asked* is in *batch*."""
        for key in asked[:-1]:
            self._submit("update deferred set batch = ? where asked = ?", (batch, key))
        if asked:
            self._do("update deferred set batch = ? where asked = ?", (batch, asked[-1]))

    def collected(self, asked: str, kept: Kept) -> None:
        """Keep the answer of a batch."""
        self._submit(_KEEP, self._row(asked, kept))
        self._submit("delete from deferred where asked = ?", (asked,))

    def missed(self, batch: str) -> int:
        """Let what *batch* left unanswered be sent again, once; return how many are given up."""
        self._do(
            "update deferred set batch = null, failures = failures + 1 where batch = ?", (batch,)
        )
        given_up = self._rows("select count(*) from deferred where failures > 1")[0][0]
        self._do("delete from deferred where failures > 1")
        return int(given_up)

    def _row(self, asked: str, kept: Kept) -> _Row:
        used = kept.usage
        return (
            *(asked, kept.completion, used.requests, used.prompt_tokens, used.cached_tokens),
            *(used.completion_tokens, used.seconds, self._run),
        )

    def _rows(self, query: str, row: _Row = ()) -> list[Any]:
        with self._reading:
            return self._reader.execute(query, row).fetchall()

    def _do(self, statement: str, row: _Row = ()) -> None:
        done: Future[None] = Future()
        self._submit(statement, row, partial(_settle, done))
        done.result()

    async def _written(self, statement: str, row: _Row) -> None:
        """Have something written; it is on disk when this returns."""
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self._submit(statement, row, lambda error: loop.call_soon_threadsafe(_settle, done, error))
        await done

    def _submit(self, statement: str, row: _Row, told: _Told | None = None) -> None:
        """Have something written; *told* is called, by the thread that writes, when it is."""
        self._jobs.put((statement, row, told))

    def _write(self) -> None:
        """Write what comes, all that is there at once in one transaction."""
        while (job := self._jobs.get()) is not None:
            jobs = [job]
            while not self._jobs.empty() and len(jobs) < 256:
                if (another := self._jobs.get()) is None:
                    self._jobs.put(None)
                    break
                jobs.append(another)
            error = self._committed(jobs)
            for _, _, told in jobs:
                if told:
                    with suppress(RuntimeError):  # the loop is closed that waited for it
                        told(error)

    def _committed(self, jobs: Sequence[_Job]) -> InputError | None:
        try:
            with _told(self._directory):
                if not os.path.exists(self.path):  # noqa: PTH110 (Path's may raise)
                    raise FileNotFoundError(2, "it has vanished")
                self._writer.execute("begin immediate")
                try:
                    for statement, row, _ in jobs:
                        self._writer.execute(statement, row)
                    self._writer.execute("commit")
                except sqlite3.Error:
                    if self._writer.in_transaction:
                        self._writer.execute("rollback")
                    raise
        except InputError as error:
            self.fault = str(error)
            return error
        return None

    def _opened(self) -> sqlite3.Connection:
        try:
            return _connected(self.path)
        except sqlite3.OperationalError:
            raise  # no fault of the file: no room, no right
        except sqlite3.DatabaseError:
            pass
        names = (self.path.with_name(f"{FILE}.broken-{number}") for number in count(1))
        aside = next(name for name in names if not name.exists())
        self.path.replace(aside)
        for ending in ("-wal", "-shm"):
            self.path.with_name(FILE + ending).unlink(missing_ok=True)
        self.warning = f"{self.path}: broken, so set aside as {aside.name}; a new one is begun"
        return _connected(self.path)


def _settle(done: Future[None] | asyncio.Future[None], error: InputError | None) -> None:
    if done.cancelled():
        return  # who gives up waiting does not undo it
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)


def runs(directory: Path) -> list[Run]:
    """Return the runs that the ledger of *directory* knows, the first one first.

    Raises:
        InputError: there is none, or it is broken.
    """
    with _read_only(directory) as ledger:
        rows = ledger.execute(
            "select id, began, ended, state, model, "
            "(select count(*) from reports where run = runs.id and file is not null), "
            "(select count(*) from reports where run = runs.id and error is not null), "
            "(select count(*) from answers where run = runs.id) from runs order by id"
        ).fetchall()
    return [Run(*row) for row in rows]


def faults(directory: Path) -> list[str]:
    """Return what is wrong with the ledger of *directory*, and with the briefs that it names.

    Raises:
        InputError: there is none.
    """
    with _read_only(directory) as ledger:
        found = [row[0] for row in ledger.execute("pragma integrity_check") if row[0] != "ok"]
        latest = ledger.execute(
            "select file from reports r where file is not null and run = "
            "(select max(run) from reports where name = r.name) order by file"
        ).fetchall()
    missing = [name for (name,) in latest if not (directory / name).is_file()]
    return [*found, *(f"{directory / name}: the brief is gone" for name in missing)]


def clean(directory: Path) -> int:
    """Remove the answers that the latest run that was done did not need; return how many.

    A run without a brief does not count: what an earlier one paid for may still be wanted.

    Raises:
        InputError: there is no ledger, or a run is at work.
    """
    with _read_only(directory):
        pass
    with (
        Ledger(directory) as ledger,
        _told(directory),
        closing(sqlite3.connect(ledger.path)) as own,
    ):
        with own:
            gone = own.execute(
                "delete from answers where run < coalesce((select max(id) from runs where "
                "state = 'done' and id in (select run from reports where file is not null)), 0)"
            ).rowcount
        own.execute("vacuum")
    return gone


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS
    )
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")  # what was paid for outlives a power cut
        version = connection.execute("pragma user_version").fetchone()[0]
        if version == 0:
            connection.executescript(f"begin; {_SCHEMA} pragma user_version = {_VERSION}; commit;")
        elif version != _VERSION or connection.execute("pragma quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("not a ledger of this version")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _read_only(directory: Path) -> Iterator[sqlite3.Connection]:
    path = directory / FILE
    if not path.is_file():
        raise InputError(f"{directory}: no run was made here; give the directory of its --out")
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection:
            connection.execute("pragma query_only = on")
            connection.execute("select count(*) from runs").fetchone()
            yield connection
    except sqlite3.Error as error:
        raise InputError(f"{path}: cannot be read ({error})") from error


@contextmanager
def _told(directory: Path) -> Iterator[None]:
    """Tell in one line that a ledger cannot be written."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"{directory}: the ledger of answers cannot be written ({reason}); check --out"
        ) from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
