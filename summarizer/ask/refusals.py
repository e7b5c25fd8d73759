"""What one endpoint does not take: a refusal -> what is left out of a request, or of all."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from summarizer import observe
from summarizer.ask.complaint import Certainty, Complaint
from summarizer.ask.request import Dialect, Question, WordQuestion

DISPENSABLE = ("system", "max_tokens", "max_completion_tokens", "temperature", "seed")
_TIMES = 2  # in a row that leaving it out must have helped, when the refusal was not clear
_CALLED = {"system": "a system turn", "response_format": "the schema of {}"}

_logger = logging.getLogger(__name__)


class Refusals:
    """What an endpoint refuses; safe to share between threads.

    A schema is refused for one draft type, everything else for all. ``system`` stands for the
    system turn, whose words go into the user's then.
    """

    def __init__(self, label: str, dialect: Dialect) -> None:
        self._label = label
        self._dialect: Dialect = dialect
        self._lock = threading.Lock()
        self._helped: Counter[tuple[str, type | None]] = Counter()
        self._learned: set[tuple[str, type | None]] = set()
        self._said: set[str] = set()

    @property
    def names(self) -> frozenset[str]:
        """What is refused whatever is asked."""
        with self._lock:
            return frozenset(name for name, draft in self._learned if draft is None)

    def of(self, question: Question | WordQuestion) -> frozenset[str]:
        """Return what is left out of a request with *question*."""
        with self._lock:
            return frozenset(
                name for name, draft in self._learned if draft in (None, _draft(question))
            )

    def suspect(self, heard: Complaint, sent: Collection[str]) -> tuple[str, Certainty] | None:
        """Return which part of what was *sent* may be why *heard* was said, if any."""
        if heard.about != "other" or heard.status < 400:
            return None
        if heard.status not in (400, 422) and heard.status < 500 and not heard.no_endpoint:
            return None
        found = heard.refused([name for name in (*DISPENSABLE, "response_format") if name in sent])
        if found is None or (found[1] == "perhaps" and heard.status >= 500):
            return None
        if found[0] == "response_format" and self._dialect == "openai" and heard.invalid_schema:
            return None  # it does enforce schemas: one that is refused is our fault
        return found

    def answered(
        self,
        question: Question | WordQuestion,
        sent: Collection[str],
        dropped: Mapping[str, tuple[Certainty, int]],
    ) -> None:
        """Note that *question* was answered with what was *sent*, without what was *dropped*."""
        draft = _draft(question)
        with self._lock:
            for key in [key for key in self._helped if key[0] in sent and key[1] in (None, draft)]:
                del self._helped[key]
            for name, (certainty, status) in dropped.items():
                key = name, draft if name == "response_format" else None
                self._helped[key] += 1
                if (certainty == "surely" and status < 500) or self._helped[key] >= _TIMES:
                    self._learn(key)
                self._say(key)

    def _learn(self, key: tuple[str, type | None]) -> None:
        if key not in self._learned:
            self._learned.add(key)
            observe.count(refusals=1)

    def _say(self, key: tuple[str, type | None]) -> None:
        name, draft = key
        called = _CALLED.get(name, name).format(draft.__name__ if draft else "")
        until = "from now on" if key in self._learned else "this time"
        said = f"{self._label} does not take {called}: it is left out {until}"
        if said not in self._said:  # an endpoint may refuse the same thing hundreds of times
            self._said.add(said)
            observe.tell(
                "parameter.refused",
                level=logging.WARNING,
                logger=_logger,
                message=said,
                parameter=name,
                learned=key in self._learned,
            )


def _draft(question: Question | WordQuestion) -> type | None:
    return question.draft if isinstance(question, Question) else None


def without_system(turns: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return *turns* with what the system turns say in front of the first user turn."""
    said = [turn["content"] for turn in turns if turn["role"] == "system"]
    others = [dict(turn) for turn in turns if turn["role"] != "system"]
    if not others:
        return [{"role": "user", "content": "\n\n".join(said)}]
    others[0]["content"] = "\n\n".join([*said, others[0]["content"]])
    return others
