"""The command ``summarize``: reports in, a brief for each out."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from summarizer.batch import answer_all
from summarizer.brief import Brief
from summarizer.cli.briefs import Briefs
from summarizer.cli.closing import Totals
from summarizer.cli.corrections import read_corrections, say_misfits
from summarizer.cli.failures import Failures
from summarizer.cli.files import try_directory
from summarizer.cli.progress import display
from summarizer.cli.resume import kept_brief
from summarizer.cli.settings import settings_of
from summarizer.cli.targets import Targets
from summarizer.cli.terminal import say
from summarizer.errors import InputError, LimitReached, SummarizerError
from summarizer.ledger import Ledger
from summarizer.pipeline import open_batches
from summarizer.read import STDIN, Article, Metadata, Source, find_sources, holds_several
from summarizer.review import Decision
from summarizer.run import summarize_many
from summarizer.settings import Settings
from summarizer.source import Document


def run(arguments: Namespace) -> int:
    """Write the briefs; return 1 if a report failed, or with ``--strict`` any value of one."""
    settings = settings_of(arguments)
    if arguments.workers is None:
        settings = settings.model_copy(update={"workers": os.cpu_count() or 1})
    if arguments.batch:
        open_batches(settings).close()  # where there are none is told first
    about = {name: getattr(arguments, name) for name in ("published", "title", "publisher", "url")}
    Metadata().overridden(about)  # a value that is wrong for all reports is told once
    decisions = read_corrections(arguments)
    sources = find_sources(arguments.paths)
    several = any(map(holds_several, sources))
    form = _format(arguments, alone=len(sources) == 1 and not several)
    # How many a file of several holds shows when it has been read.
    total = None if several or STDIN in sources else len(sources)
    for folder in filter(None, (arguments.out, arguments.keep_text)):
        try_directory(folder)  # before anything is asked and paid for
    totals = Totals(settings, quiet=arguments.quiet)
    briefs = Briefs(arguments, form, Targets(sources), Failures(arguments, total), totals)
    rounds = _Rounds(arguments, settings, about, decisions, sources, briefs)
    with ExitStack() as stack:
        if arguments.out:
            ledger = Ledger(arguments.out, fresh=arguments.fresh, defers=arguments.batch)
            briefs.ledger = stack.enter_context(ledger)
            if ledger.warning:
                say(ledger.warning)
            stack.enter_context(_recorded(ledger, settings))
        stack.callback(totals.tell)
        rounds.go()
        while briefs.ledger and briefs.waiting:
            with open_batches(settings) as batches:
                answer_all(briefs.ledger, batches, told=_quiet if arguments.quiet else say)
            briefs.begin_again()
            rounds.go()
    if totals.kept and not arguments.quiet:
        say(f"{totals.kept} of {briefs.failures.taken} briefs are up to date")
    say_misfits(decisions, briefs.texts)
    return briefs.failures.conclude()


@dataclass(frozen=True)
class _Rounds:
    """Goes through all reports, once or, where questions wait for a batch, several times."""

    arguments: Namespace
    settings: Settings
    about: dict[str, str | None]
    decisions: Sequence[Decision]
    sources: Sequence[Source]
    briefs: Briefs

    def go(self) -> None:
        """Go through them once."""
        arguments, briefs = self.arguments, self.briefs
        again = not arguments.fresh and briefs.form != "md"
        with ExitStack() as stack:
            log = arguments.log_format == "json"
            total = briefs.failures.reports
            shown = stack.enter_context(display(total, quiet=arguments.quiet, log=log))
            stack.enter_context(_told_of_failures(briefs.failures))
            outcomes = summarize_many(
                self.sources,
                encoding=arguments.encoding,
                allow_url=arguments.allow_url,
                settings=self.settings,
                kept=self._kept if again else None,
                ledger=briefs.ledger,
                ordered=briefs.ledger is None,
                progress=shown.step,
                weights_progress=shown.weights,
                corrections=self.decisions,
                watch_model=briefs.totals.watch,
                counters=arguments.counters,
                **self.about,
            )
            stack.callback(outcomes.close)  # at once, whatever goes wrong here
            try:
                for outcome in outcomes:
                    shown.finish(outcome)
                    briefs.take(outcome, shown)
            except LimitReached as error:
                raise LimitReached(f"stopped with {briefs.left} reports left: {error}") from error

    def _kept(self, article: Article, document: Document) -> Brief | None:
        target = self.briefs.target(article, document)
        if target is None:
            return None
        quiet = self.arguments.quiet
        return kept_brief(document, target, self.settings, self.decisions, quiet=quiet)


@contextmanager
def _recorded(ledger: Ledger, settings: Settings) -> Iterator[None]:
    """Let the ledger know of a run, and how it ends."""
    ledger.begin(settings.model or settings.chosen_engine)
    state = "interrupted"
    try:
        yield
        state = "done"
    except SummarizerError:
        state = "stopped"
        raise
    finally:
        with suppress(InputError):  # where nothing can be written, that is why it ends
            ledger.end(state)


@contextmanager
def _told_of_failures(failures: Failures) -> Iterator[None]:
    """Tell what has failed so far also when the run ends before its time."""
    try:
        yield
    except (SummarizerError, KeyboardInterrupt):
        failures.conclude()
        raise


def _format(arguments: Namespace, *, alone: bool) -> str:
    alone = alone or arguments.out is not None
    if arguments.format == "json" and not alone:
        raise InputError("several briefs are not one JSON file: use --format jsonl or --out DIR")
    return str(arguments.format or ("json" if alone else "jsonl"))


def _quiet(_: str) -> None:
    """Say nothing."""
