"""Tokens -> the places of a sentence, and whether a state's name only says where something is."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.annotate.lines import Chunk, Line
from summarizer.annotate.runs import Run
from summarizer.annotations import PlaceMention, Token
from summarizer.language import entries
from summarizer.language.known import terms

_PLACES = ("place", "country", "capital")


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
    preposition = line.preposition(chunk.first, chunk.last)
    if preposition is None:
        return city and _is_hit(line, chunk)
    word = line.key(preposition.number)
    if word in terms("places", "within"):
        return city or word != "at"  # "at Israel" is a target
    if city and word in ("to", "from", "for", "back"):
        return line.tokens[preposition.head].lemma in terms("places", "motion")
    return (city and word in terms("places", "onto")) or _is_example(line, preposition.number)


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


def _is_hit(line: Line, name: Chunk | Run) -> bool:
    """Tell whether a place is what somebody takes or visits: to capture Kyiv."""
    token = line.lead(line.head(name.first, name.last))
    return token.dep == "dobj" and line.tokens[token.head].lemma in terms("places", "entered")


def find_places(
    line: Line, chunks: tuple[Chunk, ...], runs: Sequence[Run], people: frozenset[tuple[str, ...]]
) -> tuple[PlaceMention, ...]:
    """Return the places of a sentence in order: known ones, and what it says something is in."""
    found = [p for c in chunks if (p := _known(line, c, chunks))]
    found += [p for run in runs if (p := _unknown(line, run, chunks, people))]
    return tuple(sorted(found, key=lambda place: place.start))


def _known(line: Line, chunk: Chunk, chunks: Sequence[Chunk]) -> PlaceMention | None:
    if chunk.kind not in _PLACES or line.tokens[chunk.first].pos == "X":
        return None
    located = is_located(line, chunk, chunks) or (chunk.kind == "place" and _is_at(line, chunk))
    if chunk.kind != "place" and not located:
        return None
    last = chunk.last
    while line.capital(last) and line.key(last) in terms("never", "place_nouns"):
        last += 1
    return _mention(line, chunk.first, last, _country(line, chunk, chunks), located)


def _is_at(line: Line, name: Chunk | Run) -> bool:
    """Tell whether something is said to be or happen at a place that is no state's name."""
    preposition = line.preposition(name.first, name.last)
    head = line.head(name.first, name.last)
    noun = line.tokens[head.head]
    if preposition is None and head.dep in ("compound", "appos", "nmod") and _names(line, noun):
        preposition = line.preposition(noun.number, noun.number + 1)
    if preposition is None:
        return _is_hit(line, name)
    if line.key(preposition.number) == "of":  # in the region of X
        noun = line.tokens[preposition.head]
        outer = line.preposition(noun.number, noun.number + 1)
        within = outer is None or line.key(outer.number) in terms("places", "at")
        return _names(line, noun) and within
    return line.key(preposition.number) in terms("places", "at")


def _names(line: Line, noun: Token) -> bool:
    return line.key(noun.number) in terms("never", "place_nouns")


def _unknown(
    line: Line, run: Run, chunks: Sequence[Chunk], people: frozenset[tuple[str, ...]]
) -> PlaceMention | None:
    """Return an unknown name behind a preposition of place, unless it is a person's."""
    personal = run.key in people or run.strong or run.speaks or run.title
    if personal or run.kind not in (None, "place") or run.label in ("PRODUCT", "LAW"):
        return None
    taken = line.preposition(run.first, run.last) is None
    located = run.located and not (taken and run.label not in ("GPE", "LOC", "FAC"))
    if not located and not (run.kind == "place" and _is_at(line, run)):
        return None
    behind = [c for c in chunks if run.last < c.first <= run.last + 3 and c.kind in _PLACES]
    gap = line.keys[run.last : behind[0].first] if behind else []
    linked = all(word in (",", *terms("places", "link")) for word in gap)
    country = behind[0].country if behind and linked else None
    return _mention(line, run.first, run.last, country, True)


def _mention(line: Line, first: int, last: int, country: str | None, located: bool) -> PlaceMention:
    if first and line.key(first - 1) in terms("places", "region"):
        first -= 1
    span = line.span(first, last)
    return PlaceMention(span.start, span.end, line.text(first, last), country, located)


def _country(line: Line, chunk: Chunk, chunks: Sequence[Chunk]) -> str | None:
    """Believe the state behind the comma before the table: Athens, Georgia is not in Greece."""
    behind = next((c for c in chunks if c.first == chunk.last + 1 and c.kind in _PLACES), None)
    if behind is None or line.key(chunk.last) != "," or chunk.kind == "country":
        return _homonym(line, chunk, chunks)
    goes_on = line.key(behind.last) == "and" or line.capital(behind.last + 1)
    listed = line.head(behind.first, behind.last).dep == "conj" or (
        line.key(behind.last) in (",", "and") and goes_on
    )
    return chunk.country if listed else _homonym(line, behind, chunks) or chunk.country


def _homonym(line: Line, chunk: Chunk, chunks: Sequence[Chunk]) -> str | None:
    """Give a state's name that is also a region's elsewhere the region's country behind a city."""
    names = (entry.partition(" = ") for entry in entries("names", "places", "homonyms"))
    elsewhere = {name: code for name, _, code in names}.get(line.text(chunk.first, chunk.last))
    if elsewhere is None or line.key(chunk.first - 1) != ",":
        return chunk.country
    city = next((c for c in chunks if c.last == chunk.first - 1 and c.kind in _PLACES), None)
    return chunk.country if city and city.country == chunk.country else elsewhere
