"""The published contract: a brief of one report, version 1.

Every object that holds something from the source carries its own non-empty ``citations``, and
for each of them ``document.text[start:end] == quote``. Codes are computed, never taken from the
model: PLOVER (manual 2.0), UNROCA 7+1, Kiel Ukraine Support Tracker, SIPRI Arms Transfers,
FactBank factuality, EDTF dates (ISO 8601-2), ISO 3166-1 alpha-3 countries.
"""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from summarizer.profile import ProfileName
from summarizer.source import Match, PublishedBasis

VERSION = 1

Support = Literal["supported", "partial", "unsupported"]
ActorKind = Literal[
    "person",
    "state",
    "government_body",
    "military",
    "armed_group",
    "political_party",
    "igo",
    "company",
    "media",
    "other",
]
Plover = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Role = Literal[
    "actor",
    "recipient",
    "host",
    "visitor",
    "signatory",
    "mediator",
    "speaker",
    "perpetrator",
    "victim",
    "other",
]
Realis = Literal["actual", "ongoing", "planned", "hypothetical", "denied"]
Factuality = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"]
Precision = Literal["day", "week", "month", "season", "year", "interval", "unknown"]
DateBasis = Literal["explicit", "relative", "inferred_year", "none"]
AttributionKind = Literal[
    "own_voice",
    "official_statement",
    "named_person",
    "unnamed_official",
    "media_report",
    "state_media",
    "document",
    "party_claim",
    "analyst",
]
PledgeStatus = Literal[
    "requested",
    "discussed",
    "offered",
    "reported_planned",
    "pledged",
    "approved",
    "signed",
    "partly_delivered",
    "delivered",
    "suspended",
    "cancelled",
    "denied",
    "unclear",
]
LADDER: tuple[PledgeStatus, ...] = get_args(PledgeStatus)[:9]
"""The rungs of a transfer, from asking to having; what stands behind them stands beside it."""
ItemCategory = Literal[
    "aircraft",
    "unmanned_aircraft",
    "air_defence",
    "armoured_vehicle",
    "artillery",
    "missile_rocket",
    "ship",
    "sensor_ew",
    "engine",
    "small_arms",
    "ammunition",
    "communications",
    "logistics_nonlethal",
    "training_services",
    "other",
]
Unroca = Literal[
    "I",
    "II",
    "III",
    "IVa",
    "IVb",
    "Va",
    "Vb",
    "VI",
    "VIIa",
    "VIIb",
    "SALW",
    "none",
    "undetermined",
]
Kiel = Literal["none", "commitment", "allocation", "delivery"]
RejectionKind = Literal["actor", "event", "pledge", "summary"]
RejectionReason = Literal[
    "not_in_source", "not_supported", "bad_sentence", "duplicate", "schema", "truncated"
]
Country = Annotated[str, Field(pattern="^[A-Z]{3}$")]


class Record(BaseModel):
    """Base of all published types: frozen, and no field that the contract doesn't name."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_serialization_defaults_required=True,  # what is written always has each field
    )


class Shown(Record):
    """Base of what a notebook shows as a page when it is the last value of a cell."""

    def _repr_html_(self) -> str:
        # The page stands layers above and is large; only a notebook asks for it.
        html: str = import_module("summarizer.page").notebook(self)
        return html


class Citation(Record):
    """Words of the source: ``document.text[start:end] == quote``, in code points."""

    sentence: Annotated[int, Field(ge=1, description="1-based id of the sentence it starts in")]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    quote: Annotated[str, Field(min_length=1, description="The source's own slice")]
    match: Annotated[Match, Field(description="How what the model claimed was found in the source")]
    page: Annotated[
        int | None,
        Field(ge=1, description="Page it starts on; null in a text that is not paged"),
    ] = None


Citations = Annotated[tuple[Citation, ...], Field(min_length=1)]


class Statement(Record):
    """One line of the summary."""

    text: str
    citations: Citations


class Cited(Record):
    """A value taken from the source."""

    value: str
    citations: Citations


class Label(Record):
    """A loaded word for an actor, as quoted, and whose word it is (None: the report's own)."""

    text: str
    speaker: str | None
    citations: Citations


class Change(Record):
    """A value that was lowered: what the model offered, what stands instead, and why.

    ``by`` is the policy that weighs claims against the report's words, or a second reader.
    """

    field: str
    offered: str
    kept: Annotated[str | None, Field(description="null when the field was left open")]
    by: Literal["policy", "reader"]
    reason: str


class Review(Record):
    """What a person decided about a record."""

    action: Literal["accept", "reject", "correct"]
    reviewer: str
    at: Annotated[str, Field(description="Date and time, ISO 8601")]


Filled = Annotated[tuple[str, ...], Field(description="Fields that code, not the model, filled")]
Changes = Annotated[tuple[Change, ...], Field(description="Values that were lowered")]
Reviewed = Annotated[Review | None, Field(description="What a person decided, if anybody did")]


SupportBy = Literal["words", "reader", "both"]
Judged = Annotated[
    SupportBy, Field(description="Whose word the support is: the cited words', a second reader's")
]


class Actor(Record):
    """Someone or something that acts, once per brief."""

    id: str
    kind: ActorKind
    name: Annotated[str, Field(description="The fullest name in the report, without title")]
    aliases: Annotated[tuple[str, ...], Field(description="Other forms, as written")]
    rank: Cited | None
    position: Cited | None
    affiliation: Cited | None
    country: Annotated[Country | None, Field(description="ISO 3166-1 alpha-3")]
    labels: tuple[Label, ...]
    citations: Citations
    filled: Filled = ()
    changes: Changes = ()
    review: Reviewed = None


class DateValue(Record):
    """A date expression and what it means; ``edtf`` is null when it stays open."""

    text: str
    edtf: Annotated[str | None, Field(description="EDTF (ISO 8601-2), e.g. 2025-10-17, XXXX-10-12")]
    precision: Precision
    basis: DateBasis
    anchor: Annotated[str | None, Field(description="The date it was resolved against")]
    citations: Citations


class Place(Record):
    """A place as named, with the country when code knows it for certain."""

    name: str
    country: Country | None
    citations: Citations


class Participant(Record):
    """Who took part; ``actor`` is an id of ``Brief.actors`` when resolved."""

    name: str
    actor: str | None
    role: Role
    citations: Citations


class Attribution(Record):
    """Who says so: *speaker* (Bloomberg), *via* (Turkish officials), and the hedges used."""

    kind: AttributionKind
    speaker: str | None
    via: str | None
    hedge: tuple[str, ...]
    citations: Citations


class Event(Record):
    """Something that happened, goes on, is planned, is possible, or is denied."""

    id: str
    type: Plover
    label: Annotated[str, Field(description="The natural word for it: visit, signing, strike")]
    summary: str
    date: DateValue | None
    place: Place | None
    participants: tuple[Participant, ...]
    realis: Realis
    factuality: Factuality
    attribution: Attribution
    support: Support
    support_by: Judged = "words"
    citations: Citations
    filled: Filled = ()
    changes: Changes = ()
    review: Reviewed = None


class Party(Record):
    """A supplier or recipient."""

    name: str
    actor: str | None
    citations: Citations


class Item(Record):
    """One kind of equipment; quantities only when the report gives them."""

    text: str
    category: ItemCategory
    unroca: Unroca
    quantity: Annotated[int | None, Field(ge=0, description="Lower bound when a range")]
    quantity_max: Annotated[int | None, Field(ge=0)]
    quantity_is_estimate: bool
    unit: str | None
    citations: Citations


class Pledge(Record):
    """Equipment that one side asks for, plans, promises, sells or gives to another."""

    id: str
    supplier: tuple[Party, ...]
    recipient: tuple[Party, ...]
    items: tuple[Item, ...]
    status: PledgeStatus
    status_words: Cited
    delivery: DateValue | None
    deployment: Place | None
    purpose: Cited | None
    conditions: tuple[Cited, ...]
    exclusions: tuple[Cited, ...]
    value: Cited | None
    attribution: Attribution
    factuality: Factuality
    kiel: Kiel
    sipri_eligible: bool
    support: Support
    support_by: Judged = "words"
    citations: Citations
    filled: Filled = ()
    changes: Changes = ()
    review: Reviewed = None


class Rejection(Record):
    """What the model offered and the source does not bear out, and why it is not in the brief."""

    kind: RejectionKind
    field: str
    value: str
    quote: str
    reason: RejectionReason
    detail: str


class DocumentInfo(Record):
    """The report that the brief is about."""

    id: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    title: str | None
    publisher: str | None
    url: str | None
    language: str | None
    published: str | None
    published_basis: PublishedBasis
    characters: Annotated[int, Field(ge=0, description="Code points of the text")]


class Engine(Record):
    """What one needs to run it again."""

    name: Literal["local", "openai", "none"]
    model: str
    profile: Annotated[
        ProfileName | None, Field(description="How the model was asked; null in older briefs")
    ] = None
    prompts_sha256: str
    settings_sha256: Annotated[
        str | None,
        Field(description="Of the settings that shape a brief otherwise; null in older briefs"),
    ] = None
    temperature: float | None
    seed: int | None


class Usage(Record):
    """What the run cost; every attempt counts, also the failed ones."""

    requests: int
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    cost_usd: Annotated[float | None, Field(description="null when the price is not known")]
    seconds: float


class SecondReading(Record):
    """Who read the records a second time, and what that cost; not part of the run's own usage."""

    model: str
    profile: ProfileName
    statements: Annotated[int, Field(ge=0, description="How many were put to the reader")]
    usage: Usage


class Brief(Shown):
    """All that one report says, each field tied to its words."""

    version: Literal[1]
    document: DocumentInfo
    engine: Engine
    usage: Usage
    second_reading: SecondReading | None = None
    summary: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    pledges: tuple[Pledge, ...]
    rejections: tuple[Rejection, ...]
    warnings: tuple[str, ...]
