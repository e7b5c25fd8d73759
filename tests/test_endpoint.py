"""The way to an endpoint and back: faults in passing, limits, and where text may go."""

from __future__ import annotations

import gzip
import json
import re
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import httpx2
import pytest
from conftest import KEY, Opener
from pydantic import ValidationError
from scripted import Reply, Script, as_json, completion, failure, scripted_server
from wires import answer, request_on, wire

from summarizer.ask import Answer, Model, dialect_for, open_model
from summarizer.ask.address import Address
from summarizer.ask.route import proxy_for
from summarizer.draft import Draft
from summarizer.errors import (
    ModelError,
    ModelOutputError,
    ModelUnavailable,
    SettingsError,
    SummarizerError,
)
from summarizer.settings import Settings

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

TEXT = "Ankara plans to send tanks."


class Note(Draft):
    kind: Literal["plan", "fact"]


GOOD = completion('{"kind": "plan"}')
MESSAGES = (
    {"role": "system", "content": "Classify."},
    {"role": "user", "content": TEXT},
)


def ask(model: Model) -> Answer[Note]:
    return model.ask(MESSAGES, Note, text=TEXT)


WANT = Answer(Note(kind="plan"), ())


def error_in_body(message: str = "scripted", **given: object) -> Reply:
    return as_json({"error": {"message": message, **given}})


# Faults in passing


@pytest.mark.parametrize(
    ("told", "least"),
    [
        (failure(429, "Rate limit reached. Please try again in 20s."), 20),
        (failure(429, "Limit 40000. Please try again in 1m26.4s. Contact us"), 86.4),
        (failure(429, "Please try again in 350ms."), 0.35),
        (failure(429, "Please retry after 50 seconds. To increase your limit, ask"), 50),
        (failure(429, "Requests are limited. Try again in 50 seconds"), 50),
        (failure(429, "Too many requests; please wait 1 minute and 5 seconds"), 65),
        (failure(429, "Quota exceeded. Please retry in 34.07s."), 34.07),
        (as_json({"error": "slow down", "retryAfter": 30}, 429), 30),
        (as_json({"error": {"message": "x", "retry_after_ms": 1500}}, 429), 1.5),
        (as_json([{"error": {"code": 429, "details": [{"retryDelay": "34s"}]}}], 429), 34),
        (as_json({"error": "Model m is currently loading", "estimated_time": 20.5}, 503), 20.5),
        (Reply(429, b"Too many requests. Try again in 7 seconds", {}), 7),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, float | int) else "told",
)
def test_wait_is_taken_from_what_is_said(
    script: Script, opened: Opener, waits: list[float], told: Reply, least: float
) -> None:
    script.will_reply(told, GOOD)

    assert ask(opened()) == WANT
    assert len(waits) == 1
    assert least < waits[0] <= least + 2


@pytest.mark.parametrize(
    "told",
    [failure(429), failure(503, "Loading model"), failure(529, type="overloaded_error")],
    ids=["429", "503", "529"],
)
def test_rate_limit_is_outlived_and_not_by_every_request_at_once(
    script: Script, opened: Opener, waits: list[float], told: Reply
) -> None:
    script.will_reply(*[told] * 9, GOOD)

    assert ask(opened()) == WANT
    assert 60 < sum(waits) <= 180
    assert waits[:3] == sorted(waits[:3])
    assert len({wait % 1 for wait in waits}) == 9


@pytest.mark.parametrize(
    ("given", "requests"),
    [({"attempts": 1}, 1), ({"patience": 10}, 5), ({"patience": 0.1}, 1)],
    ids=["no second try", "patience", "none"],
)
def test_rate_limit_that_lasts_ends_within_bounds(
    script: Script, opened: Opener, waits: list[float], given: dict[str, Any], requests: int
) -> None:
    script.will_reply(failure(429))

    with pytest.raises(ModelUnavailable, match="answered 429: too many requests"):
        ask(opened(**given))
    assert abs(len(script.requests) - requests) <= (1 if requests > 1 else 0)
    assert sum(waits) <= given.get("patience", 180)


@pytest.mark.parametrize(
    "fault",
    [
        *[failure(status) for status in (408, 409, 425, 500, 502, 503, 504, 520, 529)],
        error_in_body(code=429),
        error_in_body(code="502"),
        error_in_body("Rate limit exceeded", type="rate_limit_error"),
        error_in_body("The server is overloaded", type="overloaded_error"),
        error_in_body("Provider returned error", code=503, metadata={"raw": "upstream"}),
        as_json({"error": "too many requests"}),
        as_json({"code": 429, "msg": "slow down"}),
        as_json([{"error": {"code": 503, "status": "UNAVAILABLE"}}]),
        as_json({"status": 503, "detail": "no worker"}),
        as_json({"id": "x", "object": "", "choices": None, "usage": {"prompt_tokens": 0}}),
        as_json({"choices": [{"index": 0, "finish_reason": "error", "error": {"code": 502}}]}),
        Reply(502, b"<html><h1>502 Bad Gateway</h1></html>", {"content-type": "text/html"}),
        Reply(500, b"\xff\xfe", {"content-type": "text/plain; charset=zlib"}),
        Reply(503, b"", {"content-type": "application/json; charset=no-such"}),
    ],
    ids=lambda reply: f"{reply.status} {reply.body[:60]!r}",
)
def test_fault_in_passing_is_tried_again(
    script: Script, opened: Opener, waits: list[float], fault: Reply
) -> None:
    script.will_reply(fault, fault, GOOD)

    assert ask(opened()) == WANT
    assert len(waits) == 2
    assert all(0 < wait <= 30 for wait in waits)


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        (failure(501, "not implemented"), ModelUnavailable, "out of order"),
        (failure(402, "Insufficient Balance"), ModelUnavailable, "quota or the balance"),
        (error_in_body("x", code=401), ModelUnavailable, "401: the API key"),
        (error_in_body("x", code=404), ModelUnavailable, "404: no such model"),
        (error_in_body("x"), ModelOutputError, "no chat completion"),
        (as_json({"detail": "x"}), ModelOutputError, "no chat completion"),
        (failure(429, "x", code="insufficient_quota"), ModelUnavailable, "quota or the balance"),
        (failure(403, "Your credit balance is too low"), ModelUnavailable, "the balance"),
        (failure(418), ModelError, "does not accept the request"),
    ],
    ids=lambda value: str(value.status) if isinstance(value, Reply) else "",
)
def test_lasting_fault_is_named(
    script: Script, opened: Opener, fault: Reply, kind: type[SummarizerError], said: str
) -> None:
    script.will_reply(fault)

    with pytest.raises(kind, match=said):
        ask(opened(attempts=2))


# Limits


class Trickle:
    """A server that sends *head* and then for ten seconds, bit by bit, the same *unit*."""

    def __init__(self, head: bytes, unit: bytes) -> None:
        self.head, self.unit = head, unit
        self.ended = False

    def __call__(self, one: socket.socket) -> None:
        request_on(one)
        one.sendall(self.head)
        for _ in range(500):
            one.sendall(self.unit)
            time.sleep(0.02)
        self.ended = True


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        (b"", b""),
        (b"H", b"T"),
        (HEAD, b"x-a: b\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"Content-Length: 100000\r\n\r\n", b" "),
        (CHUNKED, b"1\r\n \r\n"),
        (HEAD + b"\r\n", b" "),
    ],
    ids=["silence", "status", "head", "continue", "body", "chunks", "until close"],
)
def test_deadline_is_for_the_whole_request(opened: Opener, head: bytes, unit: bytes) -> None:
    trickle = Trickle(head, unit)
    with wire(trickle) as port:
        with pytest.raises(ModelUnavailable, match="did not answer in time"):
            ask(opened(base_url=f"http://127.0.0.1:{port}/v1", timeout=0.4, attempts=1))
        assert not trickle.ended


def flooding(head: bytes, unit: bytes) -> Callable[[socket.socket], None]:
    def serve(one: socket.socket) -> None:
        request_on(one)
        one.sendall(head)
        while True:
            one.sendall(unit)

    return serve


@contextmanager
def little_memory() -> Iterator[None]:
    """Fail if the block takes much more than an answer that is read."""
    tracemalloc.start()
    try:
        yield
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 60_000_000


def bomb(wbits: int) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, wbits)
    return packer.compress(b" " * 150_000_000) + packer.flush()


@pytest.mark.parametrize(
    ("serve", "said"),
    [
        (flooding(HEAD + b"\r\n", b" " * 65_536), "more than any answer needs"),
        (flooding(CHUNKED, b"5\r\n[[[[[\r\n" * 999), "more than any answer needs"),
        (flooding(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 999), "more than any answer needs"),
        (flooding(HEAD, b"x-a: " + b"b" * 65_000 + b"\r\n"), "broke off"),
        (flooding(b"", b"\x00" * 65_536), "broke off, or does not speak HTTP"),
    ],
    ids=["body", "chunks", "continue", "head", "no http"],
)  # fmt: skip
def test_flood_is_cut_off(
    opened: Opener, serve: Callable[[socket.socket], None], said: str
) -> None:
    with wire(serve) as port, pytest.raises(SummarizerError, match=said):
        ask(opened(base_url=f"http://127.0.0.1:{port}/v1", max_bytes=300_000, attempts=1))


@pytest.mark.parametrize(
    ("coding", "made"),  # made in the test, not by each process that only lists the tests
    [
        ("gzip", lambda: bomb(31)),
        ("deflate", lambda: bomb(15)),
        ("gzip, gzip", lambda: gzip.compress(bomb(31))),
    ],
    ids=["gzip", "deflate", "twice"],
)
def test_what_unpacks_to_far_more_is_not_unpacked(
    script: Script, opened: Opener, coding: str, made: Callable[[], bytes]
) -> None:
    body = made()
    assert len(body) < 1_000_000
    script.will_reply(Reply(200, body, {"content-encoding": coding}))
    model = opened()
    with little_memory(), pytest.raises(ModelOutputError, match="raise --max-bytes"):
        ask(model)


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize(
    "body",
    [
        b"[" + b"{}," * 4_000_000 + b"1]",
        b'{"choices":[' + b"[]," * 4_000_000 + b"1]}",
        b'{"choices":[{"message":{}}' + b',{"message":{"content":""}}' * 500_000 + b"]}",
    ],
    ids=["objects", "no choices", "choices"],
)
def test_what_would_become_far_more_objects_is_not_read(
    script: Script, opened: Opener, body: bytes, status: int
) -> None:
    script.will_reply(Reply(status, body))
    model = opened()
    with little_memory(), pytest.raises(ModelOutputError, match="more than any answer needs"):
        ask(model)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "x-unknown"])
def test_packed_answer_is_unpacked(script: Script, opened: Opener, coding: str) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}
    pack = packers.get(coding, bytes)
    script.will_reply(Reply(200, pack(GOOD.body), {"content-encoding": coding}))

    assert ask(opened()) == WANT


def test_broken_packing_is_told_in_one_line(script: Script, opened: Opener) -> None:
    script.will_reply(Reply(200, b"no gzip", {"content-encoding": "gzip"}))

    with pytest.raises(ModelOutputError, match="no chat completion"):
        ask(opened())


def test_answer_of_any_content_type_is_read(script: Script, opened: Opener) -> None:
    for kind in ("text/plain", "text/html; charset=zlib", "", "application/json; charset=utf-16"):
        script.will_reply(Reply(200, GOOD.body, {"content-type": kind}))
        assert ask(opened()) == WANT


@pytest.mark.parametrize("given", [{"timeout": 1e9}, {"timeout": float("inf")}, {"max_bytes": 0}])
def test_limit_that_no_clock_can_keep_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings(**given)


def test_cost_of_what_is_in_flight_is_kept_back(script: Script, opened: Opener) -> None:
    """Each answer costs a dollar; 50 reports are asked about at once."""
    script.will_reply(GOOD)
    model = opened(max_cost=5, prompt_price=10_000, completion_price=0, attempts=1)

    def one(_: int) -> str:
        try:
            ask(model.part())
        except ModelError as error:
            return str(error)
        return "answered"

    with ThreadPoolExecutor(50) as pool:
        ended = list(pool.map(one, range(50)))

    assert ended.count("answered") == len(script.requests) == 5
    assert all("max_cost is $5.0000" in e for e in ended if e != "answered")


def test_request_that_fails_keeps_nothing_back(script: Script, opened: Opener) -> None:
    script.will_reply(failure(400))
    model = opened(max_cost=5, prompt_price=10_000, completion_price=0)

    def one(_: int) -> None:
        with pytest.raises(ModelError, match="does not accept"):
            ask(model)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))
    assert len(script.requests) == 8


@pytest.mark.parametrize(
    "usage",
    [
        *({"prompt_tokens": n} for n in (10**400, -5, 1e300, "9", True, None, 1.5)),
        *({"prompt_tokens": []}, 7, "x", [], {"prompt_tokens": 5, "prompt_tokens_details": "x"}),
        {"prompt_tokens": 100.0, "completion_tokens": 10},
    ],
    ids=lambda usage: str(usage)[:40],
)
def test_absurd_count_is_none(script: Script, opened: Opener, usage: Any) -> None:
    body = json.loads(GOOD.body) | {"usage": usage}
    script.will_reply(as_json(body))
    model = opened(prompt_price=1, completion_price=1)

    assert ask(model) == WANT
    assert model.usage.prompt_tokens <= 100
    told = model.usage.prompt_tokens + model.usage.completion_tokens
    assert (model.usage.cost_usd is None) == (told == 0)  # unknown, and not nothing


# Where text may go


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "place", ["{other}/x", "//localhost:{port}/x", "https://127.0.0.1/x", "ftp://x", "http://[", ""]
)
def test_redirect_to_another_origin_is_not_followed(
    script: Script, opened: Opener, status: int, place: str
) -> None:
    with scripted_server() as elsewhere:
        elsewhere.will_reply(GOOD)
        port = elsewhere.base_url.split(":")[2].split("/")[0]
        location = place.format(other=elsewhere.base_url, port=port)
        script.will_reply(Reply(status, b"", {"location": location}))

        with pytest.raises(ModelUnavailable) as caught:
            ask(opened(attempts=1))
        assert re.search("another address|no such model or address", str(caught.value))
        assert elsewhere.requests == []


def test_redirect_within_the_origin_is_followed(script: Script, opened: Opener) -> None:
    script.will_reply(Reply(307, b"", {"location": "/v2/chat/completions"}), GOOD)

    assert ask(opened()) == WANT
    assert script.requests[0] == script.requests[1]


def test_redirect_does_not_begin_a_new_deadline(opened: Opener) -> None:
    def serve(one: socket.socket) -> None:
        request_on(one)
        time.sleep(0.4)
        one.sendall(b"HTTP/1.1 307 Away\r\nLocation: /v1/chat/completions\r\n")
        one.sendall(b"Connection: close\r\nContent-Length: 0\r\n\r\n")

    with wire(serve) as port, pytest.raises(ModelUnavailable, match="in time"):
        ask(opened(base_url=f"http://127.0.0.1:{port}/v1", timeout=1, attempts=1))


def test_redirects_without_end_do(script: Script, opened: Opener) -> None:
    script.will_reply(Reply(308, b"", {"location": "/v1/chat/completions"}))

    with pytest.raises(ModelUnavailable, match="another address"):
        ask(opened())
    assert len(script.requests) < 10


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("", "/v1/chat/completions"),
        ("/", "/v1/chat/completions"),
        ("/chat/completions", "/v1/chat/completions"),
        ("?api-version=2024-10-21", "/v1/chat/completions?api-version=2024-10-21"),
        ("/?api-version=2024-10-21&x=1", "/v1/chat/completions?api-version=2024-10-21&x=1"),
        ("/chat/completions?api-version=1", "/v1/chat/completions?api-version=1"),
        ("#part", "/v1/chat/completions"),
    ],
)
def test_path_goes_between_address_and_query(opened: Opener, given: str, path: str) -> None:
    seen = []

    def serve(one: socket.socket) -> None:
        seen.append(request_on(one).split()[1].decode())
        one.sendall(answer(GOOD.body))

    with wire(serve) as port:
        assert ask(opened(base_url=f"http://127.0.0.1:{port}/v1{given}")) == WANT
    assert seen == [path]


@pytest.mark.parametrize(
    ("host", "wanted"),
    [
        ("https://mine.openai.azure.com/openai/deployments/d?api-version=1", True),
        ("https://mine.cognitiveservices.azure.com/openai", True),
        ("https://notopenai.azure.com.evil.test/v1", False),
        ("https://api.openai.com/v1", False),
    ],
)
def test_azure_gets_the_key_under_its_own_name_too(host: str, wanted: bool) -> None:
    assert Address.of(host).takes_api_key_header == wanted


@pytest.mark.parametrize(
    "url",
    [
        *("localhost:8000/v1", "ftp://host/v1", "http://", "http://[::1/v1", "http://host:port/v1"),
        *("http://host:99999/v1", "http://host:-1", "//host", "http:///v1", "http://ho st/v1"),
        *("http://host/\nv1", "http://host/\x00", "http://\udcff/", "javascript:alert(1)", "::"),
        *("http://xn--/", "http://a..b/v1", f"http://{'a' * 300}.test/", "http://[fe80::1%25x]/"),
        *("http://%zz/", "http://user:pa:ss@[/", "http://.", "\u202ehttp://x", "http://ⓛlm/"),
    ],
)
def test_address_that_is_none_is_told_in_one_line(opened: Opener, url: str) -> None:
    with pytest.raises(SummarizerError) as caught:
        ask(opened(dialect_for(url), url, attempts=1, timeout=5))
    assert isinstance(caught.value, SettingsError | ModelUnavailable)
    assert "\n" not in str(caught.value)


def test_organisation_of_openai_is_told_to_nobody_else(
    script: Script, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = []

    def serve(one: socket.socket) -> None:
        heads.append(request_on(one).lower())
        one.sendall(answer(GOOD.body))

    monkeypatch.setenv("OPENAI_ORG_ID", "org-mine")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-mine")
    with wire(serve) as port:
        ask(opened("server", f"http://127.0.0.1:{port}/v1"))
        ask(opened("openai", f"http://127.0.0.1:{port}/v1"))
    assert [b"org-mine" in head or b"proj-mine" in head for head in heads] == [False, True]


def test_model_name_that_cannot_be_written_is_told(script: Script) -> None:
    with (
        open_model(script.base_url, KEY, "m\udcff", dialect="server", settings=Settings()) as model,
        pytest.raises(ModelError, match="cannot be written"),
    ):
        ask(model)


# Proxies and certificates


def relaying(seen: list[bytes]) -> Callable[[socket.socket], None]:
    def serve(one: socket.socket) -> None:
        seen.append(request_on(one))
        one.sendall(answer(GOOD.body))

    return serve


def socks(seen: list[bytes]) -> Callable[[socket.socket], None]:
    """A SOCKS5 proxy that answers itself for whomever it is asked to reach."""

    def serve(one: socket.socket) -> None:
        one.recv(300)
        one.sendall(b"\x05\x00")
        seen.append(one.recv(300))
        one.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        request_on(one)
        one.sendall(answer(GOOD.body))

    return serve


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("scheme", ["http://", ""])
def test_proxy_of_the_environment_is_used(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, name: str, scheme: str
) -> None:
    seen: list[bytes] = []
    with wire(relaying(seen)) as port:
        monkeypatch.setenv(name, f"{scheme}127.0.0.1:{port}")
        assert ask(opened(base_url="http://llm.test/v1")) == WANT
    assert seen[0].startswith(b"POST http://llm.test/v1/chat/completions HTTP/1.1")


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks"])
def test_socks_proxy_is_used(opened: Opener, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    seen: list[bytes] = []
    with wire(socks(seen)) as port:
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:{port}")
        assert ask(opened(base_url="http://llm.test/v1")) == WANT
    assert b"llm.test" in seen[0]


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "socks5://127.0.0.1:9"])
def test_loopback_goes_past_a_proxy(
    script: Script, opened: Opener, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    for name in ("HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy)
    script.will_reply(GOOD)

    assert ask(opened("server")) == WANT
    assert ask(opened("embedded")) == WANT


@pytest.mark.parametrize(
    ("exempt", "url"),
    [
        *[("llm.test", "http://llm.test/v1"), (".test", "http://llm.test/v1")],
        *[("*", "https://llm.test"), ("llm.test:8080", "http://llm.test:8080/v1")],
        *[("x, LLM.TEST", "http://llm.test/v1"), ("10.1.2.3", "http://10.1.2.3/v1")],
        *[("10.0.0.0/8", "http://10.1.2.3/v1"), ("fd00::/8", "http://[fd00::1]:80/v1")],
        *[("x", "http://localhost/v1"), ("", "http://[::1]:8080/v1"), ("", "http://127.1.2.3/")],
        *[
            ("", "http://0.0.0.0:8000/v1"),
            ("", "http://x.localhost."),
            ("", "http://[::ffff:7f00:1]"),
        ],
    ],
)
def test_exempt_host_goes_past_a_proxy(
    monkeypatch: pytest.MonkeyPatch, exempt: str, url: str
) -> None:
    monkeypatch.setenv("NO_PROXY", exempt)
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    assert proxy_for(httpx2.URL(url)) is None
    assert (proxy_for(httpx2.URL("http://10.1.2.3.example/v1")) is None) == (exempt == "*")


@pytest.mark.parametrize(
    "proxy",
    [
        "socks4://x:1",
        "ftp://x:1",
        "http://",
        "http://[::1",
        "http://x:port",
        "://",
        "x y",
        "\udcff",
    ],
)
def test_proxy_that_is_none_is_told_in_one_line(
    script: Script, opened: Opener, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises((SettingsError, ModelUnavailable), match="proxy"):
        ask(opened(base_url="http://llm.test/v1", attempts=1))
    script.will_reply(GOOD)
    assert ask(opened()) == WANT  # loopback has nothing to do with it


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
        b"\x05\xff",
    ],
    ids=["407", "403", "502", "none"],
)
@pytest.mark.parametrize("url", ["http://llm.test/v1", "https://llm.test/v1"])
def test_proxy_that_lets_nothing_through_is_named(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, said: bytes, url: str
) -> None:
    def serve(one: socket.socket) -> None:
        one.recv(65_536)
        one.sendall(said)

    with wire(serve) as port:
        scheme = "socks5" if said[:1] == b"\x05" else "http"
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:{port}")
        with pytest.raises(SummarizerError) as caught:
            ask(opened(base_url=url, attempts=2))
    direct = url.startswith("http:") and scheme == "http"
    if not direct or said[9:12] == b"407":
        assert "proxy" in str(caught.value)
    assert isinstance(caught.value, ModelUnavailable)


def test_closed_port_of_a_proxy_is_named(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    with wire(lambda _: None) as port:
        pass
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{port}")
    with pytest.raises(ModelUnavailable, match=r"proxy on the way to llm\.test cannot be reached"):
        ask(opened(base_url="http://llm.test/v1", attempts=1))


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(200, b"\n<!DOCTYPE html><title>Log in"), "a web page, no chat completion"),
        (Reply(403, b"<html>Access Denied</html>"), "proxy or firewall in the way"),
        (Reply(407, b""), "proxy or firewall in the way"),
        (Reply(511, b"<html>"), "proxy or firewall in the way"),
    ],
    ids=["login page", "403", "407", "511"],
)
def test_proxy_in_the_way_is_suspected(
    script: Script, opened: Opener, reply: Reply, said: str
) -> None:
    script.will_reply(reply)
    with pytest.raises(ModelError, match=said):
        ask(opened(attempts=1))


def test_certificate_that_is_not_trusted_is_named(
    opened: Opener, tmp_path: Path, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []
    with wire(relaying(seen), certificate_in=tmp_path) as port:
        url = f"https://127.0.0.1:{port}/v1"
        with pytest.raises(ModelUnavailable, match=r"certificate that is not trusted.*self-signed"):
            ask(opened(base_url=url))
        assert (waits, seen) == ([], [])

        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "self-signed.pem"))
        assert ask(opened(base_url=url)) == WANT


def test_tls_where_none_is_spoken_is_named(
    script: Script, opened: Opener, waits: list[float]
) -> None:
    with pytest.raises(ModelUnavailable, match="does not speak TLS as expected"):
        ask(opened(base_url=script.base_url.replace("http:", "https:")))
    assert waits == []


def test_http_where_tls_is_spoken_is_told(opened: Opener, tmp_path: Path) -> None:
    with (
        wire(relaying([]), certificate_in=tmp_path) as port,
        pytest.raises(ModelUnavailable, match="does not speak HTTP"),
    ):
        ask(opened(base_url=f"http://127.0.0.1:{port}/v1", attempts=1))


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSLKEYLOGFILE"])
@pytest.mark.parametrize("value", ["/nowhere/at/all", "{folder}", "{folder}/empty"])
def test_broken_certificate_variable_is_told_where_it_matters(
    script: Script,
    opened: Opener,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    value: str,
) -> None:
    (tmp_path / "empty").touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "empty"))
    monkeypatch.setenv(name, value.format(folder=tmp_path))
    with pytest.raises(SettingsError, match="certificates cannot be read: SSL_CERT_FILE"):
        opened(base_url="https://llm.test/v1")
    script.will_reply(GOOD)
    assert ask(opened()) == WANT


def test_threads_have_a_deadline_each(opened: Opener) -> None:
    late = threading.Event()

    def serve(one: socket.socket) -> None:
        if b"SLOW" in request_on(one):
            late.wait(3)
        one.sendall(answer(GOOD.body))

    def asked(text: str) -> object:
        messages = [{"role": "user", "content": text}]
        try:
            return model.ask(messages, Note, text=TEXT)
        except ModelUnavailable:
            return "late"

    with wire(serve) as port, ThreadPoolExecutor(4) as pool:
        model = opened(base_url=f"http://127.0.0.1:{port}/v1", timeout=0.8, attempts=1)
        got = list(pool.map(asked, ["SLOW", "a", "b", "c", "d", "e"]))
        late.set()

    assert got == ["late", *[WANT] * 5]
