"""What an endpoint says when it does not answer: an error body -> what is wrong, in our words.

Every server has its own wording, and gateways pass on those of others, under a status of their
own. So it is read what is said, not only the status. None of it is ever shown, but a short code.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from summarizer.ask.wordings import (
    BAD_LUCK,
    BUSY,
    DURATION,
    FILTERED,
    INVALID_SCHEMA,
    JUDGED,
    LATER,
    NAMES,
    NO_QUOTA,
    REFUSES,
    SECONDS,
    TOO_LONG,
    TOO_OFTEN,
    WAIT,
)

About = Literal["length", "filter", "quota", "other"]
Certainty = Literal["surely", "perhaps"]

_LARGEST = 1_000_000  # bytes; what is larger is no error body, and is not worth reading
_MOST_STATEMENTS, _LONGEST_STATEMENT = 20, 2_000
# A code such as "model_not_found" is safe to show; anything longer may quote key or article.
_CODE = re.compile(r"[a-z][a-z_]{2,40}")
# Under these keys a server repeats what it was sent.
_ECHOES = frozenset({"input", "inputs", "prompt", "messages", "request", "failed_generation"})


@dataclass(frozen=True)
class Complaint:
    """An answer that is none: its *status*, and what it says, a statement for each object in it."""

    status: int
    statements: tuple[str, ...]
    code: str | None

    @cached_property
    def words(self) -> str:
        """All that is said, in small letters."""
        return "\n".join(self.statements)

    @property
    def about(self) -> About:
        """What is wrong with the request, if it is that."""
        if NO_QUOTA.search(self.words):
            return "quota"
        if self.status == 413 or any(map(_is_too_long, self.statements)):
            return "length"
        judged = self.status != 429 and self.status < 500 and JUDGED.search(self.words)
        return "filter" if judged or FILTERED.search(self.words) else "other"

    @property
    def passing(self) -> bool:
        """Whether the same request may succeed a little later."""
        if self.about != "other":
            return False
        return self.status in (408, 409, 425, 429) or self.status >= 500

    @property
    def waited_out(self) -> bool:
        """Whether it is no fault at all: the endpoint only wants to be asked more slowly."""
        return self.status in (429, 529) or (self.status == 503 and bool(LATER.search(self.words)))

    @property
    def wait(self) -> float:
        """Seconds that it asks to wait, 0 if it does not say."""
        found = WAIT.search(self.words)
        return sum(map(_seconds, DURATION.finditer(found[1]))) if found else 0.0

    def refused(self, sent: Sequence[str]) -> tuple[str, Certainty] | None:
        """Return which of the *sent* parameters is refused, and how clearly that is said.

        ``system`` stands for the role. Of several it is the one that is named first.
        """
        for sure in (True, False):
            for statement in self.statements:
                named = [
                    (found.start(), name)
                    for name in sent
                    if (found := NAMES[name].search(statement))
                ]
                clear = REFUSES.search(statement) and not BAD_LUCK.search(statement)
                if named and (clear or not sure):
                    return min(named)[1], "surely" if sure else "perhaps"
        return None

    @property
    def no_endpoint(self) -> bool:
        """Whether a gateway finds no model that takes all parameters (OpenRouter)."""
        return "no endpoints found" in self.words

    @property
    def invalid_schema(self) -> bool:
        """Whether it is this one schema that is refused, not schemas as such."""
        return bool(INVALID_SCHEMA.search(self.words))


def complaint(status: int, body: bytes) -> Complaint:
    """Return what the error *body* says; anything may be in it."""
    return _complaint(status, parsed(body))


def told_status(data: Any) -> int | None:
    """Return the status that an answer sent as a success has by what it says; None: it is one."""
    data = data[0] if isinstance(data, list) and data else data
    if not isinstance(data, dict):
        return None
    choices = data.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    fault = data.get("error") or (first.get("error") if isinstance(first, dict) else None)
    if "choices" in data and not fault:
        return 502 if choices is None else None  # a gateway that got nothing
    fault = fault or data
    return _status_in(fault) or _status_by_words(_complaint(400, fault))


def parsed(body: bytes) -> Any:
    """Return the JSON of *body*, or its beginning as text when it is none or far too large."""
    if len(body) <= _LARGEST:
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            pass
    return body[:_LONGEST_STATEMENT].decode("utf-8", "replace")


def _complaint(status: int, data: Any) -> Complaint:
    statements = (text.lower() for text in _statements(data))
    return Complaint(status, tuple(statements), next(_codes(data), None))


def _is_too_long(statement: str) -> bool:
    # A schema may be too long as well, which is another matter.
    return bool(TOO_LONG.search(statement)) and not NAMES["response_format"].search(statement)


def _status_in(fault: Any) -> int | None:
    if not isinstance(fault, dict):
        return None
    for key in ("code", "status", "status_code", "statusCode"):
        value = fault.get(key)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == 3:
            value = int(value)
        if type(value) is int and 400 <= value <= 599:
            return value
    return None


def _status_by_words(told: Complaint) -> int | None:
    if told.about != "other":
        return 429 if told.about == "quota" else 400
    if TOO_OFTEN.search(told.words):
        return 429
    if BUSY.search(told.words):
        return 503
    refused = told.refused(list(NAMES))
    return 400 if refused and refused[1] == "surely" else None


def _statements(data: Any) -> list[str]:
    """Return what each object says, the outermost first: its words and numbers in one line."""
    found: list[str] = []
    queue = deque([data])
    while queue and len(found) < _MOST_STATEMENTS:
        item = queue.popleft()
        if isinstance(item, list):
            queue.extend(item[:_MOST_STATEMENTS])
            continue
        told: list[str] = []
        for key, value in item.items() if isinstance(item, dict) else [("", item)]:
            if key.lower() not in _ECHOES:
                told += _told(key, value, queue)
        found.append(" ".join(told)[:_LONGEST_STATEMENT])
    return found


def _told(key: str, value: Any, queue: deque[Any]) -> Iterator[str]:
    if isinstance(value, dict | list):
        plain = isinstance(value, list) and all(isinstance(v, str | int) for v in value)
        if plain:
            yield ".".join(map(str, value[:10]))  # where it is wrong: body.response_format.type
        else:
            queue.append(value)
    elif isinstance(value, str):
        # A gateway's "raw" error is that of the provider, as JSON in a string.
        inner = parsed(value.encode("utf-8", "replace")) if value[:1] in ("{", "[") else None
        if isinstance(inner, dict | list):
            queue.append(inner)
        else:
            yield f"{key} {value[:_LONGEST_STATEMENT]}" if "retry" in key.lower() else value
    elif isinstance(value, float | int):
        timed = "retry" in key.lower() or key == "estimated_time"
        unit = "ms" if key.lower().endswith("ms") else "s"
        yield f"retry after {value}{unit}" if timed else str(value)


def _codes(data: Any) -> Iterator[str]:
    queue = deque([data])
    for _ in range(_MOST_STATEMENTS):
        if not queue:
            return
        item = queue.popleft()
        if isinstance(item, list):
            queue.extend(item[:_MOST_STATEMENTS])
        elif isinstance(item, dict):
            values = (item.get(key) for key in ("code", "type", "status"))
            yield from (v for v in values if isinstance(v, str) and _CODE.fullmatch(v))
            queue.extend(v for v in item.values() if isinstance(v, dict | list))


def _seconds(found: re.Match[str]) -> float:
    number, unit = found[1] or found[3], found[2] or found[4]
    scale = SECONDS.get(unit[:2]) or SECONDS[unit[:1]]
    return float(number) * (0.001 if unit.startswith("milli") else scale)
