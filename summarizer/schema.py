"""The contract for other programs: the name of a schema in, JSON Schema (draft 2020-12) out.

``schemas/`` holds what this module writes, and nothing in it is edited by hand.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from summarizer.brief import Brief
from summarizer.dossier import Dossier
from summarizer.draft import Draft, builtin
from summarizer.errors import InputError


def _drafts() -> tuple[type[BaseModel], ...]:
    """Return the drafts that a model is asked for, in the order of their definition."""
    return tuple(
        each
        for each in vars(builtin).values()
        if isinstance(each, type) and issubclass(each, Draft) and each is not Draft
    )


TYPES: dict[str, tuple[type[BaseModel], ...]] = {
    "brief": (Brief,),
    "dossier": (Dossier,),
    "draft": _drafts(),
}
"""The published types by name; several types under one name share one file."""


def schema_text(name: str) -> str:
    """Return the schema *name* as the text of its file.

    Raises:
        InputError: there is no such schema; the message lists those that there are.
    """
    if name not in TYPES:
        raise InputError(f"there is no schema {name!r}; there are: {', '.join(TYPES)}")
    types = TYPES[name]
    # As it is written: older files may lack fields that have been added since.
    one = types[0].model_json_schema(mode="serialization") if len(types) == 1 else None
    schema = one or _any_of(name, types)
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | schema, ensure_ascii=False, indent=2) + "\n"


def _any_of(name: str, types: tuple[type[BaseModel], ...]) -> dict[str, Any]:
    references, schema = models_json_schema(
        [(each, "validation") for each in types], title=name.capitalize()
    )
    return {**schema, "anyOf": [references[each, "validation"] for each in types]}
