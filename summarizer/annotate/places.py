"""Tokens -> the places a sentence names, and whether a state's name only says where something is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.annotate.lines import Chunk, Line
from summarizer.annotate.runs import Run
from summarizer.annotations import PlaceMention
from summarizer.language.known import terms

_PLACES = ("place", "country", "capital")


def is_located(line: Line, chunk: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Tell whether a country or capital is only where something is."""
    if line.hyphen(chunk.last) and line.key(chunk.last + 1) == "based":
        return True
    if line.key(chunk.first - 1) in terms("places", "region"):
        return True
    if line.key(chunk.first - 1) in terms("places", "naming"):
        return True
    place = chunk.kind != "country"
    lead = line.lead(line.head(chunk.first, chunk.last))
    first = next((c for c in chunks if c.first <= lead.number < c.last), chunk)
    if first is not chunk and place and first.kind == "place":
        return True
    if _continues_place(line, chunk, chunks):
        return True
    preposition = line.preposition(chunk.first, chunk.last)
    if preposition is not None and _is_example(line, preposition.number):
        return True
    if preposition is None:
        return place and _is_hit(line, chunk)
    word = line.key(preposition.number)
    if word in terms("places", "within") and not (word == "at" and not place):
        return True  # "at Israel" is a target
    if not place:
        return False
    if word in ("to", "from", "for", "back"):
        return line.tokens[preposition.head].lemma in terms("places", "motion")
    return word in terms("places", "onto")


def _is_example(line: Line, at: int) -> bool:
    """Tell whether a name is one of several places: destinations including Spain."""
    noun = line.tokens[line.tokens[at].head]
    return line.key(at) in ("including", "like", "as") and (
        noun.lemma in terms("places", "kinds")
        or (noun.pos == "NOUN" and _is_at(line, Chunk(noun.number, noun.number + 1, "noun")))
    )


def _continues_place(line: Line, chunk: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Damascus, Syria: either is named for where the other is."""
    for one, two in ((chunk, 1), (chunk, -1)):
        other = next(
            (
                c
                for c in chunks
                if c is not one
                and c.kind in _PLACES
                and (c.first == one.last + 1 if two == 1 else c.last == one.first - 1)
            ),
            None,
        )
        comma = line.key(chunk.last if two == 1 else chunk.first - 1) == ","
        if other and comma and other.country == chunk.country and chunk.kind != other.kind:
            return two == 1 or line.preposition(chunk.first, chunk.last) is None
    return False


def _is_hit(line: Line, chunk: Chunk) -> bool:
    """Tell whether a capital is what somebody takes or visits: to capture Kyiv."""
    token = line.lead(line.head(chunk.first, chunk.last))
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


def _is_at(line: Line, chunk: Chunk | Run) -> bool:
    """Tell whether something is said to be or happen at a place that is no state's name."""
    preposition = line.preposition(chunk.first, chunk.last)
    if preposition is None:
        head = line.head(chunk.first, chunk.last)
        above = line.tokens[head.head]
        if head.dep in ("compound", "appos", "nmod") and above.pos == "NOUN":
            numbers = above.number, above.number + 1
            preposition = line.preposition(*numbers)
            naming = line.key(above.number) in terms("never", "place_nouns")
            if preposition is None or not naming:
                return False
    if preposition is not None:
        word = line.key(preposition.number)
        if word == "of":
            above = line.tokens[preposition.head]
            outer = line.preposition(above.number, above.number + 1)
            naming = line.key(above.number) in terms("never", "place_nouns")
            return naming and (outer is None or line.key(outer.number) in terms("places", "at"))
        return word in terms("places", "at")
    token = line.lead(line.head(chunk.first, chunk.last))
    return token.dep == "dobj" and line.tokens[token.head].lemma in terms("places", "entered")


def _unknown(
    line: Line, run: Run, chunks: Sequence[Chunk], people: frozenset[tuple[str, ...]]
) -> PlaceMention | None:
    """Return an unknown name behind a preposition of place, unless it is a person's."""
    if (
        run.key in people
        or run.strong
        or run.speaks
        or run.title
        or run.kind not in (None, "place")
    ):
        return None
    preposition = line.preposition(run.first, run.last)
    strong = run.located and (preposition is not None or run.label in ("GPE", "LOC", "FAC"))
    if not (strong or (run.kind == "place" and _is_at(line, run))) or run.label in (
        "PRODUCT",
        "LAW",
    ):
        return None
    behind = [c for c in chunks if run.last < c.first <= run.last + 3 and c.kind in _PLACES]
    linked = bool(behind) and all(
        line.key(at) in (",", *terms("places", "link")) for at in range(run.last, behind[0].first)
    )
    country = behind[0].country if linked else None
    last = run.last
    if line.key(last) in terms("never", "place_nouns") and line.capital(last):
        last += 1
    return _mention(line, run.first, last, country, True)


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
    preposition = line.head(behind.first, behind.last).dep
    listed = preposition == "conj" or (
        line.key(behind.last) in (",", "and") and _in_list(line, behind)
    )
    if behind.country == chunk.country or listed:
        return chunk.country
    return _homonym(line, behind, chunks) if behind.country != chunk.country else chunk.country


def _in_list(line: Line, chunk: Chunk) -> bool:
    return line.key(chunk.last) == "and" or line.capital(chunk.last + 1)


def _homonym(line: Line, chunk: Chunk, chunks: Sequence[Chunk]) -> str | None:
    """Give a state's name that is also a region's elsewhere the region's country behind a city."""
    elsewhere = dict(_homonyms())
    name = line.text(chunk.first, chunk.last)
    if name not in elsewhere or line.key(chunk.first - 1) != ",":
        return chunk.country
    city = next((c for c in chunks if c.last == chunk.first - 1 and c.kind in _PLACES), None)
    return chunk.country if city and city.country == chunk.country else elsewhere[name]


def _homonyms() -> Iterator[tuple[str, str]]:
    from summarizer.language import entries

    for entry in entries("names", "places", "homonyms"):
        name, _, code = entry.partition(" = ")
        yield name, code
