"""Clusters that carry facts: pairs in, clusters out whose facts never contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

Fact = TypeVar("Fact")


class Partition(Generic[Fact]):
    """Union-find over ``range(len(facts))`` with a fact per cluster and pairs kept apart.

    *combine* gives the fact of two clusters joined, or None when they contradict each other.
    """

    def __init__(
        self,
        facts: Sequence[Fact],
        combine: Callable[[Fact, Fact], Fact | None],
        apart: Iterable[tuple[int, int]] = (),
    ) -> None:
        self._parent = list(range(len(facts)))
        self._facts = list(facts)
        self._combine = combine
        self._enemies: dict[int, set[int]] = {}
        self._reasons: dict[int, list[str]] = {}
        self._doubtful: set[int] = set()
        for left, right in apart:
            self._enemies.setdefault(left, set()).add(right)
            self._enemies.setdefault(right, set()).add(left)

    def find(self, item: int) -> int:
        """Return the item that stands for *item*'s cluster."""
        root = item
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[item] != root:
            self._parent[item], item = root, self._parent[item]
        return root

    def fact(self, item: int) -> Fact:
        """Return the fact of *item*'s cluster."""
        return self._facts[self.find(item)]

    def join(self, left: int, right: int, reason: str, *, doubtful: bool = False) -> bool:
        """Join two clusters unless facts or a kept-apart pair forbid it; say whether they are one.

        The smaller number stands for the cluster, so the outcome depends on the order of the
        calls only, never on hashing.
        """
        one, two = sorted((self.find(left), self.find(right)))
        if one == two:
            return True
        if self.find_enemy(one, two):
            return False
        fact = self._combine(self._facts[one], self._facts[two])
        if fact is None:
            return False
        self._merge(one, two, fact, reason)
        if doubtful:
            self._doubtful.add(one)
        return True

    def force(self, left: int, right: int, reason: str) -> bool:
        """Join two clusters whatever their facts; False when a kept-apart pair forbids it."""
        one, two = sorted((self.find(left), self.find(right)))
        if self.find_enemy(one, two):
            return False
        if one != two:
            fact = self._combine(self._facts[one], self._facts[two])
            self._merge(one, two, self._facts[one] if fact is None else fact, reason)
        return True

    def find_enemy(self, left: int, right: int) -> bool:
        """Whether the clusters of *left* and *right* are to be kept apart."""
        one, two = self.find(left), self.find(right)
        few, other = (
            (one, two)
            if len(self._enemies.get(one, ())) <= len(self._enemies.get(two, ()))
            else (two, one)
        )
        return any(self.find(enemy) == other for enemy in self._enemies.get(few, ()))

    def reasons(self, item: int) -> tuple[str, ...]:
        """Return why *item*'s cluster was joined, without repetition, sorted."""
        return tuple(sorted(set(self._reasons.get(self.find(item), ()))))

    def is_doubtful(self, item: int) -> bool:
        """Whether a weak reason took part in joining *item*'s cluster."""
        return self.find(item) in self._doubtful

    def clusters(self) -> list[list[int]]:
        """Return the clusters, each in order of its items."""
        found: dict[int, list[int]] = {}
        for item in range(len(self._parent)):
            found.setdefault(self.find(item), []).append(item)
        return list(found.values())

    def _merge(self, one: int, two: int, fact: Fact, reason: str) -> None:
        self._parent[two] = one
        self._facts[one] = fact
        self._reasons.setdefault(one, []).append(reason)
        self._reasons[one].extend(self._reasons.pop(two, ()))
        self._enemies.setdefault(one, set()).update(self._enemies.pop(two, ()))
        if two in self._doubtful:
            self._doubtful.remove(two)
            self._doubtful.add(one)
