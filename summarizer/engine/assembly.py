"""Checksums of large files, and one file made from parts: paths in, SHA-256 out."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import ModelUnavailable

Progress = Callable[[int, int], None]
"""Told the bytes done and the bytes in all, after each block."""

_BLOCK = 1 << 20  # bytes read at once: large enough for the disk, small enough for a smooth bar
_ABANDONED = 3600.0  # seconds without a write after which a half file has no living owner


def assemble(
    parts: Sequence[Path], target: Path, *, sha256: str, progress: Progress | None = None
) -> str:
    """Join *parts* into *target* and return the SHA-256 of what they give.

    *target* comes into being whole and only if that is *sha256*; neither an interruption nor
    another process that does the same leaves anything half done.

    Raises:
        ModelUnavailable: The disk is full, or a file cannot be read or written.
    """
    with _disk_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(target)
        _check_space(target.parent, sum(part.stat().st_size for part in parts))
        handle, name = tempfile.mkstemp(".part", f".{target.name}.", target.parent)
        half = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                checksum = digest(parts, out=out, progress=progress)
                out.flush()
                os.fsync(out.fileno())
            if checksum == sha256:
                half.chmod(0o644)  # a cache may be shared; temporary files are their owner's alone
                _move(half, target)
                _remember(target, target.parent, checksum)
        finally:
            half.unlink(missing_ok=True)
    return checksum


def digest(
    files: Sequence[Path], *, out: BinaryIO | None = None, progress: Progress | None = None
) -> str:
    """Return the SHA-256 of *files* read one after the other; write what was read to *out*."""
    sha256, done = hashlib.sha256(), 0
    total = sum(file.stat().st_size for file in files)
    for file in files:
        with file.open("rb") as source:
            while block := source.read(_BLOCK):
                sha256.update(block)
                if out:
                    out.write(block)
                done += len(block)
                if progress:
                    progress(done, total)
    return sha256.hexdigest()


def known_checksum(path: Path, cache: Path, progress: Progress | None = None) -> str:
    """Return the SHA-256 of *path*, as remembered in *cache* if the file is unchanged since.

    Reading a gigabyte again costs five seconds at every start.
    """
    with suppress(OSError):
        known = _record(path, cache).read_text("ascii", "replace")
        if re.fullmatch("[0-9a-f]{64}", known):
            return known
    return fresh_checksum(path, cache, progress)


def fresh_checksum(path: Path, cache: Path, progress: Progress | None = None) -> str:
    """Return the SHA-256 of *path*, read in full, and remember it in *cache*."""
    checksum = digest([path], progress=progress)
    _remember(path, cache, checksum)
    return checksum


def _remember(path: Path, cache: Path, checksum: str) -> None:
    with suppress(OSError):  # a cache that cannot be written costs time, nothing else
        record = _record(path, cache)
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(checksum, "ascii")


def _record(path: Path, cache: Path) -> Path:
    """Where the checksum of *path*, as it is now, is kept: any change leads elsewhere."""
    state = path.stat()
    key = f"{path.resolve()}\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_ctime_ns}"
    return cache / "checksums" / hashlib.sha256(os.fsencode(key)).hexdigest()


def _move(half: Path, target: Path) -> None:
    try:
        half.replace(target)
    except PermissionError:
        if not target.is_file():  # Windows: another process was first and has it open
            raise


def _clear_abandoned(target: Path) -> None:
    for half in target.parent.glob(f".{target.name}.*.part"):
        with suppress(OSError):  # another process may be clearing up as well
            if time.time() - half.stat().st_mtime > _ABANDONED:
                half.unlink()


def _check_space(directory: Path, size: int) -> None:
    free = shutil.disk_usage(directory).free
    if free < size:
        raise ModelUnavailable(
            f"the model needs {size / 1e9:.2f} GB in {directory}, {free / 1e9:.2f} GB are free: "
            "make room there or name another directory by SUMMARIZER_CACHE_DIR"
        )


@contextmanager
def _disk_errors(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelUnavailable(
            f"cannot put the model together in {directory}: {error.strerror or error}; "
            "make room there or name another directory by SUMMARIZER_CACHE_DIR"
        ) from error
