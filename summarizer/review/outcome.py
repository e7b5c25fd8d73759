"""What a decision took out of a brief, as rejections, and decisions in a line of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.brief import Actor, Citation, Event, Pledge, Rejection, Statement
from summarizer.resolve.refusal import refusal
from summarizer.review.decisions import Decision, Worth
from summarizer.review.record import Record, kind_of, title_of
from summarizer.values import Value, values_of

_SHOWN = 60
_PAST = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "add": "added",
}


@dataclass(frozen=True, slots=True)
class Gone:
    """A value that a decision took out, or a whole record, for which there is no key."""

    key: object
    rejection: Rejection


def taken_out(before: Record, after: Record | None, one: Decision) -> Iterator[Gone]:
    """Yield the values of *before* that are not in *after*, and why.

    A record that is out stands for its values; a value, for the codes of its parts.
    """
    why = _reason(one)
    if after is None:
        detail = f"without its {one.field} nothing is left of it: {why}" if one.field else why
        told = _rejection(before, _whole(before), title_of(before), before.citations[0], detail)
        yield Gone(None, told)
    left = set() if after is None else {_key(value) for value in _values(after)}
    gone = [value for value in _values(before) if _key(value) not in left]
    if after is None:
        gone = [value for value in gone if value.field == one.field]
    whole = {(value.field, value.citations[0]) for value in gone}
    for value in gone:
        base, _, part = value.field.partition(".")
        if not (part and (base, value.citations[0]) in whole):
            words = f"{value.words} {value.note}" if value.note else value.words
            told = _rejection(before, value.field, words, value.citations[0], why)
            yield Gone(_key(value), told)


def still_gone(found: Iterable[Gone], record: Record | None) -> Iterator[Rejection]:
    """Yield the rejections of what *record* has not in the end, None being out as a whole."""
    left = set() if record is None else {_key(value) for value in _values(record)}
    return (one.rejection for one in found if one.key not in left)


def in_a_line(one: Decision, why: str) -> str:
    """Return who decided what and when, and *why* it does not fit, as one line."""
    field = f"the {one.kind}'s {one.field}" if one.field else f"the {one.kind}"
    shown = _shown(one.old if one.old and one.old.value else one.new)
    words = f" “{shown}”" if shown and one.field else ""
    told = f"{one.by} {_PAST[one.action]} {field}{words} at {one.at}, which does not fit: {why}"
    return " ".join(told.split())


def _shown(worth: Worth | None) -> str:
    words = " ".join(((worth.value or worth.code or "") if worth else "").split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _reason(one: Decision) -> str:
    if one.action == "reject":
        return f"rejected in review by {one.by}"
    if one.action == "correct":
        return f"corrected in review by {one.by}"
    if one.field is None:
        return f"not in the record as it was accepted in review by {one.by}"
    return f"another value was accepted in review by {one.by}"


def _whole(record: Record) -> str:
    kind = kind_of(record)
    return "text" if kind == "summary" else kind


def _rejection(
    record: Record, field: str, words: str, citation: Citation, detail: str
) -> Rejection:
    told = refusal(kind_of(record), field, words, detail)
    return told.model_copy(update={"quote": citation.quote})


def _key(value: Value) -> object:
    """Return what makes two values the same; a code's place is that of its record."""
    own_place = value.verbatim and value.field not in ("name", "label", "text")
    places = tuple((one.start, one.end) for one in value.citations[:1]) if own_place else ()
    return value.field, value.words, value.note, places


def _values(record: Record) -> Iterator[Value]:
    """Yield all values of *record*, with the codes that a person may choose."""
    match record:
        case Statement():
            yield Value("text", record.text, record.citations)
            return
        case Actor() if record.country:
            yield Value("country", record.country, record.citations, verbatim=False)
        case Event() if record.place and record.place.country:
            yield Value("place.country", record.place.country, record.place.citations)
        case Pledge():
            for item in record.items:
                yield Value("items.category", item.category, item.citations)
                yield Value("items.unroca", item.unroca, item.citations)
            if record.deployment and record.deployment.country:
                country = record.deployment.country
                yield Value("deployment.country", country, record.deployment.citations)
        case _:
            pass
    yield from values_of(record)
