"""A sentence's tokens with what names need of them: folded words, capitals, what the parse says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summarizer.annotations import Entity, Reading, Token
from summarizer.language import listed
from summarizer.language.known import Entry, match_known, terms, with_plurals
from summarizer.language.words import fold, key
from summarizer.source import Span

QUOTES = frozenset("“”\"‘’'")
_OPENERS = QUOTES | frozenset("([:;.!?–—•-*|") | {"...", "--"}
_POSSESSIVE = frozenset(("'s", "'"))
_NAMED = frozenset(
    ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART")
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens ``first`` to ``last`` (half-open) name something.

    ``identity`` is set when its name is a known one.
    """

    first: int
    last: int
    kind: str
    identity: str | None = None
    country: str | None = None


class Line:
    """The tokens of one sentence, looked at as words that may name someone."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.texts = [token.text for token in reading.tokens]
        self.keys = [fold(text).strip(".") or text for text in self.texts]
        self._capitals = [text[0].isupper() or text[0].istitle() for text in self.texts]
        self._ties = frozenset(filter(self._is_tie, range(1, len(self.tokens) - 1)))
        self.heading = reading.sentence.kind == "heading"
        self.margin = _margin(reading)
        self._entities = [e for e in reading.entities if e.label in _NAMED]
        self._known: dict[int, tuple[int, Entry] | None] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def key(self, at: int) -> str:
        """Return the folded word at *at*, or nothing outside the sentence."""
        return self.keys[at] if 0 <= at < len(self.keys) else ""

    def known(self, at: int) -> tuple[int, Entry] | None:
        """Return the longest known name that starts at token *at*, and the token behind it."""
        if at >= len(self.texts):
            return None
        if at not in self._known:
            self._known[at] = match_known(self.texts, at)
        return self._known[at]

    def span(self, first: int, last: int) -> Span:
        """Return where tokens *first* to *last* stand."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def text(self, first: int, last: int) -> str:
        """Return the source's words from token *first* to *last*."""
        offset = self.reading.sentence.start
        span = self.span(first, last)
        return self.reading.sentence.text[span.start - offset : span.end - offset]

    def entity(self, at: int) -> Entity | None:
        """Return the parser's name that covers token *at*."""
        token = self.tokens[at]
        return next(
            (e for e in self._entities if e.start < token.end and token.start < e.end), None
        )

    def label(self, first: int, last: int) -> str | None:
        """Return the parser's label of the name that ends tokens *first* to *last*."""
        found = self.entity(last - 1) or self.entity(first)
        return found.label if found else None

    def capital(self, at: int) -> bool:
        """Tell whether the word looks like a name's: a capital, or an article tied to one."""
        if not 0 <= at < len(self.tokens):
            return False
        if self._capitals[at]:
            return True
        tied = at + 1 in self._ties
        return tied and self.keys[at] in terms("people", "articles") and self.capital(at + 2)

    def hyphen(self, at: int) -> bool:
        """Tell whether token *at* ties its neighbours into one word."""
        return at in self._ties

    def _is_tie(self, at: int) -> bool:
        if self.texts[at] not in "-‐‑'’/":
            return False
        before, token, behind = self.tokens[at - 1 : at + 2]
        return before.end == token.start and token.end == behind.start

    def opens(self, at: int) -> bool:
        """Tell whether the word's capital may be due to its place: first, or behind a mark."""
        return at == 0 or (self.texts[at - 1] in _OPENERS and not self.hyphen(at - 1))

    def named(self, at: int) -> bool:
        """Tell whether the word is part of a name, and no common word that opens a sentence."""
        if not self.capital(at):
            return False
        return not self.opens(at) or self.tokens[at].pos == "PROPN" or self.entity(at) is not None

    def possessive(self, at: int) -> bool:
        """Tell whether token *at* is the ending of a possessive."""
        return self.key(at).replace("’", "'") in _POSSESSIVE and self.tokens[at].tag == "POS"

    def acronym(self, at: int) -> bool:
        """Tell whether the word is written in capitals only, two letters at least."""
        text = self.texts[at] if 0 <= at < len(self.texts) else ""
        return sum(map(str.isalpha, text)) > 1 and text == text.upper()

    def is_title(self, at: int) -> bool:
        """Tell whether the word heads a position, and is no part of a person's name."""
        if self.key(at) not in with_plurals("titles", "heads") or not 0 <= at < len(self.tokens):
            return False
        entity = self.entity(at)
        person = entity is not None and entity.label == "PERSON"
        inside = person and entity is not None and entity.start < self.tokens[at].start
        last = self.capital(at - 1) and not self.capital(at + 1)
        return not (inside and last and not self.is_rank(at - 1))

    def is_rank(self, at: int) -> bool:
        """Tell whether the word is part of a rank or an honorific."""
        words = key(self.texts[at]) if 0 <= at < len(self.texts) else ()
        return bool(words) and rank_words().issuperset(words)

    def head(self, first: int, last: int) -> Token:
        """Return the token of *first* to *last* that the others hang on."""
        inside = range(first, last)
        tokens = self.tokens[first:last]
        return next((t for t in tokens if t.head not in inside or t.head == t.number), tokens[-1])

    def lead(self, token: Token) -> Token:
        """Return the first of the words that *token* is coordinated with, itself if none."""
        while token.dep == "conj" and token.head != token.number:
            token = self.tokens[token.head]
        return token

    def verb(self, first: int, last: int) -> Token | None:
        """Return the verb whose subject tokens *first* to *last* are: who does what it says."""
        token = self.lead(self.head(first, last))
        if token.dep in ("nsubj", "csubj"):
            return self.tokens[token.head]
        if token.dep == "pobj" and self.tokens[token.head].dep == "agent":
            return self.tokens[self.tokens[token.head].head]
        return None

    def speaks(self, first: int, last: int) -> bool:
        """Tell whether tokens *first* to *last* are the subject of a verb of speech."""
        verb = self.verb(first, last)
        if verb is None:
            return first < self.margin
        return any(verb.lemma in listed("grammar", "speech", key) for key in ("verbs", "voiced"))

    def preposition(self, first: int, last: int) -> Token | None:
        """Return the preposition that tokens *first* to *last* stand behind."""
        token = self.lead(self.head(first, last))
        above = self.tokens[token.head]
        return above if token.dep in ("pobj", "pcomp") and above.number != token.number else None

    def below(self, number: int) -> Iterator[Token]:
        """Yield token *number* and all that hangs on it."""
        queue = [self.tokens[number]]
        while queue:
            yield (token := queue.pop())
            queue += self.reading.children(token.number)


def _margin(reading: Reading) -> int:
    """Return how many tokens a transcript's margin has, "GEN. RYDER:"; 0 where there is none."""
    has_colon = any(token.text == ":" for token in reading.tokens)
    speaker = reading.speech.speaker if has_colon else None
    if speaker is None or speaker.start != reading.tokens[0].start:
        return 0
    inside = sum(token.start < speaker.end for token in reading.tokens)
    return inside if inside < len(reading.tokens) and reading.tokens[inside].text == ":" else 0


@cache
def rank_words() -> frozenset[str]:
    """Return every word that a rank is made of."""
    return frozenset(word for rank in terms("titles", "ranks") for word in rank.split())
