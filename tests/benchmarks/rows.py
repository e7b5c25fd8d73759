"""The table: a measure, its figure, and what was promised of it."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table."""

    measure: str
    figure: str
    promised: str = ""

    def __str__(self) -> str:
        return f"| {self.measure} | {self.figure} | {self.promised} |"


HEAD = f"{Row('measure', 'figure', 'promised')}\n{Row('---', '---', '---')}"
