"""Reading of a sentence -> the happenings it tells of, each with the kinds that its words allow.

The main verb, down through verbs of intent, phase and telling; a verb that says nothing of its own
gives way to the noun it governs ("carried out strikes"). Beside it, deeds with a date or named
sides of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from summarizer.annotations import Argument, Predicate, Reading, Token
from summarizer.language import entries, listed, table
from summarizer.propose.sides import Sides
from summarizer.source import Span

_OPENING = frozenset(("“", "‘", "«", "„"))
_QUOTES = _OPENING | frozenset(('"', "”", "»"))
_DOWN = frozenset(("xcomp", "pcomp", "ccomp"))


@dataclass(frozen=True, slots=True)
class Happening:
    """One happening: ``word`` is the predicate that tells it, ``verb`` the one with its sides.

    ``kinds`` are those that the words allow, the likeliest first; none where no word is known.
    """

    word: Predicate
    verb: Predicate
    kinds: tuple[str, ...]
    sure: bool = True
    who: tuple[Span, ...] = ()
    to_whom: tuple[Span, ...] = ()


def find_happenings(reading: Reading, goods: Sequence[Span] = ()) -> tuple[Happening, ...]:
    """Return what *reading* tells of, its main happening first; *goods* is equipment it names."""
    finder = _Finder(reading, goods)
    main = finder.main()
    if main is None:
        return ()
    return tuple(_with_sides(one, reading) for one in (main, *finder.beside(main)))


def _with_sides(one: Happening, reading: Reading) -> Happening:
    sides = Sides(one.word, one.verb, next(iter(one.kinds), ""), reading)
    return replace(one, who=sides.who(), to_whom=sides.to_whom())


@cache
def _kinds_of(part: str) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {}
    for kind in table("events"):
        for word in entries("events", kind, part):
            known = kinds.setdefault(word.casefold(), [])
            if kind not in known:
                known.append(kind)
    return {word: tuple(known) for word, known in kinds.items()}


class _Finder:
    """Looks through the predicates of one sentence."""

    def __init__(self, reading: Reading, goods: Sequence[Span]) -> None:
        self.reading = reading
        self.goods = goods
        self.by_head = {p.head: p for p in reading.predicates}

    def main(self) -> Happening | None:
        verbs = [p for p in self.reading.predicates if not p.nominal]
        if not verbs:
            nouns = [p for p in self.reading.predicates if self._noun_kinds(p)]
            first = min(nouns, key=lambda p: p.depth, default=None)
            return Happening(first, first, self._noun_kinds(first)) if first else None
        top = next((p for p in verbs if self._token(p).dep == "ROOT"), None)
        found = self._through(top or min(verbs, key=lambda p: p.depth))
        if not found.kinds and self._is_told():
            return Happening(found.word, found.verb, ("statement",), sure=False)
        return found

    def _is_told(self) -> bool:
        """Tell whether the sentence gives somebody's words."""
        speech = listed("grammar", "speech", "verbs")
        return any(p.reported is not None for p in self.reading.predicates) or any(
            (t.lemma in speech and t.dep == "parataxis") or t.text.lower() == "according"
            for t in self.reading.tokens
        )

    def _through(self, verb: Predicate, steps: int = 6) -> Happening:
        """Return what *verb* tells, gone down through what only says how far it is."""
        own = self._verb_kinds(verb)
        below = self._clause_below(verb) if steps else None
        if below is not None and self._only_leads_to(verb, own):
            found = self._through(below, steps - 1)
            if found.kinds:
                return found
        if below is not None and verb.lemma in listed("proposals", "verbs", "tells"):
            found = self._through(below, steps - 1)
            if self._is_deed(found):
                return self._quoted(found) if self._is_quoted(found) else found
        return self._of_noun(verb, own) or Happening(verb, verb, own, self._has_own(verb))

    def _only_leads_to(self, verb: Predicate, own: tuple[str, ...]) -> bool:
        """Tell whether *verb* only says how far its clause is: "plans to", "the deal calls for"."""
        nouns = (self.by_head.get(a.head) for a in verb.of("subject"))
        if any(n and {"proposal", "agreement"} & set(self._noun_kinds(n)) for n in nouns if n):
            return True
        return verb.lemma in listed("proposals", "verbs", "through")

    def _is_deed(self, found: Happening) -> bool:
        deeds = [k for k in found.kinds if k not in _said()]
        return bool(deeds) and found.sure and found.word.realis not in ("hypothetical", "denied")

    def _is_quoted(self, found: Happening) -> bool:
        marks = [t for t in self.reading.tokens[: found.verb.head] if t.text in _QUOTES]
        return bool(marks) and (marks[-1].text in _OPENING or len(marks) % 2 == 1)

    @staticmethod
    def _quoted(found: Happening) -> Happening:
        """Leave it open whether somebody's own words tell what happened, or are only said."""
        kinds = tuple(dict.fromkeys(("statement", *found.kinds)))
        return Happening(found.word, found.verb, kinds, sure=False)

    def _of_noun(self, verb: Predicate, own: tuple[str, ...]) -> Happening | None:
        """Return what the noun tells that *verb* governs, when the verb leaves it to that."""
        noun = self._noun_of(verb)
        if noun is None:
            return None
        kinds = self._noun_kinds(noun)
        if verb.lemma in listed("proposals", "verbs", "makes_known") and own:
            known = tuple(dict.fromkeys((*own, *kinds)))
            return Happening(verb, verb, known, sure=False)
        if noun.head in self._left_to(verb):
            return Happening(noun, verb, kinds)
        if own:
            return None
        mild = tuple(kind for kind in kinds if kind not in _forceful())
        return Happening(noun, verb, mild, sure=False) if mild else None

    def _left_to(self, verb: Predicate) -> set[int]:
        """Return the nouns that a light verb leaves it to: "carry out strikes"."""
        light = listed("proposals", "verbs", "light")
        heads = {a.head for a in verb.of("oblique") if f"{verb.lemma} {a.preposition}" in light}
        if verb.lemma in light:
            heads |= {a.head for a in verb.of("object")} | set(self._inside(verb))
        return heads

    def _inside(self, verb: Predicate) -> Iterator[int]:
        """Yield the nouns behind "of" in the object: "the third round of talks"."""
        for argument in verb.of("object"):
            yield from self._of(argument.head)

    def _of(self, number: int) -> Iterator[int]:
        for preposition in self.reading.children(number):
            if preposition.dep == "prep" and preposition.lemma == "of":
                yield from (t.number for t in self.reading.children(preposition.number))

    def _has_own(self, verb: Predicate) -> bool:
        return bool(self._verb_kinds(verb))

    def beside(self, main: Happening) -> Iterator[Happening]:
        """Yield the other deeds that stand by themselves."""
        taken = {main.word.head, main.verb.head}
        for predicate in self.reading.predicates:
            if predicate.head in taken:
                continue
            found = (
                Happening(predicate, predicate, self._noun_kinds(predicate))
                if predicate.nominal
                else self._through(predicate, 0)
            )
            if found.word.head in taken or not found.kinds or found.kinds[0] in _said():
                continue
            if found.word.realis in ("hypothetical", "denied"):
                continue
            if self._stands_alone(found):
                taken |= {found.word.head, found.verb.head}
                yield found

    def _stands_alone(self, found: Happening) -> bool:
        arguments = (*found.word.arguments, *found.verb.arguments)
        named = {a.head for a in arguments if self._is_named(a)}
        dated = any(self._entity(a.span) & {"DATE", "TIME"} for a in arguments)
        subject = any(a.relation == "subject" and self._is_named(a) for a in arguments)
        if found.word.nominal and found.verb is found.word:
            return subject and (dated or len(named) > 1)
        return (subject and len(named) > 1) or (dated and bool(named))

    def _clause_below(self, verb: Predicate) -> Predicate | None:
        """Return the predicate of the clause that *verb* itself governs."""
        for other in self.reading.predicates:
            if other.governor != verb.head or other.nominal or self._token(other).dep not in _DOWN:
                continue
            head = self.reading.tokens[self._token(other).head]
            if head.number == verb.head or head.dep in ("prep", "acomp"):
                return other
        return None

    def _noun_of(self, verb: Predicate) -> Predicate | None:
        """Return the noun of a happening that *verb* governs, its object before its subject."""
        heads = [
            *(a.head for a in verb.of("object", "dative")),
            *self._inside(verb),
            *(a.head for a in verb.of("subject")),
            *(a.head for a in verb.of("oblique")),
        ]
        nouns = (self.by_head.get(head) for head in heads)
        return next((n for n in nouns if n and n.nominal and self._noun_kinds(n)), None)

    def _verb_kinds(self, verb: Predicate) -> tuple[str, ...]:
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
        yield lemma
        yield lemma.split()[0]

    def _noun_kinds(self, noun: Predicate) -> tuple[str, ...]:
        token = self._token(noun)
        if token.lemma in listed("proposals", "nouns", "light"):
            for number in self._of(token.number):
                inner = self.by_head.get(number)
                if inner and (kinds := self._noun_kinds(inner)):
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
            if kind == "strike" and verb.lemma in ("launch", "fire"):
                return self._has("weapons", verb)
            return True
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
                    "PERSON" in self._entity(a.span)
                    for a in verb.arguments
                    if a.relation != "subject"
                )
            case "organisation":
                return any("ORG" in self._entity(a.span) for a in objects)
            case "contract":
                return self._noun_of(verb) is not None
            case "people":
                return self._has("people", verb) or any(
                    self._entity(a.span) & {"GPE", "ORG", "NORP"} for a in verb.of("object")
                )
            case "place":
                return any(self._is_place(a) for a in verb.of("object", "oblique"))
            case _:
                return not verb.of("object")

    def _is_place(self, argument: Argument) -> bool:
        """Tell whether an argument is a place, also one that the parser knows no label for."""
        labels = self._entity(argument.span)
        unknown = not labels and self.reading.tokens[argument.head].pos == "PROPN"
        return unknown or bool(labels & {"GPE", "LOC", "FAC"})

    def _has(self, words: str, verb: Predicate) -> bool:
        known = listed("proposals", "objects", words)
        return any(
            self.reading.tokens[a.head].lemma in known
            for a in (*verb.of("object", "subject", "dative"), *verb.behind("with"))
        )

    def _is_named(self, argument: Argument) -> bool:
        return bool(self._entity(argument.span) & {"GPE", "ORG", "NORP", "PERSON"})

    def _entity(self, span: Span) -> set[str]:
        return {e.label for e in self.reading.entities if e.start < span.end and span.start < e.end}

    def _token(self, predicate: Predicate) -> Token:
        return self.reading.tokens[predicate.head]


@cache
def _forceful() -> frozenset[str]:
    return listed("proposals", "kinds", "forceful")


@cache
def _said() -> frozenset[str]:
    return listed("proposals", "kinds", "said")
