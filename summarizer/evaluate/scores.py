"""What an evaluation says: rates of each kind, what users fear, and the differences in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, computed_field

Kind = Literal[
    "actors",
    "aliases",
    "events",
    "kinds",
    "participants",
    "dates",
    "pledges",
    "items",
    "quantities",
    "statuses",
]
DateOutcome = Literal["dates_right", "dates_wrong", "dates_left_open"]
Feared = Literal[
    "invalid_citations",
    "over_claims",
    "numbers_not_in_citation",
    "invented_dates",
    "pledges_in_pledge_free",
    "wrong_supplier_or_recipient",
    "wrong_attribution",
    "invented_violence",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
FEARED: tuple[Feared, ...] = get_args(Feared)
DATE_OUTCOMES: tuple[DateOutcome, ...] = get_args(DateOutcome)


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Counts(_Value):
    """Minor gold records count for precision when found, and never as missed.

    ``right`` of ``found`` records are in gold; ``core_found`` of ``core`` gold records are found.
    """

    found: int = 0
    right: int = 0
    core: int = 0
    core_found: int = 0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def precision(self) -> float:
        """Share of found records that are right; 1 when nothing is claimed."""
        return self.right / self.found if self.found else 1.0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def recall(self) -> float:
        """Share of core gold records that are found; 1 when there are none."""
        return self.core_found / self.core if self.core else 1.0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            found=self.found + other.found,
            right=self.right + other.right,
            core=self.core + other.core,
            core_found=self.core_found + other.core_found,
        )


class Tally(_Value):
    """One kind, counted strictly and leniently."""

    exact: Counts = Counts()
    relaxed: Counts = Counts()

    def __add__(self, other: Tally) -> Tally:
        return Tally(exact=self.exact + other.exact, relaxed=self.relaxed + other.relaxed)


class Difference(_Value):
    """The words of core gold records that are missed, and of found ones that are not in gold."""

    kind: Kind
    missed: tuple[str, ...]
    extra: tuple[str, ...]


class Finding(_Value):
    """One thing that users fear, found in a brief."""

    kind: Feared
    detail: str


class Scores(_Value):
    """How well briefs agree with gold: of one document, or summed over ``documents`` of them."""

    name: str
    documents: int = 1
    tallies: Mapping[Kind, Tally]
    dates: Annotated[
        Mapping[DateOutcome, int],
        Field(description="Of core events that are found; open: although gold knows the date"),
    ]
    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def feared(self) -> Mapping[Feared, int]:
        """How often each thing that users fear was found."""
        return {kind: sum(f.kind == kind for f in self.findings) for kind in FEARED}


class Review(_Value):
    """Of a document whose gold was made by review: its records, and on how many one decided."""

    name: str
    records: int
    decided: int


class Evaluation(_Value):
    """All documents of a directory, and their sum (micro-average)."""

    documents: tuple[Scores, ...]
    total: Scores
    reviews: tuple[Review, ...] = ()


def add_up(documents: Iterable[Scores], name: str = "total") -> Scores:
    """Sum counts and findings over documents, so that each record weighs the same."""
    every = tuple(documents)
    return Scores(
        name=name,
        documents=len(every),
        tallies={
            kind: sum((scores.tallies[kind] for scores in every), start=Tally()) for kind in KINDS
        },
        dates={name: sum(scores.dates[name] for scores in every) for name in DATE_OUTCOMES},
        findings=tuple(
            Finding(kind=finding.kind, detail=f"{scores.name}: {finding.detail}")
            for scores in every
            for finding in scores.findings
        ),
    )
