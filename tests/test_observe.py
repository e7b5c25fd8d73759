"""What a run tells of itself: every request and document counted, and never a word of a report."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.semconv._incubating.attributes import gen_ai_attributes
from pydantic import BaseModel
from scripted import Reply, Script, completion, failure, scripted_server

from summarizer import Counters, Settings, Verbatim, extract, run, summarize, summarize_many
from summarizer.errors import SummarizerError
from summarizer.ledger import Ledger
from summarizer.observe import Counts, Event, JsonLines, spans
from summarizer.pipeline import open_engine
from summarizer.run import Outcome
from summarizer.source import Document
from summarizer.workers import Workers

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

KEY = "sk-not-a-real-key-0123456789"
ARTICLE = "Latvia quietly handed Ukraine forty-two Patria vehicles near Adazi."
SAID = "Kestrel batteries left Ventspils harbour."
LINE = {"text": SAID, "sentences": [0]}
ANSWER = completion(json.dumps({"actors": [], "events": [], "pledges": [], "statements": [LINE]}))
SECRETS = (KEY, ARTICLE, "Patria", SAID, "Kestrel")
DEBUG = {
    "OPENAI_LOG": "debug",
    "HTTPX_LOG_LEVEL": "trace",
    "HTTPX2_LOG_LEVEL": "trace",
    "INSTRUCTOR_DEBUG": "1",
    "PYTHONASYNCIODEBUG": "1",
    "DEBUG": "*",
    "LOGLEVEL": "DEBUG",
}


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted_server() as script:
        script.will_reply(ANSWER)
        yield script


@pytest.fixture(scope="module")
def exporter() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    yield exporter
    provider.shutdown()


@pytest.fixture
def finished(exporter: InMemorySpanExporter) -> InMemorySpanExporter:
    exporter.clear()
    return exporter


def settings(script: Script, **given: object) -> Settings:
    return Settings.model_validate(
        {"base_url": script.base_url, "model": "m", "verify": "off", "attempts": 1, **given}
    )


def written(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"r{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"{ARTICLE} It was delivery {number}.", "utf-8")
    return paths


def events(caplog: pytest.LogCaptureFixture, name: str = "") -> list[Event]:
    told = [record.msg for record in caplog.records if isinstance(record.msg, Event)]
    return [event for event in told if name in ("", event.name)]


def of_briefs(outcomes: list[Outcome]) -> dict[str, int]:
    """Return what the briefs say that was done for them."""
    briefs = [outcome.brief for outcome in outcomes if outcome.brief]
    usages = [brief.usage for brief in briefs]
    usages += [brief.second_reading.usage for brief in briefs if brief.second_reading]
    return {
        "requests": sum(usage.requests for usage in usages),
        "prompt_tokens": sum(usage.prompt_tokens for usage in usages),
        "cached_tokens": sum(usage.cached_tokens for usage in usages),
        "completion_tokens": sum(usage.completion_tokens for usage in usages),
        "rejections": sum(len(brief.rejections) for brief in briefs),
        "warnings": sum(len(brief.warnings) for brief in briefs),
    }


def of_counters(counters: Counters) -> dict[str, int]:
    total = counters.total
    return {name: getattr(total, name) for name in of_briefs([])}


# Counters


@pytest.mark.parametrize("workers", [0, 2])
def test_what_is_counted_is_what_the_briefs_say(
    script: Script, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "MANY", 2)
    counters = Counters()
    asked = settings(script, verify="auto", jobs=4, workers=workers)
    outcomes = list(summarize_many(written(tmp_path, 5), settings=asked, counters=counters))

    assert of_counters(counters) == of_briefs(outcomes)
    assert counters.total.requests == len(script.requests) > 20
    assert counters.total.warnings > 0
    assert counters.documents == 5
    stages = counters.stages
    assert {*stages} == {"read", "segment", "annotate", "interview", "resolve", "verify"}
    assert {counts.documents for counts in stages.values()} == {5}
    assert {name for name, counts in stages.items() if counts.requests} == {"interview", "verify"}
    assert all(counts.seconds > 0 for counts in stages.values())


def test_answer_of_an_earlier_run_is_counted_as_such(script: Script, tmp_path: Path) -> None:
    paths, counters = written(tmp_path, 2), [Counters(), Counters()]
    for each in counters:
        with Ledger(tmp_path / "out") as ledger:
            ledger.begin("m")
            list(summarize_many(paths, settings=settings(script), ledger=ledger, counters=each))
            ledger.end("done")

    first, second = (each.total for each in counters)
    assert (first.requests, first.cached_answers) == (8, 0)
    assert (second.requests, second.cached_answers) == (0, 8)
    assert (second.prompt_tokens, second.completion_tokens) == (0, 0)
    assert counters[1].stages["interview"].cached_answers == 8


def test_retries_and_refusals_are_counted_once_each(script: Script) -> None:
    refused = failure(400, "Unsupported parameter: 'seed'", param="seed")
    crowded = failure(429, headers={"retry-after-ms": "1"})
    script.will_reply(crowded, crowded, refused, ANSWER)
    counters = Counters()
    given = settings(script, attempts=3, jobs=1)
    summarize(Document(ARTICLE, id="d"), settings=given, counters=counters)

    total = counters.total
    assert (total.retries, total.refusals) == (2, 1)
    assert total.requests == len(script.requests)


def test_end_of_each_report_is_counted(script: Script, tmp_path: Path) -> None:
    paths = [*written(tmp_path, 3), tmp_path / "none.txt"]
    paths[1].write_bytes(b"\xff\xfe\x00\xd8")  # half a character
    earlier = next(summarize_many(paths[:1], settings=settings(script))).brief
    counters = Counters()
    outcomes = list(
        summarize_many(
            paths,
            settings=settings(script),
            kept=lambda article, _: earlier if article.path == paths[0] else None,
            counters=counters,
        )
    )

    assert [type(outcome.error).__name__ for outcome in outcomes if outcome.error] == [
        "InputError",
        "InputError",
    ]
    assert (counters.documents, counters.failed, counters.kept) == (4, 2, 1)
    assert counters.stages["read"].failed == 2
    assert counters.total.documents == 4


def test_report_that_waits_for_a_batch_has_not_failed(
    script: Script, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    counters = Counters()
    with Ledger(tmp_path / "out", defers=True) as ledger:
        ledger.begin("m")
        list(
            summarize_many(
                written(tmp_path, 3), settings=settings(script), ledger=ledger, counters=counters
            )
        )
        ledger.end("done")

    waiting = len(events(caplog, "document.waiting"))
    assert waiting >= 2
    assert not events(caplog, "document.failed")
    assert (counters.documents, counters.failed, counters.total.failed) == (3 - waiting, 0, 0)


def test_own_type_is_counted_too(script: Script) -> None:
    class Note(BaseModel):
        words: Verbatim

    script.will_reply(completion(json.dumps({"words": "Patria vehicles"})))
    counters = Counters()
    extract(Document(ARTICLE, id="d"), Note, settings=settings(script), counters=counters)

    assert counters.documents == 1
    assert counters.stages["extract"].requests == len(script.requests) == 1


def test_threads_lose_no_count() -> None:
    counters = Counters()

    def work() -> None:
        for _ in range(500):
            counters.add("read", documents=1, seconds=0.5)
            counters.add_document(failed=True)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counters.stages["read"] == Counts(documents=4000, seconds=2000)
    assert (counters.documents, counters.failed) == (4000, 4000)


# Log records


@given(st.text(), st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_record_is_one_line_of_json(name: str, fields: dict[str, object]) -> None:
    record = logging.LogRecord("summarizer.events", 20, "", 1, Event(name, fields), None, None)
    line = JsonLines().format(record)

    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line).items() >= {"level": "info", "event": name, **fields}.items()


def test_time_is_utc_whatever_the_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        record = logging.LogRecord("summarizer", 20, "", 1, "x", None, None)
        record.created = 1_760_000_000.5
        told = json.loads(JsonLines().format(record))["time"]
    finally:
        monkeypatch.undo()
        time.tzset()

    assert told == "2025-10-09T08:53:20.500Z"
    assert datetime.fromisoformat(told).utcoffset() == timedelta(0)


def test_what_other_packages_say_is_not_repeated() -> None:
    record = logging.LogRecord("openai._base_client", 10, "", 1, "sent %s", (ARTICLE,), None)

    assert json.loads(JsonLines().format(record)).keys() == {"time", "level", "event", "logger"}


def test_events_of_a_run_in_order(
    script: Script, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (path,) = written(tmp_path, 1)
    caplog.set_level(logging.INFO)
    outcomes = list(summarize_many([path], settings=settings(script, verify="auto")))

    assert {event.fields["document"] for event in events(caplog)} == {str(path)}
    stages = [event.fields["stage"] for event in events(caplog, "stage.done")]
    assert stages == ["read", "segment", "annotate", "interview", "resolve", "verify"]
    asked = events(caplog, "request.done")
    assert len(asked) == len(script.requests)
    assert {event.fields["stage"] for event in asked} == {"interview", "verify"}
    assert asked[0].fields.items() >= {"model": "m", "prompt_tokens": 100}.items()
    (done,) = events(caplog, "document.done")
    assert done is events(caplog)[-1]
    assert {name: done.fields[name] for name in ("requests", "rejections", "warnings")} == {
        name: count
        for name, count in of_briefs(outcomes).items()
        if name in ("requests", "rejections", "warnings")
    }


def test_report_that_fails_is_told_with_its_reason(
    script: Script, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    script.will_reply(failure(401))
    caplog.set_level(logging.INFO)
    (outcome,) = summarize_many(written(tmp_path, 1), settings=settings(script))

    (told,) = events(caplog, "document.failed")
    assert told.fields["error"] == "ModelUnavailable"
    assert told.fields["message"] == str(outcome.error)
    assert {event.fields["status"] for event in events(caplog, "request.failed")} == {401}


def test_events_go_to_nobody_who_does_not_ask(script: Script, tmp_path: Path) -> None:
    """A library that fails one report must not write to its user's standard error."""
    code = (
        "from summarizer import *; import sys; from pathlib import Path\n"
        "s = Settings(base_url=sys.argv[1], model='m', attempts=1)\n"
        "print([o.error is None for o in summarize_many([Path(sys.argv[2])], settings=s)])"
    )
    script.will_reply(failure(401))
    command = [sys.executable, "-c", code, script.base_url, str(written(tmp_path, 1)[0])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout == "[False]\n"
    assert done.stderr == ""


# What is never told


def all_loggers_at_debug(caplog: pytest.LogCaptureFixture, script: Script) -> None:
    caplog.set_level(logging.DEBUG)
    with open_engine(settings(script)):  # the clients are imported late
        for name in [*logging.root.manager.loggerDict]:
            caplog.set_level(logging.DEBUG, name)


def shown(caplog: pytest.LogCaptureFixture) -> str:
    """Return every record as text and as JSON, with all that hangs on it."""
    lines = JsonLines()
    parts = [caplog.text]
    for record in caplog.records:
        parts += [lines.format(record), repr(vars(record))]
    return "\n".join(parts)


@pytest.mark.parametrize(
    "replies",
    [
        (ANSWER,),
        (failure(500), failure(429, headers={"retry-after-ms": "1"}), ANSWER),
        (failure(401, f"{KEY} is wrong for {ARTICLE}"),),
        (completion('{"events": "none"}'), ANSWER),
        (completion(SAID, finish_reason=SAID), ANSWER),
        (completion(None, refusal=SAID), ANSWER),
        (Reply(200, SAID.encode()),),
    ],
    ids=["good", "passing", "401", "reasked", "no-json", "declined", "no-completion"],
)
def test_no_log_holds_key_or_text(
    script: Script, caplog: pytest.LogCaptureFixture, replies: tuple[Reply, ...]
) -> None:
    all_loggers_at_debug(caplog, script)
    script.will_reply(*replies)
    asked = settings(script, attempts=4, api_key=KEY, verify="auto")
    try:
        summarize(Document(ARTICLE, id="d"), settings=asked)
    except SummarizerError:
        assert len(replies) == 1
    told = shown(caplog)

    assert script.authorizations[0] == f"Bearer {KEY}"
    assert events(caplog)
    assert [secret for secret in SECRETS if secret in told] == []


def test_program_that_logs_everything_gets_neither_key_nor_text(script: Script) -> None:
    code = (
        "import logging, sys; from summarizer import *; logging.basicConfig(level=1)\n"
        "s = Settings(base_url=sys.argv[1], model='m', api_key=sys.argv[2])\n"
        "summarize(Document(sys.argv[3], id='d'), settings=s)"
    )
    script.will_reply(completion('{"events": "none"}'), ANSWER, failure(500, SAID), ANSWER)
    done = subprocess.run(
        [sys.executable, "-c", code, script.base_url, KEY, ARTICLE],
        env={**os.environ, **DEBUG},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "request.retried" in done.stderr
    assert [secret for secret in SECRETS if secret in done.stderr + done.stdout] == []


def test_text_is_logged_when_asked_for_and_the_key_never(
    script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    all_loggers_at_debug(caplog, script)
    echo = f"{SAID} {KEY}"
    script.will_reply(completion(json.dumps({"statements": [{**LINE, "text": echo}]})))
    asked = settings(script, api_key=KEY, log_text=True)
    summarize(Document(ARTICLE, id="d"), settings=asked)
    told = shown(caplog)

    assert ARTICLE in told
    assert SAID in told
    assert KEY not in told


def test_clients_logs_of_others_are_left_alone(
    script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever debugs a client of their own in the same process still can."""
    import openai

    all_loggers_at_debug(caplog, script)
    summarize(Document(ARTICLE, id="d"), settings=settings(script))
    caplog.clear()
    with openai.OpenAI(base_url=script.base_url, api_key="k") as client:
        client.chat.completions.create(model="m", messages=[{"role": "user", "content": "own"}])

    assert {"openai._base_client", "httpx2"} <= {record.name for record in caplog.records}


def test_brief_does_not_depend_on_what_is_logged(script: Script) -> None:
    document = Document(ARTICLE, id="d")
    quiet, loud = (
        summarize(document, settings=settings(script, log_text=text)) for text in (False, True)
    )

    assert quiet.engine == loud.engine


# The command


def command(script: Script, *arguments: str | Path, **environment: str) -> Any:
    address = ("--base-url", script.base_url, "--model", "m", "--workers", "0")
    return subprocess.run(
        [sys.executable, "-m", "summarizer", "summarize", *address, *map(str, arguments)],
        env={**os.environ, "OPENAI_API_KEY": KEY, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def lines_of(done: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stderr.splitlines()]


@pytest.mark.parametrize("form", ["json", "text"])
def test_debug_variables_show_neither_key_nor_text(
    script: Script, tmp_path: Path, form: str
) -> None:
    script.will_reply(failure(500, SAID), completion('{"events": "none"}'), ANSWER)
    paths = written(tmp_path, 1)
    done = command(script, *paths, "--log-format", form, "--out", tmp_path / "out", **DEBUG)

    assert done.returncode == 0
    assert done.stderr
    assert [secret for secret in SECRETS if secret in done.stderr + done.stdout] == []
    if form == "json":
        assert lines_of(done)[-1]["event"] == "run.done"


def test_last_line_counts_the_run(script: Script, tmp_path: Path) -> None:
    paths = [*written(tmp_path, 2), tmp_path / "none.pdf"]
    paths[2].write_bytes(b"no PDF")
    done = command(script, *paths, "--log-format", "json", "--out", tmp_path / "out")
    told = lines_of(done)

    assert done.returncode == 1
    last = told[-1]
    assert (last["event"], last["documents"], last["failed"]) == ("run.done", 3, 1)
    assert last["requests"] == len(script.requests)
    assert last["stages"]["interview"]["prompt_tokens"] == 800
    assert [line["level"] for line in told if line["event"] == "document.failed"] == ["error"]
    assert any("none.pdf" in line.get("message", "") for line in told if line["level"] == "error")
    assert all(datetime.fromisoformat(line["time"]).tzinfo for line in told)


def test_quiet_log_holds_errors_and_the_counts(script: Script, tmp_path: Path) -> None:
    script.will_reply(failure(401))
    done = command(script, *written(tmp_path, 1), "--log-format", "json", "--quiet")

    assert [(line["event"], line["level"]) for line in lines_of(done)] == [
        ("document.failed", "error"),
        ("message", "error"),
        ("run.done", "info"),
    ]


def test_error_of_the_whole_run_is_a_line_of_json(script: Script, tmp_path: Path) -> None:
    done = command(script, *written(tmp_path, 2), "--format", "json", "--log-format", "json")
    error, last = lines_of(done)

    assert done.returncode == 1
    assert (error["event"], error["level"]) == ("message", "error")
    assert error["message"].startswith("summarizer: several briefs are not one JSON file")
    assert (last["event"], last["documents"]) == ("run.done", 0)


def test_text_is_in_the_lines_when_asked_for(script: Script, tmp_path: Path) -> None:
    arguments = ("--log-format", "json", "--log-text", "--explain", "--debug")
    done = command(script, *written(tmp_path, 1), *arguments, **DEBUG)
    exchanges = [line for line in lines_of(done) if line["event"] == "exchange"]

    assert len(exchanges) == len(script.requests)
    assert any(ARTICLE in turn["content"] for turn in exchanges[0]["messages"])
    assert SAID in exchanges[0]["answer"]
    assert KEY not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--log-text"], ["--log-format", "json", "--explain"], ["--log-format", "json", "--debug"]],
)
def test_contradiction_is_wrong_usage(script: Script, arguments: list[str]) -> None:
    done = command(script, "x.txt", *arguments)

    assert done.returncode == 2
    assert "--log-" in done.stderr


# Spans


def tree(exported: InMemorySpanExporter) -> dict[str, str | None]:
    """Return the name of each span's parent; spans of one name have parents of one name."""
    all_spans = exported.get_finished_spans()
    names = {span.context.span_id: span.name for span in all_spans if span.context}
    return {span.name: names[span.parent.span_id] if span.parent else None for span in all_spans}


def named(exported: InMemorySpanExporter, name: str) -> list[ReadableSpan]:
    return [span for span in exported.get_finished_spans() if span.name == name]


@pytest.mark.parametrize("workers", [0, 2])
def test_spans_of_requests_lie_in_stages_in_documents_in_the_run(
    script: Script,
    tmp_path: Path,
    finished: InMemorySpanExporter,
    workers: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "MANY", 2)
    asked = settings(script, jobs=3, workers=workers)
    list(summarize_many(written(tmp_path, 4), settings=asked))

    parents = tree(finished)
    assert parents.pop("summarizer.run") is None
    assert parents.pop("summarizer.document") == "summarizer.run"
    assert parents.pop("summarizer.read") in ("summarizer.run", "summarizer.document")
    assert parents.pop("chat m") == "summarizer.interview"
    assert set(parents.values()) == {"summarizer.document"}
    assert {*parents} == {f"summarizer.{s}" for s in ("segment", "annotate", "interview")} | {
        "summarizer.resolve",
        "summarizer.verify",
    }
    assert len(named(finished, "chat m")) == len(script.requests)
    assert len({span.context.trace_id for span in finished.get_finished_spans()}) == 1
    for span in finished.get_finished_spans():
        assert span.start_time
        assert span.end_time
        assert span.start_time <= span.end_time


def test_span_of_a_request_follows_the_conventions(
    script: Script, finished: InMemorySpanExporter
) -> None:
    summarize(Document(ARTICLE, id="d"), settings=settings(script, api_key=KEY))
    span = named(finished, "chat m")[0]

    assert span.kind == trace.SpanKind.CLIENT
    host, port = script.base_url.removeprefix("http://").removesuffix("/v1").split(":")
    assert span.attributes == {
        gen_ai_attributes.GEN_AI_OPERATION_NAME: "chat",
        gen_ai_attributes.GEN_AI_PROVIDER_NAME: "openai",
        gen_ai_attributes.GEN_AI_REQUEST_MODEL: "m",
        gen_ai_attributes.GEN_AI_REQUEST_TEMPERATURE: 0.0,
        gen_ai_attributes.GEN_AI_REQUEST_SEED: 0,
        gen_ai_attributes.GEN_AI_OUTPUT_TYPE: "json",
        gen_ai_attributes.GEN_AI_USAGE_INPUT_TOKENS: 100,
        gen_ai_attributes.GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS: 40,
        gen_ai_attributes.GEN_AI_USAGE_OUTPUT_TOKENS: 10,
        gen_ai_attributes.GEN_AI_RESPONSE_FINISH_REASONS: ("stop",),
        "server.address": host,
        "server.port": int(port),
    }


def test_failed_span_says_what_kind_and_no_more(
    script: Script, finished: InMemorySpanExporter
) -> None:
    script.will_reply(failure(401, f"{KEY} is wrong for {ARTICLE}"))
    with pytest.raises(SummarizerError):
        summarize(Document(ARTICLE, id="d"), settings=settings(script, api_key=KEY))

    (request, *_), (document,) = named(finished, "chat m"), named(finished, "summarizer.document")
    for span, error in ((request, "401"), (document, "ModelUnavailable")):
        assert span.attributes
        assert span.attributes["error.type"] == error
        assert span.status.status_code == trace.StatusCode.ERROR
    assert all(not span.events for span in finished.get_finished_spans())


@pytest.mark.parametrize("log_text", [False, True])
def test_no_span_holds_key_or_text(
    script: Script, finished: InMemorySpanExporter, log_text: bool
) -> None:
    script.will_reply(completion(SAID, finish_reason=SAID), ANSWER)
    asked = settings(script, api_key=KEY, log_text=log_text, verify="auto")
    summarize(Document(ARTICLE, id="d"), settings=asked)
    told = "".join(span.to_json() for span in finished.get_finished_spans())

    assert told
    assert [secret for secret in SECRETS if secret in told] == []


def test_span_of_the_caller_is_the_parent(
    script: Script, tmp_path: Path, finished: InMemorySpanExporter
) -> None:
    with trace.get_tracer("own").start_as_current_span("theirs"):
        outcomes = summarize_many(written(tmp_path, 1), settings=settings(script))
        next(outcomes)
        assert trace.get_current_span().name == "theirs"  # type: ignore[attr-defined]
        outcomes.close()

    parents = tree(finished)
    assert parents["summarizer.run"] == "theirs"
    (whole,) = named(finished, "summarizer.run")
    assert whole.status.status_code == trace.StatusCode.UNSET


def test_killed_process_leaves_no_stage_open(
    script: Script, finished: InMemorySpanExporter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    script.will_reply(Reply(hangs=True))
    given = settings(script)
    with open_engine(given) as model, Workers(1, model, model, given) as workers:
        pid = workers._staff[0]._process.pid
        assert pid

        def kill() -> None:
            while not script.requests:
                time.sleep(0.05)
            os.kill(pid, signal.SIGKILL)

        threading.Thread(target=kill).start()
        with pytest.raises(SummarizerError, match="ended"):
            workers.brief(Document(ARTICLE, id="d"), None)

    last = events(caplog, "stage.done")[-1]
    assert last.fields.items() >= {"stage": "interview", "error": "ProcessEnded"}.items()
    (span,) = named(finished, "summarizer.interview")
    assert span.status.status_code == trace.StatusCode.ERROR


def test_nothing_needs_opentelemetry(
    script: Script, finished: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    spans._trace.cache_clear()
    try:
        brief = summarize(Document(ARTICLE, id="d"), settings=settings(script))
    finally:
        spans._trace.cache_clear()

    assert brief.usage.requests
    assert finished.get_finished_spans() == ()
