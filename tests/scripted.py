"""An OpenAI-compatible server on the loopback interface that answers as a test's script says.

Its replies are invented, to provoke faults that no real endpoint produces on demand; they say
nothing about what a model would answer. What models really answer is in ``cassettes/``.
"""

from __future__ import annotations

import json
import math
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One answer; *hangs*: none at all before the server closes."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    hangs: bool = False


def completion(
    content: str | None, *, finish_reason: str = "stop", refusal: str | None = None
) -> Reply:
    """Return a chat completion: 100 prompt tokens, 40 of them cached, and 10 generated ones."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return as_json(
        {
            "id": "chatcmpl-scripted",
            "object": "chat.completion",
            "created": 0,
            "model": "scripted",
            "choices": [{"index": 0, "finish_reason": finish_reason, "message": message}],
            "usage": {
                "prompt_tokens": 100,
                "completion_tokens": 10,
                "total_tokens": 110,
                "prompt_tokens_details": {"cached_tokens": 40},
            },
        }
    )


def likely(*tokens: tuple[str, float]) -> Reply:
    """Return a completion of one token, with how likely each that might have stood there is."""
    rivals = [{"token": t, "logprob": math.log(p), "bytes": None} for t, p in tokens]
    first = {**rivals[0], "top_logprobs": rivals}
    whole = json.loads(completion(tokens[0][0], finish_reason="length").body)
    whole["choices"][0]["logprobs"] = {"content": [first]}
    whole["usage"]["completion_tokens"] = 1
    return as_json(whole)


def failure(
    status: int, message: str = "scripted", *, headers: Mapping[str, str] = {}, **error: str
) -> Reply:
    """Return an error in OpenAI's form."""
    return as_json({"error": {"message": message, **error}}, status, headers)


def as_json(body: object, status: int = 200, headers: Mapping[str, str] = {}) -> Reply:
    """Return any JSON."""
    all_headers = {"content-type": "application/json", **headers}
    return Reply(status, json.dumps(body).encode(), all_headers)


@dataclass
class Script:
    """What the server will answer, and what it was asked; the last reply is repeated.

    *held* are the requests that hang.
    """

    base_url: str = ""
    replies: deque[Reply] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    authorizations: list[str | None] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    held: list[dict[str, Any]] = field(default_factory=list)

    def will_reply(self, *replies: Reply) -> None:
        """Set the replies, in order."""
        self.replies = deque(replies)


@contextmanager
def scripted_server() -> Iterator[Script]:
    """Serve a script on a free port for as long as the block lasts."""
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            request = json.loads(self.rfile.read(length))
            script.requests.append(request)
            script.authorizations.append(self.headers["authorization"])
            reply = script.replies[0] if len(script.replies) == 1 else script.replies.popleft()
            if reply.hangs:
                script.held.append(request)
                script.released.wait()
                return
            self.send_response_only(reply.status)
            for name, value in {**reply.headers, "content-length": str(len(reply.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: a test's output is its own."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        script.base_url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield script
        finally:
            script.released.set()
            server.shutdown()
            thread.join()
