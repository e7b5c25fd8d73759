"""A record that no run found, made of the words that a reviewer marked for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarizer.annotations import Annotations
from summarizer.brief import Actor, Event, Item, Pledge, Realis, Statement
from summarizer.errors import InputError
from summarizer.resolve.factuality import factuality
from summarizer.resolve.kinds import SPEECH, plover
from summarizer.resolve.report import Report
from summarizer.resolve.status import REALIS_OF, kiel, sipri_eligible
from summarizer.review.fields import code_named, codes
from summarizer.review.record import Kind, Record
from summarizer.review.values import derive, report_of
from summarizer.source import Document, Span

_CODED: dict[Kind, str] = {"actor": "kind", "event": "label", "pledge": "status"}
_MARKED: dict[Kind, str] = {
    "actor": "name",
    "event": "label",
    "pledge": "items",
    "summary": "text",
}


def new_record(
    kind: Kind,
    spans: Sequence[Span],
    code: str | None,
    document: Document,
    annotations: Annotations,
) -> Record:
    """Return a record with what its kind needs, all else open; its id is empty.

    *spans* are an actor's name, the words that tell an event, a pledge's goods one by one, or those
    of a summary's line. *code* is the kind of the actor, the label of the event or the status of
    the pledge; left open it is what the words say, else "other" or "unclear". Parties, dates and
    places are added as values of the record.

    Raises:
        InputError: nothing is marked, the words cannot be that, or nothing says what happened.
    """
    if not spans:
        raise InputError("no words are marked for it")
    coded = _CODED.get(kind, "")
    chosen = code_named(kind, coded, code)
    if code and chosen is None:
        known = ", ".join(codes(kind, coded)) or "it has none"
        raise InputError(f"“{code}” is no code of a record of this kind: {known}")
    report = report_of(document, annotations)
    cited = [report.cite.span(span).model_dump(mode="json") for span in spans]
    if kind == "event" and chosen:
        return _event(chosen, spans, report)
    made = [derive(kind, _MARKED[kind], span, document, annotations) for span in spans]
    match kind:
        case "actor":
            return _actor(made[0] | {"citations": cited}, spans[0], chosen, report)
        case "event":
            return _event(made[0]["label"], spans, report)
        case "pledge":
            return _pledge(made, spans, chosen or "unclear", report)
        case "summary":
            return Statement.model_validate(made[0] | {"citations": cited})


def _actor(made: dict[str, Any], span: Span, kind: str | None, report: Report) -> Actor:
    at = [m for m in report.annotations.mentions if m.start < span.end and span.start < m.end]
    found = next((m.kind for m in at if m.kind), "other")
    still_open = dict.fromkeys(("rank", "position", "affiliation"))
    data = {"id": "", "kind": kind or found, "aliases": (), "labels": (), **still_open, **made}
    return Actor.model_validate(data)


def _event(label: Any, spans: Sequence[Span], report: Report) -> Event:
    reading = report.reading(spans[0])
    inside = {token.number for token in reading.at(spans[0])}
    told = next((p for p in reading.predicates if p.head in inside), None)
    realis: Realis = told.realis if told and label not in SPEECH else "actual"
    said = report.attribution(reading.sentence)
    return Event(
        id="",
        type=plover(label, realis, 0),
        label=label,
        summary=" ".join(reading.sentence.text.split()),
        date=None,
        place=None,
        participants=(),
        realis=realis,
        factuality=factuality(realis, said.kind, said.hedge),
        attribution=said,
        support="supported",
        citations=tuple(map(report.cite.span, spans)),
    )


def _pledge(
    made: Sequence[dict[str, Any]], spans: Sequence[Span], status: Any, report: Report
) -> Pledge:
    items = tuple(map(Item.model_validate, made))
    sentences = [report.cite.sentence_at(span.start) for span in spans]
    first = Span(sentences[0].start, sentences[0].end)
    said = report.attribution_of(sentences)
    return Pledge(
        id="",
        supplier=(),
        recipient=(),
        items=items,
        status=status,
        status_words=report.cited(first),
        delivery=None,
        deployment=None,
        purpose=None,
        conditions=(),
        exclusions=(),
        value=None,
        attribution=said,
        factuality=factuality(REALIS_OF[status], said.kind, said.hedge),
        kiel=kiel(status, items),
        sipri_eligible=sipri_eligible(status),
        support="partial",
        citations=report.cite.whole(sentences),
    )
