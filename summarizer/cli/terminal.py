"""What is written to the terminal: UTF-8, one line a message, nothing in it that can act."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Literal, TextIO

from summarizer.errors import InputError
from summarizer.escape import for_json_on_terminal, for_terminal

Colour = Literal["red", "yellow"]
_CODES = {"red": "31", "yellow": "33"}
_voices: list[Callable[[str, int], None]] = []


def use_utf8() -> None:
    """Write UTF-8 to both streams, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether *stream* leads to a terminal that can move its cursor."""
    if stream is None or not stream.isatty():
        return False
    from summarizer.settings import is_dumb_terminal  # slow, and for nobody's --help

    return not is_dumb_terminal()


def _is_coloured(stream: TextIO) -> bool:
    if not is_terminal(stream):
        return False
    from summarizer.settings import wants_colour

    return wants_colour()


def say(message: object, colour: Colour | None = None, *, level: int = logging.WARNING) -> None:
    """Tell *message* on standard error, in one line; *level* is that of ``logging``.

    A *colour* is shown on a terminal alone, and not when ``NO_COLOR`` is set.
    """
    if _voices:
        _voices[-1](str(message), level)
    else:
        write_error(message, colour)


@contextmanager
def say_as(voice: Callable[[str, int], None]) -> Iterator[None]:
    """Give what is said to *voice* while the block lasts."""
    _voices.append(voice)
    try:
        yield
    finally:
        _voices.pop()


def write_error(message: object, colour: Colour | None = None) -> None:
    """Write *message* to standard error, as one line; that it can't be written stops nothing."""
    if sys.stderr is None:  # the shell has closed it
        return
    line = for_terminal(message)
    if colour and _is_coloured(sys.stderr):
        line = f"\x1b[{_CODES[colour]}m{line}\x1b[0m"
    try:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def say_lines(text: str) -> None:
    """Write each line of *text* to standard error."""
    for line in text.splitlines():
        say(line)


def put(text: str) -> None:
    """Write *text* to standard output, at once.

    Raises:
        InputError: it cannot be written.
        BrokenPipeError: whoever reads has gone.
    """
    if sys.stdout is None:  # the shell has closed it
        raise InputError("standard output: closed; send it to a file")
    try:
        sys.stdout.write(for_json_on_terminal(text) if sys.stdout.isatty() else text)
        sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
        raise
    except OSError as error:
        silence(sys.stdout)
        reason = error.strerror
        raise InputError(f"standard output: cannot be written ({reason})") from error


def silence(stream: TextIO) -> None:
    """Send the rest to nowhere: the interpreter's own flush at exit must not complain either."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
