"""Ask one question after the other: one that fails costs only itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from summarizer.errors import ModelError, ModelUnavailable

T = TypeVar("T")

UNANSWERED = "no answer"
"""How each warning begins that tells of a part which the model was to fill and did not."""


class Series:
    """The questions of one document; ``warnings`` name those that got no answer of any use.

    ``answered`` tells whether any got one.
    """

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self._failures: list[ModelError] = []
        self.answered = False

    def ask(self, about: str, question: Callable[[], T]) -> T | None:
        """Return what *question* gives, None when it fails; *about* is what it is to tell.

        Raises the first ModelError when nothing was answered yet and the endpoint seems to be gone.
        """
        try:
            answer = question()
        except ModelError as error:
            self._failures.append(error)
            self.lacks(about, str(error))
            if isinstance(error, ModelUnavailable) and (
                len(self._failures) > 1 or not error.retryable
            ):
                self.conclude()  # each further question would wait as long, or fail just so
            return None
        self.answered = True
        return answer

    def lacks(self, about: str, why: str) -> None:
        """Take note that nothing is known *about* something."""
        self.warnings.append(f"{UNANSWERED} about {about}: {why}")

    def conclude(self) -> None:
        """Raise the first ModelError when nothing at all was answered."""
        if self._failures and not self.answered:
            raise self._failures[0]
