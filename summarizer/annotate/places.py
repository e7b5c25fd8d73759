"""Tokens -> the places of a sentence, and whether a state's name only says where something is.

A name stands where its noun phrase does: "the outskirts of X", "X and Y villages", "X district".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from summarizer.annotate.lines import Chunk, Line
from summarizer.annotate.runs import Run
from summarizer.annotations import PlaceMention, Token
from summarizer.language import rows
from summarizer.language.known import terms

_PLACES = ("place", "country", "capital")
_NAMED = ("GPE", "LOC", "FAC")
"""The parser's labels of places."""
_FAR = 6
"""Tokens between a place and the state behind it."""


def is_located(line: Line, chunk: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Tell whether a country or capital is only where something is."""
    before = line.key(chunk.first - 1)
    if before in terms("places", "region") or before in terms("places", "naming"):
        return True
    if line.hyphen(chunk.last) and line.key(chunk.last + 1) == "based":
        return True
    return _continues_place(line, chunk, chunks) or _is_where(line, chunk, chunks)


def _is_where(line: Line, chunk: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Tell whether what governs a name makes it a place: in X, flew to X, took X."""
    city = chunk.kind != "country"
    lead = line.lead(line.head(chunk.first, chunk.last))
    if city and any(
        c is not chunk and c.kind == "place" and c.first <= lead.number < c.last for c in chunks
    ):
        return True
    if _outer(line, chunk).number != lead.number:
        return _is_at(line, chunk)
    preposition = line.preposition(chunk.first, chunk.last)
    if preposition is None:
        return _is_theatre(line, lead) or (city and _is_hit(line, lead))
    word = line.key(preposition.number)
    if word in terms("places", "within"):
        return city or word != "at"  # "at Israel" is a target
    if city and word in ("to", "from", "for", "back"):
        return line.tokens[preposition.head].lemma in terms("places", "motion")
    return (city and word in terms("places", "onto")) or _is_example(line, preposition.number)


def _is_theatre(line: Line, token: Token) -> bool:
    """Tell whether a state only suffers what happens in it: X has been torn by war."""
    if token.dep != "nsubjpass":
        return False
    behind = (t for t in line.reading.children(token.head) if t.dep in ("agent", "prep"))
    causes = (line.tokens[t.number + 1 :][:4] for t in behind)
    return any(t.lemma in terms("places", "theatre") for words in causes for t in words)


def _is_example(line: Line, at: int) -> bool:
    """Tell whether a name is one of several places: destinations including Spain."""
    noun = line.tokens[line.tokens[at].head]
    return line.key(at) in ("including", "like", "as") and (
        noun.lemma in terms("places", "kinds")
        or (noun.pos == "NOUN" and _is_at(line, Chunk(noun.number, noun.number + 1, "noun")))
    )


def _continues_place(line: Line, chunk: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Damascus, Syria: either is named for where the other is."""
    for other in chunks:
        ahead = other.first == chunk.last + 1 and line.key(chunk.last) == ","
        back = other.last == chunk.first - 1 and line.key(other.last) == ","
        if other.kind not in _PLACES or other.kind == chunk.kind or not (ahead or back):
            continue
        state = back and chunk.kind == "country"
        listed = line.head(chunk.first, chunk.last).dep == "conj"
        if other.country == chunk.country or (state and not listed):
            return ahead or line.preposition(chunk.first, chunk.last) is None
    return False


def _outer(line: Line, name: Chunk | Run) -> Token:
    """Return the main word of the whole place that a name is part of.

    That is "villages" of "the X and Y villages", "outskirts" of "the outskirts of X", the name's
    own main word if it stands alone.
    """
    token = line.head(name.first, name.last)
    while True:
        token = line.lead(token)
        above = line.tokens[token.head]
        if token.dep == "pobj" and above.lemma == "of":
            above = line.tokens[above.head]
        elif token.dep not in ("compound", "nmod", "poss", "amod") and not (
            token.dep == "appos" and above.pos == "NOUN"
        ):
            return token
        if above.number == token.number or not _names_place(line, above):
            return token
        token = above


def _names_place(line: Line, noun: Token) -> bool:
    """Tell whether a common noun names a kind of place, or a part of one."""
    words = (line.key(noun.number), noun.lemma)
    lists = (("never", "place_nouns"), ("places", "naming"), ("places", "around"))
    return any(word in terms(*where) for where in lists for word in words)


def _is_hit(line: Line, token: Token) -> bool:
    """Tell whether a place is what somebody takes or visits: to capture Kyiv."""
    return token.dep == "dobj" and line.tokens[token.head].lemma in terms("places", "entered")


def _is_at(line: Line, name: Chunk | Run) -> bool:
    """Tell whether something is said to be or happen at a place that is no state's name."""
    token = _outer(line, name)
    above = line.tokens[token.head]
    if token.dep in ("pobj", "pcomp"):
        return line.key(above.number) in terms("places", "at")
    village = line.key(name.first - 1) == "of" and token.dep != "dobj"
    return _is_hit(line, token) or (village and not name.first <= token.number < name.last)


def _is_scene(line: Line, name: Chunk | Run) -> bool:
    """Tell whether a clause says what happens at a place: Gaza, where people die."""
    behind = (at for at in range(name.last, len(line)) if line.tokens[at].pos != "PUNCT")
    return line.key(next(behind, len(line))) == "where"


def find_places(
    line: Line, chunks: tuple[Chunk, ...], runs: Sequence[Run], people: frozenset[tuple[str, ...]]
) -> tuple[PlaceMention, ...]:
    """Return the places of a sentence in order: known ones, and what it says something is in."""
    known = [c for c in chunks if c.kind in _PLACES and line.tokens[c.first].pos != "X"]
    located: list[Chunk | Run] = [c for c in known if _is_known_located(line, c, chunks)]
    located += [run for run in runs if _may_be_place(run, people) and _is_unknown(line, run, known)]
    located += [c for c in known if c not in located and _goes_on(line, c, located)]
    named = [c for c in known if c.kind == "place" and c not in located]
    names = sorted((*located, *named), key=lambda name: name.first)
    return tuple(
        _mention(line, name, _country(line, name, names, chunks), name in located) for name in names
    )


def _is_known_located(line: Line, chunk: Chunk, chunks: Sequence[Chunk]) -> bool:
    if is_located(line, chunk, chunks) or _is_scene(line, chunk):
        return True
    return chunk.kind == "place" and _is_at(line, chunk)


def _goes_on(line: Line, chunk: Chunk, located: Sequence[Chunk | Run]) -> bool:
    """Tell whether a name behind a comma says where the place before it is: Sunan, Pyongyang."""
    behind = any(name.last == chunk.first - 1 for name in located)
    return behind and line.key(chunk.first - 1) == "," and not _is_listed(line, chunk)


def _may_be_place(run: Run, people: frozenset[tuple[str, ...]]) -> bool:
    personal = run.key in people or run.strong or run.speaks or run.title
    return not personal and run.kind in (None, "place") and run.label not in ("PRODUCT", "LAW")


def _is_unknown(line: Line, run: Run, known: Sequence[Chunk]) -> bool:
    """Tell whether something is or happens at an unknown name."""
    lead = line.lead(line.head(run.first, run.last))
    if run.kind == "place" or _outer(line, run).number != lead.number:
        return _is_at(line, run) or run.located
    if _region_behind(line, run) and run.label in _NAMED:
        return True  # Troy, Alabama
    joined = any(c.first <= lead.number < c.last and _is_at(line, c) for c in known)
    if joined and not run.first <= lead.number < run.last:
        return run.label != "PERSON" or _is_hit(line, lead)
    taken = line.preposition(run.first, run.last) is None
    if not taken or run.label in _NAMED:
        return run.located or _is_scene(line, run)
    return run.located and run.label != "PERSON" and _state_behind(line, run, known) is not None


def _mention(line: Line, name: Chunk | Run, country: str | None, located: bool) -> PlaceMention:
    first, last = name.first, name.last
    while isinstance(name, Chunk) and line.capital(last) and _is_noun_of_place(line, last):
        last += 1
    if first and line.key(first - 1) in terms("places", "region"):
        first -= 1
    span = line.span(first, last)
    return PlaceMention(span.start, span.end, line.text(first, last), country, located)


def _is_noun_of_place(line: Line, at: int) -> bool:
    return line.key(at) in terms("never", "place_nouns")


def _country(
    line: Line, name: Chunk | Run, names: Sequence[Chunk | Run], chunks: Sequence[Chunk]
) -> str | None:
    """Return whose a place is: what the sentence says of it goes before the table.

    Athens, Georgia is not in Greece.
    """
    own = name.country if isinstance(name, Chunk) else None
    if region := _region_behind(line, name):
        return region
    if isinstance(name, Chunk) and name.kind == "country":
        town = next((n for n in names if n.last == name.first - 1), None)
        return _homonym(line, name, chunks, town if line.key(name.first - 1) == "," else None)
    if behind := _state_behind(line, name, chunks):
        return _homonym(line, behind, chunks, name) if behind.country else own
    owner = _owner(line, name, chunks)
    return (owner.country if owner else None) or own


def _is_listed(line: Line, name: Chunk | Run) -> bool:
    """Tell whether a name behind a comma is the next of a list, not where the last one is."""
    goes_on = line.key(name.last) == "and" or line.capital(name.last + 1)
    return line.head(name.first, name.last).dep == "conj" or (
        line.key(name.last) in (",", "and") and goes_on
    )


def _region_behind(line: Line, name: Chunk | Run) -> str | None:
    """Return whose the region behind the comma is that no state has the name of: Troy, Ala."""
    at = name.last + 1
    if line.key(name.last) != "," or at >= len(line):
        return None
    hit = line.known(at)
    region = line.text(at, hit[0] if hit else at + 1)
    state = hit is not None and hit[1].kind == "country"
    listed = line.text(name.first, name.last) in _regions()
    return None if state or listed else _regions().get(region)


def _state_behind(line: Line, name: Chunk | Run, chunks: Sequence[Chunk]) -> Chunk | None:
    """Return the place that a name is said to be in: behind a comma, in X, of X."""
    ahead = (c for c in chunks if name.last < c.first <= name.last + _FAR)
    behind = next((c for c in ahead if c.kind in _PLACES or c.kind == "demonym"), None)
    if behind is None or behind.kind == "demonym":
        return None
    gap = line.keys[name.last : behind.first]
    if gap == [","]:
        return None if _is_listed(line, behind) else behind
    noun = all(
        word in terms("places", "link") or word in ",-" or _is_noun_of_place(line, at)
        for at, word in enumerate(gap, name.last)
    )
    said = not {"in", "of"}.isdisjoint(gap) or gap[:1] == [","]
    return behind if noun and said else None


def _owner(line: Line, name: Chunk | Run, chunks: Sequence[Chunk]) -> Chunk | None:
    """Return whose place it is said to be: Nigeria's Niger state, the Saudi city of Jizan."""
    at = name.first
    while line.key(at - 1) in terms("places", "region") or line.hyphen(at - 1):
        at -= 1
    if line.possessive(at - 1):
        return next((c for c in chunks if c.last == at - 1 and c.kind in _PLACES), None)
    if line.key(at - 1) == "of" and _names_place(line, line.tokens[at - 2]):
        at -= 2
    return next((c for c in chunks if c.last == at and c.kind == "demonym"), None)


def _homonym(
    line: Line, state: Chunk, chunks: Sequence[Chunk], town: Chunk | Run | None
) -> str | None:
    """Return whose the state at *state* is where its name may be a region's elsewhere.

    "Gori, Georgia" is in Georgia and "Athens, Georgia" in the USA; of a town in no table only
    the words can tell.
    """
    region = _regions().get(line.text(state.first, state.last))
    if region in (None, state.country) or town is None:
        return state.country
    if isinstance(town, Chunk) and town.country:
        return state.country if town.country == state.country else region
    told = {c.country for c in chunks if c is not state} | {None}
    if line.key(town.first) == "fort" or (region in told and state.country not in told):
        return region
    return state.country if state.country in told and region not in told else None


@cache
def _regions() -> dict[str, str]:
    """Return the country of each region by its name and abbreviation."""
    return {form: code for name, short, code in rows("regions") for form in (name, short) if form}
