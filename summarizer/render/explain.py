"""Why each value of a brief stands, was lowered or went: a brief in, plain lines out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from summarizer.escape import for_terminal
from summarizer.propositions import of_event, of_pledge
from summarizer.render.markdown import in_words
from summarizer.values import Value, values_of

if TYPE_CHECKING:
    from summarizer.brief import (
        Actor,
        Brief,
        Change,
        Citation,
        Event,
        Pledge,
    )
    from summarizer.propositions import Proposition

JUDGES = {"policy": "the policy", "reader": "the second reading"}


def explain(brief: Brief) -> str:
    """Return, for each value of *brief*, whose it is and where it stands, a line each.

    What was lowered or rejected follows with its reason. The lines are safe on a terminal.
    """
    lines = [f"{brief.document.id}: why each value stands"]
    for actor in brief.actors:
        lines += ["", f"actor {actor.id}: {actor.name}", *_reasons(actor)]
        lines += _computed(country=actor.country)
    for event in brief.events:
        lines += ["", f"event {event.id}: {event.summary}", *_claims(of_event(event))]
        lines += _reasons(event)
        lines += _computed(type=event.type, factuality=event.factuality, support=_judged(event))
    for pledge in brief.pledges:
        named = ", ".join(item.text for item in pledge.items)
        lines += ["", f"pledge {pledge.id}: {named}", *_claims(of_pledge(pledge))]
        lines += _reasons(pledge)
        eligible = "yes" if pledge.sipri_eligible else "no"
        lines += _computed(
            factuality=pledge.factuality, kiel=pledge.kiel, sipri=eligible, support=_judged(pledge)
        )
    lines += _rejected(brief)
    return "\n".join(map(for_terminal, lines)) + "\n"


def _claims(propositions: Iterable[Proposition]) -> Iterator[str]:
    """Yield what the record comes to in plain words, as a second reader is asked."""
    for one in propositions:
        if one.field == "event" or one.field.startswith("items"):
            yield f"  claims: {one.text}"


def _judged(record: Event | Pledge) -> str:
    by = {"words": "its words", "reader": "a second reader", "both": "its words and a reader"}
    return f"{record.support} by {by[record.support_by]}"


def _reasons(record: Actor | Event | Pledge) -> Iterator[str]:
    told: set[int] = set()
    for value in values_of(record):
        lowered = [n for n, change in enumerate(record.changes) if _gave(change, value)]
        told.update(lowered)
        at = _sentences(value.citations)
        why = f"the model's, at {at}"
        if value.field in record.filled:
            why = f"filled by code from {at}"
        if lowered:
            why = _lowered(record.changes[lowered[-1]], at)
        yield f"  {in_words(value.field)} {_shown(value)}: {why}"
    for change in (change for n, change in enumerate(record.changes) if n not in told):
        yield f"  {in_words(change.field)}: {_lowered(change)}"
    if record.review:
        review = record.review
        yield f"  reviewed by {review.reviewer}, {review.at}: {review.action}"


def _gave(change: Change, value: Value) -> bool:
    """Whether *value* is what a change has left."""
    kept = in_words(change.kept or "")
    return change.field == value.field and kept == in_words(value.words)


def _lowered(change: Change, at: str | None = None) -> str:
    offered = _quoted(in_words(change.offered))
    where = f", at {at}," if at else ""
    verb = "lowered from" if change.kept else "taken out,"
    return f"{verb} the model's {offered}{where} by {JUDGES[change.by]}: {change.reason}"


def _computed(**codes: str | None) -> list[str]:
    told = ", ".join(f"{name} {in_words(code)}" for name, code in codes.items() if code)
    return [f"  computed by rule: {told}"] if told else []


def _rejected(brief: Brief) -> Iterator[str]:
    if brief.rejections:
        yield ""
        yield "what the model offered and is not in the brief"
    for each in brief.rejections:
        value = f" {_quoted(each.value)}" if each.value else ""
        yield f"  {each.kind} {each.field}{value}: {in_words(each.reason)}: {each.detail}"


def _shown(value: Value) -> str:
    words = _quoted(value.words) if value.verbatim else in_words(value.words)
    return f"{words} {value.note}" if value.note else words


def _quoted(words: str) -> str:
    return f"“{words}”"


def _sentences(citations: Sequence[Citation]) -> str:
    numbers = sorted({citation.sentence for citation in citations})
    return f"sentence{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
