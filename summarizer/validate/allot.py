"""Give each mention of a value its own place among those where its words stand.

Values of one record stand near each other, and records follow each other as in the answer. So
equal values of one field are matched to the places of their words in order, each near the values
of its record that stand at one place only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from summarizer.source import Span

_BREAK = re.compile(r"[,;:.\n]")
_PER_BREAK = 20  # what stands behind a comma is as far off as what stands 20 letters away
_SHARED = 100  # how much farther off a place of its own may be before a record shares another's
_CROWDED = 10**9  # records that nothing else tells apart share only what there is too little of
_TAKEN = 10**12  # one record has two places for equal words wherever there are two


@dataclass(frozen=True, slots=True)
class Mention:
    """A value of an answer: its path, its field in any record, its record, and its places."""

    path: str
    field: str
    record: str
    spans: tuple[Span, ...]


def allot(mentions: Sequence[Mention], text: str) -> dict[str, Span]:
    """Return by path which of its places each of *mentions* has; they come in the answer's order.

    A place is given twice to one field only when there are fewer places than mentions, or when
    the next is far from all else in the record.
    """
    return _Allotment(mentions, text).places


class _Allotment:
    def __init__(self, mentions: Sequence[Mention], text: str) -> None:
        self.places: dict[str, Span] = {}
        self._text = text
        self._in_record: defaultdict[str, list[Span]] = defaultdict(list)
        self._in_field: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        groups: defaultdict[tuple[str, tuple[Span, ...]], list[int]] = defaultdict(list)
        for at, mention in enumerate(mentions):
            if len(mention.spans) == 1:
                self._give(mention, mention.spans[0])
            elif mention.spans:
                groups[mention.field, mention.spans].append(at)
        for (_, spans), group in sorted(groups.items(), key=lambda item: len(item[0][1])):
            self._match(mentions, group, spans)

    def _give(self, mention: Mention, span: Span) -> None:
        self.places[mention.path] = span
        self._in_record[mention.record].append(span)
        self._in_field[mention.field].add((span.start, span.end))

    def _match(
        self, mentions: Sequence[Mention], group: Sequence[int], spans: tuple[Span, ...]
    ) -> None:
        """Give each mention of *group*, all of equal words, one of *spans*."""
        near = {at: self._near(mentions, at) for at in group}
        group = sorted(group, key=lambda at: _middle(near[at]))
        costs = [[self._cost(mentions[at], near[at], span) for span in spans] for at in group]
        chosen = _in_order(costs, [self._sharing(mentions, *two) for two in pairwise(group)])
        for at, place in zip(group, chosen, strict=True):
            self._give(mentions[at], spans[place])

    def _near(self, mentions: Sequence[Mention], at: int) -> list[Span]:
        """Return the places of the record's other values, else that of the value before it."""
        if own := self._in_record[mentions[at].record]:
            return sorted(own, key=lambda span: span.start)
        before = (mentions[i].path for i in range(at - 1, -1, -1))
        return [self.places[path] for path in before if path in self.places][:1]

    def _sharing(self, mentions: Sequence[Mention], one: int, next_one: int) -> int:
        """Return what it costs that the second of two mentions has the place of the first."""
        records = mentions[one].record, mentions[next_one].record
        if records[0] == records[1]:
            return _TAKEN
        return _SHARED if all(self._in_record[record] for record in records) else _CROWDED

    def _cost(self, mention: Mention, near: list[Span], span: Span) -> int:
        at = bisect_left(near, span.start, key=lambda other: other.start)
        gap = min((self._gap(span, other) for other in near[max(0, at - 1) : at + 1]), default=0)
        own = self._in_record[mention.record]  # what is near may be another record's
        if any((span.start, span.end) == (other.start, other.end) for other in own):
            return gap + _TAKEN
        return gap + (_SHARED if (span.start, span.end) in self._in_field[mention.field] else 0)

    def _gap(self, span: Span, other: Span) -> int:
        """Return how far *span* is from *other*; behind it is a little nearer than before it."""
        left, right = sorted((span, other), key=lambda s: (s.start, s.end))
        breaks = bisect_left(self._breaks, right.start) - bisect_left(self._breaks, left.end)
        between = right.start - left.end + _PER_BREAK * breaks
        return max(0, between) + (span is left)

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in _BREAK.finditer(self._text)]


def _middle(spans: Sequence[Span]) -> float:
    return sum(span.start for span in spans) / len(spans) if spans else 0


def _in_order(costs: Sequence[Sequence[int]], sharing: Sequence[int]) -> list[int]:
    """Return a column for each row of *costs*, never falling, at the least sum.

    That a row has the column of the row before costs its item of *sharing*. Of equal sums that
    counts in which the earlier rows have columns of their own.
    """
    best, steps = list(costs[0]), []
    for left, row, again in zip(range(len(sharing), 0, -1), costs[1:], sharing, strict=True):
        lowest, step, total = -1, [], []
        for column, cost in enumerate(row):
            stay = best[column] + again + left
            came = lowest if lowest >= 0 and best[lowest] <= stay else column
            step.append(came)
            total.append(cost + (stay if came == column else best[came]))
            if lowest < 0 or best[column] < best[lowest]:
                lowest = column
        best = total
        steps.append(step)
    chosen = [best.index(min(best))]
    for step in reversed(steps):
        chosen.append(step[chosen[-1]])
    return chosen[::-1]
