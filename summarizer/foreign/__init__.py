"""Read other tools' citations: their parsed output in, what each claims to quote and where out.

Each tool's shapes are read as they come: a whole answer, a list or a line of one, with whatever is
around it. What is no citation is passed over; what is one but lacks its words is kept, as a fault.
Imports nothing until asked: the names of the tools are wanted for every ``--help``.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.foreign.claim import Claim

TOOLS = ("langextract", "anthropic", "webannotation")
"""The tools whose output can be read, each by the module of its name."""


def claims(tool: str, data: object) -> Iterator[Claim]:
    """Yield the citations in *data*, one JSON value of the output of *tool*."""
    yield from import_module(f"{__name__}.{tool}").claims(data)
