"""Read a file of articles, one JSON object a line: lines in, what each gives out, one at a time.

The keys are ``text``, and if known ``id``, ``title``, ``published``, ``publisher``, ``url`` and
``language``. A line that cannot be used costs no other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from pydantic import ValidationError

from summarizer.errors import InputError
from summarizer.read.content import refuse_unusable
from summarizer.read.metadata import Metadata, as_date, complaint, ignored
from summarizer.read.taken import Taken

_ESCAPED = 6  # bytes that a character may take in JSON
_OVERHEAD = 100_000  # bytes of a line besides its text
KEYS = ("id", "text", *(name for name in Metadata.model_fields if name != "published_basis"))
"""What is read of a line."""


def lines_of(stream: IO[bytes], max_characters: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield number and bytes of each line that holds something; None for one that is too long."""
    limit = _ESCAPED * max_characters + _OVERHEAD
    number = 0
    while line := stream.readline(limit):
        number += 1
        whole = True
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(limit)):
            whole = whole and not rest.strip()
        if not whole:
            yield number, None
        elif line.strip():
            yield number, line


def from_line(line: bytes | None, where: str, max_characters: int) -> Taken:
    """Return the article of one line, its text unchanged.

    Raises:
        InputError: it is not a JSON object with a usable text, or a value is not valid.
    """
    if line is None:
        raise InputError(
            f"{where}: longer than {max_characters:,} characters; split it into single reports"
        )
    try:
        data: Any = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error}); write one article a line") from error
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(text, str):
        raise InputError(f'{where}: no "text" in it; give each article as {{"text": "..."}}')
    refuse_unusable(text, where, max_characters)
    known = {name: data[name] for name in KEYS[2:] if data.get(name) not in (None, "")}
    if day := as_date(known.get("published")):
        known["published"] = day
    try:
        about = Metadata.model_validate(known)
    except ValidationError as error:
        raise InputError(f"{where}: {complaint(error)}; correct the line") from error
    id_ = data.get("id")
    name = str(id_) if isinstance(id_, str | int) and not isinstance(id_, bool) else None
    return Taken(text, about, tuple(ignored("the line", data, KEYS)), name)


def is_article(line: bytes) -> bool:
    """Tell whether a text that begins with *line* is a file of articles."""
    try:
        data = json.loads(line) if line.lstrip()[:1] == b"{" else None
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and isinstance(data.get("text"), str)
