"""Find loaded words that a report puts on a name ("terrorist group"), and unnamed speakers."""

from __future__ import annotations

from summarizer.annotate.lines import QUOTES, Line
from summarizer.annotate.titles import Title
from summarizer.annotations import Token
from summarizer.language import listed
from summarizer.language.known import terms, with_plurals

_CLAUSES = ("relcl", "appos", "punct", "cc", "conj", "advcl", "ccomp")


def find_labels(line: Line, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """Return the runs of loaded words around the name at tokens *first* to *last*."""
    before = first - (line.key(first - 1) in QUOTES)
    start = before
    while start and _is_label(line, start - 1):
        start -= 3 if line.hyphen(start - 2) else 1
    behind = last + (line.key(last) in QUOTES)
    found = (_loaded(line, start, before), _run(line, behind), _said_of(line, last))
    return tuple(sorted({span for span in found if span}))


def _is_label(line: Line, at: int) -> bool:
    if line.capital(at):
        return False
    word = line.key(at)
    if line.hyphen(at - 1):  # so-called
        word = line.key(at - 2) + "-" + word
    return word in terms("labels", "adjectives") or word in terms("labels", "nouns")


def _loaded(line: Line, first: int, last: int) -> tuple[int, int] | None:
    words = " ".join(line.keys[first:last]).replace(" - ", "-").split()
    return (first, last) if any(word in terms("labels", "loaded") for word in words) else None


def _run(line: Line, start: int) -> tuple[int, int] | None:
    end = start
    while end < len(line):
        step = 2 if line.hyphen(end + 1) else 0
        if not _is_label(line, end + step):
            break
        end += step + 1
    return _loaded(line, start, end)


def _said_of(line: Line, last: int) -> tuple[int, int] | None:
    """X, a designated terrorist organization; X is a terrorist group."""
    at = last + (line.key(last) == ")")
    if line.key(at) not in (",", "is", "are", "as", "was"):
        return None
    return _run(line, at + 1 + (line.key(at + 1) in ("a", "an", "the")))


def find_unnamed(line: Line, title: Title) -> tuple[int, int] | None:
    """Return the words of an unnamed speaker around a position, or None when nobody speaks."""
    head = line.tokens[title.head]
    if line.key(title.head) not in with_plurals("titles", "unnamed") or line.capital(title.head):
        return None
    if not _is_source(line, title.head):
        return None
    below = [
        t
        for child in line.reading.children(head.number)
        if child.dep not in _CLAUSES
        for t in line.below(child.number)
    ]
    first = _contiguous(line, [t.number for t in below], title.head, -1)
    last = _contiguous(line, [t.number for t in below], title.head, 1) + 1
    opening = line.tokens[first]
    if opening.pos == "PRON" or line.key(first) in ("the", "this", "that", "these", "no"):
        return None
    determined = opening.pos in ("DET", "NUM")
    vague = any(line.key(at) in terms("labels", "vague") for at in range(first, last))
    return (first, last) if determined or title.owner or vague else None


def _contiguous(line: Line, numbers: list[int], at: int, step: int) -> int:
    inside = set(numbers)
    while at + step in inside and line.tokens[at + step].tag not in ("POS", ","):
        at += step
    return at


def _is_source(line: Line, at: int) -> bool:
    """Tell whether words are given as this one's: it speaks, or is cited."""
    token = line.lead(line.tokens[at])
    above = line.tokens[token.head]
    if token.dep in ("nsubj", "dobj", "agent"):
        verbs = listed("grammar", "speech", "verbs") | terms("people", "speech")
        return (token.dep == "nsubj" and above.lemma in verbs) or _cites(above)
    if token.dep == "pobj":
        verb = line.tokens[above.head]
        return (above.lemma == "to" and verb.lemma in ("accord", "according")) or (
            above.dep == "agent" and verb.lemma in listed("grammar", "speech", "verbs")
        )
    return False


def _cites(token: Token) -> bool:
    return token.lemma in ("cite", "quote")
