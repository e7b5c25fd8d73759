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
from summarizer.evaluate.scores import Evaluation, Review, Scores, add_up
from summarizer.evaluate.table import render_differences, render_documents, render_table
from summarizer.evaluate.tally import count, count_dates, describe_differences
from summarizer.source import Document

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
    "render_documents",
    "render_table",
]


def evaluate(brief: Brief, text: str, gold: Gold) -> Scores:
    """Score the brief of *text* against its annotation."""
    matches = Matches(Case(brief, text, gold))
    return Scores(
        name=brief.document.id,
        tallies=count(matches),
        dates=count_dates(matches),
        differences=describe_differences(matches),
        findings=find_feared(matches),
    )


def evaluate_directory(directory: Path, briefs: Path | None = None) -> Evaluation:
    """Score ``<slug>.brief.json`` (in *briefs*, or beside the text) for each text that has gold.

    Raises:
        InputError: no text has gold, a brief is missing, broken or of another text, or gold is
            broken.
    """
    slugs = [path.stem for path in sorted(directory.glob("*.txt")) if _gold_of(path).exists()]
    if not slugs:
        raise InputError(f"{directory}: no <slug>.txt with a <slug>.gold.json to score against")
    documents, reviews = [], []
    for slug in slugs:
        source = directory / f"{slug}.txt"
        text = _read_text(source)
        brief = _read_brief((briefs or directory) / f"{slug}.brief.json", source, text)
        gold = read_gold(_gold_of(source), text)
        documents.append(evaluate(brief, text, gold).model_copy(update={"name": slug}))
        if gold.reviewed:
            reviews.append(Review(name=slug, **gold.reviewed.model_dump()))
    return Evaluation(documents=tuple(documents), total=add_up(documents), reviews=tuple(reviews))


def _gold_of(text: Path) -> Path:
    return text.with_suffix(".gold.json")


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot read the text as UTF-8: {error}") from error


def _read_brief(path: Path, source: Path, text: str) -> Brief:
    try:
        brief = Brief.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot read the brief: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: not a brief: {place}: {first['msg']}") from error
    if brief.document.sha256 != Document(text).sha256:
        raise InputError(f"{path}: this brief is not of {source}: summarize that text again")
    return brief
