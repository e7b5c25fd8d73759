"""What another tool claims: words of a document and where they stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """What a tool tells of the document that it cites.

    ``names`` may be those of its file, the likeliest first; ``text`` is the tool's own copy, if its
    output has one. Documents of one output with equal origins are the same.
    """

    names: tuple[str, ...] = ()
    sha256: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One citation: ``quote`` is said to stand at ``[start:end]``, in code points.

    ``path`` is where it is in the output. Without offsets the tool gave no place. ``quote`` is None
    where the tool gave no words, or something that is none.
    """

    path: str
    origin: Origin
    quote: str | None
    start: int | None = None
    end: int | None = None


def whole(value: object) -> int | None:
    """Return *value* if it is a whole number."""
    return value if type(value) is int else None


def words(value: object) -> str | None:
    """Return *value* if it is a string with something in it."""
    return value if isinstance(value, str) and value.strip() else None


def file_names(*values: object) -> tuple[str, ...]:
    """Return the names that a file may have of which *values* are ids, titles or addresses."""
    found: list[str] = []
    for value in values:
        if isinstance(value, str) and value:
            last = value.rstrip("/").rpartition("/")[2]
            found += [value, last, last.rpartition(".")[0]]
    return tuple(dict.fromkeys(filter(None, found)))
