"""A happening of a sentence -> who does it, and to or with whom."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.annotations import Argument, Predicate, Reading
from summarizer.language import listed
from summarizer.propose.parties import Parties
from summarizer.source import Span

_DOING = ("by", "between", "among")
_TOWARDS = frozenset(("with", "to", "against", "at", "from", "on", "of", "for", "into"))


class Sides:
    """Finds who takes part in a happening that *word* names, *verb* being over that."""

    def __init__(self, word: Predicate, verb: Predicate, kind: str, reading: Reading) -> None:
        self.reading = reading
        self.verb = verb
        self.kind = kind
        self.parties = Parties(reading)
        self.by_head = {p.head: p for p in reading.predicates}
        nouns = (self.by_head.get(a.head) for a in verb.of("object"))
        told = [verb, word, *(n for n in nouns if n and n.nominal)]
        told += [n for p in tuple(told) if p.nominal for n in self._inside(p)]
        self.arguments = [a for p in dict.fromkeys(told) for a in p.arguments]

    def _inside(self, noun: Predicate) -> Iterator[Predicate]:
        """Yield the happenings behind "of": "the signing of a memorandum between X and Y"."""
        for argument in noun.behind("of"):
            if inner := self.by_head.get(argument.head):
                yield inner

    def who(self) -> tuple[Span, ...]:
        """Return who does it: its subject, one shared with a verb above, else who says it."""
        own = self.parties.among([a for a in self.arguments if _acts(a)])
        return tuple(dict.fromkeys(own)) or tuple(self._shared()) or tuple(self._speaker())

    def to_whom(self) -> tuple[Span, ...]:
        """Return whom it is done to or with; of words, whom they are about."""
        others = self.parties.among([a for a in self.arguments if _suffers(a)])
        doing = self.who()
        found = dict.fromkeys((*others, *self._spoken_of()))
        return tuple(span for span in found if span not in doing)

    def _shared(self) -> Iterator[Span]:
        """Yield the subject of the verb that only leads to this one: "committed to sending"."""
        leads = listed("proposals", "verbs", "through") | listed("proposals", "verbs", "light")
        above = self.by_head.get(self.verb.governor) if self.verb.governor is not None else None
        if above is not None and above.lemma in leads:
            yield from self.parties.among(above.of("subject"))

    def _speaker(self) -> Iterator[Span]:
        if self.kind in listed("proposals", "kinds", "said") and self.reading.speech.speaker:
            yield self.reading.speech.speaker

    def _spoken_of(self) -> Iterator[Span]:
        """Yield those whom a statement, a warning or a request names as doing something."""
        if self.kind in listed("proposals", "kinds", "addressed"):
            for below in self.reading.predicates:
                if below.governor == self.verb.head and not below.nominal:
                    subjects = below.of("subject")
                    yield from self.parties.among([a for a in subjects if self.parties.is_named(a)])


def _acts(argument: Argument) -> bool:
    return argument.relation == "subject" or argument.preposition in _DOING


def _suffers(argument: Argument) -> bool:
    if _acts(argument):
        return False
    return argument.relation != "oblique" or argument.preposition in _TOWARDS
