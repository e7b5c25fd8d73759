"""From claims about transfers of equipment to the brief's pledges."""

from __future__ import annotations

from typing import Any

import pytest
from case_tables import cases
from claiming import Telling

from summarizer.brief import LADDER, Citation, Item, Pledge, PledgeStatus
from summarizer.resolve.status import is_above, kiel, sipri_eligible

TERMS = (
    "Bern will sell 25 tanks to Brazil for $40 million to help patrol the border, excluding"
    " ammunition, if parliament approves."
)


def only(telling: Telling, profile: Any = "large") -> Pledge:
    (pledge,) = telling.pledges(profile)
    return pledge


def goods(pledge: Pledge) -> list[str]:
    return [item.text for item in pledge.items]


def cited(pledge: Pledge) -> list[int]:
    return [citation.sentence for citation in pledge.citations]


def test_a_pledge_is_what_the_model_claimed_and_code_adds_codes() -> None:
    text = "Norway has pledged to send Latvia 12 howitzers."
    telling = Telling(text).pledge(
        "12 howitzers", supplier="Norway", recipient="Latvia", status="pledged"
    )

    pledge = only(telling)

    assert (pledge.id, pledge.status, pledge.kiel) == ("p1", "pledged", "allocation")
    assert [p.name for p in (*pledge.supplier, *pledge.recipient)] == ["Norway", "Latvia"]
    (item,) = pledge.items
    assert (item.text, item.quantity, item.category) == ("12 howitzers", 12, "artillery")
    assert (pledge.factuality, pledge.support, pledge.changes) == ("PR+", "supported", ())
    assert [c.quote for c in pledge.citations] == [text]


STATUS_WORDS = [
    ("Norway has pledged to provide radars to Latvia.", "pledged", "has pledged to provide"),
    ("Norway plans to supply radars to Latvia.", "reported_planned", "plans to supply"),
    ("Norway will not send radars to Latvia.", "denied", "will not send"),
    ("Radars were delivered to Latvia by Norway.", "delivered", "were delivered"),
    ("Norway handed over radars to Latvia.", "delivered", "handed over"),
    ("• 12 radars for Latvia", "pledged", "• 12 radars for Latvia"),
]


@pytest.mark.parametrize(
    ("text", "status", "words"), STATUS_WORDS, ids=[text for text, _, _ in STATUS_WORDS]
)
def test_status_words_left_open_are_the_verb_with_what_governs_it(
    text: str, status: str, words: str
) -> None:
    pledge = only(Telling(text).pledge("adars", status=status))

    (citation,) = pledge.status_words.citations
    assert pledge.status_words.value == citation.quote == words
    assert pledge.filled == ("status_words",)


def test_the_models_status_words_stand() -> None:
    telling = Telling("Norway has pledged to provide radars to Latvia.")
    pledge = only(telling.pledge("radars", status="pledged", status_words="pledged"))

    assert (pledge.status_words.value, pledge.filled) == ("pledged", ())


def test_a_status_left_open_is_unclear_and_the_pledge_in_part_supported() -> None:
    telling = Telling("Norway has delivered radars to Latvia.")
    pledge = only(telling.pledge("radars", supplier="Norway", recipient="Latvia"))

    assert (pledge.status, pledge.support, pledge.kiel) == ("unclear", "partial", "none")
    assert pledge.filled == ("status", "status_words")


def test_a_lowered_status_is_named_on_the_record_coded_and_warned_of() -> None:
    telling = Telling("Norway plans to supply radars to Latvia.")
    resolved = telling.pledge("radars", status="delivered").resolved()

    (pledge,) = resolved.pledges
    assert (pledge.status, pledge.kiel, pledge.sipri_eligible) == (
        "reported_planned",
        "none",
        False,
    )
    assert [(c.field, c.offered, c.kept) for c in pledge.changes] == [
        ("status", "delivered", "reported_planned")
    ]
    assert [w for w in resolved.warnings if w.startswith("p1: ") and "“delivered”" in w]


def test_terms_left_open_are_filled_where_a_model_only_chose() -> None:
    telling = Telling(TERMS).pledge("25 tanks", supplier="Bern", status="pledged")

    small, large = only(telling, "small"), only(telling, "large")

    assert small.purpose is not None
    assert small.value is not None
    assert (small.purpose.value, small.value.value) == ("to help patrol the border", "$40 million")
    assert [c.value for c in small.conditions] == ["if parliament approves"]
    assert [c.value for c in small.exclusions] == ["excluding ammunition"]
    assert small.filled == ("purpose", "conditions", "exclusions", "value", "status_words")
    assert (large.purpose, large.value, large.conditions, large.exclusions) == (None, None, (), ())


def test_the_models_terms_stand() -> None:
    given: dict[str, Any] = {
        "purpose": "to help patrol",
        "conditions": ["if parliament"],
        "exclusions": ["ammunition"],
        "value": "$40 million",
        "deployment": "the border",
    }

    for profile in ("small", "large"):
        pledge = only(
            Telling(TERMS).pledge("25 tanks", status="pledged", supplier="Bern", **given), profile
        )
        assert pledge.purpose is not None
        assert pledge.deployment is not None
        assert (pledge.purpose.value, pledge.deployment.name) == ("to help patrol", "the border")
        assert [c.value for c in pledge.conditions] == ["if parliament"]
        assert pledge.filled == ("status_words",)


DELIVERIES = [
    ("Oslo will deliver 30 boats to Kenya in June 2026.", "June 2026"),
    ("Oslo will deliver 30 boats to Kenya, the minister said on Tuesday.", None),
    ("On Tuesday, Oslo announced that 30 boats will be delivered to Kenya.", None),
]


@pytest.mark.parametrize(("text", "date"), DELIVERIES, ids=[text for text, _ in DELIVERIES])
def test_the_day_of_the_announcement_is_not_that_of_delivery(text: str, date: str | None) -> None:
    pledge = only(Telling(text).pledge("30 boats", status="pledged", recipient="Kenya"), "small")

    assert (pledge.delivery.text if pledge.delivery else None) == date


PARTIES = [
    ("Norway and Denmark", "Norway and Denmark will send radars.", ["Norway", "Denmark"]),
    (
        "France, Germany and Poland",
        "France, Germany and Poland will send radars.",
        ["France", "Germany", "Poland"],
    ),
    ("Bosnia and Herzegovina", "Bosnia and Herzegovina will send radars.", None),
    ("army and navy of Peru", "The army and navy of Peru will send radars.", None),
]


@pytest.mark.parametrize(("given", "text", "want"), PARTIES, ids=[row[0] for row in PARTIES])
def test_a_list_of_suppliers_is_each_of_them_and_no_other_phrase_is_cut(
    given: str, text: str, want: list[str] | None
) -> None:
    pledge = only(Telling(text).pledge("radars", supplier=given, status="pledged"))

    assert [p.name for p in pledge.supplier] == (want or [given])


def test_a_list_of_goods_is_told_apart_where_a_model_only_chose() -> None:
    telling = Telling("Norway will send six radars, boats and ammunition to Latvia.")
    telling.pledge("six radars, boats and ammunition", status="pledged", supplier="Norway")

    assert goods(only(telling, "small")) == ["six radars", "boats", "ammunition"]
    assert goods(only(telling, "large")) == ["six radars, boats and ammunition"]


JOINED = [
    (
        "the equipment",
        "Japan will supply radars to Vietnam. The equipment will be deployed in Haiphong.",
        ["radars"],
        ["equipment"],
        ["radars"],
    ),
    (
        "fewer of the goods",
        "Japan will supply radars and boats to Vietnam. The boats will be new.",
        ["radars", "boats"],
        ["boats"],
        ["radars", "boats"],
    ),
    (
        "more goods",
        "Japan will supply radars to Vietnam. It will supply radars and boats.",
        ["radars"],
        ["radars", "boats"],
        ["radars", "boats"],
    ),
]


@pytest.mark.parametrize(
    ("text", "first", "second", "want"),
    [row[1:] for row in JOINED],
    ids=[row[0] for row in JOINED],
)
def test_a_sentence_that_tells_of_the_same_transfer_joins_it(
    text: str, first: list[str], second: list[str], want: list[str]
) -> None:
    telling = Telling(text).pledge(*first, status="pledged", supplier="Japan")
    telling.pledge(*second, status="pledged", sentence=2)

    pledge = only(telling, "small")

    assert (goods(pledge), cited(pledge)) == (want, [1, 2])


def test_general_goods_are_not_those_before_where_the_model_read_the_whole() -> None:
    telling = Telling("Japan will supply radars to Vietnam. The equipment will be in Haiphong.")
    telling.pledge("radars", status="pledged").pledge("equipment", status="pledged", sentence=2)

    assert [goods(p) for p in telling.pledges("large")] == [["radars"], ["equipment"]]


def test_what_a_second_telling_says_otherwise_is_rejected_as_a_duplicate() -> None:
    text = "Japan will supply radars by Friday. Japan will supply radars in June to Vietnam."
    telling = Telling(text).pledge("radars", status="pledged", supplier="Japan", delivery="Friday")
    telling.pledge("radars", status="pledged", sentence=2, delivery="June", recipient="Vietnam")

    resolved = telling.resolved()

    (pledge,) = resolved.pledges
    assert pledge.delivery is not None
    assert (pledge.delivery.text, [p.name for p in pledge.recipient]) == ("Friday", ["Vietnam"])
    assert [(r.field, r.value, r.reason) for r in resolved.rejections] == [
        ("delivery", "June", "duplicate")
    ]


APART: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (
        "another status",
        "Japan delivered trucks to Fiji. Japan will deliver trucks to Fiji.",
        {"status": "delivered"},
        {"status": "pledged"},
    ),
    (
        "denied later",
        "Japan will deliver trucks to Fiji. Tokyo denied sending trucks to Fiji.",
        {"status": "pledged"},
        {"status": "denied"},
    ),
    (
        "another supplier",
        "Japan will send trucks to Fiji. Nepal will send trucks to Fiji.",
        {"supplier": "Japan"},
        {"supplier": "Nepal"},
    ),
    (
        "another recipient",
        "Japan will send trucks to Fiji. Japan will send trucks to Chad.",
        {"recipient": "Fiji"},
        {"recipient": "Chad"},
    ),
]


@pytest.mark.parametrize(
    ("text", "first", "second"), [row[1:] for row in APART], ids=[row[0] for row in APART]
)
def test_transfers_of_another_status_or_party_stay_apart_in_order(
    text: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    telling = Telling(text).pledge("trucks", sentence=2, **second).pledge("trucks", **first)

    assert [(p.id, cited(p)) for p in telling.pledges()] == [("p1", [1]), ("p2", [2])]


def test_a_claim_without_equipment_is_rejected_whole() -> None:
    telling = Telling("Norland will give Sudoria training at home.")
    telling.pledge("training", supplier="Norland", recipient="Sudoria", deployment="home")

    resolved = telling.resolved()

    assert resolved.pledges == ()
    assert {(r.field, r.value) for r in resolved.rejections} == {
        ("items", "training"),
        ("supplier", "Norland"),
        ("recipient", "Sudoria"),
        ("deployment", "home"),
    }


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "factuality"),
    [
        ("Norway has delivered radars to Latvia.", "own_voice", None, "CT+"),
        ("Norway has delivered radars, Reuters reported.", "media_report", "Reuters", "PR+"),
        ("Norway delivered radars, unnamed officials said.", "unnamed_official", None, "PS+"),
    ],
)
def test_a_pledge_says_whose_word_it_is(
    text: str, kind: str, speaker: str | None, factuality: str
) -> None:
    pledge = only(Telling(text).pledge("radars", status="delivered"))

    assert (pledge.attribution.kind, pledge.factuality) == (kind, factuality)
    assert speaker is None or pledge.attribution.speaker == speaker
    assert ("attribution" in pledge.filled) == (kind != "own_voice")


def item(quantity: int | None = None, most: int | None = None) -> Item:
    return Item(
        text="radars",
        category="sensor_ew",
        unroca="none",
        quantity=quantity,
        quantity_max=most,
        quantity_is_estimate=False,
        unit=None,
        citations=(Citation(sentence=1, start=0, end=6, quote="radars", match="exact"),),
    )


CODES: list[tuple[PledgeStatus, tuple[Item, ...], str, bool]] = [
    ("delivered", (item(),), "delivery", True),
    ("partly_delivered", (item(),), "delivery", True),
    ("signed", (item(3),), "allocation", True),
    ("signed", (item(3), item()), "commitment", True),
    ("approved", (item(most=20),), "allocation", False),
    ("pledged", (item(),), "commitment", False),
    ("reported_planned", (item(3),), "none", False),
    ("requested", (item(3),), "none", False),
    ("denied", (item(3),), "none", False),
    ("cancelled", (item(3),), "none", False),
    ("unclear", (item(3),), "none", False),
]


@pytest.mark.parametrize(("status", "items", "code", "sipri"), CODES)
def test_trackers_codes_follow_from_status_and_amounts(
    status: PledgeStatus, items: tuple[Item, ...], code: str, sipri: bool
) -> None:
    assert (kiel(status, items), sipri_eligible(status)) == (code, sipri)


def test_each_rung_is_above_those_before_it_and_above_what_stands_beside() -> None:
    for at, status in enumerate(LADDER):
        assert [other for other in LADDER if is_above(status, other)] == list(LADDER[:at])
        assert is_above(status, "denied")
        assert not is_above("denied", status)


def test_goods_that_nobody_gives_or_gets_are_no_transfer_of_a_model_that_only_chose() -> None:
    telling = Telling("The reform covers boats.").pledge("boats", status="signed")

    assert telling.resolved("small").pledges == ()
    assert [(r.field, r.value) for r in telling.resolved("small").rejections] == [
        ("items", "boats")
    ]
    assert len(telling.resolved("large").pledges) == 1


@pytest.mark.parametrize("row", [*cases("sides")])
def test_a_right_claim_of_who_gives_and_who_gets_stands(row: dict[str, str]) -> None:
    sides: dict[str, Any] = {side: row[side] for side in ("supplier", "recipient")}

    pledge = only(Telling(row["text"]).pledge(row["goods"], status="unclear", **sides))

    assert {side: [p.name for p in getattr(pledge, side)] for side in sides} == {
        side: [name] for side, name in sides.items()
    }
