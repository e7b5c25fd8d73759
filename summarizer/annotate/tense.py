"""Where does a date lie, by the grammar that it hangs on: behind the report or ahead of it?"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.annotate.predicates import happenings
from summarizer.annotations import Reading, Token
from summarizer.dates import Tense
from summarizer.language import listed
from summarizer.source import Span


_HELPING = frozenset(("aux", "auxpass", "prep"))
"""Relations of verbs that are no predicate: "following talks" has a preposition."""
_NAMING = frozenset(("compound", "poss", "nmod", "nummod", "amod"))
"""Relations of a date that names its noun: "Monday's attack", "the July 9 summit"."""


def tense_of(reading: Reading, span: Span, bound: str = "") -> Tense:
    """Return the tense of what the words at *span* hang on; "none" when nothing shows it.

    *bound* is the word of the span that makes it a limit: "until Monday".
    """
    below = reading.head_of(span)
    if below is None:
        return "none"
    if bound.split()[0:1] == ["since"]:
        return "past"
    inside = {t.number for t in reading.at(span)}
    preposition = bound
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
            return _of_verb(reading, token, preposition)
        if token.pos == "ADJ" and token.lemma in _planned():  # "due on Monday"
            return _as_of_now(reading, token)
        below = token
    return "none"


def _is_predicate(token: Token) -> bool:
    return token.pos in ("VERB", "AUX") and token.dep not in _HELPING


def _of_noun(reading: Reading, noun: Token, preposition: str, *, named: bool) -> Tense | None:
    """Return the tense that a noun shows: "an accord of May 3", "an earlier trip".

    *named* tells that the date is part of the noun's name: "Monday's attack".
    """
    told = noun.lemma in listed("grammar", "speech", "nouns") | listed("dates", "words", "told")
    if told or (preposition == "of" and noun.lemma in happenings()):
        return "past"
    for child in reading.children(noun.number):
        if child.dep == "amod":
            if child.lemma in listed("dates", "words", "behind"):
                return "past"
            if {child.lemma, child.text.lower()} & listed("dates", "words", "ahead"):
                return "future"
    if named or noun.lemma in happenings():
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
    between = {t.lemma for t in _above(reading, noun) if _between(reading, t, noun, verb)}
    if tense == "past":
        asked = verb.lemma in listed("grammar", "promises", "requests")
        ahead = between & listed("dates", "words", "ahead_of") or (asked and noun.dep != "nsubj")
        return "unclear" if ahead else None
    known = named or any(c.dep in ("det", "poss") and c.lemma not in ("a", "an") for c in reading.children(noun.number))
    debated = verb.lemma in _debated() and noun.dep == "dobj"
    past = between & listed("dates", "words", "in_view_of") or (known and (between or debated))
    return "unclear" if past or named else None


def _between(reading: Reading, token: Token, noun: Token, verb: Token) -> bool:
    return noun.dep == "pobj" and token.head != token.number and verb.number in {
        t.number for t in _above(reading, token)
    }


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
        speech = verb.lemma in listed("grammar", "speech", "verbs") and not passive
        return "past" if speech else "future" if reading.sentence.kind == "body" else "unclear"
    if verb.tag == "VBN" and verb.lemma in _planned():  # "talks scheduled for Sunday"
        return _as_of_now(reading, verb)
    if verb.tag in ("VBD", "VBN"):
        return _moved(reading, verb, preposition)
    above = next(filter(_is_predicate, _above(reading, verb)), None)
    return _of_verb(reading, above) if above else "none"


def _moved(reading: Reading, verb: Token, preposition: str) -> Tense:
    """Return the tense of a verb that is told as past.

    "Postponed to Wednesday", "extended until May" and "planned for 2026" lie ahead, if that still
    holds; how long "was closed until Monday" lasts is not told.
    """
    if preposition in ("to", "until", "till", "for", "through"):
        if verb.lemma in _planned():
            return _as_of_now(reading, verb)
        if verb.lemma in listed("grammar", "governors", "put_off") | listed("dates", "words", "moved"):
            return "future"
        if preposition in ("until", "till", "through"):
            return "unclear"
    return "past"


def _as_of_now(reading: Reading, plan: Token) -> Tense:
    """Return "future" for what *plan* puts ahead: "is due on Monday"; "was due" may be over."""
    around = [t for t in reading.children(plan.number) if t.dep in ("aux", "auxpass", "advmod")]
    if plan.pos == "ADJ" and plan.dep == "acomp":
        around.append(reading.tokens[plan.head])
    over = any(t.tag == "VBD" or t.lemma in listed("dates", "words", "formerly") for t in around)
    return "unclear" if over else "future"


def _of_infinitive(reading: Reading, verb: Token) -> Tense:
    """Return the tense of "to send": behind "is expected" ahead, behind "pledged" either."""
    above = next(_above(reading, verb), None)
    if above is None or above.pos not in ("VERB", "AUX", "ADJ"):
        return "future" if above is not None and above.pos == "NOUN" else "none"
    passive = any(t.dep == "auxpass" for t in reading.children(above.number))
    if above.pos in ("ADJ", "AUX") or passive or above.dep == "acl":
        return "unclear" if above.tag == "VBD" else _as_of_now(reading, above)
    tense = _of_verb(reading, above)
    ahead = _planned() | listed("grammar", "promises", "requests")
    return "unclear" if tense == "past" and above.lemma in ahead else tense


def _above(reading: Reading, token: Token) -> Iterator[Token]:
    """Yield what *token* hangs on, up to the root."""
    return (t for t in reading.above(token.number) if t.number != token.number)
