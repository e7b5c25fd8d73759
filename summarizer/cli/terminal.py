"""What is written to the terminal: UTF-8, one line a message, nothing in it that can act."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from summarizer.escape import for_terminal


def use_utf8() -> None:
    """Write UTF-8 to both streams, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(message: object) -> None:
    """Write *message* to standard error, as one line."""
    sys.stderr.write(for_terminal(message) + "\n")
    sys.stderr.flush()


def say_lines(text: str) -> None:
    """Write each line of *text* to standard error."""
    for line in text.splitlines():
        say(line)


def put(text: str) -> None:
    """Write *text* to standard output, at once."""
    sys.stdout.write(text)
    sys.stdout.flush()
