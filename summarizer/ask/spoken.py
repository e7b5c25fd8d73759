"""What an endpoint answered: the choice of a completion goes in, the text of the answer comes out.

Servers put an answer where they like: into the content, as text or in parts, into a tool call, or
into a field for the reasoning. What a model thinks before it answers is never its answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

from summarizer.ask.body import JsonObject
from summarizer.ask.lenient import find_values

_CUT = ("length", "max_tokens", "max_output_tokens", "model_length", "token_limit")
_DECLINED = ("content_filter", "refusal", "safety", "prohibited_content", "blocklist", "recitation")

_THOUGHTS = ("think", "thought", "reason", "reflect", "analysis", "scratchpad", "monologue")
_MARK = re.compile(
    r"(?P<opens><\|channel\|?>\s*(?:analysis|thought)|<unused94>|Here is my thought process:"
    r"|\Aanalysis(?=[A-Z])|```(?:think|thought|reason)\w*\n)"
    r"|(?P<closes><\|channel\|>\s*(?:final|commentary)|assistantfinal|<channel\|>|<unused95>"
    r"|Here is my response:)"
    r"|[<◁【](?P<tag>[^<>◁▷【】\n]{3,40})[>▷】]"
    r"|\[(?P<token>/?think(?:ing)?)\]",
    re.IGNORECASE,
)
_FENCE = re.compile(r"```")
_END = re.compile(r"(?:```|</?[|｜]?[\w▁:/]+[|｜]?>)\Z")
_LONGEST_END = 40
_FENCE_LINE = re.compile(r"```\w*\s*")


@dataclass(frozen=True)
class Spoken:
    """The text of an answer, without reasoning, and whether the token limit cut it off.

    ``thought`` tells that there was reasoning.
    """

    text: str
    cut: bool
    thought: bool = False


def declined(choice: JsonObject) -> bool:
    """Tell whether the model, or a filter in front of it, refused to answer."""
    message = _object(choice.get("message"))
    refusals = [message.get("refusal")]
    refusals += [part.get("refusal") for part in _parts(message.get("content"))]
    return any(refusals) or _reason(choice) in _DECLINED


def spoken(choice: JsonObject) -> Spoken:
    """Return the answer of a completion's first choice, wherever it stands."""
    message, cut = _object(choice.get("message")), _reason(choice) in _CUT
    content = _content(message.get("content"))
    told, thought = aloud(content)
    if "{" in told or "[" in told:
        return Spoken(told, cut, thought)
    if calls := "\n".join(_arguments(message)):
        return Spoken(calls, cut, thought)
    for name in ("reasoning_content", "reasoning", "thinking"):
        inside, _ = aloud(_content(message.get(name)))
        # A server that takes all for reasoning: the answer alone stands there.
        if not told and _is_alone(_FENCE_LINE.sub("", inside)):
            return Spoken(inside, cut, thought=True)
        thought |= bool(inside)
    return Spoken(told, cut, thought)


def aloud(text: str) -> tuple[str, bool]:
    """Return *text* without its reasoning and what closes a turn, and whether it had reasoning.

    Reasoning that is not closed goes on to the end; one that is not opened began before.
    """
    text = text.strip()
    if not _MARK.search(text) or _is_alone(text, whole=True):
        return _without_ends(text), False
    kept: list[str] = []
    at, inside, any_thought = 0, False, False
    for mark in _MARK.finditer(text):
        opens = _opens(mark)
        if opens is None or (inside and opens):
            continue
        any_thought = True
        if opens:
            kept.append(text[at : mark.start()])
        elif not inside:
            kept.clear()
        at, inside = mark.end(), opens
        if opens and mark.group().startswith("```"):
            end = _FENCE.search(text, at)
            at, inside = (end.end(), False) if end else (at, True)
    if not inside:
        kept.append(text[at:])
    return _without_ends("\n".join(kept).strip()), any_thought


def _is_alone(text: str, *, whole: bool = False) -> bool:
    """Tell whether *text* is one value and nothing else, and a *whole* one where that is asked."""
    first = next(find_values(text), None) if text[:1] in ("{", "[") else None
    return first is not None and first.written == text and not (whole and first.fault)


def _without_ends(text: str) -> str:
    while end := _END.search(text[-_LONGEST_END:]):
        text = text[: len(text) - len(end.group())].rstrip()
    return text


def _opens(mark: re.Match[str]) -> bool | None:
    """Tell whether *mark* opens reasoning, or closes it; None for other tags."""
    if mark["opens"]:
        return True
    if mark["closes"]:
        return False
    name = (mark["tag"] or mark["token"]).strip("|｜ ").lower()
    if not any(word in name for word in _THOUGHTS) or name.endswith("/"):
        return None
    return not name.startswith(("/", "end"))


def _content(content: object) -> str:
    """Return the text of a message's content: itself, its parts, or JSON that came unpacked."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return json.dumps(content, ensure_ascii=False)
    if not isinstance(content, list):
        return ""
    texts = (part.get("text") if _is_spoken(part) else part for part in content)
    return "".join(text for text in texts if isinstance(text, str))


def _parts(content: object) -> list[dict[str, Any]]:
    return [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []


def _is_spoken(part: object) -> TypeGuard[dict[str, Any]]:
    if not isinstance(part, dict):
        return False
    return not any(word in str(part.get("type")).lower() for word in _THOUGHTS)


def _arguments(message: JsonObject) -> Iterator[str]:
    """Yield what the tools are called with that an endpoint made of the answer."""
    calls = message.get("tool_calls")
    for call in calls if isinstance(calls, list) else []:
        yield from _argument(_object(call).get("function"))
    yield from _argument(message.get("function_call"))


def _argument(function: object) -> Iterator[str]:
    if given := _content(_object(function).get("arguments")):
        yield given


def _object(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _reason(choice: JsonObject) -> str:
    return str(choice.get("finish_reason")).lower()
