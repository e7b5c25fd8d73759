"""Grounding: every value of an answer is located, or rejected with a reason, and costs no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from drafts import answers, texts, verbatim
from hypothesis import given
from hypothesis import strategies as st

from summarizer.brief import Rejection
from summarizer.claims import Claims
from summarizer.draft import (
    ActorDraft,
    ActorsDraft,
    Draft,
    EventDraft,
    EventsDraft,
    PledgeDraft,
    PledgesDraft,
    RepairDraft,
    StatementDraft,
    SummaryDraft,
)
from summarizer.segment import segment
from summarizer.source import Document, Span, Window
from summarizer.validate import Index, find_places, ground
from summarizer.validate.fold import simplify
from summarizer.validate.places import LONGEST, Repair

TEXT = (
    "Norway will send Ukraine 20 howitzers, its defence minister said in Oslo.\n"
    "Ukraine thanked Norway on Friday.\n"
    "Denmark refused to send tanks before June.\n"
    "Norway and Denmark signed a treaty in Oslo on 12 May.\n"
)
DOCUMENT = Document(TEXT)
WINDOW = Window(DOCUMENT, segment(DOCUMENT))


def grounded(draft: Draft, repair: Repair | None = None, window: Window = WINDOW) -> Claims:
    return ground(draft, window, Index(window.document.text), repair)


def event(**given: Any) -> EventsDraft:
    return EventsDraft(events=(EventDraft(**{"kind": "talks", "who": (), "to_whom": (), **given}),))


def pledge(**given: Any) -> PledgesDraft:
    empty = {"supplier": None, "recipient": None, "items": ("20 howitzers",), "sentence": 1}
    return PledgesDraft(pledges=(PledgeDraft(**{**empty, **given}),))


def spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from spans(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from spans(getattr(value, each.name))


def told(rejections: tuple[Rejection, ...]) -> list[tuple[str, str, str, str]]:
    return [(r.kind, r.field, r.value, r.reason) for r in rejections]


JUNK = "21 howitzers"


@pytest.mark.parametrize(
    ("draft", "kind", "name"),
    [
        (event(sentence=1, who=(JUNK,)), "event", "who"),
        (event(sentence=1, to_whom=(JUNK,)), "event", "to_whom"),
        (event(sentence=1, when=JUNK), "event", "when"),
        (event(sentence=1, where=JUNK), "event", "where"),
        (event(sentence=1, said_by=JUNK), "event", "said_by"),
        (pledge(supplier=JUNK), "pledge", "supplier"),
        (pledge(recipient=JUNK), "pledge", "recipient"),
        (pledge(items=("20 howitzers", JUNK)), "pledge", "items"),
        (pledge(status_words=JUNK), "pledge", "status_words"),
        (pledge(said_by=JUNK), "pledge", "said_by"),
        (pledge(delivery=JUNK), "pledge", "delivery"),
        (pledge(deployment=JUNK), "pledge", "deployment"),
        (pledge(purpose=JUNK), "pledge", "purpose"),
        (pledge(conditions=(JUNK,)), "pledge", "conditions"),
        (pledge(exclusions=(JUNK,)), "pledge", "exclusions"),
        (pledge(value=JUNK), "pledge", "value"),
        (
            ActorsDraft(actors=(ActorDraft(name="Norway", kind="state", position=JUNK),)),
            "actor",
            "position",
        ),
        (
            ActorsDraft(actors=(ActorDraft(name="Norway", kind="state", affiliation=JUNK),)),
            "actor",
            "affiliation",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_field_that_is_nowhere_is_rejected_and_costs_no_other(
    draft: Draft, kind: str, name: str
) -> None:
    claims = grounded(draft)

    assert told(claims.rejections) == [(kind, name, JUNK, "not_in_source")]
    assert claims.rejections[0].detail == "“21 howitzers” does not stand in the text"
    assert len(claims.events) + len(claims.pledges) + len(claims.actors) == 1


@pytest.mark.parametrize(
    "value",
    [
        *("21 howitzers", "twenty howitzers", "20 tanks", "20 howitzer", "200 howitzers"),
        *("will not send", "Norland", "12 June", "13 May", "signed no treaty", "0 howitzers"),
    ],
)
def test_altered_value_is_not_in_the_source(value: str) -> None:
    claims = grounded(pledge(items=("20 howitzers", value)))

    assert [r.value for r in claims.rejections] == [value]


@pytest.mark.parametrize(
    ("number", "value", "at"),
    [(1, "Norway", 0), (2, "Norway", 1), (4, "Norway", 3), (1, "Denmark", 2), (4, "Denmark", 3)],
)
def test_value_is_cited_in_the_sentence_named_else_nearest_to_it(
    number: int, value: str, at: int
) -> None:
    (claim,) = grounded(event(sentence=number, who=(value,))).events
    sentence = WINDOW.sentences[at]

    assert sentence.start <= claim.who[0].start < sentence.end


@pytest.mark.parametrize(
    ("given", "home", "rejected"),
    [
        ({"sentence": 3}, 3, []),
        ({"sentence": 2, "who": ("Denmark",)}, 2, []),
        ({"sentence": None, "who": ("Denmark",), "when": "12 May"}, 4, []),
        ({"sentence": None, "who": ("Denmark",), "when": "June"}, 3, []),
        ({"sentence": 99, "who": ("Denmark",), "when": "June"}, 3, ["99"]),
        ({"sentence": 0, "who": ("Ukraine",), "when": "Friday"}, 2, ["0"]),
        ({"sentence": -1, "who": ("Ukraine",)}, 1, ["-1"]),
        ({"sentence": 2, "who": ("Denmark",), "when": "June"}, 3, ["2"]),
        ({"sentence": 3, "who": ("Denmark",), "where": "Oslo"}, 3, []),
        ({"sentence": 2, "who": ("its defence minister",), "where": "Oslo"}, 2, []),
        (
            {"sentence": 2, "who": ("its defence minister",), "where": "Oslo", "when": "will send"},
            1,
            ["2"],
        ),
    ],
)
def test_claim_belongs_to_the_sentence_named_or_the_one_that_holds_its_values(
    given: dict[str, Any], home: int, rejected: list[str]
) -> None:
    claims = grounded(event(**given))

    assert [claim.sentence.id for claim in claims.events] == [home]
    assert told(claims.rejections) == [
        ("event", "sentence", number, "bad_sentence") for number in rejected
    ]


@pytest.mark.parametrize("number", [None, 99])
def test_claim_without_any_place_in_the_report_is_rejected_whole(number: int | None) -> None:
    claims = grounded(event(sentence=number, who=("Norland",), when="in 2031"))

    assert claims.events == ()
    assert {r.value for r in claims.rejections} >= {"talks", "Norland", "in 2031"}


@pytest.mark.parametrize(
    ("given", "about", "rejected"),
    [
        ({"sentence": 3, "more_sentences": (2, 4)}, [3, 2, 4], []),
        ({"sentence": 3, "more_sentences": (3, 4, 4)}, [3, 4], []),
        ({"sentence": None, "more_sentences": (2,)}, [2], []),
        ({"sentence": 3, "more_sentences": (99, 4)}, [3, 4], ["99"]),
        ({"sentence": 2, "more_sentences": (3,), "who": ("Denmark",), "when": "June"}, [2, 3], []),
        (
            {"sentence": 1, "more_sentences": (2,), "who": ("Denmark",), "when": "June"},
            [3, 2],
            ["1"],
        ),
    ],
)
def test_claim_is_about_all_sentences_named_the_main_one_first(
    given: dict[str, Any], about: list[int], rejected: list[str]
) -> None:
    claims = grounded(event(**given))

    assert [[s.id for s in claim.sentences] for claim in claims.events] == [about]
    assert [r.value for r in claims.rejections] == rejected


@pytest.mark.parametrize(
    ("more", "at"), [((), 0), ((4,), 3), ((2, 4), 1)], ids=["nearest", "named", "first named"]
)
def test_value_is_cited_in_the_other_sentences_before_the_rest(
    more: tuple[int, ...], at: int
) -> None:
    """The third sentence does not name Norway; the one before it and the one behind it do."""
    near = "Norway" if more else "Oslo"
    (claim,) = grounded(event(sentence=3, more_sentences=more, who=(near,))).events

    assert WINDOW.sentences[at].start <= claim.who[0].start < WINDOW.sentences[at].end


def test_answer_about_one_sentence_needs_no_number() -> None:
    window = Window(DOCUMENT, WINDOW.sentences[2:3])
    draft = EventDraft(kind="denial", who=("Denmark",), to_whom=())

    (claim,) = grounded(draft, window=window).events

    assert claim.sentence.id == 3


def test_words_outside_the_window_do_not_count() -> None:
    window = Window(DOCUMENT, WINDOW.sentences[2:3])

    claims = grounded(EventDraft(kind="denial", who=("Norway",), to_whom=()), window=window)

    assert [r.value for r in claims.rejections] == ["Norway"]


def test_what_is_said_of_an_actor_that_is_nowhere_is_rejected_with_it() -> None:
    actor = ActorDraft(
        name="Anna Kest", kind="person", position="defence minister", affiliation="Norway"
    )

    claims = grounded(ActorsDraft(actors=(actor,)))

    assert claims.actors == ()
    assert told(claims.rejections) == [
        ("actor", "name", "Anna Kest", "not_in_source"),
        ("actor", "position", "defence minister", "not_supported"),
        ("actor", "affiliation", "Norway", "not_supported"),
    ]


@pytest.mark.parametrize(
    ("numbers", "kept", "rejected"),
    [
        ((2, 1), [2, 1], []),
        ((1, 99), [1], [("summary", "sentences", "99", "bad_sentence")]),
        (
            (99, 98),
            None,
            [
                ("summary", "text", "Norway sends.", "bad_sentence"),
                ("summary", "sentences", "99", "bad_sentence"),
                ("summary", "sentences", "98", "bad_sentence"),
            ],
        ),
        ((1, 1), [1], []),
    ],
)
def test_line_rests_only_on_sentences_that_there_are(
    numbers: tuple[int, ...], kept: list[int] | None, rejected: list[object]
) -> None:
    line = StatementDraft(text="Norway sends.", sentences=numbers)

    claims = grounded(SummaryDraft(statements=(line,)))

    got = [[s.id for s in claim.sentences] for claim in claims.statements]
    assert got == ([] if kept is None else [kept])
    assert told(claims.rejections) == rejected


def test_value_that_stands_once_counts_once_however_often_it_is_offered() -> None:
    (claim,) = grounded(pledge(items=("20 howitzers", "20 howitzers", "20 Howitzers"))).pledges

    assert [TEXT[s.start : s.end] for s in claim.items] == ["20 howitzers"]


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u200b"], ids=repr)
def test_blank_value_is_no_value(blank: str) -> None:
    claims = grounded(event(sentence=1, when=blank))

    assert claims.events[0].when is None


class TestSecondChance:
    def test_repaired_value_is_kept_and_named(self) -> None:
        asked: list[tuple[str, ...]] = []

        def repair(window: Window, *told: str) -> str:
            asked.append(told)
            return "on Friday"

        claims = grounded(event(sentence=2, when="Friday, 3 May"), repair)

        span = claims.events[0].when
        assert span is not None
        assert TEXT[span.start : span.end] == "on Friday"
        assert asked == [
            ("events[0].when", "Friday, 3 May", "“Friday, 3 May” does not stand in the text")
        ]
        assert claims.warnings == (
            "events[0].when: “Friday, 3 May” is not in the text; asked again, the model gave "
            "“on Friday”",
        )
        assert claims.rejections == ()

    @pytest.mark.parametrize("words", [None, "", "on Sunday"])
    def test_repair_that_is_no_better_changes_nothing(self, words: str | None) -> None:
        claims = grounded(event(sentence=2, when="Sunday"), lambda *_: words)

        assert told(claims.rejections) == [("event", "when", "Sunday", "not_in_source")]
        assert claims.warnings == ()

    def test_passage_instead_of_a_value_is_not_asked_for_again(self) -> None:
        value = "x" * (LONGEST + 1)

        claims = grounded(event(sentence=2, when=value), lambda *_: pytest.fail("asked"))

        assert claims.rejections[0].value == value
        assert len(claims.rejections[0].detail) < 150


def test_draft_that_is_none_of_a_brief_is_refused() -> None:
    with pytest.raises(TypeError, match="RepairDraft is no draft of a brief"):
        grounded(RepairDraft(words="x"))


def test_every_value_of_the_answer_is_tried_by_the_rules_of_locate() -> None:
    (claim,) = grounded(event(sentence=2, who=("norway", "UKRAINE"))).events

    assert [(TEXT[s.start : s.end], s.match) for s in claim.who] == [
        ("Norway", "case"),
        ("Ukraine", "case"),
    ]


@st.composite
def windows_with_drafts(draw: st.DrawFn) -> tuple[Window, Draft]:
    text = draw(texts().filter(lambda text: bool(segment(Document(text)))))
    document = Document(text)
    sentences = segment(document)
    first = draw(st.integers(0, len(sentences) - 1))
    window = Window(document, sentences[first:])
    made = draw(answers(window.text, len(sentences)))
    return window, draw(st.sampled_from(list(made.values())))


@given(windows_with_drafts(), st.none() | st.text(max_size=8))
def test_any_value_is_located_or_rejected_or_repaired(
    made: tuple[Window, Draft], words: str | None
) -> None:
    """A value that stands in the window is in a claim, unless its claim or actor stands nowhere."""
    window, draft = made
    text, index = window.document.text, Index(window.document.text)

    claims = ground(draft, window, index, None if words is None else lambda *_: words)

    assert all(rejection.detail for rejection in claims.rejections)
    located = list(spans(claims))
    assert all(window.start <= s.start < s.end <= window.end for s in located)
    offered = {value for _, value in verbatim(draft)}
    known = {fold(value) for value in offered} | {fold(words or "")}
    assert {fold(text[s.start : s.end]) for s in located} <= known
    found = {fold(text[s.start : s.end]) for s in located}
    rejected = {rejection.value for rejection in claims.rejections}
    for value in offered:
        repaired = any(f"“{value}”" in warning for warning in claims.warnings)
        assert fold(value) in found or value in rejected or repaired
        if index.locate(value, (window.start, window.end)) is None:
            assert value in rejected or repaired


@given(windows_with_drafts())
def test_any_value_has_a_place_where_locate_finds_it_or_a_refusal(
    made: tuple[Window, Draft],
) -> None:
    window, draft = made
    index = Index(window.document.text)

    places = find_places(draft, window, index)

    values = dict(verbatim(draft))
    for path, value in values.items():
        among = index.locate_all(value, (window.start, window.end))
        assert (path in places.spans) == bool(among)
        assert (path in places.refusals) == (not among)
        assert not among or places.spans[path] in {*among, *in_sentences(index, value, window)}
    assert places.spans.keys() <= values.keys()


def in_sentences(index: Index, value: str, window: Window) -> set[Span]:
    """Return the places of *value* in single sentences, which may be of a laxer class."""
    return {span for s in window.sentences for span in index.locate_all(value, (s.start, s.end))}


def fold(words: str) -> str:
    return simplify(words, "folded").strip()
