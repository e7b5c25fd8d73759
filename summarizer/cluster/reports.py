"""The reports of one partition, each read when its turn comes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, Any

from summarizer.cluster.place import Place, needed
from summarizer.cluster.plan import Files, Lines, Piece, Rows
from summarizer.read import (
    LINE_KEYS,
    MAX_CHARACTERS,
    Article,
    Given,
    articles_of,
    document_at,
    lines_of,
)
from summarizer.source import Document

_BATCH = 64  # rows held at once


def reports(place: Place, piece: Piece) -> Iterator[Article]:
    """Yield the reports of *piece*, named by their file in *place* and their line or row in it."""
    match piece:
        case Files():
            for name, beside in piece.names:
                yield Article(Path(name), name, None, partial(_fetched, place, name, beside))
        case Lines():
            with place.opened(piece.name) as stream:
                yield from _named(piece.name, _lines(stream, piece))
        case Rows():
            with place.opened(piece.name) as stream:
                yield from _named(piece.name, _rows(stream, piece))


def _named(name: str, numbered: Iterator[tuple[int, bytes | None]]) -> Iterator[Article]:
    for article in articles_of(Path(name), numbered, Given()):
        yield replace(article, name=f"{name}:{article.part}")


def _fetched(place: Place, name: str, beside: str | None) -> Document:
    if place.is_local:
        return document_at(place.path(name), Given())
    with tempfile.TemporaryDirectory() as folder:
        for each in filter(None, (name, beside)):
            place.fetch(each, Path(folder, Path(each).name))
        return document_at(Path(folder, Path(name).name), Given())


def _lines(stream: IO[bytes], piece: Lines) -> Iterator[tuple[int, bytes | None]]:
    stream.seek(piece.start)
    ahead: int | None = None  # blank lines before the first that holds something
    for number, line in lines_of(stream, MAX_CHARACTERS):
        ahead = number if ahead is None else ahead
        yield piece.number + number - ahead, line
        if stream.tell() >= piece.end:
            return


def _rows(stream: IO[bytes], piece: Rows) -> Iterator[tuple[int, bytes]]:
    file = needed("pyarrow.parquet").ParquetFile(stream)
    columns = [name for name in file.schema_arrow.names if name in LINE_KEYS]
    at = 0
    for group in range(file.metadata.num_row_groups):
        behind = at + file.metadata.row_group(group).num_rows
        if at < piece.last and behind > piece.first:
            for batch in file.iter_batches(_BATCH, row_groups=[group], columns=columns):
                for number, row in enumerate(batch.to_pylist(), at):
                    if piece.first <= number < piece.last:
                        yield number + 1, json.dumps(row, default=_plain).encode()
                at += batch.num_rows
        at = behind


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
