"""Find the report that a brief is about: by its checksum, else by its name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from encodings.aliases import aliases
from functools import cached_property, partial
from pathlib import Path

from summarizer.errors import InputError
from summarizer.read import (
    ENDINGS,
    MAX_CHARACTERS,
    Given,
    articles,
    bytes_of,
    content,
    document_at,
    each_line,
    find_documents,
    holds_several,
    is_text_encoding,
    kind_of,
)
from summarizer.source import Document

Found = tuple[Path, str]
Text = Callable[[], Found]

_ENDINGS = (".txt", *(ending for ending in ENDINGS if ending != ".txt"))
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
            stems = dict.fromkeys((*names, *_beginnings(names[0])))
            beside = [brief.with_name(name + ending) for name in stems for ending in _ENDINGS]
            return _Shelf(filter(os.path.isfile, beside), self._encoding).find(sha256, names)
        if os.path.isdir(self._given):  # noqa: PTH112 (unlike Path's it never raises)
            return self._directory.find(sha256, names)
        found = self._file.find(sha256, names if self._several else [self._given.stem])
        return found or (None if self._several else self._taken_as_it_is(self._given))

    def _taken_as_it_is(self, path: Path) -> Found:
        return path, document_at(path, Given(encoding=self._encoding)).text

    @cached_property
    def _several(self) -> bool:
        return self._given is not None and holds_several(self._given)

    @cached_property
    def _file(self) -> _Shelf:
        return _Shelf([self._given or Path()], self._encoding)

    @cached_property
    def _directory(self) -> _Shelf:
        given = self._given or Path()
        several = [path for path in sorted(given.iterdir()) if _is_of_several(path)]
        try:
            single = find_documents([given])
        except InputError:
            if not several:
                raise
            single = []
        return _Shelf([*single, *several], self._encoding)


class _Shelf:
    """Reports, each read once, to be found by checksum or name; what is none is passed over.

    Of a file with an article a line only the places are kept: it may be larger than memory.
    """

    def __init__(self, paths: Iterable[Path], encoding: str | None) -> None:
        self._by_sum: dict[str, Text] = {}
        self._by_stem: dict[str, Text] = {}
        self._doubtful: list[Path] = []
        for path in paths:
            kind = kind_of(path)
            if kind == "lines":
                self._add_lines(path)
            elif kind in ("page", "pdf", "feed"):
                self._add_others(path, encoding)
            else:
                self._add_text(path, encoding)

    def find(self, sha256: object, names: Iterable[str]) -> Found | None:
        known = str(sha256)
        if known in self._by_sum:
            return self._by_sum[known]()
        if known in self._encodings:
            path, encoding = self._encodings[known]
            return path, _text(path, encoding)[0]
        return next((self._by_stem[name]() for name in names if name in self._by_stem), None)

    def _add(self, document: Document, text: Text, name: str) -> None:
        self._by_sum.setdefault(document.sha256, text)
        self._by_stem.setdefault(name, text)

    def _add_text(self, path: Path, encoding: str | None) -> None:
        try:
            text, guessed = _text(path, encoding)
        except InputError:
            self._doubtful.append(path)
            if kind_of(path) is None:  # a page or PDF by its first bytes
                self._add_others(path, encoding)
            return
        self._add(Document(text), partial(_as_found, path, text), path.stem)
        if guessed:
            self._doubtful.append(path)

    def _add_others(self, path: Path, encoding: str | None) -> None:
        for article in articles(path, Given(encoding=encoding)):
            with suppress(InputError):
                document = article.read()
                self._add(document, partial(_as_found, path, document.text), document.id)

    def _add_lines(self, path: Path) -> None:
        with suppress(InputError):
            for start, document in each_line(path):
                self._add(document, partial(_line_at, path, start), document.id)

    @cached_property
    def _encodings(self) -> dict[str, tuple[Path, str]]:
        """Tell by the checksums of all texts that doubtful files can be how to read them."""
        return {
            Document(text).sha256: (path, encoding)
            for path in self._doubtful
            for text, encoding in _readings(path)
        }


def _as_found(path: Path, text: str) -> Found:
    return path, text


def _line_at(path: Path, start: int) -> Found:
    return path, next(document.text for _, document in each_line(path, start))


def _is_of_several(path: Path) -> bool:
    own = any(path.stem.endswith(ending) for ending in _OWN)
    return kind_of(path) in ("lines", "feed") and not own


def _beginnings(stem: str) -> list[str]:
    """Return the names that a file of several articles may have, one of which is *stem*."""
    parts = stem.split(".")[:-1]
    return [".".join(parts[:count]).rstrip(".") for count in range(len(parts), 0, -1)]


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
