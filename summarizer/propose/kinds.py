"""A word of a sentence -> the kinds of happening that it may tell of.

Verbs and nouns are looked up in the lexicon of events, a verb with what hangs on it first ("open
fire"). Most verbs tell of a kind only with an object of the right sort: one leaves a town or a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from summarizer.annotations import Argument, Predicate, Reading
from summarizer.language import entries, listed, table
from summarizer.source import Span


@cache
def _kinds_of(part: str) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {}
    for kind in table("events"):
        for word in entries("events", kind, part):
            known = kinds.setdefault(word.casefold(), [])
            if kind not in known:
                known.append(kind)
    return {word: tuple(known) for word, known in kinds.items()}


class Kinds:
    """What the words of one sentence may tell of; *goods* is equipment that it names."""

    def __init__(self, reading: Reading, goods: Sequence[Span]) -> None:
        self.reading = reading
        self.goods = goods
        self.by_head = {p.head: p for p in reading.predicates}

    def of_verb(self, verb: Predicate) -> tuple[str, ...]:
        """Return the kinds of *verb*, the likeliest first; of speech it is a statement."""
        for phrase in self._phrases(verb):
            if kinds := _kinds_of("verbs").get(phrase):
                return self._fitting(kinds, verb, bare=phrase == verb.lemma)
        return ("statement",) if verb.lemma in listed("grammar", "speech", "verbs") else ()

    def _fitting(self, kinds: tuple[str, ...], verb: Predicate, *, bare: bool) -> tuple[str, ...]:
        """Return those of *kinds* that the verb's object allows."""
        wanted = table("proposals")["with"].get(verb.lemma) if bare else None
        if wanted and not any(self._is(what.strip(), verb) for what in wanted.split(",")):
            return ()
        return tuple(k for k in kinds if self._object_fits(k, verb))

    def _phrases(self, verb: Predicate) -> Iterator[str]:
        """Yield the verb with what hangs on it, the longest first: "call on", "open fire"."""
        lemma, tokens = verb.lemma, self.reading.tokens
        for argument in verb.of("oblique"):
            yield f"{lemma} {argument.preposition} {tokens[argument.head].lemma}"
        for argument in verb.of("object"):
            yield f"{lemma} {tokens[argument.head].lemma}"
        for argument in verb.of("oblique"):
            yield f"{lemma} {argument.preposition}"
        after = tokens[verb.head + 1 : verb.head + 2]
        yield from (f"{lemma} {t.text.lower()}" for t in after if t.pos in ("ADP", "SCONJ", "ADV"))
        yield lemma
        yield lemma.split()[0]

    def of_noun(self, noun: Predicate) -> tuple[str, ...]:
        """Return the kinds of *noun*, or of what it is the start, a round or the end of."""
        token = self.reading.tokens[noun.head]
        if token.lemma in listed("proposals", "nouns", "light"):
            for number in self._of(token.number):
                inner = self.by_head.get(number)
                if inner and (kinds := self.of_noun(inner)):
                    return kinds
        before = self.reading.tokens[token.number - 1] if token.number else None
        if before is not None:
            two = f"{before.text.lower()} {token.lemma}"
            if two in _kinds_of("nouns"):
                return _kinds_of("nouns")[two]
        return _kinds_of("nouns").get(token.lemma, ())

    def _object_fits(self, kind: str, verb: Predicate) -> bool:
        wanted = table("proposals")["objects"].get(kind)
        if wanted is None:
            shoots = kind == "strike" and verb.lemma in listed("proposals", "objects", "shoots")
            return not shoots or self._has("weapons", verb)
        return any(self._is(what.strip(), verb) for what in wanted.split(","))

    def _is(self, what: str, verb: Predicate) -> bool:
        objects = verb.of("object", "dative") or verb.of("subject")
        match what:
            case "goods":
                spans = [
                    a.span for a in (*verb.of("object", "dative", "subject"), *verb.behind("with"))
                ]
                return self._has("aid", verb) or any(
                    g.start < s.end and s.start < g.end for g in self.goods for s in spans
                )
            case "person":
                return any(
                    self._may_be_person(a) for a in verb.arguments if a.relation != "subject"
                )
            case "organisation":
                return any("ORG" in self.entity(a.span) for a in objects)
            case "contract":
                return self.noun_of(verb) is not None
            case "people":
                return self._has("people", verb) or any(
                    self.entity(a.span) & {"GPE", "ORG", "NORP"} for a in verb.of("object")
                )
            case "place":
                return any(self._is_place(a) for a in verb.of("object", "oblique"))
            case _:
                return not verb.of("object")

    def _may_be_person(self, argument: Argument) -> bool:
        """Tell whether an argument is a person, or a name that the parser knows no better."""
        token = self.reading.tokens[argument.head]
        if token.lemma in listed("proposals", "sides", "persons") or token.pos == "PRON":
            return True
        other = self.entity(argument.span) & {"GPE", "LOC", "FAC", "DATE", "TIME"}
        return token.pos == "PROPN" and not other

    def _is_place(self, argument: Argument) -> bool:
        """Tell whether an argument is a place, also one that the parser knows no label for."""
        labels = self.entity(argument.span)
        unknown = not labels and self.reading.tokens[argument.head].pos == "PROPN"
        return unknown or bool(labels & {"GPE", "LOC", "FAC"})

    def _has(self, words: str, verb: Predicate) -> bool:
        known = listed("proposals", "objects", words)
        return any(
            self.reading.tokens[a.head].lemma in known
            for a in (*verb.of("object", "subject", "dative"), *verb.behind("with"))
        )

    def noun_of(self, verb: Predicate) -> Predicate | None:
        """Return the noun of a happening that *verb* governs, its object before its subject."""
        heads = [
            *(a.head for a in verb.of("object", "dative")),
            *self.inside(verb),
            *(a.head for a in verb.of("subject")),
            *(a.head for a in verb.of("oblique")),
        ]
        nouns = (self.by_head.get(head) for head in heads)
        return next((n for n in nouns if n and n.nominal and self.of_noun(n)), None)

    def inside(self, verb: Predicate) -> Iterator[int]:
        """Yield the nouns behind "of" in the object: "the third round of talks"."""
        for argument in verb.of("object"):
            yield from self._of(argument.head)

    def _of(self, number: int) -> Iterator[int]:
        for preposition in self.reading.children(number):
            if preposition.dep == "prep" and preposition.lemma == "of":
                yield from (t.number for t in self.reading.children(preposition.number))

    def entity(self, span: Span) -> set[str]:
        """Return the labels that the parser gives to names within *span*."""
        return {e.label for e in self.reading.entities if e.start < span.end and span.start < e.end}
