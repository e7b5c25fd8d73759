"""Standard error for machines: every line a JSON object, the counts of the run the last one."""

from __future__ import annotations

import logging
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from summarizer.cli.terminal import say_as, write_error
from summarizer.observe import Counters, Event, JsonLines, tell

_SUMMARY = "run.done"


@contextmanager
def logged(arguments: Namespace) -> Iterator[Counters]:
    """Log as ``--log-format`` says while the block lasts; give what is counted meanwhile.

    With ``--quiet`` nothing but warnings, errors and the counts at the end.
    """
    counters = Counters()
    if getattr(arguments, "log_format", "text") == "text":
        yield counters
        return
    handler = _Lines()
    if arguments.quiet:
        handler.addFilter(_is_kept_when_quiet)
    root, own = logging.getLogger(), logging.getLogger("summarizer")
    before = root.handlers, own.level
    # The only handler, and there before any client looks whether it is to add one of its own.
    root.handlers = [handler]
    own.setLevel(logging.INFO)
    logging.captureWarnings(True)
    try:
        with say_as(_said):
            yield counters
    finally:
        logging.getLogger("summarizer.events").info(Event(_SUMMARY, counters.as_dict()))
        logging.captureWarnings(False)
        root.handlers = before[0]
        own.setLevel(before[1])


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        write_error(self.format(record))


def _is_kept_when_quiet(record: logging.LogRecord) -> bool:
    summary = isinstance(record.msg, Event) and record.msg.name == _SUMMARY
    return summary or record.levelno >= logging.WARNING


def _said(message: str, level: int) -> None:
    tell("message", level=level, message=message)
