"""Processes that read and think while this one asks: documents in, briefs out.

Each works on several documents at a time, in threads; what is to be asked goes back to the process
that holds the connections, the limits and the ledger. So all processors are busy, and no document
is parsed twice or sent about as anything but its text.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection as Pipe
from typing import Any, Self, TypeVar

from pydantic import BaseModel

from summarizer import observe
from summarizer.apart import apart, traced
from summarizer.ask import Answer, EngineName, Model
from summarizer.brief import Brief, Usage
from summarizer.errors import SummarizerError
from summarizer.pipeline import Progress, Watch, brief_of
from summarizer.profile import Profile
from summarizer.settings import Settings
from summarizer.source import Document

D = TypeVar("D", bound=BaseModel)
NOTHING_USED = Usage(
    requests=0,
    prompt_tokens=0,
    cached_tokens=0,
    completion_tokens=0,
    cost_usd=None,
    seconds=0.0,
)


class RemoteFault(Exception):
    """A traceback of another process, as text."""


@dataclass(frozen=True)
class _About:
    """What a model says of itself without being asked."""

    name: str
    engine: EngineName
    profile: Profile
    temperature: float | None
    seed: int | None
    defers: bool


class Workers:
    """Some processes; ``brief`` may be called from as many threads as there are documents."""

    def __init__(self, count: int, model: Model, reader: Model, settings: Settings) -> None:
        self._models = {"model": model, "reader": reader}
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

    def __init__(self, models: Mapping[str, Model], settings: Settings) -> None:
        self._models = models
        self._sending = threading.Lock()
        self._numbers = itertools.count()
        self._given: dict[int, tuple[Future[Brief], Watch | None, observe.Replay]] = {}
        self._parts: dict[tuple[int, int], Model] = {}
        about = {
            which: _About(m.name, m.engine, m.profile, m.temperature, m.seed, m.defers)
            for which, m in models.items()
        }
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
                kind, number, *rest = self._pipe.recv()
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
        for key in [key for key in self._parts if key[0] == number]:
            del self._parts[key]
        if isinstance(brief, Brief):
            done.set_result(brief)
        else:
            brief.__cause__ = RemoteFault(trace) if trace else None
            done.set_exception(brief)

    def _take_ask(
        self, number: int, part: int, which: str, at: int, how: str, what: Mapping[str, Any]
    ) -> None:
        model = self._parts.get((number, part)) or self._models[which].part()
        self._parts[number, part] = model
        asked: Future[Any] = self._given[number][2].run(partial(getattr(model, how), **what))
        asked.add_done_callback(lambda done: self._answer(at, done, model))

    def _answer(self, at: int, done: Future[Any], model: Model) -> None:
        if done.cancelled():
            return
        error = done.exception()
        hot = model.temperature is not None
        self._send(("answer", at, error or done.result(), model.usage, model.seed, hot))

    def _fail_all(self) -> None:
        for number in list(self._given):
            done, _, seen = self._given.pop(number)
            seen.break_off()
            code = self._process.exitcode
            done.set_exception(
                SummarizerError(f"the process that worked on it ended ({code}); try again")
            )


def _work(pipe: Pipe, about: Mapping[str, _About], settings: Settings) -> None:
    """Live as a worker: take documents, give briefs, until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks says when it ends
    desk, pool = _Desk(pipe), ThreadPoolExecutor(settings.jobs)
    with suppress(EOFError, OSError):
        while True:
            kind, number, *rest = pipe.recv()
            if kind == "answer":
                desk.take(number, *rest)
            else:
                pool.submit(_think, desk, number, rest[0], about, settings)
    os._exit(0)  # an ordinary exit would wait for answers that nobody gives any more


def _think(
    desk: _Desk,
    number: int,
    document: Document,
    about: Mapping[str, _About],
    settings: Settings,
) -> None:
    def watch(progress: Progress) -> None:
        desk.send(("progress", number, progress))

    model = _RemoteModel(desk, number, "model", about["model"])
    reader = _RemoteModel(desk, number, "reader", about["reader"])
    with observe.relaying(lambda *told: desk.send(("stage", number, told))):
        made = apart(document.id, lambda: brief_of(document, model, reader, settings, watch))
    trace = traced(made) if isinstance(made, SummarizerError) else None
    desk.send(("brief", number, made, trace))


class _Desk:
    """Where the threads of a worker hand in what is to be asked, and get answers."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._asked: dict[int, tuple[Future[Any], _RemoteModel]] = {}

    def send(self, message: object) -> None:
        """Tell the other side something."""
        with self._lock:
            self._pipe.send(message)

    def ask(self, model: _RemoteModel, how: str, what: Mapping[str, Any]) -> Future[Any]:
        """Let the other side call the method *how* of the model that *model* stands for."""
        answer: Future[Any] = Future()
        at = next(self._numbers)
        self._asked[at] = answer, model
        self.send(("ask", model.document, model.number, model.which, at, how, what))
        return answer

    def take(self, at: int, result: object, usage: Usage, seed: int | None, hot: bool) -> None:
        """Take an answer."""
        answer, model = self._asked.pop(at)
        model.heard(usage, seed=seed, has_temperature=hot)
        if isinstance(result, BaseException):
            answer.set_exception(result)
        else:
            answer.set_result(result)


class _RemoteModel(Model):
    """The model of the process that asks, as one document of this one sees it."""

    _parts = itertools.count()

    def __init__(self, desk: _Desk, document: int, which: str, about: _About) -> None:
        self.document = document
        self.which = which
        self.number = next(self._parts)
        self._desk = desk
        self._about = about
        self._usage = NOTHING_USED

    def __repr__(self) -> str:
        return f"<Model {self.name!r} of another process>"

    def close(self) -> None:
        """Do nothing: it belongs to the other process."""

    def part(self) -> Model:
        """Return the same model with totals of its own."""
        return _RemoteModel(self._desk, self.document, self.which, self._about)

    def heard(self, usage: Usage, *, seed: int | None, has_temperature: bool) -> None:
        """Take note of what this part has used by now, and what is still sent."""
        self._usage = usage
        temperature = self._about.temperature if has_temperature else None
        self._about = replace(self._about, seed=seed, temperature=temperature)

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._about.name

    @property
    def engine(self) -> EngineName:
        """What runs it."""
        return self._about.engine

    @property
    def profile(self) -> Profile:
        """What it is asked, and what it may claim alone."""
        return self._about.profile

    @property
    def defers(self) -> bool:
        """Whether questions are kept for a batch in place of being asked."""
        return self._about.defers

    @property
    def usage(self) -> Usage:
        """What this part has used, as far as answers have come."""
        return self._usage

    @property
    def temperature(self) -> float | None:
        """The temperature that is sent."""
        return self._about.temperature

    @property
    def seed(self) -> int | None:
        """The seed that is sent."""
        return self._about.seed

    def start(
        self,
        messages: Sequence[Mapping[str, Any]],
        draft: type[D],
        *,
        text: str,
        sentence_ids: Sequence[int] = (),
        max_tokens: int | None = None,
    ) -> Future[Answer[D]]:
        """Send *messages* as ``Model.start`` does."""
        what = {"messages": messages, "draft": draft, "text": text}
        what |= {"sentence_ids": sentence_ids, "max_tokens": max_tokens}
        return self._desk.ask(self, "start", what)

    def start_weighing(
        self, messages: Sequence[Mapping[str, Any]], words: Sequence[str]
    ) -> Future[Mapping[str, float]]:
        """Send *messages* as ``Model.start_weighing`` does."""
        return self._desk.ask(self, "start_weighing", {"messages": messages, "words": words})
