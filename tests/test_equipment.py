from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.resolve.equipment import classify, find_equipment, quantity, split_items

LISTS = [
    ("armored vehicles, drones, artillery, rockets, and air defense systems",
     ["armored vehicles", "drones", "artillery", "rockets", "air defense systems"]),
    ("31 Abrams tanks and 12 HIMARS launchers with 200 rockets",
     ["31 Abrams tanks", "12 HIMARS launchers", "200 rockets"]),
    ("2,000 rifles and command and control systems",
     ["2,000 rifles", "command and control systems"]),
    ("tank and artillery ammunition, short- and medium-range missiles",
     ["tank and artillery ammunition", "short- and medium-range missiles"]),
    ("military and logistical equipment", ["military and logistical equipment"]),
    ("three Patriot (PAC-2, PAC-3) batteries; surface-to-air missiles as well as radars",
     ["three Patriot (PAC-2, PAC-3) batteries", "surface-to-air missiles", "radars"]),
    ("search and rescue helicopters, boats, along with spare parts",
     ["search and rescue helicopters", "boats", "spare parts"]),
    ("a tank and two trucks", ["a tank", "two trucks"]),
    ("howitzers", ["howitzers"]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "want"), LISTS, ids=[text[:30] for text, _ in LISTS])
def test_lists_split_into_items_but_not_inside_one(text: str, want: list[str]) -> None:
    assert [text[span.start : span.end] for span in split_items(text)] == want


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
]


@pytest.mark.parametrize(("text", "category", "unroca"), CODES, ids=[row[0] for row in CODES])
def test_codes_say_no_more_than_the_words(text: str, category: str, unroca: str) -> None:
    got = classify(text)
    assert (got.category, got.unroca, got.is_equipment) == (category, unroca, True)


@pytest.mark.parametrize(
    "text",
    ["training", "officer-level courses", "F-16 pilot training", "$300 million in funds", "advice",
     "a memorandum of understanding", "intelligence sharing", "humanitarian aid", "maintenance"],
)  # fmt: skip
def test_services_and_money_are_no_equipment(text: str) -> None:
    assert not classify(text).is_equipment


QUANTITIES = [
    ("18 Leopard tanks", 18, None, False),
    ("up to 20 F-16s", None, 20, True),
    ("more than 100 vehicles", 100, None, True),
    ("hundreds of drones", None, None, True),
    ("a dozen howitzers", 12, None, False),
    ("10 to 15 boats", 10, 15, True),
    ("40,000 155mm artillery shells", 40000, None, False),
    ("$300 million in ammunition", None, None, False),
    ("F-16 jets", None, None, False),
    ("rifles", None, None, False),
    ("three Patriot batteries", 3, None, False),
    ("12 T-72s", 12, None, False),
    ("672 K9 howitzers", 672, None, False),
]


@pytest.mark.parametrize(("text", "low", "high", "estimate"), QUANTITIES)
def test_quantities_are_counts_only(
    text: str, low: int | None, high: int | None, estimate: bool
) -> None:
    got = quantity(text)
    assert (got.quantity, got.quantity_max, got.is_estimate) == (low, high, estimate)


SENTENCES = [
    ("Berlin will deliver 18 Leopard 2A6 tanks and up to 40 Marder infantry fighting vehicles.",
     ["18 Leopard 2A6 tanks", "up to 40 Marder infantry fighting vehicles"]),
    ("Gen. Omar Bradley spoke at a think tank about the missile strike and the armored brigade.",
     []),
    ("The package includes more than 2,000 Stinger anti-aircraft missiles and a Patriot battery.",
     ["more than 2,000 Stinger anti-aircraft missiles", "Patriot battery"]),
    ("Manila received three BrahMos batteries and two Shaldag fast attack boats.",
     ["three BrahMos batteries", "two Shaldag fast attack boats"]),
    ("Iran sent hundreds of Shahed-136 drones to Russia, U.S. officials say.",
     ["hundreds of Shahed-136 drones"]),
    ("France pledged six Mirage 2000-5 fighter jets to Kyiv.",
     ["six Mirage 2000-5 fighter jets"]),
    ("The Senate repealed the Caesar Act; officers attended training courses in Ankara.", []),
    ("A patriot died in a drone strike near an oil tanker.", []),
    ("Kenya bought 12 Bradleys and 12 T-72s.", ["12 Bradleys", "12 T-72s"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "want"), SENTENCES, ids=[text[:30] for text, _ in SENTENCES])
def test_goods_are_found_with_quantity_and_adjectives(text: str, want: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_equipment(text)] == want


@given(st.text() | st.text(alphabet="12 ,-aekmnrst\u0301\u202e🚀\r\nTANKF"))
@settings(max_examples=200)
def test_any_text_gives_spans_in_order(text: str) -> None:
    for spans in (split_items(text), find_equipment(text)):
        end = 0
        for span in spans:
            assert end <= span.start < span.end <= len(text)
            end = span.end
    classify(text)
    quantity(text)


def test_hostile_lengths_do_not_hang() -> None:
    for text in ("tank and " * 5_000, " " * 50_000, "(" * 50_000, "light " * 8_000 + "tank"):
        find_equipment(text)
        split_items(text)
