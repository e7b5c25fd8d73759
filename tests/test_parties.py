"""Who supplies and who receives: grammar first, the model's word where a sentence is open."""

from __future__ import annotations

import pytest
from claims_of import pledge, report_of

from summarizer.brief import Pledge, Rejection
from summarizer.resolve.pledges import resolve_pledges

Parties = tuple[list[str], list[str]]


def told(
    text: str, goods: str, supplier: str | None = None, recipient: str | None = None, at: int = 1
) -> tuple[Pledge, tuple[Rejection, ...]]:
    report = report_of(text)
    claim = pledge(report, at, [goods], supplier, recipient)
    pledges, rejections, _ = resolve_pledges([claim], report)
    assert len(pledges) == 1
    return pledges[0], rejections


def parties(found: Pledge) -> Parties:
    return [p.name for p in found.supplier], [p.name for p in found.recipient]


GRAMMAR: list[tuple[str, str, str, list[str], list[str]]] = [
    ("to", "Japan will supply radars to Vietnam.", "radars", ["Japan"], ["Vietnam"]),
    ("dative", "India will send Armenia howitzers.", "howitzers", ["India"], ["Armenia"]),
    (
        "supplies with",
        "Pakistan has supplied Azerbaijan with JF-17 jets.",
        "JF-17 jets",
        ["Pakistan"],
        ["Azerbaijan"],
    ),
    ("received from", "Kenya received drones from Turkey.", "drones", ["Turkey"], ["Kenya"]),
    (
        "asked to buy",
        "Peru asked to buy frigates from South Korea.",
        "frigates",
        ["South Korea"],
        ["Peru"],
    ),
    ("asked whom", "Kyiv asked Washington for tanks.", "tanks", ["Washington"], ["Kyiv"]),
    ("requested", "Kyiv requested tanks from Washington.", "tanks", ["Washington"], ["Kyiv"]),
    ("bought", "Chile has bought drones from Israel.", "drones", ["Israel"], ["Chile"]),
    ("ordered", "Morocco ordered 36 Apache helicopters.", "36 Apache helicopters", [], ["Morocco"]),
    ("will buy", "Chile will buy drones.", "drones", [], ["Chile"]),
    (
        "joint subject",
        "Norway and Denmark will send Ukraine F-16 jets.",
        "F-16 jets",
        ["Norway", "Denmark"],
        ["Ukraine"],
    ),
    (
        "joint subject of three",
        "Norway, Denmark and the Netherlands will send F-16 jets to Ukraine.",
        "F-16 jets",
        ["Norway", "Denmark", "Netherlands"],
        ["Ukraine"],
    ),
    (
        "two clauses",
        "Norway will send jets to Chad, and Denmark will send tanks to Niger.",
        "tanks",
        ["Denmark"],
        ["Niger"],
    ),
    (
        "two clauses, the other one",
        "Norway will send jets to Chad and Denmark will send tanks to Niger.",
        "jets",
        ["Norway"],
        ["Chad"],
    ),
    (
        "two clauses, one recipient",
        "Norway will send jets and Denmark will send tanks to Niger.",
        "jets",
        ["Norway"],
        ["Niger"],
    ),
    (
        "joint subject that receives",
        "Chad and Niger received jets from Norway and Denmark.",
        "jets",
        ["Norway", "Denmark"],
        ["Chad", "Niger"],
    ),
    (
        "joint recipients",
        "Norway will send jets to Chad, Niger and Mali.",
        "jets",
        ["Norway"],
        ["Chad", "Niger", "Mali"],
    ),
    (
        "asked of two",
        "Kyiv asked Germany and Spain for tanks.",
        "tanks",
        ["Germany", "Spain"],
        ["Kyiv"],
    ),
    ("appealed to", "Kyiv appealed to Berlin for tanks.", "tanks", ["Berlin"], ["Kyiv"]),
    (
        "urged for another",
        "Poland urged Germany to send tanks to Moldova.",
        "tanks",
        ["Germany"],
        ["Moldova"],
    ),
    (
        "passive with agent",
        "Twelve howitzers were delivered to Armenia by India.",
        "Twelve howitzers",
        ["India"],
        ["Armenia"],
    ),
    (
        "passive without agent",
        "Twelve howitzers were handed over to Chad.",
        "Twelve howitzers",
        [],
        ["Chad"],
    ),
    (
        "possessive",
        "Brazil’s Embraer will deliver five C-390 aircraft to Portugal.",
        "five C-390 aircraft",
        ["Embraer"],
        ["Portugal"],
    ),
    (
        "force",
        "Two Su-30 jets were handed over to Myanmar’s air force.",
        "Two Su-30 jets",
        [],
        ["Myanmar’s air force"],
    ),
    ("group", "Houthi rebels received rockets from Iran.", "rockets", ["Iran"], ["Houthi rebels"]),
    (
        "sale approved",
        "The US approved the sale of Javelin missiles to Taiwan.",
        "Javelin missiles",
        ["US"],
        ["Taiwan"],
    ),
    (
        "deal approved by",
        "Taiwan will receive missiles under a deal approved by the US.",
        "missiles",
        ["US"],
        ["Taiwan"],
    ),
    (
        "who is told is no party",
        "Sweden told Latvia that it will give Estonia mortars.",
        "mortars",
        ["Sweden"],
        ["Estonia"],
    ),
    (
        "who reports is no party",
        "Manila will receive missiles from India, according to Reuters.",
        "missiles",
        ["India"],
        ["Manila"],
    ),
    (
        "who speaks is no party",
        "Army chief Ali Khan said Pakistan would buy drones from China.",
        "drones",
        ["China"],
        ["Pakistan"],
    ),
    ("denial", "Iran denied supplying drones to Russia.", "drones", ["Iran"], ["Russia"]),
]


@pytest.mark.parametrize(
    ("text", "goods", "supplier", "recipient"),
    [row[1:] for row in GRAMMAR],
    ids=[row[0] for row in GRAMMAR],
)
def test_grammar_tells_who_supplies_and_who_receives(
    text: str, goods: str, supplier: list[str], recipient: list[str]
) -> None:
    assert parties(told(text, goods)[0]) == (supplier, recipient)


def test_a_model_that_swaps_the_sides_is_put_right_and_told_so() -> None:
    found, rejections = told(
        "Japan will supply radars to Vietnam.", "radars", "Vietnam", recipient="Japan"
    )
    assert parties(found) == (["Japan"], ["Vietnam"])
    assert [(r.field, r.value, r.detail) for r in rejections] == [
        ("supplier", "Vietnam", "“Vietnam” is the other side of the supply"),
        ("recipient", "Japan", "“Japan” is the other side of the supply"),
    ]


@pytest.mark.parametrize(
    ("text", "supplier"),
    [
        ("Twelve tanks were handed over to Chad during the exercise.", "the exercise"),
        ("Twelve tanks were handed over to Chad on Monday.", "Monday"),
        ("Twelve tanks were handed over to Chad, Reuters said.", "Reuters"),
        ("Twelve tanks were handed over to Chad, Ali Khan said.", "Ali Khan"),
        ("Twelve tanks were handed over to Chad.", "tanks"),
        ("Twelve tanks were handed over to Chad. It paid.", "It"),
    ],
    ids=["thing", "date", "medium", "person", "goods", "unclear pronoun"],
)
def test_a_supplier_that_can_be_none_is_rejected_with_a_reason(text: str, supplier: str) -> None:
    found, rejections = told(text, "Twelve tanks", supplier)
    assert parties(found) == ([], ["Chad"])
    assert [(r.kind, r.field, r.value, r.reason) for r in rejections] == [
        ("pledge", "supplier", supplier, "not_supported")
    ]
    assert "names no state, force, body or company" in rejections[0].detail


def test_a_company_does_not_receive_arms_by_the_models_word_alone() -> None:
    text = "Rheinmetall was praised when the tanks were handed over by Berlin."
    found, rejections = told(text, "tanks", None, "Rheinmetall")
    assert parties(found) == (["Berlin"], [])
    assert [(r.field, r.value) for r in rejections] == [("recipient", "Rheinmetall")]


def test_the_models_word_counts_where_the_grammar_is_silent() -> None:
    found, rejections = told("With Oslo watching, howitzers arrived.", "howitzers", "Oslo")
    assert parties(found) == (["Oslo"], [])
    assert rejections == ()


def test_a_party_that_the_sentence_contradicts_does_not_vanish() -> None:
    text = "Sweden told Latvia that it will give Estonia mortars."
    found, rejections = told(text, "mortars", "Latvia", "Estonia")
    assert parties(found) == (["Sweden"], ["Estonia"])
    assert [(r.field, r.value) for r in rejections] == [("supplier", "Latvia")]


def test_of_two_who_talk_neither_is_said_to_supply() -> None:
    text = "Israel and Morocco discussed the sale of tanks."
    found, rejections = told(text, "tanks", "Israel", "Morocco")
    assert parties(found) == ([], [])
    assert [(r.field, r.value) for r in rejections] == [
        ("supplier", "Israel"),
        ("recipient", "Morocco"),
    ]


def test_a_description_means_the_company_named_before() -> None:
    text = (
        "Hanwha Aerospace signed a contract with Poland."
        " The Korean company will deliver 150 howitzers by 2027."
    )
    found, rejections = told(text, "150 howitzers", "Korean company", at=2)
    assert [(p.name, p.actor) for p in found.supplier] == [("The Korean company", "a1")]
    assert rejections == ()


def test_no_party_stands_on_both_sides() -> None:
    text = "Poland will deliver boats to Poland."
    found, _ = told(text, "boats", "Poland", "Poland")
    suppliers = {p.actor for p in found.supplier}
    assert not suppliers & {p.actor for p in found.recipient}


def test_a_supply_without_parties_is_rejected_word_by_word() -> None:
    report = report_of("The jets were delivered on Monday.")
    claim = pledge(report, 1, ["jets"], "Monday")
    pledges, rejections, _ = resolve_pledges([claim], report)
    assert pledges == ()
    assert {(r.field, r.value) for r in rejections} == {("supplier", "Monday"), ("items", "jets")}
    assert any("names nobody who supplies or receives" in r.detail for r in rejections)


def test_the_recipient_of_the_aid_completes_a_sentence_that_names_none() -> None:
    text = "Allies announced military aid to Moldova. Romania will send howitzers."
    found, _ = told(text, "howitzers", at=2)
    assert parties(found) == (["Romania"], ["Moldova"])


def test_of_two_who_get_aid_neither_completes_a_sentence() -> None:
    text = "Allies announced aid to Moldova and weapons for Georgia. Romania will send howitzers."
    assert parties(told(text, "howitzers", at=2)[0]) == (["Romania"], [])


def test_hostile_lengths_do_not_hang() -> None:
    text = "Norway, " * 3_000 + "Norway will send jets to Chad" + " the" * 20_000 + "."
    found, _ = told(text, "jets")
    assert found.supplier
