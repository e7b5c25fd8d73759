"""The command ``schema``: print a JSON Schema, or write the files in ``schemas/``."""

from __future__ import annotations

from argparse import Namespace

from summarizer.cli.files import write_whole
from summarizer.cli.terminal import put
from summarizer.schema import TYPES, schema_text


def run(arguments: Namespace) -> int:
    """Write the schema named; with ``--out`` and no name, all of them."""
    if not arguments.out:
        put(schema_text(arguments.name or "brief"))
        return 0
    for name in [arguments.name] if arguments.name else TYPES:
        write_whole(arguments.out / f"{name}.schema.json", schema_text(name))
    return 0
