"""Find the places that a sentence names, and which of them is where an event happened.

A place stands behind a preposition of place or a word like "northern" or "capital", or is a
known place. The country is given only for places of the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.resolve.chunks import Chunk
from summarizer.resolve.lexicon import listed
from summarizer.resolve.quotations import is_quoted
from summarizer.resolve.reading import Reading, read_sentence
from summarizer.resolve.standing import is_dateline, is_located
from summarizer.resolve.words import Word, word_set
from summarizer.source import Sentence, Span

_PREPOSITIONS = word_set(
    "in at near to from outside over off inside around across into through on toward towards"
)
_STRONG = word_set("in at near outside off inside across over around")
_NAMING = word_set("of the region area port city town village province capital district camp")
_HITTING = word_set(
    "hit struck attacked shelled bombed targeted raided captured seized stormed besieged retook"
    " overran entered reached left hitting striking attacking shelling bombing targeting pounded"
    " visited toured visiting"
)
_REGION = word_set(
    "northern southern eastern western central northeast northwest southeast southwest northeastern"
    " northwestern southeastern southwestern coastal downtown north south east west"
)
_PLACE_KINDS = word_set("place country capital")


OPENING = 24
"""Characters before a place that opens its sentence: "In the southern "."""
BEFORE_VERB = 3
"""How much nearer than one behind the verb a place before it must be: it has a noun of its own."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as named; offsets into ``Document.text``.

    ``located`` tells that the sentence says something is or happens there; a place without it is
    only named.
    """

    start: int
    end: int
    name: str
    country: str | None
    located: bool


def find_places(sentence: Sentence) -> tuple[PlaceMention, ...]:
    """Return the places of a sentence in order: known ones, and capitals behind "in" or "at"."""
    reading = read_sentence(sentence)
    found = [p for c in reading.chunks if (p := _known(reading, c))]
    found += [p for p in _unknown(reading) if not any(_overlap(p, other) for other in found)]
    return tuple(sorted(found, key=lambda place: place.start))


def find_place(
    sentence: Sentence,
    *,
    near: int,
    within: tuple[int, int] | None = None,
    outside: Sequence[Span] = (),
) -> PlaceMention | None:
    """Return where the event whose head word stands at *near* happened, or None.

    The nearest place that something is said to be at, those behind the head first; none from
    inside a quotation when the head is outside it. *within* restricts the search to a clause,
    *outside* keeps it out of others.
    """
    start, end = within or (sentence.start, sentence.end)
    quoted = is_quoted(sentence.text, near - sentence.start)
    fits = [
        place
        for place in find_places(sentence)
        if place.located
        and start <= place.start
        and place.end <= end
        and not any(clause.start <= place.start < clause.end for clause in outside)
        and (quoted or not is_quoted(sentence.text, place.start - sentence.start))
    ]
    return min(fits, key=lambda place: _distance(place, near, sentence), default=None)


def _distance(place: PlaceMention, near: int, sentence: Sentence) -> int:
    """A place behind the verb is its own; of those before it only one that opens the sentence."""
    if place.start >= near:
        return place.start - near
    first_word = sentence.text.split(maxsplit=1)[0].lower()
    opens = first_word in _STRONG and place.start - sentence.start <= OPENING
    return (near - place.end) * (1 if opens else BEFORE_VERB)


def _overlap(left: PlaceMention, right: PlaceMention) -> bool:
    return left.start < right.end and right.start < left.end


def _known(reading: Reading, chunk: Chunk) -> PlaceMention | None:
    if chunk.kind not in _PLACE_KINDS:
        return None
    words = reading.words
    first = chunk.first
    if first and words[first - 1].key in _REGION:
        first -= 1
    located = _is_place(words, first, chunk, reading.chunks)
    if chunk.kind != "place" and not located:
        return None
    return _mention(reading, first, chunk.last, chunk.country, located)


def _is_place(words: Sequence[Word], first: int, chunk: Chunk, chunks: Sequence[Chunk]) -> bool:
    if chunk.first <= 3 and is_dateline(words, chunk):
        return False  # where the report was written
    if is_located(words, chunk, chunks):
        return True
    before = _before(words, first)
    if before in _HITTING:
        return chunk.kind == "place"
    if before in ("to", "into", "on", "toward", "towards", "from", "through"):
        return chunk.kind == "place"
    return before in _STRONG


def _before(words: Sequence[Word], at: int) -> str:
    """Return the word that places what stands at *at*: "in" for "in the southern port of X"."""
    while at and (words[at - 1].key in _NAMING or words[at - 1].key in _REGION):
        at -= 1
    return words[at - 1].key if at else ""


def _mention(
    reading: Reading, first: int, last: int, country: str | None, located: bool
) -> PlaceMention:
    span = reading.span(first, last)
    return PlaceMention(span.start, span.end, reading.text(first, last), country, located)


def _unknown(reading: Reading) -> list[PlaceMention]:
    """Return unknown names behind a preposition of place, but for those of persons."""
    places: list[PlaceMention] = []
    for run in reading.runs:
        weak = not (run.strong or run.speaks or run.title)
        if (
            weak
            and _before(reading.words, run.first) in _STRONG
            and _is_near(reading.words, run.first)
        ):
            country = _country_behind(reading, run.last)
            places.append(_mention(reading, run.first, run.last, country, True))
    return places


def _is_near(words: Sequence[Word], at: int) -> bool:
    return at > 0 and (words[at - 1].key in _PREPOSITIONS or words[at - 1].key in _NAMING | _REGION)


def _country_behind(reading: Reading, last: int) -> str | None:
    """Give an unknown place the country named behind its comma: "in Dargol, Niger"."""
    words = reading.words
    if last >= len(words) or words[last].text not in (",", "in"):
        return None
    behind = [c for c in reading.chunks if last < c.first <= last + 2]
    if behind and behind[0].kind == "country":
        between = words[last + 1 : behind[0].first]
        if all(word.key in _REGION or word.key in listed("locative", "always") for word in between):
            return behind[0].country
    return None
