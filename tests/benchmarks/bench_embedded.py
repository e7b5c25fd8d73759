"""The embedded engine against its bare runtime, and against langextract with the same model.

Bare runtime: the very requests that a brief made, sent once more, one after the other, over a plain
connection to a server started anew, so that nothing is left in its cache. What differs between the
two is this project's client and all it does between two requests.
"""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rows import Row

from summarizer.annotate.parser import load_parser
from summarizer.ask import Model, open_model
from summarizer.ask.connection import Connection
from summarizer.brief import Brief
from summarizer.engine.server import Endpoint, serve
from summarizer.engine.weights import find_weights
from summarizer.evaluate import Scores, add_up, evaluate, read_gold
from summarizer.pipeline import summarize
from summarizer.read import read
from summarizer.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"
SCORED = ("actors", "events", "pledges")


@dataclass
class Used:
    """What some articles took: tokens that were read and not cached, written tokens, seconds."""

    read: int = 0
    written: int = 0
    seconds: float = 0.0

    def add(self, usage: dict[str, Any]) -> None:
        """Count what one answer tells of its tokens."""
        cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0
        self.read += usage["prompt_tokens"] - cached
        self.written += usage["completion_tokens"]

    @property
    def rate(self) -> float:
        """Tokens a second, read and written."""
        return (self.read + self.written) / self.seconds


@dataclass
class _Recorded:
    """The requests of a run, in order, and what they took."""

    bodies: list[dict[str, Any]] = field(default_factory=list)
    used: Used = field(default_factory=Used)
    asking: float = 0.0


def articles(count: int) -> list[Path]:
    """Return the first *count* articles of the corpus."""
    return sorted(CORPUS.glob("*.txt"))[:count]


@contextmanager
def engine() -> Iterator[Endpoint]:
    """Run the embedded model, started anew."""
    weights = find_weights(Settings(engine="local"))
    with serve(weights.path, alias=weights.name) as endpoint:
        yield endpoint


@contextmanager
def asking(endpoint: Endpoint) -> Iterator[Model]:
    """Open the model of *endpoint* as the command does."""
    with open_model(
        endpoint.base_url,
        endpoint.api_key,
        endpoint.model,
        dialect="embedded",
        settings=Settings(engine="local"),
    ) as model:
        yield model


def embedded(work: Path, count: int) -> Iterator[Row]:
    """Tokens a second of *count* articles of the corpus, here and with the bare runtime."""
    load_parser()  # once a process, as the engine's own weights
    with engine() as endpoint, asking(endpoint) as model:
        recorded = _recorded(model)
        began = time.monotonic()
        for path in articles(count):
            summarize(path, settings=Settings(engine="local"), model=model)
        recorded.used.seconds = time.monotonic() - began
    (work / "requests.jsonl").write_text("\n".join(map(json.dumps, recorded.bodies)), "utf-8")
    bare = Used()
    with engine() as endpoint:
        began = time.monotonic()
        for body in recorded.bodies:
            bare.add(_asked(endpoint, body)["usage"])
        bare.seconds = time.monotonic() - began
    whole = recorded.used
    asked = Used(whole.read, whole.written, recorded.asking)
    yield Row("embedded: requests, tokens read, written", _counts(whole, len(recorded.bodies)))
    yield Row("bare runtime: the same", _counts(bare, len(recorded.bodies)))
    yield Row(
        "embedded, while asking / bare, tokens a second",
        f"{100 * asked.rate / bare.rate:.1f} % ({asked.rate:.0f} of {bare.rate:.0f})",
        ">= 90 %",
    )
    yield Row(
        "embedded, from article to brief / bare, tokens a second",
        f"{100 * whole.rate / bare.rate:.1f} % ({whole.rate:.0f} of {bare.rate:.0f})",
        ">= 90 %",
    )


def langextract(work: Path, count: int) -> Iterator[Row]:
    """Tokens, seconds and scores of *count* articles, here and with langextract."""
    if find_spec("langextract") is None:
        yield Row("langextract", "not installed: pip install langextract")
        return
    from langextract_run import extract

    ours, theirs = Used(), Used()
    scores: dict[str, list[Scores]] = {"summarizer": [], "langextract": []}
    for path in articles(count):
        text = path.read_bytes().decode("utf-8-sig")
        gold = read_gold(path.with_suffix(".gold.json"), text)
        # Each begins with an engine that has seen nothing.
        with engine() as endpoint, asking(endpoint) as model:
            began = time.monotonic()
            recorded = _recorded(model)
            brief: Brief = summarize(read(path), settings=Settings(engine="local"), model=model)
            ours.seconds += time.monotonic() - began
        ours.read += recorded.used.read
        ours.written += recorded.used.written
        scores["summarizer"].append(evaluate(brief, text, gold))
        with engine() as endpoint:
            began = time.monotonic()
            theirs_brief = extract(text, path.stem, endpoint, theirs, work)
            theirs.seconds += time.monotonic() - began
        scores["langextract"].append(evaluate(theirs_brief, text, gold))
    for name, used in (("summarizer", ours), ("langextract", theirs)):
        total = add_up(scores[name])
        yield Row(
            f"{name}: tokens read, written, seconds an article",
            f"{used.read / count:,.0f}, {used.written / count:,.0f}, {used.seconds / count:.0f}",
        )
        for kind in SCORED:
            tally = total.tallies[kind]  # type: ignore[index]
            yield Row(
                f"{name}: {kind}, F1 exact, relaxed (precision, recall)",
                f"{tally.exact.f1:.2f}, {tally.relaxed.f1:.2f} "
                f"({tally.relaxed.precision:.2f}, {tally.relaxed.recall:.2f})",
            )


def _recorded(model: Model) -> _Recorded:
    """Let all that *model* sends be recorded."""
    recorded = _Recorded()
    connection = model._connection
    assert isinstance(connection, Connection)
    client = connection._client
    post = client.post

    async def noted(path: str, *, content: bytes, **given: Any) -> Any:
        began = time.monotonic()
        response = await post(path, content=content, **given)
        recorded.asking += time.monotonic() - began
        recorded.bodies.append(json.loads(content))
        recorded.used.add(response.json()["usage"])
        return response

    client.post = noted  # type: ignore[method-assign,assignment]
    return recorded


def _asked(endpoint: Endpoint, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{endpoint.base_url}/chat/completions",
        json.dumps(body).encode(),
        {"content-type": "application/json", "authorization": f"Bearer {endpoint.api_key}"},
    )
    with urllib.request.urlopen(request) as answer:
        return dict(json.load(answer))


def _counts(used: Used, requests: int) -> str:
    return f"{requests}, {used.read:,}, {used.written:,} in {used.seconds:.1f} s"
