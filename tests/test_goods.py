"""What is supplied: offered words that are equipment, whole lists, numbers with their goods."""

from __future__ import annotations

import pytest
from claims_of import place_of, report_of
from hypothesis import given
from hypothesis import strategies as st

from summarizer.resolve.goods import find_goods, is_general, to_item
from summarizer.source import Span, Window


def goods(text: str, *offered: str) -> tuple[list[str], list[tuple[str, str]]]:
    report = report_of(text)
    spans = [place_of(report, words) for words in offered]
    found, rejections = find_goods(spans, Window(report.document, report.sentences), report.book)
    assert all(r.kind == "pledge" and r.field == "items" for r in rejections)
    return [report.words(span) for span in found], [(r.value, r.detail) for r in rejections]


STAND: list[tuple[str, str, list[str], list[str]]] = [
    (
        "members of a list",
        "Japan will supply radars, patrol boats and 20 armoured trucks to Vietnam.",
        ["radars"],
        ["radars", "patrol boats", "20 armoured trucks"],
    ),
    (
        "as well as",
        "Japan will supply radars as well as mortars.",
        ["mortars"],
        ["radars", "mortars"],
    ),
    (
        "another clause",
        "Japan will supply radars, while mortars were lost.",
        ["radars"],
        ["radars"],
    ),
    (
        "counted goods no list knows",
        "Japan will supply radars and 300 generators.",
        ["300 generators"],
        ["radars", "300 generators"],
    ),
    ("number joins", "Japan will supply 12 radars.", ["radars"], ["12 radars"]),
    (
        "range joins",
        "Perth will give Fiji up to 20 Bushmaster vehicles.",
        ["Bushmaster vehicles"],
        ["up to 20 Bushmaster vehicles"],
    ),
    (
        "a list offered in one piece",
        "Perth will give Fiji 14 rigid boats, ammunition and more than 3,000 rifles.",
        ["14 rigid boats, ammunition and more than 3,000 rifles"],
        ["14 rigid boats", "ammunition", "more than 3,000 rifles"],
    ),
    (
        "offered twice",
        "Japan will supply 12 radars.",
        ["12 radars", "radars"],
        ["12 radars"],
    ),
    (
        "bullets",
        "The package includes:\n• 14 rigid boats\n• 40 Bushmaster vehicles\n• ammunition",
        ["14 rigid boats"],
        ["14 rigid boats", "40 Bushmaster vehicles", "ammunition"],
    ),
]


@pytest.mark.parametrize(
    ("text", "offered", "want"), [row[1:] for row in STAND], ids=[row[0] for row in STAND]
)
def test_goods_stand_with_their_numbers_and_their_list(
    text: str, offered: list[str], want: list[str]
) -> None:
    assert goods(text, *offered) == (want, [])


FALL = [
    ("training", "Japan will supply radars and training to Vietnam.", "training", "is training"),
    (
        "money",
        "Japan will supply radars and $40 million in funds to Vietnam.",
        "$40 million in funds",
        "is training, money",
    ),
    ("date", "Japan will supply radars by October 2026.", "October 2026", "is a date"),
    ("actor", "Japan will supply radars to Vietnam.", "Vietnam", "names an actor"),
    ("person", "Ali Khan will supply radars to Vietnam.", "Ali Khan", "names an actor"),
    (
        "purpose",
        "Japan will supply radars to modernise a port.",
        "to modernise a port",
        "names no equipment",
    ),
    (
        "clause",
        "Japan will supply radars and will hold talks in Hanoi.",
        "hold talks",
        "names no equipment",
    ),
    ("verb", "Japan will supply radars.", "will supply", "names no equipment"),
    ("counted years", "Japan will supply radars over five years.", "five years", "”"),
]


@pytest.mark.parametrize(
    ("text", "offered", "why"), [row[1:] for row in FALL], ids=[row[0] for row in FALL]
)
def test_what_is_no_equipment_is_rejected_with_a_reason(text: str, offered: str, why: str) -> None:
    found, rejections = goods(text, "radars", offered)
    assert found == ["radars"]
    assert [value for value, _ in rejections] == [offered]
    assert why in rejections[0][1]


@pytest.mark.parametrize(
    ("words", "quantity", "most", "estimate"),
    [
        ("12 radars", 12, None, False),
        ("up to 20 trucks", None, 20, True),
        ("more than 3,000 rifles", 3000, None, True),
        ("a dozen tanks", 12, None, False),
        ("rifles", None, None, False),
    ],
)
def test_an_item_keeps_its_number_and_cites_its_words(
    words: str, quantity: int | None, most: int | None, estimate: bool
) -> None:
    report = report_of(f"They sent {words}.")
    span = place_of(report, words)
    item = to_item(span, report.document.text, report.cite)
    assert (item.text, item.quantity, item.quantity_max) == (words, quantity, most)
    assert item.quantity_is_estimate == estimate
    assert [(c.start, c.end, c.quote) for c in item.citations] == [(span.start, span.end, words)]


@pytest.mark.parametrize(
    ("words", "general"),
    [
        ("military equipment", True),
        ("weapons", True),
        ("radars", False),
        ("300 weapons", False),
        ("howitzers", False),
    ],
)
def test_military_equipment_names_no_kind(words: str, general: bool) -> None:
    report = report_of(words)
    item = to_item(Span(0, len(words)), report.document.text, report.cite)
    assert is_general(item) == general


@given(
    st.lists(
        st.sampled_from(
            "12 tanks , and radars training May Japan 3 of the with – ( 🚀\r\n".split(" ")
        )
        | st.text(max_size=4),
        min_size=1,
        max_size=14,
    ),
    st.data(),
)
def test_every_offered_span_is_among_the_goods_or_rejected(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    report = report_of(text)
    if not report.sentences:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found, rejections = find_goods([span], Window(report.document, report.sentences), report.book)
    assert all(0 <= g.start < g.end <= len(text) for g in found)
    assert all(r.value in text for r in rejections)
    overlapping = any(g.start < span.end and span.start < g.end for g in found)
    assert overlapping or rejections


def test_hostile_lengths_do_not_hang() -> None:
    for text in ("tanks, " * 1_500, "12 " * 10_000 + "tanks", ", and " * 10_000 + "tanks"):
        goods(text, "tanks")


@pytest.mark.parametrize(
    ("words", "offered", "text_of_item", "quantity"),
    [
        (
            "China delivered the second of eight Hangor-class submarines.",
            "eight Hangor-class submarines",
            "second of eight Hangor-class submarines",
            None,
        ),
        ("Rome handed over two of the 12 frigates.", "12 frigates", "two of the 12 frigates", 2),
    ],
    ids=["ordinal", "cardinal"],
)
def test_part_of_an_order_is_not_the_whole_order(
    words: str, offered: str, text_of_item: str, quantity: int | None
) -> None:
    report = report_of(words)
    item = to_item(place_of(report, offered), words, report.cite)

    assert (item.text, item.quantity) == (text_of_item, quantity)
    assert item.citations[0].quote == text_of_item
