"""The pipeline's rules about words, each tried once: a fifth of a parse's time went there.

spaCy's attribute ruler tries every rule at every word of every sentence. Nearly all of its rules
are about one word by itself, and name either the word or its grammar: what they say of it is the
same wherever it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from spacy.matcher import Matcher

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

_Pattern = list[dict[str, Any]]
_TOLD: list[int | str] = ["LOWER", "TAG", "DEP", "IS_SPACE"]
"""What a rule about a word by itself may ask for."""


class Matches:
    """The rules of *ruler* that hold in a document, as its own ``match`` returns them."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._strings = ruler.vocab.strings
        self._alone, self._others = Matcher(ruler.vocab), Matcher(ruler.vocab)
        self._named: set[int] = set()
        self._known: dict[tuple[int, ...], list[int]] = {}  # as many as named words and grammar
        for number, rule in enumerate(ruler.patterns):
            for pattern in cast("list[_Pattern]", rule["patterns"]):
                words = _named(pattern)
                (self._others if words is None else self._alone).add(str(number), [pattern])
                self._named.update(self._strings[word] for word in words or ())

    def __call__(self, doc: Doc) -> list[tuple[int, int, int, int]]:
        """Return number and name of each rule and where it begins and ends; in their order."""
        found = self._others(doc, allow_missing=True)
        for at, (word, *grammar) in enumerate(doc.to_array(_TOLD).tolist()):
            told = (word if word in self._named else 0, *grammar)
            if told not in self._known:
                rules = self._alone(doc[at : at + 1], allow_missing=True)
                self._known[told] = [name for name, _, _ in rules]
            found += [(name, at, at + 1) for name in self._known[told]]
        return sorted((int(self._strings[name]), name, at, end) for name, at, end in found)


def _named(pattern: _Pattern) -> list[str] | None:
    """Return the words that a rule about one word names; None when it is another kind of rule."""
    if len(pattern) > 1 or not pattern[0].keys() <= set(_TOLD):
        return None
    word = pattern[0].get("LOWER", {"IN": []})
    if isinstance(word, str):
        return [word]
    return list(word["IN"]) if word.keys() == {"IN"} else None
