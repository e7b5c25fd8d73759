"""The records of a brief while decisions are worked in, and which of them a decision is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from summarizer.brief import Brief, Participant, Party, Review, Statement
from summarizer.errors import InputError
from summarizer.language.words import fold as folded
from summarizer.review.change import Change
from summarizer.review.decisions import Decision
from summarizer.review.match import Identities, Key, label_of, nearly_stands_on, stands_on
from summarizer.review.outcome import Gone
from summarizer.review.record import (
    Kind,
    Record,
    anchor,
    fingerprint,
    kind_of,
    name_of,
    spans_of,
)
from summarizer.review.words import Words, overlap


@dataclass(eq=False)
class Held:
    """A record of the run, or one put in: as it came, and what is becoming of it."""

    came: Record
    change: Change
    gone: list[Gone] = field(default_factory=list)
    last: Decision | None = None
    is_taken: bool = False
    """Whether decisions on a record of other words found it by its place."""

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return kind_of(self.came)

    @cached_property
    def key(self) -> Key:
        """Its kind and the fingerprint that it came with."""
        return self.kind, fingerprint(self.came)

    @property
    def name(self) -> str:
        """What a message calls it."""
        return "a line" if isinstance(self.came, Statement) else f"{self.kind} {self.came.id}"

    @property
    def record(self) -> Any:
        """The record as it is now, None once it is out."""
        return self.change.record

    def mark(self, one: Decision) -> None:
        """Take note that *one* was worked in."""
        if self.last is None or self.last.seq < one.seq:
            self.last = one

    def finished(self) -> Any:
        """Return the record with what was decided on it, None if it is out."""
        record: Any = self.change.finished()
        if record is None or self.last is None or isinstance(record, Statement):
            return record
        # A record of which a value was rejected is in, and not as it was.
        is_accepted = self.last.action == "accept" or self.last.field is None
        action = "accept" if is_accepted else "correct"
        review = Review(action=action, reviewer=self.last.by, at=self.last.at)
        return record.model_copy(update={"review": review})


class Records:
    """All records, those that are out as well; *decisions* are those that stand on their text."""

    def __init__(self, brief: Brief, words: Words, decisions: Sequence[Decision]) -> None:
        self.warnings: list[str] = []
        self.all: list[Held] = []
        self._words = words
        self._identities = Identities(decisions, words.document.text)
        self._found: dict[Key, Held] = {}
        records: list[Record] = [*brief.actors, *brief.events, *brief.pledges, *brief.summary]
        for record in records:
            self._hold(record)

    def key(self, one: Decision) -> Key:
        """Return what is the same for all decisions on one record, whatever was its fingerprint."""
        found = {each.key for each in self._by_words(one)}
        return found.pop() if len(found) == 1 else self._identities.of(one.kind, one.record)

    def name(self, one: Decision, record: Record) -> None:
        """Take note that *record* is the one that *one* is about."""
        self._identities.join(one.kind, one.record, fingerprint(record))

    def put(self, record: Record, one: Decision) -> Held:
        """Put *record* in, as the one that *one* is about."""
        held = self._found[self.key(one)] = self._hold(record)
        return held

    def change(self, record: Record) -> Change:
        """Return *record* for decisions to be worked in."""
        return Change(record, self._words, self._link)

    def find(self, one: Decision) -> Held | None:
        """Return the record that *one* is about, by its words or else by its place.

        Who adds a record has seen that there is none, whatever else stands on the same words.

        Raises:
            InputError: there are several.
        """
        key = self.key(one)
        found = self._by_words(one)
        if not found and key in self._found:
            return self._found[key]
        if not found and not (one.action == "add" and one.field is None):
            found = self._at_its_place(one)
        if len(found) > 1:
            raise InputError("this run has two such records on the same words")
        if found:
            self._found[key] = found[0]
        return found[0] if found else None

    def near(self, one: Decision) -> str | None:
        """Return the name of a record that may be meant: on its words, and some more or fewer."""
        label = self._label(one)
        for each in self.all:
            is_other = label is not None and name_of(each.came) != label
            if each.record is None or is_other or not self._is_free(each, one):
                continue
            if nearly_stands_on(one.anchor, anchor(each.came)):
                return each.name
        return None

    def placed(self, record: Record, current: Record | None = None) -> Record:
        """Return *record* with the id of *current* or the next one, naming this brief's actors."""
        if isinstance(record, Statement):
            return record
        update: dict[str, Any] = {
            "id": getattr(current, "id", None) or self._next_id(kind_of(record)),
            "review": getattr(current, "review", None),
        }
        for name in ("participants", "supplier", "recipient"):
            parts = getattr(record, name, ())
            known = {spans_of(one): one.actor for one in getattr(current, name, ())}
            linked = (known.get(spans_of(one), self._link(one)) for one in parts)
            if parts:
                update[name] = tuple(
                    one.model_copy(update={"actor": actor})
                    for one, actor in zip(parts, linked, strict=True)
                )
        placed: Record = record.model_copy(update=update)
        return placed

    def _hold(self, record: Record) -> Held:
        held = Held(record, self.change(record))
        self.all.append(held)
        return held

    def _by_words(self, one: Decision) -> list[Held]:
        """Return the records of its fingerprint, else those that corrections give it."""
        own = one.kind, one.record
        root = self._identities.of(*own)
        found = [each for each in self.all if each.key == own]
        return found or [each for each in self.all if self._identities.of(*each.key) == root]

    def _at_its_place(self, one: Decision) -> list[Held]:
        """Return the records whose words overlap with those decided on, one to one."""
        label = self._label(one) if one.field is None and one.action == "reject" else None
        found = [
            each
            for each in self.all
            if self._is_free(each, one)
            and stands_on(one.anchor, anchor(each.came))
            and (label is None or name_of(each.came) == label)
        ]
        if len(found) == 1:
            found[0].is_taken = True
            told = f"what {one.by} decided at {one.at} was worked into {found[0].name} by its place"
            self.warnings.append(f"{told}: the words that name it are not quite the same")
        return found

    def _is_free(self, held: Held, one: Decision) -> bool:
        """Tell whether a record can be meant by place: no decision names it by its words."""
        is_known = held.is_taken or self._identities.knows(*held.key)
        return held.kind == one.kind and not is_known

    def _label(self, one: Decision) -> str | None:
        return label_of(one, self._words.document.text)

    def _next_id(self, kind: Kind) -> str:
        used = [each.came.id for each in self.all if not isinstance(each.came, Statement)]
        numbers = [int(id[1:]) for id in used if id[:1] == kind[0] and _is_number(id[1:])]
        return f"{kind[0]}{max(numbers, default=0) + 1}"

    def _link(self, part: Participant | Party) -> str | None:
        """Return the actor that *part* names: who is cited at its words, else who is so called."""
        actors = [each.record for each in self.all if each.kind == "actor" and each.record]
        over = {one.id for one in actors if overlap(spans_of(one), spans_of(part))}
        if not over:
            called = folded(part.name)
            over = {one.id for one in actors if called in map(folded, (one.name, *one.aliases))}
        return over.pop() if len(over) == 1 else None


def _is_number(digits: str) -> bool:
    return digits.isascii() and digits.isdecimal() and len(digits) < _LONGEST


_LONGEST = 9  # an id may come from another program, and int() refuses thousands of digits
