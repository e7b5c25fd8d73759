"""The table that a run over reports ends with, on standard error."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from summarizer.ask import Model
from summarizer.cli.spans import span
from summarizer.cli.terminal import Colour, say
from summarizer.run import Outcome
from summarizer.settings import Settings

Row = tuple[str, str, Colour | None]
_WIDTH = 10


@dataclass
class _Round:
    """What came of one way through all reports."""

    made: int = 0
    found: int = 0
    failed: int = 0
    events: int = 0
    pledges: int = 0
    actors: int = 0
    rejected: int = 0
    warnings: int = 0


@dataclass
class Totals:
    """What came of a run: gathered report by report, and told at its end."""

    settings: Settings
    quiet: bool = False
    _began: float = field(default_factory=time.monotonic)
    _round: _Round = field(default_factory=_Round)
    _earlier: int = 0  # briefs made in earlier rounds, found again in this one
    _asked: list[Model] = field(default_factory=list)

    def count(self, outcome: Outcome, *, failed: bool) -> None:
        """Count a report, which *failed* also where its brief could not be written."""
        now, brief = self._round, outcome.brief
        now.failed += failed
        if brief is None or failed:
            return
        now.found += outcome.kept
        now.made += not outcome.kept
        now.events += len(brief.events)
        now.pledges += len(brief.pledges)
        now.actors += len(brief.actors)
        now.rejected += len(brief.rejections)
        now.warnings += len(brief.warnings)

    def begin_again(self) -> None:
        """Forget what was counted of reports, all of which are gone through once more."""
        self._earlier += self._round.made
        self._round = _Round()

    @property
    def made(self) -> int:
        """How many briefs are new."""
        return self._earlier + self._round.made

    @property
    def kept(self) -> int:
        """How many are those of an earlier run."""
        return max(0, self._round.found - self._earlier)

    def watch(self, model: Model) -> None:
        """Count what *model* is asked in this run."""
        self._asked.append(model)

    def tell(self) -> None:
        """Write the table; of a run in which nothing was made or asked there is nothing to tell."""
        if self.quiet:
            return
        if self.made or self.kept or any(model.usage.requests for model in self._asked):
            for name, value, colour in self._rows():
                say(f"{name:<{_WIDTH}}{value}", colour, level=logging.INFO)

    def _rows(self) -> Iterator[Row]:
        now = self._round
        reports = self.made + self.kept + now.failed
        parts = [(self.made, "new"), (self.kept, "up to date"), (now.failed, "failed")]
        shown = ", ".join(f"{count:,} {what}" for count, what in parts if count)
        told = f"{reports:,}: {shown}" if reports else "none was finished"
        yield "reports", told, "red" if now.failed else None
        records = [
            _count(now.events, "event"),
            _count(now.pledges, "pledge"),
            _count(now.actors, "actor"),
        ]
        yield "records", ", ".join(records), None
        rejected = f"{_count(now.rejected, 'value')} that the reports do not bear out"
        yield "rejected", rejected, "yellow" if now.rejected else None
        yield "warnings", f"{now.warnings:,}", "yellow" if now.warnings else None
        total = partial(_total, self._asked)
        if requests := total("requests"):
            prompt, completion = total("prompt_tokens"), total("completion_tokens")
            told = f"{prompt + completion:,}: {prompt:,} of prompts, {completion:,} generated"
            yield "tokens", f"{told}; {_count(requests, 'request')}", None
            yield "cost", self._cost(), None
        elif self.made:
            yield "tokens", "none: all was answered in an earlier run", None
        yield "time", span(time.monotonic() - self._began), None

    def _cost(self) -> str:
        asked = [model for model in self._asked if model.usage.requests]
        costs = [model.usage.cost_usd for model in asked]
        known = [cost for cost in costs if cost is not None]
        if not any(_total([model], "completion_tokens") for model in asked):
            return "unknown: the endpoint tells of no tokens"
        if not known and all(model.engine == "local" for model in asked):
            return "none: the model runs here"
        if len(known) < len(costs):
            return "unknown; with --prompt-price and --completion-price it is told"
        own = self.settings.prompt_price is not None
        basis = "at the prices given" if own else "by the provider's list prices"
        return f"${math.ceil(sum(known) * 10_000) / 10_000:.4f} at most, {basis}"


def _total(asked: list[Model], name: str) -> int:
    return sum(getattr(model.usage, name) for model in asked)


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'s' * (number != 1)}"
