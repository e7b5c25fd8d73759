"""Arguments of a predicate -> those that may be a side: a name, a people, "the army", "we"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.annotations import Argument, Reading, Token
from summarizer.language import listed
from summarizer.source import Span

_NAMED = frozenset(("GPE", "ORG", "NORP", "PERSON"))
_NOT_NAMED = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "PRODUCT", "CARDINAL", "QUANTITY"))


def phrase(token: Token, reading: Reading) -> Span:
    """Return the name around its main word *token*."""
    parts = [
        t
        for t in reading.children(token.number)
        if t.dep in ("compound", "nmod", "amod", "poss", "det", "nummod")
    ]
    inside = [token, *parts]
    return Span(min(t.start for t in inside), max(t.end for t in inside))


class Parties:
    """Who may be a side in one sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._first = reading.first

    def among(self, arguments: Sequence[Argument]) -> Iterator[Span]:
        """Yield the parties among *arguments*, in their order."""
        for argument in arguments:
            if self.is_party(argument):
                yield self.bare(argument.span)
            else:
                yield from self._named_within(argument)

    def bare(self, span: Span) -> Span:
        """Return *span* without the mark of possession at its end: "Norland’s"."""
        last = self.reading.at(span)[-1:]
        if last and last[0].tag == "POS" and last[0].start > span.start:
            return Span(span.start, last[0].start)
        return span

    def _named_within(self, argument: Argument) -> Iterator[Span]:
        """Yield who is named by what hangs on a noun: "members of X", "a gang, X"."""
        reading = self.reading
        groups = listed("proposals", "sides", "groups")
        group = reading.tokens[argument.head].lemma in groups
        for child in reading.children(argument.head):
            if child.dep == "appos":
                inner = [child]
            elif child.dep == "prep" and child.lemma == "of" and group:
                inner = [t for t in reading.children(child.number) if t.dep == "pobj"]
            else:
                continue
            for token in inner:
                found = Argument("oblique", "of", phrase(token, reading), token.number)
                if self.is_party(found):
                    yield self.bare(found.span)

    def is_party(self, argument: Argument) -> bool:
        """Tell whether *argument* may be a side."""
        token = self.reading.tokens[argument.head]
        labels = {
            e.label for e in self.reading.entities if e.start < token.end and token.start < e.end
        }
        if labels & _NOT_NAMED or token.number < self._first:
            return False
        if token.pos == "PRON":
            return token.lemma in listed("proposals", "sides", "pronouns")
        if token.lemma in listed("proposals", "sides", "nouns") or self.is_person(argument):
            return True
        return token.pos == "PROPN" or bool(labels & _NAMED)

    def is_named(self, argument: Argument) -> bool:
        """Tell whether *argument* is a name, and no pronoun or description."""
        return self.reading.tokens[argument.head].pos == "PROPN"

    def is_person(self, argument: Argument) -> bool:
        """Tell whether *argument* names a person, or somebody by office."""
        token = self.reading.tokens[argument.head]
        if token.lemma in listed("proposals", "sides", "persons"):
            return True
        return any(
            e.label == "PERSON" and e.start < token.end and token.start < e.end
            for e in self.reading.entities
        )
