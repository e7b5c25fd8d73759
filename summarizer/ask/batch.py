"""OpenAI's Batch API: many questions in one file, answered within a day at half the price.

What a batch leaves unanswered, for whatever reason, goes again; order and counts are not relied on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, Self, TypeVar

from summarizer.ask.address import Address
from summarizer.ask.body import Completion, completion_in
from summarizer.ask.connection import OPENAI_URL, Kept, client_of
from summarizer.ask.loop import Loop
from summarizer.ask.transport import named_errors, persistent
from summarizer.brief import Usage
from summarizer.errors import ModelError
from summarizer.settings import Settings

T = TypeVar("T")

MOST_LINES, MOST_BYTES = 50_000, 200_000_000
"""What one batch takes."""
_OPEN = ("validating", "in_progress", "finalizing", "cancelling")


@dataclass(frozen=True)
class Batch:
    """How far a batch is; ``files`` hold what is answered once it is ``ended``."""

    id: str
    state: str
    answered: int
    total: int
    files: tuple[str, ...]
    fault: str | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state not in _OPEN


class Batches:
    """The batches of one account; use as a context manager, or call ``close``.

    All methods raise ModelError in one line.
    """

    def __init__(
        self,
        base_url: str | None,
        api_key: str | None,
        settings: Settings,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        address = Address.of(base_url or OPENAI_URL)
        self._label = address.label
        self._settings = settings
        self._sleep = sleep
        self._client = client_of(address, api_key, "openai", settings, files=True)
        self._loop = Loop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all sockets."""
        self._loop.close(self._client.close())

    def send(self, lines: bytes) -> str:
        """Send a file of requests, made by ``line``; return the id of the batch."""
        return self._do(lambda: self._send(lines))

    def look(self, batch: str) -> Batch:
        """Return how far *batch* is."""
        found = self._do(lambda: self._client.batches.retrieve(batch))
        counts = found.request_counts
        faults = found.errors.data if found.errors and found.errors.data else []
        codes = [str(fault.code) for fault in faults[:1] if fault.code]
        files = (found.output_file_id, found.error_file_id)
        return Batch(
            batch,
            found.status,
            counts.completed + counts.failed if counts else 0,
            counts.total if counts else 0,
            tuple(file for file in files if file),
            codes[0] if codes else None,
        )

    def answers(self, batch: Batch) -> Iterator[tuple[str, Kept]]:
        """Yield the key and the answer of each request that was answered."""
        for file in batch.files:
            content = self._do(partial(self._client.files.content, file)).content
            for each in content.split(b"\n"):
                if each.strip() and (answer := _answer(each)):
                    yield answer

    async def _send(self, lines: bytes) -> str:
        file = await self._client.files.create(file=("batch.jsonl", lines), purpose="batch")
        batch = await self._client.batches.create(
            input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h"
        )
        return batch.id

    def _do(self, step: Callable[[], Coroutine[Any, Any, T]]) -> T:
        asking = persistent(
            step, self._settings, queued=lambda: 0.0, shut=nullcontext, sleep=self._sleep
        )
        with named_errors(self._label):
            return self._loop.submit(asking).result()


def line(asked: str, body: str) -> bytes:
    """Return the line of a batch for the JSON *body* of a request; *asked* is its key."""
    head = json.dumps({"custom_id": asked, "method": "POST", "url": "/v1/chat/completions"})
    return f'{head[:-1]}, "body": {body}}}\n'.encode("utf-8", "replace")


def files_of(requests: Iterable[tuple[str, str]]) -> Iterator[tuple[list[str], bytes]]:
    """Yield the keys and the content of each file that *requests* make, one model a file."""
    keys: list[str] = []
    lines: list[bytes] = []
    size = 0
    model = None
    for asked, body in requests:
        one, of = line(asked, body), json.loads(body)["model"]
        full = len(keys) == MOST_LINES or size + len(one) > MOST_BYTES
        if keys and (full or of != model):
            yield keys, b"".join(lines)
            keys, lines, size = [], [], 0
        keys.append(asked)
        lines.append(one)
        size += len(one)
        model = of
    if keys:
        yield keys, b"".join(lines)


def _answer(text: bytes) -> tuple[str, Kept] | None:
    """Return the answer in a line of an output file, None when it is none."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    response = told.get("response") if isinstance(told, dict) else None
    if not isinstance(response, dict) or told.get("error") or response.get("status_code") != 200:
        return None
    found = completion_in(json.dumps(response.get("body")).encode())
    if found is None or found[0] != 200 or not isinstance(told.get("custom_id"), str):
        return None
    answer = Completion.of(found[1].decode())
    prompt, cached, completion = answer.tokens
    used = Usage(
        requests=1,
        prompt_tokens=prompt,
        cached_tokens=cached,
        completion_tokens=completion,
        cost_usd=None,
        seconds=0.0,
    )
    return told["custom_id"], Kept(answer.json, used)


def fault_of(batch: Batch) -> ModelError:
    """Return what is to be told of a batch that the endpoint did not take."""
    code = f" ({batch.fault})" if batch.fault else ""
    return ModelError(f"batch {batch.id} {batch.state}{code}: the endpoint did not answer it")
