"""Serve the page to this machine alone: the page and its requests in, answers and events out.

The only module that knows the web libraries. It listens on the loopback interface; who wants in
needs the key of the address that is announced, which works once and is changed for a cookie. Every
request must name this server as its host, every one that writes also as its origin. Neither an
answer that refuses nor a line of the log repeats anything of a report.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import socket
import traceback
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summarizer.review.decisions import Decision, Journal
from summarizer.review.intake import Intake, Refused
from summarizer.source import Document

BODY_LIMIT = 1_000_000
"""Bytes that a request may bring along; a decision has some hundreds."""

_LOOPBACK = "127.0.0.1"
_METHODS = {"/": "GET", "/events": "GET", "/decisions": "POST", "/derive": "POST"}
_STREAMS = 4  # a browser opens six connections to one server, and windows must get their answers
_RETRY = "retry: 5000\n\n"  # milliseconds after which a window whose stream was ended comes back
_GRACE_SECONDS = 2  # for an answer under way when the server is told to end
_HEAD = 2_000  # characters of a page in which its own policy stands, before any word of a report
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([ !#-;=?-~]+)">')
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"
_UNFRAMED = "frame-ancestors 'none'"
_HEADERS = {
    "Content-Security-Policy": f"{_NOTHING}; {_UNFRAMED}",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: under it a browser may send "null" as the origin of the page's own requests.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_NO_ENTRY = (
    "no access: open the address that the command printed, which works once; "
    "for another browser end the command and start it again"
)

_logger = logging.getLogger(__name__)


def app(
    pages: Callable[[], str],
    documents: Mapping[str, Document],
    journal: Journal,
    *,
    port: int,
    token: str,
    reviewer: str,
) -> Starlette:
    """Return the application that answers at *port* of the loopback interface.

    *pages* makes the page anew for each look at it, in a thread of its own. *documents* are the
    reports shown: decisions on any other are refused, and so are words that are not theirs.
    *token* lets one browser in, once; what is decided there is signed *reviewer*.
    """
    review = _Review(pages, Intake(documents, journal, reviewer=reviewer))
    answers = {
        "/": review.page,
        "/events": review.events,
        "/decisions": review.decide,
        "/derive": review.derive,
    }
    application = Starlette(
        routes=[Route(path, answers[path], methods=[method]) for path, method in _METHODS.items()],
        middleware=[Middleware(_Guard, port=port, token=token)],
        exception_handlers={Exception: _failed},
    )
    application.state.feed = review.feed
    return application


def serve(
    pages: Callable[[], str],
    documents: Mapping[str, Document],
    journal: Journal,
    *,
    reviewer: str,
    ready: Callable[[str], object],
) -> None:
    """Serve the review until Ctrl-C; *ready* is called with the address once it can be opened.

    The port is a free one, the key in the address made for this run. What was answered is on disk;
    what was under way is either written whole or not at all.
    """
    with _listening() as listening:
        port = listening.getsockname()[1]
        token = secrets.token_urlsafe(32)
        application = app(pages, documents, journal, port=port, token=token, reviewer=reviewer)
        ready(f"http://{_LOOPBACK}:{port}/?key={token}")
        with suppress(KeyboardInterrupt):  # passed on when all has ended in good order
            _Server(application).run([listening])


def _listening() -> socket.socket:
    """Return a socket that listens at a free port of the loopback interface."""
    # Named as TCP, or asyncio leaves Nagle's algorithm on, and an answer takes 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if exclusive := getattr(socket, "SO_EXCLUSIVEADDRUSE", None):  # Windows lets ports be shared
        listening.setsockopt(socket.SOL_SOCKET, exclusive, 1)
    listening.bind((_LOOPBACK, 0))
    listening.listen()
    return listening


class _Server(uvicorn.Server):
    """Uvicorn without a log of its own, which ends the windows' streams before it waits for them.

    Its log could name a request or, with a traceback, an error that quotes a report.
    """

    def __init__(self, application: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                log_level=logging.CRITICAL,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
        )
        self._feed: _Feed = application.state.feed

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._feed.close()
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            connection.transport.abort()  # of a window that reads no more of what it asked for
        await asyncio.sleep(0)


class _Guard:
    """Lets through what the page itself asks, and refuses all else in one plain line."""

    def __init__(self, application: ASGIApp, *, port: int, token: str) -> None:
        self._application = application
        self._hosts = (f"{_LOOPBACK}:{port}", f"localhost:{port}")
        self._cookie = f"summarizer-{port}"
        self._session = secrets.token_urlsafe(32)
        self._token: str | None = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        started = False

        async def sealed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            answer = self._redirect(Request(scope)) or self._application
            await answer(scope, receive, sealed)
            return
        except ClientDisconnect:
            return
        except Refused as refused:
            if not started:
                await _answer(scope["method"], refused)(scope, receive, sealed)

    def _redirect(self, request: Request) -> Response | None:
        """Return where to go instead with a key, or None where the application may answer.

        Raises:
            Refused: The request is not one that the page would send.
        """
        host, path = _sole(request, "host"), request.scope["path"]
        if host not in self._hosts:
            raise Refused(403, "wrong host")
        if path not in _METHODS:
            raise Refused(404, "nothing here")
        if request.method != _METHODS[path]:
            raise Refused(405, "wrong method")
        if request.method == "POST" and _sole(request, "origin") != f"http://{host}":
            raise Refused(403, "wrong origin")
        key = request.query_params.get("key") if path == "/" else None
        if _equal(request.cookies.get(self._cookie, ""), self._session):
            return RedirectResponse("/", 303) if key is not None else None
        if key is None or self._token is None or not _equal(key, self._token):
            raise Refused(403, _NO_ENTRY)
        self._token = None
        redirect = RedirectResponse("/", 303)
        redirect.set_cookie(self._cookie, self._session, httponly=True, samesite="strict")
        return redirect


class _Feed:
    """The decisions in order, as lines that every open window reads at its own pace.

    Of more windows than ``_STREAMS`` the one that has followed longest has to ask anew: it is told
    when, and a browser does so by itself.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = list(lines)
        self._news = asyncio.Event()
        self._followers = deque[object](maxlen=_STREAMS)
        self._closed = False

    def publish(self, line: str) -> None:
        """Hand *line* to all who follow."""
        self._lines.append(line)
        self._wake()

    def close(self) -> None:
        """End what everybody follows: an open stream would keep the server from ending."""
        self._closed = True
        self._wake()

    async def follow(self) -> AsyncIterator[str]:
        """Yield each line as a server-sent event, first those there are, then new ones."""
        follower, at = object(), 0
        self._followers.append(follower)
        self._wake()
        try:
            yield _RETRY
            while True:
                news = self._news
                while at < len(self._lines):
                    yield f"data: {self._lines[at]}\n\n"
                    at += 1
                if self._closed or follower not in self._followers:
                    return
                await news.wait()
        finally:
            with suppress(ValueError):
                self._followers.remove(follower)

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


class _Review:
    """What the page can ask for."""

    def __init__(self, pages: Callable[[], str], intake: Intake) -> None:
        self._pages = pages
        self._intake = intake
        self.feed = _Feed(map(_line, intake.decisions))

    async def page(self, _: Request) -> Response:
        """Return the page as it is now."""
        html = await run_in_threadpool(self._pages)
        return HTMLResponse(html, headers={"Content-Security-Policy": _policy(html)})

    async def events(self, _: Request) -> Response:
        """Stream all decisions on the reports shown."""
        return StreamingResponse(self.feed.follow(), media_type="text/event-stream")

    async def decide(self, request: Request) -> Response:
        """Write a decision and answer with it, once it is on disk.

        Writing holds up the server for that moment: so the lines of all windows come in one order,
        and being told to end never reaches into the middle of one.
        """
        decision, is_new = self._intake.decide(await _body(request))
        line = _line(decision)
        if is_new:
            self.feed.publish(line)
        return Response(f'{{"decision":{line}}}', media_type="application/json")

    async def derive(self, request: Request) -> Response:
        """Tell what marked words come to as the value of a field; nothing is written."""
        return JSONResponse(await run_in_threadpool(self._intake.derive, await _body(request)))


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise Refused(413, f"more than {BODY_LIMIT:,} bytes")
    return bytes(body)


def _line(decision: Decision) -> str:
    return decision.model_dump_json()


async def _failed(request: Request, error: Exception) -> Response:
    """Answer in one plain line what nobody foresaw: its own words may be a report's."""
    refusal = Refused(500, f"the review server failed ({type(error).__name__})")
    _logger.error("%s at %s", refusal.line, _place(error))
    answer = _answer(request.method, refusal)
    answer.headers.update(_HEADERS)
    answer.headers["connection"] = "close"  # the server ends it; who sent more on it would lose it
    return answer


def _answer(method: str, refused: Refused) -> Response:
    if method == "POST":
        return JSONResponse({"error": refused.line}, refused.status)
    return PlainTextResponse(f"{refused.line}\n", refused.status)


def _policy(html: str) -> str:
    """Return the page's own policy and, as only a header can ask for it, that nobody frames it."""
    found = _POLICY.search(html[:_HEAD])
    return f"{found[1] if found else _NOTHING}; {_UNFRAMED}"


def _sole(request: Request, name: str) -> str | None:
    values = request.headers.getlist(name)
    return values[0] if len(values) == 1 else None


def _equal(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), secret.encode())


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
