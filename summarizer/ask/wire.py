"""The HTTP client of one endpoint: where a request goes, how long it takes, how much comes back.

Import it late: it loads httpx2.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore2
import httpx2

from summarizer.ask.body import completion_in, is_tangled
from summarizer.ask.route import proxy_for, trusted_certificates
from summarizer.errors import SettingsError
from summarizer.settings import Settings

_CONNECT_SECONDS = 30.0  # an address that is silent for so long is dead; the next one may not be
_SLICE = 16_384  # bytes written at once, so that the time left is looked at in between
_REDIRECTS = 3
# No cookie, no charset, no coding: nothing of an answer's head is needed but these.
_KEPT = ("retry-after", "retry-after-ms", "location")


class AnswerTooLarge(httpx2.RequestError):
    """More came back, as sent or unpacked, than may."""


class AnotherOrigin(httpx2.RequestError):
    """The endpoint wants the text sent elsewhere."""


class WebPage(httpx2.RequestError):
    """A success that is a page for people."""


class NoCompletion(httpx2.RequestError):
    """A success that is something else, and does not say what went wrong."""


def http_client(base_url: str, settings: Settings, *, own: bool) -> httpx2.Client:
    """Return the client for *base_url*; to an *own* engine no proxy is used.

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
    return httpx2.Client(
        transport=_Transport(context, proxy, settings),
        trust_env=False,  # what the environment says has been read here
        timeout=None,  # each request has a deadline instead
        follow_redirects=True,
        max_redirects=_REDIRECTS,
        event_hooks={"response": [_stay]},
    )


def _stay(response: httpx2.Response) -> None:
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


class _Allowance:
    """What one request, with its redirects, may still take."""

    def __init__(self, settings: Settings) -> None:
        self._until = time.monotonic() + settings.timeout
        self._most = settings.max_bytes
        self._received = self._unpacked = 0
        self.opened: list[httpcore2.NetworkStream] = []

    def seconds(self) -> float:
        """Return the time that is left; raise when there is none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpx2.ReadTimeout("deadline")
        return left

    def receive(self, size: int) -> None:
        """Count *size* bytes from the network."""
        self._received += size
        self._check(self._received)

    def unpack(self, size: int) -> None:
        """Count *size* bytes of the answer's text."""
        self._unpacked += size
        self._check(self._unpacked)

    def _check(self, size: int) -> None:
        if size > self._most:
            raise AnswerTooLarge("too large")


class _Transport(httpx2.HTTPTransport):
    """Reads each answer whole, within its allowance; a thread has one request at a time."""

    def __init__(
        self, context: ssl.SSLContext, proxy: httpx2.Proxy | None, settings: Settings
    ) -> None:
        limits = httpx2.Limits(keepalive_expiry=5.0)
        super().__init__(verify=context, trust_env=False, limits=limits, proxy=proxy)
        self._settings = settings
        self._current = threading.local()
        # httpx2 hands no backend on to its pool, which takes one; read first, so that a release
        # without it fails here.
        inner = self._pool._network_backend
        self._pool._network_backend = _Backend(inner, self._current, proxied=proxy is not None)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        # A redirect takes the extensions along, and with them what is left.
        allowance = request.extensions.setdefault("allowance", _Allowance(self._settings))
        self._current.allowance = allowance
        try:
            answer = super().handle_request(request)
            body = _whole(answer, allowance)
        except BaseException:
            for stream in allowance.opened:  # not all of them are, when a proxy refuses
                stream.close()
            raise
        if is_tangled(body):
            raise AnswerTooLarge("too many values")
        status = answer.status_code
        if 200 <= status < 300:
            if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                raise WebPage("a web page")
            if (found := completion_in(body)) is None:
                raise NoCompletion("no completion")
            status, body = found
        headers = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
        return httpx2.Response(
            status, headers={**headers, "content-type": "application/json"}, content=body
        )


def _whole(answer: httpx2.Response, allowance: _Allowance) -> bytes:
    parts = []
    for part in answer.iter_bytes():
        allowance.unpack(len(part))
        allowance.seconds()
        parts.append(part)
    return b"".join(parts)


class _Backend(httpcore2.NetworkBackend):
    """Opens connections that keep to the allowance of the thread's request."""

    def __init__(
        self, inner: httpcore2.NetworkBackend, current: threading.local, *, proxied: bool
    ) -> None:
        self._inner = inner
        self._current = current
        self._proxied = proxied

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        seconds = min(self._current.allowance.seconds(), _CONNECT_SECONDS)
        try:
            stream = self._inner.connect_tcp(host, port, seconds, local_address, socket_options)
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
            if self._proxied:
                raise httpcore2.ProxyError("cannot be reached") from error
            raise
        self._current.allowance.opened.append(stream)
        return _Stream(stream, self._current)


class _Stream(httpcore2.NetworkStream):
    def __init__(self, inner: httpcore2.NetworkStream, current: threading.local) -> None:
        self._inner = inner
        self._current = current

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        allowance: _Allowance = self._current.allowance
        data = self._inner.read(max_bytes, allowance.seconds())
        allowance.receive(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _SLICE):
            seconds = self._current.allowance.seconds()
            self._inner.write(buffer[start : start + _SLICE], seconds)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        seconds = self._current.allowance.seconds()
        stream = self._inner.start_tls(ssl_context, server_hostname, seconds)
        return _Stream(stream, self._current)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
