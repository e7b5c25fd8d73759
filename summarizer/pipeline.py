"""From a report to its brief: the steps in order.

read -> segment -> annotate -> interview (prompt, ask, ground) -> resolve -> verify -> brief
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from summarizer import observe
from summarizer.annotate import annotate
from summarizer.ask import UNANSWERED, Batches, Memory, Model, dialect_for, open_model
from summarizer.brief import VERSION, Brief, DocumentInfo, Engine, Support, Usage
from summarizer.claims import Claims
from summarizer.engine.assembly import Progress as Bytes
from summarizer.engine.server import serve
from summarizer.engine.weights import find_weights
from summarizer.errors import CitationError, SettingsError
from summarizer.interview import interview
from summarizer.prompt import prompts_sha256
from summarizer.read import read
from summarizer.resolve import Resolved, resolve
from summarizer.review import Decision, corrected, of_document
from summarizer.segment import segment
from summarizer.settings import Settings
from summarizer.source import Document
from summarizer.validate import support
from summarizer.verify import Verdict, second_reading, verify_all

HOSTED_MODEL = "gpt-4.1-mini"
"""Asked for at OpenAI's own endpoint when no model is named: strict schemas, a long context."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a document is: *done* of *total* questions of *stage* have been answered."""

    document: str
    stage: str
    done: int
    total: int
    usage: Usage


Watch = Callable[[Progress], None]
# Threads that parse at once do not get more done: they only take the interpreter from each other.
_THINKING = threading.Lock()


def summarize(
    source: Document | Path | str,
    *,
    published: str | None = None,
    settings: Settings | None = None,
    model: Model | None = None,
    corrections: Sequence[Decision] = (),
    progress: Watch | None = None,
    counters: observe.Counters | None = None,
) -> Brief:
    """Return the brief of one report.

    *source* is a ``Document`` or the path of a file; *published* an ISO date against which
    relative dates are resolved. *corrections* are decisions of a review (``read_decisions``), which
    hold for the same text whatever the model now says. *counters* get what each stage did. Without
    *model* the engine of *settings* (default: those of the environment) is opened for this one
    report. Raises InputError, SettingsError, ModelError, and CitationError when something was
    rejected and ``settings.strict`` is set.
    """
    document = source if isinstance(source, Document) else read(Path(source), published=published)
    settings = settings or Settings.from_env()
    with ExitStack() as opened:
        asked = model or opened.enter_context(open_engine(settings))
        reader = opened.enter_context(open_reader(settings, asked))
        with observe.document(document.id, counters) as seen:
            brief = brief_of(document, asked, reader, settings, progress)
            brief = reviewed(brief, document, settings, corrections)
            seen.note(**told_of(brief))
        return _strictly(brief, settings)


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
def open_engine(
    settings: Settings, progress: Bytes | None = None, memory: Memory | None = None
) -> Iterator[Model]:
    """Open the engine that *settings* come to; *progress* is told when weights are put together.

    With a *memory* (``Ledger``) nothing is asked that was answered before.

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
                memory=memory,
            ) as model,
        ):
            yield model
        return
    if settings.base_url and not settings.model:
        raise SettingsError("which model of the endpoint? Name it: --model NAME")
    if not settings.base_url and not settings.api_key:
        raise SettingsError("OpenAI's endpoint needs a key in OPENAI_API_KEY; another: --base-url")
    key = settings.api_key.get_secret_value() if settings.api_key else None
    name = settings.model or HOSTED_MODEL
    with open_model(
        settings.base_url,
        key,
        name,
        dialect=dialect_for(settings.base_url),
        settings=settings,
        memory=memory,
    ) as model:
        yield model


@contextmanager
def open_reader(settings: Settings, model: Model, memory: Memory | None = None) -> Iterator[Model]:
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
        memory=memory,
        beside=model,
    ) as reader:
        yield reader


def open_batches(settings: Settings) -> Batches:
    """Return the batches of the endpoint of *settings*; raises SettingsError when it has none."""
    if settings.chosen_engine == "local" or settings.chosen_profile == "small":
        raise SettingsError("batches are for a large model of an endpoint that has them")
    key = settings.api_key.get_secret_value() if settings.api_key else None
    return Batches(settings.base_url, key, settings)


def brief_of(
    document: Document,
    model: Model,
    reader: Model,
    settings: Settings,
    progress: Watch | None,
) -> Brief:
    """Return the brief of *document* by *model*, read again by *reader*; raises ModelError."""
    part = model.part()

    def step(stage: str, done: int, total: int) -> None:
        if progress:
            progress(Progress(document.id, stage, done, total, part.usage))

    with _THINKING:
        with observe.stage("segment"):
            sentences = segment(document)
        with observe.stage("annotate"):
            annotations = annotate(document, sentences)
    with observe.stage("interview") as seen:
        claims = interview(part, annotations, step=step)
        seen.note(**_added(claims))
    with _THINKING, observe.stage("resolve") as seen:
        resolved = resolve(annotations, claims, model.profile, judge=_judge)
        seen.note(**_added(resolved, claims))
    usage = part.usage
    with observe.stage("verify") as seen:
        unread = resolved
        resolved, reading = second_reading(
            unread, sentences, reader, settings.verify, step=partial(step, "verify")
        )
        seen.note(**_added(resolved, unread))
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


def told_of(brief: Brief) -> dict[str, object]:
    """Return what a log says of a brief: figures alone."""
    usages = [brief.usage, *([brief.second_reading.usage] if brief.second_reading else [])]
    return {
        "id": brief.document.id,
        **{
            records: len(getattr(brief, records))
            for records in ("events", "pledges", "actors", "rejections", "warnings")
        },
        "requests": sum(usage.requests for usage in usages),
        "prompt_tokens": sum(usage.prompt_tokens for usage in usages),
        "completion_tokens": sum(usage.completion_tokens for usage in usages),
    }


def _added(made: Claims | Resolved, before: Claims | Resolved | None = None) -> dict[str, int]:
    """Return how many rejections and warnings a stage has added to those from *before*."""
    return {
        "rejections": len(made.rejections) - (len(before.rejections) if before else 0),
        "warnings": len(made.warnings) - (len(before.warnings) if before else 0),
    }


def reviewed(
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
