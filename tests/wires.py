"""Servers on the loopback interface that keep to no protocol: what hangs, trickles, floods or lies.

As with ``scripted``, what they send is invented.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Serve = Callable[[socket.socket], None]

# Made for these tests, of use for nothing else: nobody trusts it.
_SELF_SIGNED = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMkTCqiGYNwKtyc4/
Ty2lhvLmnmUyYLZ//lu9Jdg6mlGhRANCAAQOu/pnmgiN7FtAf3HWK1xRzQnBZt3r
7n1uIoW10pzDeS/c6SIGH5YFq7GwSPX8AT0ymte1mr1HgagFMN31Szwu
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBnzCCAUWgAwIBAgIUd9rj9+qHbSXF71JSQSwxy6c3IeMwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLbm9ib2R5LnRlc3QwIBcNMjYxMTI2MDA1ODM5WhgPMjEyNjEx
MDIwMDU4MzlaMBYxFDASBgNVBAMMC25vYm9keS50ZXN0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEDrv6Z5oIjexbQH9x1itcUc0JwWbd6+59biKFtdKcw3kv3Oki
Bh+WBauxsEj1/AE9MprXtZq9R4GoBTDd9Us8LqNvMG0wHQYDVR0OBBYEFMSK8/u4
W225AjIwD8eZfn/KwtkqMB8GA1UdIwQYMBaAFMSK8/u4W225AjIwD8eZfn/Kwtkq
MA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYcEfwAAAYIJbG9jYWxob3N0MAoG
CCqGSM49BAMCA0gAMEUCIQD7ki2kjpw+CeC9Lk+OPNjOIDOe5XWiseYUWDJIbPaF
QAIgZk9/j8A5tEBGcRZI2Y8mGLi5TpmlT4gKd/O+H2l9LbU=
-----END CERTIFICATE-----
"""


@contextmanager
def wire(serve: Serve, *, certificate_in: Path | None = None) -> Iterator[int]:
    """Hand each connection to *serve*, in a thread of its own; return the port.

    With a directory for the certificate, TLS is spoken, with one that nobody trusts.
    """
    stopped = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.02)
    context = None
    if certificate_in is not None:
        pem = certificate_in / "self-signed.pem"
        pem.write_text(_SELF_SIGNED, "ascii")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
    open_sockets: list[socket.socket] = []

    def attend(one: socket.socket) -> None:
        with suppress(OSError), one:
            if context is None:
                serve(one)
                return
            with context.wrap_socket(one, server_side=True) as secured:
                serve(secured)

    def accept() -> None:
        while not stopped.is_set():
            with suppress(TimeoutError):
                one, _ = listener.accept()
                one.settimeout(10)
                open_sockets.append(one)
                threads.append(threading.Thread(target=attend, args=(one,)))
                threads[-1].start()

    threads: list[threading.Thread] = []
    doorman = threading.Thread(target=accept)
    doorman.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        stopped.set()
        doorman.join()
        listener.close()
        for one in open_sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()


def request_on(one: socket.socket) -> bytes:
    """Return one request as it came, head and body."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := one.recv(65_536)):
            return data
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    while length and len(body) < int(length[1]):
        body += one.recv(65_536)
    return head + b"\r\n\r\n" + body


def answer(body: bytes, head: str = "HTTP/1.1 200 OK") -> bytes:
    """Return *body* behind a sound head."""
    lines = [head, f"Content-Length: {len(body)}", "Content-Type: application/json"]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body
