"""Count what a run does, stage by stage."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType

ELSEWHERE = "elsewhere"
"""The stage of what is asked outside of any, as by ``extract``."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What one stage has done; ``seconds`` add up over documents that were at it at once.

    ``documents`` have been through it, ``failed`` of them in vain. Tokens are those of this run's
    own requests, none of ``cached_answers``, which an earlier one had paid for. ``refusals`` counts
    the parameters that an endpoint turned out not to take.
    """

    documents: int = 0
    failed: int = 0
    requests: int = 0
    retries: int = 0
    refusals: int = 0
    cached_answers: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    rejections: int = 0
    warnings: int = 0
    seconds: float = 0.0

    def __add__(self, other: Counts) -> Counts:
        """Return both together."""
        return Counts(*(getattr(self, name) + getattr(other, name) for name in _NAMES))


_NAMES = tuple(field.name for field in fields(Counts))


class Counters:
    """The running counts of one run or several; safe to share between threads.

    Give it to ``summarize`` or ``summarize_many``, and look at it whenever you like.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stages: dict[str, dict[str, float]] = {}
        self._documents = self._failed = self._kept = 0

    def add(self, stage: str, **counts: float) -> None:
        """Add *counts*, by their names in ``Counts``, to those of *stage*."""
        with self._lock:
            held = self._stages.setdefault(stage, dict.fromkeys(_NAMES, 0))
            for name, more in counts.items():
                held[name] += more

    def add_document(self, *, failed: bool = False, kept: bool = False) -> None:
        """Count a document that is done, has failed, or whose earlier brief was *kept*."""
        with self._lock:
            self._documents += 1
            self._failed += failed
            self._kept += kept

    @property
    def documents(self) -> int:
        """How many documents have come to an end, whatever end."""
        return self._documents

    @property
    def failed(self) -> int:
        """How many of them have no brief."""
        return self._failed

    @property
    def kept(self) -> int:
        """Of how many of them an earlier brief was kept."""
        return self._kept

    @property
    def stages(self) -> Mapping[str, Counts]:
        """What each stage has done so far, the first one first."""
        with self._lock:
            stages = {name: Counts(**held) for name, held in self._stages.items()}  # type: ignore[arg-type]
        return MappingProxyType(stages)

    @property
    def total(self) -> Counts:
        """All stages together, with the documents of the run."""
        whole = sum(self.stages.values(), Counts())
        return Counts(**{**asdict(whole), "documents": self._documents, "failed": self._failed})

    def as_dict(self) -> dict[str, object]:
        """Return all of it, as it is to be in JSON."""
        stages = {name: _rounded(counts) for name, counts in self.stages.items()}
        return {**_rounded(self.total), "kept": self._kept, "stages": stages}


def _rounded(counts: Counts) -> dict[str, object]:
    return {**asdict(counts), "seconds": round(counts.seconds, 3)}
