"""Find on what terms a supply is told of, where a model left it open.

Purpose, conditions and exclusions are the words of the sentence from the word that opens them to
the end of what the parse hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from summarizer.annotations import Annotations, Reading, Token
from summarizer.claims import PledgeClaim
from summarizer.language import entries, listed
from summarizer.numbers import find_numbers
from summarizer.source import Span

_TERMS = ("purpose", "conditions", "exclusions")
_ENDS = frozenset(";:—–")
_GOVERNORS = ("planned", "hypothetical", "denied")


def fill_terms(claim: PledgeClaim, annotations: Annotations) -> tuple[PledgeClaim, tuple[str, ...]]:
    """Return *claim* with the terms that it leaves open and its sentences show, and which."""
    goods = claim.items[-1]
    shown: dict[str, Any] = {}
    for sentence in claim.sentences:
        for name, value in _shown(annotations.of(sentence), goods).items():
            shown[name] = shown.get(name) or value
    filled = {name: value for name, value in shown.items() if value and not getattr(claim, name)}
    return replace(claim, **filled), tuple(filled)


def _shown(reading: Reading, goods: Span) -> dict[str, Any]:
    """Return the terms that one sentence shows; a sum or date beside the goods is theirs."""
    told = reading.sentence.start <= goods.start < reading.sentence.end
    return {
        "delivery": _delivery(reading, goods) if told else None,
        "deployment": find_deployment(reading),
        "purpose": find_purpose(reading, goods) if told else None,
        "conditions": find_conditions(reading),
        "exclusions": find_exclusions(reading),
        "value": next(iter(find_values(reading)), None) if told else None,
    }


def _delivery(reading: Reading, goods: Span) -> Span | None:
    """Return the date behind *goods* that is when they come, not when somebody said so."""
    behind = [d.span for d in reading.dates if d.span.start >= goods.end]
    return next((d for d in behind if not is_time_of_report(d, reading)), None)


def find_purpose(reading: Reading, goods: Span) -> Span | None:
    """Return what *goods* are for, from behind them on: "to help confront ..."."""
    opened = [span for span in _opened(reading, "purpose") if span.start >= goods.end]
    if opened:
        return opened[0]
    aims = (t for t in reading.tokens if t.start >= goods.end and _is_aim(t, reading))
    aim = next(aims, None)
    return _clause(reading, aim.number - 1, aim, _stops(reading)) if aim else None


def _is_aim(verb: Token, reading: Reading) -> bool:
    """Tell whether *verb* is an infinitive that says what for: not in "plans to", "to Ghana"."""
    to = reading.tokens[verb.number - 1] if verb.number else None
    return (
        verb.tag == "VB"
        and to is not None
        and to.tag == "TO"
        and verb.dep in ("advcl", "acl", "relcl", "xcomp")
        and reading.tokens[verb.head].lemma not in listed("grammar", "governors", "planned")
    )


def find_conditions(reading: Reading) -> tuple[Span, ...]:
    """Return the conditions: "if Congress approves", "pending a licence"."""
    return tuple(_opened(reading, "conditions"))


def find_exclusions(reading: Reading) -> tuple[Span, ...]:
    """Return what is expressly left out: "excluding long-range missiles"."""
    return tuple(_opened(reading, "exclusions"))


def find_deployment(reading: Reading) -> Span | None:
    """Return where the goods are to be used."""
    for predicate in reading.predicates:
        if predicate.lemma in listed("terms", "deployment"):
            for place in predicate.behind(*entries("terms", "places")):
                return place.span
    return None


def find_values(reading: Reading) -> tuple[Span, ...]:
    """Return the sums of money."""
    numbers = find_numbers(reading.sentence.text)
    return tuple(
        Span(n.start, n.end).moved(reading.sentence.start) for n in numbers if n.kind == "money"
    )


def is_time_of_report(date: Span, reading: Reading) -> bool:
    """Tell whether the words at *date* say when somebody said it, not when it comes."""
    head = reading.head_of(date)
    for token in reading.above(head.number) if head else ():
        told = listed("grammar", "speech", "nouns") | listed("dates", "words", "told")
        if token.pos == "NOUN" and token.lemma in told:
            return True
        if token.pos in ("VERB", "AUX"):
            return token.lemma in listed("grammar", "speech", "verbs")
    return False


def governed_from(verb: Span, reading: Reading) -> int:
    """Return where the words begin that govern the verb: "has pledged to | provide"."""
    token = reading.head_of(verb)
    start = verb.start
    while token is not None:
        helpers = [t for t in reading.children(token.number) if t.dep in ("aux", "auxpass", "neg")]
        start = min([start, token.start, *(t.start for t in helpers)])
        above = reading.tokens[token.head]
        governs = above.number != token.number and any(
            above.lemma in listed("grammar", "governors", kind) for kind in _GOVERNORS
        )
        infinitive = token.dep in ("xcomp", "ccomp", "pcomp", "prep")
        token = above if governs and infinitive else None
    return start


def _opened(reading: Reading, kind: str) -> Iterator[Span]:
    """Yield the terms of one kind, each from the words that open it."""
    end, stops = 0, _stops(reading)
    for at, last in _openers(reading, kind):
        token = reading.tokens[last]
        if token.start < end or _is_bound(reading, at, last):
            continue
        over = token.head if token.dep in ("mark", "advmod", "aux", "neg") else token.number
        span = _clause(reading, at, reading.tokens[over], stops)
        end = span.end
        yield span


def _is_bound(reading: Reading, at: int, last: int) -> bool:
    """Tell whether an opener opens no condition: "even if", "until Friday"."""
    before = reading.tokens[at - 1].lemma if at else ""
    behind = reading.tokens[last].end + 1
    dated = any(d.span.start <= behind <= d.span.end for d in reading.dates)
    return dated or before in listed("terms", "no_condition")


def _openers(reading: Reading, kind: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of the words that open a term, in order."""
    phrases = sorted((e.split() for e in entries("terms", kind)), key=len, reverse=True)
    words = [t.text.lower() for t in reading.tokens]
    for at in range(len(words)):
        for phrase in phrases:
            if words[at : at + len(phrase)] == phrase:
                yield at, at + len(phrase) - 1
                break


def _clause(reading: Reading, at: int, over: Token, stops: frozenset[int]) -> Span:
    """Return the words from token *at* to the end of what hangs on *over*, or the next term."""
    last = at
    hanging = {at, over.number}
    for token in reading.tokens[at + 1 :]:
        if token.head in hanging:
            hanging.add(token.number)
        inside = token.number <= over.number
        next_term = token.number in stops and not inside
        if next_term or token.text in _ENDS or not (inside or _hangs(token, hanging, reading)):
            break
        last = token.number
    while last > at and reading.tokens[last].pos == "PUNCT":
        last -= 1
    return Span(reading.tokens[at].start, reading.tokens[last].end)


def _hangs(token: Token, hanging: set[int], reading: Reading) -> bool:
    """Tell whether *token* hangs on one of *hanging*, over words that may stand behind it."""
    return any(above.number in hanging for above in reading.above(token.number))


def _stops(reading: Reading) -> frozenset[int]:
    """Return the tokens at which a term begins."""
    return frozenset(at for kind in _TERMS for at, _ in _openers(reading, kind))
