"""Have what waits in a ledger answered in batches: send, look, collect, and go on after days."""

from __future__ import annotations

import time
from collections.abc import Callable

from summarizer.ask import Batch, Batches, fault_of, files_of
from summarizer.errors import ModelError
from summarizer.ledger import Ledger

LOOK_SECONDS = 60.0
"""Between two looks at a batch, which takes minutes to a day."""


def answer_all(
    ledger: Ledger,
    batches: Batches,
    *,
    told: Callable[[str], object],
    sleep: Callable[[float], object] = time.sleep,
) -> None:
    """Send what waits in *ledger*, and keep the answers as they come; *told* says how far it is.

    It may be given up at any time: batches that were sent are found again in the ledger. Raises
    ModelError when a batch is not taken at all, and InputError when an answer cannot be kept.
    """
    for keys, content in files_of(ledger.unsent()):
        batch = batches.send(content)
        ledger.sent(keys, batch)
        told(f"batch {batch}: {len(keys):,} questions sent")
    waiting = ledger.batches()
    last: dict[str, Batch] = {}
    while waiting:
        for batch in list(waiting):
            found = batches.look(batch)
            if found != last.get(batch):
                told(
                    f"batch {batch}: {found.state}, {found.answered:,} of {found.total:,} answered"
                )
            last[batch] = found
            if found.ended:
                _collect(ledger, batches, found, told)
                waiting.remove(batch)
        if waiting:
            sleep(LOOK_SECONDS)


def _collect(ledger: Ledger, batches: Batches, batch: Batch, told: Callable[[str], object]) -> None:
    kept = 0
    for asked, answer in batches.answers(batch):
        ledger.collected(asked, answer)
        kept += 1
    given_up = ledger.missed(batch.id)
    if batch.state == "failed":
        raise fault_of(batch)
    if given_up:
        raise ModelError(
            f"batch {batch.id}: {given_up:,} questions were twice left unanswered, {kept:,} "
            "answered; run again without --batch to ask them one by one"
        )
