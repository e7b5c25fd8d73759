"""A server on the loopback interface that speaks OpenAI's Batch API, as a test's script says.

As with ``scripted``, what it answers is invented.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class BatchServer:
    """Answers each request of a batch by ``answer``, after so many looks as ``looks`` says."""

    answer: Answer
    base_url: str = ""
    looks: int = 2
    state: str = "completed"
    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    direct: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def batch(self, input_file: str) -> dict[str, Any]:
        """Begin a batch."""
        name = f"batch_{len(self.batches)}"
        lines = [json.loads(each) for each in self.files[input_file].splitlines() if each.strip()]
        self.batches[name] = {"lines": lines, "looks": 0}
        return self.look(name)

    def look(self, name: str) -> dict[str, Any]:
        """Return how far a batch is."""
        batch = self.batches[name]
        batch["looks"] += 1
        ended = batch["looks"] > self.looks
        told: dict[str, Any] = {
            "id": name,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "created_at": 0,
            "input_file_id": "file",
            "status": self.state if ended else "in_progress",
            "request_counts": {
                "total": len(batch["lines"]),
                "completed": len(batch["lines"]) if ended else 0,
                "failed": 0,
            },
        }
        if ended and self.state == "failed":
            told["errors"] = {"object": "list", "data": [{"code": "token_limit_exceeded"}]}
        elif ended:
            told["output_file_id"] = f"{name}-output"
            if told["output_file_id"] not in self.files:
                self.asked += [each["body"] for each in batch["lines"]]
                # In another order, as the real one gives them.
                answers = [self.answer(each) for each in reversed(batch["lines"])]
                self.files[told["output_file_id"]] = b"\n".join(
                    json.dumps(each).encode() for each in answers
                )
        return told


def answered(line: dict[str, Any], content: str, status: int = 200) -> dict[str, Any]:
    """Return the line of an output file."""
    message = {"role": "assistant", "content": content}
    body = {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
    }
    response = {"status_code": status, "request_id": "r", "body": body}
    return {"id": "y", "custom_id": line["custom_id"], "response": response, "error": None}


@contextmanager
def batch_server(answer: Answer) -> Iterator[BatchServer]:
    """Serve; a question that is asked outside of a batch is answered by *answer*, too."""
    told = BatchServer(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["content-length"]))
            if self.path == "/v1/files":
                name = f"file-{len(told.files)}"
                found = re.search(rb"\r\n\r\n(\{.*\n)\r\n--", data, re.DOTALL)
                assert found
                told.files[name] = found[1]
                self.reply({"id": name, "object": "file", "purpose": "batch", "bytes": 1})
            elif self.path == "/v1/batches":
                self.reply(told.batch(json.loads(data)["input_file_id"]))
            else:
                body = json.loads(data)
                told.direct.append(body)
                line = {"custom_id": "", "body": body}
                self.reply(answer(line)["response"]["body"])

        def do_GET(self) -> None:
            if self.path.startswith("/v1/batches/"):
                self.reply(told.look(self.path.rpartition("/")[2]))
            else:
                self.send(told.files[self.path.split("/")[3]])

        def reply(self, data: object) -> None:
            self.send(json.dumps(data).encode())

        def send(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
