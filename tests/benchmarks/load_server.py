"""An endpoint for load, in a process of its own: answers made of what it is asked, after a while.

    python load_server.py LATENCY [LOG]

Prints its port. Each request that has come, and each that was answered to the last byte, becomes a
line of LOG: what, the SHA-256 of the body, and the machine's monotonic clock.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from made_reports import answer_to

MODEL = "made"


@dataclass(frozen=True)
class Endpoint:
    """Where the server is, and which process it is."""

    base_url: str
    pid: int
    log: Path


@dataclass(frozen=True)
class Request:
    """A request of the log; not answered when whoever asked was gone before."""

    body: str
    asked: float
    answered: float | None


@contextmanager
def serving(latency: float, log: Path) -> Iterator[Endpoint]:
    """Serve for as long as the block lasts."""
    command = [sys.executable, __file__, str(latency), str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        port = server.stdout.readline().strip()
        try:
            yield Endpoint(f"http://127.0.0.1:{port}/v1", server.pid, log)
        finally:
            server.terminate()


def requests_of(log: Path) -> list[Request]:
    """Return the requests of *log*, in order of their coming."""
    made: dict[str, tuple[str, float, float | None]] = {}
    for line in log.read_text("ascii").splitlines():
        what, number, body, at = line.split()
        asked = float(at) if what == "asked" else made[number][1]
        made[number] = body, asked, None if what == "asked" else float(at)
    return [Request(*one) for one in made.values()]


class _Server:
    def __init__(self, latency: float, log: Path) -> None:
        self._latency = latency
        self._log = log.open("a", encoding="ascii", buffering=1)
        self._count = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
                body = await reader.readexactly(length)
                await self._answer(body, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, body: bytes, writer: asyncio.StreamWriter) -> None:
        due = time.monotonic() + self._latency
        number, digest = self._count, hashlib.sha256(body).hexdigest()
        self._count += 1
        self._note("asked", number, digest)
        answer = json.dumps(_completion(json.loads(body)), ensure_ascii=False).encode()
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(answer)}"
        writer.write(f"{head}\r\n\r\n".encode("ascii") + answer)
        await writer.drain()
        if not writer.is_closing():
            self._note("answered", number, digest)

    def _note(self, what: str, number: int, digest: str) -> None:
        self._log.write(f"{what} {number} {digest} {time.monotonic():.6f}\n")


def _completion(asked: dict[str, Any]) -> dict[str, Any]:
    text = answer_to(asked["messages"], asked["response_format"]["json_schema"]["name"])
    prompt = sum(len(message["content"]) for message in asked["messages"]) // 4
    return {
        "id": "chatcmpl-made",
        "object": "chat.completion",
        "created": 0,
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": text},
            }
        ],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": len(text) // 4,
            "total_tokens": prompt + len(text) // 4,
        },
    }


async def _main(latency: float, log: Path) -> None:
    server = await asyncio.start_server(_Server(latency, log).handle, "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(float(sys.argv[1]), Path(sys.argv[2])))
