"""Values as JSON, a line each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from summarizer.escape import for_one_line

JsonObject = dict[str, Any]


def to_lines(values: Iterable[Mapping[str, Any]]) -> str:
    """Return JSON Lines: no line end but those between the values, whoever reads."""
    return "".join(
        for_one_line(json.dumps(value, ensure_ascii=False, allow_nan=False)) + "\n"
        for value in values
    )
