"""Find the report that a brief is about: by its checksum, else by its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from summarizer.errors import InputError
from summarizer.read import find_documents, read
from summarizer.source import Document

_ENDINGS = (".txt", ".md")
_OWN = (".json", ".jsonl", ".brief", ".dossier")


class Sources:
    """Reports to look in: a file, a directory, or None for what is beside each brief."""

    def __init__(self, given: Path | None) -> None:
        self._given = given

    def find(self, brief: Path, document: Mapping[str, object]) -> tuple[Path, str] | None:
        """Return path and text of the report of *brief*, which says of it what *document* holds.

        A single file given is taken as it is. Otherwise the report with the right checksum wins
        over one that only has the right name; None when there is neither.

        Raises:
            InputError: the file given cannot be read.
        """
        if self._given and not self._given.is_dir():
            return self._given, read(self._given).text
        candidates = self._candidates(brief, document)
        for path, text in candidates:
            if Document(text).sha256 == document.get("sha256"):
                return path, text
        names = _names(brief, document)
        return next(((path, text) for path, text in candidates if path.stem in names), None)

    def _candidates(self, brief: Path, document: Mapping[str, object]) -> list[tuple[Path, str]]:
        if self._given:
            return self._in_directory
        beside = [
            brief.with_name(name + ending)
            for name in _names(brief, document)
            for ending in _ENDINGS
        ]
        return list(_read(path for path in beside if path.is_file()))

    @cached_property
    def _in_directory(self) -> list[tuple[Path, str]]:
        return list(_read(find_documents([self._given or "."])))


def _names(brief: Path, document: Mapping[str, object]) -> list[str]:
    """Return the stems that the report may have: that of its brief, and its id."""
    stem = brief.name
    while stem.endswith(_OWN):
        stem = stem.rpartition(".")[0]
    id_ = document.get("id")
    # An id comes from the file that is checked: it must not lead out of the directory.
    plain = isinstance(id_, str) and id_ == Path(id_).name and id_.isprintable()
    return [stem, id_] if plain and isinstance(id_, str) else [stem]


def _read(paths: Iterator[Path] | list[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        try:
            yield path, read(path).text
        except InputError:
            continue  # a directory may hold what is no report
