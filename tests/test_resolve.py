"""Whatever is claimed of whatever text: records cite it exactly, and nothing claimed vanishes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from claiming import in_the_same_words as judge
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer.annotate import annotate
from summarizer.annotations import Annotations
from summarizer.brief import ActorKind, Citation
from summarizer.claims import ActorClaim, Claims, EventClaim, PledgeClaim, StatementClaim
from summarizer.draft import EventKind
from summarizer.profile import PROFILES, ProfileName
from summarizer.resolve import Resolved, resolve
from summarizer.segment import segment
from summarizer.source import Document, Sentence, Span

POOL = (
    "Japan will supply radars and 20 patrol boats to Vietnam.",
    "The equipment will be deployed in Haiphong, officials said.",
    "Iran denied sending drones to Sudan.",
    "Norway and Denmark have pledged to provide F-16 jets, training and $40 million to Ukraine if"
    " parliament approves.",
    "The package includes:\n• 14 rigid boats\n• ammunition\n",
    "Kenyan President William Ruto met Ethiopian Prime Minister Abiy Ahmed in Nairobi on Monday.",
    "Sudan withdrew its troops in line with the agreement signed in Cairo on March 10.",
    "The talks focused on an agreement signed in Cairo on March 10.",
    "He said that “they will not send tanks” since January.",
    "Rebels attacked a convoy near Goma.\r\n\r\n",
    "Sweden told Latvia that it will give Estonia mortars.",
    "Кремль 🚀 said: “e\u0301lan” \u202e(no).",
    "It rained.",
)
KINDS: tuple[EventKind, ...] = ("meeting", "talks", "strike", "statement", "supply", "background")
profiles = st.sampled_from(sorted(PROFILES))


@cache
def annotated(text: str, published: str | None) -> Annotations:
    document = Document(text, published=published)
    return annotate(document, segment(document))


def reports() -> st.SearchStrategy[Annotations]:
    text = st.lists(st.sampled_from(POOL), min_size=1, max_size=4).map(" ".join)
    return st.builds(annotated, text, st.sampled_from([None, "2024-05-15"]))


@st.composite
def spans(draw: st.DrawFn, sentence: Sentence) -> Span:
    words = [match.span() for match in re.finditer(r"\S+", sentence.text)]
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, min(first + 3, len(words) - 1)))
    return Span(sentence.start + words[first][0], sentence.start + words[last][1])


def event_claims(sentence: Sentence) -> st.SearchStrategy[EventClaim]:
    some = st.lists(spans(sentence), max_size=2).map(tuple)
    one = st.none() | spans(sentence)
    realis = st.sampled_from([None, "actual", "planned", "denied"])
    return st.builds(
        EventClaim, st.sampled_from(KINDS), st.just((sentence,)), some, some, one, one, one, realis
    )


def pledge_claims(sentence: Sentence) -> st.SearchStrategy[PledgeClaim]:
    some = st.lists(spans(sentence), max_size=2).map(tuple)
    one = st.none() | spans(sentence)
    return st.builds(
        PledgeClaim,
        sentences=st.just((sentence,)),
        supplier=one,
        recipient=one,
        items=st.lists(spans(sentence), min_size=1, max_size=3).map(tuple),
        status=st.sampled_from([None, "delivered", "denied", "pledged", "signed"]),
        status_words=one,
        said_by=one,
        delivery=one,
        deployment=one,
        purpose=one,
        conditions=some,
        exclusions=some,
        value=one,
    )


@st.composite
def claims(draw: st.DrawFn, annotations: Annotations) -> Claims:
    each = st.lists(st.sampled_from(annotations.sentences), max_size=3)
    kinds: st.SearchStrategy[ActorKind | None] = st.sampled_from([None, "person", "media"])
    return Claims(
        actors=tuple(ActorClaim(draw(spans(s)), draw(kinds)) for s in draw(each)),
        events=tuple(draw(event_claims(s)) for s in draw(each)),
        pledges=tuple(draw(pledge_claims(s)) for s in draw(each)),
        statements=tuple(StatementClaim(s.text, (s,)) for s in draw(each)),
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


@given(st.data(), profiles)
@settings(max_examples=60)
def test_records_of_any_claims_cite_the_source_exactly_and_are_the_same_each_time(
    data: st.DataObject, profile: ProfileName
) -> None:
    report = data.draw(reports())
    offered = data.draw(claims(report))

    resolved = resolve(report, offered, PROFILES[profile], judge=judge)

    by_id = {s.id: s for s in report.sentences}
    everything = (resolved.summary, resolved.actors, resolved.events, resolved.pledges)
    for citation in citations(everything):
        sentence = by_id[citation.sentence]
        assert report.document.text[citation.start : citation.end] == citation.quote
        assert sentence.start <= citation.start < sentence.end
    for record in (resolved.actors, resolved.events, resolved.pledges):
        ids = [each.id for each in record]
        assert len(set(ids)) == len(ids)
    linked = [p.actor for e in resolved.events for p in e.participants]
    linked += [p.actor for x in resolved.pledges for p in (*x.supplier, *x.recipient)]
    assert set(linked) <= {*(actor.id for actor in resolved.actors), None}
    assert resolve(report, offered, PROFILES[profile], judge=judge) == resolved


@given(st.data(), profiles)
@settings(max_examples=80)
def test_nothing_that_is_claimed_of_an_event_vanishes(
    data: st.DataObject, profile: ProfileName
) -> None:
    report = data.draw(reports())
    claim = data.draw(event_claims(data.draw(st.sampled_from(report.sentences))))

    resolved = resolve(report, Claims(events=(claim,)), PROFILES[profile], judge=judge)

    for span in given_in(claim):
        assert is_told(span, report, resolved)


@given(st.data(), profiles)
@settings(max_examples=80)
def test_nothing_that_is_claimed_of_a_transfer_vanishes(
    data: st.DataObject, profile: ProfileName
) -> None:
    report = data.draw(reports())
    claim = data.draw(pledge_claims(data.draw(st.sampled_from(report.sentences))))

    resolved = resolve(report, Claims(pledges=(claim,)), PROFILES[profile], judge=judge)

    for span in given_in(claim):
        assert is_told(span, report, resolved)


def given_in(claim: EventClaim | PledgeClaim) -> Iterator[Span]:
    for field in type(claim).__slots__:
        value = getattr(claim, field)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Span):
                yield one


def is_told(span: Span, report: Annotations, resolved: Resolved) -> bool:
    """Whether a record cites the words, or part of them, or a rejection names them."""
    words = report.words(span)
    records = (resolved.events, resolved.pledges)
    whole = {(s.start, s.end) for s in report.sentences}
    cited = [c for c in citations(records) if (c.start, c.end) not in whole]
    if any(c.start < span.end and span.start < c.end for c in cited):
        return True
    return any(words in r.value for r in resolved.rejections)
