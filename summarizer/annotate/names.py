"""Readings -> mentions of actors, with what stands by the name: rank, position, owner, labels.

A name's kind is judged by the lists first, then by its head noun, then by what the parser's model
and the grammar say of it. What a lone surname is, is decided over the whole document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from summarizer.annotate.described import find_described
from summarizer.annotate.labels import find_labels, find_unnamed
from summarizer.annotate.lines import Chunk, Line
from summarizer.annotate.organisations import KINDS, STATES, find_chunks
from summarizer.annotate.places import find_places, is_located
from summarizer.annotate.runs import Run, dateline_of, find_runs, noun_kind
from summarizer.annotate.titles import Title, find_titles
from summarizer.annotations import Form, Mention, PlaceMention, Reading
from summarizer.language.countries import countries
from summarizer.language.known import name_key, terms
from summarizer.names import tokens_agree
from summarizer.source import Span

LONGEST_PERSON = 5
"""Words of a person's name."""
LONGEST_UNSEEN = 3
"""Words of a person's name that the parser does not know for one."""
Name = tuple[str, ...]
_FORMS: Mapping[str, Form] = {
    "demonym": "demonym",
    "government": "government",
    "capital": "metonym",
}
_NO_PARTY = ("thing", "date", "place")
_NO_ACTOR = ("GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "NORP")


@dataclass(frozen=True)
class Named:
    """One sentence with all that may name someone in it."""

    line: Line
    chunks: tuple[Chunk, ...]
    titles: tuple[Title, ...]
    runs: tuple[Run, ...]
    dateline: int


def find_names(
    readings: Sequence[Reading],
) -> tuple[tuple[Mention, ...], Mapping[int, tuple[PlaceMention, ...]]]:
    """Return the mentions of actors, in order, and the places of each sentence by its id."""
    read = [_read(r) for r in readings if r.sentence.kind != "boilerplate"]
    kinds = _judged(read)
    people = frozenset(name for name, kind in kinds.items() if kind == "person")
    mentions = [m for named in read for m in _mentions(named, kinds)]
    places = {
        n.line.reading.sentence.id: find_places(
            n.line, tuple(c for c in n.chunks if c.first >= n.dateline), n.runs, people
        )
        for n in read
    }
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end))), places


def _read(reading: Reading) -> Named:
    line = Line(reading)
    chunks = find_chunks(line)
    titles = find_titles(line, chunks)
    runs = find_runs(line, chunks, titles)
    return Named(line, chunks, titles, runs, dateline_of(line, chunks, runs))


def _judged(read: Sequence[Named]) -> Mapping[Name, str]:
    """Return what each unknown name of the document is, by all that is said of it."""
    seen: dict[Name, list[Run]] = defaultdict(list)
    initial: dict[Name, bool] = {}
    for named in read:
        for run in named.runs:
            if run.first >= named.dateline:
                key = _key(named.line, run)
                seen[key].append(run)
                initial[key] = initial.get(key, True) and named.line.opens(run.first)
    strong = sorted(key for key, runs in seen.items() if _is_strong(key, runs))
    full = list(strong)
    kinds = dict.fromkeys(strong, "person")
    firms = _firms(read)
    for key in sorted(seen.keys() - set(strong), key=lambda key: (-len(key), key)):
        named_so = _is_part(key, seen[key], full)
        short = len(key) == 1 and firms.issuperset(key) and not named_so
        kind = "company" if short else None
        if kind := kind or _weak_kind(key, seen[key], initial[key], known=named_so):
            kinds[key] = kind
            full += [key] if kind == "person" else []
            firms |= {key[0]} if kind == "company" else set()
    return kinds


def _firms(read: Sequence[Named]) -> set[str]:
    """Return the words that a firm of the document may be called by: the first of its name."""
    return {
        named.line.key(chunk.first)
        for named in read
        for chunk in named.chunks
        if chunk.kind == "company" and chunk.last - chunk.first > 1 and not chunk.identity
    }


def _is_part(key: Name, runs: Sequence[Run], full: Sequence[Name]) -> bool:
    """Tell whether a name is a person's of the document: von der Leyen, or Zelenskyy for -sky."""
    if any(key[0] in name if len(key) == 1 else name[-len(key) :] == key for name in full):
        return True
    speaks = len(key) == 1 and any(run.speaks for run in runs)
    return speaks and any(tokens_agree(key[0], name[-1]) for name in full if len(name) > 1)


def _key(line: Line, run: Run) -> Name:
    return name_key(line.text(run.first, run.last))


def _is_strong(key: Name, runs: Sequence[Run]) -> bool:
    if any(run.rank is not None or run.title or run.nickname for run in runs):
        return True
    return any(run.strong for run in runs) and not any(run.kind for run in runs)


def _weak_kind(key: Name, runs: Sequence[Run], initial: bool, *, known: bool) -> str | None:
    """Return what a name is of which no title or rank tells: person, unknown body or nothing."""
    cued = Counter(run.kind for run in runs if run.kind)
    if cued:
        return cued.most_common(1)[0][0]
    speaks, acts = any(run.speaks for run in runs), sum(run.acts for run in runs)
    if known:
        return "person"
    if any(run.located for run in runs) and not speaks:
        return None
    labels = Counter(run.label for run in runs)
    label = "PERSON" if labels["PERSON"] else labels.most_common(1)[0][0]
    if label == "PERSON":
        told = any(run.told for run in runs)
        shown = speaks or told or acts > (1 if initial else 0)
        return "person" if 1 < len(key) <= LONGEST_PERSON or shown else None
    if label in _NO_ACTOR and not speaks:
        return None
    personal = any(run.personal or (run.speaks and label is None) for run in runs)
    if (personal and 1 < len(key) <= LONGEST_UNSEEN) or (personal and not (initial or label)):
        return "person"
    return "unknown" if _is_body(runs, label) else None


def _is_body(runs: Sequence[Run], label: str | None) -> bool:
    """Tell whether a name may be a body's: it acts, or is used as a body's acronym."""
    definite = any(run.definite for run in runs)
    if label is None and definite:
        return False  # The Guidelines support it
    acronym = label == "ORG" and any(run.acronym and run.definite for run in runs)
    return acronym or any(run.acts for run in runs)


def _mentions(named: Named, kinds: Mapping[Name, str]) -> Iterator[Mention]:
    yield from (m for chunk in named.chunks if (m := _of_chunk(named, chunk)))
    yield from (m for run in named.runs if (m := _of_run(named, run, kinds)))
    yield from _in_titles(named)
    speakers = tuple(_speakers(named, kinds))
    yield from speakers
    yield from _described(named, kinds, speakers)


def _in_titles(named: Named) -> Iterator[Mention]:
    """Yield the bodies that an office is named by, whose acronym no list knows: XYZ spokesman."""
    line = named.line
    known = {at for c in named.chunks for at in range(c.first, c.last)}
    for title in named.titles:
        last = title.head
        first = last
        while first > title.first and (line.acronym(first - 1) or line.hyphen(first - 1)):
            first -= 1
        entity = line.entity(first) if first < last else None
        if entity is None or entity.label != "ORG" or not known.isdisjoint(range(first, last)):
            continue
        if len(line.texts[first]) > 2 and not line.acronym(title.head):
            yield _mention(line, first, last, kind=None)


def _speakers(named: Named, kinds: Mapping[Name, str]) -> Iterator[Mention]:
    """Yield those who speak without a name: a senior official."""
    line = named.line
    held = {r.title for r in named.runs if kinds.get(_key(line, r)) == "person"}
    for title in named.titles:
        at = find_unnamed(line, title) if title not in held else None
        if at and not (line.key(at[1]) == "," and any(r.first == at[1] + 1 for r in named.runs)):
            owner = title.owner
            yield _mention(
                line,
                *at,
                kind="person",
                form="unnamed",
                country=owner.country if owner else None,
                affiliation=line.span(owner.first, owner.last) if owner else None,
                subject=True,
            )


def _described(
    named: Named, kinds: Mapping[Name, str], speakers: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield those who are told by a description, and act or not."""
    line = named.line
    people = [r for r in named.runs if kinds.get(_key(line, r)) == "person"]
    names = [range(c.first, c.last) for c in named.chunks if c.kind not in _NO_PARTY]
    names += [range(r.first, r.last) for r in people]
    offices = [range(r.title.first, r.title.last) for r in people if r.title]
    for one in find_described(line, named.chunks, names, offices):
        span = line.span(one.first, one.last)
        if one.first < named.dateline or line.heading:
            continue
        if any(m.start < span.end and span.start < m.end for m in speakers):
            continue
        yield _mention(
            line,
            one.first,
            one.last,
            kind=one.kind,
            form="unnamed",
            acts=one.acts,
            country=one.owner.country if one.owner else None,
            subject=one.acts,
        )


def _mention(line: Line, first: int, last: int, **fields: Any) -> Mention:
    span = line.span(first, last)
    return Mention(line.reading.sentence.id, span.start, span.end, line.text(first, last), **fields)


def _of_run(named: Named, run: Run, kinds: Mapping[Name, str]) -> Mention | None:
    line = named.line
    kind = kinds.get(_key(line, run)) if run.first >= named.dateline else None
    if kind == "person":
        return _person(named, run)
    if kind in ("place", "thing") or not (kind or _is_bracketed(line, run.first, run.last)):
        return None
    return _mention(
        line,
        run.first,
        run.last,
        kind=None if kind == "unknown" else kind,
        acronym=_acronym(line, run.last),
        labels=_labels(line, run.first, run.last),
        subject=run.acts,
    )


def _labels(line: Line, first: int, last: int) -> tuple[Span, ...]:
    return tuple(line.span(*label) for label in find_labels(line, first, last))


def _is_bracketed(line: Line, first: int, last: int) -> bool:
    """Tell whether a name is the acronym in brackets behind another."""
    capitals = sum(map(str.isupper, line.text(first, last)))
    one = last - first == 1 or line.hyphen(first + 1)
    return capitals > 1 and one and line.key(first - 1) == "(" and line.key(last) == ")"


def _acronym(line: Line, at: int) -> Span | None:
    """Return the acronym in brackets behind a name, or behind "or" in commas."""
    if line.key(at) == "," and line.key(at + 1) == "or" and at + 2 < len(line):
        return line.span(at + 2, at + 3) if line.acronym(at + 2) else None
    if line.key(at) != "(" or at + 1 >= len(line):
        return None
    last = next((i for i in range(at + 2, min(at + 6, len(line))) if line.key(i) == ")"), None)
    return line.span(at + 1, last) if last and _is_bracketed(line, at + 1, last) else None


def _of_chunk(named: Named, chunk: Chunk) -> Mention | None:
    line, state = named.line, chunk.kind in (*STATES, "government")
    if not (state or chunk.kind in KINDS) or (not state and _is_office(named, chunk)):
        return None
    return _mention(
        line,
        chunk.first,
        chunk.last,
        kind="state" if state else _kind(line, chunk),
        form=_FORMS.get(chunk.kind, "name"),
        acts=chunk.first >= named.dateline and _acts(named, chunk),
        identity=chunk.country if state else chunk.identity,
        country=chunk.country,
        acronym=_acronym(line, chunk.last),
        labels=() if state else _labels(line, chunk.first, chunk.last),
        subject=line.verb(chunk.first, chunk.last) is not None,
    )


def _kind(line: Line, chunk: Chunk) -> str:
    """Return an organisation's kind; a noun beside a name of no kind tells: X, a party."""
    if chunk.kind != "other" or chunk.identity:
        return chunk.kind
    head = line.head(chunk.first, chunk.last)
    beside = (t for t in line.reading.children(head.number) if t.dep == "appos")
    kinds = (noun_kind(line, t) for t in beside if t.pos == "NOUN")
    return next((kind for kind in kinds if kind in KINDS), chunk.kind)


def _acts(named: Named, chunk: Chunk) -> bool:
    """Tell whether a state is more than where something is, or an adjective."""
    if chunk.kind == "demonym":
        return _does(named.line, chunk)
    if chunk.kind not in STATES:
        return chunk.identity not in _seats() or not _is_seat(named, chunk)
    if is_located(named.line, chunk, named.chunks):
        return False
    return not _is_attributive(named.line, chunk) or _does(named.line, chunk)


@cache
def _seats() -> frozenset[str]:
    """Return the bodies that are called by where they sit: the White House."""
    return frozenset(body for each in countries() for body, _ in each.bodies)


def _is_seat(named: Named, chunk: Chunk) -> bool:
    """Tell whether such a name only says where: at the White House; GHQ, Rawalpindi."""
    line = named.line
    behind = line.key(chunk.first - 1) == "," and line.head(chunk.first, chunk.last).dep == "appos"
    return behind or is_located(line, chunk, named.chunks)


def _is_office(named: Named, chunk: Chunk) -> bool:
    """Tell whether a body's words only name an office: French Armed Forces Minister."""
    within = any(t.first <= chunk.first and chunk.last <= t.last for t in named.titles)
    if within and chunk.country is None and chunk.kind in ("military", "government_body"):
        return True
    return chunk.identity is None and named.line.key(chunk.last) in terms("titles", "offices")


def _is_attributive(line: Line, chunk: Chunk) -> bool:
    """Tell whether a state's name only qualifies a common noun: New Zealand production sites."""
    token = line.lead(line.head(chunk.first, chunk.last))
    noun = line.tokens[token.head]
    behind = line.tokens[chunk.last].pos if chunk.last < len(line) else ""
    before = line.tokens[chunk.first - 1].pos if chunk.first else ""
    if behind in ("NUM", "DET", "PRON") or before == "VERB":
        return False  # gave Estonia 24 howitzers
    return token.dep in ("compound", "nmod", "amod") and noun.pos == "NOUN"


def _does(line: Line, chunk: Chunk) -> bool:
    """Tell whether a demonym names a deed or force of its state: "Israeli air strikes"."""
    head = line.head(chunk.first, chunk.last)
    if head.dep in ("nsubj", "pobj", "dobj", "conj") and line.tokens[head.number].pos == "PROPN":
        return head.tag == "NNPS"
    left = 3
    for at in range(chunk.last, len(line)):
        if line.key(at) in terms("organisations", "state_deeds"):
            return True
        if line.tokens[at].dep in ("cc", "conj") or (left < 3 and line.key(at) == ","):
            continue  # the Norwegian and Danish governments
        if not line.texts[at].isalpha() or line.capital(at) or left == 1:
            return False
        left -= 1
    return False


def _person(named: Named, run: Run) -> Mention:
    line, title, owner, position = named.line, run.title, run.owner, None
    if title and line.key(title.head) not in terms("titles", "counterparts"):
        position = line.span(title.first, title.last)
    country = (owner.country if owner else None) or (title.country if title else None)
    country = country or run.country
    if title and title.plural and sum(r.title == title for r in named.runs) > 1:
        owner, country = None, None  # "ministers X and Y": whose they are is not said one by one
    return _mention(
        line,
        run.first,
        run.last,
        kind="person",
        country=country,
        rank=line.span(run.rank, run.first) if run.rank is not None else None,
        position=position,
        affiliation=line.span(owner.first, owner.last) if owner else None,
        labels=_labels(line, run.first, run.last),
        subject=run.acts,
        nickname=run.nickname,
        kin=run.kin,
    )
