"""Processes that read and think while this one asks: documents in, briefs out.

Each works on several documents at a time, in threads; what is to be asked goes back to the process
that holds the connections, the limits and the ledger. So all processors are busy, and no document
is parsed twice or sent about as anything but its text.
"""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from multiprocessing.connection import Connection as Pipe
from typing import Any, Self

from summarizer import observe
from summarizer.annotate.parser import load_parser
from summarizer.apart import apart, traced
from summarizer.ask import About, Completion, Model, Posted, Reply, stand_in
from summarizer.brief import Brief
from summarizer.errors import SummarizerError
from summarizer.pipeline import Progress, Watch, brief_of
from summarizer.settings import Settings
from summarizer.source import Document

_MOST = 1_000
"""Threads of a worker; begun as they are needed."""
_SEARCHED = 20_000
"""Objects made and not freed since the last search for garbage that call for the next one."""
_DOCUMENT: ContextVar[int] = ContextVar("document")
"""The number of the document that the code of a worker is at; it goes along into the event loop."""


class RemoteFault(Exception):
    """A traceback of another process, as text."""


class Workers:
    """Some processes; ``brief`` may be called from as many threads as there are documents."""

    def __init__(self, count: int, model: Model, reader: Model, settings: Settings) -> None:
        self._models = tuple(dict.fromkeys((model, reader)))
        self._settings = settings
        self._lock = threading.Lock()
        self._closed = False
        self._staff = [self._hired() for _ in range(count)]
        self._turn = itertools.count()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._closed = True
        for worker in self._staff:
            worker.dismiss()

    def brief(self, document: Document, progress: Watch | None) -> Brief:
        """Return the brief of *document*; raises as ``brief_of`` does."""
        with self._lock:
            at = next(self._turn) % len(self._staff)
            if self._staff[at].gone and not self._closed:
                self._staff[at] = self._hired()
            worker = self._staff[at]
        return worker.give(document, progress).result()

    def _hired(self) -> _Worker:
        return _Worker(self._models, self._settings)


class _Worker:
    """One process, seen from the one that asks."""

    def __init__(self, models: Sequence[Model], settings: Settings) -> None:
        self._models = models
        self._sending = threading.Lock()
        self._numbers = itertools.count()
        self._given: dict[int, tuple[Future[Brief], Watch | None, observe.Replay]] = {}
        about = [model.about for model in models]
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, about, settings), daemon=True)
        self._process.start()
        theirs.close()
        self.gone = False
        threading.Thread(target=self._listen, daemon=True).start()

    def give(self, document: Document, progress: Watch | None) -> Future[Brief]:
        """Hand *document* in."""
        done: Future[Brief] = Future()
        done.set_running_or_notify_cancel()  # who gives up waiting does not call it back
        number = next(self._numbers)
        self._given[number] = done, progress, observe.Replay()
        if not self._send(("document", number, document)):
            self._fail_all()
        return done

    def dismiss(self) -> None:
        """End the process, whatever it is at."""
        self._process.terminate()
        self._process.join()
        self._pipe.close()

    def _send(self, message: object) -> bool:
        with self._sending, suppress(OSError, ValueError):
            self._pipe.send(message)
            return True
        return False

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                for kind, number, *rest in self._pipe.recv():
                    getattr(self, f"_take_{kind}")(number, *rest)
        self.gone = True
        self._fail_all()

    def _take_progress(self, number: int, progress: Progress) -> None:
        watch = self._given[number][1]
        if watch:
            watch(progress)

    def _take_stage(self, number: int, told: Sequence[Any]) -> None:
        self._given[number][2].take(*told)

    def _take_brief(self, number: int, brief: Brief | SummarizerError, trace: str | None) -> None:
        done, _, _ = self._given.pop(number)
        if isinstance(brief, Brief):
            done.set_result(brief)
        else:
            brief.__cause__ = RemoteFault(trace) if trace else None
            done.set_exception(brief)

    def _take_post(self, number: int, which: int, at: int, posted: Posted) -> None:
        part = self._models[which].part()
        if number not in self._given:  # asked again for a report that has failed meanwhile
            ended = SummarizerError("the report has ended")
            self._send(("reply", at, Reply(ended, part.usage, part.refused)))
            return
        asked = self._given[number][2].run(partial(part.forward, posted))
        asked.add_done_callback(partial(self._reply, at, part))

    def _reply(self, at: int, part: Model, asked: Future[Completion]) -> None:
        if asked.cancelled():
            return  # the run is given up, and the worker with it
        error = asked.exception()
        answer = asked.result().json if error is None else _portable(error)
        self._send(("reply", at, Reply(answer, part.usage, part.refused)))

    def _fail_all(self) -> None:
        for number in list(self._given):
            done, _, seen = self._given.pop(number)
            seen.break_off()
            code = self._process.exitcode
            done.set_exception(
                SummarizerError(f"the process that worked on it ended ({code}); try again")
            )


def _portable(error: BaseException) -> BaseException:
    """Return *error* as it can be sent; what is none of this package's own may refuse to be."""
    if isinstance(error, SummarizerError):
        return error
    return RemoteFault("".join(traceback.format_exception(error)))


def _work(pipe: Pipe, about: Sequence[About], settings: Settings) -> None:
    """Live as a worker: take documents, give briefs, until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks says when it ends
    with suppress(Exception):  # of which each document tells, as its own fault
        load_parser()
    # What is loaded stays: each full search for garbage would look through a quarter of a million
    # objects in vain. And one each 700 objects, the default, would go through the annotations of
    # all documents at hand again and again, 7 ms a report, though hardly anything is such garbage.
    gc.freeze()
    gc.set_threshold(_SEARCHED)
    # A thread for each document at hand: how many these are, whoever hands them in minds.
    desk, pool = _Desk(pipe), ThreadPoolExecutor(_MOST)
    models = [stand_in(each, partial(desk.post, which)) for which, each in enumerate(about)]
    with suppress(EOFError, OSError):
        while True:
            kind, number, *rest = pipe.recv()
            if kind == "reply":
                desk.take(number, *rest)
            else:
                pool.submit(_think, desk, number, rest[0], models, settings)
    os._exit(0)  # an ordinary exit would wait for answers that nobody gives any more


def _think(
    desk: _Desk, number: int, document: Document, models: Sequence[Model], settings: Settings
) -> None:
    def watch(progress: Progress) -> None:
        desk.tell("progress", number, progress)

    _DOCUMENT.set(number)
    with observe.relaying(lambda *told: desk.tell("stage", number, told)):
        made = apart(
            document.id, lambda: brief_of(document, models[0], models[-1], settings, watch)
        )
    trace = traced(made) if isinstance(made, SummarizerError) else None
    desk.send("brief", number, made, trace)


class _Desk:
    """Where the threads of a worker hand in what is to be asked, and get answers."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._asked: dict[int, Future[Reply]] = {}
        self._told: list[tuple[object, ...]] = []

    def tell(self, *message: object) -> None:
        """Tell the other side something when there is something to send."""
        with self._lock:
            self._told.append(message)

    def send(self, *message: object) -> None:
        """Send something, after all that was to be told: each message wakes the other side."""
        with self._lock:
            self._pipe.send([*self._told, message])
            self._told.clear()

    def post(self, which: int, posted: Posted) -> Future[Reply]:
        """Have the other side post something to a model of its own, for the document at hand."""
        reply: Future[Reply] = Future()
        at = next(self._numbers)
        self._asked[at] = reply
        self.send("post", _DOCUMENT.get(), which, at, posted)
        return reply

    def take(self, at: int, reply: Reply) -> None:
        """Take a reply."""
        asked = self._asked.pop(at)
        if asked.set_running_or_notify_cancel():
            asked.set_result(reply)
