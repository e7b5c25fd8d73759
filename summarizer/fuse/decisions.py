"""A user's decisions: pairs by name or record in, pairs of numbers out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.dossier import Decision, DecisionSide
from summarizer.fuse.mentions import Mention
from summarizer.names import fold


class Sides:
    """Finds the mentions that the sides of decisions mean."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._by_key: dict[tuple[str, str], list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        for number, mention in enumerate(mentions):
            self._by_key.setdefault(mention.key, []).append(number)
            self._by_name.setdefault(fold(mention.actor.name), []).append(number)
        self._mentions = mentions

    def apply(self, decisions: Iterable[Decision]) -> tuple[list[tuple[int, int]], ...]:
        """Return the pairs of mentions that users call the same, and not the same."""
        same: list[tuple[int, int]] = []
        apart: list[tuple[int, int]] = []
        for decision in decisions:
            left, right = self._find(decision.left), self._find(decision.right)
            if not left or not right or decision.verdict == "undecided":
                continue
            if decision.verdict == "same":
                same += [(left[0], other) for other in left[1:] + right]
            else:
                apart += [(one, two) for one in left for two in right if one != two]
        return same, apart

    def _find(self, side: DecisionSide) -> list[int]:
        if side.document is not None and side.record is not None:
            return self._by_key.get((side.document, side.record), [])
        named = self._by_name.get(fold(side.name), [])
        return [n for n in named if side.document in (None, self._mentions[n].document)]


def decided_pairs(
    numbers: dict[tuple[str, str], int], decisions: Iterable[Decision], kind: str
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the pairs of records that users call the same, and not the same."""
    found: dict[str, list[tuple[int, int]]] = {"same": [], "not_same": [], "undecided": []}
    for decision in decisions:
        left, right = (
            numbers.get((side.document or "", side.record or ""))
            for side in (decision.left, decision.right)
        )
        if decision.kind == kind and left is not None and right is not None and left != right:
            found[decision.verdict].append((left, right))
    return found["same"], found["not_same"]
