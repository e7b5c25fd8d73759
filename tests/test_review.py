"""What a person decides: how a record is named, and what single decisions do to a brief."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from deciding import (
    AT,
    BRIEF,
    DOCUMENT,
    LINE,
    NORLAND,
    PLEDGE,
    SENTENCES,
    STATEMENT,
    STRIKE,
    SUDORIA,
    TELLING,
    TEXT,
    accepts,
    all_values,
    assert_holds,
    brief_about,
    decided,
    decided_on,
    marked,
    records_of,
    run_without,
    span_of,
    unlinked,
    value_of,
    worked_in,
)
from hypothesis import given
from hypothesis import strategies as st
from sample_briefs import SAMPLE, hostile_brief, sample_brief

from summarizer.annotate import annotate
from summarizer.brief import Brief, Event, Review
from summarizer.errors import InputError
from summarizer.review import (
    anchor,
    corrected,
    derive,
    fingerprint,
    of_document,
    on_other_texts,
)
from summarizer.review.fields import LISTS, OPTIONAL, REQUIRED
from summarizer.review.record import Kind, Record, spans_of
from summarizer.source import Span
from summarizer.validate import check
from summarizer.values import values_of


@pytest.fixture(scope="module", autouse=True)
def text_is_parsed_once() -> Iterator[None]:
    """All examples of a property are about few texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("summarizer.review.words.annotate", cache(annotate))
        yield


# How a record is named


def test_brief_of_these_tests_holds() -> None:
    assert_holds(BRIEF)


def test_fingerprint_knows_no_id_order_or_model() -> None:
    other = STRIKE.model_copy(
        update={"id": "e99", "date": None, "participants": tuple(reversed(STRIKE.participants))}
    )

    assert fingerprint(other) == fingerprint(STRIKE)
    assert len(fingerprint(STRIKE)) == 16
    assert set(fingerprint(STRIKE)) <= set("0123456789abcdef")


def test_every_record_has_a_fingerprint_of_its_own() -> None:
    prints = [fingerprint(record) for record in records_of(BRIEF)]

    assert len(prints) == len(set(prints))


def test_fingerprint_is_that_of_earlier_versions() -> None:
    """Review files of users hold it: it must never change."""
    sample = sample_brief()
    found = [fingerprint(record) for record in records_of(sample)]

    assert found == ["37a14cd3ee275294", "75ceeb65f1bf0ea7", "bfdc3d9949865fed", "3b44dbdadb4e3142"]


def test_anchor_is_what_names_the_record() -> None:
    def words(record: Record) -> list[str]:
        return [TEXT[start:end] for start, end in anchor(record)]

    assert words(NORLAND) == ["Norland"]
    assert words(STRIKE) == [SENTENCES[0].text, "Norland"]
    assert words(PLEDGE) == ["Sudoria", "Norland", "ten howitzers", "two radars"]
    assert words(LINE) == [SENTENCES[0].text]


def test_event_of_another_label_is_another_record() -> None:
    other = STRIKE.model_copy(update={"label": "clash"})

    assert fingerprint(other) != fingerprint(STRIKE)
    assert anchor(other) == anchor(STRIKE)


def test_pledge_that_names_nothing_is_named_by_its_citation() -> None:
    bare = PLEDGE.model_copy(update={"supplier": (), "recipient": (), "items": ()})

    assert anchor(bare) == spans_of(bare)[:1]


# Words that are marked


DERIVED: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "event",
        "date",
        "on Friday",
        {"text": "on Friday", "edtf": "2025-10-17", "basis": "relative"},
    ),
    ("pledge", "delivery", "in May", {"edtf": "2026-05", "precision": "month"}),
    ("pledge", "delivery", "parliament", {"text": "parliament", "edtf": None, "basis": "none"}),
    ("event", "place", "Vesby", {"name": "Vesby", "country": None}),
    ("pledge", "items", "three patrol boats", {"category": "ship", "quantity": 3}),
    ("pledge", "items.quantity", "15", {"quantity": 15, "quantity_max": None}),
    ("pledge", "supplier", "Eastmark", {"name": "Eastmark", "actor": None}),
    ("event", "participants", "Eastmark", {"name": "Eastmark", "role": "other"}),
    ("event", "label", "shelled", {"label": "strike"}),
    ("pledge", "purpose", "for the coast", {"value": "for the coast"}),
    ("actor", "rank", "General", {"value": "General"}),
    ("actor", "name", "Anna Kest", {"name": "Anna Kest"}),
    ("pledge", "attribution", "the Coast Herald", {"kind": "media_report"}),
    ("actor", "labels", "army chief", {"text": "army chief", "speaker": None}),
    ("summary", "text", "Sudoria promised Norland", {"text": "Sudoria promised Norland"}),
]


@pytest.mark.parametrize(
    ("kind", "field", "words", "want"), DERIVED, ids=[f"{d[1]} {d[2]}" for d in DERIVED]
)
def test_words_become_a_value(kind: str, field: str, words: str, want: dict[str, Any]) -> None:
    made = derive(kind, field, span_of(words), DOCUMENT, TELLING.annotations)

    assert {name: made[name] for name in want} == want
    assert words.removeprefix("the ") in str(made["citations"])
    json.dumps(made)
    for cited in made["citations"]:
        assert TEXT[cited["start"] : cited["end"]] == cited["quote"]


UNDERIVED = [
    ("event", "realis", "Norland", "choose it from its list"),
    ("event", "colour", "Norland", "choose it from its list"),
    ("pledge", "items.quantity", "Norland", "gives no number"),
    ("pledge", "items", "15", "names no goods"),
    ("event", "label", "Norland", "names no kind"),
    ("event", "date", " ", "white space"),
]


@pytest.mark.parametrize(
    ("kind", "field", "words", "why"), UNDERIVED, ids=[u[3] for u in UNDERIVED]
)
def test_words_that_cannot_be_that_are_refused(kind: str, field: str, words: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        derive(kind, field, span_of(words), DOCUMENT, TELLING.annotations)


@pytest.mark.parametrize("span", [Span(0, 0), Span(-3, 4), Span(5, 10_000), Span(9, 3)], ids=str)
def test_place_outside_the_text_is_refused(span: Span) -> None:
    with pytest.raises(InputError, match="no place in the text"):
        derive("event", "date", span, DOCUMENT, TELLING.annotations)


@given(st.data())
def test_any_words_come_to_a_value_or_one_line(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT)))
    span = Span(start, start + data.draw(st.integers(0, 60)))
    kind: Kind = data.draw(st.sampled_from(list(LISTS)))
    field = data.draw(st.sampled_from(sorted(LISTS[kind] | OPTIONAL[kind] | REQUIRED[kind])))
    with suppress(InputError):
        made = derive(kind, field, span, DOCUMENT, TELLING.annotations)
        assert check(made, TEXT, schema=False).findings == ()


# One decision at a time


def test_no_decision_changes_nothing() -> None:
    assert corrected(BRIEF, TEXT, ()) == (BRIEF, ())
    note = decided_on(STRIKE, value_of(STRIKE, "date"), "note", new={"value": "is that so?"})
    assert corrected(BRIEF, TEXT, [note]) == (BRIEF, ())


def test_rejected_record_goes_to_the_rejections() -> None:
    brief = worked_in(decided(STRIKE, "reject"))

    assert brief.events == (STATEMENT,)
    last = brief.rejections[-1]
    assert (last.kind, last.field, last.value) == ("event", "event", STRIKE.summary)
    assert last.detail == "rejected in review by mk"


@pytest.mark.parametrize("record", records_of(BRIEF), ids=lambda r: getattr(r, "id", "line"))
def test_any_record_can_be_rejected_and_accepted(record: Record) -> None:
    without = worked_in(decided(record, "reject"))
    assert len(records_of(without)) == len(records_of(BRIEF)) - 1
    assert fingerprint(record) not in map(fingerprint, records_of(without))

    back = worked_in(accepts(record), on=run_without(BRIEF, record))
    assert fingerprint(record) in map(fingerprint, records_of(back))


def test_nobody_is_linked_to_a_rejected_actor() -> None:
    brief = worked_in(decided(NORLAND, "reject"))

    assert [party.actor for party in brief.pledges[0].recipient] == [None]
    assert brief.events[0].participants[0].name == "Norland"


def test_accepted_record_says_who_accepted_it() -> None:
    brief = worked_in(accepts(STRIKE))

    assert brief.events[0] == STRIKE.model_copy(
        update={"review": Review(action="accept", reviewer="mk", at=AT)}
    )
    assert brief.model_copy(update={"events": BRIEF.events}) == BRIEF


def test_accepted_record_stands_as_it_was_accepted() -> None:
    otherwise = STRIKE.model_copy(
        update={"id": "e7", "date": None, "place": None, "realis": "denied", "factuality": "CT-"}
    )
    run = BRIEF.model_copy(update={"events": (otherwise, STATEMENT)})

    brief = worked_in(accepts(STRIKE), on=run)

    review = Review(action="accept", reviewer="mk", at=AT)
    assert brief.events[0] == STRIKE.model_copy(update={"id": "e7", "review": review})
    told = [(r.field, r.value) for r in brief.rejections[len(BRIEF.rejections) :]]
    assert told == [("realis", "denied")]


def test_accepted_record_that_the_run_misses_is_put_back() -> None:
    run = BRIEF.model_copy(update={"events": (STATEMENT.model_copy(update={"id": "e1"}),)})
    run = run.model_copy(
        update={
            "actors": tuple(
                a.model_copy(update={"id": f"a{9 - n}"}) for n, a in enumerate(run.actors)
            )
        }
    )
    run = run.model_copy(
        update={
            "events": tuple(unlinked(e, p) for e in run.events for p in ["a4"]),
            "pledges": (),
        }
    )
    run = run.model_copy(update={"events": tuple(_allunlinked(e) for e in run.events)})

    brief = worked_in(accepts(STRIKE), on=run)

    back = brief.events[-1]
    assert back.id == "e2"
    assert back.summary == STRIKE.summary
    assert back.participants[0].actor == "a9"  # this run's Norland
    assert back.review is not None


def _allunlinked(event: Event) -> Event:
    parts = tuple(one.model_copy(update={"actor": None}) for one in event.participants)
    return event.model_copy(update={"participants": parts})


def test_record_accepted_without_itself_cannot_be_put_back() -> None:
    one = decided(STRIKE, "accept")

    assert worked_in(one).events[0].review is not None
    brief, (told,) = corrected(run_without(BRIEF, STRIKE), TEXT, [one])
    assert brief == run_without(BRIEF, STRIKE)
    assert told == (
        f"mk accepted the event at {AT}, which does not fit: "
        "this run has no such record, and the decision does not carry it"
    )


def _json(record: Record, **changes: Any) -> str:
    return json.dumps(record.model_dump(mode="json") | changes)


BAD_RECORDS = [
    ("not JSON", "{"),
    ("another type", PLEDGE.model_dump_json()),
    ("a field more", _json(STRIKE, evil=1)),
    ("no citation", _json(STRIKE, citations=[])),
    ("another record", STATEMENT.model_dump_json()),
]


@pytest.mark.parametrize("carried", [r for _, r in BAD_RECORDS], ids=[n for n, _ in BAD_RECORDS])
def test_record_that_is_none_is_not_put_back(carried: str) -> None:
    run = run_without(BRIEF, STRIKE)

    brief, unfit = corrected(run, TEXT, [decided(STRIKE, "accept", new={"value": carried})])

    assert brief == run
    assert len(unfit) == 1


def test_record_that_cites_other_words_is_not_put_back() -> None:
    date = STRIKE.model_dump(mode="json")["date"]
    date["citations"][0]["quote"] = "on Sunday"
    one = decided(STRIKE, "accept", new={"value": _json(STRIKE, date=date)})

    brief, (told,) = corrected(BRIEF, TEXT, [one])

    assert brief == BRIEF
    assert "does not hold: the source has “on Friday”, not “on Sunday”" in told


LEFT_OPEN: list[tuple[Record, str, Callable[[Any], Any], Any]] = [
    (STRIKE, "date", lambda b: b.events[0].date, None),
    (STRIKE, "place", lambda b: b.events[0].place, None),
    (STRIKE, "label", lambda b: (b.events[0].label, b.events[0].type), ("event", "CONSULT")),
    (STRIKE, "realis", lambda b: b.events[0].realis, "hypothetical"),
    (STRIKE, "participants", lambda b: b.events[0].participants, ()),
    (PLEDGE, "status", lambda b: (b.pledges[0].status, b.pledges[0].kiel), ("unclear", "none")),
    (PLEDGE, "status_words", lambda b: b.pledges[0].status_words.value, SENTENCES[1].text),
    (PLEDGE, "attribution", lambda b: b.pledges[0].attribution.speaker, None),
    (PLEDGE, "supplier", lambda b: b.pledges[0].supplier, ()),
    (PLEDGE, "items", lambda b: [i.text for i in b.pledges[0].items], ["two radars"]),
    (NORLAND, "kind", lambda b: b.actors[0].kind, "other"),
]


@pytest.mark.parametrize(
    ("record", "field", "seen", "want"), LEFT_OPEN, ids=[one[1] for one in LEFT_OPEN]
)
def test_rejected_value_is_open(
    record: Record, field: str, seen: Callable[[Brief], Any], want: Any
) -> None:
    value = value_of(record, field)
    brief = worked_in(decided_on(record, value, "reject"))

    assert seen(brief) == want
    gone = brief.rejections[-1]
    assert gone.field == field
    assert value.words in gone.value
    assert gone.detail == "rejected in review by mk"
    touched = next(one for one in records_of(brief) if getattr(one, "review", None))
    assert touched.review.action == "correct"


@pytest.mark.parametrize("field", ["realis", "label", "attribution"])
def test_open_value_makes_no_record_more_certain(field: str) -> None:
    brief = worked_in(decided_on(STRIKE, value_of(STRIKE, field), "reject"))

    assert (brief.events[0].factuality, brief.events[0].support) == ("Uu", "partial")


@pytest.mark.parametrize(
    ("record", "field"), [(NORLAND, "name"), (LINE, "text")], ids=["name", "text"]
)
def test_record_without_its_name_is_out(record: Record, field: str) -> None:
    brief = worked_in(decided_on(record, value_of(record, field), "reject"))

    assert len(records_of(brief)) == len(records_of(BRIEF)) - 1
    assert brief.rejections[-1].field == field


def test_pledge_without_goods_is_out() -> None:
    goods = [v for v in values_of(PLEDGE) if v.field == "items"]
    brief = worked_in(*(decided_on(PLEDGE, v, "reject") for v in goods))

    assert brief.pledges == ()
    assert [(r.field, r.value) for r in brief.rejections[-3:]] == [
        ("items", "ten howitzers (10)"),
        ("pledge", "two radars"),
        ("items", "two radars (2)"),
    ]


def test_value_that_the_reviewer_did_not_see_is_not_rejected() -> None:
    other = STATEMENT.date
    run = BRIEF.model_copy(
        update={
            "events": (STRIKE.model_copy(update={"date": other, "realis": "planned"}), STATEMENT)
        }
    )

    brief = worked_in(
        decided_on(STRIKE, value_of(STRIKE, "date"), "reject"),
        decided_on(STRIKE, value_of(STRIKE, "realis"), "reject"),
        on=run,
    )

    assert brief.events[0].date == other
    assert brief.events[0].realis == "planned"
    assert brief.rejections == BRIEF.rejections


def test_rejection_without_what_was_seen_takes_what_is_there() -> None:
    brief = worked_in(decided(STRIKE, "reject", "date"), decided(PLEDGE, "reject", "status"))

    assert brief.events[0].date is None
    assert brief.pledges[0].status == "unclear"


def test_most_open_value_cannot_be_rejected() -> None:
    run = BRIEF.model_copy(
        update={"pledges": (PLEDGE.model_copy(update={"status": "unclear", "kiel": "none"}),)}
    )
    one = decided_on(run.pledges[0], value_of(run.pledges[0], "status"), "reject")

    brief, (told,) = corrected(run, TEXT, [one])

    assert brief == run
    assert "no status more open than that" in told


def test_corrected_date_is_resolved_anew() -> None:
    brief = worked_in(
        decided_on(STRIKE, value_of(STRIKE, "date"), "correct", new=marked("on Monday"))
    )

    date = brief.events[0].date
    assert date is not None
    assert (date.text, date.edtf, date.anchor) == ("on Monday", "2025-10-13", "2025-10-18")
    assert date.citations[0].quote == "on Monday"
    assert date.citations[0].match == "exact"
    assert brief.rejections[-1].value == "on Friday = 2025-10-17"
    assert brief.rejections[-1].detail == "corrected in review by mk"
    assert brief.events[0].review == Review(action="correct", reviewer="mk", at=AT)


def test_corrected_field_is_no_longer_code_s() -> None:
    filled = STRIKE.model_copy(update={"filled": ("date", "place")})
    run = BRIEF.model_copy(update={"events": (filled, STATEMENT)})

    brief = worked_in(
        decided_on(STRIKE, value_of(STRIKE, "date"), "correct", new=marked("on Monday")), on=run
    )

    assert brief.events[0].filled == ("place",)


def test_corrected_item_is_classified_and_counted_anew() -> None:
    value = value_of(PLEDGE, "items", "howitzers")
    brief = worked_in(decided_on(PLEDGE, value, "correct", new=marked("three patrol boats")))

    item = brief.pledges[0].items[0]
    assert (item.text, item.category, item.quantity) == ("three patrol boats", "ship", 3)
    assert [i.text for i in brief.pledges[0].items] == ["three patrol boats", "two radars"]


def test_corrected_number_leaves_the_item_its_words() -> None:
    value = value_of(PLEDGE, "items", "radars")
    brief = worked_in(
        decided_on(PLEDGE, replace(value, field="items.quantity"), "correct", new=marked("15"))
    )

    item = brief.pledges[0].items[1]
    assert (item.text, item.quantity) == ("two radars", 15)
    assert [c.quote for c in item.citations] == ["two radars", "15"]


def test_record_is_accepted_with_what_was_corrected_in_it() -> None:
    """The page sends the record as the brief has it, whatever was decided on its values before."""
    decisions = (
        decided_on(PLEDGE, value_of(PLEDGE, "items", "radars"), "correct", new=marked("Eastmark")),
        decided_on(PLEDGE, value_of(PLEDGE, "attribution"), "reject"),
        accepts(PLEDGE),
    )
    brief = worked_in(*decisions)

    assert [item.text for item in brief.pledges[0].items] == ["ten howitzers", "Eastmark"]
    assert [(one.field, one.value) for one in brief.rejections] == [
        ("items", "two radars (2)"),
        ("attribution", "media_report “Coast Herald”"),
    ]
    assert brief.pledges[0].review == Review(action="accept", reviewer="mk", at=AT)


def test_part_of_a_corrected_value_is_that_of_the_new_one() -> None:
    value = value_of(PLEDGE, "items", "radars")
    number = decided_on(PLEDGE, replace(value, field="items.quantity"), "correct", new=marked("15"))
    words = decided_on(PLEDGE, value, "correct", new=marked("three patrol boats"))
    code = decided_on(PLEDGE, value, "correct", new=marked(code="other"))

    item = worked_in(number, words, code).pledges[0].items[1]

    assert (item.text, item.quantity, item.category) == ("three patrol boats", 15, "other")


def test_part_of_a_rejected_value_is_moot() -> None:
    value = value_of(PLEDGE, "items", "radars")
    code = decided_on(PLEDGE, value, "correct", new=marked(code="other"))

    assert len(worked_in(code, decided_on(PLEDGE, value, "reject")).pledges[0].items) == 1


def test_corrected_label_changes_code_and_roles() -> None:
    value = value_of(STRIKE, "label")
    brief = worked_in(decided_on(STRIKE, value, "correct", new=marked(code="visit")))

    event = brief.events[0]
    assert (event.label, event.type) == ("visit", "CONSULT")
    assert [one.role for one in event.participants] == ["visitor"]


def test_label_of_marked_words_cites_them() -> None:
    value = value_of(STATEMENT, "label")
    brief = worked_in(decided_on(STATEMENT, value, "correct", new=marked("mediated", code="talks")))

    event = brief.events[1]
    assert [c.quote for c in event.citations] == ["mediated"]
    assert event.summary == SENTENCES[4].text


def test_corrected_status_changes_what_follows_from_it() -> None:
    brief = worked_in(
        decided_on(PLEDGE, value_of(PLEDGE, "status"), "correct", new=marked(code="signed"))
    )

    pledge = brief.pledges[0]
    assert (pledge.status, pledge.kiel, pledge.sipri_eligible) == ("signed", "allocation", True)
    assert pledge.status_words == PLEDGE.status_words


def test_code_is_taken_as_a_page_spells_it() -> None:
    new = {"value": "reported planned"}
    brief = worked_in(decided_on(PLEDGE, value_of(PLEDGE, "status"), "correct", new=new))

    assert brief.pledges[0].status == "reported_planned"


def test_corrected_speaker_is_of_the_kind_that_the_words_show() -> None:
    value = value_of(PLEDGE, "attribution")
    brief = worked_in(decided_on(PLEDGE, value, "correct", new=marked("General Anna Kest")))

    said = brief.pledges[0].attribution
    assert (said.speaker, said.kind) == ("General Anna Kest", "named_person")


def test_kind_of_speaker_alone_leaves_the_speaker() -> None:
    value = value_of(PLEDGE, "attribution")
    brief = worked_in(decided_on(PLEDGE, value, "correct", new=marked(code="analyst")))

    said = brief.pledges[0].attribution
    assert (said.speaker, said.kind) == ("Coast Herald", "analyst")


def test_corrected_name_is_linked_and_cited() -> None:
    value = value_of(NORLAND, "name")
    brief = worked_in(decided_on(NORLAND, value, "correct", new=marked("Eastmark")))

    actor = brief.actors[0]
    assert (actor.name, [c.quote for c in actor.citations]) == ("Eastmark", ["Eastmark"])


def test_added_participant_is_linked_in_its_role() -> None:
    brief = worked_in(decided(STRIKE, "add", "participants", new=marked("Sudoria", code="victim")))

    added = brief.events[0].participants[-1]
    assert (added.name, added.actor, added.role) == ("Sudoria", SUDORIA.id, "victim")


def test_correction_to_words_that_are_there_already_joins_them() -> None:
    value = value_of(PLEDGE, "items", "howitzers")
    brief = worked_in(decided_on(PLEDGE, value, "correct", new=marked("two radars")))

    assert [item.text for item in brief.pledges[0].items] == ["two radars"]
    assert brief.rejections[-1].value == "ten howitzers (10)"


def test_marked_white_space_is_trimmed() -> None:
    start = TEXT.index(" on Monday")
    new = {"value": "x", "cite": [(start, start + 11)], "words": [TEXT[start : start + 11]]}
    brief = worked_in(decided_on(STRIKE, value_of(STRIKE, "date"), "correct", new=new))

    assert brief.events[0].date is not None
    assert brief.events[0].date.citations[0].quote == "on Monday."


UNFIT: list[tuple[str, dict[str, Any], str]] = [
    ("date", marked("on Monday") | {"words": ["on Friday"]}, "not those of the text"),
    ("date", marked("on Monday") | {"words": []}, "not those of the text"),
    ("date", {"value": "x", "cite": [[0, 9_999]], "words": [TEXT]}, "not in the text"),
    ("date", {"value": "x", "cite": [[7, 8]], "words": [" "]}, "has no words"),
    ("date", {"value": "tomorrow"}, "no words are cited"),
    ("date", {"value": "x", "code": "visit"}, "none of the codes"),
    ("label", {"value": "miracle"}, "chosen from a list"),
    ("label", {"value": "x", "code": "background"}, "none of the codes"),
    ("realis", marked("Norland"), "chosen from a list"),
    ("colour", {"value": "red"}, "no field “colour”"),
    ("date.year", {"value": "2025"}, "no field “date.year”"),
    ("participants", marked(code="king"), "none of the codes"),
    ("participants.role", {"value": "king"}, "chosen from a list"),
]


@pytest.mark.parametrize(("field", "new", "why"), UNFIT, ids=[f"{u[0]}-{u[2]}" for u in UNFIT])
def test_correction_that_does_not_fit_is_listed(field: str, new: Any, why: str) -> None:
    brief, (told,) = corrected(BRIEF, TEXT, [decided(STRIKE, "correct", field, new=new)])

    assert brief == BRIEF
    assert told.startswith(f"mk corrected the event's {field}")
    assert why in told


def test_line_of_what_does_not_fit_is_one_line() -> None:
    one = decided(STRIKE, "correct", "date", by="m\nk", new={"value": "a\n" * 100})

    _, (told,) = corrected(BRIEF, TEXT, [one])

    assert "\n" not in told
    assert len(told) < 250


# Another text


def test_changed_text_fits_no_decision() -> None:
    text = TEXT.replace("ten howitzers", "six howitzers")
    run = brief_about(text)
    decisions = [
        accepts(STRIKE),
        decided(STATEMENT, "reject"),
        decided_on(STRIKE, value_of(STRIKE, "date"), "correct", new=marked("on Monday")),
        decided(STRIKE, "note", new={"value": "hm"}),
    ]

    brief, told = corrected(run, text, decisions)

    assert brief == run
    assert [line.split(" at ")[0] for line in told] == [
        "mk accepted the event",
        "mk rejected the event",
        "mk corrected the event's date “on Friday”",
    ]
    assert all(line.endswith("it is about another text, or the text has changed") for line in told)


def test_brief_of_another_text_is_left_as_it_is() -> None:
    brief, told = corrected(BRIEF, TEXT + " ", [decided(STRIKE, "reject")])

    assert brief == BRIEF
    assert len(told) == 1


def test_decisions_on_several_texts_are_told_apart() -> None:
    own = decided(STRIKE, "reject")
    other = own.model_copy(update={"id": "other", "doc": "0" * 64})

    assert of_document([own, other], DOCUMENT.sha256) == (own,)
    (told,) = on_other_texts([own, other], {DOCUMENT.sha256})
    assert told.endswith("its text is none of those given, or has changed")


def test_empty_text_and_hostile_brief_raise_nothing() -> None:
    empty = BRIEF.model_copy(
        update={
            "document": BRIEF.document.model_copy(
                update={"sha256": replace(DOCUMENT, text="").sha256, "published": "2025-99-99"}
            ),
            **dict.fromkeys(("summary", "actors", "events", "pledges"), ()),
        }
    )
    one = accepts(STRIKE).model_copy(update={"doc": empty.document.sha256})
    assert len(corrected(empty, "", [one])[1]) == 1

    hostile = hostile_brief()
    decisions = [
        decided_on(record, value, action, doc=hostile.document.sha256)
        for record in records_of(hostile)
        for value in all_values(record)
        for action in ("accept", "reject")
    ]
    corrected(hostile, SAMPLE, decisions)
