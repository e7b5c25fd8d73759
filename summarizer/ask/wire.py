"""The HTTP client of one endpoint: where a request goes, how long it takes, how much comes back.

Import it late: it loads httpx2.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable
from contextvars import ContextVar
from functools import cached_property
from typing import Any

import httpcore2
import httpx2
from httpcore2._utils import is_socket_readable

from summarizer.ask.body import completion_in, is_tangled
from summarizer.ask.route import proxy_for, trusted_certificates
from summarizer.errors import SettingsError
from summarizer.settings import Settings

_CONNECT_SECONDS = 30.0  # an address that is silent for so long is dead; the next one may not be
_REDIRECTS = 3
_LARGEST_FILE = 2**30  # bytes; a batch takes 200 MB, and answers are shorter than prompts
# No cookie, no charset, no coding: nothing of an answer's head is needed but these.
_KEPT = ("date", "retry-after", "retry-after-ms", "location")


class AnswerTooLarge(httpx2.RequestError):
    """More came back, as sent or unpacked, than may."""


class AnotherOrigin(httpx2.RequestError):
    """The endpoint wants the text sent elsewhere."""


class WebPage(httpx2.RequestError):
    """A success that is a page for people."""


class NoCompletion(httpx2.RequestError):
    """A success that is something else, and does not say what went wrong."""


def http_client(
    base_url: str, settings: Settings, *, own: bool, files: bool = False
) -> httpx2.AsyncClient:
    """Return the client for *base_url*; to an *own* engine no proxy is used.

    What comes back is a completion, or with *files* anything at all.

    Raises SettingsError when an address or what the environment says about proxies and
    certificates cannot be used.
    """
    try:
        url = httpx2.URL(base_url)
    except httpx2.InvalidURL:
        raise SettingsError("the base URL must look like http://host:port/v1") from None
    proxy = None if own else proxy_for(url)
    secure = url.scheme == "https" or (proxy is not None and proxy.url.scheme == "https")
    context = trusted_certificates() if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if proxy is not None and proxy.url.scheme == "https":
        proxy.ssl_context = context
    return httpx2.AsyncClient(
        transport=_Transport(context, proxy, settings, files=files),
        trust_env=False,  # what the environment says has been read here
        timeout=httpx2.Timeout(None, connect=_CONNECT_SECONDS),  # each request has a deadline, too
        follow_redirects=True,
        max_redirects=_REDIRECTS,
        event_hooks={"response": [_stay]},
    )


async def _stay(response: httpx2.Response) -> None:
    """Let no redirect lead to another origin: what is sent there holds the article and the key."""
    if not response.has_redirect_location:
        return
    here = response.request.url
    try:
        there = here.join(response.headers["location"])
    except httpx2.InvalidURL:
        raise AnotherOrigin("no address") from None
    kept = response.status_code in (307, 308)  # the others make a question of a command
    if not kept or (here.scheme, here.host, _port(here)) != (
        there.scheme,
        there.host,
        _port(there),
    ):
        raise AnotherOrigin("another origin")


def _port(url: httpx2.URL) -> int | None:
    return url.port or {"http": 80, "https": 443}.get(url.scheme)


class _Traffic:
    """What one request, with its redirects, has opened and received."""

    def __init__(self, most: int) -> None:
        self.opened: list[httpcore2.AsyncNetworkStream] = []
        self._most = most
        self._received = 0

    def receive(self, size: int) -> None:
        """Count *size* bytes from the network: an answer can be endless before it begins."""
        self._received += size
        if self._received > self._most:
            raise AnswerTooLarge("too large")


_traffic: ContextVar[_Traffic] = ContextVar("traffic")


class _Transport(httpx2.AsyncHTTPTransport):
    """Reads each answer whole, within what its request may take of time and bytes."""

    def __init__(
        self,
        context: ssl.SSLContext,
        proxy: httpx2.Proxy | None,
        settings: Settings,
        *,
        files: bool,
    ) -> None:
        # No bound of its own on connections: how many requests are in flight is settled before.
        limits = httpx2.Limits(
            max_connections=None, max_keepalive_connections=None, keepalive_expiry=5.0
        )
        super().__init__(verify=context, trust_env=False, limits=limits, proxy=proxy)
        self._seconds = settings.timeout
        self._most = _LARGEST_FILE if files else settings.max_bytes
        self._files = files
        # httpx2 hands no backend on to its pool, which takes one; read first, so that a release
        # without it fails here.
        inner = self._pool._network_backend
        self._pool._network_backend = _Backend(inner, proxied=proxy is not None)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        # A redirect takes the extensions along, and with them what is left.
        clock = asyncio.get_running_loop().time
        until = request.extensions.setdefault("until", clock() + self._seconds)
        traffic = request.extensions.setdefault("traffic", _Traffic(self._most))
        _traffic.set(traffic)
        try:
            async with asyncio.timeout_at(until):
                answer = await super().handle_async_request(request)
                body = await _whole(answer, self._most)
        except BaseException as error:
            for stream in traffic.opened:  # not all of them are, when a proxy refuses
                await stream.aclose()
            if isinstance(error, TimeoutError):
                raise httpx2.ReadTimeout("deadline") from error
            raise
        status = answer.status_code
        if not self._files and is_tangled(body):
            raise AnswerTooLarge("too many values")
        if 200 <= status < 300 and not self._files:
            if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                raise WebPage("a web page")
            if (found := completion_in(body)) is None:
                raise NoCompletion("no completion")
            status, body = found
        headers = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
        return httpx2.Response(
            status, headers={**headers, "content-type": "application/json"}, content=body
        )


async def _whole(answer: httpx2.Response, most: int) -> bytes:
    """Return the text of *answer*; raise when it unpacks to more than *most* bytes."""
    parts, size = [], 0
    async for part in answer.aiter_bytes():
        size += len(part)
        if size > most:
            raise AnswerTooLarge("too large")
        parts.append(part)
    return b"".join(parts)


class _Backend(httpcore2.AsyncNetworkBackend):
    """Takes note of what is opened, and tells a proxy that cannot be reached from an endpoint."""

    def __init__(self, inner: httpcore2.AsyncNetworkBackend, *, proxied: bool) -> None:
        self._inner = inner
        self._proxied = proxied

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        try:
            stream = await self._inner.connect_tcp(
                host, port, timeout, local_address, socket_options
            )
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
            if self._proxied:
                raise httpcore2.ProxyError("cannot be reached") from error
            raise
        _traffic.get().opened.append(stream)
        return _Stream(stream)


class _Stream(httpcore2.AsyncNetworkStream):
    """Counts what it receives."""

    def __init__(self, inner: httpcore2.AsyncNetworkStream) -> None:
        self._inner = inner

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._inner.read(max_bytes, timeout)
        _traffic.get().receive(len(data))
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(self, *args: Any, **named: Any) -> httpcore2.AsyncNetworkStream:
        return _Stream(await self._inner.start_tls(*args, **named))

    def get_extra_info(self, info: str) -> Any:
        # Asked of each idle connection before each request; the inner stream would collect all
        # that there is to know of its socket each time, down to its peer's name.
        return is_socket_readable(self._socket) if info == "is_readable" else self._known(info)

    @cached_property
    def _socket(self) -> Any:
        return self._known("socket")

    def _known(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
