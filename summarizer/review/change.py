"""Work decisions on values into one record: rejected, accepted, corrected, added.

A value is rejected only where it is the one that the reviewer saw: at the same words, or of the
same code. An optional one is null then, one of a list leaves it, and one that every record has
falls to the most open that there is: the kind of an actor to "other", a status to "unclear", the
words of a status to their sentence, realis to "hypothetical", an event's label to "event" (PLOVER's
CONSULT), who says so to "own_voice" without a speaker. Of the last three the factuality becomes
"Uu" and the support partial, for an open value must not be a more certain one. A record whose name
or text is rejected is out, and so is a pledge that has lost the last of its goods.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel

from summarizer.brief import (
    Actor,
    Attribution,
    Cited,
    DateValue,
    Event,
    Item,
    Label,
    Participant,
    Party,
    Place,
    Pledge,
    Statement,
)
from summarizer.errors import InputError
from summarizer.resolve.kinds import KINDS
from summarizer.review.decisions import CODED_PART, Decision, Worth, target
from summarizer.review.fields import (
    LISTS,
    OPEN_LABEL,
    OPTIONAL,
    code_named,
    codes,
    is_same_code,
    split,
)
from summarizer.review.record import Record, Spans, kind_of, spans_of
from summarizer.review.values import recoded
from summarizer.review.words import Words, overlap
from summarizer.source import Span

Link: TypeAlias = Callable[[Participant | Party], str | None]
"""Someone as named -> the id of the actor, None when that is not known."""

_MODELS: dict[str, type[BaseModel]] = {
    "labels": Label,
    "participants": Participant,
    "supplier": Party,
    "recipient": Party,
    "items": Item,
    "date": DateValue,
    "delivery": DateValue,
    "place": Place,
    "deployment": Place,
}
"""Field -> the type of its values; those of all others are cited words."""

_OPEN_PARTS: dict[str, dict[str, Any]] = {
    "role": {"role": "other"},
    "country": {"country": None},
    "category": {"category": "other", "unroca": "undetermined"},
    "unroca": {"unroca": "undetermined"},
    "quantity": {
        "quantity": None,
        "quantity_max": None,
        "quantity_is_estimate": False,
        "unit": None,
    },
}
_NAMING = frozenset({"name", "text"})


class Change:
    """A record while decisions are worked into it; ``record`` is None once it is out."""

    def __init__(self, record: Record, words: Words, link: Link) -> None:
        self.kind = kind_of(record)
        self.record: Any = record
        self._words = words
        self._link = link
        self._moved: list[tuple[str, Spans, Spans]] = []
        self._doubted = False

    def decide(self, one: Decision) -> None:
        """Work *one* in.

        Raises:
            InputError: it does not fit, and the record is as it was.
        """
        if self.record is None:
            return
        field, part = split(self.kind, target(one) or "")
        where = one.at_item or (one.old.cite if one.old else ())
        now = self._now(field, where)
        if where and not now and part:
            return  # part of a value that was rejected
        before, moved = self.record, list(self._moved)
        try:
            if one.action == "reject":
                self._reject(field, part, now, one.old or Worth())
            elif one.action == "accept":
                self._accept(field, part, now, one.new or one.old or Worth())
            else:
                self._put(field, part, now, one.new or Worth(), exactly=True)
        except InputError:
            self.record, self._moved = before, moved
            raise
        if self.record is not None and self.record != before:
            self._recode(field)

    def take_out(self) -> None:
        """Leave the record out."""
        self.record = None

    def finished(self) -> Record | None:
        """Return the record with all decisions worked in."""
        record: Record | None = self.record
        if self._doubted and record is not None:
            record = _copied(record, factuality="Uu", support="partial")
        return record

    def _now(self, field: str, where: Spans) -> Spans:
        """Return where a value stands that stood at *where* when it was decided on."""
        for moved, old, new in self._moved:
            if moved == field and overlap(old, where):
                where = new
        return where

    def _recode(self, field: str) -> None:
        if isinstance(self.record, Statement):
            return
        filled = tuple(name for name in self.record.filled if name != field)
        self.record = _copied(self.record, filled=filled)
        if not isinstance(self.record, Actor):
            self.record = recoded(self.record, {field})

    # What is taken out

    def _reject(self, field: str, part: str | None, where: Spans, old: Worth) -> None:
        if part:
            self._open_part(field, part, where, old)
        elif field in LISTS[self.kind]:
            self._leave_out(field, where)
        elif field in OPTIONAL[self.kind]:
            value = getattr(self.record, field)
            if value is not None and (not where or overlap(spans_of(value), where)):
                self._set(field, None)
        elif self._is_seen(field, where, old):
            self._open(field, where, old)

    def _open_part(self, field: str, part: str, where: Spans, old: Worth) -> None:
        values, at = self._values(field), self._which(field, where)
        if at is None:
            return
        seen = code_named(self.kind, f"{field}.{part}", old.code or old.value)
        if seen is None or seen == getattr(values[at], part, None):
            self._replace(field, at, _copied(values[at], **_OPEN_PARTS[part]))

    def _leave_out(self, field: str, where: Spans) -> None:
        if not where:
            raise InputError(f"it does not say which of the {field} is meant")
        at = _found(self._values(field), where)
        self._moved.append((field, where, ()))
        if at is not None:
            self._replace(field, at, None)
            if field == "items" and not self.record.items:
                self.record = None

    def _is_seen(self, field: str, where: Spans, old: Worth) -> bool:
        """Tell whether a value that every record has is the one that the reviewer saw."""
        told = old.code or old.value
        if codes(self.kind, field):
            now = self._code(field)
            if now is None or (told and not is_same_code(now, told)):
                return False
        cited = self._cited(field)
        return not where or not cited or overlap(cited, where)

    def _open(self, field: str, where: Spans, old: Worth) -> None:
        before = self.record
        match field:
            case "name" | "text":
                self.record = None
            case "kind" | "country" | "status":
                self._set(field, {"kind": "other", "country": None, "status": "unclear"}[field])
            case "status_words":
                told = self.record.citations[0]
                self._set(field, Cited(value=told.quote, citations=(told,)))
            case "realis":
                self._set(field, "hypothetical")
            case "label":
                self.record = _copied(self.record, label=OPEN_LABEL, type="CONSULT")
            case _:
                self._set(field, _own_voice(self.record))
        if field in ("realis", "label", "attribution"):
            self._doubted = True
        elif self.record == before and (old.value or old.code) and self._stands_at(field, where):
            raise InputError(f"there is no {field} more open than that: choose another one")

    def _stands_at(self, field: str, where: Spans) -> bool:
        return self._cited(field) in (where, ())

    # What is put in

    def _accept(self, field: str, part: str | None, where: Spans, worth: Worth) -> None:
        """Put the accepted value in, unless the record has it."""
        spans = worth.cite or where
        if field in LISTS[self.kind] or field in OPTIONAL[self.kind]:
            values = self._values(field)
            at = _found(values, where or spans)
            same = at is not None and (not spans or spans_of(values[at])[:1] == spans[:1])
            nothing_told = part and not worth.cite and not self._chosen(f"{field}.{part}", worth)
            if nothing_told or (same and not part and not worth.code):
                return
            if not part:
                worth = worth.model_copy(update={"cite": spans})
        elif not codes(self.kind, field):
            if not spans or overlap(self._cited(field), spans):
                return
        elif self._is_seen(field, spans, worth):
            return
        elif field != "attribution":
            worth = worth.model_copy(update={"cite": (), "words": ()})  # the code is all there is
        self._put(field, part, where or spans, worth, exactly=False)

    def _put(
        self, field: str, part: str | None, where: Spans, worth: Worth, *, exactly: bool
    ) -> None:
        spans = self._words.places(worth, exactly=exactly)
        code = self._chosen(f"{field}.{part}" if part else field, worth)
        if part:
            self._put_part(field, part, where, spans, code)
        elif field in LISTS[self.kind]:
            self._put_in_list(field, where, spans, code)
        elif field in OPTIONAL[self.kind]:
            self._set(field, self._made(field, spans, code))
        else:
            self._put_required(field, spans, code)

    def _chosen(self, field: str, worth: Worth) -> str | None:
        """Return the code that *worth* gives for *field*: as such, or as a value without words."""
        code = code_named(self.kind, field, worth.code)
        if worth.code and code is None:
            raise InputError(f"“{worth.code}” is none of the codes of “{field}”")
        return code or code_named(self.kind, field, None if worth.cite else worth.value)

    def _put_part(
        self, field: str, part: str, where: Spans, spans: Sequence[Span], code: str | None
    ) -> None:
        values, at = self._values(field), self._which(field, where)
        if at is None:
            raise InputError(f"this run has no such value among the {field}")
        value = values[at]
        if codes(self.kind, f"{field}.{part}"):
            if code is None:
                raise InputError(f"“{field}.{part}” is chosen from a list")
            changed = {part: code}
            if part == "category" and code != value.category:
                changed["unroca"] = "undetermined"  # that of another category is none of this one
            self._replace(field, at, _copied(value, **changed))
            return
        made = self._derived(f"{field}.{part}", spans)
        cited = [one.model_dump(mode="json") for one in value.citations]
        cited += [one for one in made["citations"] if one not in cited]
        data = {**value.model_dump(mode="json"), **made, "citations": cited}
        self._replace(field, at, type(value).model_validate(data))

    def _put_in_list(
        self, field: str, where: Spans, spans: Sequence[Span], code: str | None
    ) -> None:
        values = self._values(field)
        at = _found(values, where)
        new = self._made(field, spans, code, values[at] if at is not None else None)
        first = spans_of(new)[:1]
        there = next((n for n, one in enumerate(values) if spans_of(one)[:1] == first), None)
        if where:
            self._moved.append((field, where, first))
        if there is None:
            if at is None:
                self._set(field, (*values, new))
            else:
                self._replace(field, at, new)
            return
        if code:
            self._replace(field, there, _copied(values[there], **{CODED_PART[field]: code}))
        if at is not None and at != there:
            self._replace(field, at, None)  # the words that it was to become are there already

    def _made(
        self, field: str, spans: Sequence[Span], code: str | None, instead: Any = None
    ) -> Any:
        """Return the value that the words at *spans* are, in the role of the one it replaces."""
        data = self._derived(field, spans)
        if isinstance(instead, Participant):
            data["role"] = instead.role
        if code:
            data[CODED_PART[field]] = code
        value = _MODELS.get(field, Cited).model_validate(data)
        if isinstance(value, Participant | Party):
            return _copied(value, actor=self._link(value))
        return value

    def _put_required(self, field: str, spans: Sequence[Span], code: str | None) -> None:
        match field:
            case "name":
                self._rename(spans)
            case "text":
                self.record = Statement.model_validate(self._derived(field, spans))
            case "status_words":
                self._set(field, Cited.model_validate(self._derived(field, spans)))
            case "attribution":
                self._set(field, self._said_by(spans, code))
            case "label":
                self._relabel(spans, code)
            case _:
                if code is None:
                    raise InputError(f"“{field}” is chosen from a list")
                if field == "status" and spans:
                    words = Cited.model_validate(self._derived("status_words", spans))
                    self._set("status_words", words)
                self._set(field, code)

    def _rename(self, spans: Sequence[Span]) -> None:
        made = self._derived("name", spans)
        name = made["name"]
        new = tuple((one["start"], one["end"]) for one in made["citations"])
        country = made["country"]
        if country is None and overlap(new, self._cited("name")):
            country = self.record.country  # more or fewer words of the same name
        aliases = tuple(alias for alias in self.record.aliases if alias != name)
        data = self.record.model_dump(mode="json") | made
        self.record = Actor.model_validate(data | {"country": country, "aliases": aliases})

    def _relabel(self, spans: Sequence[Span], code: str | None) -> None:
        """Give an event another label; who was the doer or the target of the old one stays so."""
        update: dict[str, Any] = {}
        if spans:
            cited = tuple(self._words.citer.span(span) for span in spans)
            sentence = self._words.citer.sentence_at(spans[0].start)
            update = {"citations": cited, "summary": " ".join(sentence.text.split())}
            code = code or self._derived("label", spans)["label"]
        if code is None:
            raise InputError("“label” is chosen from a list, or its words are marked")
        old, new = KINDS.get(self.record.label), KINDS[code]  # type: ignore[index]
        if old and old[1] != old[2]:
            roles = dict(zip(old[1:], new[1:], strict=True))
            update["participants"] = tuple(
                _copied(one, role=roles.get(one.role, one.role)) for one in self.record.participants
            )
        self.record = _copied(self.record, label=code, **update)

    def _said_by(self, spans: Sequence[Span], code: str | None) -> Attribution:
        said: Attribution = self.record.attribution
        if spans:
            said = Attribution.model_validate(self._derived("attribution", spans))
        elif code is None:
            raise InputError("who says so is marked, or its kind chosen from a list")
        elif code == "own_voice":
            return _own_voice(self.record)
        return _copied(said, kind=code) if code else said

    def _derived(self, field: str, spans: Sequence[Span]) -> dict[str, Any]:
        if not spans:
            raise InputError(f"no words are cited for “{field}”")
        return self._words.derived(self.kind, field, spans)

    # Access

    def _values(self, field: str) -> tuple[Any, ...]:
        value = getattr(self.record, field)
        return value if isinstance(value, tuple) else () if value is None else (value,)

    def _which(self, field: str, where: Spans) -> int | None:
        """Return which value of *field* stands at *where*; the only one need not be named."""
        values = self._values(field)
        return 0 if len(values) == 1 and not where else _found(values, where)

    def _replace(self, field: str, at: int, value: Any) -> None:
        """Put *value* in place of the *at*-th one of *field*; None leaves it out."""
        values = self._values(field)
        new = (*values[:at], *(() if value is None else (value,)), *values[at + 1 :])
        self._set(field, new if field in LISTS[self.kind] else value)

    def _set(self, field: str, value: Any) -> None:
        self.record = _copied(self.record, **{field: value})

    def _code(self, field: str) -> str | None:
        """Return the code that a value of the record is, None for words."""
        value = getattr(self.record, field)
        if field == "attribution":
            return str(value.kind)
        is_code = bool(codes(self.kind, field)) and isinstance(value, str)
        return value if is_code else None

    def _cited(self, field: str) -> Spans:
        """Return where the words of a value stand that every record has; none for a code."""
        if field in _NAMING:
            return spans_of(self.record)
        value = getattr(self.record, field)
        return spans_of(value) if isinstance(value, Attribution | Cited) else ()


def _own_voice(record: Event | Pledge) -> Attribution:
    """Return that the report itself says so, with the hedges that it has."""
    return Attribution(
        kind="own_voice",
        speaker=None,
        via=None,
        hedge=record.attribution.hedge,
        citations=record.citations,
    )


def _found(values: Sequence[Any], where: Spans) -> int | None:
    """Return which of *values* stands at *where*: at just these words, else the one on them.

    Raises:
        InputError: several do.
    """
    cited = [spans_of(value) for value in values]
    for found in (
        [at for at, spans in enumerate(cited) if spans == where],
        [at for at, spans in enumerate(cited) if spans[:1] == where[:1]],
        [at for at, spans in enumerate(cited) if overlap(spans, where)],
    ):
        if len(found) > 1:
            raise InputError("two values stand on these words")
        if found:
            return found[0]
    return None


def _copied(record: Any, **update: Any) -> Any:
    return record.model_copy(update=update)
