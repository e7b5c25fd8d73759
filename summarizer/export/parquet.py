"""The table itself as Parquet: a row a record, its citations nested in it.

The schema is written out from the table's own types, never guessed from the first row, so that a
column has the same type in every file. Values are as in the brief: no cell is guarded.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from summarizer.errors import InputError
from summarizer.export.table import Row, Table, Written

if TYPE_CHECKING:
    import pyarrow

VERSION = "1"
_NOTE = "offsets: half-open, code points of the report's text; text[start:end] == quote"


def write(table: Table, *, everything: bool = False) -> Written:
    """Return the file.

    Raises:
        InputError: pyarrow is not installed.
    """
    del everything  # nothing is out of scope
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise InputError(
            f"parquet needs {error.name}: pip install 'summarizer[parquet]'"
        ) from error
    stream = io.BytesIO()
    data = pyarrow.Table.from_pylist([asdict(row) for row in table.rows], schema=schema())
    parquet.write_table(data, stream, compression="zstd")
    return Written(stream.getvalue(), len(table.rows))


def schema() -> pyarrow.Schema:
    """Return the schema of every export."""
    import pyarrow

    about = {"summarizer": VERSION, "citations": _NOTE}
    return pyarrow.schema(_columns(Row), metadata=about)


def _columns(row: type) -> list[pyarrow.Field]:
    import pyarrow

    hints = get_type_hints(row)
    return [pyarrow.field(each.name, *_type(hints[each.name])) for each in fields(row)]


def _type(hint: Any) -> tuple[pyarrow.DataType, bool]:
    """Return the column type of a field's type, and whether it may be null."""
    import pyarrow

    if get_origin(hint) in (Union, UnionType):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        return _type(inner)[0], True
    if get_origin(hint) is tuple:
        return pyarrow.list_(pyarrow.field("element", *_type(get_args(hint)[0]))), False
    if is_dataclass(hint) and isinstance(hint, type):
        return pyarrow.struct(_columns(hint)), False
    if get_origin(hint) is Literal:
        return pyarrow.string(), False
    plain: Mapping[type, pyarrow.DataType] = {
        str: pyarrow.string(),
        int: pyarrow.int64(),
        bool: pyarrow.bool_(),
    }
    return plain[hint], False
