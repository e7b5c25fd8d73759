"""From claims about what happened to events: one each, with its own date, place and people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from claims_of import event, report_of
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer.annotate import annotate
from summarizer.brief import Citation, Event, Rejection, Support
from summarizer.draft import EventKind
from summarizer.grounded import ActorClaim, Claims, EventClaim, PledgeClaim, StatementClaim
from summarizer.resolve import Resolved, resolve, tells_of_supply
from summarizer.resolve.actors import resolve_actors
from summarizer.resolve.events import resolve_events
from summarizer.segment import segment
from summarizer.source import Document, Sentence, Span


def told(
    text: str, *offers: tuple[Any, ...], published: str | None = "2024-05-15"
) -> tuple[tuple[Event, ...], tuple[Rejection, ...]]:
    """Resolve (sentence, kind, who, to_whom) and, as a dict, what else the model gave."""
    report = report_of(text, published)
    claims = []
    for number, kind, *rest in offers:
        more = rest.pop() if rest and isinstance(rest[-1], dict) else {}
        claims.append(event(report, number, kind, *rest, **more))
    return resolve_events(claims, report)


def labels(events: tuple[Event, ...]) -> list[tuple[str, list[int]]]:
    return [(e.label, [c.sentence for c in e.citations]) for e in events]


def who(found: Event) -> list[str]:
    return [p.name for p in found.participants]


def date(found: Event) -> tuple[str, str | None] | None:
    return (found.date.text, found.date.edtf) if found.date else None


RUTO = "Kenyan President William Ruto met Ethiopian Prime Minister Abiy Ahmed in Nairobi on Monday."


def test_an_event_has_kind_code_people_date_and_place() -> None:
    ((found,), rejections) = told(RUTO, (1, "meeting", ["William Ruto"], ["Abiy Ahmed"]))
    assert (found.id, found.label, found.type, found.realis) == (
        "e1",
        "meeting",
        "CONSULT",
        "actual",
    )
    assert who(found) == ["William Ruto", "Abiy Ahmed"]
    assert date(found) == ("Monday", "2024-05-13")
    assert found.place is not None
    assert (found.place.name, found.factuality, found.support) == ("Nairobi", "CT+", "supported")
    assert rejections == ()


def test_a_kind_that_no_word_bears_out_is_rejected_with_its_sentence() -> None:
    events, rejections = told("The weather was mild.", (1, "strike"))
    assert events == ()
    assert [(r.field, r.value, r.quote, r.detail) for r in rejections] == [
        (
            "kind",
            "strike",
            "The weather was mild.",
            "no word of sentence 1 tells of this: strike",
        )
    ]


def test_the_words_give_the_kind_and_the_kind_the_roles() -> None:
    ((found,), _) = told("Mali’s army shelled Gao.", (1, "vote", ["Mali’s army"]))
    assert found.label == "strike"
    assert [p.role for p in found.participants] == ["perpetrator"]


def test_who_praises_a_strike_has_struck_nobody() -> None:
    ((found,), _) = told("Gen. Lee praised the strike on Gao.", (1, "strike", ["Gen. Lee"]))
    assert (found.label, [p.role for p in found.participants]) == ("statement", ["speaker"])


def test_background_is_no_event() -> None:
    assert told("Mali’s army shelled Gao.", (1, "background"))[0] == ()


JOINED: list[tuple[str, str, list[tuple[Any, ...]], list[tuple[str, list[int]]]]] = [
    (
        "the talks",
        f"{RUTO} The talks focused on trade.",
        [(1, "meeting"), (2, "talks")],
        [("meeting", [1, 2])],
    ),
    (
        "the ceasefire",
        "Israel and Hamas agreed a truce on May 1. The ceasefire took effect on May 2.",
        [(1, "ceasefire", ["Israel"], ["Hamas"]), (2, "ceasefire")],
        [("ceasefire", [1, 2])],
    ),
    (
        "the same speaker",
        "Penny Wong said ships were safe. Penny Wong added that patrols go on.",
        [(1, "statement", ["Penny Wong"]), (2, "statement", ["Penny Wong"])],
        [("statement", [1, 2])],
    ),
    (
        "he said",
        "Penny Wong said ships were safe. She said patrols go on.",
        [(1, "statement", ["Penny Wong"]), (2, "statement", ["She"])],
        [("statement", [1, 2])],
    ),
    (
        "arrival and meeting",
        "William Ruto arrived in Addis Ababa. Ruto met Abiy Ahmed.",
        [(1, "visit", ["William Ruto"]), (2, "meeting", ["Ruto"], ["Abiy Ahmed"])],
        [("visit", [1, 2])],
    ),
    (
        "offered twice",
        RUTO,
        [(1, "meeting", ["William Ruto"]), (1, "talks", ["Abiy Ahmed"])],
        [("meeting", [1])],
    ),
]


@pytest.mark.parametrize(
    ("text", "offers", "want"), [row[1:] for row in JOINED], ids=[row[0] for row in JOINED]
)
def test_a_sentence_that_goes_on_about_an_event_joins_it(
    text: str, offers: list[tuple[Any, ...]], want: list[tuple[str, list[int]]]
) -> None:
    assert labels(told(text, *offers)[0]) == want


APART: list[tuple[str, str, list[tuple[Any, ...]], list[tuple[str, list[int]]]]] = [
    (
        "two kinds on one day",
        "Rebels attacked a convoy near Goma on Monday. On Monday, India and Nepal signed a treaty.",
        [(1, "clash", ["Rebels"]), (2, "agreement", ["India"], ["Nepal"])],
        [("clash", [1]), ("agreement", [2])],
    ),
    (
        "two strikes of two sides",
        "Israel struck Gaza on Monday. Hamas fired rockets at Israel on Monday.",
        [(1, "strike", ["Israel"]), (2, "strike", ["Hamas"], ["Israel"])],
        [("strike", [1]), ("strike", [2])],
    ),
    (
        "two strikes in two places",
        "Drones struck Odesa on Monday. Drones struck Kharkiv on Monday.",
        [(1, "strike"), (2, "strike")],
        [("strike", [1]), ("strike", [2])],
    ),
    (
        "two days",
        "Peru and Chile signed an accord on May 3. Peru and Bolivia signed an accord on May 9.",
        [(1, "agreement"), (2, "agreement")],
        [("agreement", [1]), ("agreement", [2])],
    ),
    (
        "also met",
        f"{RUTO} Ruto also met Rwandan President Paul Kagame on Friday.",
        [(1, "meeting"), (2, "meeting")],
        [("meeting", [1]), ("meeting", [2])],
    ),
    (
        "two speakers",
        "Penny Wong said ships were safe. Marise Payne added that patrols go on.",
        [(1, "statement", ["Penny Wong"]), (2, "statement", ["Marise Payne"])],
        [("statement", [1]), ("statement", [2])],
    ),
]


@pytest.mark.parametrize(
    ("text", "offers", "want"), [row[1:] for row in APART], ids=[row[0] for row in APART]
)
def test_two_events_stay_two(
    text: str, offers: list[tuple[Any, ...]], want: list[tuple[str, list[int]]]
) -> None:
    events, _ = told(text, *offers)
    assert labels(events) == want
    assert [e.id for e in events] == ["e1", "e2"]


def test_further_people_of_the_talks_join_the_meeting() -> None:
    text = f"{RUTO} The talks were joined by Paul Kagame."
    ((found,), _) = told(text, (1, "meeting"), (2, "talks", ["Paul Kagame"]))
    assert who(found) == ["William Ruto", "Abiy Ahmed", "Paul Kagame"]


WITHDREW = "Sudan withdrew its troops in line with the agreement signed in Cairo on March 10."


def test_a_dated_agreement_mentioned_aside_is_an_event_of_its_own() -> None:
    ((withdrawal, agreement), _) = told(WITHDREW, (1, "withdrawal", ["Sudan"]))
    assert (withdrawal.label, withdrawal.date, withdrawal.place) == ("withdrawal", None, None)
    assert (agreement.label, date(agreement)) == ("agreement", ("March 10", "2024-03-10"))
    assert agreement.place is not None
    assert agreement.place.name == "Cairo"
    assert agreement.summary == "the agreement signed in Cairo on March 10"
    assert [c.quote for c in agreement.citations] == [agreement.summary]


def test_a_place_outside_the_mention_is_not_its_place() -> None:
    text = "In Nairobi, William Ruto praised the agreement signed on March 10."
    ((statement, agreement), _) = told(text, (1, "statement", ["William Ruto"]))
    assert statement.place is not None
    assert statement.place.name == "Nairobi"
    assert agreement.place is None


def test_an_event_mentioned_again_is_not_told_twice() -> None:
    text = (
        "Kenya and Uganda signed the accord on March 10."
        " Uganda withdrew under the March 10 agreement."
    )
    events, _ = told(text, (1, "agreement", ["Kenya"], ["Uganda"]), (2, "withdrawal", ["Uganda"]))
    assert [e.label for e in events] == ["agreement", "withdrawal"]


DATES = [
    ("“We met on March 3 in Lima,” President Dina Boluarte said on Monday.", "statement", "Monday"),
    ("President Dina Boluarte said “we met on March 3 in Lima”.", "statement", None),
    ("Ethiopian troops have clashed with rebels since January.", "clash", None),
    ("The exercise will last until May 30.", "exercise", None),
    ("On Monday, Ethiopian troops clashed with rebels.", "clash", "Monday"),
]


@pytest.mark.parametrize(("text", "kind", "want"), DATES, ids=[text for text, _, _ in DATES])
def test_a_date_in_a_quotation_or_at_a_bound_is_not_the_events(
    text: str, kind: EventKind, want: str | None
) -> None:
    ((found,), _) = told(text, (1, kind))
    assert (found.date.text if found.date else None) == want


def test_the_models_date_place_and_realis_stand() -> None:
    offer = {"when": "March 10", "where": "Cairo", "realis": "planned"}
    found = told(WITHDREW, (1, "withdrawal", ["Sudan"], [], offer))[0][0]
    assert date(found) == ("March 10", "2024-03-10")
    assert found.place is not None
    assert (found.place.name, found.realis, found.type) == ("Cairo", "planned", "CONCEDE")


def test_a_plan_is_coded_as_one() -> None:
    text = "Moscow plans to sign an accord with Pyongyang in June."
    ((found,), _) = told(text, (1, "agreement", ["Moscow"], ["Pyongyang"]))
    assert (found.realis, found.type, found.factuality) == ("planned", "AGREE", "PR+")


def test_events_are_numbered_in_the_order_of_the_text() -> None:
    text = "Chad arrested ten men. Peru held an election."
    events, _ = told(text, (2, "vote"), (1, "arrest"))
    assert [(e.id, e.label) for e in events] == [("e1", "arrest"), ("e2", "vote")]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Oslo will send radars to Riga.", True),
        ("The package includes:\n• 12 radars\n• two boats", True),
        ("The radars were old.", False),
        ("Oslo sent a letter to Riga.", False),
    ],
)
def test_only_passages_that_may_tell_of_a_supply_are_asked_about(text: str, want: bool) -> None:
    assert tells_of_supply(segment(Document(text))) == want


def judge(statement: str, cited: str) -> tuple[Support, str | None]:
    return ("supported", None) if statement in cited else ("unsupported", None)


def test_dates_that_stay_open_without_a_day_of_publication_are_warned_of() -> None:
    document = Document(RUTO)
    found = segment(document)
    claims = Claims(events=(EventClaim("meeting", found[0], (), ()),))
    (warning,) = resolve(annotate(document, found), claims, judge=judge).warnings
    assert "“Monday”" in warning
    dated = Document(RUTO, published="2024-05-15", published_basis="given")
    assert resolve(annotate(dated, found), claims, judge=judge).warnings == ()


def test_a_rejected_line_gives_way_to_the_reports_own_sentences() -> None:
    document = Document(RUTO)
    found = segment(document)
    claims = Claims(statements=(StatementClaim("Togo fell.", found),))
    resolved = resolve(annotate(document, found), claims, judge=judge)
    assert [s.text for s in resolved.summary] == [RUTO]
    assert [r.value for r in resolved.rejections] == ["Togo fell."]


POOL = [
    "Japan will supply radars and 20 patrol boats to Vietnam.",
    "The equipment will be deployed in Haiphong, officials said.",
    "Iran denied sending drones to Sudan.",
    "Norway and Denmark have pledged to provide F-16 jets, training and $40 million to Ukraine if"
    " parliament approves.",
    "The package includes:\n• 14 rigid boats\n• ammunition\n",
    RUTO,
    WITHDREW,
    "The talks focused on an agreement signed in Cairo on March 10.",
    "He said that “they will not send tanks” since January.",
    "Rebels attacked a convoy near Goma.\r\n\r\n",
    "Sweden told Latvia that it will give Estonia mortars.",
    "Кремль 🚀 said: “e\u0301lan” \u202e(no).",
    "It rained.",
]
KINDS: list[EventKind] = ["meeting", "strike", "statement", "agreement", "supply", "warning"]


@st.composite
def spans(draw: st.DrawFn, sentence: Sentence) -> Span:
    words = [match.span() for match in re.finditer(r"\S+", sentence.text)]
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, min(first + 3, len(words) - 1)))
    return Span(sentence.start + words[first][0], sentence.start + words[last][1])


@st.composite
def reports(draw: st.DrawFn) -> tuple[Document, tuple[Sentence, ...]]:
    text = " ".join(draw(st.lists(st.sampled_from(POOL), min_size=1, max_size=4)))
    document = Document(text, published=draw(st.sampled_from([None, "2024-05-15"])))
    return document, segment(document)


def event_claims(sentence: Sentence) -> st.SearchStrategy[EventClaim]:
    some = st.lists(spans(sentence), max_size=2).map(tuple)
    one = st.none() | spans(sentence)
    kinds: list[EventKind] = [*KINDS, "background"]
    return st.builds(
        EventClaim, st.sampled_from(kinds), st.just(sentence), some, some, one, one, one
    )


def pledge_claims(sentence: Sentence) -> st.SearchStrategy[PledgeClaim]:
    some = st.lists(spans(sentence), max_size=2).map(tuple)
    one = st.none() | spans(sentence)
    return st.builds(
        PledgeClaim,
        sentence=st.just(sentence),
        supplier=one,
        recipient=one,
        items=st.lists(spans(sentence), min_size=1, max_size=3).map(tuple),
        status=st.sampled_from([None, "delivered", "denied", "pledged"]),
        said_by=one,
        delivery=one,
        deployment=one,
        purpose=one,
        conditions=some,
        exclusions=some,
        value=one,
    )


@st.composite
def claims(draw: st.DrawFn, sentences: tuple[Sentence, ...]) -> Claims:
    each = st.sampled_from(sentences)
    return Claims(
        actors=tuple(
            ActorClaim(draw(spans(s)), draw(st.sampled_from([None, "person", "state"])))
            for s in draw(st.lists(each, max_size=2))
        ),
        events=tuple(draw(event_claims(s)) for s in draw(st.lists(each, max_size=3))),
        pledges=tuple(draw(pledge_claims(s)) for s in draw(st.lists(each, max_size=3))),
        statements=tuple(StatementClaim(s.text, (s,)) for s in draw(st.lists(each, max_size=2))),
    )


def citations(value: object) -> Iterator[Citation]:
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from citations(getattr(value, field))
    elif isinstance(value, tuple):
        for each in value:
            yield from citations(each)


@given(st.data())
@settings(max_examples=60)
def test_records_of_any_claims_cite_the_source_exactly(data: st.DataObject) -> None:
    document, sentences = data.draw(reports())
    offered = data.draw(claims(sentences))
    resolved = resolve(annotate(document, sentences), offered, judge=judge)
    records = (resolved.summary, resolved.actors, resolved.events, resolved.pledges)
    starts = {s.id: s for s in sentences}
    for citation in citations(records):
        assert document.text[citation.start : citation.end] == citation.quote
        assert starts[citation.sentence].start <= citation.start < starts[citation.sentence].end
    for record in (resolved.actors, resolved.events, resolved.pledges):
        ids = [each.id for each in record]
        assert len(set(ids)) == len(ids)
    known = {actor.id for actor in resolved.actors}
    linked = [p.actor for e in resolved.events for p in e.participants]
    linked += [p.actor for x in resolved.pledges for p in (*x.supplier, *x.recipient)]
    assert set(linked) <= {*known, None}
    assert resolve(annotate(document, sentences), offered, judge=judge) == resolved


def is_told(
    span: Span, cited: list[Citation], actors: set[str | None], document: Document, of: Resolved
) -> bool:
    """Whether a span is in records (its words, or whom it names) or in the rejections."""
    words = document.text[span.start : span.end]
    if any(c.start < span.end and span.start < c.end for c in cited):
        return True
    book = resolve_actors(annotate(document, segment(document)), (), add_found=True)
    actor = book.link(span.start, span.end) or book.antecedent(span.start, span.end)
    if actor and actor in actors:
        return True
    return any(r.value in words or words in r.value for r in of.rejections if r.value)


@given(st.data())
@settings(max_examples=100)
def test_no_item_or_party_that_was_offered_vanishes(data: st.DataObject) -> None:
    document, sentences = data.draw(reports())
    offered = data.draw(pledge_claims(data.draw(st.sampled_from(sentences))))
    resolved = resolve(annotate(document, sentences), Claims(pledges=(offered,)), judge=judge)
    parties = [p for x in resolved.pledges for p in (*x.supplier, *x.recipient)]
    items = [c for x in resolved.pledges for i in x.items for c in i.citations]
    cited = [c for p in parties for c in p.citations]
    for span in offered.items:
        assert is_told(span, items, set(), document, resolved)
    for party in (offered.supplier, offered.recipient):
        if party:
            assert is_told(party, cited, {p.actor for p in parties}, document, resolved)


@given(st.data())
@settings(max_examples=100)
def test_no_participant_of_an_event_that_was_offered_vanishes(data: st.DataObject) -> None:
    document, sentences = data.draw(reports())
    offered = data.draw(event_claims(data.draw(st.sampled_from(sentences))))
    resolved = resolve(annotate(document, sentences), Claims(events=(offered,)), judge=judge)
    if offered.kind == "background" or any(r.field == "kind" for r in resolved.rejections):
        return
    people = [p for e in resolved.events for p in e.participants]
    cited = [c for p in people for c in p.citations]
    for span in (*offered.who, *offered.to_whom):
        assert is_told(span, cited, {p.actor for p in people}, document, resolved)


@pytest.mark.parametrize(
    ("text", "realis"),
    [
        ("Baykar is in talks to sell Akinci drones to Malaysia.", "hypothetical"),
        ("Norway will donate 20 howitzers to Moldova.", "planned"),
        ("Norway delivered 20 howitzers to Moldova.", "actual"),
        ("Serbia denied supplying shells to Sudan.", "denied"),
    ],
    ids=["talks", "promise", "delivery", "denial"],
)
def test_a_supply_is_no_more_real_than_its_status(text: str, realis: str) -> None:
    ((found,), _) = told(text, (1, "supply"))

    assert found.realis == realis


def test_whoever_condemns_an_attack_does_not_commit_it() -> None:
    text = "UN chief António Guterres condemned the attack on the market in Omdurman."
    ((found,), _) = told(text, (1, "clash", ["António Guterres"]))

    assert found.label == "accusation"
    assert [p.role for p in found.participants] == ["speaker"]


def test_a_dateline_names_no_participant_and_no_speaker() -> None:
    text = "KHARTOUM (Desert News) - Sudan's army said it shelled a market in Omdurman."
    ((found,), rejections) = told(text, (1, "strike", ["KHARTOUM"]))

    assert "KHARTOUM" not in who(found)
    assert "KHARTOUM" in {rejection.value for rejection in rejections}
    assert "KHARTOUM" not in (found.attribution.speaker or "")


def test_words_that_are_no_date_are_rejected_as_one() -> None:
    text = "Kenya met Uganda in Arusha if Tanzania is to be believed."
    ((found,), rejections) = told(text, (1, "meeting", ["Kenya"], ["Uganda"], {"when": "if"}))

    assert found.date is None
    assert [r.detail for r in rejections if r.field == "when"] == ["“if” is no date"]


def test_what_a_second_telling_says_otherwise_is_named() -> None:
    text = f"{RUTO}\nThe talks were held in Mombasa on Tuesday."
    offers = (
        (1, "meeting", ["William Ruto"], ["Abiy Ahmed"], {"where": "Nairobi"}),
        (2, "talks", (), (), {"where": "Mombasa"}),
    )
    ((found,), rejections) = told(text, *offers)

    assert found.place
    assert found.place.name == "Nairobi"
    assert [(r.value, r.reason) for r in rejections] == [("Mombasa", "duplicate")]


def test_whom_a_model_names_where_nothing_happens_is_rejected() -> None:
    (events, rejections) = told(RUTO, (1, "background", ["William Ruto"]))

    assert [e for e in events if e.label == "background"] == []
    assert ("participants", "William Ruto") in {(r.field, r.value) for r in rejections}
