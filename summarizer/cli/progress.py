"""How far a run is, on standard error: a bar on a terminal, a line a report otherwise."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Self

from summarizer.cli.tally import Tally
from summarizer.cli.terminal import is_terminal, say
from summarizer.escape import for_terminal

if TYPE_CHECKING:
    from rich.progress import TaskID

    from summarizer.brief import Brief, Usage
    from summarizer.pipeline import Progress
    from summarizer.run import Outcome


class Display(AbstractContextManager["Display"]):
    """Shows nothing; what a run tells it, and the base of what shows something."""

    def weights(self, done: int, total: int) -> None:
        """Take note of the bytes of the embedded model that are ready."""

    def step(self, progress: Progress) -> None:
        """Take note of how far one report is; may be called from several threads."""

    def finish(self, outcome: Outcome) -> None:
        """Take note of a report that is done, or has failed."""

    def aside(self) -> AbstractContextManager[None]:
        """Make room for what goes to standard output."""
        return nullcontext()

    def __exit__(self, *exception: object) -> None:
        """Clear what is shown."""


class Notices(Display):
    """What takes long, in a line; what becomes of the reports is logged."""

    def __init__(self) -> None:
        self._told_of_weights = False

    def weights(self, done: int, total: int) -> None:
        """Tell once that the model is being made ready: it takes a while."""
        if not self._told_of_weights:
            say(f"making the embedded model ready, once ({total / 1e9:.1f} GB)")
            self._told_of_weights = True


class Lines(Notices):
    """One line for each report when it is done."""

    def __init__(self, total: int | None) -> None:
        super().__init__()
        self._tally = Tally(total)

    def step(self, progress: Progress) -> None:
        """Take note of the report's share, for the time left."""
        self._tally.step(progress)

    def finish(self, outcome: Outcome) -> None:
        """Tell what the report gave, and how long the others will take."""
        self._tally.finish(outcome)
        told = [result(outcome), self._tally.left]
        say(f"[{self._tally.reports}] {outcome.name}: {'; '.join(filter(None, told))}")


class Bar(Display):
    """A bar with reports, tokens, cost and the time left."""

    def __init__(self, total: int | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._lock = threading.Lock()
        self._tally = Tally(total)
        self._running: dict[str, Usage] = {}
        self._tokens, self._cost = 0, 0.0
        self._bar = Progress(
            TextColumn("{task.fields[what]}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[spent]}", markup=False),
            TextColumn("{task.fields[left]}", markup=False),
            console=Console(stderr=True),
            transient=True,
            # Rich would send what is written to standard output to its own console: stderr.
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._reports = self._bar.add_task("", total=total, what=self._count(), spent="", left="")
        self._weights: TaskID | None = None

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        """Take the bar away."""
        self._bar.stop()

    def weights(self, done: int, total: int) -> None:
        """Show a second bar while the model is made ready."""
        if self._weights is None:
            self._weights = self._bar.add_task(
                "", total=total, what="model, once", spent="", left=""
            )
        self._bar.update(self._weights, completed=done, visible=done < total)

    def step(self, progress: Progress) -> None:
        """Move the bar by the share of the report's questions that are answered."""
        with self._lock:
            self._tally.step(progress)
            self._running[progress.document] = progress.usage
            self._show(f"{self._count()} {progress.document} ({progress.stage})")

    def finish(self, outcome: Outcome) -> None:
        """Count the report."""
        with self._lock:
            self._tally.finish(outcome)
            usage = self._running.pop(outcome.document.id if outcome.document else "", None)
            spent = [usage] if usage else []
            if outcome.brief:
                # What an earlier run has paid for is not this one's.
                spent = [] if outcome.kept else _usages(outcome.brief)
            self._tokens += sum(map(_tokens, spent))
            self._cost += sum(usage.cost_usd or 0.0 for usage in spent)
            self._show(self._count())

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something else is written."""
        self._bar.stop()
        yield
        self._bar.start()

    def _count(self) -> str:
        return f"{self._tally.reports} reports"

    def _show(self, what: str) -> None:
        tokens = self._tokens + sum(map(_tokens, self._running.values()))
        cost = self._cost + sum(usage.cost_usd or 0.0 for usage in self._running.values())
        self._bar.update(
            self._reports,
            completed=self._tally.done,
            what=for_terminal(what),
            spent=f"{tokens:,} tokens" + (f" ${cost:.4f}" if cost else ""),
            left=self._tally.left,
        )


def display(total: int | None, *, quiet: bool, log: bool) -> Display:
    """Return what shows a run over *total* reports; None: nobody knows yet how many there are.

    With a *log* of what becomes of each there is no need to.
    """
    if quiet:
        return Display()
    if log:
        return Notices()
    return Bar(total) if is_terminal(sys.stderr) else Lines(total)


def result(outcome: Outcome) -> str:
    """Return what became of a report, in a few words."""
    brief = outcome.brief
    if brief is None:
        return "failed"
    if outcome.kept:
        return "up to date"
    counts = [
        _count(brief.events, "event"),
        _count(brief.pledges, "pledge"),
        _count(brief.actors, "actor"),
        f"{len(brief.rejections)} rejected",
    ]
    usages = _usages(brief)
    tokens, seconds = sum(map(_tokens, usages)), sum(usage.seconds for usage in usages)
    costs = [usage.cost_usd for usage in usages if usage.requests]
    known = [cost for cost in costs if cost is not None]
    cost = f", ${sum(known):.4f}" if known and len(known) == len(costs) else ""
    return f"{', '.join(counts)}; {tokens:,} tokens, {seconds:.0f} s{cost}"


def _usages(brief: Brief) -> list[Usage]:
    """Return what a brief has used, and its second reading."""
    reading = brief.second_reading
    return [brief.usage, *([reading.usage] if reading else [])]


def _count(records: tuple[object, ...], name: str) -> str:
    return f"{len(records)} {name}{'s' * (len(records) != 1)}"


def _tokens(usage: Usage) -> int:
    return usage.prompt_tokens + usage.completion_tokens
