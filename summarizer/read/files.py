"""Take bytes out of files, pipes and standard input, and never wait for them in vain."""

from __future__ import annotations

import os
import select
import stat
import sys
from pathlib import Path

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
    where = one_line("standard input" if path == STDIN else path)
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
