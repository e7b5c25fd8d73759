"""Decisions worked into other runs on the same text, and any decisions at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from deciding import (
    AT,
    BRIEF,
    DOCUMENT,
    LINE,
    NORLAND,
    NUMBERS,
    PLEDGE,
    STATEMENT,
    STRIKE,
    TELLING,
    TEXT,
    accepts,
    all_values,
    any_decisions,
    any_runs,
    assert_holds,
    decided,
    decided_on,
    marked,
    page_decisions,
    records_of,
    run_without,
    span_of,
    undoes,
    value_of,
    worked_in,
)
from hypothesis import assume, given
from hypothesis import strategies as st

from summarizer.annotate import annotate
from summarizer.brief import Brief, Review
from summarizer.render import to_json
from summarizer.review import (
    Decision,
    anchor,
    corrected,
    fingerprint,
    new_record,
)
from summarizer.review.record import Kind, kind_of
from summarizer.values import values_of


@pytest.fixture(scope="module", autouse=True)
def text_is_parsed_once() -> Iterator[None]:
    """All examples of a property are about few texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("summarizer.review.words.annotate", cache(annotate))
        yield


# A record that no run found


@pytest.mark.parametrize(
    ("kind", "words", "code"),
    [
        ("actor", ("Eastmark",), "state"),
        ("actor", ("Eastmark",), None),
        ("event", ("mediated between both sides",), "talks"),
        ("pledge", ("three patrol boats",), "delivered"),
        ("pledge", ("three patrol boats", "radars"), None),
        ("summary", ("Eastmark mediated between both sides",), None),
    ],
    ids=str,
)
def test_marked_words_make_a_record(kind: Kind, words: Sequence[str], code: str | None) -> None:
    made = new_record(kind, [span_of(one) for one in words], code, DOCUMENT, TELLING.annotations)
    one = decided(made, "add", new=marked(*words, code=code))

    brief = worked_in(one)

    assert len(records_of(brief)) == len(records_of(BRIEF)) + 1
    added = next(r for r in records_of(brief) if fingerprint(r) == fingerprint(made))
    assert getattr(added, "id", "s1")
    if not isinstance(added, type(LINE)):
        assert added.review == Review(action="accept", reviewer="mk", at=AT)
    carried = decided(made, "add", new={"value": added.model_dump_json()})
    assert fingerprint(made) in map(fingerprint, records_of(worked_in(carried)))


def _added(words: str, kind: str, code: str | None = None) -> Callable[..., Decision]:
    """Add a record as the page does, which calls it by a name of its own."""
    number = next(NUMBERS)
    mark = marked(words, code=code)
    own = {"kind": kind, "record": f"{number:016x}", "anchor": mark["cite"]}

    def decide(action: str = "add", field: str | None = None, **more: Any) -> Decision:
        new = mark if action == "add" and field is None else None
        return decided(STRIKE, action, field, **(own | {"new": new} | more))

    return decide


def test_values_are_added_to_an_added_record() -> None:
    pledge = _added("three patrol boats", "pledge", "delivered")
    item = tuple(marked("three patrol boats")["cite"])
    decisions = [
        pledge(),
        pledge("add", "supplier", new=marked("Eastmark")),
        pledge("add", "recipient", new=marked("Sudoria")),
        pledge("correct", "items", at_item=item, new=marked(code="other")),
        pledge("accept"),
    ]

    brief = worked_in(*decisions)

    added = brief.pledges[-1]
    assert (added.id, added.supplier[0].name, added.recipient[0].actor) == ("p2", "Eastmark", "a2")
    assert (added.kiel, added.support) == ("delivery", "supported")
    assert added.items[0].category == "other"
    assert worked_in(*decisions, pledge("reject")) == BRIEF
    assert (
        worked_in(*decisions, undoes(decisions[0]), undoes(decisions[4]), pledge("reject")) == BRIEF
    )


def test_added_record_stands_beside_others_on_its_words() -> None:
    one = _added("shelled the port", "event", "offensive")

    brief = worked_in(one(), one("add", "place", new=marked("Vesby")))

    assert [event.label for event in brief.events] == ["strike", "statement", "offensive"]
    assert brief.events[2].place is not None
    assert brief.warnings == BRIEF.warnings


def test_addition_is_no_correction_that_was_taken_back() -> None:
    wrong = decided_on(NORLAND, value_of(NORLAND, "name"), "correct", new=marked("Eastmark"))
    kind = decided_on(NORLAND, value_of(NORLAND, "kind"), "correct", new=marked(code="military"))
    add = _added("Eastmark", "actor", "state")

    brief = worked_in(wrong, kind, undoes(wrong), add())

    assert [actor.name for actor in brief.actors][::4] == ["Norland", "Eastmark"]
    assert [actor.kind for actor in brief.actors][::4] == ["military", "state"]


def test_added_record_that_a_later_run_finds_is_there_once() -> None:
    brief = worked_in(_added("Norland", "actor", "state")())

    assert [actor.name for actor in brief.actors] == [actor.name for actor in BRIEF.actors]
    assert brief.actors[0].review is not None
    assert brief.actors[0].citations == NORLAND.citations


def test_added_record_can_be_taken_back() -> None:
    made = new_record("actor", [span_of("Eastmark")], None, DOCUMENT, TELLING.annotations)
    add = decided(made, "add", record="0" * 16, new=marked("Eastmark"))

    assert worked_in(add, undoes(add)) == BRIEF
    assert worked_in(add, decided(made, "reject")).actors == BRIEF.actors


@pytest.mark.parametrize(
    ("kind", "words", "code", "why"),
    [
        ("event", ("Eastmark",), None, "names no kind"),
        ("event", ("Eastmark",), "miracle", "no code"),
        ("pledge", ("15",), None, "names no goods"),
        ("actor", (), None, "no words are marked"),
        ("summary", ("Eastmark",), "state", "no code"),
    ],
    ids=str,
)
def test_words_that_make_no_record_are_listed(
    kind: Kind, words: Sequence[str], code: str | None, why: str
) -> None:
    example = next(one for one in records_of(BRIEF) if kind_of(one) == kind)
    one = decided(example, "add", record="0" * 16, anchor=(), new=marked(*words, code=code))

    brief, (told,) = corrected(BRIEF, TEXT, [one])

    assert brief == BRIEF
    assert why in told


# Another run


def test_decisions_follow_a_record_through_its_corrections() -> None:
    """The page shows the corrected record, so what is decided next names that one."""
    value = value_of(PLEDGE, "items", "howitzers")
    first = decided_on(PLEDGE, value, "correct", new=marked("three patrol boats"))
    shown = worked_in(first)
    pledge = shown.pledges[0]
    assert fingerprint(pledge) != fingerprint(PLEDGE)
    second = decided_on(pledge, value_of(pledge, "items", "boats"), "correct", new=marked("radars"))
    third = decided_on(pledge, value_of(pledge, "status"), "correct", new=marked(code="offered"))

    for run in (BRIEF, shown):
        brief = worked_in(first, second, third, on=run)
        assert [item.text for item in brief.pledges[0].items] == ["radars", "two radars"]
        assert brief.pledges[0].status == "offered"


def test_corrected_label_and_name_are_followed_as_well() -> None:
    label = decided_on(STRIKE, value_of(STRIKE, "label"), "correct", new=marked(code="clash"))
    name = decided_on(NORLAND, value_of(NORLAND, "name"), "correct", new=marked("Eastmark"))
    text = decided_on(LINE, value_of(LINE, "text"), "correct", new=marked("Eastmark mediated"))
    shown = worked_in(label, name, text)
    again = [accepts(one) for one in (shown.events[0], shown.actors[0], shown.summary[0])]

    for run in (BRIEF, shown):
        brief = worked_in(label, name, text, *again, on=run)
        assert len(records_of(brief)) == len(records_of(BRIEF))
        assert brief.events[0].label == "clash"
        assert brief.actors[0].name == "Eastmark"
        assert brief.summary[0].text == "Eastmark mediated"


def test_record_that_takes_the_name_of_a_rejected_one_is_not_rejected() -> None:
    clash = STRIKE.model_copy(update={"id": "e3", "label": "clash"})
    run = BRIEF.model_copy(update={"events": (*BRIEF.events, clash)})
    relabel = decided_on(STRIKE, value_of(STRIKE, "label"), "correct", new=marked(code="clash"))
    place = decided_on(STRIKE, value_of(STRIKE, "place"), "reject")

    brief, unfit = corrected(run, TEXT, [decided(clash, "reject"), relabel, place])

    assert unfit == ()
    assert_holds(brief)
    assert [(event.id, event.label) for event in brief.events] == [
        ("e1", "clash"),
        ("e2", "statement"),
    ]
    assert brief.events[0].place is None


def test_undone_correction_of_a_shown_record_is_undone() -> None:
    value = value_of(PLEDGE, "items", "howitzers")
    first = decided_on(PLEDGE, value, "correct", new=marked("three patrol boats"))

    assert worked_in(first, undoes(first)) == BRIEF


def _shifted(record: Any, field: str, by: int) -> Any:
    """Return *record* with the first value of a list a little longer or shorter."""
    first, *rest = getattr(record, field)
    cited = first.citations[0]
    end = cited.end + by
    moved = cited.model_copy(update={"end": end, "quote": TEXT[cited.start : end]})
    value = first.model_copy(update={"citations": (moved,)})
    return record.model_copy(update={field: (value, *rest)})


def test_record_whose_words_overlap_one_to_one_is_found_by_its_place() -> None:
    run = BRIEF.model_copy(update={"pledges": (_shifted(PLEDGE, "items", -4),)})

    brief = worked_in(
        decided_on(PLEDGE, value_of(PLEDGE, "status"), "correct", new=marked(code="offered")),
        on=run,
    )

    assert brief.pledges[0].status == "offered"
    assert brief.warnings[-1] == (
        f"what mk decided at {AT} was worked into pledge p1 by its place: "
        "the words that name it are not quite the same"
    )
    assert worked_in(decided(PLEDGE, "reject"), on=run).pledges == ()


def test_rejected_event_of_another_label_is_another_event() -> None:
    other = STRIKE.model_copy(update={"label": "visit", "type": "CONSULT"})
    run = BRIEF.model_copy(update={"events": (other, STATEMENT)})

    assert worked_in(decided(STRIKE, "reject"), on=run).events == run.events


def test_two_records_at_one_place_are_not_guessed_between() -> None:
    shorter = _shifted(PLEDGE, "items", -1)
    shortest = _shifted(PLEDGE, "items", -2).model_copy(update={"id": "p2"})
    run = BRIEF.model_copy(update={"pledges": (shorter, shortest)})

    brief, (told,) = corrected(run, TEXT, [decided(PLEDGE, "reject")])

    assert brief == run
    assert "two such records on the same words" in told


def test_two_records_of_one_fingerprint_are_not_guessed_between() -> None:
    run = BRIEF.model_copy(update={"pledges": (PLEDGE, PLEDGE.model_copy(update={"id": "p2"}))})

    brief, (told,) = corrected(run, TEXT, [decided(PLEDGE, "reject")])

    assert brief == run
    assert "two such records on the same words" in told


def test_record_decided_on_itself_is_never_found_by_place() -> None:
    shorter = _shifted(PLEDGE, "items", -4)
    run = BRIEF.model_copy(update={"pledges": (shorter,)})
    on_another = decided(shorter, "accept", new={"value": shorter.model_dump_json()})

    brief = worked_in(decided(PLEDGE, "reject"), on_another, on=run)

    assert len(brief.pledges) == 1


def test_rejected_record_that_comes_back_with_more_words_is_told() -> None:
    more = PLEDGE.model_copy(update={"supplier": ()})
    run = BRIEF.model_copy(update={"pledges": (more,)})

    brief, (told,) = corrected(run, TEXT, [decided(PLEDGE, "reject")])

    assert brief == run
    assert "this run has pledge p1 on nearly the same words instead" in told


def test_accepted_record_stands_beside_one_of_nearly_its_words() -> None:
    run = BRIEF.model_copy(update={"pledges": (PLEDGE.model_copy(update={"supplier": ()}),)})

    brief = worked_in(accepts(PLEDGE), on=run)

    assert [one.id for one in brief.pledges] == ["p1", "p2"]
    assert "stands beside pledge p1" in brief.warnings[-1]


def test_value_of_a_record_that_the_run_misses_is_listed() -> None:
    run = run_without(BRIEF, STRIKE)
    date = value_of(STRIKE, "date")
    fits = decided_on(STRIKE, value_of(STRIKE, "place"), "reject")

    brief, told = corrected(
        run,
        TEXT,
        [
            fits,
            decided_on(STRIKE, date, "accept"),
            decided_on(STRIKE, date, "correct", new=marked("in May")),
        ],
    )

    assert brief == run
    assert len(told) == 1  # of two decisions on the date the last stands; the place is out anyway
    assert "mk corrected the event's date “on Friday”" in told[0]


def test_accepted_values_are_put_back() -> None:
    bare = STRIKE.model_copy(
        update={"date": None, "place": None, "participants": (), "realis": "planned"}
    )
    # Without its participant the event would be another; the page saw it without.
    seen = STRIKE.model_copy(update={"participants": ()})
    run = BRIEF.model_copy(update={"events": (bare, STATEMENT)})
    values = [value_of(STRIKE, field) for field in ("date", "place", "realis")]

    brief = worked_in(*(decided_on(seen, value, "accept") for value in values), on=run)

    event = brief.events[0]
    assert (event.date, event.place, event.realis) == (STRIKE.date, STRIKE.place, "actual")
    assert event.review is not None
    assert event.review.action == "accept"


# Whatever is decided


@given(any_runs(), st.lists(any_decisions() | page_decisions(), max_size=6))
def test_any_decisions_leave_a_brief_that_holds(run: Brief, decisions: list[Decision]) -> None:
    brief, unfit = corrected(run, TEXT, decisions)

    assert_holds(brief)
    assert all("\n" not in line for line in unfit)
    assert Brief.model_validate_json(to_json(brief)) == brief


@given(any_runs(), st.lists(page_decisions(), max_size=6))
def test_decisions_worked_in_twice_give_the_same_brief(
    run: Brief, decisions: list[Decision]
) -> None:
    # Who gives two records the same words has two of one name.
    renamed = [one.new.cite for one in decisions if one.new and one.field in ("name", "text")]
    assume(
        len({*renamed, *map(anchor, records_of(BRIEF))}) == len(renamed) + len(records_of(BRIEF))
    )
    brief, _ = corrected(run, TEXT, decisions)

    assert corrected(brief, TEXT, decisions)[0] == brief


@given(any_runs(), st.lists(any_decisions() | page_decisions(), max_size=6))
def test_nothing_vanishes_silently(run: Brief, decisions: list[Decision]) -> None:
    brief, _ = corrected(run, TEXT, decisions)

    told = {(r.kind, r.field) for r in brief.rejections[len(run.rejections) :]}
    values = {(r.kind, r.field, r.value) for r in brief.rejections}
    assert brief.rejections[: len(run.rejections)] == run.rejections
    assert brief.warnings[: len(run.warnings)] == run.warnings
    lines = {line.text for line in brief.summary}
    for line in run.summary:
        assert line.text in lines or ("summary", "text", line.text) in values
    left: dict[str, Any] = {one.id: one for one in records_of(brief) if hasattr(one, "id")}
    records: list[Any] = [*run.actors, *run.events, *run.pledges]
    for record in records:
        kind = kind_of(record)
        if record.id not in left:
            assert (kind, kind) in told
            continue
        now = {(v.field, v.words, v.note) for v in values_of(left[record.id])}
        for value in values_of(record):
            words = f"{value.words} {value.note}" if value.note else value.words
            gone = (kind, value.field, words) in values
            assert gone or (value.field, value.words, value.note) in now


@given(any_runs(), page_decisions())
def test_decision_is_seen_in_the_brief_or_listed(run: Brief, one: Decision) -> None:
    brief, unfit = corrected(run, TEXT, [one])

    is_marked = any(getattr(record, "review", None) for record in records_of(brief))
    is_line = one.kind == "summary" and (one.action == "accept" or brief != run)
    is_out = len(brief.rejections) > len(run.rejections)
    # Of a record that this run has not, nothing is to be rejected.
    is_done = one.action == "reject" and one.record not in map(fingerprint, records_of(run))
    assert unfit or is_marked or is_line or is_out or is_done
    assert len(unfit) <= 1


@given(any_runs(), st.data())
def test_rejected_record_stays_out_of_any_run(run: Brief, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(records_of(BRIEF)))

    brief, _ = corrected(run, TEXT, [decided(record, "reject")])

    assert fingerprint(record) not in map(fingerprint, records_of(brief))


@given(any_runs(), st.data())
def test_rejected_value_stays_out_of_any_run(run: Brief, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(records_of(BRIEF)))
    value = data.draw(st.sampled_from(all_values(record)))
    assume(value.words not in ("other", "hypothetical", "own_voice", "unclear"))

    brief, _ = corrected(run, TEXT, [decided_on(record, value, "reject")])

    for one in records_of(brief):
        if fingerprint(one) == fingerprint(record):
            found = {(v.field, v.words, v.citations) for v in all_values(one)}
            assert (value.field, value.words, value.citations) not in found


@given(any_runs(), st.data())
def test_accepted_record_stays_in_any_run(run: Brief, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(records_of(BRIEF)))

    brief, unfit = corrected(run, TEXT, [accepts(record)])

    assert unfit == ()
    assert_holds(brief)
    (found,) = (one for one in records_of(brief) if fingerprint(one) == fingerprint(record))
    assert [(v.field, v.words, v.note) for v in all_values(found)] == [
        (v.field, v.words, v.note) for v in all_values(record)
    ]


@given(any_runs(), st.data())
def test_corrected_value_wins_in_any_run(run: Brief, data: st.DataObject) -> None:
    new = data.draw(st.sampled_from(["on Monday", "in May", "Eastmark"]))
    one = decided_on(STRIKE, value_of(STRIKE, "date"), "correct", new=marked(new))

    brief, unfit = corrected(run, TEXT, [one])

    known = [event for event in run.events if fingerprint(event) == fingerprint(STRIKE)]
    for event in known:
        date = next(e for e in brief.events if e.id == event.id).date
        assert date is not None
        assert date.text == new
    assert known or unfit or any("by its place" in line for line in brief.warnings)


@given(any_runs(), st.lists(page_decisions(), min_size=1, max_size=5))
def test_undo_of_all_leaves_the_run_and_undo_of_undo_the_decisions(
    run: Brief, decisions: list[Decision]
) -> None:
    undone = [undoes(one) for one in decisions]
    redone = [undoes(one) for one in undone]

    assert corrected(run, TEXT, [*decisions, *undone]) == (run, ())
    assert corrected(run, TEXT, [*decisions, *undone, *redone]) == corrected(run, TEXT, decisions)


@given(any_runs(), st.lists(page_decisions(), max_size=5), st.randoms())
def test_order_of_the_lines_does_not_matter(
    run: Brief, decisions: list[Decision], random: Any
) -> None:
    shuffled = list(decisions)
    random.shuffle(shuffled)

    assert corrected(run, TEXT, shuffled) == corrected(run, TEXT, decisions)
