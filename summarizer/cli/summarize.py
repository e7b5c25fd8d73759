"""The command ``summarize``: reports in, a brief for each out."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.brief import Brief
from summarizer.cli.corrections import read_corrections, say_misfits
from summarizer.cli.failures import Failures
from summarizer.cli.files import fitting, try_directory, write_whole
from summarizer.cli.progress import Display, display
from summarizer.cli.resume import kept_brief
from summarizer.cli.settings import settings_of
from summarizer.cli.targets import Targets
from summarizer.cli.terminal import put, say, say_lines
from summarizer.errors import InputError, LimitReached, SummarizerError
from summarizer.ledger import Ledger
from summarizer.read import STDIN, Article, Metadata, find_sources, holds_several
from summarizer.render import brief_to_markdown, explain, to_json, to_jsonl
from summarizer.run import Outcome, summarize_many
from summarizer.settings import Settings
from summarizer.source import Document

_RENDER: Mapping[str, Callable[[Brief], str]] = {
    "json": to_json,
    "jsonl": to_jsonl,
    "md": brief_to_markdown,
}


def run(arguments: Namespace) -> int:
    """Write the briefs; return 1 if a report failed, or with ``--strict`` any value of one."""
    settings = settings_of(arguments)
    if arguments.workers is None:
        settings = settings.model_copy(update={"workers": os.cpu_count() or 1})
    about = {name: getattr(arguments, name) for name in ("published", "title", "publisher", "url")}
    Metadata().overridden(about)  # a value that is wrong for all reports is told once
    decisions = read_corrections(arguments)
    sources = find_sources(arguments.paths)
    several = any(map(holds_several, sources))
    form = _format(arguments, alone=len(sources) == 1 and not several)
    # How many a file of several holds shows when it has been read.
    total = None if several or STDIN in sources else len(sources)
    briefs = _Briefs(arguments, form, Targets(sources), Failures(arguments, total))
    for folder in filter(None, (arguments.out, arguments.keep_text)):
        try_directory(folder)  # before anything is asked and paid for

    def kept(article: Article, document: Document) -> Brief | None:
        target = briefs.target(article, document)
        if target is None:
            return None
        return kept_brief(document, target, settings, decisions, quiet=arguments.quiet)

    with ExitStack() as stack:
        ledger = None
        if arguments.out:
            ledger = stack.enter_context(Ledger(arguments.out, fresh=arguments.fresh))
            if ledger.warning:
                say(ledger.warning)
            stack.enter_context(_recorded(ledger, settings))
        shown = stack.enter_context(display(total, quiet=arguments.quiet))
        stack.enter_context(_told_of_failures(briefs.failures))
        outcomes = summarize_many(
            sources,
            encoding=arguments.encoding,
            allow_url=arguments.allow_url,
            settings=settings,
            kept=None if arguments.fresh or form == "md" else kept,
            ledger=ledger,
            ordered=ledger is None,
            progress=shown.step,
            weights_progress=shown.weights,
            corrections=decisions,
            **about,
        )
        stack.callback(outcomes.close)  # at once, whatever goes wrong here
        try:
            for outcome in outcomes:
                shown.finish(outcome)
                briefs.take(outcome, shown, total, ledger)
        except LimitReached as error:
            left = "some" if total is None else total - briefs.failures.taken
            raise LimitReached(f"stopped with {left} reports left: {error}") from error
    if briefs.kept and not arguments.quiet:
        say(f"{briefs.kept} of {briefs.failures.taken} briefs are up to date")
    say_misfits(decisions, briefs.texts)
    return briefs.failures.conclude()


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


@dataclass
class _Briefs:
    """The briefs of a run: where they go, and what did not come out right."""

    arguments: Namespace
    form: str
    targets: Targets
    failures: Failures
    texts: set[str] = field(default_factory=set)  # their checksums
    printed: int = 0
    kept: int = 0

    def target(self, article: Article, document: Document) -> Path | None:
        """Return the file that the brief of a report goes to; None is standard output."""
        if self.arguments.out is None:
            return None
        name = self.targets.name_of(article, document)
        return Path(self.arguments.out, fitting(name, f".brief.{self.form}"))

    def take(
        self, outcome: Outcome, shown: Display, total: int | None, ledger: Ledger | None
    ) -> None:
        """Write a brief to where it goes, or take note why there is none.

        Raises:
            InputError: nothing can be written any more, and what is left would be paid for.
        """
        self.failures.taken += 1
        document, article = outcome.document, outcome.article
        if document:
            self.texts.add(document.sha256)
        if outcome.brief is None or document is None or article is None:
            self.failures.add(outcome.name, outcome.error)
            if ledger:
                sha256 = document.sha256 if document else None
                ledger.note(outcome.name, sha256, None, type(outcome.error).__name__)
            return
        self.kept += outcome.kept
        in_line = self.form == "json" and article.part is not None and not self.arguments.out
        text = _RENDER["jsonl" if in_line else self.form](outcome.brief)
        try:
            if self.arguments.keep_text:
                name = self.targets.name_of(article, document)
                self.targets.keep_text(self.arguments.keep_text, name, document)
            if not outcome.kept:
                self._write(text, self.target(article, document), shown)
        except InputError as error:
            self.failures.add(outcome.name, error)
            if total is None or total > self.failures.taken:
                self._go_on(error, len(text), total)
        else:
            if ledger and (target := self.target(article, document)):
                ledger.note(outcome.name, document.sha256, target.name, None)
            self._tell(outcome.name, outcome.brief, shown)

    def _tell(self, name: str, brief: Brief, shown: Display) -> None:
        """Count what is amiss in a brief that is written, and explain it if wished."""
        self.failures.judge(name, brief)
        if self.arguments.explain:
            with shown.aside():
                say_lines(explain(brief))

    def _write(self, text: str, target: Path | None, shown: Display) -> None:
        if target:
            write_whole(target, text)
            return
        gap = "\n" if self.form == "md" and self.printed else ""
        with shown.aside():
            put(gap + text)
        self.printed += 1

    def _go_on(self, error: InputError, characters: int, total: int | None) -> None:
        try:
            if self.arguments.out is None:
                raise error
            for folder in filter(None, (self.arguments.out, self.arguments.keep_text)):
                try_directory(folder, characters)
        except InputError as lasting:
            left = "some" if total is None else total - self.failures.taken
            raise InputError(f"stopped with {left} reports left: {lasting}") from lasting
