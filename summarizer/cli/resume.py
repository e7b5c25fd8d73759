"""Does the brief of an earlier run still hold, and would it be made again?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from summarizer.brief import Brief
from summarizer.cli.failures import lacks_answers
from summarizer.cli.files import read_json
from summarizer.cli.terminal import say
from summarizer.engine.weights import DEFAULT
from summarizer.errors import InputError
from summarizer.pipeline import HOSTED_MODEL, document_info, settings_sha256
from summarizer.prompt import prompts_sha256
from summarizer.review import Decision, of_document
from summarizer.segment import segment
from summarizer.settings import Settings
from summarizer.source import Document
from summarizer.validate import check


def kept_brief(
    document: Document,
    target: Path,
    settings: Settings,
    decisions: Sequence[Decision],
    *,
    quiet: bool,
) -> Brief | None:
    """Return the brief in *target* if it holds and a run of today would give it again.

    One that ``check`` would refuse is told of, for it is about to be made anew. So is one in which
    the model left out a part, without a word.
    """
    try:
        data = read_json(target)
        brief = Brief.model_validate(data)
    except (InputError, ValidationError):
        return None
    engine = brief.engine
    made = (engine.name, engine.model, engine.profile, engine.prompts_sha256)
    if (
        brief.document != document_info(document)
        or made != (*_engine(settings), prompts_sha256())
        or engine.settings_sha256
        != settings_sha256(settings, of_document(decisions, document.sha256))
        or lacks_answers(brief)
    ):
        return None
    findings = check(data, document.text, sentences=segment(document)).findings
    if findings and not quiet:
        say(f"{target}: made anew, since {findings[0].path} does not hold: {findings[0].detail}")
    return None if findings else brief


def _engine(settings: Settings) -> tuple[str, str, str]:
    """Return the names that engine, model and profile of *settings* have in a brief."""
    if settings.chosen_engine == "openai":
        return "openai", settings.model or HOSTED_MODEL, settings.chosen_profile
    file = Path(settings.model).stem if settings.model else DEFAULT.name
    return "local", file, settings.chosen_profile
