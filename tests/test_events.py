"""From claims about what happened to the brief's events: what is kept, filled in and joined."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from claiming import Telling

from summarizer.brief import AttributionKind, Event, Factuality, Realis
from summarizer.draft import EventKind
from summarizer.resolve.factuality import factuality
from summarizer.resolve.kinds import KINDS, plover

MET = "William Ruto met Abiy Ahmed in Nairobi on Monday."
SIGNED = "Sudan withdrew its troops in line with the agreement signed in Cairo on March 10."


def only(telling: Telling) -> Event:
    (event,) = telling.events()
    return event


def names(event: Event) -> list[str]:
    return [p.name for p in event.participants]


def test_an_event_is_what_the_model_claimed_and_code_adds_codes() -> None:
    telling = Telling(MET, published="2024-05-15").event(
        "meeting", who=["William Ruto"], to_whom=["Abiy Ahmed"], when="Monday", where="Nairobi"
    )

    event = only(telling)

    assert (event.id, event.label, event.type, event.realis) == (
        "e1",
        "meeting",
        "CONSULT",
        "actual",
    )
    assert names(event) == ["William Ruto", "Abiy Ahmed"]
    assert event.date is not None
    assert event.place is not None
    assert (event.date.text, event.date.edtf) == ("Monday", "2024-05-13")
    assert (event.place.name, event.place.country) == ("Nairobi", "KEN")
    assert (event.summary, event.support) == (MET, "supported")
    assert [c.quote for c in event.citations] == [MET]
    assert (event.filled, event.changes) == ((), ())


def test_events_are_numbered_in_the_order_of_the_text() -> None:
    telling = Telling("Chad arrested ten men. Peru held an election.")
    telling.event("vote", sentence=2, who=["Peru"]).event("arrest", who=["Chad"])

    assert [(e.id, e.label) for e in telling.events()] == [("e1", "arrest"), ("e2", "vote")]


ROLES = [
    ("strike", "perpetrator", "victim"),
    ("arrest", "perpetrator", "victim"),
    ("agreement", "signatory", "signatory"),
    ("visit", "visitor", "host"),
    ("supply", "actor", "recipient"),
    ("accusation", "speaker", "recipient"),
    ("exercise", "actor", "actor"),
]


@pytest.mark.parametrize(("kind", "first", "second"), ROLES, ids=[row[0] for row in ROLES])
def test_the_kind_gives_each_side_its_role(kind: str, first: str, second: str) -> None:
    telling = Telling("Norland did this to Sudoria.").event(
        kind, who=["Norland"], to_whom=["Sudoria"]
    )

    assert [p.role for p in only(telling).participants] == [first, second]


def test_whoever_is_named_twice_takes_part_once() -> None:
    telling = Telling("Norway shelled Gao as Oslo had threatened.").actor("Norway", "state")
    telling.event("strike", who=["Norway", "Oslo"])

    assert names(only(telling)) == ["Norway"]


PARTIES = [
    ("Norway and Denmark", "Norway and Denmark signed a pact.", ["Norway", "Denmark"]),
    (
        "France, Germany and Poland",
        "France, Germany and Poland held talks.",
        ["France", "Germany", "Poland"],
    ),
    ("envoys of Norway and Denmark", "The envoys of Norway and Denmark held talks.", None),
    ("Bosnia and Herzegovina", "Bosnia and Herzegovina signed a pact.", None),
]


@pytest.mark.parametrize(("given", "text", "want"), PARTIES, ids=[row[0] for row in PARTIES])
def test_a_list_of_actors_is_each_of_them_and_no_other_phrase_is_cut(
    given: str, text: str, want: list[str] | None
) -> None:
    assert names(only(Telling(text).event("talks", who=[given]))) == (want or [given])


FILLED: list[tuple[str, str, str, str | None, str | None]] = [
    ("behind the verb", "meeting", MET, "Monday", "Nairobi"),
    ("before it", "clash", "On Monday, troops clashed with rebels in Gao.", "Monday", "Gao"),
    ("of another happening", "withdrawal", SIGNED, None, None),
    ("two dates", "strike", "Israel struck Tyre on March 3 and on March 5.", None, None),
    ("within a quotation", "statement", "“We met on March 3 in Lima,” Boluarte said.", None, None),
    (
        "of the saying",
        "strike",
        "The mayor of Tyre said on Monday that Israel had struck a port on March 3.",
        "March 3",
        None,
    ),
]


@pytest.mark.parametrize(
    ("kind", "text", "date", "place"), [row[1:] for row in FILLED], ids=[row[0] for row in FILLED]
)
def test_a_date_or_place_left_open_is_filled_only_from_what_hangs_on_the_event(
    kind: str, text: str, date: str | None, place: str | None
) -> None:
    event = only(Telling(text).event(kind))

    assert (event.date.text if event.date else None) == date
    assert (event.place.name if event.place else None) == place
    assert ("date" in event.filled, "place" in event.filled) == (
        date is not None,
        place is not None,
    )


def test_the_models_date_place_and_reality_stand_before_what_the_words_show() -> None:
    telling = Telling(SIGNED, published="2024-05-15").event(
        "withdrawal", who=["Sudan"], when="March 10", where="Cairo", realis="planned"
    )

    event = only(telling)

    assert event.date is not None
    assert event.place is not None
    assert (event.date.edtf, event.place.name) == ("2024-03-10", "Cairo")
    assert (event.realis, event.type, event.filled) == ("planned", "CONCEDE", ())


def test_reality_left_open_is_that_of_the_words() -> None:
    event = only(Telling("Troops will withdraw from Gao.").event("withdrawal", realis=None))

    assert (event.realis, event.filled) == ("planned", ("realis",))


def test_a_lowered_reality_is_named_on_the_record_and_warned_of() -> None:
    resolved = Telling("Troops will withdraw from Gao.").event("withdrawal").resolved()

    ((event,), (change,)) = resolved.events, resolved.events[0].changes
    assert (event.realis, change.field, change.offered) == ("planned", "realis", "actual")
    assert [w for w in resolved.warnings if w.startswith("e1: ") and "“actual”" in w]


SPEAKERS: list[tuple[str, str, dict[str, str], str | None, AttributionKind, tuple[str, ...]]] = [
    (
        "found",
        "Norway shelled Gao, Reuters reported.",
        {},
        "Reuters",
        "media_report",
        ("attribution",),
    ),
    ("nobody", "Norway shelled Gao.", {}, None, "own_voice", ()),
    (
        "the model's",
        "Norway shelled Gao, Reuters reported, citing officials.",
        {"said_by": "officials"},
        "officials",
        "unnamed_official",
        (),
    ),
]


@pytest.mark.parametrize(
    ("text", "given", "speaker", "kind", "filled"),
    [row[1:] for row in SPEAKERS],
    ids=[row[0] for row in SPEAKERS],
)
def test_an_event_says_whose_word_it_is(
    text: str,
    given: dict[str, Any],
    speaker: str | None,
    kind: AttributionKind,
    filled: tuple[str, ...],
) -> None:
    event = only(Telling(text).event("strike", who=["Norway"], to_whom=["Gao"], **given))

    assert (event.attribution.speaker, event.attribution.kind) == (speaker, kind)
    assert event.filled == filled


def test_the_same_claim_twice_is_one_event_and_the_rest_of_the_second_is_named() -> None:
    telling = Telling(f"{MET} Ruto spoke later.")
    given: dict[str, Any] = {"who": ["William Ruto"], "to_whom": ["Abiy Ahmed"], "when": "Monday"}
    telling.event("meeting", **given).event("meeting", **given)

    resolved = telling.resolved()

    assert [e.id for e in resolved.events] == ["e1"]
    assert [(r.field, r.value, r.reason) for r in resolved.rejections] == [
        ("when", "Monday", "duplicate")
    ]


def test_what_a_model_gives_where_nothing_happens_is_rejected() -> None:
    telling = Telling(MET).event("background", who=["William Ruto"], when="Monday")

    resolved = telling.resolved()

    assert resolved.events == ()
    assert [(r.kind, r.field, r.value) for r in resolved.rejections] == [
        ("event", "participants", "William Ruto"),
        ("event", "when", "Monday"),
    ]


GOES_ON = [
    ("the talks", f"{MET} The talks focused on trade.", "meeting", "talks"),
    ("the attack", "Rebels stormed a base. The attack lasted two hours.", "clash", "strike"),
    ("this visit", "Modi visited Kyiv. This visit was his first.", "visit", "visit"),
]


@pytest.mark.parametrize(
    ("text", "one", "two"), [r[1:] for r in GOES_ON], ids=[r[0] for r in GOES_ON]
)
def test_a_sentence_that_goes_on_about_an_event_joins_it_where_nobody_read_the_whole(
    text: str, one: str, two: str
) -> None:
    telling = Telling(text).event(one).event(two, sentence=2)

    (joined,) = telling.events("small")

    assert (joined.label, [c.sentence for c in joined.citations]) == (one, [1, 2])
    assert len(telling.events("large")) == 2


def test_what_joins_brings_its_participants_and_date() -> None:
    telling = Telling("Ruto met Abiy Ahmed. The talks on Monday were joined by Ruto and Kagame.")
    telling.event("meeting", who=["Ruto"], to_whom=["Abiy Ahmed"])
    telling.event("talks", sentence=2, who=["Ruto", "Kagame"], when="Monday")

    (event,) = telling.events("small")

    assert names(event) == ["Ruto", "Abiy Ahmed", "Kagame"]
    assert event.date is not None
    assert event.date.text == "Monday"


TOLD_AGAIN = [
    (
        "with its date",
        "Norway and Denmark signed a pact. Norway and Denmark signed it on May 3.",
        ("agreement", 1, {"who": ["Norway", "Denmark"]}),
        ("agreement", 2, {"who": ["Norway", "Denmark"], "when": "May 3"}),
    ),
    (
        "by its toll",
        "Chad shelled Gao on Monday. Eleven soldiers were killed.",
        ("strike", 1, {"who": ["Chad"]}),
        ("clash", 2, {}),
    ),
    (
        "as known",
        "Modi visited Kyiv. Photos of the visit were shared.",
        ("visit", 1, {"who": ["Modi"]}),
        ("visit", 2, {}),
    ),
    (
        "by what it holds",
        "Norway and Denmark signed a pact. The pact covers joint drills.",
        ("agreement", 1, {"who": ["Norway", "Denmark"]}),
        ("exercise", 2, {}),
    ),
    (
        "by one speaker",
        "Lawrence Wong praised the plan. He added that it was sound.",
        ("statement", 1, {"who": ["Lawrence Wong"]}),
        ("statement", 2, {"who": ["He"]}),
    ),
    (
        "by the paper told of",
        "Ministers issued a statement. “We stand firm,” the statement read.",
        ("statement", 1, {"who": ["Ministers"]}),
        ("statement", 2, {"who": ["the statement"]}),
    ),
]


@pytest.mark.parametrize(
    ("text", "one", "two"), [r[1:] for r in TOLD_AGAIN], ids=[r[0] for r in TOLD_AGAIN]
)
def test_an_event_told_again_shortly_after_is_one_where_nobody_read_the_whole(
    text: str, one: tuple[str, int, dict[str, Any]], two: tuple[str, int, dict[str, Any]]
) -> None:
    telling = Telling(text)
    for kind, sentence, given in (one, two):
        telling.event(kind, sentence=sentence, **given)

    (joined,) = telling.events("small")

    assert (joined.label, [c.sentence for c in joined.citations]) == (one[0], [one[1], two[1]])
    assert len(telling.events("large")) == 2


def test_a_sharper_word_names_the_speech_that_it_goes_on() -> None:
    telling = Telling("Lawrence Wong praised the plan. He accused Chad of lies.")
    telling.event("statement", who=["Lawrence Wong"])
    telling.event("accusation", sentence=2, who=["He"], to_whom=["Chad"])

    (event,) = telling.events("small")

    assert (event.label, [c.sentence for c in event.citations]) == ("accusation", [1, 2])
    assert names(event) == ["Lawrence Wong", "Chad"]


APART = [
    (
        "with sides swapped",
        "Chad shelled Mali. Mali shelled Chad.",
        "strike",
        "strike",
        {"who": ["Chad"], "to_whom": ["Mali"]},
        {"who": ["Mali"], "to_whom": ["Chad"]},
    ),
    (
        "in other places",
        "Chad shelled Gao. Chad shelled Lere.",
        "strike",
        "strike",
        {"who": ["Chad"], "where": "Gao"},
        {"who": ["Chad"], "where": "Lere"},
    ),
    (
        "with another guest",
        "Norway met Peru. Norway met Chad.",
        "meeting",
        "meeting",
        {"who": ["Norway"], "to_whom": ["Peru"]},
        {"who": ["Norway"], "to_whom": ["Chad"]},
    ),
    (
        "told as one more",
        "Chad arrested ten men. Chad also arrested a general.",
        "arrest",
        "arrest",
        {"who": ["Chad"]},
        {"who": ["Chad"]},
    ),
    (
        "of other goods",
        "Norway sent Chad ten tanks. Norway sent Chad ten boats.",
        "supply",
        "supply",
        {"who": ["Norway"], "to_whom": ["Chad"]},
        {"who": ["Norway"], "to_whom": ["Chad"]},
    ),
    (
        "by two persons",
        "Lawrence Wong spoke. Anita Anand spoke.",
        "statement",
        "statement",
        {"who": ["Lawrence Wong"]},
        {"who": ["Anita Anand"]},
    ),
    ("of another kind", "Chad shelled Gao. The vote was held.", "strike", "vote", {}, {}),
    ("not as known", "Ruto met Abiy. Talks followed in Kigali.", "meeting", "talks", {}, {}),
    (
        "of others",
        "Chad shelled Gao. The strike by Mali hit Lere.",
        "strike",
        "strike",
        {"who": ["Chad"]},
        {"who": ["Mali"]},
    ),
    (
        "on another day",
        "Ruto met Abiy on Monday. The talks on Friday failed.",
        "meeting",
        "talks",
        {"when": "Monday"},
        {"when": "Friday"},
    ),
    ("of speakers", "Wong spoke. The statement was short.", "statement", "statement", {}, {}),
]


@pytest.mark.parametrize(
    ("text", "one", "two", "first", "second"),
    [row[1:] for row in APART],
    ids=[row[0] for row in APART],
)
def test_two_events_stay_two(
    text: str, one: str, two: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    telling = Telling(text).event(one, **first).event(two, sentence=2, **second)

    assert [e.label for e in telling.events("small")] == [one, two]


CODES: list[tuple[str, Realis, int, str]] = [
    ("meeting", "actual", 2, "CONSULT"),
    ("meeting", "planned", 2, "AGREE"),
    ("agreement", "actual", 2, "SUPPORT"),
    ("supply", "actual", 2, "AID"),
    ("supply", "planned", 2, "AGREE"),
    ("withdrawal", "planned", 1, "CONCEDE"),
    ("strike", "planned", 2, "THREATEN"),
    ("warning", "planned", 1, "THREATEN"),
    ("exercise", "actual", 1, "MOBILIZE"),
    ("exercise", "actual", 2, "COOPERATE"),
    ("procurement", "actual", 2, "COOPERATE"),
    ("industrial cooperation", "planned", 2, "AGREE"),
    ("launch", "actual", 1, "COOPERATE"),
    ("delay", "actual", 1, "REJECT"),
    ("cancellation", "actual", 1, "SANCTION"),
    ("expulsion", "planned", 1, "THREATEN"),
    ("offensive", "actual", 1, "ASSAULT"),
    ("proposal", "actual", 1, "REQUEST"),
    ("order", "actual", 1, "REQUEST"),
    ("accident", "actual", 1, "CONSULT"),
]


@pytest.mark.parametrize(("kind", "realis", "parties", "code"), CODES, ids=lambda v: str(v))
def test_each_kind_has_its_plover_code(kind: Any, realis: Realis, parties: int, code: str) -> None:
    assert plover(kind, realis, parties) == code


def test_every_kind_of_the_draft_has_a_code() -> None:
    assert set(KINDS) == set(get_args(EventKind))


SURE: list[tuple[Realis, AttributionKind, tuple[str, ...], Factuality]] = [
    ("actual", "own_voice", (), "CT+"),
    ("actual", "named_person", (), "CT+"),
    ("actual", "media_report", (), "PR+"),
    ("actual", "party_claim", (), "PR+"),
    ("actual", "unnamed_official", (), "PS+"),
    ("actual", "own_voice", ("reportedly",), "PR+"),
    ("planned", "official_statement", (), "PR+"),
    ("hypothetical", "own_voice", (), "PS+"),
    ("denied", "official_statement", (), "CT-"),
    ("denied", "official_statement", ("allegedly",), "PR-"),
]


@pytest.mark.parametrize(("realis", "kind", "hedges", "value"), SURE, ids=lambda v: str(v))
def test_how_sure_depends_on_who_says_it_what_of_it_and_how(
    realis: Realis, kind: AttributionKind, hedges: tuple[str, ...], value: Factuality
) -> None:
    assert factuality(realis, kind, hedges) == value


def test_dates_that_stay_open_without_a_day_of_publication_are_warned_of() -> None:
    (warning,) = Telling(MET).event("meeting").resolved().warnings

    assert "“Monday”" in warning
    assert Telling(MET, published="2024-05-15").event("meeting").resolved().warnings == ()


def test_the_day_of_the_saying_is_rejected_where_only_the_deed_is_kept() -> None:
    telling = Telling(
        "Norland shelled the port of Vesby. The ministry said on Tuesday that the attack was over."
    )
    telling.event("strike", who=("Norland",))
    telling.event("statement", sentence=2, who=("The ministry",), when="on Tuesday")

    resolved = telling.resolved("small")

    assert [e.label for e in resolved.events] == ["strike"]
    assert resolved.events[0].date is None
    assert ("when", "on Tuesday", "duplicate") in [
        (r.field, r.value, r.reason) for r in resolved.rejections
    ]
