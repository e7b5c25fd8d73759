"""The async twins: the same answers, no loop held up, and nothing left behind when cancelled."""

from __future__ import annotations

import asyncio
import inspect
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import aclosing, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from scripted import Reply, Script, completion, scripted_server

import summarizer
from summarizer import (
    Document,
    InputError,
    Progress,
    Settings,
    Verbatim,
    aextract,
    asummarize,
    asummarize_many,
    averify,
    extract,
    run,
    summarize,
    verify,
)
from summarizer.ask import Model, Stop, open_model
from summarizer.ask.stop import stoppable
from summarizer.errors import ModelUnavailable

NOTHING: dict[str, list[object]] = {"actors": [], "events": [], "pledges": [], "statements": []}
REPORT = Document("Norland said it sent ten howitzers to Sudoria. The minister denied it.")
HANGS = Reply(hangs=True)
PATIENCE = 20.0  # seconds; a busy machine parses its first report slowly

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])


class Note(BaseModel):
    what: Verbatim


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted_server() as script:
        script.will_reply(completion(json.dumps(NOTHING)))
        yield script


def settings_of(script: Script, **more: Any) -> Settings:
    return Settings(base_url=script.base_url, model="m", **more)


def opened(script: Script) -> Model:
    settings = settings_of(script)
    return open_model(script.base_url, None, "m", dialect="server", settings=settings)


async def until_asked(script: Script, times: int = 1) -> None:
    async with asyncio.timeout(PATIENCE):
        while len(script.requests) < times:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("name", ["summarize", "summarize_many", "extract", "verify"])
def test_twin_takes_and_gives_the_same(name: str) -> None:
    call, twin = getattr(summarizer, name), getattr(summarizer, f"a{name}")

    assert inspect.signature(twin) == inspect.signature(call)
    assert twin.__name__ == f"a{name}"
    assert call.__doc__ in twin.__doc__
    assert inspect.iscoroutinefunction(twin) or inspect.isasyncgenfunction(twin)


def test_brief_is_that_of_the_plain_call(script: Script) -> None:
    settings = settings_of(script)
    plain = summarize(REPORT, settings=settings)
    brief = asyncio.run(asummarize(REPORT, settings=settings))

    without: Any = {"usage": {"seconds"}, "second_reading": {"usage": {"seconds"}}}
    assert brief.model_dump(exclude=without) == plain.model_dump(exclude=without)


def test_extraction_and_verdict_are_those_of_the_plain_calls(script: Script) -> None:
    script.will_reply(completion('{"what": "ten howitzers"}'))
    settings = settings_of(script)

    async def both() -> Any:
        return await asyncio.gather(
            aextract(REPORT, Note, settings=settings),
            averify("Norland sent 50 howitzers.", "Norland sent 12 howitzers."),
        )

    found, verdict = asyncio.run(both())

    assert found.records == extract(REPORT, Note, settings=settings).records
    assert verdict == verify("Norland sent 50 howitzers.", "Norland sent 12 howitzers.")


def test_error_is_that_of_the_plain_call() -> None:
    with pytest.raises(InputError, match=r"^no-such\.txt: no such file"):
        asyncio.run(asummarize("no-such.txt"))


def test_callback_sees_the_caller_s_context(script: Script) -> None:
    who: ContextVar[str] = ContextVar("who")
    seen: set[tuple[str, bool]] = set()

    def tell(_: Progress) -> None:
        seen.add((who.get(), threading.current_thread() is threading.main_thread()))

    async def work() -> None:
        who.set("me")
        await asummarize(REPORT, settings=settings_of(script), progress=tell)

    asyncio.run(work())

    assert seen == {("me", False)}


def test_time_out_drops_what_is_asked_and_holds_up_no_loop(script: Script) -> None:
    script.will_reply(HANGS)

    async def work() -> None:
        task = asyncio.create_task(asummarize(REPORT, settings=settings_of(script)))
        await until_asked(script)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(task, 0.1)

    asyncio.run(asyncio.wait_for(work(), PATIENCE))

    assert _quiet(script)


def test_cancelled_call_leaves_the_model_to_others(script: Script) -> None:
    script.will_reply(HANGS, completion(json.dumps(NOTHING)))

    async def work(model: Model) -> Any:
        task = asyncio.create_task(asummarize(REPORT, model=model, settings=settings_of(script)))
        await until_asked(script)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await asummarize(REPORT, model=model, settings=settings_of(script))

    with opened(script) as model:
        brief = asyncio.run(work(model))

    assert brief.document.characters == len(REPORT.text)


def test_model_that_is_closed_meanwhile_is_no_cancellation(script: Script) -> None:
    script.will_reply(HANGS)

    async def work() -> None:
        model = opened(script)
        task = asyncio.create_task(asummarize(REPORT, model=model, settings=settings_of(script)))
        await until_asked(script)
        model.close()
        await task

    with pytest.raises(ModelUnavailable, match="the model was closed while it was asked"):
        asyncio.run(work())


def test_run_yields_what_the_plain_run_does(script: Script, tmp_path: Path) -> None:
    paths = [*_written(tmp_path, *"abc"), tmp_path / "none.txt"]

    async def work() -> list[Any]:
        settings = settings_of(script, jobs=2)
        return [each async for each in asummarize_many(paths, settings=settings)]

    outcomes = asyncio.run(work())

    assert [outcome.path for outcome in outcomes] == paths
    assert [outcome.error is None for outcome in outcomes] == [True, True, True, False]


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("how", ["cancelled", "left"])
def test_run_given_up_asks_nothing_more_and_closes_its_engine(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, how: str
) -> None:
    closed = threading.Event()
    real: Any = vars(run)["open_engine"]

    @contextmanager
    def watched(*given: Any, **more: Any) -> Iterator[Model]:
        try:
            with real(*given, **more) as model:
                yield model
        finally:
            closed.set()

    monkeypatch.setattr(run, "open_engine", watched)
    if how == "cancelled":
        script.will_reply(HANGS)
    runs = asummarize_many(
        _written(tmp_path, *"abcdef"), settings=settings_of(script, jobs=jobs, verify="off")
    )

    async def work() -> None:
        async def consume() -> None:
            async with aclosing(runs) as outcomes:  # type: ignore[type-var]
                async for _ in outcomes:
                    return

        task = asyncio.create_task(consume())
        if how == "cancelled":
            await until_asked(script)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        else:
            await asyncio.wait_for(task, PATIENCE)

    asyncio.run(work())

    assert closed.wait(PATIENCE)
    assert _quiet(script)


def test_question_after_the_stop_is_given_up_at_once() -> None:
    stop, question, alone = Stop(), Future[int](), Future[int]()
    stop.now()

    assert stop.over(lambda: stoppable(question)).cancelled()
    with pytest.raises(CancelledError):
        question.result()
    assert not stoppable(alone).cancelled()


def _quiet(script: Script) -> bool:
    """Tell whether nothing is asked any more."""
    before = len(script.requests)
    time.sleep(0.5)
    return len(script.requests) == before


def _written(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / f"{name}.txt").write_text(f"{REPORT.text} It was {name}.", "utf-8")
    return [folder / f"{name}.txt" for name in names]
