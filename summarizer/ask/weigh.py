"""The first token of an answer and its rivals -> how likely each of a few words is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion


def weighed(completion: ChatCompletion, words: Sequence[str]) -> dict[str, float] | None:
    """Return the share of each of *words* in what the model might have answered.

    Their first tokens must differ. The shares add up to 1, or are all 0 when the model would
    answer something else; None when the endpoint gives no probabilities.
    """
    shares = dict.fromkeys(words, 0.0)
    seen = False
    for token, share in _tokens(completion):
        seen = True
        begun = [w for w in words if w == token] or [w for w in words if w.startswith(token)]
        if token and len(begun) == 1:
            shares[begun[0]] += share
    whole = sum(shares.values())
    if not seen:
        return None
    return {word: share / whole for word, share in shares.items()} if whole else shares


def _tokens(completion: ChatCompletion) -> Iterator[tuple[str, float]]:
    choices = getattr(completion, "choices", None)
    content = getattr(getattr(choices[0], "logprobs", None), "content", None) if choices else None
    for one in getattr(content[0], "top_logprobs", None) or () if content else ():
        if isinstance(one.token, str) and isinstance(one.logprob, float | int):
            yield one.token.strip().lower(), math.exp(min(one.logprob, 0.0))
