"""The command ``export``: briefs in, another program's form out."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from summarizer.brief import Brief
from summarizer.cli.files import BRIEFS, parsed_as, read_all, write_whole
from summarizer.cli.terminal import put
from summarizer.escape import for_terminal
from summarizer.export.gold import to_gold

FORMATS: Mapping[str, tuple[str, Callable[[Brief], Any]]] = {"gold": (".gold.json", to_gold)}
"""Format -> ending of its files, and what makes a value of a brief."""


def run(arguments: Namespace) -> int:
    """Write each brief in the format; to standard output, or a file each into ``--out``."""
    ending, convert = FORMATS[arguments.to]
    for parsed in read_all(arguments.paths, BRIEFS):
        brief = parsed_as(Brief, parsed.data, parsed.name)
        text = json.dumps(convert(brief), ensure_ascii=False, indent=1) + "\n"
        if arguments.out is None:
            put(text)
            continue
        stem = parsed.path.name.removesuffix(".json").removesuffix(".brief")
        target = arguments.out / f"{stem}{ending}"
        write_whole(target, text)
        put(f"{for_terminal(target)}\n")
    return 0
