"""Pair gold records with found ones, one to one, so that the sum of the weights is greatest."""

from __future__ import annotations

from collections.abc import Sequence

# An edge counts more than any sum of scores, a core record more than any sum of minor ones:
# as many as possible are paired, core first, and scores only choose between such pairings.
_MINOR, _CORE = 1e4, 1e8


def pair(scores: Sequence[Sequence[float | None]], core: Sequence[bool]) -> dict[int, int]:
    """Return gold index -> found index, given a row of scores for each gold record.

    A score is in [0, 1], or None where the two are not the same; *core* says which rows are core.
    """
    weights = [
        [0.0 if score is None else score + (_CORE if is_core else _MINOR) for score in row]
        for row, is_core in zip(scores, core, strict=True)
    ]
    return {g: f for g, f in enumerate(_best_columns(weights)) if f >= 0 and weights[g][f] > 0}


def _best_columns(weights: list[list[float]]) -> list[int]:
    """Solve the assignment problem: the Hungarian method with shortest augmenting paths.

    Rows and columns count from 1; column 0 is where the path of a new row starts.
    """
    rows, width = len(weights), len(weights[0]) if weights else 0
    columns = max(rows, width)
    cost = [[-weight for weight in row] + [0.0] * (columns - width) for row in weights]
    owner, prices = [0] * (columns + 1), ([0.0] * (rows + 1), [0.0] * (columns + 1))
    for row in range(1, rows + 1):
        owner[0] = row
        column, came_from = _shortest_path(cost, owner, prices)
        while column:
            owner[column], column = owner[came_from[column]], came_from[column]
    chosen = [-1] * rows
    for column in range(1, width + 1):
        if owner[column]:
            chosen[owner[column] - 1] = column - 1
    return chosen


def _shortest_path(
    cost: list[list[float]], owner: list[int], prices: tuple[list[float], list[float]]
) -> tuple[int, list[int]]:
    """Return the free column that is cheapest to reach, and the way back; update the prices."""
    row_price, column_price = prices
    every = range(len(owner))
    slack, came_from = [float("inf")] * len(owner), [0] * len(owner)
    seen: set[int] = set()
    column = 0
    while owner[column]:
        seen.add(column)
        row = owner[column]
        unseen = [other for other in every if other not in seen]
        for other in unseen:
            reduced = cost[row - 1][other - 1] - row_price[row] - column_price[other]
            if reduced < slack[other]:
                slack[other], came_from[other] = reduced, column
        nearest = min(unseen, key=slack.__getitem__)
        step = slack[nearest]
        for other in seen:
            row_price[owner[other]] += step
            column_price[other] -= step
        for other in unseen:
            slack[other] -= step
        column = nearest
    return column, came_from
