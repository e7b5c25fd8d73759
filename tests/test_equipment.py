"""Words for equipment: their codes, what is none, and how many there are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.equipment import classify, find_words, quantity

CODES = [
    ("18 Leopard 2A6 tanks", "armoured_vehicle", "I"),
    ("tanks", "armoured_vehicle", "I"),
    ("Bradley fighting vehicles", "armoured_vehicle", "II"),
    ("M113 armored personnel carriers", "armoured_vehicle", "II"),
    ("upgraded armored vehicles", "armoured_vehicle", "undetermined"),
    ("artillery", "artillery", "undetermined"),
    ("PzH 2000 self-propelled howitzers", "artillery", "III"),
    ("HIMARS launchers", "artillery", "III"),
    ("GMLRS rockets", "missile_rocket", "VIIa"),
    ("rockets for HIMARS", "missile_rocket", "undetermined"),
    ("HIMARS rockets", "missile_rocket", "undetermined"),
    ("rockets", "missile_rocket", "undetermined"),
    ("long-range cruise missiles", "missile_rocket", "VIIa"),
    ("advanced air-defense systems", "air_defence", "none"),
    ("Patriot missiles", "air_defence", "none"),
    ("two batteries of S‑400 missiles", "air_defence", "none"),
    ("Stinger missiles", "air_defence", "VIIb"),
    ("man-portable air-defence systems", "air_defence", "VIIb"),
    ("drones", "unmanned_aircraft", "undetermined"),
    ("Bayraktar TB2 drones", "unmanned_aircraft", "IVb"),
    ("reconnaissance drones", "unmanned_aircraft", "none"),
    ("Shahed-136 loitering munitions", "unmanned_aircraft", "undetermined"),
    ("F16 fighter jets", "aircraft", "IVa"),
    ("AH-64E Apache helicopters", "aircraft", "Va"),
    ("helicopters", "aircraft", "undetermined"),
    ("C-130J transport aircraft", "aircraft", "undetermined"),
    ("F-16 engines", "engine", "none"),
    ("spare parts for F-16s", "logistics_nonlethal", "none"),
    ("frigates", "ship", "VI"),
    ("fast patrol boats", "ship", "undetermined"),
    ("counter-battery radars", "sensor_ew", "none"),
    ("night-vision goggles", "sensor_ew", "none"),
    ("AK-47 assault rifles", "small_arms", "SALW"),
    ("Javelin anti-tank missiles", "small_arms", "SALW"),
    ("155mm artillery shells", "ammunition", "none"),
    ("tank ammunition", "ammunition", "none"),
    ("secure communications suites", "communications", "none"),
    ("body armour and helmets", "logistics_nonlethal", "none"),
    ("a shipment of rifles", "small_arms", "SALW"),
    ("weapons", "other", "undetermined"),
    ("something unheard of", "other", "undetermined"),
    ("1.5 lakh bullet-proof jackets", "logistics_nonlethal", "none"),
    ("uncrewed aerial systems", "unmanned_aircraft", "undetermined"),
    ("two 76mm naval guns", "artillery", "III"),
]


@pytest.mark.parametrize(("text", "category", "unroca"), CODES, ids=[row[0] for row in CODES])
def test_codes_say_no_more_than_the_words(text: str, category: str, unroca: str) -> None:
    got = classify(text)
    assert (got.category, got.unroca, got.against) == (category, unroca, None)


AGAINST = [
    ("training", "training"),
    ("officer-level courses", "training"),
    ("F-16 pilot training", "training"),
    ("$300 million in funds", "money"),
    ("advice", "advice"),
    ("a memorandum of understanding", "agreement"),
    ("intelligence sharing", "information"),
    ("200 soldiers", "people"),
    ("maintenance", "services"),
    ("humanitarian aid", "help"),
]


@pytest.mark.parametrize(("text", "against"), AGAINST)
def test_what_is_not_equipment_is_named(text: str, against: str) -> None:
    assert classify(text).against == against


@pytest.mark.parametrize(
    ("text", "general"),
    [("military equipment", True), ("weapons", True), ("military aid package", True),
     ("radars", False), ("something unheard of", False)],
)  # fmt: skip
def test_general_words_name_no_kind(text: str, general: bool) -> None:
    assert classify(text).is_general == general


# words, number, greatest number, whether it is an estimate
QUANTITIES = [
    ("18 Leopard tanks", 18, None, False),
    ("up to 20 F-16s", None, 20, True),
    ("more than 100 vehicles", 100, None, True),
    ("fewer than 10 tanks", None, 10, True),
    ("no fewer than 12 ships", 12, None, True),
    ("hundreds of drones", None, None, True),
    ("tens of thousands of shells", None, None, True),
    ("a dozen howitzers", 12, None, False),
    ("10 to 15 boats", 10, 15, True),
    ("two more batteries", 2, None, False),
    ("5 lakh hand grenades", 500_000, None, False),
    ("three (03) frigates", 3, None, False),
    ("Stinger missiles (500)", 500, None, False),
    ("2x NASAMS", 2, None, False),
    ("40,000 155mm artillery shells", 40000, None, False),
    ("72 105mm howitzers", 72, None, False),
    ("20 120 mm mortars", 20, None, False),
    ("$300 million in ammunition", None, None, False),
    ("F-16 jets", None, None, False),
    ("two-seat jets", None, None, False),
    ("rifles", None, None, False),
    ("three Patriot batteries", 3, None, False),
    ("a fifth Patriot battery", 1, None, False),
    ("two of the 12 frigates", 2, None, False),
    ("second of eight submarines", None, None, False),
    ("12 T-72s", 12, None, False),
    ("672 K9 howitzers", 672, None, False),
]


@pytest.mark.parametrize(("text", "low", "high", "estimate"), QUANTITIES)
def test_quantities_are_counts_only(
    text: str, low: int | None, high: int | None, estimate: bool
) -> None:
    got = quantity(text)
    assert (got.quantity, got.quantity_max, got.is_estimate) == (low, high, estimate)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("three batteries of Patriots", "batteries"), ("10,000 rounds of ammunition", "rounds"),
     ("500 tonnes of ammunition", "ton"), ("18 tanks", None)],
)  # fmt: skip
def test_what_is_counted_is_kept(text: str, unit: str | None) -> None:
    assert quantity(text).unit == unit


@given(st.text() | st.text(alphabet="12 ,-aekmnrst\u0301\u202e🚀\r\nTANKF"))
@settings(max_examples=200)
def test_any_text_gives_words_in_order(text: str) -> None:
    end = 0
    for mention in find_words(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
    classify(text)
    quantity(text)


def test_hostile_lengths_do_not_hang() -> None:
    for text in ("tank and " * 5_000, " " * 50_000, "(" * 50_000, "light " * 8_000 + "tank"):
        classify(text)
        quantity(text)
