"""Arguments of a predicate -> those that may be a side: a name, a people, "the army", "we"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.annotations import Argument, Reading
from summarizer.language import listed
from summarizer.source import Span

_NAMED = frozenset(("GPE", "ORG", "NORP", "PERSON"))
_NOT_NAMED = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "PRODUCT", "CARDINAL", "QUANTITY"))
_DASHES = frozenset(("-", "–", "—", "--"))


class Parties:
    """Who may be a side in one sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._begins = self._behind_dateline()

    def among(self, arguments: Sequence[Argument]) -> Iterator[Span]:
        """Yield the parties among *arguments*, in their order."""
        return (a.span for a in arguments if self.is_party(a))

    def is_party(self, argument: Argument) -> bool:
        """Tell whether *argument* may be a side."""
        token = self.reading.tokens[argument.head]
        labels = {
            e.label for e in self.reading.entities if e.start < token.end and token.start < e.end
        }
        if labels & _NOT_NAMED or token.start < self._begins:
            return False
        if token.pos == "PRON":
            return token.lemma in listed("proposals", "sides", "pronouns")
        if token.lemma in listed("proposals", "sides", "nouns") or self.is_person(argument):
            return True
        return token.pos == "PROPN" or bool(labels & _NAMED)

    def is_person(self, argument: Argument) -> bool:
        """Tell whether *argument* names a person, or somebody by office."""
        token = self.reading.tokens[argument.head]
        if token.lemma in listed("proposals", "sides", "persons"):
            return True
        return any(
            e.label == "PERSON" and e.start < token.end and token.start < e.end
            for e in self.reading.entities
        )

    def _behind_dateline(self) -> int:
        """Return where the sentence itself begins: behind "NAIROBI (Desert News) -"."""
        tokens = self.reading.tokens
        for token in tokens[1:12]:
            if token.text in _DASHES and tokens[0].text.isupper():
                return token.end
        return 0
