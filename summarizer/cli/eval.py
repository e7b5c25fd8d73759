"""The command ``eval``: briefs and gold annotations in, figures out."""

from __future__ import annotations

from argparse import Namespace

from summarizer.cli.terminal import put
from summarizer.evaluate import (
    evaluate_directory,
    render_differences,
    render_documents,
    render_table,
)


def run(arguments: Namespace) -> int:
    """Write the figures: of all documents, of each, and what was missed or added."""
    evaluation = evaluate_directory(arguments.directory, arguments.briefs)
    if arguments.json:
        put(evaluation.model_dump_json(indent=2) + "\n")
    else:
        parts = (
            render_table(evaluation.total),
            render_documents(evaluation),
            render_differences(evaluation),
        )
        put("\n\n".join(part.rstrip("\n") for part in parts) + "\n")
    return 0
