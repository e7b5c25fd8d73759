"""Measure what a report costs in a partition, and reckon what a million a day come to.

    python tests/benchmarks/bench_cluster.py [REPORTS A DAY] [SECONDS A REQUEST]

Prints Markdown. The reports are the corpus, the answers those recorded of a large model, served on
loopback by another process, so requests, tokens and bytes are of real briefs; the tokens are that
recording's estimate, four characters each. Processor time depends on the machine: it is told
beside that of annotation alone, in the same run. Prices are those of genai-prices.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from hosted import MODEL  # noqa: E402

from summarizer.annotate import annotate  # noqa: E402
from summarizer.brief import Brief  # noqa: E402
from summarizer.cluster.part import ENDING  # noqa: E402
from summarizer.cluster.place import Place  # noqa: E402
from summarizer.cluster.plan import cut  # noqa: E402
from summarizer.cluster.work import Done, Job, work  # noqa: E402
from summarizer.ledger import FILE  # noqa: E402
from summarizer.read import read  # noqa: E402
from summarizer.segment import segment  # noqa: E402
from summarizer.settings import Settings  # noqa: E402

CORPUS = sorted((ROOT / "corpus").glob("*.txt"))
CASSETTES = ROOT / "cassettes" / "test_hosted_briefs"
PRICED = ("openai", "gpt-4.1-nano"), ("openai", "gpt-4.1-mini")
DAY = 86_400.0
ROUNDS = 8
IN_FLIGHT = 50  # requests of a process, well within what its one event loop keeps up with


@dataclass(frozen=True)
class Report:
    """What one report took, in the mean."""

    requests: float
    prompt: float
    completion: float
    characters: float
    cpu: float
    annotation: float
    brief: float
    parquet: float
    ledger: float


def main() -> None:
    """Measure, reckon, print."""
    a_day = float(sys.argv[1]) if len(sys.argv) > 1 else 1e6
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 2.0
    with recorded() as url:
        report = measured(url)
    sys.stdout.write("\n".join([*told(report), "", *reckoned(report, a_day, seconds), ""]))


def told(report: Report) -> Iterator[str]:
    """Yield what a report took."""
    yield f"| a report ({len(CORPUS)} of the corpus, {report.characters:,.0f} characters) | |"
    yield "| --- | ---: |"
    yield f"| requests | {report.requests:.1f} |"
    yield f"| tokens, prompt / generated | {report.prompt:,.0f} / {report.completion:,.0f} |"
    yield f"| processor, of it annotation | {report.cpu:.3f} s, {report.annotation:.3f} s |"
    yield f"| brief as JSON / in Parquet | {report.brief:,.0f} / {report.parquet:,.0f} bytes |"
    yield f"| ledger | {report.ledger:,.0f} bytes |"


def reckoned(report: Report, a_day: float, seconds: float) -> Iterator[str]:
    """Yield the page of arithmetic."""
    rate = a_day / DAY
    requests, tokens = rate * report.requests, rate * (report.prompt + report.completion)
    in_flight = requests * seconds
    cores = math.ceil(rate * report.cpu)
    yield f"| {a_day:,.0f} reports a day | a second | a day |"
    yield "| --- | ---: | ---: |"
    yield f"| reports | {rate:.1f} | {a_day:,.0f} |"
    yield f"| requests | {requests:.0f} | {requests * DAY:,.0f} |"
    minute = f"{tokens * 60 / 1e6:.1f} million a minute"
    yield f"| tokens | {tokens:,.0f}, {minute} | {tokens * DAY / 1e9:,.1f} billion |"
    yield f"| in flight at {seconds:g} s a request | {in_flight:.0f} | |"
    yield f"| processors busy | {cores} | |"
    yield f"| processes for the sockets ({IN_FLIGHT} each) | {math.ceil(in_flight / IN_FLIGHT)} | |"
    yield f"| briefs in Parquet | | {report.parquet * a_day / 1e9:.1f} GB |"
    yield f"| ledgers | | {report.ledger * a_day / 1e9:.1f} GB |"
    for provider, model in PRICED:
        if (cost := price(report, provider, model)) is not None:
            yield f"| {model} | | ${cost * a_day:,.0f}, half as a batch |"


def price(report: Report, provider: str, model: str) -> float | None:
    """Return the dollars that a report costs, None where prices are not at hand."""
    if find_spec("genai_prices") is None:
        return None
    from genai_prices import Usage, calc_price

    usage = Usage(input_tokens=round(report.prompt), output_tokens=round(report.completion))
    return float(calc_price(usage, model_ref=model, provider_id=provider).total_price)


def measured(url: str) -> Report:
    """Work on the corpus as one partition, some times over, each with a ledger of its own."""
    settings = Settings(engine="openai", base_url=url, model=MODEL)
    documents = [read(path) for path in CORPUS]
    with tempfile.TemporaryDirectory() as folder:
        source = _reports(Path(folder))
        _worked(source, Path(folder, "warm"), settings)
        began = time.process_time()
        done = [_worked(source, Path(folder, str(n)), settings) for n in range(ROUNDS)]
        cpu = time.process_time() - began
        began = time.process_time()
        for document in documents * ROUNDS:
            annotate(document, segment(document))
        annotation = time.process_time() - began
        out = Path(folder, "0")
        part = next(out.glob(f"*{ENDING}"))
        ledger = sum(each.stat().st_size for each in out.rglob(f"{FILE}*"))
        briefs = _briefs(part)
        count = len(CORPUS)
        used = [brief.usage for brief in briefs]
        second = [b.second_reading.usage for b in briefs if b.second_reading]
        assert all(each.reports == count and not each.lacking for each in done)
        return Report(
            requests=done[0].asked / count,
            prompt=sum(u.prompt_tokens for u in [*used, *second]) / count,
            completion=sum(u.completion_tokens for u in [*used, *second]) / count,
            characters=sum(len(document.text) for document in documents) / count,
            cpu=cpu / count / ROUNDS,
            annotation=annotation / count / ROUNDS,
            brief=sum(len(brief.model_dump_json()) for brief in briefs) / count,
            parquet=part.stat().st_size / count,
            ledger=ledger / count,
        )


def _reports(folder: Path) -> Path:
    copy = folder / "in"
    copy.mkdir()
    for path in CORPUS:
        for each in (path, path.with_suffix(".meta.json")):
            (copy / each.name).write_bytes(each.read_bytes())
    return copy


def _worked(source: Path, out: Path, settings: Settings) -> Done:
    place, files = Place.of_input(str(source))
    (partition,) = cut(place, files, 1_000)
    done = work(partition, Job(place.url, str(out), None), settings)
    if done.stopped:
        raise done.stopped
    return done


def _briefs(part: Path) -> list[Brief]:
    from pyarrow import parquet

    rows = parquet.read_table(part).to_pylist()
    return [Brief.model_validate_json(row["brief"]) for row in rows]


@contextmanager
def recorded() -> Iterator[str]:
    """Serve what is in the cassettes from a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}/v1"
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection) -> None:
    answers: dict[str, bytes] = {}
    for cassette in CASSETTES.glob("*.yaml"):
        for each in yaml.load(cassette.read_text("utf-8"), Loader=yaml.CSafeLoader)["interactions"]:
            asked = json.dumps(each["request"]["body"]["json"], sort_keys=True)
            answers[asked] = json.dumps(each["response"]["body"]["json"]).encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            answer = answers.get(json.dumps(json.loads(body), sort_keys=True))
            self.send_response(200 if answer else 404)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer or b"")))
            self.end_headers()
            self.wfile.write(answer or b"")

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        pipe.send(server.server_port)
        server.serve_forever()


if __name__ == "__main__":
    main()
