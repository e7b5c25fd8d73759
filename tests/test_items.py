"""From the words that a model offers to items: lists split, amounts taken in, refusals by name."""

from __future__ import annotations

import pytest
from case_tables import cases
from reading import read, span_of, words_at

from summarizer.resolve.citing import Citer
from summarizer.resolve.items import is_general, not_goods, split_items, to_item
from summarizer.source import Document


@pytest.mark.parametrize("row", [*cases("items")])
def test_lists_split_into_items_with_their_amounts(row: dict[str, str]) -> None:
    text = row["sentence"]
    found = split_items(span_of(row["offered"], text), read(text))
    assert " | ".join(words_at(text, list(found))) == row["items"]


# the sentence, what the model offers of it, what it is instead of equipment
REFUSED = [
    ("Japan will supply radars and training to Vietnam.", "training", "training"),
    ("Japan will supply radars and $40 million in funds.", "$40 million in funds", "money"),
    ("Japan will supply radars and technical advice.", "technical advice", "advice"),
    ("Japan will send 200 soldiers.", "200 soldiers", "people"),
    ("Japan will send no tanks.", "no tanks", "none"),
    ("Japan will send no fewer than 12 ships.", "no fewer than 12 ships", None),
    ("Japan will supply radars.", "radars", None),
    ("Japan will supply 300 snowploughs.", "300 snowploughs", None),
    ("Japan will supply equipment for pilot training.", "equipment for pilot training", None),
    ("Japan promised new assistance to Vietnam.", "new assistance", None),
]


@pytest.mark.parametrize(("text", "offered", "want"), REFUSED, ids=[row[1] for row in REFUSED])
def test_only_a_named_contradiction_speaks_against_an_item(
    text: str, offered: str, want: str | None
) -> None:
    found = not_goods(span_of(offered, text), read(text))
    assert (found[0] if found else None) == want


def test_an_item_keeps_its_number_and_cites_its_words() -> None:
    text = "They sent up to 20 Stinger missiles."
    span = span_of("up to 20 Stinger missiles", text)
    item = to_item(span, text, Citer(_document(text), [read(text).sentence]))
    assert (item.quantity, item.quantity_max, item.unroca) == (None, 20, "VIIb")
    assert [(c.start, c.end, c.quote) for c in item.citations] == [
        (span.start, span.end, item.text)
    ]


@pytest.mark.parametrize(
    ("words", "general"),
    [("military equipment", True), ("weapons", True), ("radars", False), ("300 weapons", False)],
)
def test_an_item_is_general_without_kind_and_number(words: str, general: bool) -> None:
    text = f"They sent {words}."
    item = to_item(span_of(words, text), text, Citer(_document(text), [read(text).sentence]))
    assert is_general(item) == general


def _document(text: str) -> Document:
    return Document(text)
