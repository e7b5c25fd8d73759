"""The command ``eval``: briefs and gold annotations in, figures out."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from summarizer.cli.reader import opened_reader
from summarizer.cli.terminal import put
from summarizer.evaluate import (
    evaluate_directory,
    render_differences,
    render_documents,
    render_table,
)
from summarizer.evaluate.support import SET, calibration, load_support_set, tally
from summarizer.evaluate.table import render_calibration, render_reviews, render_support
from summarizer.verify import verify_all


def run(arguments: Namespace) -> int:
    """Write the figures: of all documents, of each, and what was missed or added."""
    if arguments.support:
        return _support(arguments)
    evaluation = evaluate_directory(arguments.directory, arguments.briefs)
    if arguments.json:
        put(evaluation.model_dump_json(indent=2) + "\n")
    else:
        parts = (
            render_table(evaluation.total),
            render_documents(evaluation),
            render_reviews(evaluation),
            render_differences(evaluation),
        )
        put("\n\n".join(part.rstrip("\n") for part in parts if part) + "\n")
    return 0


def _support(arguments: Namespace) -> int:
    """Write how often words alone, and words with a reader, are wrong on the support set."""
    rows = load_support_set(SET if arguments.support == Path() else arguments.support)
    pairs = [(row.statement, row.passage) for row in rows]
    judged = {"words": verify_all(pairs)}
    with opened_reader(arguments) as reader:
        if reader:
            judged[f"words and {reader.name}"] = verify_all(pairs, model=reader)
    counts = {
        who: tally(rows, [verdict.support for verdict in verdicts])
        for who, verdicts in judged.items()
    }
    bins = {
        who: calibration(rows, [verdict.probability for verdict in verdicts])
        for who, verdicts in judged.items()
        if any(verdict.probability is not None for verdict in verdicts)
    }
    if arguments.json:
        data = {
            "support": {who: [one.model_dump() for one in found] for who, found in counts.items()},
            "calibration": {
                who: [one.model_dump() for one in found] for who, found in bins.items()
            },
        }
        put(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return 0
    put("\n\n".join([render_support(counts), *map(render_calibration, bins.values())]) + "\n")
    return 0
