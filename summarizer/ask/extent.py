"""Has an endpoint read all that it was sent? Its count of the prompt's tokens shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from summarizer.errors import ModelError

MOST_A_TOKEN = 8
"""Characters that no tokenizer gets into a token on average; of English prose it is 4 to 5."""
SHORTEST = 16_000
"""Characters of a prompt that any context holds: 2,048 tokens is the shortest that is served."""


class Extent:
    """How long the prompts are that one endpoint is known to read whole.

    Some endpoints count only the tokens that they had not read before. So a count tells of a cut
    only where no prompt of that length was read whole yet.
    """

    def __init__(self) -> None:
        self._whole = SHORTEST

    def check(self, turns: Sequence[Mapping[str, Any]], read: int, label: str) -> None:
        """Raise ModelError when far fewer tokens were *read* than *turns* have; 0: not told."""
        sent = sum(len(str(turn["content"])) for turn in turns)
        if sent <= self._whole or read < 1:
            return
        if sent > MOST_A_TOKEN * read:
            raise ModelError(
                f"{label} read only {read:,} tokens of a prompt of {sent:,} characters and cut off "
                "the rest; give the model a longer context there (Ollama: num_ctx)"
            )
        self._whole = sent
