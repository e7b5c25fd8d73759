"""Read the decisions of a review for the commands that apply them."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from collections.abc import Collection, Sequence
from pathlib import Path

from summarizer.brief import Brief
from summarizer.cli.gathered import Kept
from summarizer.cli.sources import Sources
from summarizer.cli.terminal import say
from summarizer.errors import InputError
from summarizer.review import Decision, corrected, of_document, on_other_texts, read_decisions


def read_corrections(arguments: Namespace) -> tuple[Decision, ...]:
    """Return the decisions of ``--corrections``; lines that are none are told of and left out."""
    return _read(arguments.corrections) if arguments.corrections else ()


def say_misfits(decisions: Sequence[Decision], known: Collection[str]) -> None:
    """List the decisions on texts whose checksums are not *known*: other ones, or changed."""
    for line in on_other_texts(decisions, known):
        say(f"does not fit: {line}")


class Corrections:
    """The decisions of a review in *file*, and where the reports are that they are about."""

    def __init__(self, file: Path | None, source: Path | None) -> None:
        self._decisions = _read(file) if file else ()
        self._about = {decision.doc for decision in self._decisions}
        self._sources = Sources(source)
        self._known: set[str] = set()

    def apply(self, brief: Brief, path: Path, name: str, earlier: Kept | None = None) -> Kept:
        """Return *brief*, read from *path*, with the decisions on its text worked in.

        What was *earlier* made of it stands where the decisions are the same, or there are none.

        Raises:
            InputError: its report is not at hand.
        """
        info = brief.document
        self._known.add(info.sha256)
        if info.sha256 not in self._about:
            return earlier or Kept(brief, brief)
        own = of_document(self._decisions, info.sha256)
        lines = "\n".join(decision.model_dump_json() for decision in own)
        known = hashlib.sha256(lines.encode()).hexdigest()
        if earlier and earlier.corrections == known:
            return earlier
        found = self._sources.find(path, {"id": info.id, "sha256": info.sha256})
        if found is None:
            raise InputError(f"{name}: corrections need its report; see --source")
        fused, misfits = corrected(brief, found[1], own)
        for misfit in misfits:
            say(f"{info.id}: {misfit}")
        return Kept(brief, fused, known)

    def say_misfits(self) -> None:
        """List the decisions on texts of which no brief came by."""
        say_misfits(self._decisions, self._known)


def _read(file: Path) -> tuple[Decision, ...]:
    decisions, warnings = read_decisions(file)
    for warning in warnings:
        say(f"{file}: {warning}")
    return decisions
