"""What a run consists of, each as a block: the run, its documents, their stages, the requests."""

from __future__ import annotations

import logging
import time
from contextvars import Context, Token, copy_context
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from summarizer.observe.clients import silenced
from summarizer.observe.counters import ELSEWHERE, Counters
from summarizer.observe.events import tell
from summarizer.observe.here import HERE, Here
from summarizer.observe.spans import Span

_WAITS = "Deferred"
"""The error of what is gone through again once a batch is answered: no failure."""


def count(**counts: float) -> None:
    """Add to what the stage at hand has done."""
    here = HERE.get()
    if here.counters:
        here.counters.add(here.stage or ELSEWHERE, **counts)


def answer_found() -> None:
    """Take note that an answer is there from before."""
    count(cached_answers=1)
    tell("answer.found")


class _Step:
    """A block that is timed; ``note`` what it comes to."""

    def __init__(self) -> None:
        self._noted: dict[str, Any] = {}
        self._began = 0.0
        self._token: Token[Here] | None = None

    def note(self, **fields: object) -> None:
        """Add to what is told when the block ends."""
        self._noted |= fields

    def __enter__(self) -> Self:
        self._began = time.perf_counter()
        self._token = HERE.set(self._enter(HERE.get()))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._leave(time.perf_counter() - self._began, kind.__name__ if kind else None)
        if self._token:
            HERE.reset(self._token)

    def _enter(self, here: Here) -> Here:
        raise NotImplementedError

    def _leave(self, seconds: float, error: str | None) -> None:
        raise NotImplementedError


class _Document(_Step):
    def __init__(self, name: str, counters: Counters | None) -> None:
        super().__init__()
        self._name = name
        self._counters = counters
        self._error: str | None = None
        self._why: str | None = None

    def fail(self, error: str, why: str) -> None:
        """Take note that there is no brief, and of the line that tells *why*."""
        self._error, self._why = error, why

    def _enter(self, here: Here) -> Here:
        self._span = Span("summarizer.document", {"summarizer.document.name": self._name})
        counters = self._counters or here.counters
        return replace(here, counters=counters, document=self._name)

    def _leave(self, seconds: float, error: str | None) -> None:
        error = error or self._error
        waits = error == _WAITS
        if (counters := HERE.get().counters) and not waits:
            kept = bool(self._noted.get("kept"))
            counters.add_document(failed=error is not None, kept=kept)
        self._span.note({f"summarizer.{name}": value for name, value in self._noted.items()})
        told = {**self._noted, "seconds": round(seconds, 3)}
        if waits:
            tell("document.waiting", **told)
        elif error:
            tell("document.failed", level=logging.ERROR, error=error, message=self._why, **told)
        else:
            tell("document.done", **told)
        self._span.close(None if waits else error)


def document(name: str, counters: Counters | None = None) -> _Document:
    """Work on the document *name*; its end is counted in *counters*, else in those of the run."""
    return _Document(name, counters)


class Stage(_Step):
    """A stage of the document at hand."""

    def __init__(self, name: str, document: str | None, began: int | None) -> None:
        super().__init__()
        self._name = name
        self._document = document
        self._since = began

    def _enter(self, here: Here) -> Here:
        if here.relay:
            here.relay("begin", self._name, time.time_ns())
        else:
            self._span = Span(f"summarizer.{self._name}", {}, began=self._since)
        return replace(here, stage=self._name, document=self._document or here.document)

    def end(self, seconds: float, error: str | None, ended: int | None) -> None:
        """Leave the block, as one that took so many *seconds* elsewhere."""
        self._tell(seconds, error, ended)
        if self._token:
            HERE.reset(self._token)

    def _leave(self, seconds: float, error: str | None) -> None:
        if relay := HERE.get().relay:
            relay("end", time.time_ns(), seconds, self._noted, error)
        else:
            self._tell(seconds, error, None)

    def _tell(self, seconds: float, error: str | None, ended: int | None) -> None:
        fault = None if error == _WAITS else error
        count(documents=1, failed=int(fault is not None), seconds=seconds, **self._noted)
        tell("stage.done", seconds=round(seconds, 3), error=error, **self._noted)
        self._span.note({f"summarizer.{name}": value for name, value in self._noted.items()})
        self._span.close(fault, ended=ended)


def stage(name: str, *, document: str | None = None, began: int | None = None) -> Stage:
    """Work on a stage of *document*, else that at hand; what is noted must be what is counted.

    *began*: when it did, in nanoseconds since 1970, if not now.
    """
    return Stage(name, document, began)


class Request(_Step):
    """One request to a model."""

    def __init__(self, model: str, provider: str, attributes: dict[str, Any]) -> None:
        super().__init__()
        self._model = model
        self._attributes = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": provider,
            "gen_ai.request.model": model,
            **attributes,
        }
        self._status: int | None = None
        self._tokens = (0, 0, 0)

    def answered(self, prompt: int, cached: int, completion: int, finish: str | None) -> None:
        """Take note of the tokens that the answer cost, and why it ends."""
        self._tokens = prompt, cached, completion
        self._span.note(
            {
                "gen_ai.usage.input_tokens": prompt,
                "gen_ai.usage.cache_read.input_tokens": cached,
                "gen_ai.usage.output_tokens": completion,
                "gen_ai.response.finish_reasons": (finish,) if finish in _FINISH else None,
            }
        )

    def refused(self, status: int) -> None:
        """Take note that the answer was an error."""
        self._status = status
        self._span.note({"http.response.status_code": status})

    def _enter(self, here: Here) -> Here:
        self._silence = silenced()
        self._silence.__enter__()
        self._span = Span(f"chat {self._model}", self._attributes, is_request=True)
        return here

    def _leave(self, seconds: float, error: str | None) -> None:
        self._silence.__exit__(None, None, None)
        names = ("prompt_tokens", "cached_tokens", "completion_tokens")
        tokens = dict(zip(names, self._tokens, strict=True))
        count(requests=1, **tokens)
        told = {
            "model": self._model,
            **tokens,
            **self._noted,
            "seconds": round(seconds, 3),
            "status": self._status,
        }
        if error:
            tell("request.failed", error=error, **told)
        else:
            tell("request.done", **told)
        self._span.close(str(self._status or error) if error else None)


_FINISH = frozenset({"stop", "length", "content_filter", "tool_calls"})
"""What an endpoint says otherwise could be anything, even words of the report."""


def request(model: str, provider: str, attributes: dict[str, Any]) -> Request:
    """Ask *model*, once; *attributes* are those of OpenTelemetry's conventions for such spans."""
    return Request(model, provider, attributes)


class _Run:
    def __init__(self, counters: Counters | None) -> None:
        self._counters = counters

    def __enter__(self) -> Context:
        self._context = copy_context()
        self._span = self._context.run(self._begin)
        return self._context

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # That nobody wants the rest is no fault.
        fault = kind.__name__ if kind and kind is not GeneratorExit else None
        self._context.run(self._span.close, fault)

    def _begin(self) -> Span:
        here = HERE.get()
        HERE.set(replace(here, counters=self._counters or here.counters))
        return Span("summarizer.run", {})


def run(counters: Counters | None) -> _Run:
    """Open a run; its work is to be done in copies of the context that the block gives.

    So it suits a generator, whose own context is that of whoever asks it for more.
    """
    return _Run(counters)
