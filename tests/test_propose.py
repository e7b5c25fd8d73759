"""What the parse proposes of a sentence: what happens in it, and who supplies what to whom."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from case_tables import cases
from claiming import Telling

from summarizer.annotate import annotate
from summarizer.annotations import Annotations, Goods
from summarizer.propose.happenings import Happening, find_happenings, tells_nothing
from summarizer.propose.supplies import Supply, find_supplies
from summarizer.segment import segment
from summarizer.source import Document, Sentence, Span


def read(text: str, *goods: str) -> Annotations:
    """Return the annotations of *text* with these words as its goods; "equipment" is no kind."""
    document = Document(text)
    annotations = annotate(document, segment(document))
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in goods]

    def goods_in(sentence: Sentence) -> tuple[Goods, ...]:
        return tuple(
            Goods(span, 0, general=text[span.start : span.end].endswith("equipment"))
            for span in spans
            if sentence.start <= span.start < sentence.end
        )

    readings = tuple(
        replace(r, find_goods=partial(goods_in, r.sentence)) for r in annotations.readings
    )
    return Annotations(document, readings)


def happenings(text: str) -> tuple[Happening, ...]:
    return find_happenings(read(text).readings[0])


def supplies(text: str, *goods: str) -> tuple[Supply, ...]:
    annotations = read(text, *goods)
    spans = {r.sentence.id: [g.span for g in r.goods] for r in annotations.readings}
    return find_supplies(annotations, spans)


@pytest.mark.parametrize(
    ("text", "kind", "realis"),
    [
        ("Norland shelled the port of Vesby overnight.", "strike", "actual"),
        ("Norland carried out strikes against rebel camps.", "strike", "actual"),
        ("The two ministers held talks in Vesby on Tuesday.", "talks", "actual"),
        ("The president paid a visit to Sudoria in May.", "visit", "actual"),
        ("Officials said Norland plans to withdraw its troops from the coast.", "withdrawal", None),
        ("Norland will begin to deploy troops along the border.", "deployment", None),
        ("The minister called on the rebels to lay down their arms.", "request", "actual"),
        ("Sudoria launched a rocket at the harbour.", "strike", "actual"),
        ("Sudoria launched a new programme for cadets in 2017.", "industrial cooperation", None),
        ("The court of Vesby detained two officers on Monday.", "arrest", "actual"),
        ("The foreign minister said the talks were useful.", "statement", "actual"),
    ],
)
def test_main_happening_is_what_the_verb_or_its_noun_tells(
    text: str, kind: str, realis: str | None
) -> None:
    main = happenings(text)[0]
    assert main.kinds[:1] == (kind,)
    assert realis is None or main.word.realis == realis


@pytest.mark.parametrize(
    "text",
    [
        "The response of the world to these reckless attacks has been united.",
        "Their commander lost a brother in the war.",
        "The Norland navy has long praised the attack as a victory.",
    ],
)
def test_an_attack_that_is_only_spoken_of_is_no_attack(text: str) -> None:
    kinds = {kind for one in happenings(text) for kind in one.kinds[:1]}
    assert not kinds & {"strike", "clash", "offensive"}


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("The ministry did not respond to a request for comment.", True),
        ("No group has claimed that it was there.", True),
        ("The claim could not be independently verified.", True),
        ("“We will answer.”", True),
        ("“We will answer,” the minister said.", False),
        ("The minister warned Sudoria.", False),
    ],
)
def test_speech_that_nobody_made_is_no_event(text: str, nothing: bool) -> None:
    reading = read(text).readings[0]
    found = find_happenings(reading)[0]
    kind = found.kinds[0] if found.kinds else "statement"
    assert tells_nothing(kind, found, reading) is nothing


def test_a_verb_of_several_kinds_goes_by_its_object() -> None:
    assert happenings("The last soldiers left Damascus on Friday.")[0].kinds == ("withdrawal",)
    assert "withdrawal" not in happenings("The new rules will leave a gap.")[0].kinds


def test_a_dated_deed_with_sides_of_its_own_stands_beside_the_main_one() -> None:
    found = happenings(
        "Norland’s army withdrew on Friday after Sudoria attacked Westland on March 3."
    )
    assert [one.kinds[0] for one in found] == ["withdrawal", "clash"]


def words(supply: Supply, text: str) -> tuple[str | None, str | None]:
    sides = (supply.supplier, supply.recipient)
    return tuple(text[s.start : s.end] if s else None for s in sides)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "goods", "sides", "status"),
    [
        (
            "Norland has delivered 12 howitzers to Sudoria.",
            "12 howitzers",
            ("Norland", "Sudoria"),
            "delivered",
        ),
        (
            "Norland plans to send Sudoria 12 howitzers.",
            "12 howitzers",
            ("Norland", "Sudoria"),
            "reported_planned",
        ),
        (
            "Norland pledged to provide Sudoria with 12 howitzers.",
            "12 howitzers",
            ("Norland", "Sudoria"),
            "pledged",
        ),
        (
            "The navy of Sudoria received four boats from Westland in May.",
            "four boats",
            ("Westland", "The navy of Sudoria"),
            "delivered",
        ),
        (
            "Sudoria has asked Norland for two radars.",
            "two radars",
            ("Norland", "Sudoria"),
            "requested",
        ),
        (
            "Norland refused to sell Sudoria any tanks.",
            "tanks",
            ("Norland", "Sudoria"),
            "denied",
        ),
        (
            "Norland approved the sale of six jets to Sudoria.",
            "six jets",
            (None, "Sudoria"),
            "approved",
        ),
        (
            "Norland cancelled a contract for six jets from Westland.",
            "six jets",
            ("Westland", None),
            "cancelled",
        ),
        (
            "Preliminary plans call for supplying the army with six jets.",
            "six jets",
            (None, "the army"),
            "reported_planned",
        ),
    ],
)
def test_a_supply_has_the_sides_and_the_status_that_its_words_give(
    text: str, goods: str, sides: tuple[str | None, str | None], status: str
) -> None:
    (found,) = supplies(text, goods)
    assert words(found, text) == sides
    assert found.status == status


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("Rebels fired rockets at the port.", "rockets"),
        ("Two tanks were destroyed near Vesby.", "Two tanks"),
        ("The drones flew over the capital.", "drones"),
    ],
)
def test_weapons_that_nobody_gives_or_gets_are_no_supply(text: str, goods: str) -> None:
    assert supplies(text, goods) == ()


def test_a_sentence_that_goes_on_has_the_sides_of_the_one_before() -> None:
    text = "Norland will send arms to Sudoria. The shipments include six jets and a radar."
    found = supplies(text, "arms", "six jets", "a radar")
    assert words(found[-1], text) == ("Norland", "Sudoria")
    assert len(found[-1].items) == 2


def test_aid_that_is_for_somebody_goes_to_them() -> None:
    text = "Donors spoke of support for Sudoria. Norland will donate six jets."
    (found,) = supplies(text, "six jets")
    assert words(found, text) == ("Norland", "Sudoria")


def test_goods_named_again_without_a_number_are_no_second_supply() -> None:
    text = "Norland sold Sudoria six jets. Norland sold the jets in May."
    assert len(supplies(text, "six jets", "the jets")) == 1


def test_goods_of_no_kind_give_way_to_the_kinds_that_follow() -> None:
    text = "Norland will send equipment to Sudoria. The shipments will include six jets."
    (found,) = supplies(text, "equipment", "six jets")
    assert words(found, text) == ("Norland", "Sudoria")
    assert [text[span.start : span.end] for span in found.items] == ["six jets"]


NOBODY_ATTACKED = [
    # what stands in one list with an attack, where a push goes, who speaks meanwhile
    ("Monday's step follows long talks and raids against merchant ships.", "talks"),
    ("On Monday Norland began a ground offensive into northern Sudoria.", "Sudoria"),
    ("Norland banned Sky Air from its airports, with officials citing security.", "officials"),
]


@pytest.mark.parametrize(("text", "words"), NOBODY_ATTACKED, ids=[w for _, w in NOBODY_ATTACKED])
def test_nothing_is_a_target_that_is_only_named_beside_the_deed(text: str, words: str) -> None:
    hit = {text[s.start : s.end] for one in happenings(text) for s in one.to_whom}

    assert not any(words in name for name in hit)


def test_the_noun_itself_says_whose_attack_it_is() -> None:
    text = "Rebel raids on Norland's convoys went on, and Sudoria's attack on Vesby failed."

    (deed,) = (h for h in happenings(text) if h.word.lemma == "attack")

    assert [text[s.start : s.end] for s in deed.who] == ["Sudoria"]


@pytest.mark.parametrize("row", [*cases("sides")])
def test_sides_are_proposed_right_or_left_open(row: dict[str, str]) -> None:
    telling = Telling(row["text"])
    goods = {1: [telling.span(row["goods"])]}

    for supply in find_supplies(telling.annotations, goods):
        for side in ("supplier", "recipient"):
            span = getattr(supply, side)
            assert span is None or row[side] in telling.annotations.words(span)
