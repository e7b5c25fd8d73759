"""Goods that a sentence names, each with its amount; what only looks like goods is not found."""

from __future__ import annotations

import pytest
from growing import assert_linear, repeated
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import read, words_at

from summarizer.annotate import annotate
from summarizer.resolve.items import split_items
from summarizer.resolve.terms import (
    find_conditions,
    find_exclusions,
    find_purpose,
    find_values,
)
from summarizer.source import Document, Sentence, Span

FOUND: list[tuple[str, list[str]]] = [
    ("Berlin will deliver 18 Leopard 2A6 tanks and up to 40 Marder infantry fighting vehicles.",
     ["18 Leopard 2A6 tanks", "up to 40 Marder infantry fighting vehicles"]),
    ("The package includes more than 2,000 Stinger anti-aircraft missiles and a Patriot battery.",
     ["package", "more than 2,000 Stinger anti-aircraft missiles", "Patriot battery"]),
    ("Manila received three BrahMos batteries and two Shaldag fast attack boats.",
     ["three BrahMos batteries", "two Shaldag fast attack boats"]),
    ("Iran sent hundreds of Shahed-136 drones to Russia, U.S. officials say.",
     ["hundreds of Shahed-136 drones"]),
    ("France pledged six Mirage 2000-5 fighter jets to Kyiv.", ["six Mirage 2000-5 fighter jets"]),
    ("Kenya bought 12 Bradleys and 12 T-72s.", ["12 Bradleys", "12 T-72s"]),
    ("Oslo will send drones, missiles and air defense systems.",
     ["drones", "missiles", "air defense systems"]),
    ("Oslo sent tank and artillery ammunition.", ["tank and artillery ammunition"]),
    ("Oslo sent 2.5 million rounds of small arms ammunition.",
     ["2.5 million rounds of small arms ammunition"]),
    ("Oslo sent launchers for the NASAMS system.", ["launchers for the NASAMS system"]),
    ("Oslo sent Kyiv 31 Abrams tanks.", ["31 Abrams tanks"]),
    ("Rome handed over two of the 12 frigates.", ["two of the 12 frigates"]),
    ("China delivered the second of eight Hangor-class submarines.",
     ["second of eight Hangor-class submarines"]),
    ("They received six (6) UH-60M Black Hawk helicopters.",
     ["six (6) UH-60M Black Hawk helicopters"]),
    ("They received Stinger missiles (500) last year.", ["Stinger missiles (500)"]),
    ("They received 72 105mm howitzers.", ["72 105mm howitzers"]),
    ("The United States transferred two Island-class patrol vessels to the coast guard.",
     ["two Island-class patrol vessels"]),
    ("Tank deliveries to Kyiv began.", ["Tank"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "want"), FOUND, ids=[text[:40] for text, _ in FOUND])
def test_goods_are_found_with_amount_and_adjectives(text: str, want: list[str]) -> None:
    goods = read(text).goods
    assert words_at(text, [g.span for g in goods if g.known]) == [w for w in want if w != "package"]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Omar Bradley spoke at a think tank about the missile strike and the armored brigade.",
        "The Senate repealed the Caesar Act; officers attended training courses in Ankara.",
        "A patriot died in a drone strike near an oil tanker.",
        "Drone operators met the artillery commander.",
        "A new round of talks on the arms embargo began.",
        "Rebels attacked the ammunition depot and the missile factory.",
    ],
)
def test_what_only_looks_like_goods_is_not_found(text: str) -> None:
    assert read(text).goods == ()


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Norway will send 40 snowploughs to Moldova.", ["40 snowploughs"]),
        ("Norway sent a delegation and a letter to Moldova.", []),
        ("Norway gave Moldova $40 million.", []),
        ("Norway gave Moldova advice and training.", []),
        ("Norway watched 40 snowploughs in Moldova.", []),
    ],
)
def test_the_object_of_a_supply_is_offered_though_no_list_knows_it(
    text: str, want: list[str]
) -> None:
    assert words_at(text, [g.span for g in read(text).goods if not g.known]) == want


@pytest.mark.parametrize(
    ("text", "general"),
    [("Oslo sent military equipment.", True), ("Oslo sent radars.", False)],
)
def test_general_goods_say_so(text: str, general: bool) -> None:
    assert [g.general for g in read(text).goods] == [general]


PIECES = "12 dozens of the 155mm (500) - and , Patriot tanks missile systems sent to x \n 🚀".split(
    " "
)


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_goods_and_terms_in_order(text: str) -> None:
    reading = read(text)
    end = 0
    for goods in reading.goods:
        assert end <= goods.span.start < goods.span.end <= len(text)
        assert goods.span.start <= reading.tokens[goods.head].start
        end = goods.span.end
        assert split_items(goods.span, reading)
        find_purpose(reading, goods.span)
    for span in (*find_conditions(reading), *find_exclusions(reading), *find_values(reading)):
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("piece", ["tanks, ", "12 ", ", and ", "light ", "if ", "(500) "])
def test_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    def step(text: str) -> None:
        (reading,) = annotate(Document(text), [Sentence(1, 0, len(text), text)]).readings
        find_conditions(reading)
        split_items(Span(0, len(text)), reading)

    assert_linear(step, repeated(piece, after="tanks"), 20_000)
