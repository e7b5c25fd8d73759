"""Readings -> mentions of actors, with what stands by the name: rank, position, owner, labels.

A name's kind is judged by the lists first, then by its head noun, then by what the parser's model
and the grammar say of it. What a lone surname is, is decided over the whole document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from summarizer.annotate.labels import find_labels, find_unnamed
from summarizer.annotate.lines import Chunk, Line
from summarizer.annotate.organisations import KINDS, STATES, find_chunks
from summarizer.annotate.places import find_places, is_located
from summarizer.annotate.runs import Run, find_runs, source_of_dateline
from summarizer.annotate.titles import Title, find_titles
from summarizer.annotations import Form, Mention, PlaceMention, Reading
from summarizer.brief import ActorKind
from summarizer.language.known import name_key, terms
from summarizer.source import Span

_NO_ACTOR = ("GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "NORP")


@dataclass(frozen=True)
class Named:
    """One sentence with all that may name someone in it."""

    line: Line
    chunks: tuple[Chunk, ...]
    titles: tuple[Title, ...]
    runs: tuple[Run, ...]
    dateline: range | None


def find_names(
    readings: Sequence[Reading],
) -> tuple[tuple[Mention, ...], Mapping[int, tuple[PlaceMention, ...]]]:
    """Return the mentions of actors in order of place, and the places of each sentence by its id."""
    read = [_read(r) for r in readings if r.sentence.kind != "boilerplate"]
    kinds = _judged(read)
    people = frozenset(name for name, kind in kinds.items() if kind == "person")
    mentions = [m for named in read for m in _mentions(named, kinds)]
    places = {
        n.line.reading.sentence.id: find_places(
            n.line, _without(n.chunks, n.dateline), n.runs, people
        )
        for n in read
    }
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end))), places


def _read(reading: Reading) -> Named:
    line = Line(reading)
    chunks = find_chunks(line)
    titles = find_titles(line, chunks)
    runs = find_runs(line, chunks, titles)
    return Named(line, chunks, titles, runs, source_of_dateline(line, chunks, runs))


def _without(chunks: tuple[Chunk, ...], part: range | None) -> tuple[Chunk, ...]:
    return tuple(c for c in chunks if part is None or c.first not in part)


def _judged(read: Sequence[Named]) -> Mapping[tuple[str, ...], str]:
    """Return what each unknown name of the document is, by all that is said of it."""
    seen: dict[tuple[str, ...], list[Run]] = defaultdict(list)
    initial: dict[tuple[str, ...], bool] = {}
    for named in read:
        for run in named.runs:
            if named.dateline is None or run.first not in named.dateline:
                key = _key(named.line, run)
                seen[key].append(run)
                initial[key] = initial.get(key, True) and named.line.opens(run.first)
    strong = {key for key, runs in seen.items() if _is_strong(key, runs)}
    parts = {part for key in strong for part in (*key[1:], *key[:1])}
    kinds = dict.fromkeys(strong, "person")
    for key, runs in seen.items():
        if key not in strong and (kind := _weak_kind(key, runs, parts, initial[key])):
            kinds[key] = kind
    return kinds


def _key(line: Line, run: Run) -> tuple[str, ...]:
    return name_key(line.text(run.first, run.last))


def _is_strong(key: tuple[str, ...], runs: Sequence[Run]) -> bool:
    if any(run.rank is not None or run.title for run in runs):
        return True
    return any(run.strong for run in runs) and not any(run.kind for run in runs)


def _weak_kind(
    key: tuple[str, ...], runs: Sequence[Run], parts: set[str], initial: bool
) -> str | None:
    cued = Counter(run.kind for run in runs if run.kind)
    if len(key) == 1 and key[0] in parts and not cued:
        return "person"
    if cued:
        return cued.most_common(1)[0][0]
    labels = Counter(run.label for run in runs)
    label = labels.most_common(1)[0][0] if not labels["PERSON"] else "PERSON"
    speaks, acts = any(run.speaks for run in runs), sum(run.acts for run in runs)
    if any(run.located for run in runs) and not speaks:
        return None
    if label == "PERSON":
        if len(key) > 1:
            return "person" if len(key) < 6 else None
        if speaks or (acts and not initial) or acts > 1:
            return "person"
        return None
    if label in _NO_ACTOR and not speaks:
        return None
    if label == "ORG" and any(run.acronym and run.definite for run in runs):
        return "unknown"
    definite = any(run.definite for run in runs)
    if label is None and definite:
        return None
    if label is None and speaks and len(key) < 4 and not initial:
        return "person"
    return "unknown" if acts else None


def _mentions(named: Named, kinds: Mapping[tuple[str, ...], str]) -> Iterator[Mention]:
    line, dateline = named.line, named.dateline
    for chunk in named.chunks:
        if mention := _of_chunk(named, chunk):
            yield mention
    held: set[Title] = set()
    for run in named.runs:
        kind = kinds.get(_key(line, run))
        if dateline and run.first in dateline:
            kind = None
        if kind == "person":
            if run.title:
                held.add(run.title)
            yield _person(named, run)
        elif kind and kind not in ("place", "thing"):
            yield _body(line, run, None if kind == "unknown" else kind)
        elif kind is None and _is_bracketed(line, run.first, run.last):
            yield _body(line, run, None)
    for title in named.titles:
        if title not in held and (at := find_unnamed(line, title)):
            yield _unnamed(line, title, at)


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
    line = named.line
    state = chunk.kind in (*STATES, "government")
    if not (state or chunk.kind in KINDS) or (not state and _is_office(named, chunk)):
        return None
    form: Form = "name"
    acts = named.dateline is None or chunk.first not in named.dateline
    attributive = state and chunk.kind != "demonym" and _is_attributive(line, chunk)
    if chunk.kind == "demonym":
        form, acts = "demonym", acts and _does(line, chunk)
    elif chunk.kind == "government":
        form = "government"
    elif state:
        form = "metonym" if chunk.kind == "capital" else "name"
        acts = acts and not is_located(line, chunk, named.chunks)
        acts = acts and (not attributive or _does(line, chunk))
    labels = () if state else find_labels(line, chunk.first, chunk.last)
    span = line.span(chunk.first, chunk.last)
    return Mention(
        sentence=line.reading.sentence.id,
        start=span.start,
        end=span.end,
        text=line.text(chunk.first, chunk.last),
        kind="state" if state else cast("ActorKind", chunk.kind),
        form=form,
        acts=acts,
        identity=chunk.country if state else chunk.identity,
        country=chunk.country,
        acronym=_acronym(line, chunk.last),
        labels=tuple(line.span(*label) for label in labels),
        subject=line.verb(chunk.first, chunk.last) is not None,
    )


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
    for at in range(chunk.last, min(chunk.last + 3, len(line))):
        if line.key(at) in terms("organisations", "state_deeds"):
            return True
        if not line.texts[at].isalpha() or line.capital(at):
            return False
    return False


def _person(named: Named, run: Run) -> Mention:
    line, title = named.line, run.title
    span, position = line.span(run.first, run.last), None
    if title and line.key(title.head) not in terms("titles", "counterparts"):
        position = line.span(title.first, title.last)
    owner = run.owner
    country = (owner.country if owner else None) or (title.country if title else None)
    country = country or run.country
    if title and title.plural and sum(r.title == title for r in named.runs) > 1:
        owner, country = None, None  # "ministers X and Y": whose they are is not said one by one
    return Mention(
        sentence=line.reading.sentence.id,
        start=span.start,
        end=span.end,
        text=line.text(run.first, run.last),
        kind="person",
        country=country,
        rank=line.span(run.rank, run.first) if run.rank is not None else None,
        position=position,
        affiliation=line.span(owner.first, owner.last) if owner else None,
        labels=tuple(line.span(*label) for label in find_labels(line, run.first, run.last)),
        subject=run.acts,
        nickname=run.nickname,
        kin=run.kin,
    )


def _body(line: Line, run: Run, kind: str | None) -> Mention:
    span = line.span(run.first, run.last)
    labels = find_labels(line, run.first, run.last)
    return Mention(
        sentence=line.reading.sentence.id,
        start=span.start,
        end=span.end,
        text=line.text(run.first, run.last),
        kind=cast("ActorKind | None", kind),
        acronym=_acronym(line, run.last),
        labels=tuple(line.span(*label) for label in labels),
        subject=run.acts,
    )


def _unnamed(line: Line, title: Title, at: tuple[int, int]) -> Mention:
    span, owner = line.span(*at), title.owner
    return Mention(
        sentence=line.reading.sentence.id,
        start=span.start,
        end=span.end,
        text=line.text(*at),
        kind="person",
        form="unnamed",
        country=owner.country if owner else None,
        affiliation=line.span(owner.first, owner.last) if owner else None,
        subject=True,
    )
