"""A happening of a sentence -> who does it, to or with whom, when and where."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.annotations import Argument, PlaceMention, Predicate, Reading, Token
from summarizer.language import listed
from summarizer.propose.parties import Parties
from summarizer.source import Span


class Sides:
    """Finds who takes part in a happening that *word* names, *verb* being over that."""

    def __init__(self, word: Predicate, verb: Predicate, kind: str, reading: Reading) -> None:
        self.reading = reading
        self.word = word
        self.verb = verb
        self.kind = kind
        self.parties = Parties(reading)
        self.by_head = {p.head: p for p in reading.predicates}
        nouns = (self.by_head.get(a.head) for a in verb.of("object"))
        told = [verb, word, *(n for n in nouns if n and n.nominal)]
        told += [n for p in tuple(told) if p.nominal for n in self._inside(p)]
        leading = self._leading()
        self._heads = {p.head for p in (verb, word, *((leading,) if leading else ()))}
        self.arguments = [
            a
            for p in dict.fromkeys(told)
            for a in p.arguments
            if not _is_it(a, p) and not self._is_beside_word(a, p)
        ]

    def _is_beside_word(self, argument: Argument, predicate: Predicate) -> bool:
        """Tell whether an argument only stands in one list with the noun that tells it.

        "It follows talks and attacks": nobody attacked the talks.
        """
        if not self.word.nominal or predicate is self.word or argument.relation != "object":
            return False
        return any(a.head == self.word.head for a in predicate.of("object"))

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
        suffering = [a for a in self.arguments if _suffers(a) and not self._is_beside(a)]
        if self.kind in listed("proposals", "kinds", "forceful"):
            # "A push into Norland": where it goes, and no word of whom it hits.
            places = listed("proposals", "sides", "whither")
            suffering = [a for a in suffering if a.preposition not in places]
        others = self.parties.among(suffering)
        doing = self.who()
        found = dict.fromkeys((*others, *self._spoken_of()))
        return tuple(span for span in found if span not in doing)

    def _is_beside(self, argument: Argument) -> bool:
        """Tell whether an argument only does something meanwhile: "with officials saying"."""
        children = self.reading.children(argument.head)
        return argument.preposition == "with" and any(
            t.dep == "acl" and t.tag == "VBG" for t in children
        )

    def when(self, *, alone: bool) -> Span | None:
        """Return the date that hangs on it; *alone* in its sentence it has the only one there."""
        dates = self.reading.dates
        own = [
            d.span
            for d in dates
            if self.reading.says_when(d.span, (self.word.head,))
            and self.reading.hangs_on(d.span, self._heads)
        ]
        if (
            not own
            and alone
            and len(dates) == 1
            and self.reading.says_when(dates[0].span, (self.word.head,))
        ):
            own = [dates[0].span]
        start = self.verb.words.start
        return min(own, key=lambda span: abs(span.start - start), default=None)

    def where(self) -> Span | None:
        """Return the place that hangs on it and where something is said to happen."""
        spans = (Span(p.start, p.end) for p in self.reading.places if p.located)
        own = next((span for span in spans if self.reading.hangs_on(span, self._heads)), None)
        goals = (Span(p.start, p.end) for p in self.reading.places if self._is_goal(p))
        return own or (next(goals, None) if self.kind == "visit" else None)

    def _is_goal(self, place: PlaceMention) -> bool:
        """Tell whether somebody goes to a place: "led a delegation to Vesby"."""
        head = self.reading.head_of(Span(place.start, place.end))
        if head is None or self.reading.tokens[head.head].text.lower() != "to":
            return False
        return any(t.number == self.verb.head for t in self.reading.above(head.number))

    def _shared(self) -> Iterator[Span]:
        """Yield the subject of the verb that only leads to this one: "committed to sending"."""
        if above := self._leading():
            yield from self.parties.among(above.of("subject"))

    def _leading(self) -> Predicate | None:
        """Return the verb above, if that only leads to this one."""
        leads = listed("proposals", "verbs", "through") | listed("proposals", "verbs", "light")
        above = self.by_head.get(self.verb.governor) if self.verb.governor is not None else None
        return above if above is not None and above.lemma in leads else None

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


def _is_it(argument: Argument, predicate: Predicate) -> bool:
    """Tell whether an argument is only said to be the happening: "it was the worst attack"."""
    copula = predicate.lemma in listed("proposals", "verbs", "copulas")
    return copula and argument.relation == "subject"


def _acts(argument: Argument) -> bool:
    return argument.relation == "subject" or argument.preposition in listed(
        "proposals", "sides", "doing"
    )


def _suffers(argument: Argument) -> bool:
    if _acts(argument):
        return False
    return argument.relation != "oblique" or argument.preposition in listed(
        "proposals", "sides", "towards"
    )


def company(word: Predicate, verb: Predicate, reading: Reading) -> tuple[Token, ...]:
    """Return the words of whoever takes part in a meeting or an accord, with what hangs on them.

    What it was about ("to discuss", "on") does not belong to it.
    """
    sides = listed("proposals", "sides", "doing") | {"with", "of", "from"}
    talks = listed("events", "talks", "nouns") | listed("events", "meeting", "nouns")
    heads = {
        a.head
        for predicate in (word, verb)
        for a in predicate.arguments
        if a.relation != "oblique"
        or a.preposition in sides
        or reading.tokens[a.head].lemma in talks
    }
    heads.add(word.head)
    taken: list[Token] = []
    inner = {t.head for t in reading.tokens if t.lemma in talks}  # "for talks with Y"
    for token in reading.tokens:
        chain = list(reading.above(token.number))
        under = next((at for at, t in enumerate(chain) if t.number in heads), None)
        if under is not None and not any(
            _is_topic(t) and t.number not in inner for t in chain[:under]
        ):
            taken.append(token)
    return tuple(taken)


def _is_topic(token: Token) -> bool:
    if token.dep == "advcl":
        return token.tag != "VBN"  # "led by X, the delegation met Y"
    topical = listed("proposals", "sides", "about")
    return token.dep in ("xcomp", "ccomp") or (token.dep == "prep" and token.lemma in topical)
