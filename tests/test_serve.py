"""The review's server: who is let in, what is written, and that nothing of a report leaks.

All over real sockets of this machine: a browser is only as safe as what is on the wire.
"""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

pytest.importorskip("starlette", reason="the review needs summarizer[review]")
pytest.importorskip("uvicorn", reason="the review needs summarizer[review]")

from summarizer.errors import InputError
from summarizer.page import page
from summarizer.review import intake as intake_module
from summarizer.review import serve as serve_module
from summarizer.review.decisions import Decision, Entry, Journal, read_decisions
from summarizer.review.serve import BODY_LIMIT, app, serve
from summarizer.source import Document

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

ROOT = Path(__file__).parents[1]
TEXT = (
    "Sudoria promised Norland 50 tanks on Friday. 😀 Norland shelled the port of Vesby, the Coast "
    "Herald reported. General Kest praised Sudoria."
)
DOCUMENT = Document(TEXT, "vesby", published="2025-10-18")
OTHER = Document("Another report altogether.", "other")
POLICY = "default-src 'none'; script-src 'sha256-abc+/='; connect-src 'self'"
PAGE = (
    "<!doctype html>\n<html><head>\n"
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<title>Vesby</title></head>'
)
TOKEN = "the-key-of-this-run"
SAFE_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


def open_client(
    origin: str, headers: Mapping[str, str] | None = None, cookies: httpx2.Cookies | None = None
) -> httpx2.Client:
    """Return a client without TLS: making that ready takes longer than most tests."""
    return httpx2.Client(
        base_url=origin,
        headers=headers,
        cookies=cookies,
        verify=False,
        trust_env=False,
        timeout=20,
    )


def place(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def decision(**changed: Any) -> dict[str, Any]:
    """Return what the page sends to correct a pledge's quantity."""
    made = {
        "id": str(uuid.uuid4()),
        "doc": DOCUMENT.sha256,
        "kind": "pledge",
        "record": "0123456789abcdef",
        "anchor": [place("Sudoria"), place("Norland")],
        "field": "items.quantity",
        "at_item": [place("50 tanks")],
        "action": "correct",
        "of": None,
        "old": {"value": "15", "cite": [place("50")]},
        "new": {"value": "50", "cite": [place("50")], "words": ["50"]},
    }
    return made | changed


class Running:
    """A server that runs in a thread, and the file it writes."""

    def __init__(self, journal: Journal, pages: Callable[[], str]) -> None:
        self.journal = journal
        self.socket = serve_module._listening()
        self.port: int = self.socket.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        documents = {DOCUMENT.sha256: DOCUMENT}
        self.app = app(pages, documents, journal, port=self.port, token=TOKEN, reviewer="Mira Kest")
        self.server = serve_module._Server(self.app)
        self.thread = threading.Thread(target=self.server.run, args=([self.socket],))

    def start(self) -> None:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(20)
        assert not self.thread.is_alive()

    def stranger(self, **headers: str) -> httpx2.Client:
        """Return a client that was let in by nobody."""
        return open_client(self.origin, headers)

    @contextmanager
    def page(self) -> Iterator[httpx2.Client]:
        """Open the page as a window of the browser that was let in."""
        with self.stranger(origin=self.origin) as browser:
            browser.cookies.set(f"summarizer-{self.port}", self.session)
            yield browser

    @property
    def session(self) -> str:
        if not hasattr(self, "_session"):
            with self.stranger() as browser:
                self._session = browser.get("/", params={"key": TOKEN}).cookies[self.cookie]
        return self._session

    @property
    def cookie(self) -> str:
        return f"summarizer-{self.port}"

    @property
    def asks_for_events(self) -> bytes:
        return (
            f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Cookie: {self.cookie}={self.session}\r\n\r\n"
        ).encode()

    @property
    def written(self) -> list[bytes]:
        return self.journal.path.read_bytes().splitlines(keepends=True)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "review.jsonl") as journal:
        yield journal


@pytest.fixture
def pages() -> Callable[[], str]:
    return lambda: PAGE


@pytest.fixture
def running(journal: Journal, pages: Callable[[], str]) -> Iterator[Running]:
    running = Running(journal, pages)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests that leave its file as it was: empty."""
    with Journal(tmp_path_factory.mktemp("refusing") / "review.jsonl") as journal:
        running = Running(journal, lambda: PAGE)
        running.start()
        yield running
        running.stop()


@pytest.fixture
def asking(refusing: Running) -> Iterator[httpx2.Client]:
    with refusing.page() as browser:
        yield browser
    assert refusing.written == []


@pytest.fixture
def window(running: Running) -> Iterator[httpx2.Client]:
    with running.page() as browser:
        yield browser


def raw(running: Running, request: str) -> str:
    """Send *request* as it is and return what comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as connection:
        connection.sendall(request.replace("\n", "\r\n").encode("latin-1"))
        with connection.makefile("rb") as answer:
            return answer.read().decode("latin-1")


def events(browser: httpx2.Client, count: int) -> list[dict[str, Any]]:
    """Return the first *count* decisions that the stream brings."""
    found: list[dict[str, Any]] = []
    with browser.stream("GET", "/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line and line != "retry: 5000":
                assert line.startswith("data: ")
                found.append(json.loads(line.removeprefix("data: ")))
            if len(found) == count:
                return found
    return found


# --- who is let in ---------------------------------------------------------------------------


def test_key_is_changed_for_a_cookie_once(running: Running) -> None:
    with running.stranger() as browser:
        first = browser.get("/", params={"key": TOKEN})
        page = browser.get("/")
    with running.stranger() as browser:
        second = browser.get("/", params={"key": TOKEN})

    cookie = first.headers["set-cookie"]
    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert re.fullmatch(
        rf"summarizer-{running.port}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=strict", cookie
    )
    assert TOKEN not in cookie
    assert (page.status_code, page.text) == (200, PAGE)
    assert second.status_code == 403
    assert "set-cookie" not in second.headers


def test_wrong_key_does_not_use_up_the_right_one(running: Running) -> None:
    with running.stranger() as browser:
        wrong = [browser.get("/", params={"key": key}) for key in ("", "x", TOKEN + "x", "ключ")]
        right = browser.get("/", params={"key": TOKEN})

    assert [answer.status_code for answer in wrong] == [403] * 4
    assert right.status_code == 303


def test_key_asked_for_at_once_lets_one_in(running: Running) -> None:
    def ask(_: int) -> int:
        with running.stranger() as browser:
            return browser.get("/", params={"key": TOKEN}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(ask, range(16))) == [303] + [403] * 15


def test_key_opened_again_by_whoever_is_in_leads_to_the_page(window: httpx2.Client) -> None:
    answer = window.get("/", params={"key": TOKEN})

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "set-cookie" not in answer.headers
    assert answer.url.query == f"key={TOKEN}".encode()


ALL = [("GET", "/"), ("GET", "/events"), ("POST", "/decisions"), ("POST", "/derive")]


@pytest.mark.parametrize(("method", "path"), ALL, ids=lambda each: each)
@pytest.mark.parametrize("cookie", [None, "", "x", "é", TOKEN], ids=repr)
def test_nothing_without_the_cookie(
    refusing: Running, method: str, path: str, cookie: str | None
) -> None:
    _ = refusing.session
    with refusing.stranger(origin=refusing.origin) as browser:
        headers = {} if cookie is None else {b"cookie": f"{refusing.cookie}={cookie}".encode()}
        answer = browser.request(method, path, headers=headers, json=decision())

    assert answer.status_code == 403
    assert "\n" not in answer.text.strip()
    assert refusing.written == []


def test_key_opens_only_the_page(running: Running) -> None:
    with running.stranger(origin=running.origin) as browser:
        assert browser.get("/events", params={"key": TOKEN}).status_code == 403
        assert browser.post("/decisions", params={"key": TOKEN}, json={}).status_code == 403
        assert browser.get("/", params={"key": TOKEN}).status_code == 303


HOSTS = [
    "evil.example",
    "evil.example:PORT",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.0.0.1:PORT.evil.example",
    "127.0.0.1:PORT@evil.example",
    "user@127.0.0.1:PORT",
    "127.0.0.1.:PORT",
    "localhost",
    "LOCALHOST:PORT",
    "[::1]:PORT",
    "0.0.0.0:PORT",
    "",
]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(("method", "path"), ALL, ids=lambda each: each)
def test_wrong_host_is_refused(
    refusing: Running, asking: httpx2.Client, host: str, method: str, path: str
) -> None:
    host = host.replace("PORT", str(refusing.port))

    answer = asking.request(method, path, headers={"host": host}, json=decision())

    assert answer.status_code == 403
    assert "wrong host" in answer.text
    assert refusing.written == []


def test_wrong_host_does_not_use_up_the_key(running: Running) -> None:
    with running.stranger() as browser:
        assert browser.get(f"/?key={TOKEN}", headers={"host": "evil.example"}).status_code == 403
        assert browser.get(f"/?key={TOKEN}").status_code == 303


@pytest.mark.parametrize("hosts", ["", "Host: 127.0.0.1:PORT\nHost: evil.example\n"], ids=repr)
def test_no_host_and_two_hosts_are_refused(refusing: Running, hosts: str) -> None:
    hosts = hosts.replace("PORT", str(refusing.port))
    cookie = f"Cookie: {refusing.cookie}={refusing.session}\n"

    for version in ("1.0", "1.1"):
        answer = raw(refusing, f"GET / HTTP/{version}\n{hosts}{cookie}Connection: close\n\n")
        assert re.match(r"HTTP/1.1 40[03]", answer)
        assert "Vesby" not in answer


ORIGINS = [
    None,
    "",
    "null",
    "http://evil.example",
    "https://127.0.0.1:PORT",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://localhost:PORT",  # not the host that was asked
    "http://127.0.0.1:PORT/",
    "http://127.0.0.1:PORT http://evil.example",
]


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("path", ["/decisions", "/derive"])
def test_wrong_origin_is_refused(
    refusing: Running, asking: httpx2.Client, origin: str | None, path: str
) -> None:
    del asking.headers["origin"]
    if origin is not None:
        asking.headers["origin"] = origin.replace("PORT", str(refusing.port))

    answer = asking.post(path, json=decision())

    assert (answer.status_code, answer.json()) == (403, {"error": "wrong origin"})
    assert refusing.written == []


def test_both_names_of_this_machine_are_served(running: Running) -> None:
    name = f"localhost:{running.port}"
    cookie = f"{running.cookie}={running.session}"
    with running.stranger(host=name, origin=f"http://{name}", cookie=cookie) as browser:
        assert browser.get("/").status_code == 200
        assert browser.post("/decisions", json=decision()).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("HEAD", "/", 405),
        ("OPTIONS", "/decisions", 405),
        ("PUT", "/decisions", 405),
        ("GET", "/decisions", 405),
        ("POST", "/", 405),
        ("POST", "/events", 405),
        ("GET", "/favicon.ico", 404),
        ("GET", "/events/", 404),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404),
        ("GET", "/review.jsonl", 404),
        ("GET", "/docs", 404),
        ("POST", "/decisions/../derive/x", 404),
    ],
)
def test_only_what_is_listed_is_served(
    refusing: Running, asking: httpx2.Client, method: str, path: str, status: int
) -> None:
    answer = asking.request(method, path)

    assert answer.status_code == status
    assert answer.headers.items() >= SAFE_HEADERS.items()
    assert refusing.written == []


def test_websocket_is_not_served(refusing: Running) -> None:
    answer = raw(
        refusing,
        f"GET /events HTTP/1.1\nHost: 127.0.0.1:{refusing.port}\nUpgrade: websocket\n"
        "Connection: Upgrade, close\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\n"
        "Sec-WebSocket-Version: 13\n\n",
    )

    assert answer.startswith("HTTP/1.1 403")


# --- headers ---------------------------------------------------------------------------------


def test_page_comes_with_its_own_policy_and_no_frame(asking: httpx2.Client) -> None:
    answer = asking.get("/")

    assert answer.headers["content-security-policy"] == f"{POLICY}; frame-ancestors 'none'"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers.items() >= SAFE_HEADERS.items()
    assert "access-control-allow-origin" not in answer.headers
    assert "server" not in answer.headers


def test_page_of_the_project_keeps_its_policy(journal: Journal) -> None:
    html = page([], review=True)
    running = Running(journal, lambda: html)
    running.start()
    try:
        with running.page() as window:
            answer = window.get("/")
    finally:
        running.stop()

    sent = answer.headers["content-security-policy"]
    own = sent.removesuffix("; frame-ancestors 'none'")
    assert own != sent
    assert f'content="{own}"' in html
    assert "script-src 'sha256-" in sent
    assert "connect-src 'self'" in sent


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><title>no policy</title>",
        f'<title>{"x" * 3000}<meta http-equiv="Content-Security-Policy" content="script-src *">',
        '<meta http-equiv="Content-Security-Policy" content="script-src *\n">',
        '<meta http-equiv="Content-Security-Policy" content="script-src \u00e9">',
    ],
)
def test_page_without_a_policy_of_its_own_may_load_nothing(journal: Journal, page: str) -> None:
    running = Running(journal, lambda: page)
    running.start()
    try:
        with running.page() as window:
            policy = window.get("/").headers["content-security-policy"]
    finally:
        running.stop()

    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; ")
    assert "script-src" not in policy


def test_every_answer_forbids_guessing_keeping_and_framing(
    running: Running, window: httpx2.Client
) -> None:
    with running.stranger() as browser:
        answers = [
            browser.get("/"),
            browser.get("/", headers={"host": "evil.example"}),
            window.post("/decisions", json=decision()),
            window.post("/decisions", content=b"{"),
            window.post("/derive", json={}),
        ]
    with window.stream("GET", "/events") as stream:
        answers.append(stream)

    for answer in answers:
        assert answer.headers.items() >= SAFE_HEADERS.items()
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]


# --- decisions -------------------------------------------------------------------------------


def test_decision_is_on_disk_when_it_is_answered(running: Running, window: httpx2.Client) -> None:
    sent = decision()

    answer = window.post("/decisions", json=sent)

    line = answer.json()["decision"]
    (kept,) = read_decisions(running.journal.path)[0]
    assert answer.status_code == 200
    assert Decision.model_validate(line) == kept
    assert (line["v"], line["seq"], line["by"]) == (1, 1, "Mira Kest")
    assert line.items() >= {k: v for k, v in sent.items() if k not in ("old", "new")}.items()
    assert line["new"].items() >= sent["new"].items()


def cited(*place: int, words: str) -> dict[str, Any]:
    return {"new": {"value": "x", "cite": [place], "words": [words]}}


VESBY_IN_UTF_16 = [at + 1 for at in place("Vesby")]
WRONG: dict[str, tuple[int, Mapping[str, Any]]] = {
    "unknown document": (409, {"doc": OTHER.sha256}),
    "no document": (422, {"doc": "vesby"}),
    "anchor outside": (409, {"anchor": [[0, len(TEXT) + 1]]}),
    "item outside": (409, {"at_item": [[10**9, 10**9 + 1]]}),
    "item backwards": (422, {"at_item": [[8, 3]]}),
    "place before the text": (422, {"anchor": [[-3, 4]]}),
    "half a place": (422, {"anchor": [[3]]}),
    "place in words": (422, {"anchor": [["0", "3"]]}),
    "place true": (422, {"anchor": [[False, True]]}),
    "old outside": (409, {"old": {"value": "x", "cite": [[0, 5000]]}}),
    "new outside": (409, cited(0, 5000, words=TEXT)),
    "empty words": (422, cited(3, 3, words="")),
    "other words": (409, cited(*place("50"), words="15")),
    "other case": (409, cited(*place("Sudoria"), words="sudoria")),
    "offsets in UTF-16": (409, cited(*VESBY_IN_UTF_16, words="Vesby")),
    "no words": (409, {"new": {"value": "50", "cite": [place("50")]}}),
    "words without a place": (409, {"new": {"value": "50", "words": ["50"]}}),
    "one word too many": (409, {"new": {"cite": [place("50")], "words": ["50", "50"]}}),
    "nothing new": (422, {"new": None}),
    "unknown action": (422, {"action": "delete"}),
    "unknown kind": (422, {"kind": "vesby"}),
    "own number": (422, {"seq": 7}),
    "own time": (422, {"at": "2025-10-18T00:00:00Z"}),
    "own name": (422, {"by": "somebody else"}),
    "own version": (422, {"v": 1}),
    "unknown field": (422, {"Vesby": 1}),
    "id with a line": (422, {"id": "a\nb"}),
    "undo of nothing": (409, {"action": "undo", "of": "nobody"}),
    "undo of what": (422, {"action": "undo"}),
    "of without undo": (409, {"of": "nobody"}),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_fit_is_not_written(
    refusing: Running, asking: httpx2.Client, case: str
) -> None:
    status, changed = WRONG[case]

    answer = asking.post("/decisions", json=decision(**changed))

    assert answer.status_code == status, answer.text
    assert_plain(answer)
    assert refusing.written == []


def assert_plain(answer: httpx2.Response) -> None:
    """One line in the answer, of which no word is the report's or the request's."""
    assert list(answer.json()) == ["error"]
    line = answer.json()["error"]
    assert "\n" not in line
    assert 0 < len(line) < 120
    for words in ("Vesby", "vesby", "Sudoria", "sudoria", "tanks", "50", "15", "nobody", "delete"):
        assert words not in line


MALFORMED = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"Vesby"',
    b"\xff\xfe",
    b'{"id": "\xed\xa0\x80"}',
    b'{"Vesby": "\\ud800"}',
    b"[" * 200_000,
    b'{"a":' * 100_000,
    b"id=1&doc=Vesby",
    b'{"id": NaN}',
    b'{"anchor": [[1e999, 2]]}',
    b'{"__proto__": {}, "__class__": "Vesby"}',
    b'\x00{"id": 1}',
]


@pytest.mark.parametrize("path", ["/decisions", "/derive"])
@pytest.mark.parametrize("body", MALFORMED, ids=lambda body: repr(body[:20]))
def test_malformed_body_is_refused(
    refusing: Running, asking: httpx2.Client, path: str, body: bytes
) -> None:
    answer = asking.post(path, content=body)

    assert answer.status_code == 422
    assert_plain(answer)
    assert refusing.written == []


def sized(length: int) -> bytes:
    """Return a decision of exactly *length* bytes: a note with a long text."""
    note = decision(action="note", new={"value": ""})
    empty = len(json.dumps(note))
    return json.dumps(note | {"new": {"value": "x" * (length - empty)}}).encode()


def test_body_up_to_the_limit_is_read(running: Running, window: httpx2.Client) -> None:
    assert window.post("/decisions", content=sized(BODY_LIMIT)).status_code == 200
    assert len(running.written) == 1


@pytest.mark.parametrize("length", [BODY_LIMIT + 1, 20 * BODY_LIMIT])
@pytest.mark.parametrize("chunked", [False, True])
def test_larger_body_is_refused(
    running: Running, window: httpx2.Client, length: int, chunked: bool
) -> None:
    body = sized(length)
    parts = (body[at : at + 65_536] for at in range(0, length, 65_536))

    answer = window.post("/decisions", content=parts if chunked else body)
    after = window.post("/decisions", json=decision())

    assert answer.status_code == 413
    assert answer.json() == {"error": "more than 1,000,000 bytes"}
    assert after.status_code == 200
    assert len(running.written) == 1


def test_body_that_breaks_off_is_nothing(running: Running, window: httpx2.Client) -> None:
    body = json.dumps(decision()).encode()
    cookie = f"{running.cookie}={running.session}"
    head = (
        f"POST /decisions HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\nOrigin: {running.origin}"
        f"\r\nCookie: {cookie}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as connection:
        connection.sendall(head.encode() + body[:-1])
    after = window.post("/decisions", json=decision())

    assert after.json()["decision"]["seq"] == 1
    assert len(running.written) == 1


def test_repeated_id_is_written_once(running: Running, window: httpx2.Client) -> None:
    sent = decision()

    first, second = (window.post("/decisions", json=sent) for _ in range(2))
    third = window.post("/decisions", json=decision())

    assert first.json() == second.json()
    assert third.json()["decision"]["seq"] == 2
    assert len(running.written) == 2
    assert [each["seq"] for each in events(window, 2)] == [1, 2]


def test_repeated_id_with_another_decision_is_refused(
    running: Running, window: httpx2.Client
) -> None:
    sent = decision()
    window.post("/decisions", json=sent)

    answer = window.post("/decisions", json=sent | {"action": "reject", "new": None})

    assert answer.status_code == 409
    assert_plain(answer)
    assert len(running.written) == 1


def test_undo_names_a_decision_on_the_same_report(running: Running, window: httpx2.Client) -> None:
    first = window.post("/decisions", json=decision()).json()["decision"]

    undone = window.post("/decisions", json=decision(action="undo", of=first["id"], new=None))
    again = {"action": "undo", "of": undone.json()["decision"]["id"], "new": None}

    assert undone.status_code == 200
    assert window.post("/decisions", json=decision(**again)).status_code == 200
    assert len(running.written) == 3


def test_what_a_full_disk_refuses_can_be_sent_again(
    running: Running, window: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "Vesby")

    sent = decision()
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        answer = window.post("/decisions", json=sent)
        seen = window.post("/decisions", json=sent)
    after = window.post("/decisions", json=sent)

    assert answer.status_code == seen.status_code == 500
    assert answer.json() == {"error": f"not saved: {os.strerror(errno.ENOSPC)}"}
    assert after.status_code == 200
    assert [each["id"] for each in events(window, 1)] == [sent["id"]]
    assert [one.id for one in read_decisions(running.journal.path)[0]] == [sent["id"]]


def test_file_that_is_closed_is_told(running: Running, window: httpx2.Client) -> None:
    running.journal.__exit__(None, None, None)

    answer = window.post("/decisions", json=decision())

    assert answer.status_code == 409
    assert "closed" in answer.json()["error"]


# --- values of marked words ------------------------------------------------------------------


def marked(words: str, field: str, kind: str = "pledge") -> dict[str, Any]:
    start, end = place(words)
    made = {"doc": DOCUMENT.sha256, "kind": kind, "field": field, "start": start, "end": end}
    return made | {"words": words}


@pytest.mark.parametrize(
    ("words", "kind", "field", "show"),
    [
        ("on Friday", "pledge", "delivery", "on Friday = 2025-10-17"),
        ("promised", "pledge", "delivery", "promised (left open)"),
        ("50 tanks", "pledge", "items", "50 tanks (50)"),
        ("50", "pledge", "items.quantity", "50 (50)"),
        ("Norland", "pledge", "recipient", "Norland"),
        ("shelled", "event", "label", "shelled = strike"),
        ("Coast Herald", "event", "attribution", "Coast Herald = media_report"),
    ],
)
def test_value_of_marked_words_is_code_s(
    refusing: Running, asking: httpx2.Client, words: str, kind: str, field: str, show: str
) -> None:
    answer = asking.post("/derive", json=marked(words, field, kind))

    value = answer.json()["value"]
    cited = {TEXT[each["start"] : each["end"]] for each in value["citations"]}
    assert (answer.status_code, answer.json()["show"]) == (200, show)
    assert words in cited
    assert refusing.written == []


FRIDAY = marked("on Friday", "delivery")


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (409, FRIDAY | {"doc": OTHER.sha256}),
        (409, FRIDAY | {"words": "on friday"}),
        (409, FRIDAY | {"end": len(TEXT) + 1}),
        (409, FRIDAY | {"start": 5000, "end": 5009}),
        (422, FRIDAY | {"start": -9}),
        (422, FRIDAY | {"start": "0"}),
        (422, FRIDAY | {"words": ""}),
        (422, FRIDAY | {"field": "vesby"}),
        (422, FRIDAY | {"field": "Vesby sank"}),
        (422, FRIDAY | {"kind": "vesby"}),
        (422, FRIDAY | {"field": "status"}),
        (422, marked(" ", "delivery")),
        (422, marked("tanks", "items.quantity")),
        (422, marked("Vesby", "label", "event")),
        (422, marked("😀", "items")),
        (422, {}),
    ],
    ids=lambda each: str(each)[-60:],
)
def test_words_that_are_no_value_are_told_in_a_line(
    asking: httpx2.Client, status: int, sent: dict[str, Any]
) -> None:
    answer = asking.post("/derive", json=sent)

    assert answer.status_code == status, answer.text
    line = answer.json()["error"]
    assert "\n" not in line
    for words in ("Friday", "tanks", "Vesby", "😀", "“"):
        assert words not in line


def test_words_with_quotation_marks_do_not_come_out_either(
    asking: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise InputError("“a ” secret\n“ b” names no goods: mark their name as well")

    monkeypatch.setattr(intake_module, "derive", fail)

    answer = asking.post("/derive", json=marked("50 tanks", "items"))

    assert answer.json() == {"error": "what is marked names no goods: mark their name as well"}


# --- failures --------------------------------------------------------------------------------


def test_own_failure_quotes_nothing(
    running: Running,
    window: httpx2.Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> Any:
        raise ValueError(f"cannot cope with {TEXT!r}")

    caplog.set_level(0)
    monkeypatch.setattr(intake_module, "derive", fail)
    monkeypatch.setattr(running.journal, "append", fail)
    answers = [
        window.post("/derive", json=marked("50 tanks", "items")),
        window.post("/decisions", json=decision()),
    ]

    assert [answer.status_code for answer in answers] == [500, 500]
    for answer in answers:
        assert answer.json() == {"error": "the review server failed (ValueError)"}
        assert answer.headers.items() >= SAFE_HEADERS.items()
        assert answer.headers["connection"] == "close"
    logged = [record for record in caplog.records if record.name.startswith("summarizer")]
    assert re.fullmatch(
        r"the review server failed \(ValueError\) at test_serve.py:\d+", logged[0].getMessage()
    )
    assert all(record.exc_info is None for record in logged)
    assert "Vesby" not in caplog.text + "".join(capfd.readouterr())


def test_page_that_cannot_be_made_is_told(
    journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise KeyError(TEXT)

    running = Running(journal, fail)
    running.start()
    try:
        with running.page() as window:
            answer = window.get("/")
    finally:
        running.stop()

    assert (answer.status_code, answer.text) == (500, "the review server failed (KeyError)\n")
    assert "Vesby" not in caplog.text


def test_requests_leave_no_line_in_a_log(
    running: Running, window: httpx2.Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    window.get("/", params={"key": "Vesby"})
    window.get("/Vesby")
    window.post("/decisions", json=decision())
    raw(running, "Vesby\n\n")

    servers = ("uvicorn", "starlette", "asyncio", "summarizer")
    assert [r for r in caplog.records if r.name.startswith(servers)] == []


# --- events ----------------------------------------------------------------------------------


def test_stream_begins_with_what_the_file_has_of_the_reports_shown(tmp_path: Path) -> None:
    path = tmp_path / "review.jsonl"
    sent = [decision(), decision(doc=OTHER.sha256, anchor=[]), decision()]
    with Journal(path) as journal:
        for each in sent:
            journal.append(Entry.model_validate(each | {"by": "before"}))
    with Journal(path) as journal:
        running = Running(journal, lambda: PAGE)
        running.start()
        try:
            with running.page() as window:
                window.post("/decisions", json=decision(id="later"))
                found = events(window, 3)
                again = window.post("/decisions", json=sent[0]).json()["decision"]
                undo = decision(action="undo", of=sent[1]["id"], new=None)
                elsewhere = window.post("/decisions", json=undo)
        finally:
            running.stop()

    assert [(each["seq"], each["by"]) for each in found] == [
        (1, "before"),
        (3, "before"),
        (4, "Mira Kest"),
    ]
    assert again == found[0]
    assert elsewhere.status_code == 409


def test_two_windows_at_once_lose_nothing_and_see_everything(running: Running) -> None:
    opened = threading.Barrier(4)

    def decide(_: int) -> list[int]:
        with running.page() as window:
            opened.wait()
            answers = [window.post("/decisions", json=decision()) for _ in range(200)]
        return [answer.json()["decision"]["seq"] for answer in answers]

    def watch(_: int) -> list[dict[str, Any]]:
        with running.page() as window:
            opened.wait()
            return events(window, 400)

    _ = running.session
    with ThreadPoolExecutor(4) as pool:
        seen, answered = pool.map(watch, range(2)), pool.map(decide, range(2))
        first, second = seen
        sequences = [seq for each in answered for seq in each]

    assert sorted(sequences) == list(range(1, 401))
    assert [each["seq"] for each in first] == list(range(1, 401))
    assert first == second == [json.loads(line) for line in running.written]
    assert len(running.written) == 400


def test_many_windows_leave_a_browser_connections_for_its_requests(running: Running) -> None:
    """Of its six to one server; the window whose stream ends for a newer one comes back."""
    with running.page() as window:
        window.post("/decisions", json=decision())
        with ExitStack() as opened:
            streams = [opened.enter_context(window.stream("GET", "/events")) for _ in range(6)]
            read = [stream.iter_lines() for stream in streams]
            ended = [list(lines) for lines in read[:2]]
            started = [[next(lines) for _ in range(3)] for lines in read[2:]]
            window.post("/decisions", json=decision())
            news = [[next(lines) for _ in range(2)] for lines in read[2:]]

    for lines in ended:
        assert lines[:2] == ["retry: 5000", ""]
        assert len(lines) == 4  # what there was, and then its end
    assert [lines[0] for lines in started] == ["retry: 5000"] * 4
    assert all(line.startswith("data: ") for _, line in news)
    assert len({line for _, line in news}) == 1


def test_windows_that_were_closed_do_not_count(running: Running) -> None:
    with running.page() as window, window.stream("GET", "/events") as stream:
        lines = stream.iter_lines()
        assert [next(lines), next(lines)] == ["retry: 5000", ""]
        for _ in range(6):
            with running.page() as other, other.stream("GET", "/events"):
                pass
            time.sleep(0.05)
        window.post("/decisions", json=decision())
        assert next(lines).startswith("data: ")


def test_window_that_is_closed_or_does_not_read_holds_up_nobody(running: Running) -> None:
    _ = running.session
    large = decision(action="note", new={"value": "x" * 900_000})
    with running.page() as window:
        with socket.create_connection(("127.0.0.1", running.port)) as closed:
            closed.sendall(running.asks_for_events)
        with socket.create_connection(("127.0.0.1", running.port)) as idle:
            idle.sendall(running.asks_for_events)
            for _ in range(20):
                sent = large | {"id": str(uuid.uuid4())}
                assert window.post("/decisions", json=sent).status_code == 200
            assert len(events(window, 20)) == 20


def test_window_that_does_not_read_does_not_keep_the_server_from_ending(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve_module, "_GRACE_SECONDS", 1)
    running = Running(journal, lambda: PAGE)
    running.start()
    large = decision(action="note", new={"value": "x" * 900_000})
    with socket.create_connection(("127.0.0.1", running.port)) as idle:
        idle.sendall(running.asks_for_events)
        with running.page() as window:
            for _ in range(12):
                window.post("/decisions", json=large | {"id": str(uuid.uuid4())})
        running.stop()

    assert len(running.written) == 12
    assert capfd.readouterr() == ("", "")


# --- running ---------------------------------------------------------------------------------


def test_server_listens_on_loopback_alone_and_has_an_address_of_its_own(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[str] = []
    listening: list[Any] = []

    def run(_: object, sockets: list[socket.socket]) -> None:
        # Of a socket that is not named as TCP asyncio would hold back small answers, by 40 ms.
        listening.extend((each.getsockname(), each.proto) for each in sockets)

    def tell(url: str) -> None:
        with socket.create_connection(("127.0.0.1", int(url.split(":")[2].split("/")[0]))):
            ready.append(url)  # a browser that is opened now finds somebody

    monkeypatch.setattr(serve_module._Server, "run", run)
    for _ in range(2):
        serve(lambda: PAGE, {}, journal, reviewer="mk", ready=tell)

    addresses = [re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?key=([\w-]{43})", url) for url in ready]
    ports = [int(found[1]) for found in addresses if found]
    assert listening == [(("127.0.0.1", port), socket.IPPROTO_TCP) for port in ports]
    assert len({found[2] for found in addresses if found}) == 2


PROGRAM = """
import sys
from pathlib import Path
from summarizer.review.decisions import Journal
from summarizer.review.serve import serve
from summarizer.source import Document

document = Document(sys.argv[2])
with Journal(Path(sys.argv[1])) as journal:
    serve(
        lambda: "page", {document.sha256: document}, journal, reviewer="mk",
        ready=lambda url: print(url, flush=True),
    )
print("ended", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for another process")
def test_interrupt_ends_it_in_good_order(tmp_path: Path) -> None:
    path = tmp_path / "review.jsonl"
    saved: list[str] = []
    streamed: list[str] = []

    def decide(cookies: httpx2.Cookies) -> None:
        with open_client(origin, cookies=cookies) as window:
            try:
                while True:
                    sent = decision()
                    answer = window.post("/decisions", json=sent, headers={"origin": origin})
                    if answer.status_code == 200:
                        saved.append(sent["id"])
            except httpx2.TransportError:
                return

    def watch(cookies: httpx2.Cookies) -> None:
        with (
            open_client(origin, cookies=cookies) as window,
            window.stream("GET", "/events", timeout=60) as stream,
        ):
            streamed.extend(line for line in stream.iter_lines() if line)

    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path), TEXT],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        try:
            assert process.stdout
            url = process.stdout.readline().strip()
            origin = url.partition("/?")[0]
            with open_client(origin) as window:
                window.get(url)
                cookies = window.cookies
            threads = [threading.Thread(target=decide, args=(cookies,)) for _ in range(2)]
            threads.append(threading.Thread(target=watch, args=(cookies,)))
            for thread in threads:
                thread.start()
            while len(saved) < 50:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            out, complaints = process.communicate(timeout=20)
            for thread in threads:
                thread.join(20)
        finally:
            process.kill()

    kept, warnings = read_decisions(path)
    assert (process.returncode, out, complaints) == (0, "ended\n", "")
    assert warnings == ()
    assert path.read_bytes().endswith(b"\n")
    assert set(saved) <= {one.id for one in kept}
    assert sum(line.startswith("data: ") for line in streamed) >= 50


def test_web_libraries_are_known_to_one_module() -> None:
    users = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "summarizer").rglob("*.py"))
        if re.search(r"^\s*(?:from|import) (?:starlette|uvicorn)", path.read_text("utf-8"), re.M)
    ]

    assert users == ["summarizer/review/serve.py"]
