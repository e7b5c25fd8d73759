"""Which records are worth comparing: keys of each in, pairs of numbers out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

# Only this many unlike records of one block are compared with a further record of that block.
_MOST_LEADERS = 64


def pairs(
    keys: Iterable[Iterable[Hashable]], is_same: Callable[[int, int], object]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of records that share a key, each once.

    Within a block a record is compared with those before it that are unlike one another, so that
    a block of many copies costs no square of their number.
    """
    blocks: dict[Hashable, list[int]] = {}
    for number, own in enumerate(keys):
        for key in own:
            blocks.setdefault(key, []).append(number)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks, key=repr):
        leaders: list[int] = []
        for number in blocks[key]:
            fresh = [(leader, number) for leader in leaders if (leader, number) not in seen]
            seen.update(fresh)
            yield from fresh
            if len(leaders) < _MOST_LEADERS and not any(is_same(at, number) for at in leaders):
                leaders.append(number)
