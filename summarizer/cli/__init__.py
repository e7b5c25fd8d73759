"""The command line: arguments in, settings, one library call, text and an exit code out.

Exit codes: 0 done, 1 something failed (in one clear line), 2 wrong usage, 130 interrupted, be that
by Ctrl-C or by SIGTERM.
"""

from __future__ import annotations

import logging
import signal
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import NoReturn

from summarizer.cli.arguments import parse
from summarizer.cli.logs import logged
from summarizer.cli.terminal import say, use_utf8
from summarizer.errors import SummarizerError

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that *argv* (default: the process's own arguments) names."""
    use_utf8()
    return _ended(partial(_start, argv))


def _start(argv: Sequence[str] | None) -> int:
    with _sigterm_interrupts():
        arguments = parse(argv)
        with logged(arguments) as arguments.counters:
            return _ended(partial(_run, arguments))


def _run(arguments: Namespace) -> int:
    # A command's own module is imported last, so that --help needs none of its libraries.
    code: int = import_module(f"{__name__}.{arguments.command}").run(arguments)
    return code


def _ended(work: Callable[[], int]) -> int:
    """Do *work* and return its exit code, or that of what it ends in, which is told in one line."""
    try:
        return work()
    except SummarizerError as error:
        say(f"summarizer: {error}", "red", level=logging.ERROR)
        return 1
    except KeyboardInterrupt:
        say("summarizer: interrupted", level=logging.ERROR)
        return INTERRUPTED
    except BrokenPipeError:
        return 1


@contextmanager
def _sigterm_interrupts() -> Iterator[None]:
    """Let SIGTERM end the run as Ctrl-C does, with everything put in order."""
    in_charge = threading.current_thread() is threading.main_thread()
    if not in_charge or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
