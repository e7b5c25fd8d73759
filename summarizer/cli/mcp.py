"""The command ``mcp``: the tools of an assistant, over standard input and output."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from summarizer.assist.folders import Folders
from summarizer.cli.settings import settings_of
from summarizer.cli.terminal import say
from summarizer.errors import InputError

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_CHUNK = 1 << 16


def run(arguments: Namespace) -> int:
    """Serve until the assistant closes standard input, or a signal does."""
    folders, settings = Folders(arguments.dir), settings_of(arguments)
    try:
        from summarizer.assist.server import serve
    except ModuleNotFoundError as error:
        raise InputError(f"mcp needs {error.name}: pip install 'summarizer[mcp]'") from error
    if sys.stdin is None or sys.stdout is None:
        raise InputError("mcp speaks over standard input and output; one of them is closed")
    if sys.stdin.isatty():
        say("an assistant starts this, and speaks MCP to it; end with Ctrl-C")
    # The library of the protocol writes whatever is logged to standard error.
    logging.getLogger("summarizer.events").propagate = False
    with _ended_by_signals(sys.stdin):
        serve(folders, settings)
    return 0


@contextmanager
def _ended_by_signals(given: TextIO) -> Iterator[None]:
    """Let a signal be the end of standard input, then an interrupt; a second one acts at once.

    The server reads its input in a thread that no signal wakes: here it reads from a pipe.
    """
    wire, nothing = os.dup(given.fileno()), os.open(os.devnull, os.O_RDWR)
    reading, writing = os.pipe()
    caught: list[int] = []

    def end() -> None:
        os.dup2(nothing, writing)  # not closed: its number must not become another file's

    def catch(number: int, _: object) -> None:
        caught.append(number)
        signal.signal(number, before[number])
        end()

    def pump() -> None:
        with suppress(OSError):
            while chunk := os.read(wire, _CHUNK):
                while chunk:
                    chunk = chunk[os.write(writing, chunk) :]
        end()

    os.dup2(nothing, given.fileno())  # no process that is started may read what is sent
    before = {int(number): signal.signal(number, catch) for number in _SIGNALS}
    threading.Thread(target=pump, daemon=True).start()
    try:
        with os.fdopen(reading, encoding="utf-8") as sys.stdin:
            yield
    finally:
        sys.stdin = given
        os.dup2(wire, given.fileno())
        for number, handler in before.items():
            signal.signal(number, handler)
    if caught:
        raise KeyboardInterrupt
