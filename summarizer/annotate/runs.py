"""Tokens -> runs of capitals that no list knows, with what speaks for a person in them.

A name is what stands outside chunks and titles. What the noun beside it says it is (the newspaper
X, X, a firm) is read off the grammar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.annotate.lines import QUOTES, Chunk, Line
from summarizer.annotate.organisations import KINDS
from summarizer.annotate.titles import Title, apposition, rank_before, title_before
from summarizer.annotations import Token
from summarizer.language import listed
from summarizer.language.known import terms
from summarizer.language.words import key

LONGEST_NAME = 12
"""Tokens of a person's name, particles, hyphens and initials included."""
LONGEST_DATELINE = 12
"""Tokens before the dash of a dateline."""
_DASHES = ("—", "–", "-", "--")
_ALIAS = ("known", "alias", "nicknamed")
_BEHIND = ("of", "from", "at", "with")


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens ``first`` to ``last`` are a name.

    ``kind`` is what the noun beside it says it is, ``strong`` that it must be a person's.
    """

    first: int
    last: int
    key: tuple[str, ...]
    kind: str | None
    label: str | None
    rank: int | None = None
    title: Title | None = None
    owner: Chunk | None = None
    country: str | None = None
    strong: bool = False
    located: bool = False
    definite: bool = False
    acronym: bool = False
    personal: bool = False
    speaks: bool = False
    acts: bool = False
    nickname: bool = False
    kin: bool = False
    told: bool = False


def find_runs(line: Line, chunks: tuple[Chunk, ...], titles: Sequence[Title]) -> tuple[Run, ...]:
    """Return the names outside all chunks and titles, in order."""
    covered = {at for c in chunks for at in range(c.first, c.last)}
    covered |= {at for t in titles for at in range(t.first, t.last)}
    runs: list[Run] = []
    at = 0
    while at < len(line):
        if at in covered or not _starts(line, at):
            at += 1
            continue
        last = _end(line, at, covered)
        if line.heading and (last := _person_end(line, at)) == at:
            at += 1
            continue
        runs.append(_run(line, at, last, chunks, titles, runs[-1] if runs else None))
        at = last
    return tuple(runs)


def _person_end(line: Line, at: int) -> int:
    """Return the end of a person's name in a heading, whose capitals mean nothing."""
    entity = line.entity(at)
    if entity is None or entity.label != "PERSON":
        return at
    return next((i for i in range(at, len(line)) if line.tokens[i].end >= entity.end), at - 1) + 1


def _starts(line: Line, at: int) -> bool:
    if at >= line.margin and not line.capital(at):
        return False
    text = line.texts[at]
    if line.hyphen(at - 1) and not line.capital(at - 2):
        return False  # post-Assad
    if at < line.margin:
        return text[0].isalpha() and not (line.is_rank(at) or line.is_title(at))
    if not line.named(at) or not text[0].isalpha() or _is_date(line, at) or _shouts(line, at):
        return False
    if line.is_title(at):
        return False
    if len(key(text)) == 1 and len(key(text)[0]) < 2:  # an initial, or "Adm. K Swaminathan"
        return line.capital(at + 1) and (text.endswith(".") or line.is_rank(at - 1))
    entity = line.entity(at)
    if entity is not None and entity.label == "NORP" and line.tokens[at].pos == "ADJ":
        return False  # the Korean company
    person = entity is not None and entity.label == "PERSON"
    if line.is_rank(at) or line.key(at) in terms("titles", "modifiers"):
        begins = entity is not None and entity.start == line.tokens[at].start
        return person and begins and line.capital(at + 1) and not rank_before(line, at + 1)
    if line.opens(at) and entity is None:
        return line.tokens[at].tag == "NNP"
    return line.tokens[at].pos in ("PROPN", "NOUN", "ADJ") or entity is not None


def _is_date(line: Line, at: int) -> bool:
    dated = line.key(at) in terms("never", "months") or line.key(at) in terms("never", "weekdays")
    if not dated:
        return False
    token = line.tokens[at]
    return not (token.dep == "compound" and token.head == at + 1 and line.capital(at + 1))


def _shouts(line: Line, at: int) -> bool:
    """Tell whether the word is one of several in capitals only, as in a cry or a headline."""
    if not line.acronym(at) or at < line.margin:
        return False
    return any(
        0 <= near < len(line) and line.acronym(near) and len(line.texts[near]) > 3
        for near in (at - 1, at + 1)
    )


def _end(line: Line, first: int, covered: set[int]) -> int:
    at = first + 1
    limit = min(len(line), first + LONGEST_NAME)
    while at < limit and at not in covered:
        if line.hyphen(at) and at + 1 not in covered:
            at += 2
        elif (line.capital(at) and _goes_on(line, at)) or _particle(line, at, covered):
            at += 1
        elif line.key(at) in terms("people", "suffixes") and line.capital(at):
            return at + 1
        elif nickname := _nickname_end(line, at, covered):
            at = nickname
        else:
            break
    return min(at, len(line))


def _goes_on(line: Line, at: int) -> bool:
    entity = line.entity(at)
    within = entity is not None and entity.start < line.tokens[at].start
    if not within and (line.is_title(at) or line.is_rank(at) or line.opens(at)):
        return False
    return line.texts[at][0].isalpha() and (
        within or not _is_date(line, at) or line.tokens[at - 1].head == at
    )


def _particle(line: Line, at: int, covered: set[int]) -> bool:
    """Particles may be two (van der Leyen, de la Cruz) before the capital comes."""
    for ahead in (at, at + 1):
        if line.key(ahead) not in terms("people", "particles") or ahead in covered:
            return False
        if line.capital(ahead + 1) and ahead + 1 not in covered:
            return not line.is_title(ahead + 1)
        if line.hyphen(ahead + 1):
            return line.capital(ahead + 2)
    return False


def _nickname_end(line: Line, at: int, covered: set[int]) -> int | None:
    """Mohamed “Hemedti” Dagalo: the quoted middle is part of the name."""
    if line.texts[at] not in QUOTES:
        return None
    for close in (at + 2, at + 3):
        if close + 1 < len(line) and line.texts[close] in QUOTES and close + 1 not in covered:
            quoted = all(line.capital(i) for i in range(at + 1, close))
            return close + 1 if quoted and _starts(line, close + 1) else None
    return None


def _run(
    line: Line,
    first: int,
    last: int,
    chunks: tuple[Chunk, ...],
    titles: Sequence[Title],
    before: Run | None,
) -> Run:
    rank = rank_before(line, first)
    if rank is not None and any(t.head < first == t.last for t in titles):
        rank = None  # the General of "Secretary General" is no rank
    ship = rank is not None and line.key(rank - 1) in terms("organisations", "equipment")
    if ship:
        first, rank = rank or first, None  # the frigate Admiral X
    start = first if rank is None else rank
    title = title_before(line, start, titles) or _shared(line, before, start)
    title = title or apposition(line, last, titles)
    speaks, verb = line.speaks(first, last), line.verb(first, last)
    label, size = line.label(first, last), last - first
    kind = "thing" if ship else _cue(line, first, last, chunks)
    return Run(
        first,
        last,
        tuple(word for at in range(first, last) for word in key(line.texts[at])),
        kind=kind,
        label=label,
        rank=rank,
        title=title,
        owner=_organisation_behind(line, last, chunks) or (title.owner if title else None),
        country=_possessor(line, start, chunks),
        strong=rank is not None
        or title is not None
        or (kind is None and _looks_personal(line, first, last, label))
        or (size > 1 and speaks and label == "PERSON"),
        located=_is_located(line, first, last),
        definite=line.key(first - 1) in ("the", "a", "an"),
        acronym=size == 1
        and line.acronym(first)
        and 2 < len(line.texts[first]) < 8
        and not _is_done(line, first),
        speaks=speaks,
        acts=verb is not None,
        personal=verb is not None and verb.lemma in terms("people", "verbs"),
        nickname=before is not None and _is_nickname(line, before.last, first),
        kin=_is_kin(line, start, last),
        told=_is_told(line, first, last),
    )


def _is_located(line: Line, first: int, last: int) -> bool:
    """Tell whether something is or happens at what is named: in X, entered X."""
    preposition = line.preposition(first, last)
    if preposition is not None:
        return line.key(preposition.number) in terms("places", "within")
    token = line.lead(line.head(first, last))
    return token.dep == "dobj" and line.tokens[token.head].lemma in terms("places", "reached")


def _is_done(line: Line, at: int) -> bool:
    """Tell whether a name is that of something carried out: the IBO was conducted."""
    token = line.lead(line.tokens[at])
    done = token.dep in ("dobj", "nsubjpass")
    return done and line.tokens[token.head].lemma in terms("organisations", "done")


def _shared(line: Line, before: Run | None, at: int) -> Title | None:
    """Presidents X and Y: the second of a list has the first one's position."""
    if before is None or before.title is None or not before.title.plural:
        return None
    between = set(line.keys[before.last : at])
    return before.title if between and between <= {"and", ","} else None


def _looks_personal(line: Line, first: int, last: int, label: str | None) -> bool:
    if last - first < 2 or label in ("FAC", "LOC", "EVENT", "LAW", "WORK_OF_ART"):
        return False
    words = line.keys[first:last]
    particle = any(word in terms("people", "particles") for word in words[1:-1])
    initial = any(len(text) == 2 and text.endswith(".") for text in line.texts[first:last])
    return (particle or initial) and label in ("PERSON", None)


def _organisation_behind(line: Line, at: int, chunks: Sequence[Chunk]) -> Chunk | None:
    """Name of the Center ...: the organisation behind the name."""
    if line.key(at) not in _BEHIND:
        return None
    behind = at + 1 + (line.key(at + 1) == "the")
    return next((c for c in chunks if c.first == behind and c.kind in KINDS), None)


def _possessor(line: Line, at: int, chunks: Sequence[Chunk]) -> str | None:
    """Hungary's Viktor Orbán: the country that the person is of."""
    if at < 2 or not line.possessive(at - 1):
        return None
    return next((c.country for c in chunks if c.last == at - 1 and c.kind == "country"), None)


def _is_nickname(line: Line, last: int, first: int) -> bool:
    """Known as Hemedti: another name of the person that ends at token *last*."""
    between = [line.key(at) for at in range(last, first) if line.tokens[at].pos != "PUNCT"]
    named_so = any(word in _ALIAS for word in between)
    return named_so and all(word in terms("people", "alias") for word in between)


def _is_kin(line: Line, first: int, last: int) -> bool:
    """Tell whether somebody is named as a relative: his son, Hunter Biden; X, the leader's son."""
    kin = terms("people", "kin")
    back = first - 1 - (line.key(first - 1) == ",")
    if back >= 0 and line.tokens[back].lemma in kin:
        return True
    behind = line.reading.children(line.head(first, last).number)
    return any(token.dep == "appos" and token.lemma in kin for token in behind)


def _is_told(line: Line, first: int, last: int) -> bool:
    """Tell whether the name is the one spoken to: Xi told Putin."""
    token = line.lead(line.head(first, last))
    if token.dep not in ("dobj", "dative"):
        return False
    said = any(child.dep in ("ccomp", "xcomp") for child in line.reading.children(token.head))
    return said and line.tokens[token.head].lemma in listed("grammar", "speech", "verbs")


def _cue(line: Line, first: int, last: int, chunks: tuple[Chunk, ...]) -> str | None:
    """Return what the words of a name and the nouns beside it say that it names."""
    if kind := _own_cue(line, first, last):
        return kind
    before = next((c for c in chunks if c.last == first - 1), None)
    if before and line.key(first - 1) in terms("cues", "offshoot"):
        return before.kind  # the al-Qaeda affiliate X
    digits = any(map(str.isdigit, "".join(line.texts[first:last])))
    designed = digits and (last - first > 1 or not line.verb(first, last))
    if designed or any(c.last == first and c.kind == "thing" for c in chunks):
        return "thing"
    if line.key(first - 1) == "(" and line.key(first - 2) in terms("never", "thing_nouns"):
        return "thing"  # the acronym of what is named before
    ended = any(c.last == first for c in chunks) or line.is_title(first - 1)
    portfolio = line.capital(first - 1) and line.key(first - 1) in terms("titles", "modifiers")
    if portfolio and not ended:
        return "thing"  # Joint Venture
    kinds = (noun_kind(line, noun) for noun in _beside(line, first, last))
    return next((kind for kind in kinds if kind), None)


def _own_cue(line: Line, first: int, last: int) -> str | None:
    """Return what the first and last words of a name say that it names."""
    for at in (first - 1, first):
        if line.key(at) in terms("never", "openers") and line.capital(at) and at + 1 < last:
            return "thing"  # Exercise Desert Flag
    if last - first == 1:
        several = line.key(first).removesuffix("s") in terms("organisations", "lower_government")
        return "thing" if several else None  # the Governments of X and Y
    for (where, words), kind in (
        (("places", "openers"), "place"),
        (("organisations", "media"), "media"),
    ):
        if line.key(first) in terms(where, words):
            return kind
    for words, kind in (("place_nouns", "place"), ("thing_nouns", "thing")):
        if line.key(last - 1) in terms("never", words):
            return kind
    return None


def _beside(line: Line, first: int, last: int) -> Iterator[Token]:
    """Yield the common nouns that the grammar or their place sets beside a name as its kind."""
    head = line.head(first, last)
    above = line.tokens[head.head]
    near = head.dep in ("compound", "nmod") and last <= above.number <= last + 1
    if above.pos == "NOUN" and (near or head.dep == "appos"):
        yield above
    preposition = line.preposition(first, last)
    if preposition and _is_kind_of(line, preposition):
        yield line.tokens[preposition.head]
    for child in line.reading.children(head.number):
        if child.dep == "appos" and child.number >= last:
            yield child
    if head.dep == "nsubj" and above.lemma == "be":
        yield from (c for c in line.reading.children(above.number) if c.dep == "attr")
    for at in (first - 1, last):
        if 0 <= at < len(line) and line.tokens[at].pos == "NOUN" and not line.capital(at):
            yield line.tokens[at]
    commas = first > 1 and line.key(first - 1) == line.key(last) == ","
    if commas and line.tokens[first - 2].pos == "NOUN":
        yield line.tokens[first - 2]


def _is_kind_of(line: Line, preposition: Token) -> bool:
    """Tell whether the noun over a preposition says what stands behind it: militants of X."""
    if line.key(preposition.number) == "of":
        return line.key(preposition.head) in terms("cues", "armed_group")
    return line.key(preposition.number) in ("including", "like", "as")


def noun_kind(line: Line, noun: Token) -> str | None:
    """Return the kind that a common noun gives the name beside it: the party X."""
    if noun.pos not in ("NOUN", "PROPN"):
        return None
    lemmas = (line.key(noun.number), noun.lemma)
    qualified = [c.lemma for c in line.reading.children(noun.number) if c.number < noun.number]
    for kind in ("political_party", "media", "armed_group", "company", "other"):
        if any(lemma in terms("cues", kind) for lemma in lemmas):
            return kind
    person = terms("titles", "heads") | terms("titles", "unnamed") | terms("cues", "person")
    if noun.tag in ("NN", "NNP") and not person.isdisjoint(lemmas):
        return "person"
    behind = (
        c
        for of in line.reading.children(noun.number)
        if of.lemma == "of"
        for c in line.reading.children(of.number)
    )
    if any(line.key(c.number) in terms("cues", "armed_group") for c in behind):
        return "armed_group"  # a coalition of Tuareg rebels
    if "group" in lemmas and any(word in terms("labels", "adjectives") for word in qualified):
        return "armed_group"
    for lists, kind in (
        (("organisations", "equipment"), "thing"),
        (("never", "thing_nouns"), "thing"),
        (("never", "place_nouns"), "place"),
    ):
        if any(lemma in terms(*lists) for lemma in lemmas):
            return kind
    return None


def dateline_of(line: Line, chunks: Sequence[Chunk], runs: Sequence[Run]) -> int:
    """Return how many tokens a report's head has, "KYIV, Ukraine (AP) —": they name no actors."""
    ends = range(1, min(len(line), LONGEST_DATELINE))
    seat = line.acronym(0) and any(c.first == 0 and c.kind in ("capital", "place") for c in chunks)
    marks = (*_DASHES, ":") if seat else _DASHES  # "BEIRUT: ..."
    mark = next((i for i in ends if line.texts[i] in marks and not line.hyphen(i)), 0)
    names = [range(c.first, c.last) for c in chunks] + [range(r.first, r.last) for r in runs]
    first = next((name.stop for name in names if name.start == 0), 0)
    marked = "(" in line.texts[:mark] or line.acronym(0) or mark == first
    rest = [i for i in range(mark) if not any(i in name for name in names)]
    known = all(
        line.key(i) in ",()./" or line.texts[i].isdigit() or _is_date(line, i) for i in rest
    )
    if first and marked and known and mark:
        return mark
    dated = line.acronym(0) and line.key(1) == "," and len(line) > 2 and _is_date(line, 2)
    return 3 if dated else 0  # MOSCOW, February 12
