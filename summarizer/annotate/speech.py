"""A sentence as parsed -> who says what it tells: the speaker, whom that one relays, the hedges.

A voice is the subject of a verb of speech (before or behind it), what stands behind "according
to", the agent of "seen by", the author of "a statement by", or the name before a transcript's
colon. The outermost one speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from summarizer.annotations import Predicate, Reading, Speech, Token
from summarizer.language import listed
from summarizer.language.countries import country
from summarizer.source import Span
from summarizer.speakers import kind_of_speaker, known_kind

_MEDIA = ("media_report", "state_media")
_APART = frozenset(("relcl", "advcl", "ccomp", "parataxis", "punct", "cc", "meta", "nsubj"))
"""What hangs on a noun and is no part of the name as printed."""
_QUESTIONS = ("WRB", "WDT", "WP")
_ASIDES = ("advcl", "acl", "relcl", "prep")
_QUOTES = frozenset('"“”„«»')
_TRANSCRIPT = 8
"""Tokens before a transcript's colon, marks included."""
_LONGEST_HEDGE = 6
_LONGEST = 30
"""Tokens of a speaker with titles and apposition; more is a parse gone wrong."""


def find_speech(reading: Reading) -> Speech:
    """Return who says what the sentence tells: "according to Bloomberg, citing officials".

    A medium that was told something speaks, and who told it is *via*: "two officials told
    Reuters". A sentence that attributes nothing is the report's own voice.
    """
    finder = _Finder(reading)
    hedges = tuple(_hedges(reading))
    speaker, via = finder.voices()
    if speaker is None:
        return Speech(hedges=hedges)
    return Speech(kind_of_speaker(finder.words(speaker)), speaker, via, hedges)


class _Finder:
    """The voices of one sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.body = reading.first
        self.quoted = any(token.text in _QUOTES for token in reading.tokens)

    def words(self, span: Span) -> str:
        start = self.reading.sentence.start
        return self.reading.sentence.text[span.start - start : span.end - start]

    def voices(self) -> tuple[Span | None, Span | None]:
        """Return who speaks and whom they relay."""
        if margin := self._margin():
            label = " ".join(t.text.casefold() for t in margin)
            if label in listed("speakers", "transcript", "asking"):
                return None, None
            if self._is_speaker(margin):
                return Span(margin[0].start, margin[-1].end), None
        subject, medium = self._subject()
        outer = self._source() or medium
        speaker = outer or subject or self._agent() or self._quoted() or self._author()
        if speaker is None:
            return None, None
        relayed = self._cited() or (subject if outer else None)
        return speaker, relayed if relayed != speaker else None

    def _margin(self) -> Sequence[Token]:
        """Return the words of a transcript's margin: "GEN. RYDER: We have ...", "Q: ..."."""
        head = self.tokens[: _TRANSCRIPT + 1]
        colon = next((t.number for t in head[1:] if t.text == ":"), None)
        if colon is None or colon + 1 == len(self.tokens):
            return ()
        names = [t for t in self.tokens[:colon] if t.text[:1].isalpha()]
        label = all(t.text[:1].isupper() or t.text in ("of", "for", "the") for t in names)
        return names if label and not self.tokens[colon + 1].text[:1].islower() else ()

    def _is_speaker(self, margin: Sequence[Token]) -> bool:
        """Tell whether a margin names one who speaks: it has a title, or speaks of itself."""
        capitals = all(t.text.isupper() for t in margin)
        words = [t.text.casefold().rstrip(".") for t in margin]
        if any(word in _titles() for word in (words if capitals else words[:-1])):
            return True
        name = self.words(Span(margin[0].start, margin[-1].end))
        heading = known_kind(name) is not None or country(name) is not None
        behind = {t.text.casefold() for t in self.tokens[margin[-1].number + 1 :]}
        own = not behind.isdisjoint(listed("speakers", "transcript", "own"))
        return capitals and own and not heading

    def _subject(self) -> tuple[Span | None, Span | None]:
        """Return the subject of the outermost verb of speech, and the medium that it tells."""
        spoken = [p for p in self.reading.predicates if self._speaks(p)]
        for predicate in sorted(spoken, key=lambda p: (p.depth, p.head)):
            if span := self._voice(predicate):
                return span, self._told(predicate)
        return self._misread(), None

    def _misread(self) -> Span | None:
        """Return who speaks in words that the parse takes for no sentence.

        "X, Y, posted on Z that ..." for a noun with asides, ", X reports." for a plural, "”, added
        X" for an attribute.
        """
        for token in self.tokens[1:]:
            if token.dep == "acl" and self._tells(token):
                return self._printed(self.tokens[token.head])
            if token.dep == "amod" and self._is_inverted(token):
                start = self.tokens[token.number + 1].start
                return Span(start, self._printed(self.tokens[token.head]).end)
            plural = token.tag in ("NNS", "NNPS") and token.lemma in _list("told")
            if plural and (span := self._teller(token)):
                return span
        return None

    def _is_inverted(self, token: Token) -> bool:
        """Tell whether a verb of speech stands between what is quoted and a name."""
        name, before = self.tokens[token.head], self.tokens[token.number - 1]
        said = token.lemma in _list("verbs") and self._is_name(name)
        return said and self.quoted and before.text in _QUOTES and token.number < name.number

    def _teller(self, token: Token) -> Span | None:
        """Return who stands before a verb that reads as a plural: "X estimates that"."""
        span = self._before(token.number)
        kind = known_kind(self.words(span)) if span else None
        ends = all(t.pos == "PUNCT" for t in self.tokens[token.number + 1 :])
        if span and ends:
            return span if self._behind_comma(span) and kind in _MEDIA else None
        clause = any(t.dep == "ccomp" for t in self._below(token))
        return span if kind and clause and token.head == token.number else None

    def _tells(self, token: Token) -> bool:
        """Tell whether an aside to a name is what the name says: ", X, posted on Z that ..."."""
        name, behind = self.tokens[token.head], self.tokens[token.number :]
        *_, root = self.reading.above(token.number)
        fragment = root.pos in ("NOUN", "PROPN") and self.tokens[token.number - 1].text == ","
        spoken = token.lemma in _list("verbs") and any(t.text == "that" for t in behind)
        return fragment and spoken and self._is_name(name)

    def _behind_comma(self, span: Span) -> bool:
        first = self.reading.at(span)[0].number
        return first > 0 and self.tokens[first - 1].text == ","

    def _speaks(self, predicate: Predicate) -> bool:
        token = self.tokens[predicate.head]
        if predicate.nominal or not self._is_main(token) or self._is_open(token):
            return False
        if any(t.dep in ("auxpass", "agent") for t in self._below(token)):
            return False
        if predicate.lemma in _list("voiced"):
            return True
        below = self._below(token)
        inserted = token.dep in ("parataxis", "dep") and not any(t.dep == "dobj" for t in below)
        clause = inserted or any(t.dep in ("ccomp", "parataxis") for t in below)
        if predicate.lemma in _list("promising"):
            return clause
        if predicate.lemma in _list("citing") and self._by_medium(predicate):
            return True
        told = clause or self.quoted or self._is_as_said(token)
        return predicate.lemma in _list("verbs") and told

    def _is_main(self, token: Token) -> bool:
        """Tell whether a verb is told of by the sentence itself, not by an aside of it."""
        while token.dep in ("ccomp", "conj", "parataxis", "dep") and token.head != token.number:
            if any(t.tag in _QUESTIONS for t in self._below(token)):
                return False  # "where he stressed"
            token = self.tokens[token.head]
        return token.dep == "ROOT" or self._is_as_said(token)

    def _is_as_said(self, token: Token) -> bool:
        """Tell whether a verb is that of "as the ministry noted"."""
        return token.dep == "advcl" and any(
            t.dep in ("mark", "advmod") and t.lemma == "as" for t in self._below(token)
        )

    def _is_open(self, token: Token) -> bool:
        """Tell whether the words are not or not yet said: "has not claimed", "will announce"."""
        below = self._below(token)
        if any(t.dep == "neg" for t in below):
            return True
        if auxiliaries := [t for t in below if t.dep == "aux"]:
            return any(t.text.lower() in _open_auxiliaries() for t in auxiliaries)
        shares = token.dep == "conj" and not any(t.dep == "nsubj" for t in below)
        return shares and self._is_open(self.tokens[token.head])

    def _told(self, predicate: Predicate) -> Span | None:
        """Return the medium that the subject tells."""
        if predicate.lemma not in _list("telling"):
            return None
        told = [self.tokens[a.head] for a in predicate.of("dative", "object")]
        for at, name in enumerate(told):
            span = self._whole(told[at:])
            itself = any(t.text in ("this", "our") for t in self._below(name))
            if known_kind(self.words(span)) in _MEDIA and not itself:
                return span
        return None

    def _source(self) -> Span | None:
        """Return what stands behind "according to"."""
        for token in self.tokens:
            if token.dep != "prep" or token.text.lower() not in _list("sources"):
                continue
            inner = next((t for t in self._below(token) if t.dep == "prep"), token)
            named = next((t for t in self._below(inner) if t.dep == "pobj"), None)
            span = self._printed(named) if named else self._run(inner.number + 1)
            if token.number == 0 and span:
                span = self._to_comma(span)
            if span and self._can_speak(span, named):
                return self._with_name(span)
        return None

    def _agent(self) -> Span | None:
        """Return who saw, published or told: "seen by Reuters"."""
        for predicate in self.reading.predicates:
            token = self.tokens[predicate.head]
            agents = [t for t in self._below(token) if t.dep == "agent"]
            spoken = predicate.lemma in _list("voiced")
            if self._is_open(token):
                continue
            told = spoken and self._is_main(token)
            seen = predicate.lemma in _list("seen") | _list("citing")
            for name in (t for agent in agents for t in self._below(agent) if t.dep == "pobj"):
                span = self._printed(name)
                medium = known_kind(self.words(span)) in _MEDIA
                if (medium and (seen or spoken)) or (told and self._can_speak(span, name)):
                    return span
        return None

    def _quoted(self) -> Span | None:
        """Return who is quoted by nobody in particular: "X was quoted as saying"."""
        for predicate in self.reading.predicates:
            below = self._below(self.tokens[predicate.head])
            passive = any(t.dep == "auxpass" for t in below) and any(t.lemma == "as" for t in below)
            subject = next((t for t in below if t.dep == "nsubjpass"), None)
            if predicate.lemma in _list("citing") and passive and subject:
                return self._printed(subject) if self._is_nominal(subject) else None
        return None

    def _author(self) -> Span | None:
        """Return whose paper the sentence tells from: "in a statement from the Kremlin"."""
        for token in self.tokens:
            inside = token.dep == "pobj" and self.tokens[token.head].lemma == "in"
            if not inside or token.lemma not in _list("papers"):
                continue
            for preposition in self._below(token):
                for name in self._below(preposition):
                    is_author = preposition.text.lower() in _list("authors") and name.dep == "pobj"
                    if is_author and self._can_speak(span := self._printed(name), name):
                        return span
        return None

    def _cited(self) -> Span | None:
        """Return whom the speaker relays: "citing officials", "quoted a source as saying"."""
        for predicate in self.reading.predicates:
            if predicate.lemma not in _list("citing"):
                continue
            aside = self.tokens[predicate.head].dep in _ASIDES
            for argument in predicate.of("object") if aside or self._by_medium(predicate) else ():
                name = self.tokens[argument.head]
                if self._can_speak(span := self._printed(name), name):
                    return span
        return None

    def _by_medium(self, predicate: Predicate) -> bool:
        subjects = (self._printed(self.tokens[a.head]) for a in predicate.of("subject"))
        return any(known_kind(self.words(span)) in _MEDIA for span in subjects)

    def _voice(self, predicate: Predicate) -> Span | None:
        """Return the subject next to the verb; where the parse splits title and name, both."""
        subjects = [self.tokens[a.head] for a in predicate.of("subject")]
        heads = [t for t in subjects if t.dep != "conj" and self._is_nominal(t)]
        heads.sort(key=lambda t: abs(t.number - predicate.head))
        if not heads:
            return None if subjects else self._before(predicate.head)
        head, span = heads[0], self._whole(heads)
        if head.tag == "PRP" or self._can_speak(span, head):
            return self._with_name(span)
        says = predicate.lemma in ("say", *_list("telling")) and head.pos == "NOUN"
        return span if says else None

    def _whole(self, heads: Sequence[Token]) -> Span:
        """Return the phrase of the first of *heads*, with those that the parse split from it."""
        span = self._printed(heads[0])
        for other in map(self._printed, heads[1:]):
            if 1 in (span.start - other.end, other.start - span.end):
                span = Span(min(span.start, other.start), max(span.end, other.end))
        return span

    def _before(self, verb: int) -> Span | None:
        """Return the words from the last comma to a verb whose subject the parse lost."""
        words: list[Token] = []
        end = verb - (self.tokens[verb - 1].text == ",")
        for token in reversed(self.tokens[max(0, end - _LONGEST) : max(0, end)]):
            if token.text == ",":
                break
            words.insert(0, token)
        acting = ("VERB", "AUX", "PRON")
        if not words or any(t.pos in acting and not t.text.istitle() for t in words):
            return None
        span = Span(words[0].start, words[-1].end)
        inner = all(t.text.istitle() or t.pos in ("DET", "ADP", "CCONJ") for t in words)
        ended = words[-1].pos == "PROPN" and words[0].pos != "ADP"
        named = inner and ended  # Save the Children
        return span if named or known_kind(self.words(span)) else None

    def _is_nominal(self, token: Token) -> bool:
        noun = token.pos in ("NOUN", "PROPN", "PRON") or token.text.isupper()
        words = (token, *(t for t in self._below(token) if t.dep != "prep"))
        nobody = any(t.lemma in listed("grammar", "marks", "negators") for t in words)
        return noun and not nobody and token.tag not in (*_QUESTIONS, "DT", "EX")

    def _can_speak(self, span: Span, head: Token | None) -> bool:
        """Tell whether the words name somebody, so that "according to plan" has no speaker."""
        return head is None or self._is_name(head) or known_kind(self.words(span)) is not None

    def _is_name(self, head: Token) -> bool:
        """Tell a name, also one that the parser takes for a noun: it is capital and has no "a"."""
        bare = head.tag == "NN" and not any(t.dep == "det" for t in self._below(head))
        return head.pos == "PROPN" or (bare and head.text[:1].isupper())

    def _below(self, token: Token) -> Sequence[Token]:
        return self.reading.children(token.number)

    def _printed(self, head: Token) -> Span:
        """Return the noun phrase with title and apposition as printed, without clauses."""
        inside, queue = [head], [head]
        while queue:
            above = queue.pop()
            for child in self._below(above):
                if self._belongs(child, above):
                    inside.append(child)
                    queue.append(child)
        first, last = min(t.number for t in inside), max(t.number for t in inside)
        if last - first > _LONGEST:
            first, last = head.number, head.number
        for dash in (t.number for t in self.tokens[first : last + 1] if self.reading.parts(t)):
            if dash < max(head.number, self.body):
                first = dash + 1
            else:
                last = min(last, dash - 1)
        if not first <= last:
            first, last = head.number, head.number
        words = [t.text for t in self.tokens[first : last + 1]]
        open_bracket = words.count("(") > words.count(")")
        last += open_bracket and last + 1 < len(self.tokens)
        return Span(self.tokens[first].start, self.tokens[last].end)

    def _belongs(self, child: Token, above: Token) -> bool:
        nominal = child.pos in ("NOUN", "PROPN")
        match child.dep:
            case "prep" | "agent":
                return self._is_of_office(child)
            case "appos":
                return nominal and child.number > above.number
            case "amod" | "acl":  # not "officials familiar with it", but "people familiar"
                return child.number < above.number or above.lemma in ("person", "people")
            case "conj":
                return nominal or child.pos == "ADJ"
            case _:
                return child.dep not in _APART

    def _is_of_office(self, preposition: Token) -> bool:
        """Tell whether a preposition belongs to a name or office, not to when or how it spoke."""
        if preposition.text.istitle() and preposition.number > self.body:
            return True  # Doctors Without Borders
        if preposition.text.lower() not in _list("belonging"):
            return False
        dated = [e for e in self.reading.entities if e.label in ("DATE", "TIME")]
        inner = [t for t in self._below(preposition) if t.dep == "pobj"]
        return (
            bool(inner)
            and not any(e.start <= t.start < e.end for t in inner for e in dated)
            and not (preposition.lemma == "in" and inner[0].lemma in _list("papers"))
        )

    def _run(self, number: int) -> Span | None:
        """Return the words from *number* to the next mark or verb, where the parse lost them."""
        run: list[Token] = []
        for token in self.tokens[number : number + _LONGEST]:
            if token.pos in ("VERB", "AUX") or token.text in (",", ";", ":", "—"):
                break
            run.append(token)
        return Span(run[0].start, run[-1].end) if run else None

    def _to_comma(self, span: Span) -> Span:
        """Return *span* up to its first comma, behind which the sentence proper begins."""
        comma = self.words(span).find(",")
        return Span(span.start, span.start + comma) if comma > 0 else span

    def _with_name(self, span: Span) -> Span:
        """Return an office with the name behind it: "the army spokesman, Gen. Lee,"."""
        inside = self.reading.at(span)
        behind = self.tokens[inside[-1].number + 1 :]
        if not behind or behind[0].text != "," or inside[-1].lemma not in _titles():
            return span
        name: list[Token] = []
        for token in behind[1:]:
            if token.pos != "PROPN" and token.text not in (".", "-"):
                break
            name.append(token)
        closed = len(name) < len(behind) - 1 and behind[len(name) + 1].text == ","
        return Span(span.start, name[-1].end) if closed and len(name) >= 2 else span


@cache
def _titles() -> frozenset[str]:
    return listed("names", "titles", "ranks") | listed("names", "titles", "heads")


@cache
def _open_auxiliaries() -> frozenset[str]:
    return frozenset().union(
        *(listed("grammar", "auxiliaries", realis) for realis in ("planned", "hypothetical"))
    )


def _list(name: str) -> frozenset[str]:
    return listed("grammar", "speech", name)


@cache
def _hedging() -> frozenset[tuple[str, ...]]:
    phrases = _hedges_of("words") | _hedges_of("phrases")
    return frozenset(tuple(phrase.replace("-", " - ").split()) for phrase in phrases)


@cache
def _opening_hedges() -> frozenset[str]:
    return frozenset(words[0] for words in _hedging())


def _hedges_of(name: str) -> frozenset[str]:
    return listed("grammar", "hedges", name)


def _hedges(reading: Reading) -> Iterator[Span]:
    """Yield the words that leave open what the sentence tells, in order of the text."""
    at = 0
    while at < len(reading.tokens):
        if end := _hedge_end(reading, at):
            yield Span(reading.tokens[at].start, reading.tokens[end - 1].end)
        at = end or at + 1


def _hedge_end(reading: Reading, at: int) -> int | None:
    """Return the number behind the hedge that starts at token *at*."""
    tokens, token = reading.tokens, reading.tokens[at]
    first = token.text.casefold()
    if first in _opening_hedges():
        words = tuple(t.text.casefold() for t in tokens[at : at + _LONGEST_HEDGE])
        for size in range(len(words), 0, -1):
            if words[:size] in _hedging():
                return at + size
    if token.tag == "MD" and first in _hedges_of("modals"):
        return at + 1
    if at + 1 == len(tokens) or tokens[at + 1].tag != "TO":
        return None
    hearsay = first in _hedges_of("hearsay")
    said_to = hearsay and any(t.dep == "auxpass" for t in reading.children(at))
    return at + 2 if said_to or token.lemma in _hedges_of("outlook") else None
