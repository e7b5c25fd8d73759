"""Make the part of the support set that a script can make: statements from gold annotation.

``python tests/support_set.py`` puts it behind the statements written by hand, which stay as they
are. A statement is what the product itself would put to a reader; a false one takes from the same
report what a careless reader would: the sides the other way round, the last rung of the ladder,
the day of the event beside it, the count of the item beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from conftest import FOLDERS
from gold_briefs import brief_from_gold

from summarizer.brief import Brief, Item, Pledge
from summarizer.evaluate.gold import Gold, read_gold
from summarizer.evaluate.support import SET
from summarizer.language.countries import states_named
from summarizer.propositions import circumstance, of_pledge
from summarizer.segment import segment
from summarizer.source import Document

Row = dict[str, Any]
LONGEST = 900
"""Characters of a passage: beyond it a gold record rests on half the report."""

DOUBTFUL = frozenset(
    (
        "Aktürk says Turkey is already mobilizing training, advisory and technical teams",
        "High-level talks that precede the signing",
        "Ghana cancels a contract for five A-29 Super Tucano aircraft",
        "Sweden pledges Archer systems and night-vision goggles",
        "RSF spokesman Hamid Tirab says that two Belarusian-made drones were shot down",
        "Romania’s army takes over its first 18 K9 howitzers at a ceremony in Craiova",
        "Romania signed a contract for 54 howitzers with Hanwha Aerospace",
        "The Senate in Manila votes to ratify a visiting-forces agreement with Japan",
    )
)
"""Events whose day the annotation infers from what stands around them: careful readers of the
passage differ on whether it says so."""


def by_hand() -> list[Row]:
    """Return the rows that people wrote."""
    rows = [json.loads(line) for line in SET.read_text("utf-8").splitlines()]
    return [row for row in rows if row["made"] == "hand"]


def from_gold() -> list[Row]:
    """Return the rows that follow from the gold annotation, the same every time."""
    rows: list[Row] = []
    for folder in FOLDERS.values():
        for path in sorted(folder.glob("*.gold.json")):
            text = path.with_name(path.name.replace(".gold.json", ".txt"))
            if text.is_file():
                rows += _of_report(text, read_gold(path, text.read_text("utf-8")))
    once = {(row["passage"], row["statement"]): row for row in reversed(rows)}
    return list(reversed(once.values()))


def _of_report(path: Path, gold: Gold) -> Iterator[Row]:
    text = path.read_text("utf-8")
    brief = brief_from_gold(text, gold)
    sentences = {s.id: s.text for s in segment(Document(text))}

    def row(
        kind: str, told: Sequence[int], statement: str, true: bool, parties: Sequence[str] = ()
    ) -> Iterator[Row]:
        passage = " ".join(sentences[number] for number in sorted(set(told)))
        if len(passage) <= LONGEST and _names_all(passage, parties):
            yield {
                "passage": passage,
                "statement": statement,
                "true": true,
                "kind": kind,
                "hard": "",
                "origin": path.name,
                "made": "gold",
            }

    for pledge in brief.pledges:
        for kind, told, statement, true in _of_pledge(pledge):
            sides = [party.name for party in (*pledge.supplier, *pledge.recipient)]
            yield from row(kind, told, statement, true, sides)
    for kind, told, statement, true in _of_dates(brief, gold):
        yield from row(kind, told, statement, true)


def _names_all(passage: str, parties: Sequence[str]) -> bool:
    """Tell whether a passage itself says who the sides are: "it" and "the army" may be anybody."""
    forms = {form for state in states_named(passage) for form in state.names}
    return all(name in passage or name.removeprefix("The ") in forms for name in parties)


def _of_pledge(pledge: Pledge) -> Iterator[tuple[str, Sequence[int], str, bool]]:
    if not (pledge.supplier and pledge.recipient):
        return
    goods = [one for one in of_pledge(pledge, rivals=True) if one.field.startswith("items")]
    first = goods[0]
    yield "sides swapped", first.sentences, first.text, True
    yield "sides swapped", first.sentences, first.rivals[0], False
    if pledge.status in ("requested", "discussed", "offered", "reported_planned", "pledged"):
        delivered = pledge.model_copy(update={"status": "delivered"})
        raised = next(iter(of_pledge(delivered)))
        if goods[-1] != first:
            yield "status raised", goods[-1].sentences, goods[-1].text, True
        yield "status raised", first.sentences, raised.text, False
    for one, other in pairwise(pledge.items):
        if one.quantity and other.quantity and one.quantity != other.quantity:
            yield from _of_counts(pledge, one, other)


def _of_counts(
    pledge: Pledge, one: Item, other: Item
) -> Iterator[tuple[str, Sequence[int], str, bool]]:
    for true, count in ((True, one.quantity), (False, other.quantity)):
        bare = one.text.lstrip("0123456789, ")
        item = one.model_copy(update={"text": f"{count} {bare}"})
        told = next(iter(of_pledge(pledge.model_copy(update={"items": (item,)}))))
        yield "neighbour's quantity or unit", told.sentences, told.text, true


def _of_dates(brief: Brief, gold: Gold) -> Iterator[tuple[str, Sequence[int], str, bool]]:
    """Yield when an event happened, and the day of the next dated one for it."""
    told = zip(brief.events, gold.events, strict=True)
    dated = [(event, event.date, gold.what) for event, gold in told if event.date]
    for (one, date, what), (other, another, _) in pairwise(dated):
        if date.text == another.text or what.startswith(tuple(DOUBTFUL)):
            continue
        cited = (*one.citations, *other.citations, *date.citations, *another.citations)
        sentences = [citation.sentence for citation in cited]
        for true, day in ((True, date), (False, another)):
            statement = circumstance("date", day.text, clause=what)
            yield "other event's date", sentences, statement, true


if __name__ == "__main__":
    made = [*by_hand(), *from_gold()]
    lines = (json.dumps(row, ensure_ascii=False) for row in made)
    SET.write_text("".join(f"{line}\n" for line in lines), "utf-8")
