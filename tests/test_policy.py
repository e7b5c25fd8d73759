"""What the words may do to a claim: every contradiction, and what only looks like one.

A claim is (kind or goods, claimed value); the sentence is made up for the test.
"""

from __future__ import annotations

from typing import Any

import pytest
from case_tables import cases
from claiming import Telling

STANDS = [
    ("strike", "Warplanes pummelled the depot outside Vesby on Monday."),
    ("clash", "Four constables were martyred at the checkpoint."),
    ("supply", "Westland is stumping up another dozen howitzers for Sudoria."),
    ("agreement", "Both capitals put pen to paper on a border arrangement."),
    ("arrest", "Agents hauled in the former army chief."),
    ("sanctions", "The bloc slapped new curbs on three shipping firms."),
    ("approval", "Parliament waved through the sale of the jets."),
    ("withdrawal", "The last Westlandish convoy rolled out of the valley."),
    ("visit", "The envoy touched down in Vesby late on Tuesday."),
]


@pytest.mark.parametrize(("kind", "text"), STANDS, ids=[kind for kind, _ in STANDS])
def test_an_event_stands_though_no_list_knows_its_words(kind: str, text: str) -> None:
    (event,) = Telling(text).event(kind).resolved().events

    assert (event.label, event.realis, event.changes) == (kind, "actual", ())


LOWERED = [
    ("strike", "actual", "denied", "The army denied that it had shelled the camp."),
    ("strike", "actual", "denied", "No strike hit the harbour, the governor said."),
    ("meeting", "actual", "denied", "The ministers did not meet in Vesby."),
    ("meeting", "actual", "denied", "The meeting was called off."),
    ("visit", "actual", "planned", "The president plans to visit Vesby in May."),
    ("withdrawal", "actual", "planned", "The last troops will withdraw by Friday."),
    ("agreement", "actual", "planned", "The two sides are yet to sign the accord."),
    ("strike", "actual", "hypothetical", "Norland could bomb the bridges if talks fail."),
    ("supply", "planned", "hypothetical", "Westland may send howitzers to Sudoria."),
    ("supply", "actual", "denied", "Eastmark refused to send shells to Sudoria."),
]


@pytest.mark.parametrize(("kind", "claimed", "kept", "text"), LOWERED, ids=lambda v: str(v)[:40])
def test_the_words_make_an_event_less_than_claimed(
    kind: str, claimed: str, kept: str, text: str
) -> None:
    (event,) = Telling(text).event(kind, realis=claimed).resolved().events

    assert event.realis == kept
    (change,) = event.changes
    assert (change.field, change.offered, change.kept, change.by) == (
        "realis",
        claimed,
        kept,
        "policy",
    )


NOT_LOWERED = [
    ("statement", "The minister said that talks will not resume."),
    ("strike", "The council condemned the strike and called for restraint."),
    ("clash", "Not only did rebels attack the base, they burned it."),
    ("pledge", "Westland promised to send howitzers to Sudoria."),
    ("agreement", "The parties agreed to withdraw their guns."),
    ("strike", "Officials warned of reprisals after the strike on the port."),
    ("denial", "The army denied that it had shelled the camp."),
]


@pytest.mark.parametrize(("kind", "text"), NOT_LOWERED, ids=[text[:40] for _, text in NOT_LOWERED])
def test_an_event_is_not_lowered_by_what_is_said_of_another(kind: str, text: str) -> None:
    (event,) = Telling(text).event(kind).resolved().events

    assert (event.realis, event.changes) == ("actual", ())


STATUSES = [
    # claimed, kept, sentence about howitzers
    ("delivered", "reported_planned", "Norland plans to supply howitzers to Sudoria."),
    ("pledged", "reported_planned", "Norland is preparing to send howitzers to Sudoria."),
    ("delivered", "pledged", "Norland will deliver howitzers to Sudoria in May."),
    ("delivered", "pledged", "Norland has promised to hand over howitzers to Sudoria."),
    ("delivered", "denied", "Norland denied that it had sent howitzers to Sudoria."),
    ("pledged", "denied", "Norland has refused to send howitzers to Sudoria."),
    ("signed", "discussed", "Norland may sell howitzers to Sudoria."),
    ("pledged", "requested", "Sudoria urged Norland to send howitzers."),
    ("pledged", "reported_planned", "Norland will send howitzers, the Coast Herald reported."),
    ("approved", "discussed", "Norland is considering selling howitzers to Sudoria."),
    ("delivered", "unclear", "Norland is not weighing the transfer of howitzers to Sudoria."),
    ("delivered", "reported_planned", "The howitzers are due to be turned over to Sudoria in May."),
    ("delivered", "pledged", "Norland has inked a deal with Sudoria to supply ten howitzers."),
    ("delivered", "pledged", "They sealed a pact on the handover of howitzers to Sudoria."),
    ("delivered", "signed", "Sudoria exercised an option for ten more howitzers."),
]


@pytest.mark.parametrize(("claimed", "kept", "text"), STATUSES, ids=lambda v: str(v)[:50])
def test_a_status_is_never_more_than_its_words(claimed: str, kept: str, text: str) -> None:
    (pledge,) = Telling(text).pledge("howitzers", status=claimed).resolved().pledges

    assert pledge.status == kept
    assert [(c.offered, c.kept) for c in pledge.changes] == [(claimed, kept)]


OWN_WORDS = [
    ("signed", "reported_planned", "Norland plans to supply howitzers.", "plans to supply"),
    ("approved", "reported_planned", "Norland intends to supply howitzers.", "intends to supply"),
    ("signed", "signed", "Norland signed a deal and plans to supply howitzers.", "signed a deal"),
    ("signed", "signed", "Norland signed a deal and plans to supply howitzers.", None),
]


@pytest.mark.parametrize(("claimed", "kept", "text", "words"), OWN_WORDS, ids=str)
def test_an_intention_is_no_contract_where_the_models_own_words_say_no_more(
    claimed: str, kept: str, text: str, words: str | None
) -> None:
    given: dict[str, Any] = {"status_words": words} if words else {}
    (pledge,) = Telling(text).pledge("howitzers", status=claimed, **given).resolved().pledges

    assert pledge.status == kept


STATUS_STANDS = [
    ("requested", "Sudoria urged Norland to send howitzers."),
    ("reported_planned", "Norland plans to supply howitzers to Sudoria."),
    ("pledged", "Norland will send howitzers to Sudoria, its defence minister said."),
    ("pledged", "Norland is stumping up howitzers for Sudoria."),
    ("signed", "Sudoria's order for howitzers is running late."),
    ("delivered", "The howitzers are already in Sudorian hands."),
    ("delivered", "Norland has given howitzers to Sudoria and will send shells."),
    ("approved", "Norland waved through the sale of howitzers to Sudoria."),
    ("cancelled", "Sudoria's planned purchase of howitzers fell through."),
    ("denied", "Norland denied that it had sent howitzers to Sudoria."),
    ("discussed", "Norland may sell howitzers to Sudoria."),
    ("delivered", "Sudoria welcomed the delivery of howitzers."),
    ("delivered", "Under its contract with Sudoria, Norland has supplied ten howitzers."),
]


@pytest.mark.parametrize(("status", "text"), STATUS_STANDS, ids=lambda v: str(v)[:50])
def test_a_status_stands_and_is_never_raised(status: str, text: str) -> None:
    (pledge,) = Telling(text).pledge("howitzers", status=status).resolved().pledges

    assert (pledge.status, pledge.changes) == (status, ())


SIDES = [
    ("Norland", "Sudoria", "Sudoria signed a contract with Norland for howitzers."),
    ("Norland", "Sudoria", "Norland won an order from Sudoria for howitzers."),
    ("Norland", "Sudoria", "Sudoria has turned to Norland for howitzers."),
    ("Norland", "Sudoria", "Norland was awarded a contract by Sudoria for howitzers."),
]


@pytest.mark.parametrize(("supplier", "recipient", "text"), SIDES, ids=lambda v: str(v)[:50])
def test_the_sides_of_a_transfer_are_the_model_s(supplier: str, recipient: str, text: str) -> None:
    telling = Telling(text).pledge(
        "howitzers", status="signed", supplier=supplier, recipient=recipient
    )

    (pledge,) = telling.resolved().pledges

    assert [p.name for p in pledge.supplier] == [supplier]
    assert [p.name for p in pledge.recipient] == [recipient]


REFUSED_GOODS = [
    ("training", "Norland will give Sudoria training and howitzers."),
    ("40 million crowns", "Norland will give Sudoria 40 million crowns and howitzers."),
    ("advice", "Norland will give Sudoria advice and howitzers."),
    ("20", "Norland will give Sudoria 20 of its howitzers."),
]


@pytest.mark.parametrize(("item", "text"), REFUSED_GOODS, ids=[item for item, _ in REFUSED_GOODS])
def test_what_is_no_equipment_is_rejected_with_the_reason(item: str, text: str) -> None:
    resolved = Telling(text).pledge(item, "howitzers", status="pledged").resolved()

    (pledge,) = resolved.pledges
    assert [i.text for i in pledge.items] == ["howitzers"]
    (rejection,) = resolved.rejections
    assert (rejection.field, rejection.value) == ("items", item)
    assert "not equipment" in rejection.detail


@pytest.mark.parametrize("item", ["a $40 million radar", "the $2 million howitzers"])
def test_goods_named_with_their_price_stand(item: str) -> None:
    telling = Telling(f"Norland will give Sudoria {item}.").pledge(item, status="pledged")

    assert [i.text for i in telling.resolved().pledges[0].items] == [item]


def test_unknown_goods_stand() -> None:
    telling = Telling("Norland handed over six Wanderer-3 mast-mounted widgets to Sudoria.")
    telling.pledge("six Wanderer-3 mast-mounted widgets", status="delivered")

    (pledge,) = telling.resolved().pledges

    assert [i.quantity for i in pledge.items] == [6]


@pytest.mark.parametrize(
    ("field", "words", "text", "why"),
    [
        ("who", "Tuesday", "On Tuesday, rebels stormed the base.", "date"),
        ("who", "VESBY", "VESBY (Desert News) - Rebels stormed the base.", "written"),
        ("to_whom", "rebels", "On Tuesday, rebels stormed the base.", "other side"),
    ],
)
def test_who_cannot_take_part_is_rejected(field: str, words: str, text: str, why: str) -> None:
    given = {"who": ("ebels",), "to_whom": ()} | {field: (words,)}
    if field == "to_whom":
        given = {"who": ("rebels",), "to_whom": ("rebels",)}

    resolved = Telling(text).event("clash", **given).resolved()  # type: ignore[arg-type]

    assert [why in r.detail for r in resolved.rejections] == [True]


def test_a_medium_that_only_reports_has_no_part_in_it() -> None:
    telling = Telling("Norland shelled the port, Reuters reported.")
    telling.actor("Norland", "state").actor("Reuters", "media")

    resolved = telling.event("strike", who=("Norland", "Reuters")).resolved()

    assert [p.name for p in resolved.events[0].participants] == ["Norland"]
    assert [r.value for r in resolved.rejections] == ["Reuters"]


BACKERS = [
    (("Norland",), "Oman", "Norland, with support from Oman, bombed the port."),
    (("Norland",), "Oman", "Norland, with support from Oman, conducted strikes on the port."),
    (("Norland",), "Oman", "Oman condemned the strike by Norland on the port."),
    (("Norland",), "Oman", "Oman backed the strike by Norland on the port."),
]


@pytest.mark.parametrize(("doers", "other", "text"), BACKERS, ids=[text for *_, text in BACKERS])
def test_who_backs_or_judges_a_deed_is_not_its_doer(
    doers: tuple[str, ...], other: str, text: str
) -> None:
    (event,) = Telling(text).event("strike", who=(*doers, other)).resolved().events

    roles = {p.name: p.role for p in event.participants}
    assert roles == dict.fromkeys(doers, "perpetrator") | {other: "other"}
    assert [(c.field, c.offered, c.kept) for c in event.changes] == [
        ("role", "perpetrator", "other")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Norland and Oman bombed the port.",
        "Oman bombed the port in support of Norland.",
        "Oman helped Norland bomb the port.",
    ],
)
def test_who_took_part_in_a_deed_stays_its_doer(text: str) -> None:
    (event,) = Telling(text).event("strike", who=("Oman",)).resolved().events

    assert [(p.name, p.role) for p in event.participants] == [("Oman", "perpetrator")]


@pytest.mark.parametrize("row", [*cases("status")])
def test_a_right_status_survives_and_one_that_says_more_is_lowered(row: dict[str, str]) -> None:
    telling = Telling(row["text"]).pledge(row["goods"], status=row["claimed"])

    assert [pledge.status for pledge in telling.pledges()] == [row["becomes"]]
