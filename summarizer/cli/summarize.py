"""The command ``summarize``: reports in, a brief for each out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.brief import Brief
from summarizer.cli.corrections import read_corrections, say_misfits
from summarizer.cli.failures import Failures
from summarizer.cli.files import brief_paths, try_directory, write_whole
from summarizer.cli.progress import Display, display
from summarizer.cli.resume import kept_brief
from summarizer.cli.settings import settings_of
from summarizer.cli.terminal import put, say, say_lines
from summarizer.errors import InputError, SummarizerError
from summarizer.pipeline import Outcome, summarize_many
from summarizer.read import Metadata, find_documents
from summarizer.render import brief_to_markdown, explain, to_json, to_jsonl

_RENDER: Mapping[str, Callable[[Brief], str]] = {
    "json": to_json,
    "jsonl": to_jsonl,
    "md": brief_to_markdown,
}


def run(arguments: Namespace) -> int:
    """Write the briefs; return 1 if a report failed, or with ``--strict`` any value of one."""
    settings = settings_of(arguments)
    about = {name: getattr(arguments, name) for name in ("published", "title", "publisher", "url")}
    Metadata().overridden(about)  # a value that is wrong for all reports is told once
    decisions = read_corrections(arguments)
    paths = find_documents(arguments.paths)
    form = _format(arguments, len(paths))
    targets = brief_paths(paths, arguments.out, f".brief.{form}") if arguments.out else {}
    briefs = _Briefs(arguments, form, targets, Failures(arguments, len(paths)))
    waiting = []
    for path in paths:
        brief = None
        if arguments.resume:
            brief = kept_brief(path, targets[path], settings, about, decisions, arguments)
        if brief:
            briefs.tell(path, brief, Display())
        else:
            waiting.append(path)
    if len(waiting) < len(paths) and not arguments.quiet:
        say(f"{len(paths) - len(waiting)} of {len(paths)} briefs are up to date")
    if waiting and arguments.out:
        try_directory(arguments.out)  # before anything is asked and paid for
    try:
        with display(len(waiting), quiet=arguments.quiet) as shown:
            outcomes = summarize_many(
                waiting,
                encoding=arguments.encoding,
                settings=settings,
                progress=shown.step,
                weights_progress=shown.weights,
                corrections=decisions,
                **about,
            )
            for number, outcome in enumerate(outcomes, 1):
                shown.finish(outcome)
                briefs.take(outcome, shown, left=len(waiting) - number)
    except (SummarizerError, KeyboardInterrupt):
        briefs.failures.conclude()
        raise
    say_misfits(decisions, briefs.texts)
    return briefs.failures.conclude()


def _format(arguments: Namespace, reports: int) -> str:
    alone = reports == 1 or arguments.out
    if arguments.format == "json" and not alone:
        raise InputError("several briefs are not one JSON file: use --format jsonl or --out DIR")
    return str(arguments.format or ("json" if alone else "jsonl"))


@dataclass
class _Briefs:
    """The briefs of a run: where they go, and what did not come out right."""

    arguments: Namespace
    form: str
    targets: Mapping[Path, Path]
    failures: Failures
    texts: set[str] = field(default_factory=set)  # their checksums
    printed: int = 0

    def take(self, outcome: Outcome, shown: Display, *, left: int) -> None:
        """Write a brief to where it goes, or take note why there is none.

        Raises:
            InputError: nothing can be written any more, and *left* reports would be paid for.
        """
        if outcome.document:
            self.texts.add(outcome.document.sha256)
        if outcome.brief is None:
            self.failures.add(outcome.path, outcome.error)
            return
        text = _RENDER[self.form](outcome.brief)
        try:
            self._write(text, self.targets.get(outcome.path), shown)
        except InputError as error:
            self.failures.add(outcome.path, error)
            if left:
                self._go_on(error, len(text), left)
        else:
            self.tell(outcome.path, outcome.brief, shown)

    def tell(self, path: Path, brief: Brief, shown: Display) -> None:
        """Count what is amiss in a brief that is written, and explain it if wished."""
        self.texts.add(brief.document.sha256)
        self.failures.judge(path, brief)
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

    def _go_on(self, error: InputError, characters: int, left: int) -> None:
        try:
            if self.arguments.out is None:
                raise error
            try_directory(self.arguments.out, characters)
        except InputError as lasting:
            raise InputError(f"stopped with {left} reports left: {lasting}") from lasting
