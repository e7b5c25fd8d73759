"""What is known about a report besides its text: ``<stem>.meta.json`` and values given."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from summarizer.errors import InputError
from summarizer.read.files import bytes_of, one_line
from summarizer.source import PublishedBasis


def _iso_date(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise ValueError("not a date like 2025-10-18") from error
    return value


_NAMED, _SHOWN = 5, 40  # unknown fields that a warning names, and characters of each

Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]+$")]
URL = r"^https?://[^\s\x00-\x1f]+$"
Url = Annotated[str, Field(pattern=URL)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
# The pattern keeps out what fromisoformat also takes: 20251018, 2025-W42-6.
IsoDate = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_iso_date)]


class Metadata(BaseModel):
    """What ``<stem>.meta.json`` may say about a report; a date without basis is ``metadata``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Line | None = None
    publisher: Line | None = None
    url: Url | None = None
    language: Language | None = None
    published: IsoDate | None = None
    published_basis: Literal["given", "metadata", "inferred"] | None = None

    @model_validator(mode="after")
    def _basis_needs_date(self) -> Self:
        if self.published_basis and not self.published:
            raise ValueError("published_basis is there, published is not")
        return self

    @property
    def basis(self) -> PublishedBasis:
        """How the publication date is known."""
        return (self.published_basis or "metadata") if self.published else "none"

    def over(self, own: Metadata) -> Metadata:
        """Return this, and what *own*, a page's or line's, says on that this is silent about."""
        known = own.model_dump(exclude_none=True)
        if self.published:
            known.pop("published_basis", None)
        return Metadata.model_validate(known | self.model_dump(exclude_none=True))

    def overridden(self, given: Mapping[str, str | None]) -> Metadata:
        """Return this with the values of *given* that are not None in place of its own.

        Raises:
            InputError: a value of *given* is not valid.
        """
        values = {name: value for name, value in given.items() if value is not None}
        basis = {"published_basis": "given"} if "published" in values else {}
        try:
            return Metadata.model_validate(self.model_dump() | values | basis)
        except ValidationError as error:
            raise InputError(f"{complaint(error)}; correct the value given") from error


_MOST = 300  # characters of a title or a name; what is longer is none


def as_line(value: object) -> str | None:
    """Return what a container says of itself fit for ``Metadata``: one line, or None."""
    if not isinstance(value, str):
        return None
    words = " ".join(one_line(value.replace("\n", " ").replace("\t", " ")).split())
    return words if words and len(words) <= _MOST else None


def as_url(value: object) -> str | None:
    """Return an address that a container gives, or None if it is none."""
    words = value.strip() if isinstance(value, str) else ""
    return words if re.match(URL, words) and len(words) <= 2_000 else None


def as_date(value: object) -> str | None:
    """Return the day of a date or time in ISO form, as the container's own clock has it, or None.

    ``2026-06-12T23:30:00-05:00`` is 2026-06-12.
    """
    words = value.strip() if isinstance(value, str) else ""
    found = re.match(r"(\d{4}-\d{2}-\d{2})(?![\w-])|(\d{4}-\d{2}-\d{2})T", words)
    try:
        return date.fromisoformat(found[0].removesuffix("T")).isoformat() if found else None
    except ValueError:
        return None


def metadata_beside(path: Path) -> tuple[Metadata, tuple[str, ...]]:
    """Return what ``<stem>.meta.json`` beside *path* says, if there is one, and what was ignored.

    Raises:
        InputError: the file is not readable, not JSON, or a field has a wrong value.
    """
    beside = path.with_name(f"{path.stem}.meta.json")
    where = one_line(beside)
    if not os.path.exists(beside):  # noqa: PTH110 (unlike Path's it never raises)
        return Metadata(), ()
    data = bytes_of(beside)
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(
            one_line(f"{where}: not readable as JSON ({error}); correct it")
        ) from error
    known = told
    if isinstance(told, dict):
        known = {name: value for name, value in told.items() if name in Metadata.model_fields}
    try:
        return Metadata.model_validate(known), tuple(ignored(one_line(beside.name), told, known))
    except ValidationError as error:
        raise InputError(f"{where}: {complaint(error)}; correct or remove the file") from error


def ignored(where: str, told: Collection[str], known: Collection[str]) -> Iterator[str]:
    """Yield a line that names the fields of *told* which are not *known*."""
    unknown = [one_line(f"{name[:_SHOWN]!r}") for name in told if name not in known]
    if unknown:
        more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
        names = ", ".join(unknown[:_NAMED])
        yield f"{where}: ignored, since no metadata has such a field: {names}{more}"


def complaint(error: ValidationError) -> str:
    """Return the first fault: field, what is wrong, and the value."""
    first = error.errors(include_url=False)[0]
    name = ".".join(map(str, first["loc"])) or "metadata"
    if name == "published":
        return one_line(f"published: {str(first['input'])[:80]!r} is not a date like 2025-10-18")
    message = first["msg"].removeprefix("Value error, ")
    return one_line(f"{name}: {message} ({str(first['input'])[:80]!r})")
