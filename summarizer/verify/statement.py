"""Judge single statements about passages: by their words, and by a reader's answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.ask import Model
from summarizer.brief import Support, SupportBy
from summarizer.language.countries import states_named
from summarizer.validate import support
from summarizer.verify.bounds import says
from summarizer.verify.reader import Answer, Question, Says, read

SUPPORT_OF: dict[Says, Support] = {"yes": "supported", "weaker": "partial", "no": "unsupported"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a passage bears out a statement, by whom, and if not wholly, why.

    ``by`` is "words", "reader", or "both" when they agree; ``probability`` is that of a yes, where
    the reader weighs its answer.
    """

    support: Support
    by: SupportBy
    detail: str | None = None
    probability: float | None = None


def verify_all(
    pairs: Sequence[tuple[str, str]], *, model: Model | None = None
) -> tuple[Verdict, ...]:
    """Judge each statement of *pairs* by the passage beside it, in order.

    Without *model* by their words alone: names, numbers, dates and denials, which a false
    statement made of the passage's own words passes. With one they are read as well. Raises
    ModelError when the model cannot be asked.
    """
    words = [support(statement, passage, known=_known(passage)) for statement, passage in pairs]
    if model is None:
        return tuple(Verdict(word.support, "words", word.detail) for word in words)
    number = {passage: at for at, (_, passage) in enumerate(pairs, start=1)}
    questions = [Question(statement, ((number[passage], passage),)) for statement, passage in pairs]
    answers = read(model, questions, step=lambda done, total: None)
    return tuple(
        judged(word.support, word.detail, answer)
        for word, answer in zip(words, answers, strict=True)
    )


def judged(words: Support, detail: str | None, answer: Answer) -> Verdict:
    """Return the verdict of words and a reader's answer together.

    A reader who answers in words has the last one. Of one that only weighs its answer, a yes does
    not outweigh a name, number or denial that the passage does not have, and doubt accepts nothing.
    """
    said, share = says(answer), answer.probability
    if said is None and share is None:
        return Verdict(words, "words", detail)
    if share is not None and said != "no" and words == "unsupported":
        return Verdict(words, "words", detail, share)
    if said is None:
        return Verdict("partial", "reader", "a reader is not sure that the passage says it", share)
    found = SUPPORT_OF[said]
    why = {
        "yes": None,
        "weaker": "a reader finds that the passage says less",
        "no": "a reader finds that the passage does not say it",
    }
    return Verdict(found, "both" if found == words else "reader", why[said], share)


def _known(passage: str) -> str:
    """Return all names of the states that *passage* names: "Oslo" and "Dutch" name two."""
    states = states_named(passage)
    return " ".join(form for one in states for form in (*one.names, *one.demonyms))
