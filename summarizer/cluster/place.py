"""A directory, local or behind a URL that fsspec knows: what is in it, opened, written whole."""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from summarizer.errors import InputError

if TYPE_CHECKING:
    from types import ModuleType

EXTRA = "pip install 'summarizer[ray]'"
_BUFFER = 1 << 20
# What file systems call the things that change with a file's content.
_CHANGING = ("size", "ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "updated")


class Place:
    """A directory at *url*; names in it are relative and have slashes."""

    def __init__(self, url: str) -> None:
        """Connect to nothing yet; raise InputError when the address cannot be used."""
        with _told(url):
            try:
                self._files, self._root = needed("fsspec").core.url_to_fs(url)
            except (ImportError, ValueError) as error:
                raise InputError(f"{url}: cannot be reached ({error})") from error
        self._root = self._root.rstrip("/") or "/"
        self.is_local = "file" in _protocols(self._files)
        self.url = self._root if self.is_local else url.rstrip("/")  # workers are in other folders

    @classmethod
    def of_input(cls, url: str) -> tuple[Self, Mapping[str, str]]:
        """Return the directory that *url* is or that its file lies in, and the input's files.

        With each file's name comes what changes with its content.
        """
        place = cls(url)
        with _told(url):
            about = place._files.info(place._root)
            if about["type"] != "directory":
                parent = cls(place.url.rpartition("/")[0] or "/")
                return parent, {place._root.rpartition("/")[2]: _version(about)}
            found = place._files.find(place._root, detail=True)
        cut = len(place._root.rstrip("/")) + 1
        return place, {path[cut:]: _version(each) for path, each in sorted(found.items())}

    def names(self) -> list[str]:
        """Return what lies in the directory itself; nothing if there is no such directory."""
        with _told(self.url):
            try:
                found = self._files.ls(self._root, detail=False)
            except FileNotFoundError:
                return []
        return [path.rstrip("/").rpartition("/")[2] for path in found]

    def path(self, name: str) -> Path:
        """Return the path of a file of a local directory."""
        return Path(self._root, name)

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file to be read from any place on."""
        with _told(f"{self.url}: {name}"), self._files.open(f"{self._root}/{name}", "rb") as raw:
            yield io.BufferedReader(raw, _BUFFER)

    def fetch(self, name: str, target: Path) -> None:
        """Copy a file to *target*."""
        with _told(f"{self.url}: {name}"):
            self._files.get_file(f"{self._root}/{name}", str(target))

    def put(self, name: str, data: bytes) -> None:
        """Write a file whole: a reader finds the old one or the new one, never a part."""
        with _told(f"{self.url}: {name}", "written"):
            if not self.is_local:
                # Stores of objects show one when the last byte of it has come.
                self._files.pipe_file(f"{self._root}/{name}", data)
                return
            target = self.path(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            half = target.with_name(f".{name}.{secrets.token_hex(4)}.half")
            try:
                with half.open("xb") as stream:
                    stream.write(data)
                    stream.flush()
                    os.fsync(stream.fileno())
                half.replace(target)
            finally:
                with suppress(FileNotFoundError):
                    half.unlink()

    def remove(self, name: str) -> None:
        """Remove a file."""
        with _told(f"{self.url}: {name}", "removed"):
            self._files.rm_file(f"{self._root}/{name}")


def needed(module: str) -> ModuleType | Any:
    """Return a module of the extra ``ray``.

    Raises:
        InputError: it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise InputError(f"the command cluster needs {error.name}: {EXTRA}") from error


def _protocols(files: Any) -> tuple[str, ...]:
    return (files.protocol,) if isinstance(files.protocol, str) else tuple(files.protocol)


def _version(about: Mapping[str, object]) -> str:
    return " ".join(f"{name}={about[name]}" for name in _CHANGING if name in about)


@contextmanager
def _told(where: str, what: str = "read") -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise InputError(f"{where}: no such file or directory; check the path") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{where}: cannot be {what} ({reason}); check the path") from error
