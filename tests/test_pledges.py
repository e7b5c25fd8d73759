"""From claims about supplies to pledges: statuses, terms, and what goes on about which supply."""

from __future__ import annotations

from typing import Any

import pytest
from claims_of import pledge, report_of

from summarizer.brief import Pledge, Rejection
from summarizer.resolve.pledges import resolve_pledges

Offer = tuple[Any, ...]
"""(sentence, goods, supplier, recipient) and, as a dict, what else the model gave."""


def told(text: str, *offers: Offer) -> tuple[tuple[Pledge, ...], tuple[Rejection, ...], list[str]]:
    report = report_of(text)
    claims = []
    for number, goods, *rest in offers:
        more = rest.pop() if rest and isinstance(rest[-1], dict) else {}
        claims.append(pledge(report, number, goods, *rest, **more))
    pledges, rejections, warnings = resolve_pledges(claims, report)
    for found in pledges:
        assert all(text[c.start : c.end] == c.quote for c in found.citations)
    return pledges, rejections, list(warnings)


def only(text: str, *offers: Offer) -> Pledge:
    pledges, _, _ = told(text, *offers)
    assert len(pledges) == 1
    return pledges[0]


def goods(found: Pledge) -> list[str]:
    return [item.text for item in found.items]


def cited(found: Pledge) -> list[int]:
    return [c.sentence for c in found.citations]


STATUSES = [
    ("Norway has pledged to provide radars to Latvia.", "pledged", "has pledged to provide"),
    ("Norway is reportedly preparing to send radars.", "reported_planned", None),
    ("Norway plans to supply radars to Latvia.", "reported_planned", "plans to supply"),
    ("Norway is considering supplying radars.", "discussed", "is considering supplying"),
    ("Norway repeatedly refused to supply radars.", "denied", "repeatedly refused to supply"),
    ("Norway has never supplied radars.", "denied", "has never supplied"),
    ("Norway will not send radars to Latvia.", "denied", "will not send"),
    ("Radars were delivered to Latvia by Norway.", "delivered", "were delivered"),
    ("Norway handed over 12 radars to Latvia.", "delivered", "handed over"),
]


@pytest.mark.parametrize(
    ("text", "status", "words"), STATUSES, ids=[text for text, _, _ in STATUSES]
)
def test_status_words_hold_what_governs_the_verb(text: str, status: str, words: str | None) -> None:
    found = only(text, (1, ["adars"]))
    assert found.status == status
    (citation,) = found.status_words.citations
    assert found.status_words.value == citation.quote == (words or citation.quote)


def test_a_status_that_no_word_bears_out_is_lowered_with_a_warning() -> None:
    text = "Norway plans to supply radars to Latvia, Reuters reported."
    (found,), _, warnings = told(text, (1, ["radars"], "Norway", "Latvia", {"status": "delivered"}))
    assert (found.status, found.kiel, found.sipri_eligible) == ("reported_planned", "none", False)
    assert warnings == [
        "p1: the model's status “delivered” became “reported_planned”, which is what “plans to"
        " supply” bears out"
    ]


def test_a_status_that_words_bear_out_stands_without_a_warning() -> None:
    text = "Norway has pledged to provide radars to Latvia."
    (found,), _, warnings = told(text, (1, ["radars"], None, None, {"status": "pledged"}))
    assert (found.status, warnings) == ("pledged", [])


def test_without_words_of_transfer_a_status_is_unclear_and_support_partial() -> None:
    found = only("The radars of Latvia came from Norway.", (1, ["radars"], "Norway", "Latvia"))
    assert (found.status, found.support) == ("unclear", "partial")


@pytest.mark.parametrize(
    "text",
    [
        "Berlin decided not to send tanks to Ukraine.",
        "Berlin promised Moscow not to send tanks to Ukraine.",
        "Poland urged Germany not to send tanks to Ukraine.",
    ],
)
def test_a_promise_not_to_send_is_no_pledge(text: str) -> None:
    pledges, rejections, _ = told(text, (1, ["tanks"], None, "Ukraine"))
    assert pledges == ()
    assert {(r.field, r.value) for r in rejections} == {
        ("recipient", "Ukraine"),
        ("items", "tanks"),
    }
    assert all("none will be supplied" in r.detail for r in rejections)


TERMS = (
    "Bern will sell 25 tanks to Brazil for $40 million to help patrol the border, excluding"
    " ammunition, if parliament approves, the minister said. Deliveries will begin in June 2026."
    " The tanks will be stationed in Recife."
)


def test_terms_are_found_in_all_sentences_of_a_supply() -> None:
    found = only(TERMS, (1, ["25 tanks"], "Bern", "Brazil"))
    assert cited(found) == [1, 2, 3]
    assert found.purpose is not None
    assert found.purpose.value == "to help patrol the border"
    assert [c.value for c in found.conditions] == ["if parliament approves"]
    assert [c.value for c in found.exclusions] == ["excluding ammunition"]
    assert found.value is not None
    assert found.value.value == "$40 million"
    assert found.delivery is not None
    assert (found.delivery.text, found.delivery.edtf) == ("June 2026", "2026-06")
    assert found.deployment is not None
    assert found.deployment.name == "Recife"


def test_the_models_terms_stand_before_those_of_rules() -> None:
    offer = {
        "purpose": "to help patrol the border",
        "conditions": ["if parliament approves"],
        "exclusions": ["excluding ammunition"],
        "value": "$40 million",
        "delivery": "June 2026",
        "deployment": "Recife",
        "said_by": "the minister",
    }
    ours = only(TERMS, (1, ["25 tanks"], "Bern", "Brazil"))
    theirs = only(TERMS, (1, ["25 tanks"], "Bern", "Brazil", offer))
    assert theirs.model_dump(exclude={"attribution"}) == ours.model_dump(exclude={"attribution"})


@pytest.mark.parametrize(
    "text",
    [
        "Oslo announced on Tuesday that it will deliver 30 boats to Kenya.",
        "On Tuesday, Oslo announced that 30 boats will be delivered to Kenya.",
        "Oslo will deliver 30 boats to Kenya, the minister said on Tuesday.",
    ],
)
def test_the_day_of_the_announcement_is_not_that_of_delivery(text: str) -> None:
    assert only(text, (1, ["30 boats"])).delivery is None


GOING_ON = [
    (
        "deployment",
        "Japan will supply radars to Vietnam. The equipment will be deployed in Haiphong.",
        [(1, ["radars"])],
        ["radars"],
        [1, 2],
    ),
    (
        "deployment, offered again",
        "Japan will supply radars to Vietnam. The equipment will be deployed in Haiphong.",
        [(1, ["radars"]), (2, ["equipment"])],
        ["radars"],
        [1, 2],
    ),
    (
        "named kinds for a package",
        "Australia pledged a military aid package to Kyiv. The package includes 14 rigid boats and"
        " ammunition.",
        [(1, ["military aid package"]), (2, ["14 rigid boats"])],
        ["14 rigid boats", "ammunition"],
        [1, 2],
    ),
    (
        "a list in lines",
        "Australia pledged a military aid package to Kyiv. The package includes:\n"
        "• 14 rigid boats\n• training for pilots\n• ammunition",
        [(2, ["14 rigid boats"])],
        ["14 rigid boats", "ammunition"],
        [1, 2, 3, 4, 5],
    ),
    (
        "named kinds for equipment",
        "Japan will supply military equipment to Vietnam. The equipment includes 12 radars.",
        [(1, ["military equipment"]), (2, ["12 radars"])],
        ["12 radars"],
        [1, 2],
    ),
    (
        "offered twice from one sentence",
        "Japan will supply radars and patrol boats to Vietnam.",
        [(1, ["radars"]), (1, ["patrol boats"])],
        ["radars", "patrol boats"],
        [1],
    ),
    (
        "denied twice",
        "Iran denied sending drones to Sudan. Tehran denied supplying missiles to Sudan.",
        [(1, ["drones"]), (2, ["missiles"])],
        ["drones", "missiles"],
        [1, 2],
    ),
]


@pytest.mark.parametrize(
    ("text", "offers", "want", "sentences"),
    [row[1:] for row in GOING_ON],
    ids=[row[0] for row in GOING_ON],
)
def test_a_sentence_that_goes_on_about_a_supply_joins_it(
    text: str, offers: list[Offer], want: list[str], sentences: list[int]
) -> None:
    found = only(text, *offers)
    assert (goods(found), cited(found)) == (want, sentences)
    assert len(found.supplier) == len(found.recipient) == 1


APART = [
    (
        "another status",
        "Japan delivered 40 trucks to Fiji. The boats will be delivered to Fiji in 2026.",
        [(1, ["40 trucks"]), (2, ["boats"])],
        [("delivered", ["40 trucks"]), ("pledged", ["boats"])],
    ),
    (
        "one sentence, two statuses",
        "Germany has delivered 12 tanks to Kenya and will send six radars.",
        [(1, ["12 tanks", "six radars"])],
        [("delivered", ["12 tanks"]), ("pledged", ["six radars"])],
    ),
    (
        "a denial stays one",
        "Berlin will send tanks to Kyiv. Germany ruled out sending Taurus missiles to Ukraine.",
        [(1, ["tanks"]), (2, ["Taurus missiles"])],
        [("pledged", ["tanks"]), ("denied", ["Taurus missiles"])],
    ),
    (
        "the same denied later",
        "Iran sent drones to Sudan, Kyiv says. Iran denied sending drones to Sudan.",
        [(1, ["drones"]), (2, ["drones"])],
        [("delivered", ["drones"]), ("denied", ["drones"])],
    ),
    (
        "other parties",
        "Norway will send jets to Chad. Denmark will send tanks to Niger.",
        [(1, ["jets"]), (2, ["tanks"])],
        [("pledged", ["jets"]), ("pledged", ["tanks"])],
    ),
    (
        "other parties of general goods",
        "Norway will send jets to Chad. The weapons of Niger were delivered to Niger by Denmark.",
        [(1, ["jets"]), (2, ["weapons"], "Denmark", "Niger")],
        [("pledged", ["jets"]), ("delivered", ["weapons"])],
    ),
]


@pytest.mark.parametrize(
    ("text", "offers", "want"), [row[1:] for row in APART], ids=[row[0] for row in APART]
)
def test_supplies_of_another_status_or_party_stay_apart(
    text: str, offers: list[Offer], want: list[tuple[str, list[str]]]
) -> None:
    pledges, _, _ = told(text, *offers)
    assert [(p.status, goods(p)) for p in pledges] == want
    assert [p.id for p in pledges] == [f"p{at}" for at in range(1, len(want) + 1)]


def test_claims_are_taken_in_the_order_of_the_text() -> None:
    text = "Norway will send jets to Chad. Denmark will send tanks to Niger."
    pledges, _, _ = told(text, (2, ["tanks"]), (1, ["jets"]))
    assert [goods(p) for p in pledges] == [["jets"], ["tanks"]]


def test_a_claim_without_equipment_is_rejected_whole() -> None:
    pledges, rejections, _ = told("Chad met Niger.", (1, ["met"], "Chad", "Niger"))
    assert pledges == ()
    assert {(r.field, r.value) for r in rejections} == {
        ("items", "met"),
        ("supplier", "Chad"),
        ("recipient", "Niger"),
    }


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "factuality"),
    [
        ("Norway has delivered radars to Latvia.", "own_voice", None, "CT+"),
        (
            "Norway has delivered radars to Latvia, Reuters reported.",
            "media_report",
            "Reuters",
            "PR+",
        ),
        ("Oslo denied sending radars to Latvia.", "official_statement", "Oslo", "CT-"),
    ],
)
def test_a_pledge_says_whose_word_it_is(
    text: str, kind: str, speaker: str | None, factuality: str
) -> None:
    found = only(text, (1, ["radars"]))
    assert (found.attribution.kind, found.attribution.speaker) == (kind, speaker)
    assert found.factuality == factuality


def test_hostile_lengths_do_not_hang() -> None:
    text = "Norway will not " + "not to " * 20_000 + "send jets to Chad, the " * 200
    report = report_of(text)
    resolve_pledges([pledge(report, 1, ["jets"])], report)
