"""Where does a date lie, by the grammar that it hangs on: behind the report or ahead of it?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from summarizer.annotate.predicates import happenings
from summarizer.annotations import Reading, Token
from summarizer.dates import Tense
from summarizer.language import listed
from summarizer.source import Span

_HELPING = frozenset(("aux", "auxpass", "prep"))
"""Relations of verbs that are no predicate: "following talks" has a preposition."""
_AHEAD = ("to", "until", "till", "for", "through")
_NAMING = frozenset(("compound", "poss", "nmod", "nummod", "amod"))
"""Relations of a date that names its noun: "Monday's attack", "the July 9 summit"."""


_SUDDEN = ("strike", "clash", "offensive", "accident")
_APPOINTED = ("meeting", "talks", "visit", "vote", "exercise", "phone call", "launch")
"""Kinds of happenings that are known before they begin."""


def tense_of(reading: Reading, span: Span, bound: str = "") -> Tense:
    """Return the tense of what the words at *span* hang on; "none" when nothing shows it.

    *bound* is the word of the span that makes it a limit: "until Monday".
    """
    below = head_of_date(reading, span)
    if below is None:
        return "none"
    if bound.split()[0:1] == ["since"]:
        return "past"
    inside = {t.number for t in reading.at(span)}
    preposition = bound or (below.lemma if below.pos == "ADP" else "")
    for token in reading.above(below.number):
        if token.number in inside:
            continue
        if (token.pos == "ADP" or token.dep == "prep") and not preposition:
            preposition = token.lemma
        if token.pos in ("NOUN", "PROPN") and (
            tense := _of_noun(reading, token, preposition, named=below.dep in _NAMING)
        ):
            return tense
        if _is_predicate(token):
            tense = _of_verb(reading, token, preposition)
            return "unclear" if tense == "future" and _is_behind_raid(reading, inside) else tense
        if token.pos == "ADJ" and token.lemma in _planned():  # "due on Monday"
            return _as_of_now(reading, token)
        below = token
    return "none"


def head_of_date(reading: Reading, span: Span) -> Token | None:
    """Return the token by which a date hangs on what it dates, past any article of that."""
    numbers = {t.number for t in reading.at(span)}
    heads = [t for t in reading.at(span) if t.head not in numbers or t.head == t.number]
    return next((t for t in heads if t.dep != "det"), None)


def _is_predicate(token: Token) -> bool:
    """Tell whether *token* is a verb that tells a time: in "following talks" it is none."""
    if token.tag == "VBG" and token.lemma in listed("dates", "words", "in_view_of"):
        return False
    return token.pos in ("VERB", "AUX") and token.dep not in _HELPING


def _of_noun(reading: Reading, noun: Token, preposition: str, *, named: bool) -> Tense | None:
    """Return the tense that a noun shows: "an accord of May 3", "an earlier trip".

    *named* tells that the date is part of the noun's name: "Monday's attack".
    """
    told = noun.lemma in listed("grammar", "speech", "nouns") | listed("dates", "words", "told")
    named = named or preposition == "of"
    happening = noun.lemma in happenings()
    if told or (named and preposition and happening and noun.lemma not in _nouns(_APPOINTED)):
        return "past"
    if noun.lemma in listed("dates", "words", "limit"):
        return "unclear"
    for child in reading.children(noun.number):
        if child.dep == "amod":
            if child.lemma in listed("dates", "words", "behind"):
                return "past"
            if {child.lemma, child.text.lower()} & listed("dates", "words", "ahead"):
                return "future"
    if named or happening:
        return _of_happening(reading, noun, named=named)
    return None


def _of_happening(reading: Reading, noun: Token, *, named: bool) -> Tense | None:
    """Return "unclear" for a happening that the verb above it need not share its time with.

    "Will discuss the raid on Sunday", "shelled the town ahead of talks on Monday". A noun without
    article that a verb makes happen shares it: "will meet for talks on Monday".
    """
    verb = next(filter(_is_predicate, _above(reading, noun)), None)
    tense = _of_verb(reading, verb) if verb else "none"
    if verb is None or tense not in ("past", "future"):
        return None
    above = list(_above(reading, noun))
    between = {t.lemma for t in above[: above.index(verb)]}
    known = named or _is_known(reading, noun)
    if tense == "past":
        if known and noun.lemma in sudden():  # nobody tells of an attack to come
            return "past"
        asked = verb.lemma in listed("grammar", "promises", "requests") and noun.dep != "nsubj"
        return "unclear" if asked or between & listed("dates", "words", "ahead_of") else None
    debated = verb.lemma in _debated() and noun.dep == "dobj"
    if known and (between or debated) and noun.lemma in sudden():
        return "past"
    past = between & listed("dates", "words", "in_view_of") or (known and (between or debated))
    return "unclear" if past or named else None


def _is_known(reading: Reading, noun: Token) -> bool:
    return any(
        t.dep in ("det", "poss") and t.lemma not in ("a", "an")
        for t in reading.children(noun.number)
    )


def _is_behind_raid(reading: Reading, inside: set[int]) -> bool:
    """Tell whether the words before a date name a known attack: "will discuss the raid on Friday".

    Whether the date is that of the raid or of what is to come, grammar doesn't tell.
    """
    before = [t for t in reading.tokens[: min(inside)] if t.pos != "ADP"][-1:]
    return any(t.lemma in sudden() and _is_known(reading, t) for t in before)


def sudden() -> frozenset[str]:
    """Return the nouns for what is not told before it happens: attacks, accidents."""
    return _nouns(_SUDDEN)


@cache
def _nouns(kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(listed("events", kind, "nouns") for kind in kinds))


def _debated() -> frozenset[str]:
    """Verbs that have a happening for their subject matter."""
    return (
        listed("grammar", "speech", "verbs")
        | listed("grammar", "governors", "hypothetical")
        | listed("grammar", "stances", "words")
    )


def _planned() -> frozenset[str]:
    return listed("grammar", "governors", "planned")


def _of_verb(reading: Reading, verb: Token, preposition: str = "") -> Tense:
    """Return the tense of a verb, with its auxiliaries and, for infinitives, what they hang on."""
    helpers = [t for t in reading.children(verb.number) if t.dep in ("aux", "auxpass")]
    words = {t.text.lower() for t in helpers}
    if preposition in _AHEAD and verb.lemma in _put_off() and "had" not in words:
        return "future"  # "extended until May"
    perfect = verb.tag == "VBN" and any(t.lemma == "have" for t in helpers)
    if words & listed("grammar", "auxiliaries", "planned"):
        return "future"
    if words & listed("grammar", "auxiliaries", "hypothetical"):
        # "may have been hit" lies behind; "would have left" never was, or was to be.
        return "future" if not perfect else "unclear" if "would" in words else "past"
    if perfect:
        return _moved(reading, verb, preposition)
    if "to" in words or (verb.tag == "VB" and not helpers):
        return _of_infinitive(reading, verb)
    if any(t.tag == "VBD" for t in helpers) or "having" in words:
        return _moved(reading, verb, preposition)
    if verb.tag in ("VBZ", "VBP") or any(t.tag in ("VBZ", "VBP") for t in helpers):
        passive = any(t.dep == "auxpass" for t in helpers)
        speech = not passive and preposition not in _AHEAD and _speaks(reading, verb)
        return "past" if speech else "future" if reading.sentence.kind == "body" else "unclear"
    return _of_participle(reading, verb, preposition)


def _of_participle(reading: Reading, verb: Token, preposition: str) -> Tense:
    """Return the tense of a simple past, or of a verb that shares that of the one above it."""
    if verb.tag == "VBN" and verb.dep == "conj":  # "will be signed in May and ratified in June"
        return _of_verb(reading, reading.tokens[verb.head], preposition)
    awaited = preposition in _AHEAD or verb.lemma in listed("grammar", "promises", "intentions")
    if verb.tag == "VBN" and verb.lemma in _planned() and awaited:  # "talks scheduled for Sunday"
        return _as_of_now(reading, verb)
    if verb.tag in ("VBD", "VBN"):
        return _moved(reading, verb, preposition)
    above = next(filter(_is_predicate, _above(reading, verb)), None)
    if above is None:
        return "none"
    tense = _of_verb(reading, above)
    return "unclear" if tense == "past" and above.lemma in _awaited() else tense


def _speaks(reading: Reading, verb: Token) -> bool:
    """Tell whether a verb in the present tells what was said: not in "the truce holds"."""
    if verb.lemma in listed("grammar", "speech", "voiced"):
        return True
    content = verb.dep == "parataxis" or any(
        t.dep == "ccomp" for t in reading.children(verb.number)
    )
    return content and verb.lemma in listed("grammar", "speech", "verbs")


def _moved(reading: Reading, verb: Token, preposition: str) -> Tense:
    """Return the tense of a verb that is told as past.

    What was expected or planned for 2026 may be over by now, and how long "was closed until
    Monday" lasts is not told.
    """
    if preposition == "from" and verb.lemma in _put_off():
        return "unclear"  # "moved from Monday to Friday" is no stretch of time
    if preposition in _AHEAD and verb.lemma in _planned():
        return _as_of_now(reading, verb)
    untold = preposition in ("until", "till", "through") or verb.lemma in _awaited()
    return "unclear" if untold else "past"


def _put_off() -> frozenset[str]:
    return listed("grammar", "governors", "put_off") | listed("dates", "words", "moved")


def _awaited() -> frozenset[str]:
    return listed("dates", "words", "awaited")


def _as_of_now(reading: Reading, plan: Token) -> Tense:
    """Return "future" for what *plan* puts ahead: "is due on Monday"; "was due" may be over."""
    around = [t for t in reading.children(plan.number) if t.dep in ("aux", "auxpass", "advmod")]
    if plan.dep == "acomp":
        verb = reading.tokens[plan.head]
        around += [verb, *(t for t in reading.children(verb.number) if t.dep == "aux")]
    over = any(t.tag == "VBD" or t.lemma in listed("dates", "words", "formerly") for t in around)
    return "unclear" if over else "future"


def _of_infinitive(reading: Reading, verb: Token) -> Tense:
    """Return the tense of "to send": behind "is expected" ahead, behind "pledged" either."""
    above = next(_above(reading, verb), None)
    if above is None or above.pos not in ("VERB", "AUX", "ADJ"):
        return "future"  # "an order to leave", "Oslo to send jets"
    passive = any(t.dep == "auxpass" for t in reading.children(above.number))
    if above.pos in ("ADJ", "AUX") or passive or above.dep == "acl":
        return "unclear" if above.tag == "VBD" else _as_of_now(reading, above)
    tense = _of_verb(reading, above)
    ahead = _planned() | listed("grammar", "promises", "requests")
    return "unclear" if tense == "past" and above.lemma in ahead else tense


def _above(reading: Reading, token: Token) -> Iterator[Token]:
    """Yield what *token* hangs on, up to the root."""
    return (t for t in reading.above(token.number) if t.number != token.number)
