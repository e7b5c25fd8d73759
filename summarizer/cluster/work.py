"""The work of one task: a partition in, its part written, what that took out.

Each partition has a ledger of its own. Whoever takes up a partition that a killed worker has left
finds in it all that was answered; the lock of the ledger lets one at a time work on it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from summarizer.apart import apart
from summarizer.ask import UNANSWERED, Kept
from summarizer.ask.meter import Meter
from summarizer.brief import VERSION
from summarizer.cluster.part import ENDING, About, Row, packed
from summarizer.cluster.place import Place
from summarizer.cluster.plan import Partition
from summarizer.cluster.reports import reports
from summarizer.cluster.share import NOTHING, Spent, used_up
from summarizer.errors import InputError, LimitReached, SummarizerError
from summarizer.ledger import Ledger
from summarizer.pipeline import settings_sha256
from summarizer.prompt import prompts_sha256
from summarizer.read import Article
from summarizer.render import to_jsonl
from summarizer.run import Outcome, summarize_many
from summarizer.settings import Settings, user_cache

_LEDGER = ".ledger"
_LOCKED = 10.0  # seconds that the lock of a worker which has just been killed may last


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all partitions: where they are from and go to, and their ledgers."""

    input: str
    out: str
    ledgers: Path | None

    def ledger(self, partition: Partition) -> Path:
        """Return the directory of a partition's ledger.

        It is beside the part if that is a local file, else in the cache of the machine's user.
        """
        folder, out = self.ledgers, Place(self.out)
        if folder is None and out.is_local:
            folder = out.path("")
        if folder is None:
            known = hashlib.sha256(self.out.encode()).hexdigest()[:16]
            folder = user_cache() / "summarizer" / "cluster" / known
        return folder / f"{partition.name}{_LEDGER}"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one partition; *kept* if it was done already.

    *stopped* tells why it is not done, *used_up* that its share of the limits was, *lacking* counts
    reports to be asked about again, *lost* the workers that ended while they were at it. *asked*
    counts requests that were answered.
    """

    name: str
    reports: int = 0
    failed: int = 0
    lacking: int = 0
    asked: int = 0
    spent: Spent = NOTHING
    stopped: SummarizerError | None = None
    used_up: bool = False
    lost: int = 0
    kept: bool = False


def made_of(partition: Partition, settings: Settings) -> str:
    """Return a checksum over all that the part of *partition* depends on."""
    depends = [
        *(partition.content, VERSION, settings.chosen_engine, settings.chosen_profile),
        *(settings.model, settings.base_url, prompts_sha256(), settings_sha256(settings)),
    ]
    return hashlib.sha256(json.dumps(depends).encode()).hexdigest()


def work(partition: Partition, job: Job, settings: Settings) -> Done:
    """Write the part of *partition*, unless it is stopped; what goes wrong is told, not raised."""
    done = apart(partition.name, lambda: _worked(partition, job, settings))
    return Done(partition.name, stopped=done) if isinstance(done, SummarizerError) else done


def _worked(partition: Partition, job: Job, settings: Settings) -> Done:
    began = time.monotonic()
    with _ledger(job.ledger(partition), settings) as ledger:
        ledger.begin(settings.model or settings.chosen_engine)
        try:
            rows, lacking = _answered(partition, job, settings, ledger)
            if lacking and used_up(settings, ledger.spent, time.monotonic() - began):
                raise LimitReached("its share of what the run may use is used up")
        except LimitReached as limit:
            with suppress(InputError):  # where nothing can be written, that is why it ends
                ledger.end("stopped")
            spent = ledger.spent
            at_end = used_up(settings, spent, time.monotonic() - began)
            return Done(
                partition.name, asked=ledger.asked, spent=spent, stopped=limit, used_up=at_end
            )
        failed = sum(row.error is not None for row in rows)
        about = About(made_of(partition, settings), len(rows), failed, lacking)
        Place(job.out).put(partition.name + ENDING, packed(rows, about))
        ledger.end("done")
        return Done(partition.name, len(rows), failed, lacking, ledger.asked, ledger.spent)


def _answered(
    partition: Partition, job: Job, settings: Settings, ledger: Ledger
) -> tuple[list[Row], int]:
    """Return the rows in the order of the input, and how many of them lack something."""
    places: dict[str, int] = {}

    def counted() -> Iterator[Article]:
        for at, article in enumerate(reports(Place(job.input), partition.piece)):
            places[article.name] = at
            yield article

    rows: list[tuple[int, Row]] = []
    lacking = 0
    outcomes = summarize_many(counted(), settings=settings, ledger=ledger, ordered=False)
    with closing(outcomes):
        for outcome in outcomes:
            rows.append((places[outcome.name], _row(outcome)))
            lacking += _lacks(outcome)
    return [row for _, row in sorted(rows, key=itemgetter(0))], lacking


def _row(outcome: Outcome) -> Row:
    document, brief = outcome.document, outcome.brief
    return Row(
        outcome.name,
        document.id if document else None,
        document.sha256 if document else None,
        to_jsonl(brief).rstrip("\n") if brief else None,
        None if brief else str(outcome.error),
    )


def _lacks(outcome: Outcome) -> bool:
    """Tell whether another run might make more of a report: its input is none that cannot be."""
    if outcome.brief:
        return any(warning.startswith(UNANSWERED) for warning in outcome.brief.warnings)
    return not isinstance(outcome.error, InputError)


class _Counting(Ledger):
    """A ledger that knows what was paid for since it was opened."""

    def __init__(self, directory: Path, settings: Settings) -> None:
        super().__init__(directory)
        self._meter = Meter(settings)

    @property
    def asked(self) -> int:
        """How many requests were answered."""
        return self._meter.usage.requests

    @property
    def spent(self) -> Spent:
        """What they used."""
        used = self._meter.usage
        return Spent(used.prompt_tokens + used.completion_tokens, used.cost_usd or 0.0)

    async def keep(self, asked: str, kept: Kept) -> None:
        """Keep an answer, and count it."""
        used = kept.usage
        self._meter.add(
            used.seconds, used.prompt_tokens, used.cached_tokens, used.completion_tokens
        )
        await super().keep(asked, kept)


def _ledger(directory: Path, settings: Settings) -> _Counting:
    """Open the ledger of a partition, whose last worker may have been killed a moment ago."""
    until = time.monotonic() + _LOCKED
    while True:
        try:
            return _Counting(directory, settings)
        except InputError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
