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
from summarizer.brief import Realis
from summarizer.language import listed
from summarizer.propose.kinds import Kinds
from summarizer.propose.sides import Sides
from summarizer.source import Span

_OPENING = frozenset(("“", "‘", "«", "„"))
_QUOTES = _OPENING | frozenset(('"', "”", "»"))
_DOWN = frozenset(("xcomp", "pcomp", "ccomp"))


@dataclass(frozen=True, slots=True)
class Happening:
    """One happening: ``word`` is the predicate that tells it, ``verb`` the one with its sides.

    ``kinds`` are those that the words allow, the likeliest first; none where no word is known.
    ``named`` is the happening that a verb of saying makes known: "confirmed an attack".
    """

    word: Predicate
    verb: Predicate
    kinds: tuple[str, ...]
    sure: bool = True
    who: tuple[Span, ...] = ()
    to_whom: tuple[Span, ...] = ()
    when: Span | None = None
    where: Span | None = None
    named: Predicate | None = None

    @property
    def realis(self) -> Realis:
        """Whether it is so: a noun is as sure as the verb that tells of it."""
        told_by = self.word.nominal and self.word.realis == "actual"
        return self.verb.realis if told_by else self.word.realis


def find_happenings(reading: Reading, goods: Sequence[Span] = ()) -> tuple[Happening, ...]:
    """Return what *reading* tells of, its main happening first; *goods* is equipment it names."""
    finder = _Finder(reading, goods)
    main = finder.main()
    if main is None:
        return ()
    found = (main, *finder.beside(main))
    return tuple(_with_sides(one, reading, alone=len(found) == 1) for one in found)


def as_named(one: Happening, reading: Reading) -> Happening:
    """Return the happening that *one* only makes known, with its own sides."""
    if one.named is None:
        return one
    return _with_sides(replace(one, word=one.named, verb=one.named), reading, alone=False)


def _with_sides(one: Happening, reading: Reading, *, alone: bool) -> Happening:
    sides = Sides(one.word, one.verb, next(iter(one.kinds), ""), reading)
    return replace(
        one,
        who=sides.who(),
        to_whom=sides.to_whom(),
        when=sides.when(alone=alone),
        where=sides.where(),
    )


def tells_nothing(kind: str, one: Happening, reading: Reading) -> bool:
    """Tell whether *one*, of this kind, is speech that nobody made: no event.

    "Did not respond", "no group claimed it", or a quotation without its speaker.
    """
    if kind not in _said() or kind == "pledge":
        return False
    if one.realis == "denied" or _is_only_quoted(reading):
        return True
    return kind in ("statement", "report") and not one.who


def _is_only_quoted(reading: Reading) -> bool:
    """Tell whether a sentence is nothing but somebody's words, and does not say whose."""
    marks = [t.number for t in reading.tokens if t.text in _QUOTES]
    around = len(marks) == 2 and marks[0] == 0 and marks[1] == len(reading.tokens) - 1
    return around and reading.speech.speaker is None


class _Finder:
    """Looks through the predicates of one sentence."""

    def __init__(self, reading: Reading, goods: Sequence[Span]) -> None:
        self.reading = reading
        self.kinds = Kinds(reading, goods)
        self.by_head = {p.head: p for p in reading.predicates}

    def main(self) -> Happening | None:
        """Return what the main verb tells, or the first noun where there is none."""
        verbs = [p for p in self.reading.predicates if not p.nominal]
        if not verbs:
            nouns = [p for p in self.reading.predicates if self.kinds.of_noun(p)]
            first = min(nouns, key=lambda p: p.depth, default=None)
            return Happening(first, first, self.kinds.of_noun(first)) if first else None
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
        own = self.kinds.of_verb(verb)
        below = self._clause_below(verb) if steps else None
        if below is not None and self._only_leads_to(verb):
            found = self._through(below, steps - 1)
            if found.kinds:
                return found
        if below is not None and verb.lemma in listed("proposals", "verbs", "tells"):
            found = self._through(below, steps - 1)
            if self._is_deed(found):
                return self._quoted(found) if self._is_quoted(found) else found
        return self._of_noun(verb, own) or Happening(verb, verb, own, sure=bool(own))

    def _only_leads_to(self, verb: Predicate) -> bool:
        """Tell whether *verb* only says how far its clause is: "plans to", "the deal calls for"."""
        nouns = (self.by_head.get(a.head) for a in verb.of("subject"))
        if any(n and {"proposal", "agreement"} & set(self.kinds.of_noun(n)) for n in nouns if n):
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
        noun = self.kinds.noun_of(verb)
        if noun is None:
            return None
        kinds = self.kinds.of_noun(noun)
        if verb.lemma in listed("proposals", "verbs", "makes_known") and own:
            known = tuple(dict.fromkeys((*own, *kinds)))
            return Happening(verb, verb, known, sure=False, named=noun)
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
            heads |= {a.head for a in verb.of("object")} | set(self.kinds.inside(verb))
        return heads

    def beside(self, main: Happening) -> Iterator[Happening]:
        """Yield the other deeds that stand by themselves."""
        taken = {main.word.head, main.verb.head}
        for predicate in self.reading.predicates:
            if predicate.head in taken:
                continue
            found = (
                Happening(predicate, predicate, self.kinds.of_noun(predicate))
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
        dated = any(self.kinds.entity(a.span) & {"DATE", "TIME"} for a in arguments)
        doing = listed("proposals", "sides", "doing")
        subject = any(
            (a.relation == "subject" or a.preposition in doing) and self._is_named(a)
            for a in arguments
        )
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

    def _is_named(self, argument: Argument) -> bool:
        return bool(self.kinds.entity(argument.span) & {"GPE", "ORG", "NORP", "PERSON"})

    def _token(self, predicate: Predicate) -> Token:
        return self.reading.tokens[predicate.head]


@cache
def _forceful() -> frozenset[str]:
    return listed("proposals", "kinds", "forceful")


@cache
def _said() -> frozenset[str]:
    return listed("proposals", "kinds", "said")
