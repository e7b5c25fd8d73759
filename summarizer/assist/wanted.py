"""What an assistant wants to have extracted: a JSON Schema in, a Pydantic model out.

Every string without fixed values is to be words of the text, so that it can be cited. What a schema
asks for beyond that is refused with the place where, never passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from summarizer.draft import Verbatim
from summarizer.errors import InputError
from summarizer.escape import for_terminal

MOST_FIELDS = 200
MOST_DEPTH = 12
_SHOWN = 64
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_REFERENCE = re.compile(r"#/(?:\$defs|definitions)/([^/~%]+)")
_TOLD = {"title", "description", "default", "examples", "example", "$comment", "deprecated"}
_KNOWN = {
    "object": {"properties", "required", "additionalProperties", "$schema", "$id"},
    "array": {"items", "maxItems", "minItems"},
    "string": {"maxLength"},
    "integer": set[str](),
    "number": set[str](),
    "boolean": set[str](),
}
_PLAIN: Mapping[str, Any] = {"string": Verbatim, "integer": int, "number": float, "boolean": bool}


def model_of(schema: Mapping[str, Any]) -> type[BaseModel]:
    """Return the model that *schema*, of an object, describes.

    Raises:
        InputError: it asks for what cannot be had; the message names the first place.
    """
    return _model_of(json.dumps(schema, sort_keys=False))


@lru_cache(maxsize=64)
def _model_of(text: str) -> type[BaseModel]:
    # By its text, as a model is never forgotten once it was asked for.
    schema = json.loads(text)
    reading = _Reading({**_object(schema.get("definitions")), **_object(schema.get("$defs"))})
    rest = {key: value for key, value in schema.items() if key not in ("$defs", "definitions")}
    made = reading.type_of(rest, "schema", 0)
    if not (isinstance(made, type) and issubclass(made, BaseModel)):
        raise InputError("schema: not of an object; give the type object with properties")
    if not reading.cites:
        raise InputError(
            "schema: no string without fixed values in it, so nothing could be cited; add one that "
            "is to hold words of the text"
        )
    return made


class _Reading:
    """Goes through one schema with its definitions."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self._fields = 0
        self.cites = False

    def type_of(self, schema: Any, where: str, depth: int) -> Any:
        """Return the type that *schema* stands for; its ``| None`` for what may be null."""
        if depth > MOST_DEPTH:
            raise InputError(f"{where}: nested more than {MOST_DEPTH} deep, or within itself")
        if not isinstance(schema, dict):
            raise InputError(f"{where}: no schema of an object, a list or a value")
        schema, nullable = _without_null(self._followed(schema, where), where)
        schema = self._followed(schema, where)
        if "enum" in schema or "const" in schema:
            made, nullable = _choice(schema, where, nullable)
        else:
            made = self._of_kind(schema, where, depth)
        return made | None if nullable else made

    def _of_kind(self, schema: dict[str, Any], where: str, depth: int) -> Any:
        kind = schema.get("type", "object" if "properties" in schema else None)
        if not isinstance(kind, str) or kind not in _KNOWN:
            kinds = ", ".join(_KNOWN)
            raise InputError(f"{where}: its type must be one of {kinds}, or that or null")
        _refuse_others(schema, {"type", *_KNOWN[kind]}, where)
        match kind:
            case "object":
                return self._object(schema, where, depth)
            case "array":
                item = self.type_of(schema.get("items"), f"{where}[]", depth + 1)
                return Annotated[
                    list[item],  # type: ignore[valid-type]
                    Field(
                        min_length=_whole(schema, "minItems", where),
                        max_length=_whole(schema, "maxItems", where),
                    ),
                ]
            case "string":
                self.cites = True
                most = _whole(schema, "maxLength", where)
                return Annotated[Verbatim, Field(max_length=most)] if most else Verbatim
        return _PLAIN[kind]

    def _object(self, schema: dict[str, Any], where: str, depth: int) -> type[BaseModel]:
        properties = _object(schema.get("properties"))
        required = schema.get("required", [])
        if not properties:
            raise InputError(f"{where}: an object without properties; name what is wanted of it")
        if not isinstance(required, list) or not all(name in properties for name in required):
            raise InputError(f"{where}: required names what is not among its properties")
        fields: dict[str, Any] = {}
        for name, inner in properties.items():
            place = f"{where}.{for_terminal(name[:_SHOWN])}"
            self._fields += 1
            if self._fields > MOST_FIELDS:
                raise InputError(f"{place}: more than {MOST_FIELDS} fields; ask for less at once")
            if not _NAME.fullmatch(name) or hasattr(BaseModel, name):
                raise InputError(f"{place}: cannot be the name of a field; choose another")
            fields[name] = self._field(inner, place, depth, needed=name in required)
        about = schema.get("description")
        return create_model(
            "_".join(re.findall(r"\w+", where)).replace("schema", "Record", 1)[:60],
            __doc__=about if isinstance(about, str) else None,
            __config__=ConfigDict(protected_namespaces=()),
            **fields,
        )

    def _field(self, schema: Any, place: str, depth: int, *, needed: bool) -> Any:
        made = self.type_of(schema, place, depth + 1)
        about = schema.get("description")
        told = about if isinstance(about, str) else None
        if needed:
            return made, Field(description=told)
        return made | None, Field(None, description=told)

    def _followed(self, schema: dict[str, Any], where: str) -> dict[str, Any]:
        """Return *schema*, or the definition that it refers to, with what is said beside it."""
        for _ in range(MOST_DEPTH):
            if "$ref" not in schema:
                return schema
            found = _REFERENCE.fullmatch(str(schema["$ref"]))
            definition = self._definitions.get(found[1]) if found else None
            if not isinstance(definition, dict):
                raise InputError(f"{where}: its $ref names no definition of this schema")
            beside = {key: value for key, value in schema.items() if key != "$ref"}
            schema = {**definition, **beside}
        raise InputError(f"{where}: its $ref leads back to itself")


def _without_null(schema: dict[str, Any], where: str) -> tuple[dict[str, Any], bool]:
    """Return *schema* of the value itself, and whether it may be null as well."""
    kinds = schema.get("type")
    if isinstance(kinds, list):
        others = [kind for kind in kinds if kind != "null"]
        if len(others) != 1:
            raise InputError(f"{where}: of several types; give one, or one or null")
        return {**schema, "type": others[0]}, len(others) < len(kinds)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            given = schema[key] if isinstance(schema[key], list) else []
            others = [one for one in given if one != {"type": "null"}]
            if len(others) != 1 or not isinstance(others[0], dict):
                raise InputError(f"{where}: {key} of several; give one, or one or null")
            beside = {name: value for name, value in schema.items() if name != key}
            return {**others[0], **beside}, len(others) < len(given)
    return schema, False


def _choice(schema: dict[str, Any], where: str, nullable: bool) -> tuple[Any, bool]:
    _refuse_others(schema, {"enum", "const", "type"}, where)
    given = [schema["const"]] if "const" in schema else schema["enum"]
    values = [value for value in given if value is not None] if isinstance(given, list) else []
    if not values or not all(isinstance(value, str | int) for value in values):
        raise InputError(f"{where}: its fixed values must be strings, whole numbers or booleans")
    return Literal[tuple(values)], nullable or len(values) < len(given)


def _refuse_others(schema: dict[str, Any], known: set[str], where: str) -> None:
    others = sorted(set(schema) - known - _TOLD)
    if others:
        raise InputError(
            f"{where}: {for_terminal(others[0][:_SHOWN])} cannot be kept to; leave it out"
        )


def _whole(schema: dict[str, Any], key: str, where: str) -> int | None:
    value = schema.get(key)
    if value is None or (type(value) is int and value >= 0):
        return value
    raise InputError(f"{where}: {key} must be a whole number")


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
