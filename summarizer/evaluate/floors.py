"""Floors for scores, which only rise: the scores that a corpus must reach, in ``floors.json``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from summarizer.errors import InputError
from summarizer.evaluate.scores import KINDS, Scores

# Floors keep three digits, rounded down, so that a score always reaches its own floor.
_DIGITS = 1000


class Floors(BaseModel):
    """Least rates ("items.relaxed.f1": 0.85) and greatest counts ("over_claims": 0).

    Counts of dates are among both: "dates_right" may only rise, "dates_wrong" only fall.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at_least: Mapping[str, float] = {}
    at_most: Mapping[str, int] = {}


def read_floors(path: Path) -> Floors:
    """Read floors.

    Raises:
        InputError: the file can't be read, or isn't floors.
    """
    try:
        return Floors.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot read the floors: {error.strerror}") from error
    except ValidationError as error:
        raise InputError(f"{path}: not floors: {error.errors()[0]['msg']}") from error


def check_floors(scores: Scores, floors: Floors) -> tuple[str, ...]:
    """Return one line for each floor that *scores* do not reach, or that names no figure."""
    rates, counts = _rates(scores), _counts(scores)
    low = [
        f"{name} is {rates[name]:.3f}, below its floor {floor:.3f}"
        for name, floor in floors.at_least.items()
        if name in rates and rates[name] < floor
    ]
    high = [
        f"{name} is {count}, above {floors.at_most[name]}"
        for name, count in counts.items()
        if name in floors.at_most and count > floors.at_most[name]
    ]
    unknown = [
        f"{name} is no figure of the scores"
        for name in (*(floors.at_least.keys() - rates), *(floors.at_most.keys() - counts))
    ]
    return (*low, *high, *sorted(unknown))


def raise_floors(scores: Scores, floors: Floors) -> Floors:
    """Return *floors* raised to *scores* where these are better, and never lowered.

    Figures without a floor get one.
    """
    return Floors(
        at_least={
            name: max(math.floor(rate * _DIGITS) / _DIGITS, floors.at_least.get(name, 0.0))
            for name, rate in _rates(scores).items()
        },
        at_most={
            name: min(count, floors.at_most.get(name, count))
            for name, count in _counts(scores).items()
        },
    )


def _counts(scores: Scores) -> dict[str, int]:
    feared: dict[str, int] = dict(scores.feared.items())
    return feared | {name: n for name, n in scores.dates.items() if name != "dates_right"}


def _rates(scores: Scores) -> dict[str, float]:
    rates = {
        f"{kind}.{mode}.{rate}": getattr(getattr(scores.tallies[kind], mode), rate)
        for kind in KINDS
        for mode in ("exact", "relaxed")
        for rate in ("precision", "recall", "f1")
    }
    return {**rates, "dates_right": float(scores.dates["dates_right"])}
