"""Cut the input into partitions of so many reports: names and places in, nothing read twice.

Texts, pages and PDFs are counted by their files, articles of a ``.jsonl`` or Parquet file by its
lines or rows. What a partition is known by changes with its own reports: a ``.jsonl`` file that
grows has new work at its end alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from summarizer.cluster.place import Place, needed
from summarizer.errors import InputError
from summarizer.read import MAX_CHARACTERS, is_report, is_report_name, kind_of, lines_of

PARQUET = ".parquet"


@dataclass(frozen=True, slots=True)
class Files:
    """Files of one report each, and beside each what is known of it (``.meta.json``), if it is."""

    names: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The bytes ``[start, end)`` of a ``.jsonl`` file; the first line there is *number*."""

    name: str
    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows ``[first, last)`` of a Parquet file, from 0."""

    name: str
    first: int
    last: int


Piece = Files | Lines | Rows


@dataclass(frozen=True, slots=True)
class Partition:
    """Some reports that are one task; *content* is a checksum over what they depend on."""

    index: int
    piece: Piece
    content: str

    @property
    def name(self) -> str:
        """What its files in OUT are called, without ending."""
        return f"part-{self.index:05}"


def cut(place: Place, files: Mapping[str, str], size: int) -> list[Partition]:
    """Return the partitions of *files* in *place*, at most *size* reports each.

    *files* has with each name what changes with its content.

    Raises:
        InputError: there is no report, or a file cannot be read.
    """
    pieces: list[tuple[Piece, str]] = [*_of_texts(place, files, size)]
    for name, version in files.items():
        if _is_hidden(name):
            continue
        if name.endswith(PARQUET):
            pieces += _of_rows(place, name, version, size)
        elif kind_of(Path(name)) == "lines":
            pieces += _of_lines(place, name, size)
    if not pieces:
        raise InputError(f"{place.url}: no report in it; give a directory, .jsonl or .parquet file")
    return [Partition(index, piece, content) for index, (piece, content) in enumerate(pieces)]


def _of_texts(place: Place, files: Mapping[str, str], size: int) -> Iterator[tuple[Files, str]]:
    texts = iter([name for name in files if _is_text(place, name)])
    while names := list(islice(texts, size)):
        pairs = tuple((name, _beside(name, files)) for name in names)
        known = [f"{each}\0{files[each]}" for pair in pairs for each in pair if each]
        yield Files(pairs), _sum(known)


def _of_lines(place: Place, name: str, size: int) -> Iterator[tuple[Lines, str]]:
    with place.opened(name) as stream:
        start = end = first = count = 0
        known = hashlib.sha256()
        for number, line in lines_of(stream, MAX_CHARACTERS):
            if count == size:
                yield Lines(name, start, end, first), known.hexdigest()
                start, count = end, 0
            if count == 0:
                first, known = number, hashlib.sha256(name.encode())
            known.update(line or b"too long")
            count += 1
            end = stream.tell()
        if count:
            yield Lines(name, start, end, first), known.hexdigest()


def _of_rows(place: Place, name: str, version: str, size: int) -> Iterator[tuple[Rows, str]]:
    pyarrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    with place.opened(name) as stream:
        try:
            about = parquet.ParquetFile(stream)
        except pyarrow.ArrowInvalid as error:
            raise InputError(f"{place.url}: {name}: not a whole Parquet file") from error
        if "text" not in about.schema_arrow.names:
            raise InputError(f'{place.url}: {name}: no column "text"')
        total = about.metadata.num_rows
    for first in range(0, total, size):
        last = min(first + size, total)
        yield Rows(name, first, last), _sum([name, version, f"{first} {last}"])


def _is_text(place: Place, name: str) -> bool:
    if _is_hidden(name) or not is_report_name(Path(name)):
        return False
    return not place.is_local or is_report(place.path(name))


def _is_hidden(name: str) -> bool:
    *folders, file = name.split("/")
    return file.startswith(".") or any(
        folder.startswith(".") or folder.endswith("_files") for folder in folders
    )


def _beside(name: str, files: Mapping[str, str]) -> str | None:
    beside = str(PurePosixPath(name).with_suffix(".meta.json"))
    return beside if beside in files else None


def _sum(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
