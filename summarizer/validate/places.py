"""Find where every value of an answer stands, whatever its draft type.

The type's own fields lead: a ``Verbatim`` value is looked up in the sentences that its record
names, the first of them before the others, then in the window nearest to the first. Nothing is
decided here about what falls with a value that stands nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from summarizer.brief import RejectionReason
from summarizer.draft.shape import Listing, Maybe, Part, Row, SentenceNumber, Shape, Words, shape_of
from summarizer.source import Sentence, Span, Window
from summarizer.validate.allot import Mention, allot
from summarizer.validate.locate import Index

Repair = Callable[[Window, str, str, str], str | None]
"""Asks once more: the window, what is wanted, the rejected value, why -> other words, or None."""

LONGEST = 1_000
"""Characters of a value that is asked for again: longer ones are passages, not values."""
_SHOWN = 80  # characters of a value in a detail or warning, which stand beside the value
_MOST = 1_000  # places of a value that are weighed against each other; no name has as many
_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a value has no place."""

    value: str
    reason: RejectionReason
    detail: str


@dataclass
class Places:
    """Where the values of one answer stand, and why others do not; all by path: ``a[0].b``.

    ``sentences`` are those that a record is about, the main one first, by the record's path. A
    sentence number is among ``refusals`` too when the record's words stand in another sentence.
    """

    spans: dict[str, Span] = field(default_factory=dict)
    refusals: dict[str, Refusal] = field(default_factory=dict)
    sentences: dict[str, tuple[Sentence, ...]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


@dataclass
class _Record:
    """One object of an answer, with the values that are its own and not those of an inner one."""

    path: str
    above: _Record | None
    tells_sentence: bool
    numbers: list[tuple[str, int]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)


def find_places(
    draft: BaseModel,
    window: Window,
    index: Index,
    repair: Repair | None = None,
    default: Sentence | None = None,
) -> Places:
    """Return where the values of *draft* stand in *window*; *index* is that of the whole text.

    *default* is the sentence of a record that names none. Blank values and those that the model
    did not set are not looked for.
    """
    return _Search(window, index, repair, default).places(draft)


def shown(words: str) -> str:
    """Return *words* as they are quoted inside a sentence: cut off when long."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def joined(path: str, step: str) -> str:
    """Return *path* with one more *step*: a field's name, or an index in brackets."""
    return f"{path}.{step}" if path and step and not step.startswith("[") else path + step


def is_given(row: BaseModel, part: Part) -> bool:
    """Tell whether the model gave this part of *row*: a default is none of its words."""
    return part.required or (part.name in row.model_fields_set and getattr(row, part.name) != "")


class _Search:
    def __init__(
        self, window: Window, index: Index, repair: Repair | None, default: Sentence | None
    ) -> None:
        self._window = window
        self._index = index
        self._repair = repair
        self._default = default
        self._starts = [sentence.start for sentence in window.sentences]
        self._bounds = window.start, window.end
        self._by_id = {sentence.id: sentence for sentence in reversed(window.sentences)}
        self._places = Places()
        self._records: list[_Record] = []
        self._owners: dict[str, _Record] = {}

    def places(self, draft: BaseModel) -> Places:
        self._walk(draft, shape_of(type(draft)), "", _Record("", None, tells_sentence=False))
        for record in self._records:
            self._places.sentences[record.path] = self._about(record)
        mentions = [self._mention(path, record) for path, record in self._owners.items()]
        self._places.spans = allot(mentions, self._index.text)
        for record in self._records:
            self._follow_words(record)
        return self._places

    def _walk(self, value: Any, shape: Shape, path: str, record: _Record) -> None:
        """Note the records of *value*, outer before inner, and their values in order."""
        match shape:
            case Words() if value.strip():
                record.values[path] = value
                self._owners[path] = record
            case SentenceNumber():
                record.numbers.append((path, value))
            case Maybe(item) if value is not None:
                self._walk(value, item, path, record)
            case Listing(item):
                for at, one in enumerate(value):
                    self._walk(one, item, f"{path}[{at}]", record)
            case Row(_, parts):
                inner = _Record(path, record, any(part.tells_sentence for part in parts))
                self._records.append(inner)
                for part in parts:
                    if is_given(value, part):
                        value_of = getattr(value, part.name)
                        self._walk(value_of, part.shape, joined(path, part.name), inner)
            case _:
                pass

    def _about(self, record: _Record) -> tuple[Sentence, ...]:
        """Return the sentences that *record* names, put right when its words stand elsewhere."""
        if not record.tells_sentence:
            above = record.above and self._places.sentences.get(record.above.path)
            return above or ()
        named = tuple(dict.fromkeys(self._named(record)))
        if not named:
            return (self._default,) if self._default else ()
        values = set(record.values.values())
        if self._stands_in(named, values) or not (held := self._held(values)):
            return named
        best = self._by_id[max(held, key=lambda number: (held[number], -number))]
        # "They agreed on it." names nobody: two names from before it make its number no mistake.
        if held[best.id] < (3 if best.id < named[0].id else 2):
            return named
        path, number = next(p for p in record.numbers if p[1] == named[0].id)
        detail = f"sentence {number} holds none of the words given, sentence {best.id} does"
        self._places.refusals[path] = Refusal(str(number), "bad_sentence", detail)
        return (self._default or best, *named[1:])

    def _named(self, record: _Record) -> Iterator[Sentence]:
        last = self._window.sentences[-1].id
        for path, number in record.numbers:
            if sentence := self._by_id.get(number):
                yield sentence
            else:
                detail = f"the text has no sentence {number}; its last is {last}"
                self._places.refusals[path] = Refusal(str(number), "bad_sentence", detail)

    def _stands_in(self, sentences: Sequence[Sentence], values: set[str]) -> bool:
        """Tell whether one of *values* stands in one of *sentences*, as nearly always one does."""
        spans = (span for value in values for span in self._all(value))
        return any(self._sentence_at(span) in sentences for span in spans)

    def _held(self, values: set[str]) -> Counter[int]:
        """Return the sentences of the window, by id, with how many of *values* stand in each."""
        held: Counter[int] = Counter()
        for value in values:
            held.update({self._sentence_at(span).id for span in self._all(value)})
        return held

    def _mention(self, path: str, record: _Record) -> Mention:
        value, sentences = record.values[path], self._places.sentences[record.path]
        spans = self._spans(value, sentences) or self._again(path, value, sentences)
        return Mention(path, _INDEX.sub("", path), record.path, spans)

    def _again(self, path: str, value: str, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
        """Return the places of what the model gives for *value* when asked again, if any."""
        detail = f"“{shown(value)}” does not stand in the text"
        if self._repair and len(value) <= LONGEST:
            words = self._repair(self._window, path, value, detail)
            if words and (spans := self._spans(words, sentences)):
                self._places.warnings.append(
                    f"{path}: “{value}” is not in the text; asked again, the model gave "
                    f"“{shown(words)}”"
                )
                return spans
        self._places.refusals[path] = Refusal(value, "not_in_source", detail)
        return ()

    def _spans(self, words: str, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
        """Return the places that come into question for *words* of a record about *sentences*."""
        for sentence in sentences:
            if spans := self._inside(words, sentence):
                return spans
        spans = self._all(words)
        if spans and sentences:
            return (min(spans, key=lambda span: abs(span.start - sentences[0].start)),)
        return spans[:_MOST]

    def _all(self, words: str) -> tuple[Span, ...]:
        return self._index.locate_all(words, self._bounds)

    def _inside(self, words: str, sentence: Sentence) -> tuple[Span, ...]:
        """Return the places of *words* in *sentence*.

        Those of the window's strictest class are of the sentence's strictest too; only where it
        has none of them may it have some of a more lenient one.
        """
        spans = self._all(words)
        held = (s for s in spans if sentence.start <= s.start and s.end <= sentence.end)
        if inside := tuple(held):
            return inside
        return self._index.locate_all(words, (sentence.start, sentence.end)) if spans else ()

    def _follow_words(self, record: _Record) -> None:
        """Let a record that names no sentence be about that in which most of its words stand."""
        if not record.tells_sentence or self._places.sentences[record.path]:
            return
        spans = filter(None, map(self._places.spans.get, record.values))
        held = Counter(self._sentence_at(span).id for span in spans)
        if held:
            best = max(held, key=lambda number: (held[number], -number))
            self._places.sentences[record.path] = (self._by_id[best],)

    def _sentence_at(self, span: Span) -> Sentence:
        return self._window.sentences[bisect_right(self._starts, span.start) - 1]
