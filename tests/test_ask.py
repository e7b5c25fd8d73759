"""Asking, against a server whose faults are scripted."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Annotated, Literal

import pytest
from conftest import KEY, Opener
from pydantic import Field
from scripted import Reply, Script, as_json, completion, failure, scripted_server

from summarizer.ask import Answer, Dialect, Model, dialect_for, open_model
from summarizer.ask import model as asking
from summarizer.draft import Draft, SentenceId, Verbatim
from summarizer.errors import (
    ModelError,
    ModelOutputError,
    ModelRefused,
    ModelUnavailable,
    SettingsError,
    SummarizerError,
)
from summarizer.settings import Settings

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

ARTICLE = "Ankara plans to send tanks, sources say."


class Pledge(Draft):
    supplier: Verbatim
    status: Literal["planned", "delivered"]
    sentence: SentenceId


class Pledges(Draft):
    pledges: Annotated[tuple[Pledge, ...], Field(max_length=3, description="Every offer")]


WANT = Pledges(pledges=(Pledge(supplier="Ankara", status="planned", sentence=1),))
GOOD = completion('{"pledges": [{"supplier": "Ankara", "status": "planned", "sentence": 1}]}')
MESSAGES = (
    {"role": "system", "content": "Find pledges."},
    {"role": "user", "content": f"{ARTICLE} {{{{ 7 * 7 }}}} {{% raw %}}"},
)


@pytest.fixture
def dialect() -> Dialect:
    return "openai"


def ask(model: Model, max_tokens: int | None = None) -> Answer[Pledges]:
    return model.ask(MESSAGES, Pledges, text=ARTICLE, sentence_ids=[1, 2], max_tokens=max_tokens)


def test_answer_becomes_the_draft_and_is_counted(script: Script, opened: Opener) -> None:
    script.will_reply(GOOD)
    model = opened(prompt_price=2.0, completion_price=10.0)

    assert ask(model) == Answer(WANT, ())

    usage = model.usage
    assert (usage.requests, usage.prompt_tokens, usage.cached_tokens) == (1, 100, 40)
    assert usage.completion_tokens == 10
    assert usage.cost_usd == pytest.approx((100 * 2 + 10 * 10) / 1e6)
    assert usage.seconds > 0
    assert script.authorizations == [f"Bearer {KEY}"]


def test_cost_is_unknown_without_prices(script: Script, opened: Opener) -> None:
    script.will_reply(GOOD)
    model = opened()
    ask(model)

    assert model.usage.cost_usd is None


@pytest.mark.parametrize("dialect", ["openai", "server", "embedded"])
def test_article_is_sent_as_it_is(script: Script, opened: Opener, dialect: Dialect) -> None:
    script.will_reply(GOOD)
    ask(opened(dialect))

    assert script.requests[0]["messages"] == list(MESSAGES)


def test_openai_gets_a_strict_schema(script: Script, opened: Opener) -> None:
    script.will_reply(GOOD)
    ask(opened("openai"), max_tokens=50)

    (request,) = script.requests
    assert request["max_completion_tokens"] == 50
    assert (request["temperature"], request["seed"]) == (0.0, 0)
    pledge = {
        "type": "object",
        "properties": {
            "supplier": {"type": "string"},
            "status": {"type": "string", "enum": ["planned", "delivered"]},
            "sentence": {"type": "integer", "minimum": 1, "maximum": 2},
        },
        "required": ["supplier", "status", "sentence"],
        "additionalProperties": False,
    }
    assert request["response_format"] == {
        "type": "json_schema",
        "json_schema": {
            "name": "Pledges",
            "strict": True,
            "schema": {
                "type": "object",
                "properties": {
                    "pledges": {
                        "type": "array",
                        "items": pledge,
                        "minItems": 0,
                        "maxItems": 3,
                        "description": "Every offer",
                    }
                },
                "required": ["pledges"],
                "additionalProperties": False,
            },
        },
    }


def test_embedded_engine_gets_a_grammar(script: Script, opened: Opener) -> None:
    script.will_reply(GOOD)

    assert ask(opened("embedded"), max_tokens=50).draft == WANT

    (request,) = script.requests
    assert request["grammar"].startswith("%llguidance {}\nstart: ")
    assert '"Ankara"' in request["grammar"]
    assert "response_format" not in request
    assert request["max_tokens"] == 50


@pytest.mark.parametrize(
    ("content", "dialect"),
    [
        ('```json\n{"pledges": []}\n```\nI hope this helps [really]!', "server"),
        ('Here it is: {"pledges": []}', "server"),
        ('<think>{"pledges": 1} no</think>\n{"pledges": []}', "server"),
        ('\n {"pledges": []}\n', "openai"),
    ],
    ids=["fence", "prose", "reasoning", "blanks"],
)
def test_wrapping_around_the_answer_is_taken_off(
    script: Script, opened: Opener, content: str, dialect: Dialect
) -> None:
    script.will_reply(completion(content))

    assert ask(opened(dialect)) == Answer(Pledges(pledges=()), ())
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    ("faults", "least_waits"),
    [
        ([failure(429, headers={"retry-after": "7"})], [7.0]),
        ([failure(429, headers={"retry-after-ms": "2500"})], [2.5]),
        ([failure(500), failure(503)], [0.0, 0.0]),
        ([failure(429, headers={"retry-after": "soon"})], [0.0]),
        ([failure(429, headers={"retry-after": "nan"})], [0.0]),
        ([failure(429, headers={"retry-after": "-5"})], [0.0]),
        ([failure(502, headers={"content-type": "text/html"})], [0.0]),
    ],
    ids=["retry-after", "milliseconds", "5xx", "no-date", "nan", "negative", "bad-gateway"],
)
def test_passing_fault_is_tried_again(
    script: Script,
    opened: Opener,
    waits: list[float],
    faults: list[Reply],
    least_waits: list[float],
) -> None:
    script.will_reply(*faults, GOOD)
    model = opened()

    assert ask(model).draft == WANT

    assert model.usage.requests == len(faults) + 1
    assert len(waits) == len(least_waits)
    assert all(0 <= w - least <= 21 for w, least in zip(waits, least_waits, strict=True))


def test_retry_after_may_be_a_date(script: Script, opened: Opener, waits: list[float]) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    script.will_reply(failure(429, headers={"retry-after": later}), GOOD)

    assert ask(opened()).draft == WANT
    assert 50 < waits[0] < 85


@pytest.mark.parametrize("off", [-400, 400])
def test_wait_until_a_date_is_told_by_the_clock_that_named_it(
    script: Script, opened: Opener, waits: list[float], off: int
) -> None:
    """The clock of the machine, or the endpoint's, may be off by a year."""
    there = datetime.now(UTC) + timedelta(days=off)
    later = format_datetime(there + timedelta(seconds=60), usegmt=True)
    head = {"date": format_datetime(there, usegmt=True), "retry-after": later}
    script.will_reply(failure(429, headers=head), GOOD)

    assert ask(opened()).draft == WANT
    assert 50 < waits[0] < 85


def test_wait_beyond_patience_is_not_begun(
    script: Script, opened: Opener, waits: list[float]
) -> None:
    script.will_reply(failure(429, headers={"retry-after": "3600"}))

    with pytest.raises(ModelUnavailable, match="429"):
        ask(opened(patience=30))
    assert waits == []


def test_tries_are_counted_out(script: Script, opened: Opener) -> None:
    script.will_reply(failure(500))
    model = opened(attempts=3)

    with pytest.raises(ModelUnavailable, match="answered 500: it is out of order"):
        ask(model)
    assert model.usage.requests == len(script.requests) == 3


def test_timeout_is_unavailable(script: Script, opened: Opener) -> None:
    script.will_reply(Reply(hangs=True))
    model = opened(timeout=0.1, attempts=2)

    with pytest.raises(ModelUnavailable, match="did not answer in time"):
        ask(model)
    assert model.usage.requests == 2


def test_closed_port_is_unavailable(opened: Opener) -> None:
    with scripted_server() as gone:
        url = gone.base_url
    with pytest.raises(ModelUnavailable, match=r"127.0.0.1:\d+ cannot be reached"):
        ask(opened(base_url=url, attempts=2))


@pytest.mark.parametrize(
    ("reply", "kind", "message"),
    [
        (failure(401, f"Incorrect key: {KEY}"), ModelUnavailable, "401: the API key"),
        (failure(403), ModelUnavailable, "403"),
        (failure(404, code="model_not_found"), ModelUnavailable, r"404 \(model_not_found\)"),
        (failure(429, code="insufficient_quota"), ModelUnavailable, "insufficient_quota"),
        (failure(400, ARTICLE), ModelError, "does not accept the request"),
        (
            failure(400, type="exceed_context_size_error"),
            ModelError,
            "too long for this model's context",
        ),
        (failure(400, code=f"a {KEY}"), ModelError, "answered 400: "),
        (as_json({"error": {"message": "x"}}), ModelOutputError, "no chat completion"),
        (as_json({"choices": []}), ModelOutputError, "no chat completion"),
        (as_json({"choices": [{"index": 0}]}), ModelOutputError, "no chat completion"),
        (as_json([1]), ModelOutputError, "no chat completion"),
        (as_json("text"), ModelOutputError, "no chat completion"),
        (as_json({"choices": "none", "usage": "none"}), ModelOutputError, "no chat completion"),
        (Reply(200, b"<html>", {"content-type": "text/html"}), ModelOutputError, "no chat"),
        (Reply(200, b'{"choices": ['), ModelOutputError, "no chat completion"),
        (Reply(200, b"\xff\xfe{"), ModelOutputError, "no chat completion"),
        (Reply(200, b"[" * 100_000), ModelOutputError, "no chat completion"),
        (Reply(200, b""), ModelOutputError, "no chat completion"),
        (completion(None, refusal=f"I cannot: {ARTICLE}"), ModelRefused, "declined to answer"),
        (completion(None, finish_reason="content_filter"), ModelRefused, "declined to answer"),
        (completion("[" * 400_001), ModelOutputError, "400001 characters"),
    ],
    ids=[
        "401",
        "403",
        "404",
        "quota",
        "400",
        "context",
        "odd-code",
        "error-with-200",
        "no-choices",
        "no-message",
        "list",
        "string",
        "wrong-types",
        "html",
        "half-json",
        "no-utf8",
        "deep",
        "nothing",
        "refusal",
        "content-filter",
        "huge",
    ],
)
def test_lasting_fault_is_told_once_in_one_line_without_secrets(
    script: Script,
    opened: Opener,
    caplog: pytest.LogCaptureFixture,
    reply: Reply,
    kind: type[SummarizerError],
    message: str,
) -> None:
    script.will_reply(reply)
    model = opened()

    with caplog.at_level(logging.INFO), pytest.raises(kind, match=message) as caught:
        ask(model)

    assert type(caught.value) is kind
    assert len(script.requests) == 1
    assert "\n" not in str(caught.value)
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(model)
    assert KEY not in shown
    assert ARTICLE not in shown


def test_password_in_the_address_is_not_shown(script: Script, opened: Opener) -> None:
    script.will_reply(failure(404))
    url = script.base_url.replace("http://", "http://user:hunter2@")
    model = opened(base_url=url)

    with pytest.raises(ModelUnavailable) as caught:
        ask(model)
    assert "hunter2" not in str(caught.value) + repr(model)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("localhost:8000/v1", KEY),
        ("ftp://host/v1", KEY),
        ("http://", KEY),
        ("http://[::1/v1", KEY),
        ("http://host:port/v1", KEY),
        ("http://host/v1", "sk-“curly”"),
        ("http://host/v1", "sk-two\nlines"),
    ],
)
def test_unusable_address_or_key_is_told_before_asking(opened: Opener, url: str, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        open_model(url, key, "m", dialect="server", settings=Settings())
    assert key not in str(caught.value)


def test_answer_that_does_not_fit_is_asked_for_once_more(script: Script, opened: Opener) -> None:
    script.will_reply(completion('{"pledges": "none"}'), GOOD)
    model = opened()

    assert ask(model) == Answer(WANT, ())

    assert model.usage.requests == 2
    assert model.usage.completion_tokens == 20
    *first, answer, complaint = script.requests[1]["messages"]
    assert first == list(MESSAGES)
    assert answer["content"] == '{"pledges": "none"}'
    assert "pledges" in complaint["content"]
    assert "https://" not in complaint["content"]


def test_faults_between_reasks_are_tried_again(script: Script, opened: Opener) -> None:
    script.will_reply(failure(500), completion("no JSON"), failure(500), GOOD)
    model = opened()

    assert ask(model) == Answer(WANT, ())
    assert model.usage.requests == 4


def test_one_bad_value_does_not_cost_the_others(script: Script, opened: Opener) -> None:
    script.will_reply(
        completion(
            '{"pledges": [{"supplier": "Ankara", "status": "planned", "sentence": 1},'
            ' {"supplier": "Ankara", "status": "maybe", "sentence": 1}]}'
        )
    )
    answer = ask(opened())

    assert answer.draft == WANT
    (problem,) = answer.problems
    assert (problem.field, problem.reason) == ("pledges.1", "schema")
    assert json.loads(problem.value)["status"] == "maybe"
    assert "'planned' or 'delivered'" in problem.detail
    assert len(script.requests) == 1 + asking.REASKS


def test_better_of_two_answers_is_kept(script: Script, opened: Opener) -> None:
    half = '{"pledges": [{"supplier": "Ankara", "status": "planned", "sentence": 1}, 7]}'
    script.will_reply(completion(half), completion("Sorry, I made a mistake."))

    assert ask(opened()).draft == WANT


@pytest.mark.parametrize(
    "second",
    [failure(401), completion(None, refusal="no"), as_json({"choices": []})],
    ids=["401", "refusal", "no-choices"],
)
def test_failed_reask_does_not_cost_the_first_answer(
    script: Script, opened: Opener, second: Reply
) -> None:
    half = '{"pledges": [{"supplier": "Ankara", "status": "planned", "sentence": 1}, 7]}'
    script.will_reply(completion(half), second)

    assert ask(opened()).draft == WANT


@pytest.mark.parametrize("content", ["", "no JSON", "{", '{"a": 1}', "null", '"\\ud800"', None])
def test_answer_without_any_use_is_a_problem_not_an_error(
    script: Script, opened: Opener, content: str | None
) -> None:
    script.will_reply(completion(content))
    answer = ask(opened())

    assert answer.draft is None
    assert [problem.reason for problem in answer.problems] == ["schema"]


def test_truncated_answer_keeps_what_was_finished(script: Script, opened: Opener) -> None:
    cut = (
        '{"pledges": [{"supplier": "Ankara", "status": "planned", "sentence": 1},'
        ' {"supplier": "Ankara", "status": "delivered", "sentence": 1'
    )
    script.will_reply(completion(cut, finish_reason="length"))
    answer = ask(opened())

    assert answer.draft == WANT
    assert [problem.reason for problem in answer.problems] == ["truncated"]
    assert len(script.requests) == 1


def test_refused_parameters_are_left_out_from_then_on(script: Script, opened: Opener) -> None:
    script.will_reply(
        failure(400, "Unsupported value: 'temperature' does not support 0", param="temperature"),
        failure(400, "Unknown parameter: 'seed'"),
        GOOD,
    )
    model = opened()
    assert (model.temperature, model.seed) == (0.0, 0)

    assert ask(model).draft == WANT
    assert ask(model).draft == WANT

    assert (model.temperature, model.seed) == (None, None)
    assert ["temperature" in r for r in script.requests] == [True, False, False, False]
    assert ["seed" in r for r in script.requests] == [True, True, False, False]


@pytest.mark.parametrize("status", [400, 422])
def test_other_servers_may_refuse_the_schema_and_get_it_in_words(
    script: Script, opened: Opener, status: int
) -> None:
    script.will_reply(failure(status, "response_format.type: json_schema is not supported"), GOOD)

    assert ask(opened("server")).draft == WANT

    assert "response_format" not in script.requests[1]
    *_, user = script.requests[1]["messages"]
    assert user["role"] == "user"
    assert user["content"].startswith(MESSAGES[1]["content"])
    assert '"enum": ["planned", "delivered"]' in user["content"]


def test_other_servers_that_ignore_the_schema_get_it_in_words_when_it_shows(
    script: Script, opened: Opener
) -> None:
    script.will_reply(completion('{"deals": []}'), GOOD)

    assert ask(opened("server")).draft == WANT
    assert "JSON Schema" not in script.requests[0]["messages"][-1]["content"]
    assert "JSON Schema" in script.requests[1]["messages"][-1]["content"]


def test_openai_must_take_the_schema(script: Script, opened: Opener) -> None:
    script.will_reply(failure(400, "Invalid schema for response_format 'Pledges'"))

    with pytest.raises(ModelError, match="does not accept the request"):
        ask(opened("openai"))
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    ("base_url", "want"),
    [
        (None, "openai"),
        ("https://api.openai.com/v1", "openai"),
        ("https://eu.api.openai.com/v1", "openai"),
        ("https://mine.openai.azure.com/openai/v1", "openai"),
        ("https://notopenai.com/v1", "server"),
        ("http://localhost:11434/v1", "server"),
        ("nonsense", "server"),
    ],
)
def test_dialect_goes_by_the_host(base_url: str | None, want: Dialect) -> None:
    assert dialect_for(base_url) == want


def test_run_stops_at_its_cost_limit(script: Script, opened: Opener) -> None:
    script.will_reply(GOOD)
    model = opened(prompt_price=1000.0, completion_price=1000.0, max_cost=0.15)

    ask(model.part())
    ask(model.part())
    with pytest.raises(ModelError, match=r"cost \$0.2200, max_cost is \$0.1500"):
        ask(model.part())
    assert len(script.requests) == 2


def test_cost_limit_needs_prices(opened: Opener) -> None:
    with pytest.raises(SettingsError, match="prompt_price"):
        opened(max_cost=1.0)


def test_cost_limit_needs_token_counts(script: Script, opened: Opener) -> None:
    message = {"role": "assistant", "content": '{"pledges": []}'}
    script.will_reply(as_json({"choices": [{"finish_reason": "stop", "message": message}]}))

    with pytest.raises(ModelError, match="no token counts"):
        ask(opened(prompt_price=1.0, completion_price=1.0, max_cost=1.0))


def test_parts_count_for_themselves_and_for_the_whole(script: Script, opened: Opener) -> None:
    script.will_reply(GOOD)
    whole = opened()
    parts = [whole.part() for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        answers = [a for part in parts for a in pool.map(ask, [part] * 5)]

    assert all(answer == Answer(WANT, ()) for answer in answers)
    assert [part.usage.requests for part in parts] == [5] * 4
    assert whole.usage.requests == 20
    assert whole.usage.prompt_tokens == 2000


def test_proxy_does_not_come_between_us_and_the_embedded_engine(
    script: Script, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    script.will_reply(completion('{"pledges": []}'))

    assert ask(opened("embedded")).draft == Pledges(pledges=())


def test_interrupt_gets_through(script: Script, opened: Opener) -> None:
    script.will_reply(Reply(hangs=True))
    main = threading.main_thread().ident
    assert main
    # Where the tests run in the background of a shell, it is ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Timer(0.3, signal.pthread_kill, (main, signal.SIGINT)).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            ask(opened())
    finally:
        signal.signal(signal.SIGINT, before)


def test_libraries_are_loaded_only_when_something_is_asked() -> None:
    code = (
        "import sys, summarizer.ask; "
        "print(sorted({'openai', 'instructor', 'tenacity', 'httpx2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
