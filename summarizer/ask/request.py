"""Shape a request to what the endpoint at hand understands."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import urlsplit

from anyascii import anyascii
from pydantic import BaseModel

from summarizer.ask.written import Written
from summarizer.draft.shape import (
    Choice,
    Listing,
    Maybe,
    Number,
    Row,
    SentenceNumber,
    Shape,
    Text,
    Words,
    shape_of,
)
from summarizer.engine.grammar import grammar
from summarizer.settings import Settings

Dialect = Literal["openai", "server", "embedded"]
"""``openai``: enforces strict JSON Schema; ``embedded``: takes a grammar, too; ``server``: any
other OpenAI-compatible endpoint, which may ignore or refuse the schema."""

JsonObject = dict[str, Any]

_STRICT_HOSTS = ("openai.com", "openai.azure.com")
_JSON_TYPES: dict[type, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    type(None): "null",
    list: "array",
    dict: "object",
}
_NAME_LENGTH = 64
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9_-]+")


def dialect_for(base_url: str | None) -> Dialect:
    """Return the dialect of a configured endpoint; None stands for OpenAI's own."""
    try:
        host = urlsplit(base_url).hostname or "" if base_url else "openai.com"
    except ValueError:  # no address at all, which whoever connects to it will say
        host = ""
    strict = any(host == known or host.endswith("." + known) for known in _STRICT_HOSTS)
    return "openai" if strict else "server"


@dataclass(frozen=True)
class Question:
    """What is asked, apart from the conversation: the draft type and the window it is about."""

    draft: type[BaseModel]
    text: str
    sentence_ids: Sequence[int]
    max_tokens: int | None


@dataclass(frozen=True)
class WordQuestion:
    """One word is asked for, and how likely its rivals are."""


RIVALS = 20
"""Tokens that an endpoint tells beside the one it chose: the most that any of them gives."""


def parameters(
    question: Question | WordQuestion,
    dialect: Dialect,
    settings: Settings,
    refused: Collection[str],
) -> JsonObject:
    """Return the request's parameters beside model and messages, without the *refused* ones."""
    wanted: JsonObject = {"temperature": settings.temperature, "seed": settings.seed}
    if isinstance(question, WordQuestion):
        wanted |= {"logprobs": True, "top_logprobs": RIVALS} | _length(1, dialect, refused)
        return {name: value for name, value in wanted.items() if name not in refused}
    if dialect == "embedded":
        lark = _grammar(question.draft, question.text, tuple(question.sentence_ids))
        wanted["grammar"] = lark
    else:
        ends, strict = _ends(question.sentence_ids), dialect == "openai"
        wanted["response_format"] = _response_format(question.draft, ends, strict=strict)
    if question.max_tokens is not None:
        wanted |= _length(question.max_tokens, dialect, refused)
    return {name: value for name, value in wanted.items() if name not in refused}


def _length(most: int, dialect: Dialect, refused: Collection[str]) -> JsonObject:
    # OpenAI's reasoning models refuse the old name, many other servers ignore the new one.
    names = ["max_tokens", "max_completion_tokens"]
    if dialect == "openai":
        names.reverse()
    return {name: most for name in [n for n in names if n not in refused][:1]}


def schema_in_words(question: Question, dialect: Dialect) -> str:
    """Return what tells a model the schema that its endpoint does not enforce."""
    ends, strict = _ends(question.sentence_ids), dialect == "openai"
    schema = _schema_text(question.draft, ends, strict=strict)
    return f"Answer with one JSON value and nothing else. It must fit this JSON Schema:\n{schema}"


def _ends(ids: Sequence[int]) -> tuple[int, ...]:
    return (min(ids), max(ids)) if ids else ()


@lru_cache(maxsize=256)
def _schema_text(draft: type[BaseModel], ends: tuple[int, ...], *, strict: bool) -> str:
    return json.dumps(_schema(shape_of(draft), ends, strict=strict), ensure_ascii=False)


@lru_cache(maxsize=256)  # one for each length of a report
def _response_format(draft: type[BaseModel], ends: tuple[int, ...], *, strict: bool) -> Written:
    return Written.of(
        {
            "type": "json_schema",
            "json_schema": {
                "name": _schema_name(draft.__name__),
                "strict": True,
                "schema": _schema(shape_of(draft), ends, strict=strict),
            },
        }
    )


_grammar = lru_cache(maxsize=8)(grammar)  # all questions about one window, and their reasks


def _schema(shape: Shape, ids: Sequence[int], *, strict: bool) -> JsonObject:
    match shape:
        case SentenceNumber():
            return _sentence_number(ids)
        case Words(most) | Text(most):
            # Strict mode knows no maxLength.
            return {"type": "string"} | _bound("maxLength", None if strict else most)
        case Number(whole):
            return {"type": "integer" if whole else "number"}
        case Choice(values):
            return _choice(values)
        case Maybe(item):
            return {"anyOf": [_schema(item, ids, strict=strict), {"type": "null"}]}
        case Listing(item, least, most):
            items = _schema(item, ids, strict=strict)
            return {"type": "array", "items": items, "minItems": least} | _bound("maxItems", most)
        case Row():
            return _object(shape, ids, strict=strict)


def _bound(name: str, most: int | None) -> JsonObject:
    return {} if most is None else {name: most}


def _object(row: Row, ids: Sequence[int], *, strict: bool) -> JsonObject:
    properties = {}
    for part in row.parts:
        described = {"description": part.description} if part.description else {}
        properties[part.name] = _schema(part.shape, ids, strict=strict) | described
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _sentence_number(ids: Sequence[int]) -> JsonObject:
    # Bounds, not an enum: OpenAI allows a thousand enum values in all of a schema.
    return {"type": "integer"} | ({"minimum": min(ids), "maximum": max(ids)} if ids else {})


def _choice(values: Sequence[object]) -> JsonObject:
    kinds = {_JSON_TYPES.get(type(value)) for value in values}
    kind = kinds.pop() if len(kinds) == 1 else None
    return {"type": kind, "enum": list(values)} if kind else {"enum": list(values)}


def _schema_name(name: str) -> str:
    """Return *name* within what every provider takes: 64 letters, digits, ``_`` and ``-``."""
    return _NOT_IN_NAMES.sub("_", anyascii(name)).strip("_")[:_NAME_LENGTH] or "answer"
