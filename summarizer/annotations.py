"""What the words of a report show, read once: tokens, grammar, and who does what to whom.

Annotations decide nothing. They are what resolving holds a claim against, and what the small
model's questions are made of. All offsets are code points of ``Document.text``; a token's number
counts within its sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from summarizer.brief import ActorKind, AttributionKind, Realis
from summarizer.dates import DateWords
from summarizer.source import Document, Sentence, Span

Relation = Literal["subject", "object", "dative", "oblique"]
"""How an argument hangs on its predicate: who does it, what it is done to, whom it is given to,
and everything behind a preposition. A passive is turned round: its agent is the subject."""


DASHES = frozenset(("-", "–", "—", "--"))
LONGEST_DATELINE = 16
"""Tokens of a sentence's dateline, marks included."""


class Token(NamedTuple):
    """One word or mark as the parser reads it (Universal POS, Penn tags, ClearNLP relations).

    A report has hundreds: as tuples they are made in a quarter of a dataclass's time.
    """

    number: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    """Number of the token that it hangs on; its own at the root."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A name as the parser's model sees it, with OntoNotes' label."""

    start: int
    end: int
    label: str


Form = Literal["name", "metonym", "government", "demonym", "unnamed"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names an actor.

    ``acts`` is false where a state is only where something is, or an adjective; ``identity`` is
    the usual name when the name is a known one; ``kin`` tells that the person is named as
    somebody's relative.
    """

    sentence: int
    start: int
    end: int
    text: str
    kind: ActorKind | None
    form: Form = "name"
    acts: bool = True
    identity: str | None = None
    country: str | None = None
    rank: Span | None = None
    position: Span | None = None
    affiliation: Span | None = None
    acronym: Span | None = None
    labels: tuple[Span, ...] = ()
    subject: bool = False
    nickname: bool = False
    kin: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as named.

    ``located`` tells that the sentence says something is or happens there; a place without it is
    only named.
    """

    start: int
    end: int
    name: str
    country: str | None
    located: bool


@dataclass(frozen=True, slots=True)
class Argument:
    """Who or what takes part in a predicate; ``head`` is the number of its main word."""

    relation: Relation
    preposition: str
    span: Span
    head: int


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb, or a noun that names a happening, with what hangs on it.

    ``lemma`` is in lower case with the verb's particle ("hand over"). ``realis`` is what the
    grammar shows of it, by the word at ``cause`` unless that is None. ``reported`` is the verb or
    noun of speech that it is the content of, ``governor`` the predicate that it hangs on.
    """

    sentence: int
    head: int
    lemma: str
    words: Span
    clause: Span
    arguments: tuple[Argument, ...]
    realis: Realis
    cause: Span | None
    nominal: bool
    depth: int
    reported: int | None = None
    governor: int | None = None

    def of(self, *relations: Relation) -> tuple[Argument, ...]:
        """Return the arguments of these relations, in order of the text."""
        return tuple(a for a in self.arguments if a.relation in relations)

    def behind(self, *prepositions: str) -> tuple[Argument, ...]:
        """Return the arguments behind one of these prepositions."""
        return tuple(a for a in self.arguments if a.preposition in prepositions)


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says what a sentence tells.

    ``speaker`` is the outermost voice ("Bloomberg"), ``via`` the one that it relays ("Turkish
    officials"). Without a speaker the kind is ``own_voice``.
    """

    kind: AttributionKind = "own_voice"
    speaker: Span | None = None
    via: Span | None = None
    hedges: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Goods:
    """A noun phrase for goods, with its amount; ``head`` is the number of its main word.

    ``known`` tells that the lexicon has it; other phrases are what a verb of supply has for an
    object. ``general`` ones name no kind: "military equipment".
    """

    span: Span
    head: int
    known: bool = True
    general: bool = False


def children_of(tokens: Iterable[Token]) -> Mapping[int, Sequence[Token]]:
    """Return what hangs on each token that anything hangs on, by its number."""
    children: dict[int, list[Token]] = {}
    for token in tokens:
        if token.head != token.number:
            children.setdefault(token.head, []).append(token)
    return children


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence as read; of its grammar no more is worked out than somebody asks for."""

    sentence: Sentence
    tokens: tuple[Token, ...] = ()
    entities: tuple[Entity, ...] = ()
    dates: tuple[DateWords, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    find_predicates: Callable[[], tuple[Predicate, ...]] = field(default=tuple, compare=False)
    find_speech: Callable[[], Speech] = field(default=Speech, compare=False)
    find_goods: Callable[[], tuple[Goods, ...]] = field(default=tuple, compare=False)
    _children: Mapping[int, Sequence[Token]] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    @property
    def predicates(self) -> tuple[Predicate, ...]:
        """Who does what to whom, in order of the text."""
        return self.find_predicates()

    @property
    def speech(self) -> Speech:
        """Who says what the sentence tells."""
        return self.find_speech()

    @property
    def goods(self) -> tuple[Goods, ...]:
        """Its noun phrases for goods, in order of the text."""
        return self.find_goods()

    @property
    def first(self) -> int:
        """Number of the token at which the sentence itself begins: behind "VESBY (Herald) -"."""
        head = self.tokens[:LONGEST_DATELINE]
        dash = next((t.number for t in head if self.parts(t)), 0)
        place = next((t.text for t in head if len(t.text) > 1), "")
        return dash + 1 if dash and place.isupper() and dash + 1 < len(self.tokens) else 0

    def parts(self, token: Token) -> bool:
        """Tell whether *token* is a dash that parts words, rather than joins them."""
        if token.text not in DASHES:
            return False
        near = self.tokens[max(0, token.number - 1) : token.number + 2]
        return all(a.end < b.start for a, b in pairwise(near))

    def children(self, number: int) -> Sequence[Token]:
        """Return the tokens that hang on token *number*."""
        if self._children is None:
            object.__setattr__(self, "_children", children_of(self.tokens))
        return (self._children or {}).get(number, ())

    def at(self, span: Span) -> tuple[Token, ...]:
        """Return the tokens that *span* covers or touches."""
        return tuple(t for t in self.tokens if t.start < span.end and span.start < t.end)

    def head_of(self, span: Span) -> Token | None:
        """Return the token of *span* that the others of it hang on."""
        inside = self.at(span)
        numbers = {t.number for t in inside}
        return next((t for t in inside if t.head not in numbers or t.head == t.number), None)

    def above(self, number: int) -> Iterator[Token]:
        """Yield token *number*, what it hangs on, and so on up to the root."""
        while True:
            token = self.tokens[number]
            yield token
            if token.head == number:
                return
            number = token.head

    def hangs_on(self, span: Span, heads: Collection[int]) -> bool:
        """Tell whether *span* hangs on a predicate of these *heads*, with no other between."""
        head = self.head_of(span)
        inside = range(span.start, span.end)
        others = {p.head for p in self.predicates if p.words.start not in inside}
        above = self.above(head.number) if head else ()
        first = next((t.number for t in above if t.number in others), None)
        return first in heads

    def says_when(self, date: Span, heads: Collection[int]) -> bool:
        """Tell whether a date says when, and is in no other's name: "under the 1951 treaty".

        "The 10 March accord" is dated for the accord, if that is one of *heads*.
        """
        head = self.head_of(date)
        if head is None:
            return False
        named_by = head.head in heads and self.tokens[head.head].pos == "NOUN"
        return named_by or head.dep in ("prep", "pobj", "npadvmod", "advmod")

    def over(self, below: Predicate) -> Iterator[Predicate]:
        """Yield the predicates that have *below* for an object: what is done about it."""
        return (p for p in self.predicates if any(a.head == below.head for a in p.of("object")))

    def predicate_at(self, span: Span) -> Predicate | None:
        """Return the predicate whose words *span* holds, else the one that *span* hangs on."""
        held = [p for p in self.predicates if self.tokens[p.head] in self.at(span)]
        if held:
            return min(held, key=lambda p: p.depth)
        head = self.head_of(span)
        if head is None:
            return None
        by_head = {p.head: p for p in self.predicates}
        return next(
            (by_head[t.number] for t in self.above(head.number) if t.number in by_head), None
        )


@dataclass(frozen=True)
class Annotations:
    """The readings of a document's sentences, in order; headings and boilerplate have them too."""

    document: Document
    readings: tuple[Reading, ...]
    mentions: tuple[Mention, ...] = ()
    _by_id: dict[int, Reading] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the readings by sentence."""
        object.__setattr__(self, "_by_id", {r.sentence.id: r for r in self.readings})

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences read."""
        return tuple(reading.sentence for reading in self.readings)

    def of(self, sentence: Sentence | int) -> Reading:
        """Return the reading of *sentence*, given as such or by id."""
        return self._by_id[sentence if isinstance(sentence, int) else sentence.id]

    def words(self, span: Span) -> str:
        """Return the words at *span*."""
        return self.document.text[span.start : span.end]


def is_quoted(text: str, start: int) -> bool:
    """Tell whether the place lies inside quotation marks of its paragraph."""
    paragraph = text.rfind("\n", 0, start) + 1
    if text.rfind("“", paragraph, start) > text.rfind("”", paragraph, start):
        return True
    return text.count('"', paragraph, start) % 2 == 1
