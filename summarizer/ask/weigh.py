"""The first token of an answer and its rivals -> how likely each of a few words is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from summarizer.ask.body import JsonObject

_NEVER = -1e3  # a logarithm that is too small for any share


def weighed(choice: JsonObject, words: Sequence[str]) -> dict[str, float] | None:
    """Return the share of each of *words* in what the model might have answered.

    Their first tokens must differ. The shares add up to 1, or are all 0 when the model would
    answer something else; None when the endpoint gives no probabilities.
    """
    shares = dict.fromkeys(words, 0.0)
    seen = False
    for token, share in _tokens(choice):
        seen = True
        begun = [w for w in words if w == token] or [w for w in words if w.startswith(token)]
        if token and len(begun) == 1:
            shares[begun[0]] += share
    whole = sum(shares.values())
    if not seen:
        return None
    return {word: share / whole for word, share in shares.items()} if whole else shares


def _tokens(choice: JsonObject) -> Iterator[tuple[str, float]]:
    rivals = _of(_first(_of(choice.get("logprobs"), "content")), "top_logprobs")
    for one in rivals if isinstance(rivals, list) else ():
        token, logprob = _of(one, "token"), _of(one, "logprob")
        if isinstance(token, str) and isinstance(logprob, float | int) and logprob == logprob:
            yield token.strip().lower(), math.exp(max(min(logprob, 0), _NEVER))


def _of(found: object, name: str) -> object:
    return found.get(name) if isinstance(found, dict) else None


def _first(found: object) -> object:
    return found[0] if isinstance(found, list) and found else None
