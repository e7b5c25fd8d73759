"""Go through JSON of any shape, as others write it: each object in it, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

Node: TypeAlias = "tuple[Node, str | int] | None"
"""A place: the one around it, and the key or index in that; None is the whole."""

_STEPS = 60  # of a path: what is nested deeper is told by its end
SHOWN = 60
"""Characters that a message repeats of words whose length is the writer's choice."""


def walk(data: object) -> Iterator[tuple[Node, dict[Any, Any]]]:
    """Yield every object of *data* in order, without recursion: depth is the writer's choice."""
    stack: list[tuple[Node, object]] = [(None, data)]
    while stack:
        node, value = stack.pop()
        if isinstance(value, dict):
            yield node, value
            children: list[tuple[Any, object]] = list(value.items())
        elif isinstance(value, list | tuple):
            children = list(enumerate(value))
        else:
            continue
        stack += [((node, key), child) for key, child in reversed(children)]


def path_of(node: Node) -> str:
    """Return a place as ``content[0].citations[1]``."""
    keys: list[str | int] = []
    while node is not None and len(keys) <= _STEPS:
        node, key = node
        keys.append(key)
    return joined(*reversed(keys))


def joined(*keys: str | int) -> str:
    """Return *keys* as a path; of very many the last ones."""
    steps = [f"[{key}]" if isinstance(key, int) else f".{cut(str(key))}" for key in keys]
    if len(steps) > _STEPS:
        return "".join(("…", *steps[-_STEPS:]))
    return "".join(steps).removeprefix(".")


def cut(words: str) -> str:
    """Return *words*, or the beginning of many: they may be anybody's, and of any length."""
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
