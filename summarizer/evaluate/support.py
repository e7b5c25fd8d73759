"""Score verdicts on the support set: what is accepted that is false, and refused that is true."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from summarizer.brief import Support
from summarizer.errors import InputError

SET = Path(__file__).with_name("support_set.jsonl")
"""Statements about passages, half of them true; each false one is false in one named way."""
BINS = 10


class Judged(BaseModel):
    """A statement about a passage, and whether the passage says so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    passage: str
    statement: str
    true: bool
    kind: str
    hard: str = ""
    origin: str = ""
    made: Literal["hand", "gold"] = "hand"


class Tally(BaseModel):
    """How many statements of a kind there are, and how many were judged wrongly."""

    kind: str
    true: int = 0
    false: int = 0
    false_accepts: int = 0
    false_rejects: int = 0


class Bin(BaseModel):
    """Statements whose probability of a yes lies between two tenths, and how many are true."""

    low: float
    high: float
    statements: int
    true: int


def load_support_set(path: Path = SET) -> tuple[Judged, ...]:
    """Return the statements of a JSON Lines file; raises InputError."""
    try:
        lines = path.read_text("utf-8").splitlines()
        return tuple(Judged.model_validate(json.loads(line)) for line in lines if line.strip())
    except (OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise InputError(f"{path}: not a support set: {reason}") from error


def tally(rows: Sequence[Judged], verdicts: Sequence[Support]) -> tuple[Tally, ...]:
    """Return the counts of each kind and of all; only "supported" is an acceptance."""
    kinds = dict.fromkeys(row.kind for row in rows)
    by_kind = {kind: Tally(kind=kind) for kind in (*kinds, "all")}
    for row, verdict in zip(rows, verdicts, strict=True):
        accepted = verdict == "supported"
        for count in (by_kind[row.kind], by_kind["all"]):
            count.true += row.true
            count.false += not row.true
            count.false_accepts += accepted and not row.true
            count.false_rejects += row.true and not accepted
    return tuple(by_kind.values())


def calibration(rows: Sequence[Judged], probabilities: Iterable[float | None]) -> tuple[Bin, ...]:
    """Return ten bins of probability with the share of true statements in each."""
    counts = [[0, 0] for _ in range(BINS)]
    for row, probability in zip(rows, probabilities, strict=True):
        if probability is not None:
            at = min(BINS - 1, int(probability * BINS))
            counts[at][0] += 1
            counts[at][1] += row.true
    return tuple(
        Bin(low=at / BINS, high=(at + 1) / BINS, statements=all_, true=true)
        for at, (all_, true) in enumerate(counts)
    )
