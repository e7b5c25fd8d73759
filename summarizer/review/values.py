"""Words that a person marked -> what a field of the brief becomes, by the pipeline's own parsers.

A person says which words; what they mean is computed as for a model's claim, so that a corrected
date is as exact as any other. What a person may not do is give a value that no words bear.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from summarizer.annotations import Annotations, is_quoted
from summarizer.brief import Event, Label, Pledge, Support
from summarizer.draft import EventKind
from summarizer.equipment import quantity
from summarizer.errors import InputError
from summarizer.language.known import known_name
from summarizer.profile import PROFILES
from summarizer.resolve.actors import ActorBook
from summarizer.resolve.citing import Citer
from summarizer.resolve.factuality import factuality
from summarizer.resolve.items import to_item
from summarizer.resolve.kinds import KINDS, kinds_of, plover
from summarizer.resolve.report import Report
from summarizer.resolve.status import REALIS_OF, kiel, sipri_eligible
from summarizer.source import Document, Span

Made: TypeAlias = dict[str, Any]


def derive(
    kind: str, field: str, span: Span, document: Document, annotations: Annotations
) -> dict[str, Any]:
    """Return what *field* of a record becomes when the words at *span* are marked for it.

    The names are those of the brief, ready for JSON: a ``DateValue`` for a date, with ``edtf``
    null where the words are none; name, country and citations of a place; an ``Item`` for goods;
    for "items.quantity" the parts of one that count; whoever the words name, with ``actor`` null
    and the role "other", for whom they are and what they do is not in them.

    Raises:
        InputError: nothing can be marked for that field, or these words cannot be that.
    """
    make = _MAKERS.get((kind, field))
    if make is None:
        raise InputError(f"“{field}” of a {kind} is not made of words: choose it from its list")
    if not 0 <= span.start < span.end <= len(document.text):
        raise InputError(f"{span.start} to {span.end} is no place in the text")
    if not document.text[span.start : span.end].strip():
        raise InputError("nothing but white space is marked")
    if not annotations.readings:
        raise InputError("the text has no sentence")
    return make(span, report_of(document, annotations))


def recoded(record: Event | Pledge, touched: Collection[str]) -> Event | Pledge:
    """Return *record* with the codes that follow from the *touched* fields computed anew.

    PLOVER, factuality, Kiel and SIPRI as for a new record. Whether a pledge's words tell all of it
    is only asked again where it was the words' own judgement.
    """
    fields = set(touched)
    update: dict[str, Any] = {}
    said = record.attribution
    if isinstance(record, Event):
        if fields & {"label", "realis", "participants"} and record.label in KINDS:
            label: Any = record.label
            update["type"] = plover(label, record.realis, len(record.participants))
        if fields & {"realis", "attribution"}:
            update["factuality"] = factuality(record.realis, said.kind, said.hedge)
        return record.model_copy(update=update)
    if fields & {"status", "items"}:
        update["kiel"] = kiel(record.status, record.items)
        update["sipri_eligible"] = sipri_eligible(record.status)
    if fields & {"status", "attribution"}:
        realis = REALIS_OF[record.status]
        update["factuality"] = factuality(realis, said.kind, said.hedge)
    if fields & {"status", "supplier", "recipient"} and record.support_by == "words":
        update["support"] = pledge_support(record)
    return record.model_copy(update=update)


def pledge_support(pledge: Pledge) -> Support:
    """Return whether a pledge's words tell all that makes one: both sides and how far it is."""
    complete = pledge.supplier and pledge.recipient and pledge.status != "unclear"
    return "supported" if complete else "partial"


def report_of(document: Document, annotations: Annotations) -> Report:
    """Return the report that the parsers want, in which nobody is known by name yet."""
    nobody = ActorBook((), (), annotations)
    return Report(annotations, nobody, Citer(document, annotations.sentences), PROFILES["large"])


def _name(span: Span, report: Report) -> Made:
    """The country is that of the mention there, else of the name itself."""
    words = _line(report.words(span))
    at = [m for m in report.annotations.mentions if m.start < span.end and span.start < m.end]
    known = known_name(words)
    country = next((m.country for m in at if m.country), known.country if known else None)
    return {"name": words, "country": country, **_citing(span, report)}


def _cited(span: Span, report: Report) -> Made:
    return report.cited(span).model_dump(mode="json")


def _loaded(span: Span, report: Report) -> Made:
    """A loaded word is whoever's the sentence quotes; without quotation marks the report's own."""
    speaker = report.reading(span).speech.speaker
    quoted = is_quoted(report.document.text, span.start) and speaker is not None
    label = Label(
        text=report.words(span),
        speaker=report.words(speaker) if quoted and speaker else None,
        citations=(report.cite.span(span),),
    )
    return label.model_dump(mode="json")


def _label(span: Span, report: Report) -> Made:
    kinds = named_kinds(span, report)
    if len(kinds) != 1:
        which = f"several kinds of event ({', '.join(sorted(kinds))})" if kinds else "no kind"
        words = _line(report.words(span))
        raise InputError(f"“{words}” names {which}: choose one from the list")
    return {"label": kinds.pop(), **_citing(span, report)}


def named_kinds(span: Span, report: Report) -> set[EventKind]:
    """Return the kinds of event that the verbs and nouns at *span* are listed for."""
    reading = report.reading(span)
    inside = {token.number for token in reading.at(span)}
    found = (kinds_of(p.lemma, p.nominal) for p in reading.predicates if p.head in inside)
    listed = frozenset().union(*found)
    return {kind for kind in KINDS if kind in listed and kind != "background"}


def _date(span: Span, report: Report) -> Made:
    return report.date(span).model_dump(mode="json")


def _place(span: Span, report: Report) -> Made:
    return report.place(span).model_dump(mode="json")


def _party(span: Span, report: Report) -> Made:
    return {"name": report.words(span), "actor": None, **_citing(span, report)}


def _participant(span: Span, report: Report) -> Made:
    return {**_party(span, report), "role": "other"}


def _item(span: Span, report: Report) -> Made:
    words = report.words(span)
    if not any(map(str.isalpha, words)):
        raise InputError(f"“{_line(words)}” names no goods: mark their name as well")
    return to_item(span, report.document.text, report.cite).model_dump(mode="json")


def _amount(span: Span, report: Report) -> Made:
    words = report.words(span)
    count = quantity(words)
    if count.quantity is None and count.quantity_max is None:
        raise InputError(f"“{_line(words)}” gives no number of things")
    return {
        "quantity": count.quantity,
        "quantity_max": count.quantity_max,
        "quantity_is_estimate": count.is_estimate,
        "unit": count.unit,
        **_citing(span, report),
    }


def _speaker(span: Span, report: Report) -> Made:
    """The kind of speaker and the hedges are those of the sentence that the words stand in."""
    return report.attribution(report.cite.sentence_at(span.start), span).model_dump(mode="json")


def _text(span: Span, report: Report) -> Made:
    return {"text": _line(report.words(span)), **_citing(span, report)}


def _citing(span: Span, report: Report) -> Made:
    return {"citations": [report.cite.span(span).model_dump(mode="json")]}


def _line(words: str) -> str:
    return " ".join(words.split())


_MAKERS: Mapping[tuple[str, str], Callable[[Span, Report], Made]] = {
    ("actor", "name"): _name,
    ("actor", "rank"): _cited,
    ("actor", "position"): _cited,
    ("actor", "affiliation"): _cited,
    ("actor", "labels"): _loaded,
    ("event", "label"): _label,
    ("event", "date"): _date,
    ("event", "place"): _place,
    ("event", "participants"): _participant,
    ("event", "attribution"): _speaker,
    ("pledge", "supplier"): _party,
    ("pledge", "recipient"): _party,
    ("pledge", "items"): _item,
    ("pledge", "items.quantity"): _amount,
    ("pledge", "status_words"): _cited,
    ("pledge", "delivery"): _date,
    ("pledge", "deployment"): _place,
    ("pledge", "purpose"): _cited,
    ("pledge", "value"): _cited,
    ("pledge", "conditions"): _cited,
    ("pledge", "exclusions"): _cited,
    ("pledge", "attribution"): _speaker,
    ("summary", "text"): _text,
}
