"""Find the report that a brief is about: by its checksum, else by its name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from encodings.aliases import aliases
from functools import cached_property
from pathlib import Path

from summarizer.errors import InputError
from summarizer.read import MAX_CHARACTERS, bytes_of, content, find_documents, is_text_encoding
from summarizer.source import Document

Found = tuple[Path, str]

_ENDINGS = (".txt", ".md")
_OWN = (".json", ".jsonl", ".brief", ".dossier")


class Sources:
    """Reports to look in: a file, a directory, or None for what is beside each brief.

    *encoding* is that of files which do not say it themselves. Without it a checksum tells it.
    """

    def __init__(self, given: Path | None, encoding: str | None = None) -> None:
        self._given = given
        self._encoding = encoding

    def find(self, brief: Path, document: Mapping[str, object]) -> Found | None:
        """Return path and text of the report of *brief*, which says of it what *document* holds.

        A single file given is taken as it is. Otherwise the report with the right checksum wins
        over one that only has the right name; None when there is neither.

        Raises:
            InputError: the file given cannot be read.
        """
        sha256, names = document.get("sha256"), _names(brief, document)
        if self._given is None:
            beside = [brief.with_name(name + ending) for name in names for ending in _ENDINGS]
            return _Shelf(filter(os.path.isfile, beside), self._encoding).find(sha256, names)
        if os.path.isdir(self._given):  # noqa: PTH112 (unlike Path's it never raises)
            return self._directory.find(sha256, names)
        found = _Shelf([self._given], self._encoding).find(sha256, [self._given.stem])
        return found or (self._given, _text(self._given, self._encoding)[0])

    @cached_property
    def _directory(self) -> _Shelf:
        return _Shelf(find_documents([self._given or "."]), self._encoding)


class _Shelf:
    """Reports, each read once, to be found by checksum or name; what is none is passed over."""

    def __init__(self, paths: Iterable[Path], encoding: str | None) -> None:
        self._by_sum: dict[str, Found] = {}
        self._by_stem: dict[str, Found] = {}
        self._doubtful: list[Path] = []
        for path in paths:
            try:
                text, guessed = _text(path, encoding)
            except InputError:
                self._doubtful.append(path)
                continue
            self._by_sum.setdefault(Document(text).sha256, (path, text))
            self._by_stem.setdefault(path.stem, (path, text))
            if guessed:
                self._doubtful.append(path)

    def find(self, sha256: object, names: Iterable[str]) -> Found | None:
        known = str(sha256)
        if known in self._by_sum:
            return self._by_sum[known]
        if known in self._encodings:
            path, encoding = self._encodings[known]
            return path, _text(path, encoding)[0]
        return next((self._by_stem[name] for name in names if name in self._by_stem), None)

    @cached_property
    def _encodings(self) -> dict[str, tuple[Path, str]]:
        """Tell by the checksums of all texts that doubtful files can be how to read them."""
        return {
            Document(text).sha256: (path, encoding)
            for path in self._doubtful
            for text, encoding in _readings(path)
        }


def _text(path: Path, encoding: str | None) -> tuple[str, str | None]:
    return content(path, MAX_CHARACTERS, encoding)


def _readings(path: Path) -> Iterator[tuple[str, str]]:
    """Yield every text that a file can be which is not UTF-8, and the encoding that gives it."""
    try:
        if "\0" not in bytes_of(path).decode():
            return
    except InputError:
        return
    except UnicodeDecodeError:
        pass
    for encoding in sorted(filter(is_text_encoding, set(aliases.values()))):
        try:
            yield _text(path, encoding)[0], encoding
        except InputError:
            continue


def _names(brief: Path, document: Mapping[str, object]) -> list[str]:
    """Return the stems that the report may have: that of its brief, and its id."""
    stem = brief.name
    while stem.endswith(_OWN):
        stem = stem.rpartition(".")[0]
    id_ = document.get("id")
    # An id comes from the file that is checked: it must not lead out of the directory.
    plain = isinstance(id_, str) and id_ == Path(id_).name and id_.isprintable()
    return [stem, id_] if plain and isinstance(id_, str) else [stem]
