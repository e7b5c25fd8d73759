"""Readings of a passage -> the supplies of equipment it may tell of: goods, and who gives to whom.

Goods that no word of giving, getting, asking or trading governs are no supply: weapons are fired,
shown and lost as well. Sides are the word's own arguments, else those of the words above it. How
far the supply has come is what the words above it allow, and no further than the grammar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from summarizer.annotations import Annotations, Argument, Predicate, Reading, Token
from summarizer.brief import LADDER, PledgeStatus
from summarizer.language import listed, table
from summarizer.propose.parties import Parties, phrase
from summarizer.source import Sentence, Span, passages

SENSES = ("gives", "gets", "asks", "trades")
UNDONE: tuple[PledgeStatus, ...] = ("denied", "cancelled", "suspended")
RUNGS = (*UNDONE, *LADDER)
"""Statuses from the least to the most; the first three undo what was further."""
REACH = 3
"""Sentences back in which a sentence that goes on about a supply finds it."""
STEM = 5
"""Letters by which a country's name and adjective are known for one."""


@dataclass(frozen=True, slots=True)
class Supply:
    """Goods on their way from one side to another, as the grammar proposes it.

    ``loose`` are parties of the words above that may be either side.
    """

    sentence: Sentence
    items: tuple[Span, ...]
    word: Predicate
    supplier: Span | None = None
    recipient: Span | None = None
    loose: tuple[Span, ...] = ()
    status: PledgeStatus | None = None
    more: tuple[Sentence, ...] = ()
    """Sentences that told of it in outline before, or go on about it behind."""


def find_supplies(
    annotations: Annotations, goods: Mapping[int, Sequence[Span]]
) -> tuple[Supply, ...]:
    """Return the supplies of a document; *goods* is equipment by the id of its sentence."""
    found: list[Supply] = []
    aided: Span | None = None
    for run in passages(annotations.sentences):
        finder = _Finder(annotations.of(run[0]))
        own = finder.supplies(goods.get(run[0].id, ()))
        listed_goods = tuple(span for line in run[1:] for span in goods.get(line.id, ()))
        if listed_goods:
            own = _with_list(own, listed_goods, finder)
        aided = finder.aided() or aided
        for one in own:
            whole = _to_aided(_going_on(one, found, annotations), aided, annotations)
            if found and _is_outline(found[-1], whole, annotations):
                found[-1] = _filled_in(found[-1], whole)
            elif not any(_is_retold(whole, other, annotations) for other in found):
                found.append(whole)
    return tuple(_with_what_follows(one, found, annotations) for one in found)


def _with_what_follows(one: Supply, found: Sequence[Supply], annotations: Annotations) -> Supply:
    """Add the sentences behind *one* that go on about its goods: "The equipment will ..."."""
    taken = {other.sentence.id for other in found}
    more: list[Sentence] = []
    last = max(r.sentence.id for r in annotations.readings)
    for number in range(one.sentence.id + 1, min(last, one.sentence.id + REACH) + 1):
        reading = annotations.of(number)
        if number in taken or not _goes_on(reading):
            break
        more.append(reading.sentence)
    return replace(one, more=(*one.more, *more))


def _goes_on(reading: Reading) -> bool:
    """Tell whether the subject of a sentence is goods or a package told of before."""
    subject = next((t for t in reading.tokens if t.dep in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.lemma not in listed("proposals", "goes_on", "nouns"):
        general = any(g.general and subject and g.head == subject.number for g in reading.goods)
        if not general:
            return False
    known = listed("proposals", "goes_on", "known")
    return subject is not None and any(
        t.lemma in known for t in reading.children(subject.number) if t.dep in ("det", "poss")
    )


def _to_aided(one: Supply, aided: Span | None, annotations: Annotations) -> Supply:
    """Let the side that the report said is aided be the recipient, when none is named."""
    same = aided and one.supplier and annotations.words(aided) == annotations.words(one.supplier)
    return one if one.recipient or not aided or same else replace(one, recipient=aided)


def _is_outline(one: Supply, other: Supply, annotations: Annotations) -> bool:
    """Tell whether *one* only says "military equipment" where *other* goes on to name the kinds."""
    if other.sentence.id - one.sentence.id > REACH or one.status != other.status:
        return False
    if _differ(one.supplier, other.supplier, annotations) or _differ(
        one.recipient, other.recipient, annotations
    ):
        return False
    return _are_general(one, annotations) and not _are_general(other, annotations)


def _are_general(one: Supply, annotations: Annotations) -> bool:
    general = {g.span for g in annotations.of(one.sentence).goods if g.general}
    return all(span in general for span in one.items)


def _filled_in(one: Supply, other: Supply) -> Supply:
    """Return *other* with the sides that only *one* names."""
    return replace(
        other,
        supplier=other.supplier or one.supplier,
        recipient=other.recipient or one.recipient,
        more=(*one.more, one.sentence, *other.more),
    )


def _is_retold(one: Supply, other: Supply, annotations: Annotations) -> bool:
    """Tell whether *one* only names again, without a number, what *other* supplies."""
    if not 0 <= one.sentence.id - other.sentence.id <= REACH:
        return False
    if _differ(one.supplier, other.supplier, annotations) or _differ(
        one.recipient, other.recipient, annotations
    ):
        return False
    told = [annotations.words(span).casefold() for span in other.items]
    reading = annotations.of(one.sentence)
    again = [(span, annotations.words(span).casefold()) for span in one.items]
    return all(
        any(name in known or name.split()[-1] == known.split()[-1] for known in told)
        and not any(t.pos == "NUM" for t in reading.at(span))
        for span, name in again
    )


def _differ(one: Span | None, other: Span | None, annotations: Annotations) -> bool:
    """Tell whether two sides are both named, and otherwise: "it" may be anybody."""
    if one is None or other is None:
        return False
    stems = [_stems(annotations.words(span)) for span in (one, other)]
    return all(stems) and not stems[0] & stems[1]


def _stems(name: str) -> set[str]:
    """Return what a name shares with its adjective: "Qatar", "the Qatari forces"."""
    return {word[:STEM] for word in name.casefold().split() if len(word) >= STEM - 1}


def _with_list(own: list[Supply], goods: tuple[Span, ...], finder: _Finder) -> list[Supply]:
    """Add the goods of a list to the supply that its first sentence introduces."""
    if own:
        return [*own[:-1], replace(own[-1], items=(*own[-1].items, *goods))]
    word = finder.introduction()
    return [finder.supply(word, goods)] if word else []


def _going_on(one: Supply, before: Sequence[Supply], annotations: Annotations) -> Supply:
    """Give *one* the sides of the supply before it, when it only goes on about that."""
    near = [s for s in before if one.sentence.id - s.sentence.id <= REACH]
    first = next(iter(annotations.of(one.sentence).at(one.items[0])), None)
    known = first is not None and first.tag in ("DT", "PRP$") and first.lemma != "a"
    named = known or one.word.lemma in listed("proposals", "goes_on", "nouns")
    if not near or not named or one.supplier or one.recipient or one.loose:
        return one
    last = near[-1]
    return replace(
        one,
        supplier=last.supplier,
        recipient=last.recipient,
        loose=one.loose or last.loose,
        status=one.status or last.status,
    )


class _Finder:
    """Looks for the words of supply in one sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.by_head = {p.head: p for p in reading.predicates}
        self.parties = Parties(reading)

    def supplies(self, goods: Sequence[Span]) -> list[Supply]:
        """Return one supply for each word that governs some of *goods*."""
        by_word: dict[int, list[Span]] = {}
        last: tuple[Span, Predicate] | None = None
        for span in sorted(goods, key=lambda g: g.start):
            word = self._word_over(span)
            if last and (self._listed(last[0], span) or (word is None and self._is_stray(span))):
                word = last[1]
            if word:
                by_word.setdefault(word.head, []).append(span)
                last = span, word
        return [self.supply(self.by_head[head], spans) for head, spans in by_word.items()]

    def supply(self, word: Predicate, goods: Sequence[Span]) -> Supply:
        supplier, recipient = self._sides(word, goods)
        loose = () if supplier and recipient else tuple(self._loose(word, goods))
        return Supply(
            self.reading.sentence,
            tuple(goods),
            word,
            supplier,
            recipient,
            tuple(s for s in dict.fromkeys(loose) if s not in (supplier, recipient)),
            self._status(word),
        )

    def _listed(self, one: Span, other: Span) -> bool:
        """Tell whether *other* goes on with a list after *one*, whatever the parse makes of it."""
        between = [t for t in self.tokens if one.end <= t.start < other.start]
        joined = any(t.text in (",", ";") or t.pos == "CCONJ" for t in between)
        amounts = listed("proposals", "goes_on", "amounts")
        return joined and all(
            t.pos in ("PUNCT", "CCONJ", "DET", "ADJ", "NUM", "ADV", "SYM")
            or t.tag in ("VBN", "VBD")
            or t.lemma in amounts
            for t in between
        )

    def _is_stray(self, goods: Span) -> bool:
        """Tell whether the parse joins *goods* to a verb like a verb: a list gone astray."""
        head = self.reading.head_of(goods)
        return head is not None and any(
            t.dep == "conj"
            and t.pos in ("NOUN", "NUM", "PROPN")
            and self.tokens[t.head].pos == "VERB"
            for t in self.reading.above(head.number)
        )

    def aided(self) -> Span | None:
        """Return the side that aid is said to be for: "a package of support for Ukraine"."""
        nouns = listed("proposals", "aids", "nouns")
        heads = (t.number for t in self.tokens if t.pos == "NOUN" and t.lemma in nouns)
        return next((s for h in heads if (s := self._behind(h, "to", "for"))), None)

    def _behind(self, number: int, *prepositions: str) -> Span | None:
        """Return the party behind a preposition that hangs on token *number*."""
        for preposition in self.reading.children(number):
            if preposition.dep != "prep" or preposition.lemma not in prepositions:
                continue
            for child in self.reading.children(preposition.number):
                span = phrase(child, self.reading)
                argument = Argument("oblique", preposition.lemma, span, child.number)
                if child.dep == "pobj" and self.parties.is_party(argument):
                    return argument.span
        return None

    def introduction(self) -> Predicate | None:
        """Return the word of supply that a list hangs on: "the package includes:"."""
        words = [p for p in self.reading.predicates if self._sense(p)]
        return min(words, key=lambda p: p.depth, default=None)

    def _word_over(self, goods: Span) -> Predicate | None:
        """Return the word of supply that governs *goods*: the nearest above, or in their clause."""
        head = self.reading.head_of(goods)
        if head is None:
            return None
        above = list(self._above(head, goods))
        found = next((p for p in above if self._sense(p) in SENSES[:3]), None)
        found = found or next((n for p in above if (n := self._which_includes(p))), None)
        if found is None:
            found = next((p for p in self._in_clause_of(goods) if self._sense(p)), None)
        return found or next((p for p in above if self._sense(p)), None)

    def _which_includes(self, verb: Predicate) -> Predicate | None:
        """Return the supply that *verb* tells the contents of: "the shipments include tanks"."""
        if verb.lemma not in listed("proposals", "goes_on", "verbs"):
            return None
        nouns = (self.by_head.get(a.head) for a in verb.of("subject"))
        return next((n for n in nouns if n and self._sense(n)), None)

    def _above(self, head: Token, goods: Span) -> Iterator[Predicate]:
        """Yield the predicates that *head* hangs on, as far as its own clause goes."""
        for token in self.reading.above(head.number):
            predicate = self.by_head.get(token.number)
            if predicate is None or goods.start <= token.start < goods.end:
                continue
            yield predicate
            if predicate.nominal:
                continue
            if token.dep == "conj" or not self._leads_on(predicate):
                return

    def _leads_on(self, verb: Predicate) -> bool:
        token = self.tokens[verb.head]
        if verb.lemma in listed("proposals", "goes_on", "verbs"):
            return True
        return token.dep in ("xcomp", "pcomp") or verb.lemma in listed(
            "proposals", "verbs", "light"
        )

    def _in_clause_of(self, goods: Span) -> Iterator[Predicate]:
        """Yield the predicates that have *goods* among what they are about."""
        carry = listed("proposals", "goes_on", "prepositions")
        for predicate in sorted(self.reading.predicates, key=lambda p: -p.depth):
            about = (
                a for a in predicate.arguments if a.relation != "oblique" or a.preposition in carry
            )
            if any(_meet(a.span, goods) for a in about):
                yield predicate

    def _sense(self, predicate: Predicate) -> str | None:
        part = "nouns" if predicate.nominal else "verbs"
        for name in self._names(predicate):
            for sense in SENSES:
                if name in listed("proposals", sense, part):
                    return None if sense == "asks" and self._of_plan(predicate) else sense
        return None

    def _names(self, predicate: Predicate) -> tuple[str, ...]:
        """Return the names under which a word may be listed: "set aside" before "set"."""
        lemma, after = predicate.lemma, self.tokens[predicate.head + 1 : predicate.head + 2]
        return tuple(
            dict.fromkeys((*(f"{lemma} {t.text.lower()}" for t in after), lemma, lemma.split()[0]))
        )

    def _of_plan(self, predicate: Predicate) -> PledgeStatus | None:
        """Return what a plan or deal is that "calls for" a supply."""
        subjects = (self.by_head.get(a.head) for a in predicate.of("subject"))
        return next((s for n in subjects if n and n.nominal and (s := _of_word(n.lemma))), None)

    def _sides(self, word: Predicate, goods: Sequence[Span]) -> tuple[Span | None, Span | None]:
        supplier, recipient = self._own_sides(word, goods)
        if self._by_either(word, goods):
            supplier = None
        one, two = self._behind_goods(goods)
        supplier, recipient = supplier or one, recipient or two
        if not supplier and self._sense(word) == "gives" and not self._by_either(word, goods):
            supplier = self._who_intends(word, goods)
        if not recipient and self._sense(word) == "gives" and not word.nominal:
            recipient = self._before_goods(goods)
        if not recipient and self._sense(word) == "asks":
            recipient = self._who_intends(word, goods)
        for other in (*self._governors(word), *self._below(word)):
            one, two = self._own_sides(other, goods)
            supplier = supplier or (one if one != recipient else None)
            recipient = recipient or (two if two != supplier else None)
        return supplier, recipient

    def _by_either(self, word: Predicate, goods: Sequence[Span]) -> bool:
        """Tell whether a deal of two leaves open who gives: "signed a deal with Y to supply"."""
        if self._sense(word) != "gives" or word.nominal or word.governor is None:
            return False
        above = self.by_head.get(word.governor)
        if above is None or self.tokens[word.head].dep not in ("acl", "advcl", "xcomp"):
            return False
        deals = [above, *(n for a in above.of("object") if (n := self.by_head.get(a.head)))]
        if not any(self._sense(deal) == "trades" for deal in deals):
            return False
        return any(self._party(deal.behind("with"), goods) for deal in deals)

    def _who_intends(self, word: Predicate, goods: Sequence[Span]) -> Span | None:
        """Return the subject of the verb above: "X intends to send", "X made a request"."""
        above = self.by_head.get(word.governor) if word.governor is not None else None
        leads = listed("proposals", "verbs", "light" if word.nominal else "through")
        if (
            above is None
            or above.lemma not in leads
            or (word.nominal and self._sense(word) != "asks")
        ):
            return None
        return self._party(above.of("subject"), goods)

    def _own_sides(self, word: Predicate, goods: Sequence[Span]) -> tuple[Span | None, Span | None]:
        subject = self._party(word.of("subject"), goods)
        to = self._party((*word.of("dative"), *word.behind("to", "for")), goods)
        source = self._party(word.behind("from", "by"), goods)
        told = self._party(word.of("object"), goods)
        match self._sense(word):
            case "gives":
                return subject or source, to or (None if word.nominal else told)
            case "gets":
                return source, subject or to
            case "asks":
                return told or source, subject
            case "trades" if word.nominal:
                return source, to
        return None, None

    def _behind_goods(self, goods: Sequence[Span]) -> tuple[Span | None, Span | None]:
        """Return the sides that hang on the goods themselves: "tanks from Poland"."""
        heads = [t.number for t in map(self.reading.head_of, goods) if t]
        supplier = next((s for h in heads if (s := self._behind(h, "from"))), None)
        return supplier, next((s for h in heads if (s := self._behind(h, "to"))), None)

    def _before_goods(self, goods: Sequence[Span]) -> Span | None:
        """Return a name that the parse takes for part of the goods: "send Kyiv 12 tanks"."""
        for span in goods:
            head = self.reading.head_of(span)
            for child in self.reading.children(head.number) if head else ():
                if child.end < span.start and child.pos == "PROPN":
                    argument = Argument("dative", "", _span(child), child.number)
                    if self.parties.is_party(argument):
                        return argument.span
        return None

    def _loose(self, word: Predicate, goods: Sequence[Span]) -> Iterator[Span]:
        """Yield parties of the words around that grammar gives neither side."""
        for predicate in (word, *self._governors(word), *self._below(word)):
            if predicate.lemma in listed("grammar", "speech", "verbs"):
                continue  # whoever says so is no side
            for argument in predicate.arguments:
                party = self._party([argument], goods)
                near = argument.preposition in ("", "with", "from", "to", "by", "between")
                if party and near and not self.parties.is_person(argument):
                    yield party

    def _party(self, arguments: Sequence[Argument], goods: Sequence[Span]) -> Span | None:
        for argument in arguments:
            if not any(_meet(argument.span, span) for span in goods) and self.parties.is_party(
                argument
            ):
                return self.parties.bare(argument.span)
        return None

    def _governors(self, word: Predicate) -> Iterator[Predicate]:
        for token in self.reading.above(word.head):
            other = self.by_head.get(token.number)
            if other is not None and other is not word:
                yield other

    def _below(self, word: Predicate) -> Iterator[Predicate]:
        return (p for p in self.reading.predicates if p.governor == word.head)

    def _said_of(self, predicate: Predicate) -> PledgeStatus | None:
        return self._of_plan(predicate) or _status_of(predicate)

    def _status(self, word: Predicate) -> PledgeStatus | None:
        """Return how far the supply has come, by *word* and those above it; None: not said."""
        chain = [word, *self._governors(word)]
        undone = next((s for p in chain if (s := self._said_of(p)) in UNDONE), None)
        if undone or any(p is word or _is_deed(p) for p in chain if p.realis == "denied"):
            return undone or "denied"
        above = [s for p in chain[1:] if (s := self._said_of(p))]
        own = self._said_of(word)
        if self._sense(word) == "asks":
            return "requested"
        if above:
            return min(above, key=RUNGS.index)
        match word.realis:
            case "planned":
                return own if own and RUNGS.index(own) < RUNGS.index("pledged") else "pledged"
            case "hypothetical":
                return "discussed"
            case "ongoing" if not own:
                return "pledged"
        if own or word.nominal or self.tokens[word.head].tag not in ("VBD", "VBN"):
            return own
        return "delivered"


def _is_deed(predicate: Predicate) -> bool:
    """Tell whether a verb that is denied denies what hangs on it: "not to use it to bring in"."""
    return not predicate.nominal and predicate.lemma not in listed("grammar", "speech", "verbs")


def _status_of(predicate: Predicate) -> PledgeStatus | None:
    """Return what a word says of a supply, unless it is denied itself: "has not approved"."""
    itself = predicate.cause is not None and _meet(predicate.cause, predicate.words)
    if predicate.realis == "denied" and not itself:
        return None
    return _of_word(predicate.lemma)


@cache
def _of_word(lemma: str) -> PledgeStatus | None:
    for name in dict.fromkeys((lemma, lemma.split()[0])):
        for status in RUNGS:
            if status in table("proposals")["status"] and name in listed(
                "proposals", "status", status
            ):
                return status
    return None


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _span(at: object) -> Span:
    return Span(at.start, at.end)  # type: ignore[attr-defined]
