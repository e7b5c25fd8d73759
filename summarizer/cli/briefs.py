"""The briefs of a run: where they go, whole, and what did not come out right."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.brief import Brief
from summarizer.cli.closing import Totals
from summarizer.cli.failures import Failures
from summarizer.cli.files import fitting, try_directory, write_whole
from summarizer.cli.progress import Display
from summarizer.cli.targets import Targets
from summarizer.cli.terminal import put, say_lines
from summarizer.errors import Deferred, InputError
from summarizer.ledger import Ledger
from summarizer.read import Article
from summarizer.render import brief_to_markdown, explain, to_json, to_jsonl
from summarizer.run import Outcome
from summarizer.source import Document

_RENDER: Mapping[str, Callable[[Brief], str]] = {
    "json": to_json,
    "jsonl": to_jsonl,
    "md": brief_to_markdown,
}


@dataclass
class Briefs:
    """The briefs of a run: where they go, and what did not come out right."""

    arguments: Namespace
    form: str
    targets: Targets
    failures: Failures
    totals: Totals
    ledger: Ledger | None = None
    texts: set[str] = field(default_factory=set)  # their checksums
    printed: int = 0
    waiting: int = 0  # for a batch

    def begin_again(self) -> None:
        """Forget what was counted of reports that are gone through once more."""
        self.failures = Failures(self.arguments, self.failures.reports)
        self.totals.begin_again()
        self.waiting = 0

    def target(self, article: Article, document: Document) -> Path | None:
        """Return the file that the brief of a report goes to; None is standard output."""
        if self.arguments.out is None:
            return None
        name = self.targets.name_of(article, document)
        return Path(self.arguments.out, fitting(name, f".brief.{self.form}"))

    @property
    def left(self) -> str:
        """How many reports are still to come, in words where nobody knows."""
        total = self.failures.reports
        return "some" if total is None else str(total - self.failures.taken)

    def take(self, outcome: Outcome, shown: Display) -> None:
        """Write a brief to where it goes, or take note why there is none.

        Raises:
            InputError: nothing can be written any more, and what is left would be paid for.
        """
        self.failures.taken += 1
        document, article = outcome.document, outcome.article
        if document:
            self.texts.add(document.sha256)
        if isinstance(outcome.error, Deferred):
            self.waiting += 1
        elif outcome.brief is None or document is None or article is None:
            self.totals.count(outcome, failed=True)
            self.failures.add(outcome.name, outcome.error)
            self._note(outcome, None)
        else:
            self._keep(outcome, outcome.brief, article, document, shown)

    def _keep(
        self, outcome: Outcome, brief: Brief, article: Article, document: Document, shown: Display
    ) -> None:
        target = self.target(article, document)
        in_line = self.form == "json" and article.part is not None and target is None
        text = _RENDER["jsonl" if in_line else self.form](brief)
        try:
            if self.arguments.keep_text:
                name = self.targets.name_of(article, document)
                self.targets.keep_text(self.arguments.keep_text, name, document)
            if not outcome.kept:
                self._write(text, target, shown)
        except InputError as error:
            self.totals.count(outcome, failed=True)
            self.failures.add(outcome.name, error)
            if self.left != "0":
                self._go_on(error, len(text))
        else:
            self.totals.count(outcome, failed=False)
            self._note(outcome, target)
            self._tell(outcome.name, brief, shown)

    def _note(self, outcome: Outcome, target: Path | None) -> None:
        if self.ledger:
            sha256 = outcome.document.sha256 if outcome.document else None
            error = type(outcome.error).__name__ if outcome.error else None
            self.ledger.note(outcome.name, sha256, target.name if target else None, error)

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

    def _go_on(self, error: InputError, characters: int) -> None:
        try:
            if self.arguments.out is None:
                raise error
            for folder in filter(None, (self.arguments.out, self.arguments.keep_text)):
                try_directory(folder, characters)
        except InputError as lasting:
            raise InputError(f"stopped with {self.left} reports left: {lasting}") from lasting
