"""Fetch one page from the public web: its address in, its bytes out, within bounds.

The name is resolved once and the connection goes to that very address, so that a name which means
another machine a moment later (DNS rebinding) leads nowhere. Addresses that are not public are
refused, also those that a redirect leads to. Proxies of the environment are not used.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from summarizer.errors import InputError
from summarizer.read.files import one_line

IPAddress = IPv4Address | IPv6Address

MAX_BYTES = 20 << 20
PATIENCE = 30.0
"""Seconds for a page, from the look-up of its name to its last byte, redirects included."""

_REDIRECTS = {301, 302, 303, 307, 308}
_HOPS = 5
_CHUNK = 1 << 16
_AGENT = "Mozilla/5.0 (compatible; summarizer)"
_TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("2002::/16"), ip_network("2001::/32"))


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the address of the last redirect, the type it is said to be, bytes."""

    url: str
    media_type: str
    data: bytes


def is_address(source: object) -> bool:
    """Tell whether *source* is the address of a page rather than a path."""
    return isinstance(source, str) and source[:8].casefold().startswith(("http://", "https://"))


def is_public(address: IPAddress) -> bool:
    """Tell whether *address* is one of the public internet and of no machine or network nearby."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        # These hold an IPv4 address, which need not be a public one.
        if any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def fetch(
    url: str,
    *,
    max_bytes: int = MAX_BYTES,
    patience: float = PATIENCE,
    allowed: Callable[[IPAddress], bool] = is_public,
) -> Fetched:
    """Return what stands at *url*, asked for at addresses alone that are *allowed*.

    Raises:
        InputError: it cannot or must not be fetched; the message says why.
    """
    deadline = time.monotonic() + patience
    where = one_line(url)
    for _ in range(_HOPS + 1):
        parts = _checked(url, where)
        try:
            answer = _ask(parts, deadline, max_bytes, allowed, where)
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            late = time.monotonic() >= deadline
            reason = f"no answer within {patience:g} seconds" if late else _reason(error)
            raise InputError(f"{where}: cannot be fetched ({reason}); check the address") from error
        if isinstance(answer, Fetched):
            return answer
        target = urljoin(url, answer)
        if url.startswith("https:") and not target.startswith("https:"):
            raise InputError(f"{where}: leads from https to {one_line(target)}; not followed")
        url = target
    raise InputError(f"{where}: more than {_HOPS} redirects; open it in a browser and save it")


def _reason(error: Exception) -> str:
    return one_line(getattr(error, "strerror", None) or str(error) or type(error).__name__)


def _checked(url: str, where: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port_is_valid = parts.port != 0
    except ValueError:
        raise InputError(f"{where}: not an address; give one like https://example.org/a") from None
    if parts.scheme not in ("http", "https"):
        raise InputError(
            f"{where}: leads to {one_line(parts.scheme)}:; only http and https are read"
        )
    if not parts.hostname or not port_is_valid:
        raise InputError(f"{where}: not an address; give one like https://example.org/a")
    if parts.username is not None or parts.password is not None:
        raise InputError(f"{where.partition('//')[0]}: an address with a password; take it out")
    return parts


def _ask(
    parts: SplitResult,
    deadline: float,
    max_bytes: int,
    allowed: Callable[[IPAddress], bool],
    where: str,
) -> Fetched | str:
    """Return the page, or where its address leads."""
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    addresses = _resolved(host, port, deadline, where)
    if near := [address for address in addresses if not allowed(address)]:
        raise InputError(
            f"{where}: {one_line(host)} is {near[0]}, which is not a public address; save the page "
            "and give the file"
        )
    with _connected(addresses, port, deadline) as stream, _cut_at(deadline, stream):
        if parts.scheme == "https":
            context = ssl.create_default_context()
            stream = context.wrap_socket(
                stream, server_hostname=host, do_handshake_on_connect=False
            )
        with stream, _cut_at(deadline, stream):
            if isinstance(stream, ssl.SSLSocket):
                stream.do_handshake()
            connection = HTTPConnection(host, port)
            connection.sock = stream
            connection.auto_open = 0  # by itself it would connect by name
            target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            connection.putrequest(
                "GET", quote(target, safe="/%?&=:;,+@!$'()*~-._[]"), skip_accept_encoding=True
            )
            connection.putheader("User-Agent", _AGENT)
            connection.putheader("Accept", "text/html, application/pdf, */*;q=0.5")
            connection.putheader("Accept-Encoding", "identity")
            connection.endheaders()
            taken = _taken(connection.getresponse(), parts, max_bytes, where)
            _left(deadline)  # a connection that was cut looks like one that has ended
            return taken


def _connected(addresses: list[IPAddress], port: int, deadline: float) -> socket.socket:
    """Return a connection to the first of *addresses* that takes one."""
    *others, last = addresses
    for address in others:
        with suppress(OSError):
            return socket.create_connection((str(address), port), timeout=_left(deadline) / 2)
    return socket.create_connection((str(last), port), timeout=_left(deadline))


@contextmanager
def _cut_at(deadline: float, stream: socket.socket) -> Iterator[None]:
    """Cut the connection at the deadline: a byte now and then would keep a read alive forever."""

    def cut() -> None:
        with suppress(OSError):
            stream.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(deadline - time.monotonic(), 0), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("too late")
    return left


def _resolved(host: str, port: int, deadline: float, where: str) -> list[IPAddress]:
    """Return the addresses of *host*; looked up in a thread, since that has no bound itself."""
    found: list[str] = []

    def look_up() -> None:
        with suppress(OSError, UnicodeError):
            known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(str(one[4][0]) for one in known)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_left(deadline))
    if not found:
        raise InputError(f"{where}: {one_line(host)} is not known; check the address")
    return [ip_address(one.partition("%")[0]) for one in dict.fromkeys(found)]


def _taken(answer: HTTPResponse, parts: SplitResult, max_bytes: int, where: str) -> Fetched | str:
    if answer.status in _REDIRECTS and (target := answer.getheader("Location")):
        return target
    if answer.status != 200:
        raise InputError(
            f"{where}: answers with {answer.status}; open it in a browser and save the page"
        )
    data = bytearray()
    coding = (answer.getheader("Content-Encoding") or "identity").strip().casefold()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise InputError(f"{where}: packed as {one_line(coding)}, which was not asked for")
    unpack = None if coding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    while chunk := answer.read1(_CHUNK):
        data += unpack.decompress(chunk, max_bytes + 1) if unpack else chunk
        if len(data) > max_bytes:
            raise InputError(f"{where}: larger than {max_bytes >> 20} MB; no article is")
    if answer.length:  # what was promised and did not come
        raise InputError(f"{where}: cut off by {answer.length} bytes; try again")
    kind = answer.getheader("Content-Type") or ""
    return Fetched(
        urlunsplit(parts._replace(fragment="")),
        kind.partition(";")[0].strip().casefold(),
        bytes(data),
    )
