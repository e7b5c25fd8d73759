"""Where does a date lie, by the grammar that it hangs on: behind the report or ahead of it?"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.annotations import Reading, Token
from summarizer.dates import Tense
from summarizer.language import listed
from summarizer.source import Span


def tense_of(reading: Reading, span: Span) -> Tense:
    """Return the tense of what the words at *span* hang on; "none" when nothing shows it."""
    head = reading.head_of(span)
    if head is None:
        return "none"
    inside = {t.number for t in reading.at(span)}
    preposition = ""
    for token in reading.above(head.number):
        if token.number in inside:
            continue
        if token.pos == "ADP" and not preposition:
            preposition = token.lemma
        if token.pos == "NOUN" and (tense := _of_noun(reading, token, preposition)):
            return tense
        if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass"):
            return _of_verb(reading, token, preposition)
        if token.pos == "ADJ" and token.lemma in _planned():
            return "future"  # "due on Monday"
    return "none"


def _of_noun(reading: Reading, noun: Token, preposition: str) -> Tense | None:
    """Return the tense that a noun shows: "an accord of May 3", "an earlier trip"."""
    told = noun.lemma in listed("grammar", "speech", "nouns") | listed("dates", "words", "told")
    if told or preposition == "of":
        return "past"
    for child in reading.children(noun.number):
        if child.dep == "amod":
            if child.lemma in listed("dates", "words", "behind"):
                return "past"
            if {child.lemma, child.text.lower()} & listed("dates", "words", "ahead"):
                return "future"
    return None


def _planned() -> frozenset[str]:
    return listed("grammar", "governors", "planned")


def _of_verb(reading: Reading, verb: Token, preposition: str = "") -> Tense:
    """Return the tense of a verb, with its auxiliaries and, for infinitives, what they hang on."""
    helpers = [t for t in reading.children(verb.number) if t.dep in ("aux", "auxpass")]
    words = {t.text.lower() for t in helpers}
    for kind in ("planned", "hypothetical"):
        if words & listed("grammar", "auxiliaries", kind):
            return "future"
    if "to" in words or (verb.tag == "VB" and not helpers):
        return _of_infinitive(reading, verb)
    if any(t.tag == "VBD" for t in helpers) or "having" in words:
        return _moved(verb, preposition, "past")
    if verb.tag == "VBN" and any(t.lemma == "have" for t in helpers):
        return _moved(verb, preposition, "past")
    if verb.tag in ("VBZ", "VBP") or any(t.tag in ("VBZ", "VBP") for t in helpers):
        speech = verb.lemma in listed("grammar", "speech", "verbs")
        return "past" if speech else "future" if reading.sentence.kind == "body" else "unclear"
    if verb.tag == "VBN" and verb.lemma in _planned():
        return "future"  # "talks scheduled for Sunday"
    if verb.tag in ("VBD", "VBN"):
        return _moved(verb, preposition, "past")
    above = next((t for t in _above(reading, verb) if t.pos in ("VERB", "AUX")), None)
    return _of_verb(reading, above) if above else "none"


def _moved(verb: Token, preposition: str, tense: Tense) -> Tense:
    """Turn "postponed to Wednesday", "planned for 2026" round: what comes lies ahead."""
    put_off = verb.lemma in listed("grammar", "governors", "put_off")
    if preposition in ("to", "until", "till", "for") and (put_off or verb.lemma in _planned()):
        return "future"
    return tense


def _of_infinitive(reading: Reading, verb: Token) -> Tense:
    """Return the tense of "to send": behind "is expected" ahead, behind "pledged" either."""
    above = next(_above(reading, verb), None)
    if above is None or above.pos not in ("VERB", "AUX", "ADJ"):
        return "future" if above is not None and above.pos == "NOUN" else "none"
    passive = any(t.dep == "auxpass" for t in reading.children(above.number))
    if above.pos in ("ADJ", "AUX") or passive or above.dep == "acl":
        return "future"
    tense = _of_verb(reading, above)
    return "unclear" if tense == "past" and above.lemma in _planned() else tense


def _above(reading: Reading, token: Token) -> Iterator[Token]:
    """Yield what *token* hangs on, up to the root."""
    return (t for t in reading.above(token.number) if t.number != token.number)
