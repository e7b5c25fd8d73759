"""Look up the values of one answer in its window: places found, rejections and repairs noted."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from summarizer.brief import Rejection, RejectionKind, RejectionReason
from summarizer.draft import Draft, SentenceId
from summarizer.source import Sentence, Span, Window
from summarizer.validate.locate import Index

Repair = Callable[[Window, str, str, str], str | None]
"""Asks once more: the window, what is wanted, the rejected value, why -> other words, or None."""

LONGEST = 1_000
"""Characters of a value that is asked for again: longer ones are passages, not values."""
_SHOWN = 80  # characters of a value in a detail or warning, which stand beside the value


@dataclass
class Lookup:
    """Finds values in one window; collects what is rejected and what was repaired on the way."""

    window: Window
    index: Index
    repair: Repair | None = None
    default: Sentence | None = None
    rejections: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def sentence(
        self, kind: RejectionKind, number: SentenceId | None, values: Iterable[str | None]
    ) -> Sentence | None:
        """Return the sentence that a claim with these *values* is about.

        That is the one with the id *number* unless another holds two of them or more and it none.
        None when neither the id nor any value leads to a sentence.
        """
        held = self._held(filter(None, values))
        best = max(held, key=lambda s: (held[s], -s.id), default=None)
        named = None if number is None else self.window.sentence(number)
        if number is None:
            return self.default or best
        if named is None:
            last = self.window.sentences[-1].id
            detail = f"the report has no sentence {number}; its last is {last}"
        elif best is None or named in held or held[best] == 1:
            return named
        else:
            detail = f"sentence {number} holds none of the words given, sentence {best.id} does"
        self.reject(kind, "sentence", str(number), "bad_sentence", detail)
        return self.default or best

    def one(
        self, kind: RejectionKind, name: str, value: str | None, sentence: Sentence | None
    ) -> Span | None:
        """Return where *value* stands, near *sentence* if at several places; None if nowhere."""
        if value is None or not value.strip():
            return None
        if found := self._find(value, sentence):
            return found
        detail = f"“{shown(value)}” does not stand in the report"
        if self.repair and len(value) <= LONGEST:
            words = self.repair(self.window, f"{kind}: {name}", value, detail)
            if words and (found := self._find(words, sentence)):
                self.warnings.append(
                    f"{kind} {name}: “{value}” is not in the report; asked again, the model gave "
                    f"“{shown(words)}”"
                )
                return found
        self.reject(kind, name, value, "not_in_source", detail)
        return None

    def many(
        self, kind: RejectionKind, name: str, values: Iterable[str], sentence: Sentence | None
    ) -> tuple[Span, ...]:
        """Return where *values* stand; one that is offered twice counts once."""
        found = (self.one(kind, name, value, sentence) for value in dict.fromkeys(values))
        return tuple(dict.fromkeys(span for span in found if span))

    def reject(
        self,
        kind: RejectionKind,
        name: str,
        value: str,
        reason: RejectionReason,
        detail: str,
    ) -> None:
        """Note that *value* is in no claim."""
        self.rejections.append(
            Rejection(kind=kind, field=name, value=value, quote=value, reason=reason, detail=detail)
        )

    def nowhere(self, kind: RejectionKind, draft: Draft) -> None:
        """Reject all of a *draft* that no sentence of the window can be found for."""
        detail = "neither its sentence nor any of its words is in the report"
        for name, value in draft:
            for one in value if isinstance(value, tuple) else (value,):
                if one and name != "sentence":
                    self.reject(kind, name, str(one), "not_in_source", detail)

    def _find(self, value: str, sentence: Sentence | None) -> Span | None:
        here = sentence and self.index.locate(value, (sentence.start, sentence.end))
        near = sentence.start if sentence else None
        found = here or self.index.locate(value, self._range, near=near)
        return found.span if found else None

    def _held(self, values: Iterable[str]) -> Counter[Sentence]:
        """Return the sentences of the window, each with how many of *values* stand in it."""
        held: Counter[Sentence] = Counter()
        starts = [sentence.start for sentence in self.window.sentences]
        for value in dict.fromkeys(values):
            spans = self.index.locate_all(value, self._range)
            at = {bisect_right(starts, span.start) - 1 for span in spans}
            held.update(self.window.sentences[place] for place in at)
        return held

    @property
    def _range(self) -> tuple[int, int]:
        return self.window.start, self.window.end


def shown(words: str) -> str:
    """Return *words* as they are quoted inside a sentence: cut off when long."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
