"""From a report to its brief: the steps in order.

read -> segment -> annotate -> interview (prompt, ask, ground) -> resolve -> verify -> brief
"""

from __future__ import annotations

import hashlib
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from multiprocessing.pool import AsyncResult, ThreadPool
from pathlib import Path

from pydantic import BaseModel

from summarizer.annotate import annotate
from summarizer.ask import UNANSWERED, Model, dialect_for, open_model
from summarizer.brief import VERSION, Brief, DocumentInfo, Engine, Support, Usage
from summarizer.engine.assembly import Progress as Bytes
from summarizer.engine.server import serve
from summarizer.engine.weights import find_weights
from summarizer.errors import CitationError, SettingsError, SummarizerError
from summarizer.interview import interview
from summarizer.prompt import prompts_sha256
from summarizer.read import Article, Given, Source, articles, path_of, read
from summarizer.resolve import resolve
from summarizer.review import Decision, corrected, of_document
from summarizer.segment import segment
from summarizer.settings import Settings
from summarizer.source import Document
from summarizer.validate import support
from summarizer.verify import Verdict, second_reading, verify_all

HOSTED_MODEL = "gpt-4.1-mini"
"""Asked for at OpenAI's own endpoint when no model is named: strict schemas, a long context."""
MOST_JOBS = 256
"""Threads at once; no endpoint gives that many requests of one user a place."""
AHEAD = 4
"""Reports a thread that are begun or done while an earlier one is waited for."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a document is: *done* of *total* questions of *stage* have been answered."""

    document: str
    stage: str
    done: int
    total: int
    usage: Usage


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


Watch = Callable[[Progress], None]
Keep = Callable[[Article, Document], Brief | None]
"""Returns an earlier brief of a report that still holds, if there is one."""


def summarize(
    source: Document | Path | str,
    *,
    published: str | None = None,
    settings: Settings | None = None,
    model: Model | None = None,
    corrections: Sequence[Decision] = (),
    progress: Watch | None = None,
) -> Brief:
    """Return the brief of one report.

    *source* is a ``Document`` or the path of a file; *published* an ISO date against which
    relative dates are resolved. *corrections* are decisions of a review (``read_decisions``), which
    hold for the same text whatever the model now says. Without *model* the engine of *settings*
    (default: those of the environment) is opened for this one report. Raises InputError,
    SettingsError, ModelError, and CitationError when something was rejected and
    ``settings.strict`` is set.
    """
    document = source if isinstance(source, Document) else read(Path(source), published=published)
    settings = settings or Settings.from_env()
    with ExitStack() as opened:
        asked = model or opened.enter_context(open_engine(settings))
        reader = opened.enter_context(open_reader(settings, asked))
        brief = _brief(document, asked, reader, settings, progress)
        return _strictly(_reviewed(brief, document, settings, corrections), settings)


def verify(
    statement: str,
    passage: str,
    *,
    settings: Settings | None = None,
    model: Model | None = None,
) -> Verdict:
    """Judge whether *passage* says what *statement* claims: supported, partial or unsupported.

    Without *settings* and *model* by their words alone, which what is false in the passage's own
    words passes (figures: README). With *settings* their reader is opened for this one question;
    *model* is one that is open. Raises SettingsError and ModelError.
    """
    if model is None and settings is None:
        return verify_all([(statement, passage)])[0]
    settings = settings or Settings()
    with ExitStack() as opened:
        asked = model or opened.enter_context(open_engine(settings))
        reader = opened.enter_context(open_reader(settings, asked))
        return verify_all([(statement, passage)], model=reader)[0]


def summarize_many(
    sources: Iterable[Source],
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
    progress: Watch | None = None,
    weights_progress: Bytes | None = None,
) -> Iterator[Outcome]:
    """Yield the outcome of each report, in order; one document's fault never stops the others.

    A source is a file, which may hold several reports (``.jsonl``, a feed), or with *allow_url* the
    address of a page as a string. The engine is opened once, and each report is read when its turn
    comes; the model is not asked about one of which *kept* returns a brief. With ``settings.jobs``
    > 1 a hosted engine is asked about several documents at a time. Raises only what concerns all of
    them: no engine, wrong settings.
    """
    about = {"published": published, "title": title, "publisher": publisher, "url": url}
    given = Given(about, encoding, allow_url=allow_url)

    @_kept_apart
    def opened(outcome: Outcome) -> Outcome:
        if outcome.article is None:
            return outcome
        document = outcome.article.read()
        brief = kept(outcome.article, document) if kept else None
        return replace(outcome, document=document, brief=brief, kept=brief is not None)

    @_kept_apart
    def answered(outcome: Outcome) -> Outcome:
        if outcome.brief:
            return outcome
        if outcome.document is None:
            return answered(opened(outcome))
        brief = _brief(outcome.document, model, reader, settings, progress)
        return replace(outcome, brief=_reviewed(brief, outcome.document, settings, corrections))

    waiting = _each(sources, given)
    for first in map(opened, waiting):
        if first.document and not first.kept:
            break
        yield first
    else:
        return  # no engine is started for nothing
    with (
        open_engine(settings, weights_progress) as model,
        open_reader(settings, model) as reader,
    ):
        rest = chain([first], waiting)
        if settings.jobs == 1 or model.engine == "local":  # that answers one question at a time
            yield from map(answered, rest)
        else:
            jobs = min(settings.jobs, MOST_JOBS)
            first_ones = list(islice(rest, jobs))  # no more threads than there are reports
            # Unlike an executor, it waits for no request in flight when the run is given up.
            with ThreadPool(len(first_ones)) as pool:
                yield from _in_order(pool, answered, chain(first_ones, rest), AHEAD * jobs)


def _each(sources: Iterable[Source], given: Given) -> Iterator[Outcome]:
    """Yield the reports of *sources* as they are asked for; nothing is read ahead."""

    def following(found: Iterator[Article]) -> Callable[[Outcome], Outcome]:
        def step(outcome: Outcome) -> Outcome:
            article = next(found, None)
            path = article.path if article else outcome.path
            return replace(outcome, path=path, article=article)

        return _kept_apart(step)

    for source in sources:
        step = following(articles(source, given))
        start = Outcome(path_of(source), None, None, None)
        outcome = step(start)
        while outcome.article:
            yield outcome
            outcome = step(start)
        if outcome.error:
            yield outcome


def _in_order(
    pool: ThreadPool, step: Callable[[Outcome], Outcome], rest: Iterable[Outcome], ahead: int
) -> Iterator[Outcome]:
    """Yield what *step* makes of each, in order, with at most *ahead* of them begun or done.

    The pool's own ``imap`` would take all of them at once, be they a million.
    """
    pending: deque[AsyncResult[Outcome]] = deque()
    for outcome in rest:
        pending.append(pool.apply_async(step, (outcome,)))
        while pending and (len(pending) >= ahead or pending[0].ready()):
            yield pending.popleft().get()
    while pending:
        yield pending.popleft().get()


def settings_sha256(settings: Settings, corrections: Iterable[BaseModel] = ()) -> str:
    """Return the SHA-256 of what shapes a brief besides its text, the model and the prompts.

    *corrections* are the decisions of a review on its text.
    """
    shaping = {"seed", "temperature", "verify", "verify_model"}
    lines = [settings.model_dump_json(include=shaping)]
    lines += [one.model_dump_json() for one in corrections]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def document_info(document: Document) -> DocumentInfo:
    """Return what a brief says of its report."""
    return DocumentInfo(
        id=document.id,
        sha256=document.sha256,
        title=document.title,
        publisher=document.publisher,
        url=document.url,
        language=document.language,
        published=document.published,
        published_basis=document.published_basis,
        characters=len(document.text),
    )


@contextmanager
def open_engine(settings: Settings, progress: Bytes | None = None) -> Iterator[Model]:
    """Open the engine that *settings* come to; *progress* is told when weights are put together.

    Raises ModelUnavailable or SettingsError, in one line that lists the choices.
    """
    if settings.chosen_engine == "local":
        weights = find_weights(settings, progress=progress)
        with (
            serve(weights.path, alias=weights.name) as endpoint,
            open_model(
                endpoint.base_url,
                endpoint.api_key,
                endpoint.model,
                dialect="embedded",
                settings=settings,
            ) as model,
        ):
            yield model
        return
    if settings.base_url and not settings.model:
        raise SettingsError("which model of the endpoint? Name it: --model NAME")
    key = settings.api_key.get_secret_value() if settings.api_key else None
    name = settings.model or HOSTED_MODEL
    with open_model(
        settings.base_url, key, name, dialect=dialect_for(settings.base_url), settings=settings
    ) as model:
        yield model


@contextmanager
def open_reader(settings: Settings, model: Model) -> Iterator[Model]:
    """Open what reads the records a second time: *model* itself, unless another one is named.

    The key of one endpoint is never sent to another. Raises SettingsError.
    """
    if settings.verify == "off" or not (settings.verify_model or settings.verify_base_url):
        yield model
        return
    base_url = settings.verify_base_url or settings.base_url
    if not settings.verify_model:
        raise SettingsError("which model reads again? Name it: --verify-model NAME")
    own = settings.verify_api_key
    if own is None and base_url == settings.base_url:
        own = settings.api_key
    elsewhere = settings.model_copy(update={"profile": "auto"})
    with open_model(
        base_url,
        own.get_secret_value() if own else None,
        settings.verify_model,
        dialect=dialect_for(base_url),
        settings=elsewhere,
    ) as reader:
        yield reader


def _brief(
    document: Document,
    model: Model,
    reader: Model,
    settings: Settings,
    progress: Watch | None,
) -> Brief:
    started = time.monotonic()
    part = model.part()

    def step(stage: str, done: int, total: int) -> None:
        if progress:
            progress(Progress(document.id, stage, done, total, part.usage))

    sentences = segment(document)
    annotations = annotate(document, sentences)
    claims = interview(part, annotations, step=step)
    resolved = resolve(annotations, claims, model.profile, judge=_judge)
    usage = part.usage.model_copy(update={"seconds": round(time.monotonic() - started, 3)})
    resolved, reading = second_reading(
        resolved, sentences, reader, settings.verify, step=partial(step, "verify")
    )
    step("done", 1, 1)
    return Brief(
        version=VERSION,
        document=document_info(document),
        engine=Engine(
            name=model.engine,
            model=model.name,
            profile=model.profile.name,
            prompts_sha256=prompts_sha256(),
            settings_sha256=settings_sha256(settings),
            temperature=model.temperature,
            seed=model.seed,
        ),
        usage=usage,
        second_reading=reading,
        summary=resolved.summary,
        actors=resolved.actors,
        events=resolved.events,
        pledges=resolved.pledges,
        rejections=resolved.rejections,
        warnings=(*document.warnings, *resolved.warnings),
    )


def _reviewed(
    brief: Brief, document: Document, settings: Settings, decisions: Sequence[Decision]
) -> Brief:
    """Return *brief* with the decisions on its text worked in; what does not fit is warned of."""
    about = of_document(decisions, document.sha256)
    if not about:
        return brief
    brief, misfits = corrected(brief, document.text, about)
    known = {"settings_sha256": settings_sha256(settings, about)}
    engine = brief.engine.model_copy(update=known)
    return brief.model_copy(update={"engine": engine, "warnings": (*brief.warnings, *misfits)})


def _judge(statement: str, cited: str, known: str) -> tuple[Support, str | None]:
    verdict = support(statement, cited, known=known)
    return verdict.support, verdict.detail


def _kept_apart(step: Callable[[Outcome], Outcome]) -> Callable[[Outcome], Outcome]:
    """Return *step* so that whatever goes wrong in it becomes the error of its report alone."""

    def kept(outcome: Outcome) -> Outcome:
        if outcome.error:
            return outcome
        try:
            return step(outcome)
        except SummarizerError as error:
            return replace(outcome, error=error)
        except Exception as error:  # noqa: BLE001 (one report's fault must not cost the others)
            return replace(outcome, error=_unforeseen(outcome.name, error))

    return kept


def _unforeseen(name: str, error: Exception) -> SummarizerError:
    """Return what is told of a fault of this program: its own words could be the article's."""
    package = Path(__file__).parent
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if package in Path(frame.filename).parents]
    place = f"{Path(own[-1].filename).relative_to(package).as_posix()}:{own[-1].lineno}"
    told = SummarizerError(
        f"{name}: unexpected {type(error).__name__} in {place}, a fault of this program; --debug "
        "shows more"
    )
    told.__cause__ = error
    return told


def _strictly(brief: Brief, settings: Settings) -> Brief:
    if settings.strict and brief.rejections:
        first = brief.rejections[0]
        raise CitationError(
            f"{brief.document.id}: {len(brief.rejections)} values were rejected, the first being "
            f"{first.kind} {first.field} “{first.value}”: {first.detail}"
        )
    lacking = next((w for w in brief.warnings if w.startswith(UNANSWERED)), None)
    if settings.strict and lacking:
        raise CitationError(f"{brief.document.id}: {lacking}")
    return brief
