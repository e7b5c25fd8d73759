"""Take bytes out of files, pipes and standard input, and never wait for them in vain."""

from __future__ import annotations

import os
import select
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from summarizer.errors import InputError

STDIN = Path("-")
PATIENCE = 10.0
"""Seconds for which a named pipe may stay silent before it counts as one that nobody writes to."""

_CHUNK = 1 << 16


def bytes_of(path: Path, limit: int | None = None) -> bytes:
    """Return what the file *path* holds, ``-`` being standard input, or its first *limit* bytes.

    Raises:
        InputError: there is no such file, or it cannot be read; the message says why.
    """
    where = name_of(path)
    try:
        if path == STDIN:
            return _standard_input(limit)
        mode = path.stat().st_mode
        if stat.S_ISFIFO(mode):
            return _piped(path, where, limit)
        if stat.S_ISDIR(mode):
            raise InputError(f"{where}: a directory; give the files in it")
        if not stat.S_ISREG(mode):
            raise InputError(f"{where}: a device or socket; give a file")
        with path.open("rb") as stream:
            return stream.read(-1 if limit is None else limit)
    except FileNotFoundError as error:
        raise InputError(f"{where}: no such file; check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{where}: cannot be read ({reason}); check the path") from error


@contextmanager
def stream_of(path: Path) -> Iterator[IO[bytes]]:
    """Open the file *path* to be read bit by bit, ``-`` being standard input.

    Raises:
        InputError: there is no such file, or it cannot be read; the message says why.
    """
    if path == STDIN and sys.stdin is not None:
        yield sys.stdin.buffer
        return
    bytes_of(path, limit=0)  # tells what is wrong with it
    if stat.S_ISFIFO(path.stat().st_mode):
        raise InputError(f"{name_of(path)}: a named pipe; send it to standard input and give -")
    with path.open("rb") as stream:
        yield stream


def name_of(path: Path) -> str:
    """Return what messages call the file *path*."""
    return one_line("standard input" if path == STDIN else path)


def one_line(text: object) -> str:
    """Return *text* fit for one line of a message: nothing in it that does not print."""
    return "".join(c if c.isprintable() else "_" for c in str(text))


def _standard_input(limit: int | None) -> bytes:
    if sys.stdin is None:  # the shell has closed it
        raise InputError("standard input: closed; give a file")
    return sys.stdin.buffer.read(-1 if limit is None else limit)


def _piped(path: Path, where: str, limit: int | None) -> bytes:
    """Read a named pipe to its end; opening it as a file would wait for a writer forever."""
    data = b""
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        while limit is None or len(data) < limit:
            if not select.select([pipe], [], [], PATIENCE)[0]:
                raise InputError(f"{where}: a named pipe that nobody writes to; give a file")
            chunk = os.read(pipe, _CHUNK)
            if not chunk:
                break
            data += chunk
    finally:
        os.close(pipe)
    return data[:limit]
