"""Score briefs against gold: briefs, texts and annotations in, figures and differences out."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from summarizer.brief import Brief
from summarizer.errors import InputError
from summarizer.evaluate.case import Case
from summarizer.evaluate.feared import find_feared
from summarizer.evaluate.floors import Floors, check_floors, raise_floors, read_floors
from summarizer.evaluate.gold import Gold, read_gold
from summarizer.evaluate.match import Matches
from summarizer.evaluate.scores import Evaluation, Scores, add_up
from summarizer.evaluate.table import render_differences, render_table
from summarizer.evaluate.tally import count, describe_differences

__all__ = [
    "Evaluation",
    "Floors",
    "Gold",
    "Scores",
    "add_up",
    "check_floors",
    "evaluate",
    "evaluate_directory",
    "raise_floors",
    "read_floors",
    "read_gold",
    "render_differences",
    "render_table",
]


def evaluate(brief: Brief, text: str, gold: Gold) -> Scores:
    """Score the brief of *text* against its annotation."""
    matches = Matches(Case(brief, text, gold))
    return Scores(
        name=brief.document.id,
        tallies=count(matches),
        differences=describe_differences(matches),
        findings=find_feared(matches),
    )


def evaluate_directory(directory: Path, briefs: Path | None = None) -> Evaluation:
    """Score ``<slug>.brief.json`` (in *briefs*, or beside the text) for each ``<slug>.gold.json``.

    Raises:
        InputError: there is no gold, a text or brief is missing or broken, or a brief is of
            another text.
    """
    golds = sorted(directory.glob("*.gold.json"))
    if not golds:
        raise InputError(f"{directory}: no <slug>.gold.json to score against")
    documents = []
    for path in golds:
        slug = path.name.removesuffix(".gold.json")
        text = _read_text(directory / f"{slug}.txt")
        brief = _read_brief((briefs or directory) / f"{slug}.brief.json")
        scores = evaluate(brief, text, read_gold(path, text))
        documents.append(scores.model_copy(update={"name": slug}))
    return Evaluation(documents=tuple(documents), total=add_up(documents))


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot read the text as UTF-8: {error}") from error


def _read_brief(path: Path) -> Brief:
    try:
        return Brief.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot read the brief: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: not a brief: {place}: {first['msg']}") from error
