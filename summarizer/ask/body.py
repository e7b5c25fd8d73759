"""The body of a success: bytes -> the completion in it, or the status that it should have had.

The client makes objects of whatever it gets, at a hundred times the size. So it gets only what is
needed: the first choice, and a count of tokens that is one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

from summarizer.ask.complaint import told_status

JsonObject = dict[str, Any]

_MOST_MARKS = 1_000_000  # braces, brackets and commas in a body: each may become an object
_MOST_VALUES = 20_000  # in a choice, whose answer is one: its text
_MOST_TOKENS = 1_000_000_000  # that one request can have used; more is no count


@dataclass(frozen=True)
class Completion:
    """What was answered: as JSON, its first choice, and how many tokens it cost.

    The tokens are those of the prompt, of what of it was cached, and of the answer; 0 where they
    are not told. What is in the choice's message is checked by nobody yet.
    """

    json: str
    choice: JsonObject
    tokens: tuple[int, int, int]

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the completion that ``completion_in`` gave as *text*."""
        data = json.loads(text)
        usage = data.get("usage") or {}
        details = usage.get("prompt_tokens_details") or {}
        told = usage.get("prompt_tokens"), details.get("cached_tokens")
        prompt, cached, answer = (n or 0 for n in (*told, usage.get("completion_tokens")))
        return cls(text, data["choices"][0], (prompt, cached, answer))

    @property
    def finish(self) -> str | None:
        """Why the answer ends."""
        finish = self.choice.get("finish_reason")
        return finish if isinstance(finish, str) else None


def is_tangled(body: bytes) -> bool:
    """Tell whether *body* would become more objects than any answer has."""
    return sum(map(body.count, (b"{", b"[", b","))) > _MOST_MARKS


def completion_in(body: bytes) -> tuple[int, bytes] | None:
    """Return 200 and the completion of *body*, or the status that it tells and *body* itself.

    None when it is neither a completion nor says what went wrong.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):  # no JSON, no UTF-8, a number of 5,000 digits
        return None
    if (status := told_status(data)) is not None:
        return status, body
    choice = _choice(data)
    if choice is None:
        return None
    completion = {
        **{"id": "", "object": "chat.completion", "created": 0, "model": ""},
        **{"choices": [choice], "usage": _usage(data.get("usage"))},
    }
    return 200, json.dumps(completion).encode()


def _choice(data: Any) -> JsonObject | None:
    choices = data.get("choices") if isinstance(data, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(first, dict) or not isinstance(first.get("message"), dict):
        return None
    if "logprobs" in first:
        first["logprobs"] = _first_logprobs(first["logprobs"])
    return first if _counts_to(_MOST_VALUES, first) else None


def _first_logprobs(logprobs: Any) -> JsonObject | None:
    """Return those of the first token: no other is asked for."""
    content = logprobs.get("content") if isinstance(logprobs, dict) else None
    return {"content": content[:1]} if isinstance(content, list) else None


def _counts_to(most: int, data: Any) -> bool:
    seen, queue = 0, [data]
    while queue:
        item = queue.pop()
        if isinstance(item, dict | list):
            seen += len(item)
            if seen > most:
                return False
            queue.extend(item.values() if isinstance(item, dict) else item)
    return True


def _usage(given: Any) -> JsonObject | None:
    """Return what was used: 0 for what is not reported, or absurd; None when that is all of it."""
    if not isinstance(given, dict):
        return None
    details = given.get("prompt_tokens_details")
    cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else 0
    prompt, completion = _count(given.get("prompt_tokens")), _count(given.get("completion_tokens"))
    if not (prompt or completion or cached):
        return None
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


def _count(value: Any) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and 0 < value <= _MOST_TOKENS else 0
