"""Hold a file for one process alone: the operating system lets go of it when the process ends."""

from __future__ import annotations

import os
import sys
from io import FileIO
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    _BEYOND = 2**40  # a byte that no review file reaches: it is only there to be locked

    def lock(file: FileIO) -> None:
        """Lock *file*; raises OSError when another one holds it."""
        file.seek(_BEYOND)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

    def sync_entry(path: Path) -> None:
        """See to it that *path* itself is on disk, which this system does on its own."""

else:
    import fcntl

    def lock(file: FileIO) -> None:
        """Lock *file*; raises OSError when another one holds it, also in this process."""
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def sync_entry(path: Path) -> None:
        """See to it that *path* itself, not only what is in it, is on disk."""
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
