"""The Parquet file of one partition: a row a report, its brief or the error that kept it from one.

What it was made of stands in the file's own metadata, so whether it still holds is read from its
footer; a file without a footer is half written and is none.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from summarizer.cluster.place import Place, needed
from summarizer.errors import InputError

ENDING = ".parquet"
_ABOUT = b"summarizer.part"
_COLUMNS = ("source", "id", "sha256", "brief", "error")


@dataclass(frozen=True, slots=True)
class Row:
    """One report: *source* is its file with its line or row, *brief* JSON."""

    source: str
    id: str | None
    sha256: str | None
    brief: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class About:
    """What a part says of itself: what it was *made* of, and how many reports *lack* something.

    Those would come out better if they were asked about again.
    """

    made: str
    reports: int
    failed: int
    lacking: int


def packed(rows: Sequence[Row], about: About) -> bytes:
    """Return the file."""
    pyarrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    schema = pyarrow.schema(
        [pyarrow.field(name, pyarrow.string(), name != "source") for name in _COLUMNS],
        metadata={_ABOUT: json.dumps(asdict(about))},
    )
    stream = io.BytesIO()
    table = pyarrow.Table.from_pylist([asdict(row) for row in rows], schema=schema)
    parquet.write_table(table, stream, compression="zstd", write_page_checksum=True)
    return stream.getvalue()


def about(place: Place, name: str) -> About | None:
    """Return what a part says of itself; None when it is half written, or no part at all."""
    pyarrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    try:
        with place.opened(name) as stream:
            found: dict[bytes, bytes] = parquet.read_metadata(stream).metadata or {}
        data: Any = json.loads(found[_ABOUT])
        return About(**data)
    except (InputError, pyarrow.ArrowInvalid, KeyError, ValueError, TypeError):
        return None
