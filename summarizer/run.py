"""A run over many reports: several at once, within limits, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from multiprocessing.pool import ThreadPool
from pathlib import Path
from queue import SimpleQueue

from summarizer import observe
from summarizer.apart import apart
from summarizer.ask import Model
from summarizer.brief import Brief
from summarizer.engine.assembly import Progress as Bytes
from summarizer.errors import LimitReached, ModelError, SummarizerError
from summarizer.ledger import Ledger
from summarizer.pipeline import Watch, brief_of, open_engine, open_reader, reviewed, told_of
from summarizer.read import Article, Given, Source, articles, path_of
from summarizer.review import Decision
from summarizer.settings import Settings
from summarizer.source import Document
from summarizer.workers import Workers

MOST_JOBS = 256
"""Threads at once; no endpoint gives that many requests of one user a place."""
AHEAD = 4
"""Reports a thread that are done while an earlier one is waited for, when order counts."""
MANY = 16
"""Reports from which processes of their own are worth their start of some seconds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report: a brief, or the error that kept it from one.

    ``path`` is its file, or what stands for it where it was fetched; ``name`` tells which report of
    the file it is, and the address. ``kept`` tells that the brief is an earlier one.
    """

    path: Path
    document: Document | None
    brief: Brief | None
    error: SummarizerError | None
    article: Article | None = None
    kept: bool = False

    @property
    def name(self) -> str:
        """What messages call it, such as ``news.jsonl:3``."""
        return self.article.name if self.article else str(self.path)


Keep = Callable[[Article, Document], Brief | None]
"""Returns an earlier brief of a report that still holds, if there is one."""


def summarize_many(
    sources: Iterable[Source | Article],
    *,
    settings: Settings,
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
    allow_url: bool = False,
    corrections: Sequence[Decision] = (),
    kept: Keep | None = None,
    ledger: Ledger | None = None,
    ordered: bool = True,
    progress: Watch | None = None,
    weights_progress: Bytes | None = None,
    watch_model: Callable[[Model], object] | None = None,
    counters: observe.Counters | None = None,
) -> Generator[Outcome, None, None]:
    """Yield the outcome of each report; one document's fault never stops the others.

    A source is a file, which may hold several reports (``.jsonl``, a feed), or with *allow_url* the
    address of a page as a string; an article is one report of a source that was opened elsewhere.
    The engine is opened once, and each report is read when its turn
    comes; the model is not asked about one of which *kept* returns a brief. With ``settings.jobs``
    > 1 a hosted engine is asked about several documents at a time. *watch_model* gets each
    model that is asked, whose ``usage`` is that of the run; *counters* get what each stage did.
    Raises only what concerns all of them: no engine, wrong settings.
    """
    about = {"published": published, "title": title, "publisher": publisher, "url": url}
    given = Given(about, encoding, allow_url=allow_url)

    def opened(outcome: Outcome) -> Outcome:
        if outcome.article is None:
            return outcome
        with observe.stage("read", document=outcome.name) as seen:
            document = outcome.article.read()
            seen.note(warnings=len(document.warnings))
        brief = kept(outcome.article, document) if kept else None
        return replace(outcome, document=document, brief=brief, kept=brief is not None)

    def answered(outcome: Outcome) -> Outcome:
        if outcome.document is None:
            outcome = opened(outcome)
        if outcome.brief or outcome.document is None:
            return outcome
        brief = thought(outcome.document)
        return replace(outcome, brief=reviewed(brief, outcome.document, settings, corrections))

    def told(outcome: Outcome) -> Outcome:
        return within.copy().run(_told, _kept_apart(answered), outcome)

    with ExitStack() as stack:
        within = stack.enter_context(observe.run(counters))
        waiting = _each(sources, given)
        for outcome in waiting:
            first = within.copy().run(_kept_apart(opened), outcome)
            if first.document and not first.kept:
                break
            yield told(first)
        else:
            return  # no engine is started for nothing
        model = stack.enter_context(open_engine(settings, weights_progress, ledger))
        reader = stack.enter_context(open_reader(settings, model, ledger))
        _show(watch_model, model, reader)
        at_once = 1 if model.engine == "local" else min(settings.jobs, MOST_JOBS)
        first_ones = list(islice(waiting, MANY))
        thought: Callable[[Document], Brief]
        rest = chain([first], first_ones, waiting)
        if at_once > 1 and settings.workers and len(first_ones) == MANY:
            # Some are read while others ask: with no more reports than requests, places stay empty.
            at_once += at_once // 2
            workers = stack.enter_context(Workers(settings.workers, model, reader, settings))
            thought = partial(workers.brief, progress=progress)
        else:
            thought = partial(
                brief_of, model=model, reader=reader, settings=settings, progress=progress
            )
        brake = Brake(
            settings.max_failures,
            lambda: model.spent or reader.spent or (ledger.fault if ledger else None),
        )
        outcomes = _at_once(told, brake.holding(rest), at_once, ordered=ordered)
        yield from map(brake.feel, outcomes)
        brake.tell()


def _show(watch: Callable[[Model], object] | None, *models: Model) -> None:
    if watch:
        for model in dict.fromkeys(models):
            watch(model)


def _each(sources: Iterable[Source | Article], given: Given) -> Iterator[Outcome]:
    """Yield the reports of *sources* as they are asked for; nothing is read ahead."""

    def following(found: Iterator[Article]) -> Callable[[Outcome], Outcome]:
        def step(outcome: Outcome) -> Outcome:
            article = next(found, None)
            path = article.path if article else outcome.path
            return replace(outcome, path=path, article=article)

        return _kept_apart(step)

    for source in sources:
        if isinstance(source, Article):
            yield Outcome(source.path, None, None, None, source)
            continue
        step = following(articles(source, given))
        start = Outcome(path_of(source), None, None, None)
        outcome = step(start)
        while outcome.article:
            yield outcome
            outcome = step(start)
        if outcome.error:
            yield outcome


def _at_once(
    step: Callable[[Outcome], Outcome], rest: Iterator[Outcome], most: int, *, ordered: bool
) -> Iterator[Outcome]:
    """Yield what *step* makes of each, *most* of them at a time, as they are done or in order.

    None is begun while so many are under way, or wait for an earlier one to be done.
    """
    if most == 1:
        yield from map(step, rest)
        return
    done: SimpleQueue[tuple[int, Outcome]] = SimpleQueue()
    early: dict[int, Outcome] = {}
    begun = finished = told = 0
    # Unlike an executor, it waits for no request in flight when the run is given up.
    with ThreadPool(most) as pool:
        while True:
            while begun - finished < most and begun - told < AHEAD * most:
                outcome = next(rest, None)
                if outcome is None:
                    break
                pool.apply_async(
                    copy_context().run,  # whoever can stop this run can stop its threads
                    (lambda number, given: done.put((number, step(given))), begun, outcome),
                )
                begun += 1
            if begun == finished:
                return
            number, outcome = done.get()
            finished += 1
            early[number if ordered else told] = outcome
            while told in early:
                yield early.pop(told)
                told += 1


class Brake:
    """Ends a run that would only fail: after some failures of one cause in a row, or at a limit."""

    def __init__(self, most: int, spent: Callable[[], str | None]) -> None:
        self._most = most
        self._spent = spent
        self._cause: str | None = None
        self._row = 0
        self._ended: str | None = None

    def holding(self, rest: Iterator[Outcome]) -> Iterator[Outcome]:
        """Yield *rest* until the run is to end."""
        for outcome in rest:
            self._ended = self._why()
            if self._ended:
                return
            yield outcome

    def feel(self, outcome: Outcome) -> Outcome:
        """Take note of an *outcome*, and return it."""
        cause = str(outcome.error) if isinstance(outcome.error, ModelError) else None
        self._row = self._row + 1 if cause and cause == self._cause else int(cause is not None)
        self._cause = cause
        return outcome

    def tell(self) -> None:
        """Raise LimitReached when the run was ended before its time."""
        if self._ended:
            raise LimitReached(self._ended)

    def _why(self) -> str | None:
        if spent := self._spent():
            return spent
        if self._row >= self._most:
            return f"{self._row} reports in a row failed alike: {self._cause}"
        return None


def _told(step: Callable[[Outcome], Outcome], outcome: Outcome) -> Outcome:
    """Return what *step* makes of *outcome*, which it comes to an end with, and tell of it."""
    with observe.document(outcome.name) as seen:
        made = step(outcome)
        if made.brief:
            seen.note(kept=made.kept, **told_of(made.brief))
        if made.error:
            seen.fail(type(made.error).__name__, str(made.error))
    return made


def _kept_apart(step: Callable[[Outcome], Outcome]) -> Callable[[Outcome], Outcome]:
    """Return *step* so that whatever goes wrong in it becomes the error of its report alone."""

    def kept(outcome: Outcome) -> Outcome:
        if outcome.error:
            return outcome
        made = apart(outcome.name, lambda: step(outcome))
        return replace(outcome, error=made) if isinstance(made, SummarizerError) else made

    return kept
