"""Work what people decided into a brief: a new run of the same text, or the one that they saw.

First come accepted and added records, then the decisions on values, last the records rejected:

- A record that was rejected stays out, of whatever run. Decisions on its values are then moot.
- One that was accepted stays in as it was accepted, also where a run tells it otherwise or misses
  it; it comes with the decision. Of one that comes without, only ``review`` is set.
- A value that was corrected or accepted wins over that of the run, one that was rejected stays out
  if the run gives it again, and whatever makes room is in the rejections.
- A rejection that has nothing to reject is done: what was to stay out is out.

Nothing is guessed. A decision that finds no record by its words is listed, as are all when the text
is another one. That a record was found by its place alone is in the brief's warnings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from summarizer.brief import Actor, Brief, Event, Pledge, Statement
from summarizer.errors import InputError
from summarizer.review.added import new_record
from summarizer.review.decisions import Decision, Worth, fold, target
from summarizer.review.held import Held, Records
from summarizer.review.match import Key, whole_record
from summarizer.review.outcome import in_a_line, still_gone, taken_out
from summarizer.review.record import Record
from summarizer.review.words import Words
from summarizer.source import Document
from summarizer.validate import check

T = TypeVar("T")


def corrected(
    brief: Brief, text: str, decisions: Sequence[Decision]
) -> tuple[Brief, tuple[str, ...]]:
    """Return *brief* with *decisions* worked in, and a line for each that does not fit.

    *text* is the report's; decisions on other texts do not fit, so give those of this one
    (``of_document``). Worked in twice they give the same brief, unless a correction gave one record
    the words that named another. The lines hold text of unknown origin. Raises ModelUnavailable
    when words are to be read and the parser is missing.
    """
    sha256 = Document(text).sha256
    standing = [one for one in fold(decisions) if one.action != "note"]
    if sha256 != brief.document.sha256:
        why = "the text at hand is not the one that the brief is about"
        return brief, tuple(in_a_line(one, why) for one in standing)
    own = [one for one in standing if one.doc == sha256]
    bench = _Bench(brief, text, own)
    bench.work(own)
    others = [one for one in standing if one.doc != sha256]
    bench.unfit += [(one, "it is about another text, or the text has changed") for one in others]
    lines = sorted(bench.unfit, key=lambda told: told[0].seq)
    return bench.brief(), tuple(in_a_line(one, why) for one, why in lines)


def on_other_texts(decisions: Iterable[Decision], known: Collection[str]) -> tuple[str, ...]:
    """Return a line for each decision on a text whose SHA-256 is not among the *known*."""
    why = "its text is none of those given, or has changed"
    standing = (one for one in fold(decisions) if one.action != "note")
    return tuple(in_a_line(one, why) for one in standing if one.doc not in known)


class _Bench:
    """The records of one brief while decisions are worked in."""

    def __init__(self, brief: Brief, text: str, decisions: Sequence[Decision]) -> None:
        self.unfit: list[tuple[Decision, str]] = []
        self._brief = brief
        self._words = Words(text, brief.document)
        self._records = Records(brief, self._words, decisions)
        self._warnings = self._records.warnings

    def work(self, standing: Sequence[Decision]) -> None:
        """Work in what stands, in order; what does not fit goes to ``unfit``."""
        kept: list[Decision] = []
        rejected: dict[Key, Decision] = {}
        for key, told in self._by_record(one for one in standing if one.field is None).items():
            if told[-1].action == "reject":
                rejected[key] = told[-1]
            else:
                kept += _lasting(told)
        values = [
            one
            for one in sorted(standing, key=_after_what_it_is_of)
            if one.field is not None and self._records.key(one) not in rejected
        ]
        self._each(sorted(kept, key=_after_those_it_names), self._keep)
        self._each(values, self._value)
        self._each(rejected.values(), self._reject)

    def _by_record(self, decisions: Iterable[Decision]) -> dict[Key, list[Decision]]:
        by_record: dict[Key, list[Decision]] = defaultdict(list)
        for one in decisions:
            by_record[self._records.key(one)].append(one)
        return by_record

    def brief(self) -> Brief:
        """Return the brief as it is now."""
        held = self._records.all
        records = [record for each in held if (record := each.finished()) is not None]
        actors = tuple(one for one in records if isinstance(one, Actor))
        left = {one.id for one in self._brief.actors} - {one.id for one in actors}
        rejections, warnings = self._brief.rejections, self._brief.warnings
        gone = [one for each in held for one in still_gone(each.gone, each.record)]
        return self._brief.model_copy(
            update={
                "summary": tuple(one for one in records if isinstance(one, Statement)),
                "actors": actors,
                "events": tuple(_without(one, left) for one in records if isinstance(one, Event)),
                "pledges": tuple(_without(one, left) for one in records if isinstance(one, Pledge)),
                "rejections": (*rejections, *_new(gone, rejections)),
                "warnings": (*warnings, *_new(self._warnings, warnings)),
            }
        )

    def _each(self, decisions: Iterable[Decision], work: Callable[[Decision], None]) -> None:
        for one in decisions:
            try:
                work(one)
            except InputError as error:
                self.unfit.append((one, str(error)))

    def _keep(self, one: Decision) -> None:
        """See to it that an accepted or added record is in, as it was accepted."""
        held, carried = self._records.find(one), whole_record(one)
        if carried is None and one.action == "add":
            made = self._made(one)
            self._records.name(one, made)
            held = held or self._records.find(one) or self._put_back(made, one)
        elif carried is None and held is None:
            raise InputError("this run has no such record, and the decision does not carry it")
        elif carried is not None and held is None:
            held = self._put_back(self._restored(carried), one)
        elif carried is not None and held is not None:
            whole = self._restored(carried, held.record)
            held.gone += taken_out(held.record, whole, one)
            held.change = self._records.change(whole)
        if held is not None:
            held.mark(one)

    def _put_back(self, whole: Record, one: Decision) -> Held:
        near = self._records.near(one) if one.action == "accept" else None
        if near:
            told = f"a record that was accepted in review by {one.by} stands beside {near}"
            self._warnings.append(f"{told}, which this run found on nearly the same words")
        return self._records.put(whole, one)

    def _reject(self, one: Decision) -> None:
        held = self._found_or_near(one)
        if held is not None and held.record is not None:
            held.gone += taken_out(held.record, None, one)
            held.change.take_out()

    def _value(self, one: Decision) -> None:
        held = self._found_or_near(one)
        if held is None and one.action != "reject":
            raise InputError("this run has no such record")
        before = held.record if held else None
        if held is None or before is None:
            return
        held.change.decide(one)
        held.gone += taken_out(before, held.record, one)
        held.mark(one)

    def _found_or_near(self, one: Decision) -> Held | None:
        """Return the record that *one* is about, None if the run has nothing like it.

        Raises:
            InputError: there are several, or one that stands on nearly the same words.
        """
        held = self._records.find(one)
        if held is None and (near := self._records.near(one)):
            raise InputError(f"this run has {near} on nearly the same words instead: look at it")
        return held

    def _made(self, one: Decision) -> Record:
        """Return the added record that a decision only gives the words of."""
        new, words = one.new or Worth(), self._words
        spans = words.places(new, exactly=True)
        made = new_record(one.kind, spans, new.code, words.document, words.annotations)
        return self._records.placed(made)

    def _restored(self, whole: Record, current: Record | None = None) -> Record:
        """Return a record that a decision carries as one of this brief.

        Raises:
            InputError: it cites what is not in the text.
        """
        words = self._words
        data = whole.model_dump(mode="json")
        for cited in _citations(data):
            cited["sentence"] = words.sentence_at(cited["start"])
        told = check({"record": data}, words.document.text, sentences=words.sentences, schema=False)
        if told.findings:
            raise InputError(f"the record that it carries does not hold: {told.findings[0].detail}")
        return self._records.placed(type(whole).model_validate(data), current)


def _lasting(told: Sequence[Decision]) -> list[Decision]:
    """Return the last decision that a record is in, and the addition that it may rest on."""
    last = told[-1]
    if last.action == "add" or whole_record(last) is not None:
        return [last]
    return [*[one for one in told if one.action == "add"][-1:], last]


def _after_those_it_names(one: Decision) -> tuple[bool, bool, int]:
    """Actors come first, and what was added before what is looked for at its place."""
    return one.kind != "actor", one.action != "add", one.seq


def _after_what_it_is_of(one: Decision) -> tuple[bool, bool, int]:
    """Actors come first, for they are who the others name, and a part after the whole value."""
    return one.kind != "actor", "." in (target(one) or ""), one.seq


def _without(record: Any, left: Collection[str]) -> Any:
    """Return *record* with nobody in it linked to one of the actors who have *left*."""
    fields = ("participants",) if isinstance(record, Event) else ("supplier", "recipient")
    return record.model_copy(
        update={
            field: tuple(
                one.model_copy(update={"actor": None}) if one.actor in left else one
                for one in getattr(record, field)
            )
            for field in fields
        }
    )


def _citations(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if {"start", "end", "quote"} <= data.keys():
            yield data
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from _citations(each)


def _new(found: Iterable[T], known: Collection[T]) -> Iterator[T]:
    """Yield each of *found* that is not *known* yet, once."""
    return (one for one in dict.fromkeys(found) if one not in known)
