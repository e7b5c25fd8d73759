"""The command ``runs``: what was run into a directory of briefs, and whether all of it is there."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from summarizer.cli.terminal import put, say
from summarizer.escape import for_terminal
from summarizer.ledger import Run, clean, faults, runs

_HEAD = ("run", "began (UTC)", "ended", "state", "briefs", "failed", "answers kept", "model")
_NUMBERS = ("run", "briefs", "failed", "answers kept")


def run(arguments: Namespace) -> int:
    """List the runs, or verify or clean their ledger; return 1 if something is amiss in it."""
    directory: Path = arguments.directory
    if arguments.clean:
        gone = clean(directory)
        put(f"{gone} answers removed that the last run with briefs did not need\n")
        return 0
    if arguments.verify:
        return _verify(directory)
    for line in _table(runs(directory)):
        put(line)
    return 0


def _verify(directory: Path) -> int:
    found = faults(directory)
    for fault in found:
        put(f"{for_terminal(fault)}\n")
    if found:
        say("summarizer: run summarize again with the same --out: it makes what is missing")
        return 1
    known = runs(directory)
    put(
        f"{len(known)} {'run' if len(known) == 1 else 'runs'}: the ledger is whole, and every "
        "brief that it names is there\n"
    )
    return 0


def _table(known: list[Run]) -> Iterator[str]:
    """Yield the lines of a table, numbers to the right."""
    rows = [_HEAD, *map(_row, known)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if name in _NUMBERS else cell.ljust(width)
            for cell, width, name in zip(row, widths, _HEAD, strict=True)
        )
        yield "  ".join(cells).rstrip() + "\n"


def _row(one: Run) -> tuple[str, ...]:
    # Whether the last run is still at work shows to nobody but the next one.
    state = "running, or killed" if one.state == "running" else one.state
    return (
        *(str(one.id), _moment(one.began), _moment(one.ended), for_terminal(state)),
        *(str(one.briefs), str(one.failed), str(one.answers), for_terminal(one.model)),
    )


def _moment(iso: str | None) -> str:
    return for_terminal(iso[:16].replace("T", " ")) if iso else "-"
