"""Which files may be read for an assistant: those in folders that its user has named, no other."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from summarizer.errors import InputError
from summarizer.escape import for_terminal
from summarizer.read import bytes_of

MOST_BYTES = 64 << 20
"""Of a file of JSON; the brief of the longest report that is read has a tenth of it."""


class Folders:
    """Some folders; a file is in one of them if it is once all links are followed."""

    def __init__(self, given: Iterable[Path]) -> None:
        """Raise InputError when one of *given* is no folder."""
        self._roots = tuple(dict.fromkeys(map(_folder, given)))

    @property
    def names(self) -> tuple[str, ...]:
        """The folders, without links."""
        return tuple(map(str, self._roots))

    def file(self, name: str) -> Path:
        """Return the file *name*, which is absolute or relative to one of the folders.

        What is told beside it in ``<stem>.meta.json`` must be in a folder as well.

        Raises:
            InputError: it is in none of them, or no file. Nothing is told of what is outside.
        """
        shown = for_terminal(name)
        if not self._roots:
            raise InputError(
                f"{shown}: no folder was named to read from; give the text itself, or start the "
                "server with --dir FOLDER"
            )
        if "\0" in name:
            raise InputError(f"{shown}: not the name of a file")
        inside = [path for root in self._roots if self._holds(path := _real(root / name))]
        if not inside:
            folders = ", ".join(self.names)
            raise InputError(f"{shown}: outside the folders that may be read: {folders}")
        files = [path for path in inside if os.path.isfile(path)]  # noqa: PTH113 (never raises)
        if not files:
            raise InputError(f"{shown}: no such file in the folders that may be read")
        path = files[0]
        if not self._holds(_real(path.with_name(f"{path.stem}.meta.json"))):
            raise InputError(f"{shown}: the .meta.json beside it leads out of the folders")
        return path

    def json(self, name: str) -> object:
        """Return the JSON value in the file *name*.

        Raises:
            InputError: it may not be read, or is not JSON.
        """
        shown, data = for_terminal(name), bytes_of(self.file(name), MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise InputError(f"{shown}: larger than {MOST_BYTES >> 20} MB; no brief is")
        try:
            return json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise InputError(f"{shown}: not JSON ({error})") from error

    def _holds(self, path: Path) -> bool:
        return any(path.is_relative_to(root) for root in self._roots)


def _folder(given: Path) -> Path:
    if not os.path.isdir(given):  # noqa: PTH112 (unlike Path's it never raises)
        raise InputError(f"{for_terminal(given)}: no such folder; check --dir")
    return _real(given)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
