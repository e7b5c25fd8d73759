"""What did not come out right in a run, gathered report by report and told at its end."""

from __future__ import annotations

import logging
import traceback
from argparse import Namespace

from summarizer.ask import UNANSWERED
from summarizer.brief import Brief
from summarizer.cli.terminal import say, say_lines
from summarizer.errors import SummarizerError


def lacks_answers(brief: Brief) -> bool:
    """Tell whether the model left out a part that it was to fill."""
    return any(warning.startswith(UNANSWERED) for warning in brief.warnings)


class Failures:
    """Gathers what stands against each of some *reports*, or of those taken in the end.

    ``taken`` counts what was taken of them.
    """

    def __init__(self, arguments: Namespace, reports: int | None) -> None:
        self._arguments = arguments
        self.reports = reports
        self.taken = 0
        self._lines: list[str] = []
        self._lacking = 0

    def add(self, name: str, error: SummarizerError | None) -> None:
        """Take note of what kept a report from its brief, or the brief from its file."""
        if self._arguments.debug and type(error) is SummarizerError and error.__cause__:
            # Only a fault of this program has a traceback of use; it may quote the article.
            say_lines("".join(traceback.format_exception(error.__cause__)))
        message = str(error)
        self._lines.append(message if message.startswith(name) else f"{name}: {message}")

    def judge(self, name: str, brief: Brief) -> None:
        """Count a brief that lacks answers; with ``--strict`` anything amiss in it is a failure."""
        lacking = lacks_answers(brief)
        self._lacking += lacking
        amiss = []
        if brief.rejections:
            amiss.append(f'{len(brief.rejections)} rejected, see its "rejections"')
        if lacking:
            amiss.append('the model did not answer to all, see its "warnings"')
        if amiss and self._arguments.strict:
            self._lines.append(f"{name}: {'; '.join(amiss)}")

    def conclude(self) -> int:
        """Tell all of it; return the exit code."""
        reports = self.reports or self.taken
        if self._lacking:
            count = f"{self._lacking} of {reports} briefs lack"
            say(f'summarizer: {count} what the model did not answer, see their "warnings"')
        if not self._lines:
            return 0
        if reports == 1:
            say(f"summarizer: {self._lines[0]}", "red", level=logging.ERROR)
            return 1
        count = f"{len(self._lines)} of {reports} reports"
        say(f"summarizer: {count} did not come out right:", "red", level=logging.ERROR)
        for line in self._lines:
            say(f"  {line}", level=logging.ERROR)
        return 1
