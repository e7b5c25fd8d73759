"""The gold annotation of one report: ``<slug>.gold.json`` in, checked ``Gold`` out.

``salience`` core must be found, minor may be. ``date_basis`` says how ``date_iso`` is known:
``text``, ``published`` (needs the publication date) or ``outside``. The ``*_accept`` lists hold
further values that count as right; null in them means that open is right too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from summarizer.brief import PledgeStatus
from summarizer.errors import InputError

Salience = Literal["core", "minor"]
Evidence = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]
# Annotators of the first articles wrote "planned" for what the brief calls reported_planned.
Status = Annotated[
    PledgeStatus, BeforeValidator(lambda value: {"planned": "reported_planned"}.get(value, value))
]


class _Annotation(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class GoldActor(_Annotation):
    """Someone or something that acts."""

    name: str
    kind: str
    role: str | None = None
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()
    evidence: Evidence
    salience: Salience


class GoldEvent(_Annotation):
    """Something that happened, is planned or is said; ``type`` is a natural word."""

    id: str
    what: str
    type: str
    date_text: str | None = None
    date_iso: str | None = None
    date_basis: Literal["text", "published", "outside"] | None = None
    date_accept: tuple[str | None, ...] = ()
    place: str | None = None
    participants: tuple[str, ...] = ()
    evidence: Evidence
    salience: Salience

    def accepted_dates(self, *, published: bool) -> tuple[str | None, ...]:
        """Return the EDTF values that count as right, None for open."""
        known = self.date_basis == "text" or published
        if self.date_iso and known:
            return (self.date_iso, *self.date_accept)
        return (None, *self.date_accept)


class GoldItem(_Annotation):
    """One kind of equipment; "up to N" is quantity N with quantity_max N."""

    name: str
    quantity: int | None = None
    quantity_max: int | None = None
    quantity_is_estimate: bool = False
    quantity_accept: tuple[int | None, ...] = ()
    name_accept: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names that count as right."""
        return (self.name, *self.name_accept)

    @property
    def numbers(self) -> frozenset[int]:
        """The quantity as a set of bounds, empty when the report gives none."""
        return frozenset({self.quantity, self.quantity_max} - {None})  # type: ignore[arg-type]


class GoldPledge(_Annotation):
    """Equipment that one side asks for, plans, promises, sells or gives to another."""

    supplier: str | None = None
    supplier_accept: tuple[str, ...] = ()
    recipient: str | None = None
    recipient_accept: tuple[str, ...] = ()
    items: tuple[GoldItem, ...] = ()
    status: Status
    status_accept: tuple[Status, ...] = ()
    reported_by: str | None = None
    timeframe: str | None = None
    conditions: str | None = None
    deployment: str | None = None
    purpose: str | None = None
    value: str | None = None
    evidence: Evidence
    salience: Salience

    @property
    def statuses(self) -> tuple[PledgeStatus, ...]:
        """All statuses that count as right, the annotator's own first."""
        return (self.status, *self.status_accept)


class Reviewed(_Annotation):
    """How many records of a brief there were when it became gold, and on how many one decided."""

    records: int
    decided: int


class Gold(_Annotation):
    """What a careful reader finds in one report."""

    doc: str
    reviewed: Reviewed | None = None
    events: tuple[GoldEvent, ...]
    actors: tuple[GoldActor, ...]
    pledges: tuple[GoldPledge, ...]
    traps: tuple[str, ...] = ()


def read_gold(path: Path, text: str) -> Gold:
    """Read an annotation of *text*.

    Raises:
        InputError: it can't be read, breaks the format, or cites words that aren't in *text*.
    """
    try:
        gold = Gold.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot read the gold annotation: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: not a gold annotation: {place}: {first['msg']}") from error
    cited = [record.evidence for record in gold.events]
    cited += [record.evidence for record in gold.actors]
    cited += [record.evidence for record in gold.pledges]
    for quote in (quote for evidence in cited for quote in evidence):
        if quote not in text:
            raise InputError(f"{path}: evidence is not in the text: {quote[:80]!r}")
    return gold
