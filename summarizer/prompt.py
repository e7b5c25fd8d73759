"""Fill a prompt template with slots; gives the chat messages to send.

A template is a Markdown file ``prompts/<name>.md.j2``. Lines that read exactly ``## system``,
``## user`` or ``## assistant`` split it into messages; the split is made in the template's own
source, before anything is filled in, so that no line of an article can open a message. What several
tasks share stands in one file that they include; it has no slots.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypedDict

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from summarizer.errors import PromptError
from summarizer.resources import data_dir

Role = Literal["system", "user", "assistant"]


class Message(TypedDict):
    """One turn of a chat, as every OpenAI-compatible endpoint takes it."""

    role: Role
    content: str


Messages = tuple[Message, ...]

_SUFFIX = ".md.j2"
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_MARKER = re.compile(r"^## (system|user|assistant)$\n?", re.MULTILINE)
# Chat templates are rendered and tokenised as one text, so words such as <|im_end|>, </s> or
# [/INST] in an article would end its message. A tag like </article> would end its delimiter.
_CONTROL = re.compile(r"<(?=[|｜/!?_a-zA-Z])|\[(?=/?(?:INST|[A-Z]+_[A-Z_]+)\])")


def render(template: str, /, **slots: object) -> Messages:
    """Return the messages of *template* with its slots filled.

    Slot values are data: they are never read as template code, and whatever in them looks like
    markup or a control token gets a blank after its opening bracket. Raises PromptError when the
    template is missing or malformed, or when its slots are not exactly the given ones.
    """
    task = _task(template)
    if task.slots != slots.keys():
        unfilled = ", ".join(sorted(task.slots - slots.keys())) or "none"
        unknown = ", ".join(sorted(slots.keys() - task.slots)) or "none"
        raise PromptError(f"prompt {template!r}: unfilled slots: {unfilled}; unknown: {unknown}")
    with _filling(template):
        return tuple(
            {"role": role, "content": said if isinstance(said, str) else said.render(slots)}
            for role, said in task.parts
        )


def forget_templates() -> None:
    """Read all templates anew when they are next needed; else each is read once a process."""
    prompts_sha256.cache_clear()
    _task.cache_clear()
    _environment.cache_clear()  # which keeps what is included


@cache
def prompts_sha256() -> str:
    """Return the SHA-256 of all templates, by name and content, as 64 hexadecimal digits."""
    digest, folder = hashlib.sha256(), data_dir("prompts")
    for name in sorted(f.name for f in folder.iterdir() if f.name.endswith(_SUFFIX)):
        # Line ends as in the repository: a checkout on Windows must give the same sum.
        content = folder.joinpath(name).read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Task:
    """A template that is ready: who says what, as text where there is nothing to fill in."""

    slots: frozenset[str]
    parts: tuple[tuple[Role, str | Template], ...]


@cache
def _task(template: str) -> _Task:
    slots: set[str] = set()
    parts: list[tuple[Role, str | Template]] = []
    for role, source in _sections(template):
        own = _slots(template, source)
        slots |= own
        with _filling(template):
            compiled = _environment().from_string(source)
            parts.append((role, compiled if own else compiled.render()))
    return _Task(frozenset(slots), tuple(parts))


@contextmanager
def _filling(template: str) -> Iterator[None]:
    try:
        yield
    except TemplateError as error:
        raise PromptError(f"prompt {template!r} cannot be filled: {error.message}") from error


def _sections(template: str) -> list[tuple[Role, str]]:
    """Split the template's source into roles and what they say."""
    file = data_dir("prompts").joinpath(template + _SUFFIX)
    if not _NAME.fullmatch(template) or not file.is_file():
        raise PromptError(f"there is no prompt {template!r}: no file prompts/{template}{_SUFFIX}")
    try:
        source = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PromptError(f"prompt {template!r} is not in UTF-8") from error
    before, *parts = _MARKER.split(source)
    if before.strip() or not parts:
        raise PromptError(f"prompt {template!r} must begin with a line '## system' or '## user'")
    roles: list[Role] = parts[::2]  # type: ignore[assignment]  # the pattern admits no other word
    return [(role, text.strip()) for role, text in zip(roles, parts[1::2], strict=True)]


def _slots(template: str, source: str) -> set[str]:
    try:
        return meta.find_undeclared_variables(_environment().parse(source))
    except TemplateError as error:
        raise PromptError(f"prompt {template!r} is malformed: {error.message}") from error


def _included(name: str) -> str:
    """Return the template that another one includes: what all tasks have in common."""
    return data_dir("prompts").joinpath(name).read_text(encoding="utf-8").strip()


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(_included),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_defuse,
    )


def _defuse(value: object) -> object:
    """Return a slot's value as it may stand in a prompt; only strings change."""
    if not isinstance(value, str):
        return value
    whole = value.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate cannot be sent
    return _CONTROL.sub(lambda match: match[0] + " ", whole)
