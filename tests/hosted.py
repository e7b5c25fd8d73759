"""Serve a large model's answers, written to files beforehand, as an OpenAI-compatible endpoint.

Used for recording only. What it serves was answered by a large language model that saw the prompt
alone; token counts are its own estimates (four characters a token).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MODEL = "answers-of-a-large-model"


@contextmanager
def serve_answers(folder: Path) -> Iterator[str]:
    """Serve the files of *folder* by draft name; a second chance without an answer gets null."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            name = asked["response_format"]["json_schema"]["name"]
            file = folder / f"{name}.json"
            text = file.read_text("utf-8") if file.is_file() else '{"words": null}'
            body = json.dumps(_completion(asked, text), ensure_ascii=False).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def _completion(asked: dict[str, Any], text: str) -> dict[str, Any]:
    prompt = sum(len(message["content"]) for message in asked["messages"]) // 4
    message = {"role": "assistant", "content": text}
    return {
        "id": "chatcmpl-recorded",
        "object": "chat.completion",
        "created": 0,
        "model": MODEL,
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": len(text) // 4,
            "total_tokens": prompt + len(text) // 4,
        },
    }
