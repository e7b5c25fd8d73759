"""The cases of ``tests/cases``: tables, one a step, that need no Python to be read or added to.

Tab-separated, with a head line; ``#`` begins a remark. An empty cell means none.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

_TABLES = Path(__file__).parent / "cases"


def cases(step: str) -> list[ParameterSet]:
    """Return the rows of the table of *step*, dictionaries by column, named by their first cell."""
    with (_TABLES / f"{step}.tsv").open(encoding="utf-8", newline="") as stream:
        lines = (line for line in stream if line.strip() and not line.startswith("#"))
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        return [pytest.param(row, id=next(iter(row.values()))[:70]) for row in rows]
