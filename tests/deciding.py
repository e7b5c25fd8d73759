"""Decide on the records of a short report as the page does, and as nobody should."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count
from typing import Any

from claiming import Telling
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sample_briefs import NO_ENGINE, NO_USAGE

from summarizer.brief import Actor, Brief, DocumentInfo, Event, Pledge
from summarizer.render import to_json
from summarizer.review import (
    Decision,
    Worth,
    anchor,
    corrected,
    fingerprint,
)
from summarizer.review.fields import LISTS, OPTIONAL, REQUIRED, codes
from summarizer.review.record import Record, kind_of
from summarizer.schema import schema_text
from summarizer.source import Span
from summarizer.validate import check
from summarizer.values import Value, values_of

TEXT = (
    "Norland shelled the port of Vesby on Friday. Sudoria promised Norland ten howitzers and two "
    "radars for the coast, the Coast Herald reported. General Anna Kest, army chief of Norland, "
    "praised Sudoria in Vesby on Monday. The radars, 15 of them, will arrive in May if parliament "
    "agrees. Eastmark mediated between both sides and sent three patrol boats to Sudoria."
)
AT = "2026-11-25T18:40:12Z"
NUMBERS = count(1)


def telling() -> Telling:
    told = Telling(TEXT, published="2025-10-18")
    told.actor("Norland", "state").actor("Sudoria", "state").actor("Coast Herald", "media")
    told.actor("Anna Kest", "person")
    told.event("strike", who=["Norland"], when="on Friday", where="Vesby")
    told.event("statement", sentence=3, who=["Anna Kest"], to_whom=["Sudoria"], when="on Monday")
    told.pledge(
        "ten howitzers",
        "two radars",
        sentence=2,
        status="pledged",
        supplier="Sudoria",
        recipient="Norland",
        said_by="Coast Herald",
    )
    return told.line("Norland shelled the port of Vesby", 1).line("Sudoria promised Norland", 2)


TELLING = telling()
DOCUMENT = TELLING.annotations.document
SENTENCES = TELLING.annotations.sentences


def brief_about(text: str = TEXT) -> Brief:
    found = TELLING.resolved()
    return Brief(
        version=1,
        document=DocumentInfo(
            id="vesby",
            sha256=replace(DOCUMENT, text=text).sha256,
            title=None,
            publisher=None,
            url=None,
            language=None,
            published="2025-10-18",
            published_basis="given",
            characters=len(text),
        ),
        engine=NO_ENGINE,
        usage=NO_USAGE,
        summary=found.summary,
        actors=found.actors,
        events=found.events,
        pledges=found.pledges,
        rejections=found.rejections,
        warnings=found.warnings,
    )


BRIEF = brief_about()
STRIKE, STATEMENT = BRIEF.events
PLEDGE = BRIEF.pledges[0]
NORLAND, SUDORIA = BRIEF.actors[:2]
LINE = BRIEF.summary[0]


def records_of(brief: Brief) -> list[Any]:
    return [*brief.actors, *brief.events, *brief.pledges, *brief.summary]


def all_values(record: Record) -> tuple[Value, ...]:
    if isinstance(record, Actor | Event | Pledge):
        return values_of(record)
    return (Value("text", record.text, record.citations),)


def value_of(record: Record, field: str, words: str = "") -> Value:
    return next(v for v in all_values(record) if v.field == field and words in v.words)


def decided(record: Record, action: str, field: str | None = None, /, **more: Any) -> Decision:
    number = next(NUMBERS)
    given = {
        "v": 1,
        "id": f"00000000-0000-4000-8000-{number:012}",
        "seq": number,
        "at": AT,
        "by": "mk",
        "doc": DOCUMENT.sha256,
        "kind": kind_of(record),
        "record": fingerprint(record),
        "anchor": anchor(record),
        "field": field,
        "action": action,
    }
    return Decision.model_validate(given | more)


def decided_on(record: Record, value: Value, action: str, **more: Any) -> Decision:
    """Decide on a value as the page does: with what is seen, where, and which of a list."""
    cited = tuple((one.start, one.end) for one in value.citations)
    given: dict[str, Any] = {"old": {"value": value.words, "cite": cited}}
    if value.at is not None:
        given["at_item"] = cited
    return decided(record, action, value.field, **(given | more))


def accepts(record: Record) -> Decision:
    return decided(record, "accept", new={"value": record.model_dump_json()})


def span_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def undoes(one: Decision) -> Decision:
    data = one.model_dump() | {"action": "undo", "of": one.id, "old": None, "new": None}
    number = next(NUMBERS)
    return Decision.model_validate(data | {"id": f"undo-{number}", "seq": number})


def marked(*words: str, code: str | None = None, text: str = TEXT) -> dict[str, Any]:
    cited = tuple((text.index(one), text.index(one) + len(one)) for one in words)
    value = words[0] if words else code
    return {"value": value, "cite": cited, "words": words, "code": code}


def worked_in(*decisions: Decision, on: Brief = BRIEF) -> Brief:
    """Work in decisions that all fit, and see that what comes out holds."""
    brief, unfit = corrected(on, TEXT, decisions)
    assert unfit == ()
    assert_holds(brief)
    assert corrected(brief, TEXT, decisions) == (brief, ())
    return brief


SCHEMA = Draft202012Validator(json.loads(schema_text("brief")))


def assert_holds(brief: Brief) -> None:
    report = check(brief, TEXT, sentences=SENTENCES)
    assert report.findings == ()
    SCHEMA.validate(json.loads(to_json(brief)))
    ids = [one.id for one in records_of(brief) if hasattr(one, "id")]
    assert len(ids) == len(set(ids))
    actors = {actor.id for actor in brief.actors} | {None}
    told = [party.actor for event in brief.events for party in event.participants]
    told += [party.actor for one in brief.pledges for party in (*one.supplier, *one.recipient)]
    assert set(told) <= actors


def run_without(brief: Brief, record: Any) -> Brief:
    """Return a run that misses *record*."""
    return brief.model_copy(
        update={
            name: tuple(one for one in getattr(brief, name) if one != record)
            for name in ("summary", "actors", "events", "pledges")
        }
        | (
            {"events": tuple(unlinked(one, record.id) for one in brief.events)}
            | {"pledges": tuple(unlinked(one, record.id) for one in brief.pledges)}
            if isinstance(record, Actor)
            else {}
        )
    )


def unlinked(record: Any, actor: str) -> Any:
    fields = [f for f in ("participants", "supplier", "recipient") if hasattr(record, f)]
    return record.model_copy(
        update={
            field: tuple(
                one.model_copy(update={"actor": None}) if one.actor == actor else one
                for one in getattr(record, field)
            )
            for field in fields
        }
    )


_CODES = sorted({code for kind in LISTS for field in REQUIRED[kind] for code in codes(kind, field)})
_FIELDS = sorted(
    {field for kind in LISTS for field in (*LISTS[kind], *OPTIONAL[kind], *REQUIRED[kind])}
    | {"items.quantity", "items.unroca", "participants.role", "attribution.kind", "nonsense"}
)
_PLACES = sorted(
    {(c.start, c.end) for r in records_of(BRIEF) for v in all_values(r) for c in v.citations}
)
_ACTIONS = ("accept", "reject", "correct", "add", "note")


def places() -> st.SearchStrategy[tuple[int, int]]:
    anywhere = st.tuples(st.integers(0, len(TEXT) + 3), st.integers(1, 30))
    return st.sampled_from(_PLACES) | anywhere.map(lambda place: (place[0], sum(place)))


def seldom(draw: st.DrawFn) -> bool:
    return draw(st.integers(0, 3)) == 0


def marks() -> st.SearchStrategy[dict[str, Any]]:
    """Return words that are marked, anywhere in the text."""
    inside = places().filter(lambda at: at[1] <= len(TEXT) and bool(TEXT[at[0] : at[1]].strip()))
    return inside.map(lambda at: {"value": "x", "cite": [at], "words": [TEXT[at[0] : at[1]]]})


@st.composite
def page_additions(draw: st.DrawFn, record: Record) -> Decision:
    kind = kind_of(record)
    mark = draw(marks())
    if draw(st.integers(0, 1)) and (fields := sorted(LISTS[kind] | OPTIONAL[kind])):
        return decided(record, "add", draw(st.sampled_from(fields)), new=mark)
    listed = codes(kind, {"actor": "kind", "event": "label", "pledge": "status"}.get(kind, "text"))
    code = draw(st.sampled_from(listed)) if listed else None
    own = {"record": f"{next(NUMBERS):016x}", "anchor": mark["cite"]}
    return decided(record, "add", new=mark | {"code": code}, **own)


@st.composite
def worths(draw: st.DrawFn) -> Worth:
    cited = tuple(draw(st.lists(places(), max_size=2)))
    exact = tuple(TEXT[start:end] for start, end in cited)
    words = exact if draw(st.integers(0, 9)) > 0 else ("other words",)
    values = st.sampled_from([v.words for r in records_of(BRIEF) for v in all_values(r)] + _CODES)
    whole = st.sampled_from([record.model_dump_json() for record in records_of(BRIEF)])
    value: str | None = draw(st.none() | values | whole | st.text(max_size=5))
    code: str | None = draw(st.none() | st.sampled_from(_CODES))
    return Worth(value=value, cite=cited, words=words, code=code)


@st.composite
def any_decisions(draw: st.DrawFn) -> Decision:
    record = draw(st.sampled_from(records_of(BRIEF)))
    action = draw(st.sampled_from(_ACTIONS))
    kind = kind_of(record)
    known = [v.field for v in all_values(record)] + sorted(OPTIONAL[kind] | LISTS[kind])
    field = draw(st.none() | st.sampled_from(known) | st.sampled_from(_FIELDS))
    if action == "correct":
        field = field or "label"
    new = draw(worths()) if action in ("correct", "add", "note") else draw(st.none() | worths())
    more: dict[str, Any] = {
        "at_item": tuple(draw(st.lists(places(), max_size=1))),
        "old": draw(st.none() | worths()),
        "new": new,
        "by": draw(st.sampled_from(["mk", "\x1b[31m", "<b>"])),
    }
    if not draw(st.integers(0, 5)):
        more["record"] = draw(st.sampled_from(["0" * 16, fingerprint(PLEDGE)]))
        more["anchor"] = tuple(draw(st.lists(places(), max_size=3)))
    if action == "accept" and field is None and draw(st.integers(0, 1)):
        more["new"] = Worth(value=record.model_dump_json())
    return decided(record, action, field, **more)


@st.composite
def page_decisions(draw: st.DrawFn) -> Decision:
    """Decide as a page lets one: on a value that is there, with what it shows; or add one."""
    record = draw(st.sampled_from(records_of(BRIEF)))
    if seldom(draw):
        return draw(page_additions(record))
    if seldom(draw):
        return accepts(record) if draw(st.booleans()) else decided(record, "reject")
    value: Value = draw(st.sampled_from(all_values(record)))
    action = draw(st.sampled_from(("accept", "reject", "correct")))
    listed = codes(kind_of(record), value.field)
    if action != "correct":
        return decided_on(record, value, action)
    chooses = not value.verbatim or draw(st.booleans())
    if listed and chooses:
        return decided_on(record, value, "correct", new=marked(code=draw(st.sampled_from(listed))))
    return decided_on(record, value, "correct", new=draw(marks()))


def otherwise(draw: st.DrawFn, record: Any, **values: st.SearchStrategy[Any]) -> Any:
    """Return *record* with some of its values as another model might give them."""
    update = {field: draw(value) for field, value in values.items() if seldom(draw)}
    return record.model_copy(update=update)


@st.composite
def any_runs(draw: st.DrawFn) -> Brief:
    """Return what another model might make of the text: some of it missing, some otherwise."""
    events = [
        otherwise(
            draw,
            event,
            date=st.sampled_from([None, STATEMENT.date]),
            place=st.none(),
            realis=st.sampled_from(codes("event", "realis")),
            label=st.sampled_from(codes("event", "label")),
            participants=st.just(event.participants[1:]),
        )
        for event in BRIEF.events
        if not seldom(draw)
    ]
    pledges = [
        otherwise(
            draw,
            pledge,
            status=st.sampled_from(codes("pledge", "status")),
            items=st.just(pledge.items[1:]),
        )
        for pledge in BRIEF.pledges
        if not seldom(draw)
    ]
    return BRIEF.model_copy(update={"events": tuple(events), "pledges": tuple(pledges)})
