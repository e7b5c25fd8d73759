"""A second reading: do the cited sentences really say what the records claim?

That words stand in a report is proved by ``validate``; that they say so can only be read. Each
record is put into plain sentences (``propositions``) and shown to a model with the sentences that
it cites. Its "no" takes a value out, its "weaker" flags it; it never adds and never raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarizer.ask import Model
from summarizer.brief import SecondReading
from summarizer.errors import ModelError
from summarizer.propositions import Proposition, of_actor, of_event, of_line, of_pledge
from summarizer.resolve import Resolved
from summarizer.settings import Verify
from summarizer.source import Sentence
from summarizer.verify.bounds import asks_about, says
from summarizer.verify.effects import Read, applied
from summarizer.verify.reader import Question, Step, read
from summarizer.verify.statement import Verdict, verify_all

__all__ = ["Verdict", "read_again", "second_reading", "verify_all"]


def second_reading(
    resolved: Resolved, sentences: Sequence[Sentence], model: Model, mode: Verify, *, step: Step
) -> tuple[Resolved, SecondReading | None]:
    """Return the records as a second reading by *model* leaves them, and what it cost.

    ``auto`` asks a large model about everything and a small one only where it was measured to be
    right (``bounds``); ``all`` asks about everything; ``off`` about nothing. A reader that cannot
    be asked costs nothing but a warning.
    """
    asked = [
        one
        for one in _propositions(resolved)
        if mode == "all" or (mode == "auto" and (model.profile.whole or asks_about(one, resolved)))
    ]
    if not asked:
        return resolved, None
    part = model.part()
    readings: tuple[Read, ...] = ()
    told: list[str] = []
    try:
        readings = read_again(asked, {s.id: s.text for s in sentences}, part, step=step)
    except ModelError as error:
        # The brief stands as it is: what is finished is never lost for want of a second opinion.
        told.append(f"the second reading failed, so nothing was read again: {error}")
    unread = sum(one.says is None for one in readings)
    if unread and model.profile.whole:
        told.append(f"the second reader left out {unread} of {len(readings)} statements")
    cost = SecondReading(
        model=model.name,
        profile=model.profile.name,
        statements=len(readings),
        usage=part.usage,
    )
    resolved = replace(resolved, warnings=(*resolved.warnings, *told))
    return applied(resolved, readings), cost


def read_again(
    asked: Sequence[Proposition], sentences: dict[int, str], model: Model, *, step: Step
) -> tuple[Read, ...]:
    """Return what *model* says of each of *asked*; *sentences* are the source's, by id."""
    questions = [
        Question(one.text, tuple((n, sentences[n]) for n in one.sentences), one.names)
        for one in asked
    ]
    answers = read(model, questions, step=step)
    return tuple(Read(one, says(answer)) for one, answer in zip(asked, answers, strict=True))


def _propositions(resolved: Resolved) -> tuple[Proposition, ...]:
    return (
        *(of_line(number, line) for number, line in enumerate(resolved.summary, start=1)),
        *(one for actor in resolved.actors for one in of_actor(actor)),
        *(one for event in resolved.events for one in of_event(event)),
        *(one for pledge in resolved.pledges for one in of_pledge(pledge)),
    )
