"""Read the decisions of a review for the commands that apply them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Collection, Sequence

from summarizer.cli.terminal import say
from summarizer.review import Decision, on_other_texts, read_decisions


def read_corrections(arguments: Namespace) -> tuple[Decision, ...]:
    """Return the decisions of ``--corrections``; lines that are none are told of and left out."""
    if not arguments.corrections:
        return ()
    decisions, warnings = read_decisions(arguments.corrections)
    for warning in warnings:
        say(f"{arguments.corrections}: {warning}")
    return decisions


def say_misfits(decisions: Sequence[Decision], known: Collection[str]) -> None:
    """List the decisions on texts whose checksums are not *known*: other ones, or changed."""
    for line in on_other_texts(decisions, known):
        say(f"does not fit: {line}")
