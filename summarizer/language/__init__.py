"""All that is English, as data: one folder a language, and the only way to read it.

The pipeline's code knows what a verb of speech or a title is for; which words they are stands in
``language/en``. Another language is another folder with the same files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGE = "en"
"""The one language there is a folder for."""


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return the word lists of ``<name>.toml``."""
    return tomllib.loads(_text(f"{name}.toml"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of ``<name>.tsv`` below its heading, cell by cell."""
    return tuple(tuple(line.split("\t")) for line in _text(f"{name}.tsv").splitlines()[1:])


@cache
def entries(name: str, *keys: str) -> tuple[str, ...]:
    """Return one list as written: its entries are parted by commas, over several lines."""
    part: Any = table(name)
    for key in keys:
        part = part[key]
    return tuple(entry.strip() for entry in part.replace("\n", " ").split(",") if entry.strip())


@cache
def listed(name: str, *keys: str) -> frozenset[str]:
    """Return one list for looking words up in, in lower case."""
    return frozenset(entry.casefold() for entry in entries(name, *keys))


def _text(file: str) -> str:
    return files(__package__).joinpath(LANGUAGE, file).read_text(encoding="utf-8")
