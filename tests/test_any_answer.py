"""Whatever bytes come back, they end in a brief or in one error, in time and within bounds."""

from __future__ import annotations

import gzip
import json
import resource
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import completion, likely
from wires import request_on, wire

from summarizer import Document, Settings, check, pipeline, summarize
from summarizer.annotate import annotate
from summarizer.ask import Model, open_model
from summarizer.errors import SummarizerError
from summarizer.segment import segment

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

KEY = "sk-secret-0123456789"
REPORT = Document(
    "Norway plans to supply Ukraine with 20 howitzers, Bloomberg reported on Friday.\n"
)
SENTENCES = segment(REPORT)
SECONDS = 2.0  # of which a request may take all; an answer here is small, and comes at once
MOST_BYTES = 300_000
MOST_MEMORY = 60_000_000
FEW, MANY = 60, 5_000


class Wire:
    """A server that answers every request with the same bytes and closes."""

    def __init__(self) -> None:
        self.said = b""

    def __call__(self, one: socket.socket) -> None:
        request_on(one)
        one.sendall(self.said)


@pytest.fixture(scope="module")
def any_answer() -> Iterator[tuple[Wire, Model]]:
    said = Wire()
    with (
        wire(said) as port,
        open_model(
            f"http://127.0.0.1:{port}/v1",
            KEY,
            "m",
            dialect="server",
            settings=Settings(timeout=SECONDS, max_bytes=MOST_BYTES, attempts=2, patience=30),
            sleep=lambda _: None,
        ) as model,
    ):
        yield said, model


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**30, -(10**30), 1e308]),
    st.floats(),
    st.text(max_size=20),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["error", "choices", "message", "content", "code", "usage", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
WHOLE = [
    json.loads(completion('{"events": [], "actors": [], "pledges": [], "statements": []}').body),
    json.loads(likely(("yes", 0.9), ("no", 0.1)).body),
    {"error": {"message": "x", "type": "y", "code": 429, "param": "seed"}},
]


@st.composite
def bent(draw: st.DrawFn) -> Any:
    """Return a sound answer in which one thing is another, or is gone."""
    whole = json.loads(json.dumps(draw(st.sampled_from(WHOLE))))
    place = whole
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        deeper = isinstance(place[key], dict | list) and place[key]
        if not deeper or draw(st.booleans()):
            break
        place = place[key]
    if draw(st.booleans()):
        place[key] = draw(JSON)
    else:
        del place[key]
    return whole


BODIES = st.one_of(
    st.binary(max_size=300),
    JSON.map(json.dumps).map(str.encode),
    bent().map(json.dumps).map(str.encode),
    st.text().map(completion).map(lambda reply: reply.body),
    JSON.map(json.dumps).map(completion).map(lambda reply: reply.body),
    st.sampled_from(
        [
            b"[" * 100_000,
            b'{"choices": {}}',
            b'{"choices": [{"message": "hello"}]}',
            b'{"usage": {"prompt_tokens": ' + b"9" * 5_000 + b"}}",
            b'{"choices": ' + b"9" * 5_000 + b"}",
            b"\xff\xfe{",
            b" " * (MOST_BYTES + 1),
            b'data: {"choices": []}\n\ndata: [DONE]\n\n',
        ]
    ),
)
CODINGS: dict[bytes, Callable[[bytes], bytes]] = {
    b"": bytes,
    b"gzip": gzip.compress,
    b"deflate": zlib.compress,
    b"br": bytes,
    b"gzip, deflate": lambda body: zlib.compress(gzip.compress(body)),
}
HEADS = st.sampled_from(
    [
        *(b"Retry-After: 5", b"Retry-After: Wed, 01 Jan 0001 00:00:00 +9999", b"Retry-After: \xff"),
        *(
            b"Retry-After: -1e400",
            b"Retry-After-Ms: nan",
            b"Location: /v1/x",
            b"Location: http://[",
        ),
        *(b"Content-Type: text/html; charset=zlib", b"Content-Type: \xff", b"Set-Cookie: a=b"),
        *(b"Content-Encoding: gzip", b"Content-Length: 10", b"Content-Length: x", b"x" * 300),
        *(b"Connection: keep-alive", b"Transfer-Encoding: chunked", b"Upgrade: websocket", b":"),
    ]
)
ODD_STATUSES = [0, 100, 101, 199, 600, 999, -1, *range(201, 210), *range(300, 309)]
STATUSES = st.one_of(
    st.just(200), st.integers(400, 431), st.integers(500, 530), st.sampled_from(ODD_STATUSES)
)


@st.composite
def framed(draw: st.DrawFn) -> bytes:
    """Return an answer that is HTTP, by and large."""
    body, coding = draw(BODIES), draw(st.sampled_from(sorted(CODINGS)))
    body = CODINGS[coding](body)
    lines = [b"HTTP/1.1 %d Any" % draw(STATUSES), *draw(st.lists(HEADS, max_size=2))]
    if coding:
        lines.append(b"Content-Encoding: " + coding)
    if draw(st.booleans()):
        lines.append(b"Content-Length: %d" % (len(body) + draw(st.sampled_from([0, 0, 0, -1, 1]))))
    return b"\r\n".join([*lines, b"", b""]) + body


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return an answer with some bytes cut out, put in or doubled."""
    said = draw(framed())
    start = draw(st.integers(0, len(said)))
    end = draw(st.integers(start, min(len(said), start + 40)))
    return said[:start] + draw(st.binary(max_size=8)) + said[end:]


ANSWERS = st.one_of(framed(), damaged(), st.binary(max_size=200))


def assert_brief_or_error(any_answer: tuple[Wire, Model], said: bytes) -> None:
    wire_said, model = any_answer
    wire_said.said = said
    before, began = memory(), time.monotonic()
    for run in (summarized, weighed):
        try:
            run(model)
        except SummarizerError as error:
            told = str(error)
            assert told
            assert "\n" not in told
            assert KEY not in told
    assert time.monotonic() - began < 10 * SECONDS
    assert memory() - before < MOST_MEMORY


def memory() -> int:
    """Return the most bytes that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def summarized(model: Model) -> None:
    brief = summarize(REPORT, settings=Settings(), model=model)
    assert check(brief, REPORT.text, sentences=SENTENCES).findings == ()


def weighed(model: Model) -> None:
    assert 0 <= model.p_yes([{"role": "user", "content": "Is it?"}]) <= 1


@pytest.fixture(scope="module", autouse=True)
def parsed_once() -> Iterator[None]:
    """The report is the same every time, and parsing it takes longer than all else."""
    parsed = annotate(REPORT, SENTENCES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "annotate", lambda *_: parsed)
        yield


@settings(max_examples=FEW)
@given(said=ANSWERS)
def test_any_bytes_end_in_a_brief_or_one_error(any_answer: tuple[Wire, Model], said: bytes) -> None:
    assert_brief_or_error(any_answer, said)


@pytest.mark.slow
@settings(max_examples=MANY)
@given(said=ANSWERS)
def test_any_bytes_of_very_many_do(any_answer: tuple[Wire, Model], said: bytes) -> None:
    assert_brief_or_error(any_answer, said)
