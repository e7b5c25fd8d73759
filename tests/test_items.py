"""From the words that a model offers to items: lists split, amounts taken in, refusals by name."""

from __future__ import annotations

import pytest
from reading import read, span_of, words_at

from summarizer.resolve.citing import Citer
from summarizer.resolve.items import is_general, not_goods, split_items, to_item
from summarizer.source import Document

# the sentence, what the model offers of it, the items
LISTS = [
    ("Japan will supply 12 radars.", "radars", ["12 radars"]),
    ("Perth will give Fiji up to 20 Bushmaster vehicles.", "Bushmaster vehicles",
     ["up to 20 Bushmaster vehicles"]),
    ("Perth will give Fiji 14 rigid boats, ammunition and more than 3,000 rifles.",
     "14 rigid boats, ammunition and more than 3,000 rifles",
     ["14 rigid boats", "ammunition", "more than 3,000 rifles"]),
    ("Japan will supply radars and 300 snowploughs.", "radars and 300 snowploughs",
     ["radars", "300 snowploughs"]),
    ("Oslo sends 31 Abrams tanks and 12 HIMARS launchers with 200 rockets.",
     "31 Abrams tanks and 12 HIMARS launchers with 200 rockets",
     ["31 Abrams tanks", "12 HIMARS launchers", "200 rockets"]),
    ("Oslo sends 2,000 rifles and command and control systems.",
     "2,000 rifles and command and control systems",
     ["2,000 rifles", "command and control systems"]),
    ("Oslo sends military and logistical equipment.", "military and logistical equipment",
     ["military and logistical equipment"]),
    ("Oslo sends search and rescue helicopters, along with spare parts.",
     "search and rescue helicopters, along with spare parts",
     ["search and rescue helicopters", "spare parts"]),
    ("Oslo sends 72 vehicles to tow 155mm howitzers.", "72 vehicles to tow 155mm howitzers",
     ["72 vehicles to tow 155mm howitzers"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "offered", "want"), LISTS, ids=[row[1] for row in LISTS])
def test_lists_split_into_items_with_their_amounts(
    text: str, offered: str, want: list[str]
) -> None:
    assert words_at(text, list(split_items(span_of(offered, text), read(text)))) == want


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
